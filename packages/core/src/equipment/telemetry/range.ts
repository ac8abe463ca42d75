import { equipmentErrors } from '../errors.js';
import type { SignalKind } from '../models.js';
import { type SampleRow, type SignalValue, signalValue } from './reading.js';

/** Samples of one signal: `ts[i]`, `value[i]` and `quality[i]` belong together. */
export interface SignalColumns {
  readonly unit: string;
  readonly ts: number[];
  readonly value: SignalValue[];
  readonly quality: number[];
}

export interface SignalMeaning {
  readonly signal: string;
  readonly unit: string;
  readonly kind: SignalKind;
}

/**
 * Turns rows (by signal, then time) into columns and cuts all signals at the same instant, so that the next page starts
 * at `next` for every signal. Expects up to `limitPerSignal` + 1 rows of a signal; throws `equipment.range_too_dense`
 * when one instant alone fills a page.
 */
export function toColumns(meanings: readonly SignalMeaning[], rows: readonly SampleRow[], limitPerSignal: number, from: number) {
  const counts = new Map<string, number>();
  let next: number | null = null;
  for (const row of rows) {
    const count = (counts.get(row.signal) ?? 0) + 1;
    counts.set(row.signal, count);
    if (count > limitPerSignal && (next === null || row.ts < next)) next = row.ts;
  }
  if (next !== null && !rows.some((row) => row.ts >= from && row.ts < (next as number))) {
    throw equipmentErrors.range_too_dense({ at: new Date(next).toISOString(), limit: limitPerSignal });
  }
  const signals: Record<string, SignalColumns> = {};
  const kinds = new Map(meanings.map(({ signal, kind }) => [signal, kind]));
  for (const { signal, unit } of meanings) signals[signal] = { unit, ts: [], value: [], quality: [] };
  for (const row of rows) {
    const columns = signals[row.signal];
    if (!columns || (next !== null && row.ts >= next)) continue;
    columns.ts.push(row.ts);
    columns.value.push(signalValue(kinds.get(row.signal) ?? 'number', row.value, row.text));
    columns.quality.push(row.quality);
  }
  return { signals, next };
}
