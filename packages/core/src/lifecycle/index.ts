/**
 * What is made, from the first unit to the last shipped and on into use: lots and units with what each organization calls them,
 * the activities that befall them, and the genealogy that these leave, walked across organizations by what each granted.
 * A lot is its maker's; a buyer sees it once units of it were shipped to them. The gate is a list of predicates: lifecycle's
 * own, production's (`productionGates`) and those of the enabled verticals, joined by `joinGates` and given to
 * `createLifecycleService({ gates, proofs })`. Production and orders move lots by the functions of `lots.ts`.
 */
export { type ActivityKind, activityKinds, activityRules } from './activities/kinds.js';
export { recordActivity } from './activities/record.js';
export { type ReturnedInput, returnInput } from './activities/returning.js';
export { type ActivityView, activitySchema, type NewActivity, positionSchema, recordActivityInput } from './activities/schema.js';
export { type LotShipment, sendBack, shipFromLot } from './activities/shipping.js';
export { type UndoneShipment, undoShipment } from './activities/undoing.js';
export { getActivity, listActivities } from './activities/view.js';
export { lifecycleErrors } from './errors.js';
export { lifecycleEvents, lifecycleEventWords } from './events.js';
export { type Evidence, type GateAnswer, type GateLot, type GatePredicate, joinGates, type ReleaseGates } from './gate/gate.js';
export type { ReachView, TraceView } from './genealogy/schema.js';
export { reach, trace } from './genealogy/trace.js';
export { assignIdentifiers, identifiersOf, identify } from './identifiers/identifiers.js';
export { type Identified, type IdentifierView, type NewIdentifier, newIdentifierSchema } from './identifiers/schema.js';
export { type LotContents, lotContents } from './lots/contents.js';
export { closeLot, countIntoLot, type NewLot, openLot, registerLot, viewLots, withdrawRelease } from './lots/lots.js';
export { heldLot, type NewPart, putBackPart, takeParts, unnumberedLeft } from './lots/parts.js';
export { findLots, type LotRow, lockLots } from './lots/repository.js';
export {
  type GateFinding,
  gateFindingSchema,
  type LotView,
  lotCodeSchema,
  lotSchema,
  type ReleaseCheck,
  releaseCheckSchema,
} from './lots/schema.js';
export {
  type LotEvent,
  type LotState,
  lotEvents,
  lotEventWords,
  lotStates,
  lotStateWords,
  lotTransitions,
  nextLotState,
} from './lots/states.js';
export { lifecycleMigrations, lotPartMigrations, undoneShipmentMigrations, unitMigrations } from './migrations.js';
export { lifecyclePermissions } from './permissions.js';
export { createLifecycleRouter } from './router.js';
export { createLifecycleService, type LifecycleService } from './service.js';
export type { LifecycleTables } from './tables.js';
export { findThings, type Thing, type ThingView, thingSchema, viewThings } from './things.js';
export { findUnits, lockUnits, type UnitRow } from './units/repository.js';
export { madeUnitsSchema, makeUnitsInput, serialSchema, type UnitView, unitSchema } from './units/schema.js';
export { type UnitEvent, type UnitState, unitEvents, unitEventWords, unitStates, unitStateWords, unitTransitions } from './units/states.js';
export type { LotProof, LotProofs, UnitPageView } from './units/unit-page.js';
export { type MadeUnit, makeUnits, type NewUnitsOfLot, viewUnits } from './units/units.js';
