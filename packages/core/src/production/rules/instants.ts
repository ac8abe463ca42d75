import type { Scope } from '../../database/index.js';
import { readSamples } from '../../equipment/index.js';
import type { Instant } from './walk.js';

export interface InstantsRange {
  readonly equipment: string;
  readonly signals: readonly string[];
  /** Unix ms, inclusive. */
  readonly from: number;
  /** Unix ms, exclusive. */
  readonly to: number;
}

const perSignal = 5_000;
/** OPC DA: below 64 the quality is bad and the value says nothing. */
const worstUsable = 64;

/**
 * What was measured, millisecond by millisecond in order of time, a chunk at a time; of several samples of a signal in
 * one millisecond the last. A chunk ends where the densest signal of it does, so that none is ahead of the others.
 */
export async function* instants(scope: Scope, { equipment, signals, from, to }: InstantsRange): AsyncGenerator<Instant[]> {
  let limitPerSignal = perSignal;
  for (let start = from; start < to; ) {
    const rows = await readSamples(scope, { equipment, signals, from: start, to, limitPerSignal });
    const counts = new Map<string, number>();
    let end = to;
    for (const { signal, ts } of rows) {
      const count = (counts.get(signal) ?? 0) + 1;
      counts.set(signal, count);
      if (count === limitPerSignal) end = Math.min(end, Math.floor(ts));
    }
    if (end <= start) {
      limitPerSignal *= 4;
      continue;
    }
    const byTime = new Map<number, Record<string, number | string | null>>();
    for (const { signal, ts, value, text, quality } of rows) {
      const ms = Math.floor(ts);
      if (ms >= end) continue;
      const values = byTime.get(ms) ?? {};
      values[signal] = quality < worstUsable ? null : (text ?? value);
      byTime.set(ms, values);
    }
    yield [...byTime].sort(([a], [b]) => a - b).map(([ts, values]) => ({ ts, values }));
    start = end;
    limitPerSignal = perSignal;
  }
}
