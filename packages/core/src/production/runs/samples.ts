import type { Scope } from '../../database/index.js';
import { bySignal, isUsable, readExtremes, readSampleChunks, readSamples, readSignals } from '../../equipment/index.js';
import type { SampleSeries } from './evaluators.js';

export interface RunWindow {
  readonly equipment: string;
  /** Unix ms, inclusive. */
  readonly from: number;
  /** Unix ms, exclusive. */
  readonly to: number;
}

export interface RunSamples {
  readonly series: Readonly<Record<string, SampleSeries>>;
  /** All samples in the window, the unusable ones too: when it grows, the run is evaluated again. */
  readonly count: number;
  /** False when there are more of them than were asked for; the series then end early. */
  readonly whole: boolean;
}

const perStretch = 4;
/** Together, of all signals: what one process holds in memory at ease. */
export const mostJudged = 3_000_000;

/** Numbers of the signals in the window by signal. */
export async function runSamples(scope: Scope, window: RunWindow, signals: readonly string[], most = mostJudged): Promise<RunSamples> {
  const series: Record<string, { ts: number[]; value: number[] }> = {};
  for (const signal of signals) series[signal] = { ts: [], value: [] };
  let count = 0;
  for await (const rows of readSampleChunks(scope, { ...window, signals })) {
    count += rows.length;
    if (count > most) return { series, count, whole: false };
    for (const { signal, ts, value, ...sample } of rows) {
      if (value === null || !isUsable(sample)) continue;
      series[signal]?.ts.push(ts);
      series[signal]?.value.push(value);
    }
  }
  return { series, count, whole: true };
}

/**
 * For a drawing, numbers by signal, however many were measured: all of a signal that has `points` at most, of another the
 * first, last, lowest and highest of each of equally long stretches.
 */
export async function drawnSamples(scope: Scope, window: RunWindow, points: number): Promise<Map<string, SampleSeries>> {
  const signals = (await readSignals(scope, window.equipment)).filter(({ kind }) => kind !== 'text').map(({ signal }) => signal);
  if (signals.length === 0) return new Map();
  const whole = bySignal(await readSamples(scope, { ...window, signals, limitPerSignal: points + 1 }));
  const long = [...whole].filter(([, rows]) => rows.length > points).map(([signal]) => signal);
  const buckets = Math.floor(points / perStretch);
  const thin = bySignal(long.length > 0 ? await readExtremes(scope, { ...window, signals: long, buckets }) : []);
  return new Map(
    [...whole].flatMap(([signal, rows]) => {
      const usable = (thin.get(signal) ?? rows).filter((row) => row.value !== null && isUsable(row));
      return usable.length === 0 ? [] : [[signal, { ts: usable.map(({ ts }) => ts), value: usable.map(({ value }) => Number(value)) }]];
    }),
  );
}

/** At most `points` points that draw the same line: of each of equally many stretches the lowest and the highest. */
export function thinned({ ts, value }: SampleSeries, points: number): { ts: number[]; value: number[] } {
  if (ts.length <= points) return { ts: [...ts], value: [...value] };
  const stretches = Math.max(1, Math.floor((points - 2) / 2));
  const kept = new Set([0, ts.length - 1]);
  for (let stretch = 0; stretch < stretches; stretch++) {
    const start = Math.floor((stretch * ts.length) / stretches);
    const end = Math.floor(((stretch + 1) * ts.length) / stretches);
    let low = start;
    let high = start;
    for (let i = start; i < end; i++) {
      if ((value[i] as number) < (value[low] as number)) low = i;
      if ((value[i] as number) > (value[high] as number)) high = i;
    }
    kept.add(low).add(high);
  }
  const order = [...kept].sort((a, b) => a - b);
  return { ts: order.map((i) => ts[i] as number), value: order.map((i) => value[i] as number) };
}
