import { z } from 'zod';
import { idSchema, instantSchema, lineText, wordsSchema } from '../../../commands/index.js';
import { nonNegativeDecimalSchema, positiveDecimalSchema, quantitySchema, unitSchema } from '../../../measure/index.js';
import { differenceKinds, differenceMoves, differenceStates, shortageReasons } from './states.js';

const note = lineText(500).optional();

/** One line of a receipt: what came, and how it differs from the delivery note. Quantities in `unit`, else in that of the order's line. */
export const receivedLineInput = z.object({
  shipmentLine: idSchema,
  /** What came and was taken, damaged or not. */
  quantity: nonNegativeDecimalSchema.default('0'),
  unit: unitSchema.optional(),
  /** What should have come and did not. */
  missing: z
    .object({
      quantity: positiveDecimalSchema,
      reason: z.enum(shortageReasons),
      /** Serial numbers or ids of the missing units; needed where the lot has them. */
      units: z.array(z.string().min(1).max(60)).max(5000).optional(),
      note,
    })
    .optional(),
  /** What came beyond the delivery note: it is not received before the supplier has shipped it, too. */
  surplus: z.object({ quantity: positiveDecimalSchema, units: z.array(z.string().min(1).max(60)).max(5000).optional(), note }).optional(),
  /** The part of `quantity` that came damaged. */
  damaged: z.object({ quantity: positiveDecimalSchema, note }).optional(),
});
export type ReceivedLine = z.output<typeof receivedLineInput>;

const onDifference = { order: idSchema, version: z.number().int().positive(), difference: idSchema };
export const answerDifferenceInput = z.object({ ...onDifference, note });
export const contestDifferenceInput = z.object({ ...onDifference, reason: lineText(500) });

export const differenceSchema = z.object({
  id: idSchema,
  shipment: idSchema,
  shipmentLine: idSchema,
  line: idSchema,
  kind: z.enum(differenceKinds),
  kindWords: wordsSchema,
  reason: z.enum(shortageReasons).nullable(),
  reasonWords: wordsSchema.nullable(),
  quantity: quantitySchema,
  units: z.array(z.string()),
  note: z.string().nullable(),
  state: z.enum(differenceStates),
  stateWords: wordsSchema,
  reportedAt: instantSchema,
  answeredAt: instantSchema.nullable(),
  answer: z.string().nullable(),
  /** What the asking side may do about it. */
  moves: z.array(z.object({ move: z.enum(differenceMoves), words: wordsSchema })),
});
export type DifferenceView = z.infer<typeof differenceSchema>;
