import type { z } from 'zod';
import { equipmentErrors } from '../errors.js';
import type { aggregateInput } from '../schema.js';
import type { SignalMeaning } from './range.js';
import type { BucketRange, BucketRow } from './reading.js';

type Asked = Pick<z.output<typeof aggregateInput>, 'from' | 'to' | 'bucketMs'>;

/** Cells of all signals together. */
export const mostCells = 100_000;
const minuteMs = 60_000;
const hourMs = 3_600_000;

/**
 * How a question is cut into buckets: they begin at `from`. Those of a minute or longer are whole minutes of a range
 * of whole minutes, which lets them come from the rollups. Throws `equipment.range_empty`, `buckets_misaligned`, `buckets_too_many`.
 */
export function planBuckets(
  { from, to, bucketMs }: Asked,
  signals: number,
): Pick<BucketRange, 'by' | 'widthMs'> & { readonly places: number } {
  if (to <= from) throw equipmentErrors.range_empty({ from, to });
  if (bucketMs >= minuteMs && [bucketMs, from, to].some((each) => each % minuteMs !== 0))
    throw equipmentErrors.buckets_misaligned({ bucketMs, from, to });
  const places = Math.ceil((to - from) / bucketMs);
  if (places * signals > mostCells) throw equipmentErrors.buckets_too_many({ buckets: places, signals, most: mostCells });
  const whole = (ms: number) => [from, to, bucketMs].every((each) => each % ms === 0);
  return { by: whole(hourMs) ? 'hour' : whole(minuteMs) ? 'minute' : 'sample', widthMs: bucketMs, places };
}

/** Columns of one signal: place `i` is the bucket that begins at `from + i × bucketMs`. An empty bucket counts 0 and holds null. */
export interface BucketColumns {
  readonly unit: string;
  readonly count: number[];
  readonly average: (number | null)[];
  readonly low: (number | null)[];
  readonly high: (number | null)[];
  readonly first: (number | null)[];
  readonly last: (number | null)[];
  /** The lowest quality. */
  readonly quality: (number | null)[];
}

export function toBuckets(meanings: readonly SignalMeaning[], rows: readonly BucketRow[], places: number): Record<string, BucketColumns> {
  const empty = () => Array<number | null>(places).fill(null);
  const signals: Record<string, BucketColumns> = {};
  for (const { signal, unit } of meanings)
    signals[signal] = {
      ...{ unit, count: Array<number>(places).fill(0) },
      ...{ average: empty(), low: empty(), high: empty(), first: empty(), last: empty(), quality: empty() },
    };
  for (const { signal, place, count, numbers, sum, low, high, first, last, worst } of rows) {
    const columns = signals[signal];
    if (!columns) continue;
    columns.count[place] = count;
    columns.average[place] = numbers > 0 && sum !== null ? sum / numbers : null;
    columns.low[place] = low;
    columns.high[place] = high;
    columns.first[place] = first;
    columns.last[place] = last;
    columns.quality[place] = worst;
  }
  return signals;
}
