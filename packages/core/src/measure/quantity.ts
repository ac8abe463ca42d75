import { z } from 'zod';
import { canonical, decimalSchema, positiveDecimalSchema } from './decimal.js';
import { fitsUnit, unitCodes, unitOf } from './units.js';

export const unitSchema = z.enum(unitCodes);

/** A value with the UN/ECE Rec 20 code of its unit, as it travels. */
export const quantitySchema = z.object({ value: decimalSchema, unit: unitSchema });
export type Quantity = z.infer<typeof quantitySchema>;

/** A quantity that can be ordered: positive, and whole where the unit is. */
export const positiveQuantitySchema = z
  .object({ value: positiveDecimalSchema, unit: unitSchema })
  .refine(({ value, unit }) => fitsUnit(value, unit), { path: ['value'], message: 'this unit is counted in whole numbers' });

export function quantity(value: string, unit: string): Quantity {
  return { value: canonical(value), unit: unitOf(unit).code as Quantity['unit'] };
}
