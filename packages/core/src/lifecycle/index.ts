/**
 * What is made, from the first unit to the last shipped: lots, and the gate that they pass to be released.
 * A lot is its maker's; a buyer sees it once units of it were shipped to them. The gate is a list of predicates: lifecycle's
 * own, production's (`productionGates`) and those of the enabled verticals, joined by `joinGates` and given to
 * `createLifecycleService({ gates })`. Production and orders move lots by the functions of `lots.ts`.
 */
export { lifecycleErrors } from './errors.js';
export { lifecycleEvents, lifecycleEventWords } from './events.js';
export { type Evidence, type GateAnswer, type GateLot, type GatePredicate, joinGates, type ReleaseGates } from './gate.js';
export { closeLot, countIntoLot, openLot, shipFromLot, viewLots, withdrawRelease } from './lots.js';
export { lifecycleMigrations } from './migrations.js';
export { lifecyclePermissions } from './permissions.js';
export { findLots, type LotRow, lockLots } from './repository.js';
export { createLifecycleRouter } from './router.js';
export {
  type GateFinding,
  gateFindingSchema,
  type LotView,
  lotCodeSchema,
  lotSchema,
  type ReleaseCheck,
  releaseCheckSchema,
} from './schema.js';
export { createLifecycleService, type LifecycleService } from './service.js';
export {
  type LotEvent,
  type LotState,
  lotEvents,
  lotEventWords,
  lotStates,
  lotStateWords,
  lotTransitions,
  nextLotState,
} from './states.js';
export type { LifecycleTables } from './tables.js';
