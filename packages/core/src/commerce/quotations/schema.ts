import { z } from 'zod';
import {
  dateSchema,
  idSchema,
  instantSchema,
  lineText,
  organizationRefSchema,
  pageInput,
  pageOf,
  versionSchema,
  wordsSchema,
} from '../../commands/index.js';
import { currencySchema, moneySchema, nonNegativeDecimalSchema, positiveQuantitySchema, quantitySchema } from '../../measure/index.js';
import { incotermRules } from '../../orders/index.js';
import { specificationSchema } from '../../production/index.js';
import { quotationMoves, quotationSides, quotationStates } from './states.js';

const note = z.string().trim().max(2000);

export const outsideContactSchema = z.object({
  name: lineText(120),
  company: lineText(120).optional(),
  email: z.email().max(254).optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 code such as "DE"')
    .optional(),
});

/** What one revision of a quotation says. Amounts are reckoned by the platform from quantity and unit price. */
const contentFields = {
  currency: currencySchema,
  /** The rule of Incoterms 2020 with its named place. */
  delivery: z.object({ incoterm: z.enum(incotermRules), place: lineText(120) }).optional(),
  /** From this instant on, by the server's clock, it can no longer be accepted. */
  validUntil: instantSchema,
  note: note.optional(),
  lines: z
    .array(
      z.object({
        description: lineText(200),
        specification: specificationSchema.optional(),
        quantity: positiveQuantitySchema,
        /** Per unit, in the currency of the quotation. */
        unitPrice: nonNegativeDecimalSchema,
      }),
    )
    .min(1)
    .max(200),
  /** What the price was reckoned from, as the industry writes it; read by your own organization only. */
  cost: z.record(z.string().max(60), z.json()).optional(),
};
const contentSchema = z.object(contentFields);
export type QuotationContent = z.output<typeof contentSchema>;

export const draftInput = z
  .object({
    ...contentFields,
    /** Your own number, unique within your organization; the recipient reads it. */
    number: lineText(60),
    /** Code of the organization that shall buy. */
    buyer: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/, 'must be an organization code such as "shanhai"')
      .optional(),
    /** Someone outside the platform. */
    contact: outsideContactSchema.optional(),
    /** The lead that it answers. */
    lead: idSchema.optional(),
  })
  .refine(({ buyer, contact }) => (buyer === undefined) !== (contact === undefined), {
    path: ['buyer'],
    message: 'name either an organization of the platform or an outside contact',
  });
export const reviseInput = z.object({ ...contentFields, quotation: idSchema, version: versionSchema });
export const sendInput = z.object({ quotation: idSchema, version: versionSchema });
export const acceptQuotationInput = z.object({
  quotation: idSchema,
  version: versionSchema,
  /** The revision that the buyer has read. */
  revision: z.number().int().positive(),
  /** Your own number of the order that this proposes. */
  ownNumber: lineText(60),
  dueOn: dateSchema,
  note: note.optional(),
});
export const declineQuotationInput = z.object({ quotation: idSchema, version: versionSchema, reason: lineText(500) });
export const recordAnswerInput = z.object({
  quotation: idSchema,
  version: versionSchema,
  answer: z.enum(['accepted', 'declined']),
  reason: lineText(500).optional(),
});
export const quotationIdInput = z.object({
  quotation: idSchema,
  /** An earlier one; the newest that you may see when left out. */
  revision: z.coerce.number().int().positive().optional(),
});
export const quotationListInput = z.object({
  ...pageInput,
  side: z.enum(quotationSides).optional(),
  state: z.enum(quotationStates).optional(),
});

const deliverySchema = z.object({ incoterm: z.enum(incotermRules), place: z.string() });

const headFields = {
  id: idSchema,
  version: versionSchema,
  state: z.enum(quotationStates),
  stateWords: wordsSchema,
  /** A reader was granted a look and has no moves. */
  side: z.enum([...quotationSides, 'reader']),
  number: z.string(),
  supplier: organizationRefSchema,
  /** Null when it goes to someone outside the platform. */
  buyer: organizationRefSchema.nullable(),
  /** Only its supplier reads who outside it is for. */
  contact: outsideContactSchema.nullable(),
  /** The revision shown. */
  revision: z.number().int(),
  total: moneySchema,
  delivery: deliverySchema.nullable(),
  validUntil: instantSchema,
  changedAt: instantSchema,
};
export const quotationSummarySchema = z.object(headFields);
export type QuotationSummary = z.infer<typeof quotationSummarySchema>;
export const quotationPageSchema = pageOf(quotationSummarySchema);

export const quotationSchema = z.object({
  ...headFields,
  note: z.string().nullable(),
  lines: z.array(
    z.object({
      position: z.number().int(),
      description: z.string(),
      specification: specificationSchema.nullable(),
      quantity: quantitySchema,
      unitPrice: moneySchema,
      amount: moneySchema,
    }),
  ),
  /** Of the supplier alone. */
  cost: z.record(z.string(), z.json()).nullable(),
  lead: idSchema.nullable(),
  /** Those that the asking side may see, newest first. */
  revisions: z.array(
    z.object({
      revision: z.number().int(),
      total: moneySchema,
      validUntil: instantSchema,
      createdAt: instantSchema,
      sentAt: instantSchema.nullable(),
    }),
  ),
  /** The order that its acceptance proposed. */
  order: idSchema.nullable(),
  /** Why it was declined. */
  reason: z.string().nullable(),
  createdAt: instantSchema,
  moves: z.array(z.object({ move: z.enum(quotationMoves), words: wordsSchema })),
});
export type QuotationView = z.infer<typeof quotationSchema>;
