import type { Scope } from '../../database/index.js';
import { readSamples, type SampleRange, type SampleRow } from './reading.js';

const perSignal = 5_000;

/**
 * However many samples there are, a chunk of whole milliseconds at a time, each by signal and time. A chunk ends where the densest signal of it does, so that none is
 * ahead of the others.
 */
export async function* readSampleChunks(
  scope: Scope,
  { from, to, ...asked }: Omit<SampleRange, 'limitPerSignal'>,
): AsyncGenerator<readonly SampleRow[]> {
  let limitPerSignal = perSignal;
  for (let start = from; start < to; ) {
    const rows = await readSamples(scope, { ...asked, from: start, to, limitPerSignal });
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
    yield rows.filter(({ ts }) => ts < end);
    start = end;
    limitPerSignal = perSignal;
  }
}
