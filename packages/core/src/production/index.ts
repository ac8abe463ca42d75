/**
 * What is made, by which equipment, with what proof. A job order is its maker's own; its operation works on equipment and
 * counts good units into lots, from device messages or by hand (marked). A process run binds a stretch of telemetry to an
 * operation and a lot; an evaluator found through `RunEvaluators` judges it, late samples have it judged again, and no
 * result is ever overwritten. `createDeviceEventProjector` turns device events into all of this exactly once;
 * `productionGates` is its part of the release gate; `ProgressSink` is how orders hear of good units.
 */
export { madeCode } from './codes.js';
export { applyDeviceEvents, type ProjectionPorts } from './device-events.js';
export { productionErrors } from './errors.js';
export type { EvaluatedRunSummary, EvaluatedRunsInput, EvaluatedRunsPage } from './evaluated-runs.js';
export {
  type EvaluationInput,
  noEvaluators,
  type RunEvaluator,
  type RunEvaluators,
  type RunResult,
  type SampleSeries,
} from './evaluators.js';
export { productionEvents, productionEventWords } from './events.js';
export { type LotEvidence, lotEvidence, productionGates } from './gate.js';
export { type Invariant, productionInvariants } from './invariants.js';
export { lotsOfOrder, planned } from './job-repository.js';
export { productionMigrations, routedJobMigrations } from './migrations.js';
export { productionPermissions } from './permissions.js';
export type { ProducedUnits, ProgressSink } from './progress.js';
export { createDeviceEventProjector, type DeviceEventProjector, type ProjectorLog, type ProjectorOptions } from './projector.js';
export { runProofs } from './proofs.js';
export { namedOperations, type RoutedJob, routeJob } from './routed.js';
export { createProductionRouter } from './router.js';
export {
  evidenceKindSchema,
  type JobDetail,
  type JobView,
  jobDetailSchema,
  jobSchema,
  type MaterialView,
  newOperationInput,
  type RoutingInput,
  type RunEvaluationView,
  type RunSummary,
  type RunView,
  routingInput,
  runSchema,
  type Specification,
  specificationSchema,
} from './schema.js';
export { createProductionService, type ProductionPorts, type ProductionService } from './service.js';
export { type NewJob, type NewOperation, type StartedJob, singleOperation, startJob } from './starting.js';
export {
  type EvidenceKind,
  evidenceKinds,
  evidenceWords,
  type JobState,
  jobStates,
  jobStateWords,
  type OperationMove,
  type OperationState,
  operationMoves,
  operationMoveWords,
  operationObstacle,
  operationStates,
  operationStateWords,
  operationTransitions,
  type RunState,
  runStates,
  runStateWords,
  type Verdict,
  verdicts,
  verdictWords,
} from './states.js';
