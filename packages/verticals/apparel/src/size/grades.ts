import type { Sex } from '../body/index.js';

/** 体型: how much the chest exceeds the waist. */
export const bodyTypes = ['Y', 'A', 'B', 'C'] as const;
export type BodyType = (typeof bodyTypes)[number];

/** What a size is for: its girth is the chest (上装) or the waist (下装). */
export type GarmentHalf = 'upper' | 'lower';

/** Grade of height and grade of girth, cm: 5·4 for both halves, 5·2 for lower garments only. */
export type SizeSeries = '5.4' | '5.2';

export const heightGrade = 5;

/**
 * Chest − waist by body type, whole cm, both ends included: GB/T 1335.1-2008 and 1335.2-2008, 3.3, as handed on by the
 * domain brief. The female table is to be checked against the standard.
 */
export const typeRanges: Readonly<Record<Sex, Readonly<Record<BodyType, { readonly low: number; readonly high: number }>>>> = {
  male: { Y: { low: 17, high: 22 }, A: { low: 12, high: 16 }, B: { low: 7, high: 11 }, C: { low: 2, high: 6 } },
  female: { Y: { low: 19, high: 24 }, A: { low: 14, high: 18 }, B: { low: 9, high: 13 }, C: { low: 4, high: 8 } },
};

export function girthGrade(half: GarmentHalf, series: SizeSeries): number {
  return half === 'lower' && series === '5.2' ? 2 : 4;
}

/** Y, A, B or C; null when the difference, rounded to whole cm, is in none of them. */
export function bodyTypeOf(sex: Sex, chest: number, waist: number): BodyType | null {
  const difference = Math.round(chest - waist);
  return bodyTypes.find((type) => difference >= typeRanges[sex][type].low && difference <= typeRanges[sex][type].high) ?? null;
}
