import { z } from 'zod';
import { currencySchema } from '../../measure/index.js';
import { invitationStates, quoteStates, rfqStates, standings } from './states.js';

const rfq = { number: z.string(), state: z.enum(rfqStates), version: z.number().int() };
/** The number is the buyer's, which the invited supplier reads. */
const invitation = { number: z.string(), state: z.enum(invitationStates), standing: z.enum(standings), version: z.number().int() };
/** The number is the supplier's own of its quote. */
const quote = { number: z.string(), state: z.enum(quoteStates), version: z.number().int(), revision: z.number().int() };

/**
 * Every event type of requests for quotes with its body. Those of `rfq` are on the buyer's own record, those of an
 * invitation or a quote on that root, which the buyer and its one supplier read: no body tells of another supplier.
 */
export const rfqEvents = {
  'rfq.created': z.object(rfq),
  'rfq.revised': z.object(rfq),
  'rfq.opened': z.object(rfq),
  'rfq.extended': z.object({ ...rfq, respondBy: z.string() }),
  'rfq.awarded': z.object(rfq),
  'rfq.award_released': z.object(rfq),
  'rfq.concluded': z.object(rfq),
  'rfq.closed': z.object({ ...rfq, reason: z.string().nullable() }),
  'rfq.reopened': z.object(rfq),
  'rfq.canceled': z.object({ ...rfq, reason: z.string() }),
  'rfq.rate_set': z.object({ from: currencySchema, to: currencySchema, rate: z.string(), asOf: z.string(), source: z.string() }),
  'rfq.invited': z.object({ ...invitation, respondBy: z.string() }),
  'rfq.invitation_extended': z.object({ ...invitation, respondBy: z.string() }),
  'rfq.invitation_ended': z.object(invitation),
  'rfq.invitation_reopened': z.object(invitation),
  'rfq.confidentiality_accepted': z.object({ ...invitation, terms: z.string() }),
  'rfq.invitation_declined': z.object({ ...invitation, reason: z.string() }),
  'rfq.question_asked': z.object({ ...invitation, question: z.uuid() }),
  'rfq.question_answered': z.object({ ...invitation, question: z.uuid() }),
  'rfq.answer_published': z.object({ ...invitation, answer: z.uuid() }),
  'rfq.quote_submitted': z.object(quote),
  'rfq.quote_revised': z.object(quote),
  'rfq.quote_withdrawn': z.object(quote),
  'rfq.quote_awarded': z.object({ ...quote, order: z.uuid() }),
  'rfq.quote_lost': z.object(quote),
  'rfq.quote_reopened': z.object(quote),
};
export type RfqEventType = keyof typeof rfqEvents;
export type RfqEventBody<Type extends RfqEventType> = z.input<(typeof rfqEvents)[Type]>;
