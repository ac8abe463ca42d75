/**
 * What is made, by which equipment, with what proof. A job order is its maker's own; its operation works on equipment and
 * counts good units into lots, from device messages or by hand (marked). A process run binds a stretch of telemetry to an
 * operation and a lot; an evaluator found through `RunEvaluators` judges it, late samples have it judged again, and no
 * result is ever overwritten. `createDeviceEventProjector` turns device events into all of this exactly once;
 * `productionGates` is its part of the release gate; `ProgressSink` is how orders hear of good units.
 */

export { applyDeviceEvents, type ProjectionPorts } from './devices/device-events.js';
export { createDeviceEventProjector, type DeviceEventProjector, type ProjectorLog, type ProjectorOptions } from './devices/projector.js';
export { productionErrors } from './errors.js';
export { productionEvents, productionEventWords } from './events.js';
export { floorErrors } from './floor/errors.js';
export {
  endOutsideOf,
  finishOutside,
  markOutside,
  type OutsideReport,
  operationForOrder,
  reportOutside,
  startOutside,
} from './floor/outside.js';
export { goldenRunErrors } from './golden/errors.js';
export { goldenRunMigrations } from './golden/migration.js';
export { type Invariant, productionInvariants } from './invariants.js';
export { madeCode } from './jobs/codes.js';
export { type EvidenceKind, evidenceKinds, evidenceWords } from './jobs/evidence.js';
export { planned } from './jobs/job-repository.js';
export { lotsOfOrder } from './jobs/lot-repository.js';
export type { IssuedMaterial, OrderNumbers, ProducedUnits, ProgressSink } from './jobs/progress.js';
export { namedOperations, type RoutedJob, routeJob } from './jobs/routed.js';
export { type NewJob, type NewOperation, type StartedJob, singleOperation, startJob } from './jobs/starting.js';
export {
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
} from './jobs/states.js';
export { floorMigrations, productionMigrations, routedJobMigrations } from './migrations.js';
export { type Confidence, confidences, confidenceWords, type LineOutlook } from './outlook/line.js';
export { type ProductionOutlook, productionOutlook, tellOutlook } from './outlook/outlook.js';
export { productionPermissions } from './permissions.js';
export { createProductionRouter } from './router.js';
export { runRuleErrors } from './rules/errors.js';
export { runRuleMigrations } from './rules/migration.js';
export { type RunRuleDeclaration, type RunRuleView, runRuleDeclarationSchema } from './rules/schema.js';
export { ruleProblem } from './rules/service.js';
export { runSilenceMigrations } from './rules/silence-migration.js';
export type { EvaluatedRunSummary, EvaluatedRunsInput, EvaluatedRunsPage } from './runs/evaluated-runs.js';
export {
  type EvaluationInput,
  noEvaluators,
  type RunEvaluator,
  type RunEvaluators,
  type RunResult,
  type SampleSeries,
} from './runs/evaluators.js';
export { type LotEvidence, lotEvidence, productionGates } from './runs/gate.js';
export { runProofs } from './runs/proofs.js';
export { type RunState, runStates, runStateWords, type Verdict, verdicts, verdictWords } from './runs/states.js';
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
