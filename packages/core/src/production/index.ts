export { type EvaluationInput, noEvaluators, type RunEvaluator, type RunEvaluators, type RunResult, type SampleSeries } from './evaluators.js';
export { createProductionRouter } from './router.js';
export {
  evidenceKindSchema,
  type JobDetail,
  type JobView,
  jobDetailSchema,
  jobSchema,
  type RunEvaluationView,
  type RunSummary,
  type RunView,
  runSchema,
  type Specification,
  specificationSchema,
} from './schema.js';
export type { ProductionService } from './service.js';
export {
  type EvidenceKind,
  evidenceKinds,
  evidenceWords,
  type JobState,
  jobStates,
  jobStateWords,
  type OperationState,
  operationStates,
  operationStateWords,
  type RunState,
  runStates,
  runStateWords,
  type Verdict,
  verdicts,
  verdictWords,
} from './states.js';
