export { type Evidence, type GateAnswer, type GateLot, type GatePredicate, joinGates, type ReleaseGates } from './gate.js';
export { createLifecycleRouter } from './router.js';
export { type GateFinding, gateFindingSchema, lotCodeSchema, lotSchema, type LotView, type ReleaseCheck, releaseCheckSchema } from './schema.js';
export type { LifecycleService } from './service.js';
export { type LotEvent, lotEvents, lotEventWords, type LotState, lotStates, lotStateWords, lotTransitions, nextLotState } from './states.js';
