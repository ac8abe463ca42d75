import { z } from 'zod';
import { idSchema, instantSchema, lineText, wordsSchema } from '../../../commands/index.js';
import { nonNegativeDecimalSchema, percentSchema, quantitySchema, unitSchema } from '../../../measure/index.js';
import { rejectionCodes } from './reasons.js';
import { samplingSchema } from './sampling.js';

const positive = (value: string): boolean => Number(value) > 0;

/** What an inspection says of one shipment line. Quantities in `unit`, else in that of the order's line. */
export const inspectedLineInput = z
  .object({
    shipmentLine: idSchema,
    unit: unitSchema.optional(),
    accepted: nonNegativeDecimalSchema.default('0'),
    /** Taken although it deviates (让步接收). */
    conceded: nonNegativeDecimalSchema.default('0'),
    rejected: nonNegativeDecimalSchema.default('0'),
    /** Needed when units are conceded. */
    concession: z
      .object({
        reason: lineText(500),
        /** Percent of the price by which they are billed less. */
        priceReduction: percentSchema.default('0'),
      })
      .optional(),
    /** Of what is rejected; `other` when left out. */
    reasonCode: z.enum(rejectionCodes).optional(),
    /** Needed when units are rejected. */
    reason: lineText(500).optional(),
    /** The sampling plan that was followed, and what it found. */
    sampling: samplingSchema.optional(),
  })
  .refine(({ rejected, reason }) => !positive(rejected) || reason !== undefined, {
    path: ['reason'],
    message: 'say why units are rejected',
  })
  .refine(({ conceded, concession }) => positive(conceded) === (concession !== undefined), {
    path: ['concession'],
    message: 'say why units are taken under concession, and only then',
  })
  .refine(({ accepted, conceded, rejected }) => [accepted, conceded, rejected].some(positive), {
    path: ['accepted'],
    message: 'accept, concede or reject at least one unit',
  });
export type InspectedLine = z.output<typeof inspectedLineInput>;

export const inspectionSchema = z.object({
  id: idSchema,
  shipmentLine: idSchema,
  line: idSchema,
  accepted: quantitySchema,
  conceded: quantitySchema,
  rejected: quantitySchema,
  rejection: z.object({ code: z.enum(rejectionCodes), codeWords: wordsSchema, reason: z.string() }).nullable(),
  concession: z.object({ reason: z.string(), priceReduction: percentSchema }).nullable(),
  sampling: samplingSchema.nullable(),
  inspectedAt: instantSchema,
});
export type InspectionView = z.infer<typeof inspectionSchema>;
