/**
 * The shared order: one record, two sides. Each move belongs to a side and stands in one transition table (`states.ts`),
 * which the service, the `moves` of every reply and the tests read. Quantities live in an append-only ledger; the balances
 * of a line are the sums of its entries, and `ledgerInvariants` prove it. `orderProgress` is how production reports good
 * units; verticals check the specification of a line through `OrderPorts`. Lists page in `core.order_party`.
 */
export { type EntryEvidence, type EntryKind, entryEvidence, entryKinds, entrySides } from './entries.js';
export { ordersErrors } from './errors.js';
export { type OrderEventBody, type OrderEventType, orderEvents } from './events.js';
export { findLedgerViolations, type LedgerViolation, ledgerInvariants } from './invariants.js';
export { orderMigrations } from './migrations.js';
export { ordersPermissions } from './permissions.js';
export { orderProgress } from './progress.js';
export { createOrdersRouter } from './router.js';
export { type LedgerEntry, type OrderSummary, type OrderView, orderSchema, orderSummarySchema, type Progress } from './schema.js';
export { createOrderService, type OrderPorts, type OrderService } from './service.js';
export {
  judge,
  type LineBalance,
  movesOf,
  type Obstacle,
  type OrderFacts,
  type OrderMove,
  type OrderSide,
  type OrderState,
  orderMoves,
  orderSides,
  orderStates,
  orderTransitions,
} from './states.js';
export { entryKindWords, obstacleWords, orderEventWords, orderMoveWords, orderSideWords, orderStateWords } from './words.js';
