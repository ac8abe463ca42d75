import { createNoise } from '@yunfab/simulator';
import { localDay, type SupplyReading, startOfDay, weekdayOf } from './usage.js';

const hourMs = 3_600_000;

export interface SyntheticPrinter {
  readonly readings: readonly SupplyReading[];
  /** The instant of the forecast. */
  readonly now: number;
  /** Whole days after the day of `now` on which it truly ran empty. */
  readonly trulyEmptyAfter: number;
}

/** Weekday factors, Sunday first. */
const patterns = {
  office: [0, 1.3, 1.2, 1.2, 1.15, 1.15, 0],
  shop: [1.5, 0.8, 0.7, 0.8, 0.9, 1.1, 1.6],
  clinic: [0.1, 1.5, 1.2, 1, 1.2, 1.4, 0.6],
} as const;

/**
 * Printers whose true end is known: each has its own mean use, weekday pattern, busy and slow weeks and noisy days; its level is
 * told in whole percents six times a day with readings missing, its supply was replaced in the past, some lost their counter.
 */
export function createFleet({
  size,
  seed,
  historyDays,
  timeZone,
}: {
  readonly size: number;
  readonly seed: number;
  readonly historyDays: number;
  readonly timeZone: string;
}): SyntheticPrinter[] {
  const noise = createNoise(seed);
  const kinds = Object.values(patterns);
  return Array.from({ length: size }, (_, index) => {
    const pattern = kinds[index % kinds.length] as readonly number[];
    const meanUse = 0.008 * Math.exp(0.5 * noise.gauss());
    const pagesOfSupply = 4000;
    const begin = startOfDay(localDay(Date.UTC(2026, 6, 1 + (index % 7)), timeZone), timeZone);
    const now = begin + historyDays * 24 * hourMs + 11 * hourMs;
    let left = 0.25 + 0.7 * noise.uniform();
    let pages = Math.floor(20_000 * noise.uniform());
    let weekFactor = 1;
    let dayFactor = 1;
    const readings: SupplyReading[] = [];
    for (let hour = 0; ; hour++) {
      const at = begin + hour * hourMs;
      const day = localDay(at, timeZone);
      const hourOfDay = hour % 24;
      if (hourOfDay === 0) {
        if (weekdayOf(day) === 1) weekFactor = Math.exp(0.25 * noise.gauss() - 0.03);
        dayFactor = Math.exp(0.35 * noise.gauss() - 0.06);
      }
      const open = hourOfDay >= 8 && hourOfDay < 20 ? 1 / 12 : 0;
      const used = meanUse * (pattern[weekdayOf(day)] as number) * weekFactor * dayFactor * open;
      left -= used;
      pages += used * pagesOfSupply;
      if (at <= now) {
        // Replaced in the past, never after `now`; the last day before it leaves enough to forecast.
        if (left <= 0.02 || (now - at < 36 * hourMs && left < 0.08)) left = 1;
        if (index % 11 === 3 && hour === 24 * 20) pages = 0;
        if (hour % 4 === 3 && noise.uniform() > 0.05)
          readings.push({ at, remaining: Math.ceil(left * 100) / 100, pages: Math.floor(pages) });
      } else if (left <= 0) return { readings, now, trulyEmptyAfter: day - localDay(now, timeZone) };
    }
  });
}
