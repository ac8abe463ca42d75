import { z } from 'zod';
import { idSchema, instantSchema, lineText, organizationRefSchema, pageInput, pageOf, wordsSchema } from '../../commands/index.js';
import { newIdentifierSchema } from '../identifiers/schema.js';
import { unitStates } from './states.js';

export const serialSchema = lineText(60);
/** The maker's own code of the item that a unit is one of. */
export const itemCodeSchema = z.string().trim().max(60);

export const unitSchema = z.object({
  id: idSchema,
  /** Unique within the maker and the item code. */
  serial: z.string(),
  itemCode: z.string(),
  /** The engineering item, when the maker has one. */
  item: idSchema.nullable(),
  maker: organizationRefSchema,
  /** Who has it in hand: the maker until it ships. */
  holder: organizationRefSchema,
  own: z.boolean(),
  held: z.boolean(),
  version: z.number().int(),
  state: z.enum(unitStates),
  stateWords: wordsSchema,
  /** Null while the asking organization may not see it, or when there is none. */
  lot: z.object({ id: idSchema, code: z.string() }).nullable(),
  createdAt: instantSchema,
  changedAt: instantSchema,
});
export type UnitView = z.infer<typeof unitSchema>;

export const mostUnitsAtOnce = 5000;

export const makeUnitsInput = z.object({
  lot: idSchema,
  serials: z
    .array(serialSchema)
    .min(1)
    .max(mostUnitsAtOnce)
    .refine((serials) => new Set(serials).size === serials.length, 'each serial only once'),
  itemCode: itemCodeSchema.default(''),
  item: idSchema.optional(),
  /** Of the class, such as a GTIN: every one of the units carries them. */
  identifiers: z.array(newIdentifierSchema).max(10).default([]),
});
export const madeUnitsSchema = z.object({ lot: idSchema, units: z.array(z.object({ id: idSchema, serial: z.string() })) });

export const unitIdInput = z.object({ unit: idSchema });
export const unitListInput = z.object({ ...pageInput, lot: idSchema.optional(), state: z.enum(unitStates).optional() });
export const unitPageSchema = pageOf(unitSchema);
