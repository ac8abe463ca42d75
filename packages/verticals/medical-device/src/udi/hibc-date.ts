import { readDate } from '@yunfab/core/gs1';

/** How a date flag of ANSI/HIBC 2.6, table 2, writes dates: how many digits follow it, and the day that they mean. */
interface DateFormat {
  readonly digits: number;
  readonly read: (digits: string, today: Date) => string | null;
}

/** A month alone ends with its last day. */
const monthAlone: DateFormat = { digits: 4, read: (d, today) => readDate(`${d.slice(2, 4)}${d.slice(0, 2)}00`, today, true) };

const formats: Readonly<Record<string, DateFormat>> = {
  '2': { digits: 6, read: (d, today) => readDate(`${d.slice(4, 6)}${d.slice(0, 4)}`, today, false) },
  '3': { digits: 6, read: (d, today) => readDate(d, today, false) },
  '4': { digits: 8, read: (d, today) => (Number(d.slice(6)) < 24 ? readDate(d.slice(0, 6), today, false) : null) },
  '5': { digits: 5, read: (d, today) => ordinalDate(d, today) },
  '6': { digits: 7, read: (d, today) => (Number(d.slice(5)) < 24 ? ordinalDate(d.slice(0, 5), today) : null) },
  '7': { digits: 0, read: () => null },
};

export interface HibcDate {
  /** What of the text the flag and its date take. */
  readonly length: number;
  readonly flag: string;
  readonly date: string | null;
  /** No such flag, too few digits, or no such day. */
  readonly wrong: boolean;
}

/** The date field behind `$$`, `$$+` or a quantity; 0 and 1 begin a month and a year without a flag. */
export function readHibcDate(text: string, today: Date): HibcDate {
  const first = text.charAt(0);
  const flagless = first === '0' || first === '1';
  const format = flagless ? monthAlone : formats[first];
  if (!format) return { length: 0, flag: first, date: null, wrong: true };
  const flag = flagless ? '' : first;
  const digits = text.slice(flag.length, flag.length + format.digits);
  const whole = new RegExp(`^\\d{${format.digits}}$`).test(digits);
  const date = whole ? format.read(digits, today) : null;
  return { length: flag.length + digits.length, flag, date, wrong: format.digits > 0 && date === null };
}

/** YYJJJ: year and day of the year. */
export function ordinalDate(digits: string, today: Date): string | null {
  const newYear = readDate(`${digits.slice(0, 2)}0101`, today, false);
  const day = Number(digits.slice(2, 5));
  if (!/^\d{5}$/.test(digits) || newYear === null) return null;
  return dayOfYear(Number(newYear.slice(0, 4)), day);
}

/** The date of a day of a year, 1 to 366; null when the year has no such day. */
export function dayOfYear(year: number, day: number): string | null {
  const date = new Date(Date.UTC(year, 0, day));
  return day >= 1 && date.getUTCFullYear() === year ? date.toISOString().slice(0, 10) : null;
}
