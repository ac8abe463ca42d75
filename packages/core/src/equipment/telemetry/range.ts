import { requestErrors } from '../../commands/index.js';
import type { SignalKind } from '../models.js';
import { type RangeRow, type SamplePosition, type SignalValue, signalValue } from './reading.js';

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
 * Turns rows (by signal, then time and ordinal) into columns and cuts all signals at the same position, behind which the next
 * page begins: even of one instant that holds more than a page nothing is lost. Expects up to `limitPerSignal` + 1 rows of a signal.
 */
export function toColumns(meanings: readonly SignalMeaning[], rows: readonly RangeRow[], limitPerSignal: number) {
  const counts = new Map<string, number>();
  const full = new Map<string, RangeRow>();
  let end: RangeRow | null = null;
  for (const row of rows) {
    const count = (counts.get(row.signal) ?? 0) + 1;
    counts.set(row.signal, count);
    if (count === limitPerSignal) full.set(row.signal, row);
    const last = count > limitPerSignal ? full.get(row.signal) : undefined;
    if (last && (end === null || isBehind(end, last))) end = last;
  }
  const signals: Record<string, SignalColumns> = {};
  const kinds = new Map(meanings.map(({ signal, kind }) => [signal, kind]));
  for (const { signal, unit } of meanings) signals[signal] = { unit, ts: [], value: [], quality: [] };
  for (const row of rows) {
    const columns = signals[row.signal];
    if (!columns || (end !== null && isBehind(row, end))) continue;
    columns.ts.push(row.us / 1000);
    columns.value.push(signalValue(kinds.get(row.signal) ?? 'number', row.value, row.text));
    columns.quality.push(row.quality);
  }
  return { signals, next: end && encodePosition(end) };
}

const isBehind = (a: SamplePosition, b: SamplePosition): boolean => a.us > b.us || (a.us === b.us && BigInt(a.ordinal) > BigInt(b.ordinal));

const encodePosition = ({ us, ordinal }: SamplePosition): string => `${us}.${ordinal}`;

const position = /^(-?\d{1,16})\.(-?\d{1,19})$/;
const mostOrdinal = 2n ** 63n;

/** Throws `request.invalid` for anything that `next` never was. */
export function decodePosition(cursor: string): SamplePosition {
  const [, us, ordinal] = position.exec(cursor) ?? [];
  const fits = ordinal !== undefined && BigInt(ordinal) < mostOrdinal && BigInt(ordinal) >= -mostOrdinal;
  if (us === undefined || !fits || !Number.isSafeInteger(Number(us)))
    throw requestErrors.invalid({ field: 'cursor', problem: 'it is not the `next` of a page' });
  return { us: Number(us), ordinal };
}
