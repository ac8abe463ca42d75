import { z } from 'zod';
import {
  dateSchema,
  idSchema,
  instantSchema,
  lineText,
  organizationCodeSchema,
  organizationRefSchema,
  pageInput,
  pageOf,
  wordsSchema,
} from '../../commands/index.js';
import { timelineEntrySchema } from '../../events/index.js';
import {
  currencySchema,
  moneySchema,
  nonNegativeDecimalSchema,
  percentSchema,
  positiveDecimalSchema,
  positiveQuantitySchema,
  quantitySchema,
  sumSchema,
} from '../../measure/index.js';
import { orderSides } from '../order/states.js';
import {
  additionTypes,
  deductionTypes,
  lineMoves,
  statementLineKinds,
  statementLineStates,
  statementMoves,
  statementStates,
} from './states.js';

const note = z.string().trim().max(2000);
const reason = lineText(500);
const period = {
  /** First and last day of the period, China Standard Time. What was accepted before and not billed is collected, too. */
  from: dateSchema,
  to: dateSchema,
  currency: currencySchema,
  note: note.optional(),
};

export const draftInput = z.object({
  /** Code of the organization that buys. */
  buyer: organizationCodeSchema,
  ...period,
  /** Your own number of this statement; made when left out. */
  number: lineText(60).optional(),
});
export const requestInput = z.object({
  /** Code of the organization that supplies; it sends what you asked for. */
  supplier: organizationCodeSchema,
  ...period,
});

/** Names the statement and the version that the caller saw. */
const onStatement = { statement: idSchema, version: z.number().int().positive() };

export const statementIdInput = z.object({ statement: idSchema });
export const statementTimelineInput = z.object({ ...pageInput, statement: idSchema });
export const refreshInput = z.object(onStatement);
/** `number`: the supplier's own, in place of the one that was made. */
export const sendInput = z.object({ ...onStatement, number: lineText(60).optional() });
export const confirmInput = z.object({
  ...onStatement,
  /** Every line that is open for your side when left out. */
  lines: z.array(idSchema).min(1).max(2000).optional(),
});
export const onLineInput = z.object({ ...onStatement, line: idSchema });
export const lineReasonInput = z.object({ ...onStatement, line: idSchema, reason });
export const adjustInput = z.object({
  ...onStatement,
  line: idSchema,
  reason,
  /** In the unit of the line. What goods lose stays for a later statement. */
  quantity: positiveDecimalSchema.optional(),
  /** Of deductions and additions only: without tax; positive. */
  unitPrice: nonNegativeDecimalSchema.optional(),
  amount: positiveDecimalSchema.optional(),
});

/** What a deduction or an addition rests on; the first that is given leads to the rest. */
export const evidenceInput = z
  .object({ entry: idSchema, shipmentLine: idSchema, lot: idSchema, order: idSchema })
  .partial()
  .refine((given) => Object.values(given).filter((id) => id !== undefined).length <= 1, {
    message: 'name one: the entry, the shipment line, the lot or the order',
  });
const proposal = {
  ...onStatement,
  evidence: evidenceInput.optional(),
  reason,
  /** Without tax and positive; else `quantity` with `unitPrice`. */
  amount: positiveDecimalSchema.optional(),
  quantity: positiveQuantitySchema.optional(),
  unitPrice: nonNegativeDecimalSchema.optional(),
  /** That of the order line it rests on, else none. */
  taxRate: percentSchema.optional(),
};
export const deductInput = z.object({ ...proposal, type: z.enum(deductionTypes) });
export const addInput = z.object({ ...proposal, type: z.enum(additionTypes) });
export type ProposalInput = z.output<typeof deductInput> | z.output<typeof addInput>;
export const reasonInput = z.object({ ...onStatement, reason });
export const payInput = z.object({
  ...onStatement,
  paidOn: dateSchema,
  /** Of the bank or of the note, by which the supplier finds it. */
  reference: lineText(100),
});
export const statementListInput = z.object({
  ...pageInput,
  side: z.enum(orderSides).optional(),
  counterparty: organizationCodeSchema.optional(),
  state: z.enum(statementStates).optional(),
  /** Statements whose period shares a day with these. */
  from: dateSchema.optional(),
  to: dateSchema.optional(),
  /** Confirmed, not paid, and the day of payment is over. */
  overdue: z.boolean().optional(),
  /** Those that bill this order. */
  order: idSchema.optional(),
});
export const ageingInput = z.object({ counterparty: organizationCodeSchema.optional() });

const company = organizationRefSchema.extend({
  /** Unified social credit code or another registration. */
  registration: z.string().nullable(),
});

export const statementSummarySchema = z.object({
  id: idSchema,
  number: z.string(),
  version: z.number().int(),
  state: z.enum(statementStates),
  stateWords: wordsSchema,
  /** The asking organization's; a reader was granted a look and has no moves. */
  side: z.enum([...orderSides, 'reader']),
  buyer: organizationRefSchema,
  supplier: organizationRefSchema,
  currency: currencySchema,
  from: dateSchema,
  to: dateSchema,
  lineCount: z.number().int(),
  /** Of all lines that are kept: without tax, tax, with tax (价税合计), which is what is to be paid (本期应付). */
  net: moneySchema,
  tax: moneySchema,
  total: moneySchema,
  draftedAt: instantSchema,
  sentAt: instantSchema.nullable(),
  confirmedAt: instantSchema.nullable(),
  /** First day of payment, by the payment terms of its orders; null until it is confirmed. */
  dueOn: dateSchema.nullable(),
  /** Days since then, while it is not paid. */
  daysOverdue: z.number().int().nullable(),
  changedAt: instantSchema,
  /** Whose move it is; null for both, or none. */
  waitingFor: z.enum(orderSides).nullable(),
});
export type StatementSummary = z.infer<typeof statementSummarySchema>;
export const statementPageSchema = pageOf(statementSummarySchema);

const confirmation = z.object({ by: z.string(), at: instantSchema }).nullable();

export const statementLineSchema = z.object({
  id: idSchema,
  position: z.number().int(),
  revision: z.number().int(),
  kind: z.enum(statementLineKinds),
  kindWords: wordsSchema,
  type: z.enum([...new Set([...deductionTypes, ...additionTypes])]).nullable(),
  typeWords: wordsSchema.nullable(),
  state: z.enum(statementLineStates),
  stateWords: wordsSchema,
  /** By agreement it states less than was accepted. */
  adjusted: z.boolean(),
  proposedBy: z.enum(orderSides).nullable(),
  order: z.object({ id: idSchema, number: z.string() }).nullable(),
  orderLine: idSchema.nullable(),
  shipment: z.object({ line: idSchema, number: z.string() }).nullable(),
  /** Null while the asking side may not see the lot. */
  lot: z.object({ id: idSchema, code: z.string() }).nullable(),
  acceptedAs: z.enum(['accepted', 'conceded']).nullable(),
  /** Percent by which what was conceded costs less. */
  priceReduction: percentSchema,
  /** Of a credit: the line that billed the goods, on whichever statement. */
  credits: idSchema.nullable(),
  description: z.string(),
  reason: z.string().nullable(),
  /** Negative where the line takes off. */
  quantity: quantitySchema.nullable(),
  unitPrice: moneySchema.nullable(),
  net: moneySchema,
  taxRate: percentSchema,
  tax: moneySchema,
  gross: moneySchema,
  acceptedOn: dateSchema.nullable(),
  /** The ledger entries that it rests on. */
  entries: z.array(idSchema),
  /** The entry that the agreement wrote. */
  invoiced: idSchema.nullable(),
  /** By the payment terms of its order, once the statement is confirmed. */
  dueOn: dateSchema.nullable(),
  dispute: z.object({ by: z.enum(orderSides), reason: z.string() }).nullable(),
  supplierConfirmed: confirmation,
  buyerConfirmed: confirmation,
  /** Earlier figures and why they changed; the last is the present one. */
  revisions: z.array(
    z.object({
      revision: z.number().int(),
      cause: z.enum(['collected', 'proposed', 'adjusted', 'refreshed']),
      side: z.enum(orderSides),
      reason: z.string().nullable(),
      quantity: z.string().nullable(),
      net: moneySchema,
      gross: moneySchema,
      by: z.string(),
      at: instantSchema,
    }),
  ),
  moves: z.array(z.enum(lineMoves)),
});
export type StatementLineView = z.infer<typeof statementLineSchema>;

export const statementSchema = statementSummarySchema.extend({
  buyer: company,
  supplier: company,
  note: z.string().nullable(),
  reason: z.string().nullable(),
  draftedBy: z.enum(orderSides),
  /** The parts of the total: goods and additions, credits, deductions; each with tax. */
  billed: moneySchema,
  credited: moneySchema,
  deducted: moneySchema,
  /** Net and tax by rate, deductions left out: what stands above them on the paper. */
  taxes: z.array(z.object({ rate: percentSchema, net: moneySchema, tax: moneySchema })),
  /** What has to be paid on which day. */
  dues: z.array(z.object({ dueOn: dateSchema, amount: moneySchema })),
  payment: z.object({ paidOn: dateSchema, reference: z.string(), reportedAt: instantSchema }).nullable(),
  settledAt: instantSchema.nullable(),
  lines: z.array(statementLineSchema),
  moves: z.array(z.object({ move: z.enum(statementMoves), words: wordsSchema })),
});
export type StatementView = z.infer<typeof statementSchema>;

export const statementTimelineSchema = pageOf(
  timelineEntrySchema
    .omit({ organization: true, record: true, recordKind: true })
    .extend({ words: wordsSchema, organization: organizationRefSchema }),
);

export const ageingSchema = z.object({
  /** The day that it is counted from. */
  on: dateSchema,
  items: z.array(
    z.object({
      side: z.enum(orderSides),
      currency: currencySchema,
      /** Days since the day of payment; null where there is no end, and for what is not due. */
      fromDays: z.number().int().nullable(),
      toDays: z.number().int().nullable(),
      statements: z.number().int(),
      total: sumSchema,
    }),
  ),
});
