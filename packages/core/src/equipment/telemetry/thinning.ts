import { createLTTB } from 'downsample';
import type { SignalMeaning } from './range.js';
import { type ExtremeRow, type SampleRow, type SignalValue, signalValue } from './reading.js';

/** Samples of one signal for a chart: `ts[i]`, `value[i]` and `quality[i]` belong together. */
export interface ThinnedSignal {
  readonly unit: string;
  readonly ts: number[];
  readonly value: SignalValue[];
  readonly quality: number[];
  /** Whether samples were left out. */
  readonly thinned: boolean;
  /** Between the samples at `from` and at `to` nothing was measured, or "none" was said: where a line breaks. */
  readonly gaps: { readonly from: number; readonly to: number }[];
  /** Two samples farther apart than this have a gap between them; null where there are not two, of different instants. */
  readonly gapMs: number | null;
}

export type ThinningMethod = 'min_max' | 'lttb';

/** A signal's samples as they were read, oldest first: all that there are, or extremes of buckets. */
export type Read =
  | { readonly rows: readonly SampleRow[]; readonly whole: true }
  | { readonly rows: readonly ExtremeRow[]; readonly whole: false };

export interface Thinning {
  readonly points: number;
  readonly method: ThinningMethod;
  /** Left out: five times the usual distance of two samples. */
  readonly gapMs?: number | undefined;
}

/** Of a bucket: its first, last, lowest and highest. */
export const perBucket = 4;

/** How many buckets are read so that what comes back is `points` at most, or what LTTB chooses from (MinMaxLTTB: Van Der Donckt et al., 2023). */
export function bucketsFor({ points, method }: Thinning): number {
  return method === 'lttb' ? points : Math.max(1, Math.floor(points / perBucket));
}

export function thin({ unit, kind }: SignalMeaning, read: Read, asked: Thinning): ThinnedSignal {
  const { rows, whole } = read;
  const said = rows.filter((row) => !isNone(row));
  const chosen = asked.method === 'lttb' && kind !== 'text' && said.length > asked.points ? lttb(said, asked.points) : said;
  return {
    unit,
    ts: chosen.map(({ ts }) => ts),
    value: chosen.map(({ value, text }) => signalValue(kind, value, text)),
    quality: chosen.map(({ quality }) => quality),
    thinned: !whole || chosen.length < said.length,
    ...findGaps(read, asked.gapMs),
  };
}

/** Largest triangle three buckets (Steinarsson 2013). */
const chooseLttb = createLTTB<SampleRow>({ x: ({ ts }) => ts, y: ({ value }) => value ?? 0 });

/** Where the width of its buckets is a fraction that rounds down, the library takes the last but one for the last. */
function lttb(rows: readonly SampleRow[], points: number): readonly SampleRow[] {
  const chosen = Array.from(chooseLttb(rows, points));
  return [...chosen.slice(0, -1), ...rows.slice(-1)];
}

const isNone = ({ value, text }: SampleRow) => value === null && text === null;
const usualTimes = 5;

/**
 * A bucket comes with its first and last sample, so two neighbours that are farther apart than its width are neighbours as they were
 * measured. Samples of one instant, as a coarse clock gives them, say nothing of how far apart samples are.
 */
function findGaps({ rows, whole }: Read, asked: number | undefined): Pick<ThinnedSignal, 'gaps' | 'gapMs'> {
  const distances: number[] = [];
  for (let at = 1; at < rows.length; at++) {
    const [before, here] = [rows[at - 1] as ExtremeRow, rows[at] as ExtremeRow];
    const distance = here.ts - before.ts;
    if (distance > 0 && (whole || before.place !== here.place)) distances.push(distance);
  }
  if (distances.length === 0) return { gaps: [], gapMs: null };
  const usual = distances.sort((a, b) => a - b)[distances.length >> 1] ?? 0;
  const gapMs = Math.max(whole ? 0 : (rows[0]?.widthMs ?? 0), asked ?? usualTimes * usual);
  const gaps = [];
  let last: number | null = null;
  let none = false;
  for (const row of rows) {
    if (isNone(row)) none = true;
    else {
      if (last !== null && (none || row.ts - last > gapMs)) gaps.push({ from: last, to: row.ts });
      last = row.ts;
      none = false;
    }
  }
  return { gaps, gapMs };
}
