import { z } from 'zod';
import { idSchema } from '../../commands/index.js';
import { positiveDecimalSchema } from '../../measure/index.js';
import { newIdentifierSchema } from '../identifiers/schema.js';
import { lotCodeSchema, lotSchema } from './schema.js';

const units = z.array(z.string().min(1).max(60)).max(5000);

/** One part of a lot: how much of it becomes a lot of its own, under the holder's own code. */
export const lotPartInput = z.object({
  /** Made when left out. */
  code: lotCodeSchema.optional(),
  quantity: positiveDecimalSchema,
  /** Ids or serial numbers of the units that go along; needed when the lot has units with serial numbers. */
  units: units.optional(),
  /** Your own item that the part is; of an own lot, the item of the lot when left out. */
  item: idSchema.optional(),
  /** How else it is called. The code of a received lot stays beside the part's own, readable by your organization only. */
  identifiers: z.array(newIdentifierSchema).max(10).default([]),
});

export const splitLotInput = z.object({
  lot: idSchema,
  /** The version of the lot that the caller saw. */
  version: z.number().int().positive(),
  parts: z.array(lotPartInput).min(1).max(100),
});

export const mergeLotsInput = z.object({
  /** Lots of one item and one unit; of which maker does not matter. */
  lots: z
    .array(
      z.object({
        lot: idSchema,
        version: z.number().int().positive(),
        /** All that is left of it when left out. */
        quantity: positiveDecimalSchema.optional(),
        units: units.optional(),
      }),
    )
    .min(2)
    .max(100),
  code: lotCodeSchema.optional(),
  identifiers: z.array(newIdentifierSchema).max(10).default([]),
});

export const splitLotSchema = z.object({ lot: lotSchema, parts: z.array(lotSchema) });
export const mergedLotSchema = z.object({ lot: lotSchema });
