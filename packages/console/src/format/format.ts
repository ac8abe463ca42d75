import { tradeUnit } from '../words/units.js';
import { type Language, localeOf } from '../words/words.js';

/** Writes values for one language and the time zone of one organization. */
export interface Format {
  readonly timeZone: string;
  /** A decimal string or number with all its digits, grouped. */
  number(value: string | number, digits?: number): string;
  quantity(value: string, unit: string): string;
  unit(code: string): string;
  money(amount: string, currency: string): string;
  percent(share: number): string;
  /** An instant: the time alone today, otherwise with the date. */
  moment(at: string | number): string;
  clock(at: string | number): string;
  /** The instant exactly, in the organization's zone and in UTC. */
  exactly(at: string | number): string;
  /** A calendar date (`2026-11-30`), which has no zone. */
  date(on: string): string;
  /** Whole days from a calendar date to today; negative while it is ahead. */
  daysSince(on: string): number;
  duration(seconds: number): string;
}

export function createFormat(language: Language, timeZone: string, now: () => number = Date.now): Format {
  const locale = localeOf[language];
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const dayKey = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const clock = new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const seconds = new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const sameYear = new Intl.DateTimeFormat(locale, {
    timeZone,
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const withYear = new Intl.DateTimeFormat(locale, {
    timeZone,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const exact = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', timeStyle: 'long', hourCycle: 'h23' });
  const calendar = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', year: 'numeric', month: 'short', day: 'numeric' });

  // Intl writes a decimal string with every digit; its type asks for a literal.
  const exactNumber = (formatter: Intl.NumberFormat, value: string | number) => formatter.format(value as number);

  return {
    timeZone,
    number: (value, digits) =>
      digits === undefined
        ? exactNumber(plain, value)
        : exactNumber(new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }), value),
    quantity: (value, unit) => `${exactNumber(plain, value)} ${tradeUnit(unit, language)}`,
    unit: (code) => tradeUnit(code, language),
    money: (amount, currency) =>
      exactNumber(
        new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'code', maximumFractionDigits: 6 }),
        amount,
      ),
    percent: (value) => share.format(value),
    clock: (at) => seconds.format(new Date(at)),
    moment(at) {
      const date = new Date(at);
      const today = new Date(now());
      if (dayKey.format(date) === dayKey.format(today)) return clock.format(date);
      return dayKey.format(date).slice(0, 4) === dayKey.format(today).slice(0, 4) ? sameYear.format(date) : withYear.format(date);
    },
    exactly: (at) => `${exact.format(new Date(at))} · ${new Date(at).toISOString()}`,
    date: (on) => calendar.format(new Date(`${on}T00:00:00Z`)),
    daysSince: (on) => (Date.parse(dayKey.format(new Date(now()))) - Date.parse(on)) / 86_400_000,
    duration(total) {
      const whole = Math.round(total);
      const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
      const two = (value: number) => String(value).padStart(2, '0');
      return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
    },
  };
}
