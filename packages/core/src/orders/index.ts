/**
 * The shared order: one record, two sides. Each move belongs to a side and stands in one transition table (`states.ts`),
 * which the service, the `moves` of every reply and the tests read. Quantities live in an append-only ledger; the balances
 * of a line are the sums of its entries, and `ledgerInvariants` prove it. `orderProgress` is how production reports good
 * units; verticals check the specification of a line through `OrderPorts`. Lists page in `core.order_party`.
 */

export { changesErrors } from './changes/errors.js';
export { complaintErrors } from './complaints/errors.js';
export type { ComplaintSummary, ComplaintView } from './complaints/schema.js';
export { complaintMoves, complaintSides, complaintStates, complaintTransitions, judgeComplaint } from './complaints/states.js';
export { differenceMoves, differenceStates, differenceTransitions, nextDifferenceState } from './delivery/differences/states.js';
export { deliveryErrors } from './delivery/errors.js';
export { type Concession, concessionsOf } from './delivery/inspection/repository.js';
export { codeLetterOf, sampleSizeOf } from './delivery/inspection/sampling.js';
export { deliveryMigrations } from './delivery/migrations.js';
export type { ShipmentDetail, ShipmentPaper } from './delivery/shipments/schema.js';
export { dutyMigrations } from './duties.js';
export { importsErrors } from './imports/errors.js';
export { type EntryEvidence, type EntryKind, entryEvidence, entryKinds, entrySides } from './ledger/entries.js';
export { findLedgerViolations, type LedgerViolation, ledgerInvariants } from './ledger/invariants.js';
export { orderProgress } from './ledger/progress.js';
export { listingMigrations } from './listing/migrations.js';
export { orderContractMigrations, orderMigrations, ownSideMigrations } from './migrations/index.js';
export { ordersErrors } from './order/errors.js';
export { type OrderEventBody, type OrderEventType, orderEvents } from './order/events.js';
export { type IncotermRule, incotermRules } from './order/incoterms.js';
export { type LedgerEntry, type OrderSummary, type OrderView, orderSchema, orderSummarySchema, type Progress } from './order/schema.js';
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
} from './order/states.js';
export { type TransitionTable, transitionTable } from './order/transition-table.js';
export { entryKindWords, obstacleWords, orderEventWords, orderMoveWords, orderSideWords, orderStateWords } from './order/words.js';
export { outlookMigrations } from './outlook/migrations.js';
export { ordersPermissions } from './permissions.js';
export { leastBuyers, leastOrders, ratingCriteria, revisableDays, scoreMetrics } from './ratings/criteria.js';
export { ratingErrors } from './ratings/errors.js';
export { publishedPeriod, publishSupplierScores, type ScorePublishingOptions, startScorePublishing } from './ratings/publishing.js';
export type { OrderRatingsView, PublishedScoreView, ScoreItem, ScoreView } from './ratings/schema.js';
export {
  type Comparison,
  type InvitationView,
  type QuoteView,
  type RfqEventBody,
  type RfqEventType,
  type RfqView,
  rfqErrors,
  rfqEvents,
  rfqEventWords,
  rfqInvariants,
  rfqMigrations,
} from './rfq/index.js';
export { createOrdersRouter } from './router.js';
export { createOrderService, type OrderPorts, type OrderService } from './service.js';
export { statementErrors } from './statements/errors.js';
export { type StatementEventBody, type StatementEventType, statementEvents } from './statements/events.js';
export { statementInvariants } from './statements/invariants.js';
export { statementMigrations } from './statements/migrations.js';
export type { StatementLineView, StatementSummary, StatementView } from './statements/schema.js';
export {
  judgeLine,
  judgeStatement,
  type StatementLineState,
  type StatementMove,
  type StatementState,
  statementMoves,
  statementStates,
  statementTransitions,
} from './statements/states.js';
export { subcontractErrors } from './subcontract/errors.js';
export { type SubcontractEventBody, type SubcontractEventType, subcontractEvents } from './subcontract/events.js';
export { subcontractMigrations } from './subcontract/migrations.js';
export type { SubcontractView } from './subcontract/schema.js';
export { suppliedErrors } from './supplied-material/errors.js';
export { suppliedEvents } from './supplied-material/events.js';
export type { SuppliedView } from './supplied-material/schema.js';
export { acceptTermsOfOrder } from './terms/agreement.js';
export { termsErrors } from './terms/errors.js';
export { type TermsEventBody, type TermsEventType, termsEvents } from './terms/events.js';
export type { OrderTermsView, TermsSummary, TermsView } from './terms/schema.js';
export { type AttachedTerms, termsAccepted, termsMoves, termsTransitions } from './terms/states.js';
