import type { z } from 'zod';
import type { CommandScope } from '../../commands/index.js';
import type { OrderPorts } from '../service.js';
import { answering } from './answering.js';
import { createAsking } from './asking.js';
import { createAwarding } from './awarding.js';
import { comparing } from './comparison.js';
import { quoting } from './quoting.js';
import { rates } from './rates.js';
import { rfqReading } from './reading.js';
import type * as schema from './schema.js';
import type * as view from './view-schema.js';

type In<Schema extends z.ZodType> = z.output<Schema>;
type Out<Schema extends z.ZodType> = Promise<z.infer<Schema>>;

export interface RfqService {
  create(scope: CommandScope, input: In<typeof schema.createRfqInput>): Promise<view.RfqView>;
  revise(scope: CommandScope, input: In<typeof schema.reviseRfqInput>): Promise<view.RfqView>;
  open(scope: CommandScope, input: In<typeof schema.openRfqInput>): Out<typeof view.invitedSchema>;
  invite(scope: CommandScope, input: In<typeof schema.inviteInput>): Out<typeof view.invitedSchema>;
  extend(scope: CommandScope, input: In<typeof schema.extendInput>): Promise<view.RfqView>;
  assess(scope: CommandScope, input: In<typeof schema.assessInput>): Promise<view.RfqView>;
  answer(scope: CommandScope, input: In<typeof schema.answerInput>): Promise<view.RfqView>;
  conclude(scope: CommandScope, input: In<typeof schema.onRfqInput>): Promise<view.RfqView>;
  close(scope: CommandScope, input: In<typeof schema.endRfqInput>): Promise<view.RfqView>;
  reopen(scope: CommandScope, input: In<typeof schema.onRfqInput>): Promise<view.RfqView>;
  cancel(scope: CommandScope, input: In<typeof schema.cancelRfqInput>): Promise<view.RfqView>;
  award(scope: CommandScope, input: schema.AwardInput): Promise<view.Awarded>;
  compare(scope: CommandScope, input: In<typeof schema.comparisonInput>): Promise<view.Comparison>;
  get(scope: CommandScope, rfq: string): Promise<view.RfqView>;
  list(scope: CommandScope, input: In<typeof schema.rfqListInput>): Out<typeof view.rfqPageSchema>;
  timeline(scope: CommandScope, input: In<typeof schema.rfqTimelineInput>): Out<typeof view.rfqTimelinePageSchema>;
  getInvitation(scope: CommandScope, invitation: string): Promise<view.InvitationView>;
  listInvitations(scope: CommandScope, input: In<typeof schema.invitationListInput>): Out<typeof view.invitationPageSchema>;
  invitationTimeline(scope: CommandScope, input: In<typeof schema.invitationTimelineInput>): Out<typeof view.rfqTimelinePageSchema>;
  acceptConfidentiality(scope: CommandScope, input: In<typeof schema.acceptConfidentialityInput>): Promise<view.InvitationView>;
  declineInvitation(scope: CommandScope, input: In<typeof schema.declineInvitationInput>): Promise<view.InvitationView>;
  ask(scope: CommandScope, input: In<typeof schema.askInput>): Promise<view.InvitationView>;
  submitQuote(scope: CommandScope, input: In<typeof schema.submitQuoteInput>): Promise<view.QuoteView>;
  reviseQuote(scope: CommandScope, input: In<typeof schema.reviseQuoteInput>): Promise<view.QuoteView>;
  withdrawQuote(scope: CommandScope, input: In<typeof schema.withdrawQuoteInput>): Promise<view.QuoteView>;
  getQuote(scope: CommandScope, input: In<typeof schema.quoteIdInput>): Promise<view.QuoteView>;
  priceQuote(scope: CommandScope, input: In<typeof schema.priceQuoteInput>): Promise<view.PricedQuote>;
  setRate(scope: CommandScope, input: In<typeof schema.setRateInput>): Promise<view.CurrencyRate>;
  listRates(scope: CommandScope, input: In<typeof schema.rateListInput>): Out<typeof view.ratePageSchema>;
}

export type RfqPorts = Pick<OrderPorts, 'specifications'>;

export function createRfqService(ports: RfqPorts): RfqService {
  return { ...createAsking(ports), ...answering, ...quoting, ...comparing, ...createAwarding(ports), ...rfqReading, ...rates };
}
