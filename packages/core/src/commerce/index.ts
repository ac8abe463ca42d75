/**
 * Selling, up to the order and beside it: campaigns and leads (an organization's own), quotations (shared once sent, every
 * revision kept, valid by the server's clock, accepted into an order), and orders of persons outside the platform, whose
 * personal data stand apart from what is shared. State machines are `states.ts` of each part; `createCommerceService` is
 * given orders, so that accepting a quotation proposes its order in the same transaction.
 */

export type { ConsumerOrderView, ConsumerPerson } from './consumers/schema.js';
export {
  type ConsumerOrderMove,
  type ConsumerOrderState,
  consumerOrderMoves,
  consumerOrderMovesOf,
  consumerOrderStates,
  consumerOrderTransitions,
} from './consumers/states.js';
export { commerceErrors } from './errors.js';
export { type CommerceEventBody, type CommerceEventType, commerceEvents } from './events.js';
export type { CampaignView, LeadView } from './leads/schema.js';
export {
  type LeadMove,
  type LeadSource,
  type LeadState,
  leadMoves,
  leadMovesOf,
  leadSources,
  leadStates,
  leadTransitions,
} from './leads/states.js';
export { commerceMigrations } from './migrations.js';
export { commercePermissions } from './permissions.js';
export type { QuotationContent, QuotationView } from './quotations/schema.js';
export {
  judgeQuotation,
  type QuotationMove,
  type QuotationSide,
  type QuotationState,
  quotationMoves,
  quotationMovesOf,
  quotationSides,
  quotationStates,
  quotationTransitions,
  stateAt,
} from './quotations/states.js';
export { createCommerceRouter } from './router.js';
export { type CommerceService, createCommerceService } from './service.js';
export {
  commerceEventWords,
  consumerOrderMoveWords,
  consumerOrderStateWords,
  leadMoveWords,
  leadSourceWords,
  leadStateWords,
  quotationMoveWords,
  quotationStateWords,
} from './words.js';
