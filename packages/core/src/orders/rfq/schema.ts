import { z } from 'zod';
import { dateSchema, idSchema, instantSchema, lineText, organizationCodeSchema, pageInput, versionSchema } from '../../commands/index.js';
import { currencySchema, Decimal, nonNegativeDecimalSchema, positiveDecimalSchema, positiveQuantitySchema } from '../../measure/index.js';
import { specificationSchema } from '../../production/index.js';
import { incotermsSchema } from '../order/schema.js';
import { invitationStates, rfqStates } from './states.js';

const note = z.string().trim().max(2000);
const suppliers = z.array(organizationCodeSchema).min(1).max(50);
const termsIds = z
  .array(idSchema)
  .max(10)
  .refine((ids) => new Set(ids).size === ids.length, 'names the same terms twice');
const paymentDays = z.number().int().min(0).max(365);

/** The rule of Incoterms 2020 with its named place. */
export const deliveryTermsSchema = incotermsSchema;
/** A percentage such as "13" or "7.5", of at most three decimals. */
const percent = (most: number) =>
  nonNegativeDecimalSchema
    .refine((value) => new Decimal(value).lte(most), `must be a percentage of at most ${most}`)
    .refine((value) => new Decimal(value).decimalPlaces() <= 3, 'must have at most three decimals');

/** A drawing or file by name and by the SHA-256 (hex) of its content. */
export const fileReferenceSchema = z.object({
  name: lineText(255),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in lower-case hexadecimal'),
  /** As on the title block: `B`, `2026-03`. */
  revision: lineText(60).optional(),
});

const ascending = (values: readonly string[]): boolean =>
  values.every((value, index) => index === 0 || new Decimal(value).gt(values[index - 1] as string));

const contentFields = {
  title: lineText(200),
  /** The currency in which offers are compared; a quote may name another. */
  currency: currencySchema,
  /** Until and at this instant, by the server's clock, suppliers may answer. */
  respondBy: instantSchema,
  wantedOn: dateSchema.optional(),
  delivery: deliveryTermsSchema.optional(),
  paymentDays: paymentDays.optional(),
  note: note.optional(),
  /** Published contract terms, of your own or of the platform, that the orders of the award are proposed under. */
  terms: termsIds.optional(),
  /** Terms that a supplier accepts before anything but number, title and due instant opens. */
  confidentiality: z.object({ version: lineText(60), text: z.string().trim().min(1).max(20_000) }).optional(),
  lines: z
    .array(
      z.object({
        description: lineText(200),
        specification: specificationSchema.optional(),
        quantity: positiveQuantitySchema,
        /** Further quantities at which a price is asked, ascending, in the unit of the line. */
        breaks: z.array(positiveDecimalSchema).max(12).refine(ascending, 'quantities must ascend').default([]),
        note: note.optional(),
        files: z
          .array(fileReferenceSchema)
          .max(50)
          .refine((files) => new Set(files.map(({ name }) => name)).size === files.length, 'two files have the same name')
          .default([]),
      }),
    )
    .min(1)
    .max(200),
};
const contentSchema = z.object(contentFields);
export type RfqContentInput = z.output<typeof contentSchema>;

const onRfq = { rfq: idSchema, version: versionSchema };

export const createRfqInput = z.object({
  /** Your own number, unique within your organization; invited suppliers read it. */
  number: lineText(60),
  ...contentFields,
});
export const reviseRfqInput = z.object({ ...onRfq, ...contentFields });
export const openRfqInput = z.object({ ...onRfq, suppliers });
export const inviteInput = z.object({ ...onRfq, suppliers });
export const extendInput = z.object({
  ...onRfq,
  respondBy: instantSchema,
  /** Only these, who alone learn it; every invited supplier and the RFQ itself when left out. */
  suppliers: suppliers.optional(),
});
export const endRfqInput = z.object({ ...onRfq, reason: lineText(500).optional() });
export const cancelRfqInput = z.object({ ...onRfq, reason: lineText(500) });
export const onRfqInput = z.object(onRfq);
export const rfqIdInput = z.object({ rfq: idSchema });
export const rfqListInput = z.object({ ...pageInput, state: z.enum(rfqStates).optional() });
export const rfqTimelineInput = z.object({ ...pageInput, rfq: idSchema });
export const assessInput = z.object({
  ...onRfq,
  invitation: idSchema,
  /** Import duty in percent of goods, tooling and freight; not reckoned under DDP, where the seller pays it. */
  dutyRate: percent(1000),
});
export const answerInput = z.object({
  question: idSchema,
  answer: z.string().trim().min(1).max(4000),
  /** `all`: every admitted supplier reads question and answer, and not who asked. */
  to: z.enum(['all', 'asker']),
});

const awardLines = z
  .array(
    z.object({
      line: idSchema,
      /** In the unit of the line; what is left of it when left out. */
      quantity: positiveDecimalSchema.optional(),
    }),
  )
  .min(1)
  .max(200);

export const awardInput = z.object({
  rfq: idSchema,
  /** One order for each quote, all or none. */
  orders: z
    .array(
      z.object({
        quote: idSchema,
        /** The revision that was compared. */
        revision: z.number().int().positive(),
        /** Your own number of the order. */
        ownNumber: lineText(60),
        /** The wanted date or, when its lead time does not reach that, today and the lead time, when left out. */
        dueOn: dateSchema.optional(),
        note: note.optional(),
        /** Those of the RFQ when left out. */
        terms: termsIds.optional(),
        /** Whatever is left of every line that it quotes, when left out. */
        lines: awardLines.optional(),
        /** Whether tooling, once for each line, becomes a line of the order. */
        tooling: z.enum(['order_line', 'omit']).default('order_line'),
      }),
    )
    .min(1)
    .max(50),
  /** Concludes the award: the suppliers of the other quotes learn that they lost, and no more. */
  final: z.boolean().default(false),
});
export type AwardInput = z.output<typeof awardInput>;

export const comparisonInput = z.object({
  rfq: idSchema,
  /** Compares at these quantities instead of those asked for. */
  quantities: z
    .array(z.object({ line: idSchema, quantity: positiveDecimalSchema }))
    .max(200)
    .optional(),
});

const onInvitation = { invitation: idSchema, version: versionSchema };
export const invitationIdInput = z.object({ invitation: idSchema });
export const invitationListInput = z.object({ ...pageInput, state: z.enum(invitationStates).optional() });
export const invitationTimelineInput = z.object({ ...pageInput, invitation: idSchema });
export const acceptConfidentialityInput = z.object({
  ...onInvitation,
  /** The version of the terms that was read. */
  terms: lineText(60),
});
export const declineInvitationInput = z.object({ ...onInvitation, reason: lineText(500) });
export const askInput = z.object({ ...onInvitation, text: z.string().trim().min(1).max(4000) });

/** What one revision of a quote says. No total stands here: the platform reckons every amount. */
const quoteFields = {
  currency: currencySchema,
  delivery: deliveryTermsSchema,
  paymentDays,
  /** In percent, on goods, tooling and freight; prices are without it. */
  taxRate: percent(100),
  /** What transport will cost the buyer beside the prices, for the whole quote. */
  freight: nonNegativeDecimalSchema.default('0'),
  /** Until and at this instant, by the server's clock, it can be awarded. */
  validUntil: instantSchema,
  note: note.optional(),
  lines: z
    .array(
      z.object({
        line: idSchema,
        /** Unit prices, each from a quantity on, ascending. */
        prices: z
          .array(z.object({ from: positiveDecimalSchema, unitPrice: nonNegativeDecimalSchema }))
          .min(1)
          .max(20)
          .refine((prices) => ascending(prices.map(({ from }) => from)), 'quantities must ascend'),
        tooling: nonNegativeDecimalSchema.default('0'),
        minimumLot: positiveDecimalSchema.optional(),
        leadDays: z.number().int().min(0).max(1000),
        note: note.optional(),
      }),
    )
    .min(1)
    .max(200),
};
const quoteContentSchema = z.object(quoteFields);
export type QuoteContentInput = z.output<typeof quoteContentSchema>;

export const submitQuoteInput = z.object({
  ...onInvitation,
  /** Your own number of the quote, unique within your organization; the buyer reads it. */
  number: lineText(60),
  ...quoteFields,
});
const onQuote = { quote: idSchema, version: versionSchema };
export const reviseQuoteInput = z.object({ ...onQuote, ...quoteFields });
export const withdrawQuoteInput = z.object(onQuote);
export const quoteIdInput = z.object({
  quote: idSchema,
  /** An earlier one; the newest when left out. */
  revision: z.coerce.number().int().positive().optional(),
});
export const priceQuoteInput = z.object({
  quote: idSchema,
  revision: z.number().int().positive().optional(),
  /** The quantities to price; the platform chooses each break. */
  lines: z
    .array(z.object({ line: idSchema, quantity: positiveDecimalSchema }))
    .min(1)
    .max(200),
});

export const setRateInput = z.object({
  from: currencySchema,
  to: currencySchema,
  /** How many `to` one `from` is worth. */
  rate: positiveDecimalSchema,
  /** The day it holds for, and until a later one is set. */
  asOf: dateSchema,
  /** Where it is from, such as "SAFE central parity". */
  source: lineText(200),
});
export const rateListInput = z.object(pageInput);
