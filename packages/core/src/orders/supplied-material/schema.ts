import { z } from 'zod';
import { idSchema, instantSchema, lineText, organizationRefSchema, wordsSchema } from '../../commands/index.js';
import { percentSchema, positiveDecimalSchema, quantitySchema, sumSchema, unitSchema } from '../../measure/index.js';
import { suppliedKinds } from './states.js';

const onMaterial = { order: idSchema, material: idSchema, version: z.number().int().positive() };
const ofLot = { ...onMaterial, lot: idSchema, quantity: positiveDecimalSchema };
const reason = lineText(500);

export const agreeMaterialInput = z.object({
  order: idSchema,
  /** The version of the order that the caller saw. */
  version: z.number().int().positive(),
  /** The line that it goes into, when it goes into one alone. */
  line: idSchema.optional(),
  description: lineText(200),
  unit: unitSchema,
  /** How much goes into one good unit of the line. */
  perUnit: positiveDecimalSchema.optional(),
  /** Percent that may be lost beside it. */
  lossPercent: percentSchema.optional(),
});
export const sendMaterialInput = z.object({ ...ofLot, note: reason.optional() });
export const receiveMaterialInput = z.object({ ...ofLot, note: reason.optional() });
export const useMaterialInput = z.object({ ...ofLot, reason });
export const scrapMaterialInput = z.object({ ...ofLot, reason });
export const returnMaterialInput = z.object({ ...ofLot, note: reason.optional() });
export const writeOffMaterialInput = z.object({ ...ofLot, reason });
export const reverseMaterialEntryInput = z.object({ ...onMaterial, entry: idSchema, quantity: positiveDecimalSchema, reason });
export const suppliedOfInput = z.object({ order: idSchema });

const balanceSchema = z.object({
  sent: sumSchema,
  received: sumSchema,
  used: sumSchema,
  scrapped: sumSchema,
  returned: sumSchema,
  /** Loss that the owner has accepted. */
  writtenOff: sumSchema,
  onTheWay: sumSchema,
  withSupplier: sumSchema,
  /** Neither used, scrapped, returned nor written off; the order is not closed while there is any. */
  open: sumSchema,
});

export const suppliedMaterialSchema = z.object({
  id: idSchema,
  version: z.number().int(),
  line: idSchema.nullable(),
  description: z.string(),
  unit: unitSchema,
  perUnit: z.string().nullable(),
  lossPercent: z.string().nullable(),
  inProcess: z.boolean(),
  balance: balanceSchema,
  /** What was used and scrapped beside what the good units of the line should have taken; null without an agreed rate. */
  consumption: z
    .object({
      goodUnits: sumSchema,
      expected: sumSchema,
      /** With the loss that was agreed. */
      allowed: sumSchema,
      actual: sumSchema,
      /** Beyond what is allowed. */
      excess: sumSchema,
      /** Percent of the expected, two decimals; null while no unit is good. */
      loss: z.string().nullable(),
    })
    .nullable(),
  /** Null code: a lot that the asking side does not see. */
  lots: z.array(z.object({ lot: idSchema, code: z.string().nullable(), balance: balanceSchema })),
  entries: z.array(
    z.object({
      id: idSchema,
      kind: z.enum(suppliedKinds),
      kindWords: wordsSchema,
      quantity: quantitySchema,
      lot: idSchema,
      reverses: idSchema.nullable(),
      /** By an issue to a job order. */
      byIssue: z.boolean(),
      reason: z.string().nullable(),
      organization: organizationRefSchema,
      by: z.string(),
      at: instantSchema,
    }),
  ),
  /** The newest 200 are listed. */
  cut: z.boolean(),
});
export const suppliedSchema = z.object({ order: idSchema, materials: z.array(suppliedMaterialSchema) });
export type SuppliedView = z.infer<typeof suppliedSchema>;
