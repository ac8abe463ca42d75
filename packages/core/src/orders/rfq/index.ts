/**
 * Requests for quotes: the buyer's own record; each invitation and each quote a root of its own, so that no supplier learns
 * of another. What is awarded stands in a ledger that the orders themselves give back to, inside the move that ends them.
 */
export { rfqErrors } from './errors.js';
export { type RfqEventBody, type RfqEventType, rfqEvents } from './events.js';
export { rfqInvariants } from './invariants.js';
export { rfqMigrations } from './migrations.js';
export { rfqPermissions } from './permissions.js';
export { createRfqRouter } from './router.js';
export { createRfqService, type RfqService } from './service.js';
export type { Comparison, InvitationView, QuoteView, RfqView } from './view-schema.js';
export { rfqEventWords } from './words.js';
