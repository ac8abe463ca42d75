import { z } from 'zod';
import { moneySchema } from '../measure/index.js';
import { consumerOrderMoves, consumerOrderStates } from './consumers/states.js';
import { leadMoves, leadSources, leadStates } from './leads/states.js';
import { quotationStates } from './quotations/states.js';

const quotation = { number: z.string(), state: z.enum(quotationStates), version: z.number().int(), revision: z.number().int() };
const consumerOrder = { number: z.string(), state: z.enum(consumerOrderStates), version: z.number().int() };

/** Every event type of commerce with its body. Those of leads stay with their organization; none holds a person's data. */
export const commerceEvents = {
  'commerce.campaign_opened': z.object({ campaign: z.uuid(), code: z.string() }),
  'commerce.lead_captured': z.object({ lead: z.uuid(), source: z.enum(leadSources), campaign: z.string().nullable() }),
  'commerce.lead_moved': z.object({ lead: z.uuid(), move: z.enum(leadMoves), state: z.enum(leadStates) }),
  'commerce.lead_consent_withdrawn': z.object({ lead: z.uuid() }),
  'commerce.quotation_drafted': z.object(quotation),
  'commerce.quotation_revised': z.object(quotation),
  'commerce.quotation_sent': z.object({ ...quotation, total: moneySchema, validUntil: z.string() }),
  'commerce.quotation_accepted': z.object({ ...quotation, order: z.uuid().nullable() }),
  'commerce.quotation_declined': z.object({ ...quotation, reason: z.string().nullable() }),
  'commerce.consumer_order_placed': z.object(consumerOrder),
  'commerce.consumer_order_moved': z.object({ ...consumerOrder, move: z.enum(consumerOrderMoves) }),
  'commerce.consumer_order_linked': z.object(consumerOrder),
  'commerce.consumer_consent_withdrawn': z.object(consumerOrder),
} as const;

export type CommerceEventType = keyof typeof commerceEvents;
export type CommerceEventBody<Type extends CommerceEventType> = z.infer<(typeof commerceEvents)[Type]>;
