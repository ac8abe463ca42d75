/**
 * YYMMDD as GS1 General Specifications 7.12 reads it: the year within 50 before and 49 after `today`; day 00 is the last
 * day of the month where `openDay` allows it. ISO 8601 date, or null when there is no such day.
 */
export function readDate(digits: string, today: Date, openDay: boolean): string | null {
  if (!/^\d{6}$/.test(digits)) return null;
  const [yy = 0, month = 0, day = 0] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)].map(Number);
  const thisYear = today.getUTCFullYear();
  const century = thisYear - (thisYear % 100);
  const ahead = yy - (thisYear % 100);
  const year = century + yy + (ahead >= 51 ? -100 : ahead <= -50 ? 100 : 0);
  return dateOf(year, month, day === 0 && openDay ? lastDay(year, month) : day);
}

export function dateOf(year: number, month: number, day: number): string | null {
  if (month < 1 || month > 12 || day < 1 || day > lastDay(year, month)) return null;
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
}

const lastDay = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** An ISO 8601 date as YYMMDD. */
export const writeDate = (date: string): string => date.slice(2, 4) + date.slice(5, 7) + date.slice(8, 10);
