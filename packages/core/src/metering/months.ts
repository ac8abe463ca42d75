const calendar = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit' });

/** The day and the month of an instant in the platform's calendar (UTC+8): `2026-11-28`, `2026-11`. */
export const dayOf = (instant: Date): string => calendar.format(instant);
export const monthOf = (instant: Date): string => dayOf(instant).slice(0, 7);

export function daysAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

export function monthBefore(month: string): string {
  return daysAfter(`${month}-01`, -1).slice(0, 7);
}
