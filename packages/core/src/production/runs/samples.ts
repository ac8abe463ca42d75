import type { Scope } from '../../database/index.js';
import { readSamples } from '../../equipment/index.js';
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
}

const mostPerSignal = 200_000;
/** OPC DA: below 64 the quality is bad and the value says nothing. */
const worstUsable = 64;

/** Numbers of the signals in the window by signal; all signals when none are named. */
export async function runSamples(scope: Scope, { equipment, from, to }: RunWindow, signals?: readonly string[]): Promise<RunSamples> {
  const rows = await readSamples(scope, { equipment, from, to, limitPerSignal: mostPerSignal, ...(signals ? { signals } : {}) });
  const series: Record<string, { ts: number[]; value: number[] }> = {};
  for (const signal of signals ?? []) series[signal] = { ts: [], value: [] };
  for (const { signal, ts, value, quality } of rows) {
    if (value === null || quality < worstUsable) continue;
    series[signal] ??= { ts: [], value: [] };
    series[signal].ts.push(ts);
    series[signal].value.push(value);
  }
  return { series, count: rows.length };
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
