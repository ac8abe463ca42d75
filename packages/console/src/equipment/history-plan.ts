/** A stretch of time in buckets. */
export interface BucketPlan {
  /** Unix ms; the ends lie on the edges of buckets. */
  readonly from: number;
  readonly to: number;
  readonly bucketMs: number;
}

const second = 1_000;
export const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Widths that people count in; from a minute on whole minutes, as the platform asks. */
const widths = [
  ...[1, 2, 5, 10, 15, 30].map((each) => each * second),
  ...[1, 2, 5, 10, 15, 30].map((each) => each * minute),
  ...[1, 2, 3, 6, 12].map((each) => each * hour),
  ...[1, 2, 7, 14, 31].map((each) => each * day),
];
const widest = 31 * day;
export const longestMs = 10 * 365 * day;
export const shortestMs = second;

/** What the platform adds up beforehand, and keeps for longer the wider it is: sums of minutes and of hours. */
const sums = [minute, hour];

/** The narrowest buckets that are made of wider sums than these; undefined where there are none. */
export const widerSums = (bucketMs: number) => sums.find((each) => each > bucketMs);

/** At most `points` of them, of a width that people count in that is `least` or more. */
export function inBuckets(from: number, to: number, points: number, least = 0): BucketPlan {
  const bucketMs = widths.find((each) => each >= least && (to - from) / each <= points) ?? widest;
  return { from: Math.floor(from / bucketMs) * bucketMs, to: Math.ceil(to / bucketMs) * bucketMs, bucketMs };
}

interface Columns {
  readonly average: readonly (number | null)[];
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** How long a stretch is of which the extremes are drawn; from a minute on the platform takes whole minutes. */
export function stretchOf(from: number, to: number, stretches: number): number {
  const width = (to - from) / stretches;
  const step = width >= minute ? minute : width >= second ? second : 1;
  return Math.max(1, Math.ceil(width / step)) * step;
}

/** Buckets that hold numbers, each at its middle; where there are none is left to whoever draws gaps. */
export function filled({ average, low, high }: Columns, from: number, bucketMs: number) {
  const places = average.flatMap((each, place) => (each === null ? [] : [place]));
  return {
    ts: places.map((place) => from + (place + 0.5) * bucketMs),
    value: places.map((place) => average[place] ?? null),
    band: { low: places.map((place) => low[place] ?? null), high: places.map((place) => high[place] ?? null) },
  };
}

/** `2026-11-29T10:15` in the zone, as a field for date and time holds it. */
export function inZone(at: number, timeZone: string): string {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-GB', {
      ...{ timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts['year']}-${parts['month']}-${parts['day']}T${parts['hour']}:${parts['minute']}`;
}

/** The instant of such a text; null when it is none. A time that the clocks skip is the one as long after. */
export function ofZone(text: string, timeZone: string): number | null {
  const asUtc = Date.parse(`${text}Z`);
  if (Number.isNaN(asUtc)) return null;
  let at = asUtc;
  for (let turn = 0; turn < 2; turn++) at = asUtc - (Date.parse(`${inZone(at, timeZone)}Z`) - Math.floor(at / minute) * minute);
  return at;
}
