import { z } from 'zod';
import { dateSchema, idSchema, instantSchema, lineText, wordsSchema } from '../../commands/index.js';
import { nonNegativeDecimalSchema, percentSchema, positiveDecimalSchema } from '../../measure/index.js';
import { specificationSchema } from '../../production/index.js';
import { incotermsSchema, lineInput, onOrder } from '../order/schema.js';
import { changeKinds, orderSides } from '../order/states.js';
import { changeStates } from './states.js';

const schedule = z
  .array(z.object({ dueOn: dateSchema, quantity: positiveDecimalSchema }))
  .max(100)
  .optional();

/** What becomes of a line; what is left out stays. */
const lineChangeInput = z.object({
  line: idSchema,
  description: lineText(200).optional(),
  specification: specificationSchema.optional(),
  /** In the unit of the line; `0` takes the line out. */
  quantity: nonNegativeDecimalSchema.optional(),
  /** For what is shipped from then on. */
  unitPrice: nonNegativeDecimalSchema.optional(),
  dueOn: dateSchema.nullable().optional(),
  taxRate: percentSchema.optional(),
  overTolerance: percentSchema.optional(),
  underTolerance: percentSchema.optional(),
  /** The whole schedule anew; an empty one means the day of the line. */
  schedule,
});
export type LineChange = z.output<typeof lineChangeInput>;

/** Other terms of an order; what is left out stays. */
export const changeTermsSchema = z.object({
  dueOn: dateSchema.optional(),
  incoterms: incotermsSchema.optional(),
  paymentDays: z.number().int().min(0).max(365).optional(),
  lines: z.array(lineChangeInput).max(200).optional(),
  addLines: z.array(lineInput).max(200).optional(),
  addMilestones: z
    .array(z.object({ name: lineText(200), dueOn: dateSchema }))
    .max(50)
    .optional(),
  milestones: z
    .array(z.object({ milestone: idSchema, name: lineText(200).optional(), dueOn: dateSchema.optional() }))
    .max(50)
    .optional(),
});
export type ChangeTerms = z.output<typeof changeTermsSchema>;

const reason = lineText(2000);
export const proposeChangeInput = z.object({ ...onOrder, reason, terms: changeTermsSchema });
/** Asks the other side to end the order: `cancellation` while nothing is shipped, `short_close` once everything shipped is inspected. */
export const proposeEndInput = z.object({ ...onOrder, kind: z.enum(['cancellation', 'short_close']), reason });
const onChange = { ...onOrder, change: idSchema };
export const acceptChangeInput = z.object({ ...onChange, note: lineText(2000).optional() });
export const declineChangeInput = z.object({ ...onChange, reason });
export const withdrawChangeInput = z.object({ ...onChange, reason: reason.optional() });
export const changeListInput = z.object({ order: idSchema });

/** One thing that differs: of the order, or of the line named. */
export const differenceSchema = z.object({
  /** Null: of the order as a whole. */
  line: idSchema.nullable(),
  /** Position of the line, for people. */
  position: z.number().int().nullable(),
  /** `dueOn`, `quantity`, `unitPrice`, `specification.<field>`, `line` (added or taken out), `milestone`, … */
  field: z.string(),
  before: z.json(),
  after: z.json(),
});
export type Difference = z.infer<typeof differenceSchema>;

export const changeSchema = z.object({
  id: idSchema,
  order: idSchema,
  number: z.number().int(),
  kind: z.enum(changeKinds),
  kindWords: wordsSchema,
  state: z.enum(changeStates),
  stateWords: wordsSchema,
  side: z.enum(orderSides),
  reason: z.string(),
  terms: changeTermsSchema,
  differences: z.array(differenceSchema),
  proposedBy: z.string(),
  proposedAt: instantSchema,
  answer: z.string().nullable(),
  answeredBy: z.string().nullable(),
  answeredAt: instantSchema.nullable(),
});
export type ChangeView = z.infer<typeof changeSchema>;
export const changeListSchema = z.object({ items: z.array(changeSchema) });
