import type { SampleSeries } from '@yunfab/core/verticals';

/** The readings of a cycle on one time line: row by row what each place read last, NaN where it has said nothing lately. */
export interface CycleRecord {
  readonly ts: Float64Array;
  /** One array for each place, in their order. */
  readonly places: readonly Float64Array[];
  readonly pressure: Float64Array;
}

/** Ms after which a reading no longer stands for the present. */
const staleMs = 5_000;

/** Puts the series onto the instants of the chamber pressure between `from` and `until`. */
export function alignCycle(
  samples: Readonly<Record<string, SampleSeries>>,
  places: readonly string[],
  from: number,
  until: number,
): CycleRecord {
  const { ts: all = [], value: pressures = [] } = samples['chamber_pressure'] ?? {};
  let first = 0;
  while (first < all.length && (all[first] as number) < from) first++;
  let last = all.length;
  while (last > first && (all[last - 1] as number) > until) last--;
  const ts = Float64Array.from(all.slice(first, last));
  const pressure = Float64Array.from(pressures.slice(first, last));
  return { ts, pressure, places: places.map((name) => onto(ts, samples[name] ?? { ts: [], value: [] })) };
}

function onto(ts: Float64Array, series: SampleSeries): Float64Array {
  const values = new Float64Array(ts.length);
  let next = 0;
  for (let i = 0; i < ts.length; i++) {
    const now = ts[i] as number;
    while (next < series.ts.length && (series.ts[next] as number) <= now) next++;
    const fresh = next > 0 && now - (series.ts[next - 1] as number) <= staleMs;
    values[i] = fresh ? (series.value[next - 1] as number) : Number.NaN;
  }
  return values;
}

export interface Holding {
  /** Ms of the longest stretch in which every place is at or above the temperature. */
  readonly duration: number;
  /** Rows of it, both inclusive; −1 when there is none. */
  readonly from: number;
  readonly to: number;
  /** Within it: the highest reading of any place, the largest difference between two at one moment, K. */
  readonly highest: number;
  readonly spread: number;
  /** The mean of the chamber's reading less that of saturated steam at its pressure, K. */
  readonly aboveSteam: number;
}

/** The plateau of a cycle (EN 285: holding time): the longest stretch without a place below the temperature or silent. */
export function findHolding({ ts, places, pressure }: CycleRecord, temperature: number, saturation: (bar: number) => number): Holding {
  let best: Holding = { duration: 0, from: -1, to: -1, highest: Number.NaN, spread: Number.NaN, aboveSteam: Number.NaN };
  let from = -1;
  let highest = -Infinity;
  let spread = 0;
  let excess = 0;
  const end = (to: number) => {
    if (from < 0) return;
    const duration = (ts[to] as number) - (ts[from] as number);
    if (duration > best.duration) best = { duration, from, to, highest, spread, aboveSteam: excess / (to - from + 1) };
    from = -1;
  };
  for (let i = 0; i < ts.length; i++) {
    let low = Infinity;
    let high = -Infinity;
    for (const place of places) {
      const value = place[i] as number;
      // A silent place is NaN and fails both comparisons below.
      low = value >= low ? low : value;
      if (value > high) high = value;
    }
    if (!(low >= temperature)) {
      end(i - 1);
      continue;
    }
    if (from < 0) {
      from = i;
      highest = -Infinity;
      spread = 0;
      excess = 0;
    }
    if (high > highest) highest = high;
    if (high - low > spread) spread = high - low;
    excess += (places[0]?.[i] as number) - saturation(pressure[i] as number);
  }
  end(ts.length - 1);
  return best;
}

/** Part of the highest pressure above which steam still stands in the chamber; below it the exhaust has begun. */
const steamShare = 0.9;

/**
 * The rows, both inclusive, in which heat counts as moist heat: from the end of the last evacuation before the highest pressure, when
 * the air is out, until steam is let off. What is hot in the vacuum of the drying is dry, and dry heat kills far more slowly.
 */
export function findExposure({ pressure }: Pick<CycleRecord, 'pressure'>, vacuum: number): { readonly from: number; readonly to: number } {
  let peak = 0;
  for (let i = 1; i < pressure.length; i++) if ((pressure[i] as number) > (pressure[peak] as number)) peak = i;
  let from = peak;
  while (from > 0 && (pressure[from - 1] as number) > vacuum) from--;
  let to = peak;
  const least = steamShare * (pressure[peak] as number);
  for (let i = peak; i < pressure.length && (pressure[i] as number) > vacuum; i++) if ((pressure[i] as number) >= least) to = i;
  return { from, to };
}

/** How often the pressure fell to `vacuum` or below before the row, having been above atmospheric half in between. */
export function countPulses(pressure: Float64Array, vacuum: number, before: number): number {
  const recovered = 0.5;
  let pulses = 0;
  let low = false;
  for (let i = 0; i < before; i++) {
    const bar = pressure[i] as number;
    if (!low && bar <= vacuum) {
      low = true;
      pulses++;
    } else if (low && bar >= recovered) low = false;
  }
  return pulses;
}

/** The longest stretch in ms in which a place that should move reads exactly the same, while the pressure changes. */
export function longestStandstill(ts: Float64Array, values: Float64Array): number {
  let longest = 0;
  let since = 0;
  for (let i = 1; i < ts.length; i++) {
    if (values[i] !== values[i - 1]) since = i;
    else longest = Math.max(longest, (ts[i] as number) - (ts[since] as number));
  }
  return longest;
}
