import { Decimal } from './decimal.js';
import { measureErrors } from './errors.js';
import type { UnitCode } from './units.js';

/** How many of the base unit of its kind one of the unit is; exact by definition of the units (SI, UN/ECE Rec 20). */
const kinds: readonly Readonly<Partial<Record<UnitCode, string>>>[] = [
  { H87: '1', DZN: '12' },
  { GRM: '1', KGM: '1000', TNE: '1000000' },
  { MMT: '1', CMT: '10', MTR: '1000', KMT: '1000000' },
  { MLT: '1', LTR: '1000', MTQ: '1000000' },
  { SEC: '1', MIN: '60', HUR: '3600', DAY: '86400' },
];

/** Whether quantities of the two units can be converted exactly into each other: kilograms and tonnes, but never pieces and pairs. */
export function convertible(from: string, to: string): boolean {
  return from === to || kinds.some((kind) => from in kind && to in kind);
}

/**
 * The value in another unit of its kind: 2 tonnes are 2000 kilograms. Throws `measure.not_convertible` for units of different
 * kinds, and `measure.not_exact` when six decimals cannot hold the result.
 */
export function convert(value: string, from: string, to: string): string {
  if (from === to) return new Decimal(value).toFixed();
  const kind = kinds.find((units) => from in units && to in units) as Readonly<Record<string, string>> | undefined;
  if (!kind) throw measureErrors.not_convertible({ value, from, to });
  const exact = new Decimal(value).times(kind[from] as string).dividedBy(kind[to] as string);
  if (exact.decimalPlaces() > 6) throw measureErrors.not_exact({ value, from, to });
  return exact.toFixed();
}
