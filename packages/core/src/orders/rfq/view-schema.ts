import { z } from 'zod';
import { dateSchema, idSchema, instantSchema, organizationRefSchema, pageOf, versionSchema, wordsSchema } from '../../commands/index.js';
import { timelineEntrySchema } from '../../events/index.js';
import { currencySchema, decimalSchema, moneySchema, quantitySchema, sumSchema } from '../../measure/index.js';
import { specificationSchema } from '../../production/index.js';
import { termsSummarySchema } from '../terms/schema.js';
import { deliveryTermsSchema, fileReferenceSchema } from './schema.js';
import { invitationMoves, invitationStates, quoteStates, rfqMoves, rfqStates, standings } from './states.js';

const reasonSchema = z.object({ code: z.string(), words: wordsSchema }).nullable();
const confidentialitySchema = z.object({ version: z.string(), text: z.string() });

const lineFields = {
  id: idSchema,
  position: z.number().int(),
  description: z.string(),
  specification: specificationSchema.nullable(),
  quantity: quantitySchema,
  /** Further quantities at which a price is asked, in the same unit. */
  breaks: z.array(decimalSchema),
  note: z.string().nullable(),
  files: z.array(fileReferenceSchema.extend({ revision: z.string().nullable() })),
};
const termsFields = {
  currency: currencySchema,
  delivery: deliveryTermsSchema.nullable(),
  wantedOn: dateSchema.nullable(),
  paymentDays: z.number().int().nullable(),
  note: z.string().nullable(),
  /** Contract terms that the orders of the award are proposed under. */
  terms: z.array(termsSummarySchema),
};
export const publishedAnswerSchema = z.object({
  id: idSchema,
  /** Counts the published answers of this RFQ only. */
  number: z.number().int(),
  question: z.string(),
  answer: z.string(),
  answeredAt: instantSchema,
});
const questionFields = {
  id: idSchema,
  text: z.string(),
  askedAt: instantSchema,
  answer: z.string().nullable(),
  answeredAt: instantSchema.nullable(),
  /** Whether the answer was published to every admitted supplier. */
  toAll: z.boolean(),
};

export const quoteLineSchema = z.object({
  line: idSchema,
  /** Null when the asking side may not read the line itself. */
  position: z.number().int().nullable(),
  description: z.string().nullable(),
  prices: z.array(z.object({ from: decimalSchema, unitPrice: moneySchema })),
  tooling: moneySchema,
  minimumLot: decimalSchema.nullable(),
  leadDays: z.number().int(),
  note: z.string().nullable(),
});

const quoteHead = {
  id: idSchema,
  version: versionSchema,
  invitation: idSchema,
  /** The supplier's own number. */
  number: z.string(),
  /** By the server's clock. */
  state: z.enum(quoteStates),
  stateWords: wordsSchema,
  /** The revision shown. */
  revision: z.number().int(),
  currency: currencySchema,
  validUntil: instantSchema,
  /** Whether the validity has passed by the server's clock; an awarded quote can have expired, too. */
  expired: z.boolean(),
};
export const quoteSchema = z.object({
  ...quoteHead,
  buyer: organizationRefSchema,
  supplier: organizationRefSchema,
  delivery: deliveryTermsSchema,
  paymentDays: z.number().int(),
  taxRate: decimalSchema,
  freight: moneySchema,
  note: z.string().nullable(),
  submittedAt: instantSchema,
  submittedBy: z.string(),
  lines: z.array(quoteLineSchema),
  /** Newest first. */
  revisions: z.array(z.object({ revision: z.number().int(), validUntil: instantSchema, submittedAt: instantSchema })),
});
export type QuoteView = z.infer<typeof quoteSchema>;

const totalsFields = {
  goods: moneySchema,
  tooling: moneySchema,
  freight: moneySchema,
  tax: moneySchema,
  /** Goods, tooling, freight and tax. */
  total: moneySchema,
};
export const pricedQuoteSchema = z.object({
  quote: idSchema,
  revision: z.number().int(),
  lines: z.array(
    z.object({
      line: idSchema,
      quantity: quantitySchema,
      /** The break whose price counts: the greatest one not above the quantity. */
      from: decimalSchema,
      unitPrice: moneySchema,
      amount: moneySchema,
      tooling: moneySchema,
      belowMinimumLot: z.boolean(),
      leadDays: z.number().int(),
    }),
  ),
  ...totalsFields,
});
export type PricedQuote = z.infer<typeof pricedQuoteSchema>;

const moveSchema = <Move extends readonly [string, ...string[]]>(moves: Move) =>
  z.object({ move: z.enum(moves), words: wordsSchema, allowed: z.boolean(), reason: reasonSchema });

export const rfqSummarySchema = z.object({
  id: idSchema,
  version: versionSchema,
  state: z.enum(rfqStates),
  stateWords: wordsSchema,
  number: z.string(),
  title: z.string(),
  respondBy: instantSchema,
  changedAt: instantSchema,
  invited: z.number().int(),
  quoted: z.number().int(),
});
export const rfqPageSchema = pageOf(rfqSummarySchema);

export const rfqSchema = z.object({
  id: idSchema,
  version: versionSchema,
  state: z.enum(rfqStates),
  stateWords: wordsSchema,
  /** A reader was granted a look at the request, not at invitations, quotes and awards. */
  side: z.enum(['buyer', 'reader']),
  number: z.string(),
  title: z.string(),
  respondBy: instantSchema,
  ...termsFields,
  confidentiality: confidentialitySchema.nullable(),
  reason: z.string().nullable(),
  createdAt: instantSchema,
  openedAt: instantSchema.nullable(),
  changedAt: instantSchema,
  lines: z.array(z.object({ ...lineFields, awarded: sumSchema, left: sumSchema })),
  invitations: z.array(
    z.object({
      id: idSchema,
      supplier: organizationRefSchema,
      state: z.enum(invitationStates),
      stateWords: wordsSchema,
      respondBy: instantSchema,
      invitedAt: instantSchema,
      confidentialityAcceptedAt: instantSchema.nullable(),
      confidentialityAcceptedBy: z.string().nullable(),
      /** Why it does not quote. */
      reason: z.string().nullable(),
      /** The buyer's own estimate, in percent. */
      dutyRate: decimalSchema.nullable(),
      quote: z.object(quoteHead).nullable(),
    }),
  ),
  questions: z.array(z.object({ ...questionFields, invitation: idSchema, supplier: organizationRefSchema })),
  answers: z.array(publishedAnswerSchema),
  /** The award ledger, oldest first. */
  awards: z.array(
    z.object({
      id: idSchema,
      line: idSchema,
      quote: idSchema,
      revision: z.number().int(),
      supplier: organizationRefSchema,
      order: idSchema,
      orderLine: idSchema,
      /** Signed: what an order gave back is negative. */
      quantity: quantitySchema,
      reason: z.string().nullable(),
      at: instantSchema,
      by: z.string(),
    }),
  ),
  moves: z.array(moveSchema(rfqMoves)),
});
export type RfqView = z.infer<typeof rfqSchema>;

export const invitedSchema = z.object({ rfq: rfqSchema, invitations: z.array(idSchema) });

export const invitationSummarySchema = z.object({
  id: idSchema,
  version: versionSchema,
  state: z.enum(invitationStates),
  stateWords: wordsSchema,
  /** Where the request stands for an invited supplier. */
  standing: z.enum(standings),
  standingWords: wordsSchema,
  buyer: organizationRefSchema,
  supplier: organizationRefSchema,
  number: z.string(),
  title: z.string(),
  respondBy: instantSchema,
  /** By the server's clock. */
  overdue: z.boolean(),
  invitedAt: instantSchema,
  changedAt: instantSchema,
});
export type InvitationSummary = z.infer<typeof invitationSummarySchema>;
export const invitationPageSchema = pageOf(invitationSummarySchema);

export const invitationSchema = invitationSummarySchema.extend({
  side: z.enum(['buyer', 'supplier', 'reader']),
  confidentiality: confidentialitySchema.extend({ acceptedAt: instantSchema.nullable(), acceptedBy: z.string().nullable() }).nullable(),
  /** Null until the confidentiality terms are accepted. */
  content: z.object({ ...termsFields, lines: z.array(z.object(lineFields)) }).nullable(),
  questions: z.array(z.object(questionFields)),
  answers: z.array(publishedAnswerSchema),
  quote: quoteSchema.nullable(),
  /** Why the supplier does not quote. */
  reason: z.string().nullable(),
  moves: z.array(moveSchema(invitationMoves)),
});
export type InvitationView = z.infer<typeof invitationSchema>;

const rateSchema = z.object({
  from: currencySchema,
  to: currencySchema,
  rate: decimalSchema,
  asOf: dateSchema,
  source: z.string(),
});
export const currencyRateSchema = rateSchema.extend({ id: idSchema, enteredAt: instantSchema, enteredBy: z.string() });
export type CurrencyRate = z.infer<typeof currencyRateSchema>;
export const ratePageSchema = pageOf(currencyRateSchema);

const offeredLineSchema = z.object({
  invitation: idSchema,
  quote: idSchema,
  unitPrice: moneySchema,
  amount: moneySchema,
  tooling: moneySchema,
  /** Amount and tooling in the currency of the RFQ; null without a rate. */
  compared: moneySchema.nullable(),
  minimumLot: decimalSchema.nullable(),
  belowMinimumLot: z.boolean(),
  leadDays: z.number().int(),
  /** At every further quantity that was asked for. */
  atBreaks: z.array(z.object({ quantity: decimalSchema, unitPrice: moneySchema, amount: moneySchema })),
  /** The least `compared` of the valid quotes that supply this quantity. */
  best: z.boolean(),
});

export const comparisonSchema = z.object({
  rfq: idSchema,
  number: z.string(),
  currency: currencySchema,
  /** The server's instant at which validity was judged. */
  at: instantSchema,
  lines: z.array(
    z.object({
      line: idSchema,
      position: z.number().int(),
      description: z.string(),
      quantity: quantitySchema,
      left: sumSchema,
      offers: z.array(offeredLineSchema),
    }),
  ),
  offers: z.array(
    z.object({
      invitation: idSchema,
      supplier: organizationRefSchema,
      state: z.enum(invitationStates),
      stateWords: wordsSchema,
      /** Why it does not quote. */
      reason: z.string().nullable(),
      /** Null without an answer, and when it was declined or withdrawn. */
      offer: z
        .object({
          ...quoteHead,
          delivery: deliveryTermsSchema,
          paymentDays: z.number().int(),
          taxRate: decimalSchema,
          /** 0 when expired. */
          validForSeconds: z.number().int(),
          longestLeadDays: z.number().int(),
          ...totalsFields,
          dutyRate: decimalSchema,
          duty: moneySchema,
          /** Goods, tooling, freight, duty and tax, in the quote's own currency. */
          landed: moneySchema,
          /** Null within one currency, and when there is none. */
          rate: rateSchema.nullable(),
          /** Why `landedInRfqCurrency` is null. */
          rateMissing: z.boolean(),
          landedInRfqCurrency: moneySchema.nullable(),
          /** Positions of the lines that it does not supply at the quantity compared. */
          missing: z.array(z.number().int()),
          /** The least landed total of the valid quotes that supply every line. */
          best: z.boolean(),
        })
        .nullable(),
    }),
  ),
});
export type Comparison = z.infer<typeof comparisonSchema>;

export const awardedSchema = z.object({
  rfq: rfqSchema,
  /** In the order asked for. */
  orders: z.array(z.object({ quote: idSchema, order: idSchema, number: z.string(), supplier: organizationRefSchema, total: moneySchema })),
});
export type Awarded = z.infer<typeof awardedSchema>;

export const rfqTimelinePageSchema = pageOf(timelineEntrySchema.omit({ record: true, recordKind: true }).extend({ words: wordsSchema }));
