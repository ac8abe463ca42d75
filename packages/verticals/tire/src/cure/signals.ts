import type { SampleSeries } from '@yunfab/core/verticals';

interface Window {
  readonly from: number;
  readonly to: number;
}

/** Stretches of the window longer than `maxGapMs` without a sample, its beginning and end included. */
export function findGaps({ ts }: SampleSeries, { from, to }: Window, maxGapMs: number): Window[] {
  const gaps: Window[] = [];
  let last = from;
  for (const at of ts) {
    if (at <= from) continue;
    if (at > to) break;
    if (at - last > maxGapMs) gaps.push({ from: last, to: at });
    last = at;
  }
  if (to - last > maxGapMs) gaps.push({ from: last, to });
  return gaps;
}

/** The longest stretch of the window, in seconds, over which every sample had exactly the same value. */
export function stuckSeconds({ ts, value }: SampleSeries, { from, to }: Window): number {
  let longest = 0;
  let since = Number.NaN;
  let held = Number.NaN;
  for (let i = 0; i < ts.length; i++) {
    const at = ts[i] as number;
    if (at < from || at > to) continue;
    if (value[i] !== held) {
      held = value[i] as number;
      since = at;
    } else longest = Math.max(longest, at - since);
  }
  return longest / 1000;
}

/** Building up and letting off pressure are part of every cure. */
const rampMs = 60_000;
const exhaustMs = 45_000;

/** For how many seconds the pressure was below the least one, between building up and letting off. */
export function lowPressureSeconds({ ts, value }: SampleSeries, { from, to }: Window, minimum: number): number {
  let low = 0;
  for (let i = 1; i < ts.length; i++) {
    const before = ts[i - 1] as number;
    const at = ts[i] as number;
    if (before < from + rampMs || at > to - exhaustMs) continue;
    if ((value[i - 1] as number) < minimum && (value[i] as number) < minimum) low += at - before;
  }
  return low / 1000;
}
