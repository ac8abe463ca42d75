import { mean, median } from '@yunfab/core/measure';
import { createNoise, type Noise } from '@yunfab/simulator';
import { dateOf, localDay, type SupplyEvent, type SupplyReading, startOfDay, type UsageDay, usageOf, weekdayOf } from './usage.js';

export interface ForecastOptions {
  /** Unix ms. */
  readonly now: number;
  /** IANA name: where days begin and what a weekday is. */
  readonly timeZone: string;
  /** The same seed gives the same forecast. */
  readonly seed?: number;
  /** Futures that are played. */
  readonly draws?: number;
  readonly horizonDays?: number;
  /** Pages that a new supply prints, for printers that give no share. */
  readonly ratedPages?: number | null;
}

/** Quantiles over the futures that were played, for the end of one day ahead. */
export interface FanPoint {
  /** Whole days from today. */
  readonly day: number;
  readonly date: string;
  /** Share left that 10, 50 and 90 of 100 futures do not exceed. */
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}

/** The day by whose end the supply is used up in 10, 50, 90 of 100 futures; null: not within the horizon. */
export interface EmptyQuantiles {
  readonly p10: string | null;
  readonly p50: string | null;
  readonly p90: string | null;
}

export interface SupplyForecast {
  readonly remaining: number;
  readonly basis: 'share' | 'pages';
  readonly empty: EmptyQuantiles;
  readonly fan: readonly FanPoint[];
  /** The days until it is empty in each future, ascending; `Infinity` beyond the horizon. */
  readonly daysToEmpty: readonly number[];
  /** What it rests on. */
  readonly daysObserved: number;
  /** Use of a weekday (0 is Sunday): median share of the supply, null while none was seen. */
  readonly weekdays: readonly (number | null)[];
  readonly events: readonly SupplyEvent[];
}

export type ForecastResult =
  | { readonly forecast: SupplyForecast; readonly reason: null }
  | { readonly forecast: null; readonly reason: 'no_level' | 'too_little_history' | 'not_used'; readonly events: readonly SupplyEvent[] };

/** Fewer days with readings say nothing about a week. */
export const leastDays = 10;
/** A day counts when readings cover this much of it. */
const coveredFrom = 0.75;
/** After this many days a week of the past weighs half. */
const halfLifeDays = 56;
const monday = 1;
/** Of weeks when fewer than two were seen. */
const unknownSpread = 0.3;

/**
 * When the supply will be empty, as quantiles. Each future draws how much each past week counts (a Bayesian bootstrap, recent
 * weeks more), then plays weeks of the past in the order of their weekdays until nothing is left: a closed Sunday stays a
 * closed Sunday, a busy week stays busy, and little history gives a wide answer.
 */
export function forecastSupply(readings: readonly SupplyReading[], options: ForecastOptions): ForecastResult {
  const { now, timeZone, seed = 1, draws = 1000, horizonDays = 365, ratedPages = null } = options;
  const known = readings.filter(({ at }) => at <= now);
  const { days, events, basis } = usageOf(known, timeZone);
  const today = localDay(now, timeZone);
  const observed = scaled(days, basis, ratedPages).filter(({ day, covered }) => covered >= coveredFrom && day < today);
  const remaining = remainingOf(known, basis, ratedPages, events);
  if (remaining === null) return { forecast: null, reason: 'no_level', events };
  if (observed.length < leastDays) return { forecast: null, reason: 'too_little_history', events };
  if (observed.every(({ used }) => used === 0)) return { forecast: null, reason: 'not_used', events };

  const past = pastOf(observed, today);
  const step = basis === 'share' ? stepOf(known) : 0;
  const dayLeft = 1 - (now - startOfDay(today, timeZone)) / (startOfDay(today + 1, timeZone) - startOfDay(today, timeZone));
  const noise = createNoise(seed);
  const levels = Array.from({ length: horizonDays }, () => new Float64Array(draws));
  const daysToEmpty = Array.from({ length: draws }, (_, draw) =>
    playFuture(past, { remaining, step, today, dayLeft, horizonDays, noise, levels, draw }),
  );
  const ascending = daysToEmpty.toSorted((a, b) => a - b);
  const at = (p: number) => {
    const reached = ascending[Math.min(draws - 1, Math.floor(p * draws))] as number;
    return Number.isFinite(reached) ? dateOf(today + reached) : null;
  };
  return {
    reason: null,
    forecast: {
      remaining,
      basis,
      empty: { p10: at(0.1), p50: at(0.5), p90: at(0.9) },
      fan: fanOf(levels, { today, remaining, until: ascending[Math.floor(0.95 * draws)] as number }),
      daysToEmpty: ascending,
      daysObserved: observed.length,
      weekdays: [0, 1, 2, 3, 4, 5, 6].map((weekday) =>
        medianOf(observed.filter((each) => each.weekday === weekday).map(({ used }) => used)),
      ),
      events,
    },
  };
}

/** Pages as shares of what a new supply prints. */
function scaled(days: readonly UsageDay[], basis: 'share' | 'pages', ratedPages: number | null): readonly UsageDay[] {
  return basis === 'share' || ratedPages === null ? days : days.map((day) => ({ ...day, used: day.used / ratedPages }));
}

/** Without a share: what the rated yield leaves after the pages since the last replacement that anybody saw. */
function remainingOf(
  readings: readonly SupplyReading[],
  basis: 'share' | 'pages',
  ratedPages: number | null,
  events: readonly SupplyEvent[],
): number | null {
  if (basis === 'share') return readings.findLast(({ remaining }) => remaining !== null)?.remaining ?? null;
  const since = events.findLast(({ kind }) => kind === 'replaced')?.at;
  const first = readings.find(({ at, pages }) => pages !== null && (since === undefined || at >= since));
  if (ratedPages === null || !first) return null;
  let printed = 0;
  let last = first.pages as number;
  for (const { at, pages } of readings) {
    if (pages === null || at <= first.at) continue;
    printed += pages >= last ? pages - last : pages;
    last = pages;
  }
  return Math.max(0, 1 - printed / ratedPages);
}

/**
 * The step in which the printer tells its share: whole percents, tenths. A level stays until the whole step is used, so what
 * is left lies anywhere up to one step below it.
 */
function stepOf(readings: readonly SupplyReading[]): number {
  let step = 1;
  let last: number | null = null;
  for (const { remaining } of readings) {
    if (remaining === null) continue;
    const moved: number = last === null ? 0 : Math.abs(remaining - last);
    if (moved > 1e-9) step = Math.min(step, moved);
    last = remaining;
  }
  return step < 0.5 ? step : 0;
}

/** Weeks of the past, newest first, each with what its weekdays used where they were seen. */
interface Past {
  readonly weeks: readonly { readonly age: number; readonly used: readonly (number | null)[] }[];
  /** How much a played week may differ from the one it repeats: the spread of a logarithm. */
  readonly spread: number;
}

function pastOf(days: readonly UsageDay[], today: number): Past {
  const weeks = new Map<number, (number | null)[]>();
  for (const { day, weekday, used } of days) {
    const back = Math.floor((today - day) / 7);
    const week = weeks.get(back) ?? Array<number | null>(7).fill(null);
    week[weekday] = used;
    weeks.set(back, week);
  }
  const inOrder = [...weeks].sort(([a], [b]) => a - b).map(([back, used]) => ({ age: back * 7, used }));
  return { weeks: inOrder, spread: spreadOf(inOrder.map(({ used }) => used)) };
}

/**
 * A few weeks are not all the weeks there can be: a repeated week is scaled as a smoothed bootstrap does, by the spread of the
 * weeks' means around their own, narrowed by Silverman's n^(−1/5).
 */
function spreadOf(weeks: readonly (readonly (number | null)[])[]): number {
  const typical = [0, 1, 2, 3, 4, 5, 6].map((weekday) => {
    const seen = weeks.flatMap((used) => used[weekday] ?? []);
    return seen.length === 0 ? 0 : mean(seen);
  });
  const factors = weeks.flatMap((used) => {
    const seen = [0, 1, 2, 3, 4, 5, 6].filter((weekday) => used[weekday] !== null);
    const expected = seen.reduce((sum, weekday) => sum + (typical[weekday] as number), 0);
    return seen.length < 4 || expected === 0 ? [] : [seen.reduce((sum, weekday) => sum + (used[weekday] as number), 0) / expected];
  });
  if (factors.length < 2) return unknownSpread;
  const variance = factors.reduce((sum, factor) => sum + (factor - 1) ** 2, 0) / (factors.length - 1);
  return Math.sqrt(Math.log(1 + variance)) * factors.length ** -0.2;
}

/** Days until nothing is left in one future; fills its column of `levels`. */
function playFuture(
  { weeks, spread }: Past,
  future: {
    readonly remaining: number;
    readonly step: number;
    readonly today: number;
    /** Share of today that is still to come. */
    readonly dayLeft: number;
    readonly horizonDays: number;
    readonly noise: Noise;
    readonly levels: readonly Float64Array[];
    readonly draw: number;
  },
): number {
  const { remaining, step, today, dayLeft, horizonDays, noise, levels, draw } = future;
  // Exponential draws, normalised, are a Dirichlet: the Bayesian bootstrap's weight of each week.
  const weights = weeks.map(({ age }) => -Math.log(1 - noise.uniform()) * 2 ** (-age / halfLifeDays));
  const pick = pickerOf(weights, noise);
  let left = Math.max(0, remaining - step * noise.uniform());
  let emptyAfter = Number.POSITIVE_INFINITY;
  // Once for the whole future (how well the past is known), once for each week (how weeks differ).
  const always = spread / Math.sqrt(weeks.length);
  const level = Math.exp(always * noise.gauss());
  let week = pick();
  let scale = level * Math.exp(spread * noise.gauss());
  for (let ahead = 0; ahead <= horizonDays; ahead++) {
    const weekday = weekdayOf(today + ahead);
    if (weekday === monday) {
      week = pick();
      scale = level * Math.exp(spread * noise.gauss());
    }
    left = Math.max(0, left - scale * usedOn(weeks, week, weekday, pick) * (ahead === 0 ? dayLeft : 1));
    if (ahead > 0) (levels[ahead - 1] as Float64Array)[draw] = left;
    if (left <= 0 && emptyAfter === Number.POSITIVE_INFINITY) emptyAfter = ahead;
  }
  return emptyAfter;
}

/** What that weekday of that week used; where it was not seen, of another week; where never, of any day that was. */
function usedOn(weeks: Past['weeks'], week: number, weekday: number, pick: () => number): number {
  const own = weeks[week]?.used[weekday];
  if (own !== null && own !== undefined) return own;
  const others = weeks.filter(({ used }) => used[weekday] !== null);
  for (let attempt = 0; attempt < 8; attempt++) {
    const other = weeks[pick()]?.used[weekday];
    if (other !== null && other !== undefined) return other;
  }
  if (others.length > 0) return others[0]?.used[weekday] ?? 0;
  const seen = weeks.flatMap(({ used }) => used.filter((each) => each !== null));
  return seen[pick() % seen.length] ?? 0;
}

function pickerOf(weights: readonly number[], noise: Noise): () => number {
  let total = 0;
  const upTo = weights.map((weight) => (total += weight));
  return () => {
    const at = noise.uniform() * total;
    const found = upTo.findIndex((limit) => at < limit);
    return found === -1 ? weights.length - 1 : found;
  };
}

function fanOf(
  levels: readonly Float64Array[],
  { today, remaining, until }: { readonly today: number; readonly remaining: number; readonly until: number },
): FanPoint[] {
  const shown = Math.min(levels.length, Number.isFinite(until) ? until + 1 : levels.length);
  const start: FanPoint = { day: 0, date: dateOf(today), p10: round(remaining), p50: round(remaining), p90: round(remaining) };
  const ahead = levels.slice(0, shown).map((column, index) => {
    const ascending = Float64Array.from(column).sort();
    const quantile = (p: number) => round(ascending[Math.min(ascending.length - 1, Math.floor(p * ascending.length))] as number);
    return { day: index + 1, date: dateOf(today + index + 1), p10: quantile(0.1), p50: quantile(0.5), p90: quantile(0.9) };
  });
  return [start, ...ahead];
}

const medianOf = (values: readonly number[]): number | null => (values.length === 0 ? null : round(median(values)));
const round = (value: number): number => Number(value.toFixed(5));
