import type { SampleSeries } from '@yunfab/core/verticals';
import type { ReflowWindow } from './window.js';

/** What a board's temperature over time amounts to. Times are s, temperatures °C, rates K/s; null where it never came to it. */
export interface ReflowProfile {
  readonly peak: number;
  readonly aboveLiquidus: number;
  readonly soak: number | null;
  readonly rampUp: number | null;
  readonly rampDown: number | null;
  readonly toPeak: number | null;
}

/** Reads a profile; crossings are interpolated between samples. Null without samples. */
export function readProfile({ ts, value }: SampleSeries, { liquidus, soakFrom, soakTo }: ReflowWindow): ReflowProfile | null {
  if (ts.length === 0) return null;
  let peakIndex = 0;
  for (let i = 1; i < value.length; i++) if ((value[i] as number) > (value[peakIndex] as number)) peakIndex = i;
  const peak = value[peakIndex] as number;
  const peakAt = ts[peakIndex] as number;
  const up = (level: number) => crossing(ts, value, level, { from: 0, to: peakIndex });
  const down = (level: number) => crossing(ts, value, level, { from: peakIndex, to: ts.length - 1 });
  const melted = up(liquidus);
  const frozen = down(liquidus);
  const soakBegan = up(soakFrom);
  const soakEnded = up(soakTo);
  const warmedFrom = up(25) ?? (ts[0] as number);
  return {
    peak,
    aboveLiquidus: timeAbove(ts, value, liquidus),
    soak: soakBegan === null || soakEnded === null ? null : (soakEnded - soakBegan) / 1000,
    rampUp: melted === null || peakAt <= melted ? null : ((peak - liquidus) / (peakAt - melted)) * 1000,
    rampDown: frozen === null || frozen <= peakAt ? null : ((peak - liquidus) / (frozen - peakAt)) * 1000,
    toPeak: (peakAt - warmedFrom) / 1000,
  };
}

/** The instant at which the curve goes through the level between two samples of the stretch. */
function crossing(
  ts: readonly number[],
  value: readonly number[],
  level: number,
  { from, to }: { readonly from: number; readonly to: number },
): number | null {
  for (let i = from + 1; i <= to; i++) {
    const before = (value[i - 1] as number) - level;
    const after = (value[i] as number) - level;
    if (before === after || before * after > 0) continue;
    const start = ts[i - 1] as number;
    return start + (before / (before - after)) * ((ts[i] as number) - start);
  }
  return null;
}

/** s during which the curve, straight between samples, is above the level. */
function timeAbove(ts: readonly number[], value: readonly number[], level: number): number {
  let above = 0;
  for (let i = 1; i < ts.length; i++) {
    const lasted = (ts[i] as number) - (ts[i - 1] as number);
    const before = (value[i - 1] as number) - level;
    const after = (value[i] as number) - level;
    if (before > 0 && after > 0) above += lasted;
    else if (before > 0 !== after > 0) above += lasted * (Math.max(before, after) / Math.abs(before - after));
  }
  return above / 1000;
}
