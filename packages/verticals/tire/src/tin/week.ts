const dayMs = 86_400_000;

/** Week of manufacture of 49 CFR 574.5 (WWYY). */
export interface TinWeek {
  readonly week: number;
  readonly year: number;
  /** Sunday on which it begins. */
  readonly begins: Date;
}

/**
 * Week 01 is the first full calendar week of the year, Sunday to Saturday, which is not the ISO week: days before the first
 * Sunday belong to the last week of the year before.
 */
function firstSunday(year: number): number {
  const newYear = Date.UTC(year, 0, 1);
  return newYear + ((7 - new Date(newYear).getUTCDay()) % 7) * dayMs;
}

/** Null where the year has no such week. */
export function weekOf(year: number, week: number): TinWeek | null {
  const begins = new Date(firstSunday(year) + (week - 1) * 7 * dayMs);
  return week < 1 || begins.getUTCFullYear() !== year ? null : { week, year, begins };
}

/** The week that a day, UTC, lies in. */
export function weekHolding(day: Date): TinWeek {
  const at = Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate());
  const year = at < firstSunday(day.getUTCFullYear()) ? day.getUTCFullYear() - 1 : day.getUTCFullYear();
  const week = 1 + Math.floor((at - firstSunday(year)) / (7 * dayMs));
  return { week, year, begins: new Date(firstSunday(year) + (week - 1) * 7 * dayMs) };
}
