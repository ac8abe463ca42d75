import type { SampleSeries } from '../runs/evaluators.js';

/** How far one curve is from another, both in ms since the start of their run. */
export interface Deviation {
  /** Greatest distance, with its sign: positive where the curve is above the golden one. Null where nothing could be compared. */
  readonly max: number | null;
  /** Where it is, in ms since the start. */
  readonly maxAtMs: number | null;
  /** Root of the mean of the squared distance over `comparedMs`. */
  readonly rms: number | null;
  /** How long it was further away than the band; null without a band. */
  readonly outsideMs: number | null;
  /** How long both curves are known. */
  readonly comparedMs: number;
}

/** Between two samples further apart than so many usual distances of its curve, nothing is known. */
const gapFactor = 8;
const leastGapMs = 5_000;

/**
 * Both curves are lines between their samples, so their distance is a line between the instants of either: the greatest is
 * at an instant, and mean and time outside the band are exact. Where either curve has a gap nothing is compared.
 */
export function deviation(curve: SampleSeries, golden: SampleSeries, band: number | null): Deviation {
  const [a, b] = [lineOf(curve), lineOf(golden)];
  const instants = [...new Set([...curve.ts, ...golden.ts])].sort((x, y) => x - y);
  let max: number | null = null;
  let maxAtMs: number | null = null;
  let squares = 0;
  let outsideMs = 0;
  let comparedMs = 0;
  for (const [n, from] of instants.entries()) {
    const to = instants[n + 1];
    if (to === undefined) break;
    const first = distance(a.between(from, to), b.between(from, to));
    if (!first) continue;
    const [start, end] = first;
    for (const [at, value] of [
      [from, start],
      [to, end],
    ] as const) {
      if (max !== null && Math.abs(value) <= Math.abs(max)) continue;
      max = value;
      maxAtMs = at;
    }
    const length = to - from;
    squares += ((start * start + start * end + end * end) / 3) * length;
    comparedMs += length;
    if (band !== null) outsideMs += shareOutside(start, end, band) * length;
  }
  return {
    max,
    maxAtMs,
    rms: comparedMs > 0 ? Math.sqrt(squares / comparedMs) : null,
    outsideMs: band === null ? null : outsideMs,
    comparedMs,
  };
}

type Ends = readonly [start: number, end: number];

const distance = (a: Ends | null, b: Ends | null): Ends | null => a && b && [a[0] - b[0], a[1] - b[1]];

/** Walks forward only: asked for stretches in order of time that hold no sample inside. */
function lineOf({ ts, value }: SampleSeries) {
  const distances = ts.slice(1).map((at, n) => at - (ts[n] as number));
  const usual = [...distances].sort((a, b) => a - b)[distances.length >> 1] ?? 0;
  const gap = Math.max(leastGapMs, usual * gapFactor);
  let next = 1;
  return {
    between(from: number, to: number): Ends | null {
      while (next < ts.length && (ts[next] as number) <= from) next++;
      const [t0, t1] = [ts[next - 1], ts[next]];
      if (t0 === undefined || t1 === undefined || t0 > from || t1 < to || t1 - t0 > gap) return null;
      const [v0, v1] = [value[next - 1] as number, value[next] as number];
      const at = (t: number) => v0 + ((v1 - v0) * (t - t0)) / (t1 - t0);
      return [at(from), at(to)];
    },
  };
}

/** The part of a line from `start` to `end` that is further from zero than `band`. */
function shareOutside(start: number, end: number, band: number): number {
  return shareAbove(start, end, band) + shareAbove(-start, -end, band);
}

function shareAbove(start: number, end: number, level: number): number {
  if (start <= level && end <= level) return 0;
  if (start >= level && end >= level) return 1;
  return (Math.max(start, end) - level) / Math.abs(end - start);
}
