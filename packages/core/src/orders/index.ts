export { type EntryEvidence, type EntryKind, entryKinds } from './entries.js';
export { createOrdersRouter } from './router.js';
export { type LedgerEntry, type OrderSummary, type OrderView, orderSchema, orderSummarySchema, type Progress } from './schema.js';
export type { OrderService } from './service.js';
export { judge, movesOf, type OrderMove, orderMoves, type OrderSide, orderSides, type OrderState, orderStates, orderTransitions } from './states.js';
export { entryKindWords, obstacleWords, orderEventWords, orderMoveWords, orderSideWords, orderStateWords } from './words.js';
