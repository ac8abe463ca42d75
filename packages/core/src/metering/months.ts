import { dayOf, daysAfter } from '../measure/index.js';

/** The month of an instant in the platform's calendar (UTC+8): `2026-11`. */
export const monthOf = (instant: Date): string => dayOf(instant).slice(0, 7);

export function monthBefore(month: string): string {
  return daysAfter(`${month}-01`, -1).slice(0, 7);
}
