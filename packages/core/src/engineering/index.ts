/**
 * What is to be made: items, their revisions with specification, bill of materials and routing. A revision is its own record,
 * so one can be shared without the others; a released one never changes. Whoever sees a revision sees what its components
 * are, not what they are made of.
 * An engineering change names drafts to release and released revisions to retire; each partner answers on a request of its own.
 */
export type { ChangeRequestView, ChangeSummary, ChangeView } from './changes/schema.js';
export {
  type Answer,
  answers,
  answerWords,
  type ChangeMove,
  type ChangeSide,
  type ChangeState,
  changeMoves,
  changeMoveWords,
  changeSides,
  changeStates,
  changeStateWords,
  changeTransitions,
  type Effect,
  effects,
  effectWords,
  judgeChange,
} from './changes/states.js';
export { engineeringErrors } from './errors.js';
export { engineeringEvents, engineeringEventWords } from './events.js';
export { coreItemKind, coreItemKinds, type ItemKindDeclaration, type ItemKinds } from './kinds.js';
export { engineeringMigrations } from './migrations.js';
export { engineeringPermissions } from './permissions.js';
export { readRevision } from './revisions.js';
export { createEngineeringRouter } from './router.js';
export type {
  BomLineView,
  Comparison,
  Explosion,
  ItemRef,
  ItemView,
  OperationView as RoutingOperation,
  RevisionRef,
  RevisionSummary,
  RevisionView,
  WhereUsed,
} from './schema.js';
export { createEngineeringService, type EngineeringPorts, type EngineeringService } from './service.js';
export {
  nextRevisionState,
  type RevisionMove,
  type RevisionState,
  revisionMoves,
  revisionMoveWords,
  revisionStates,
  revisionStateWords,
  revisionTransitions,
} from './states.js';
