/**
 * What happens after delivery: cases on a unit or lot between whoever has it (reporter) and its maker (resolver), with a clock,
 * an owner, evidence and a cause. What is done to the unit in a case is an activity of its life, recorded by lifecycle. States
 * and sides are `states.ts`; `createCaseService` is given production, which answers for runs.
 */
export { serviceErrors } from './errors.js';
export { serviceEvents } from './events.js';
export { type EvidenceKind, evidenceKinds, type RunReader } from './evidence.js';
export { serviceMigrations } from './migrations.js';
export { servicePermissions } from './permissions.js';
export { createServiceRouter } from './router.js';
export { type CaseKind, type CaseSummary, type CaseView, caseKinds } from './schema.js';
export { type CaseService, createCaseService } from './service.js';
export {
  type CaseMove,
  type CaseSide,
  type CaseState,
  caseMoves,
  caseMovesOf,
  caseSides,
  caseStates,
  caseTransitions,
  judgeCase,
} from './states.js';
export { caseKindWords, caseMoveWords, caseSideWords, caseStateWords, evidenceKindWords, serviceEventWords } from './words.js';
