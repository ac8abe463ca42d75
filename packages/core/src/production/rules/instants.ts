import type { Scope } from '../../database/index.js';
import { isUsable, readSampleChunks } from '../../equipment/index.js';
import type { Instant } from './walk.js';

export interface InstantsRange {
  readonly equipment: string;
  readonly signals: readonly string[];
  /** Unix ms, inclusive. */
  readonly from: number;
  /** Unix ms, exclusive. */
  readonly to: number;
}

/**
 * What was measured, millisecond by millisecond in order of time, a chunk at a time; of several samples of a signal in
 * one millisecond the last.
 */
export async function* instants(scope: Scope, range: InstantsRange): AsyncGenerator<Instant[]> {
  for await (const rows of readSampleChunks(scope, range)) {
    const byTime = new Map<number, Record<string, number | string | null>>();
    for (const { signal, ts, value, text, ...sample } of rows) {
      const ms = Math.floor(ts);
      const values = byTime.get(ms) ?? {};
      values[signal] = isUsable(sample) ? (text ?? value) : null;
      byTime.set(ms, values);
    }
    yield [...byTime].sort(([a], [b]) => a - b).map(([ts, values]) => ({ ts, values }));
  }
}
