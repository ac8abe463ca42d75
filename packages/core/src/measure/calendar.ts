/** Days that companies promise each other, and months of use, are those of China Standard Time, where the platform's companies work. */
const chinaStandardTime = 'Asia/Shanghai';

/** The calendar day on which an instant falls in a time zone of the IANA database: `2026-11-28`. */
export const dayIn = (instant: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);

const calendar = new Intl.DateTimeFormat('en-CA', { timeZone: chinaStandardTime, year: 'numeric', month: '2-digit', day: '2-digit' });

/** The calendar day on which an instant falls in China. */
export const dayOf = (instant: Date): string => calendar.format(instant);

const dayMs = 86_400_000;
const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** The calendar day so many days after another; before it when negative. */
export const daysAfter = (day: string, days: number): string => new Date(startOf(day) + days * dayMs).toISOString().slice(0, 10);

export const daysBetween = (from: string, to: string): number => (startOf(to) - startOf(from)) / dayMs;
