import type { Finding, SampleSeries } from '@yunfab/core/verticals';

export interface Window {
  readonly from: number;
  readonly to: number;
}

export const noSamples: SampleSeries = { ts: [], value: [] };

/** A machine here sends once a second; beyond this a stretch is unknown. */
export const maxGapMs = 15_000;

/** The values inside the window, ends included. */
export function within({ ts, value }: SampleSeries, { from, to }: Window): number[] {
  return value.filter((_, i) => (ts[i] as number) >= from && (ts[i] as number) <= to);
}

/** The longest stretch of the window without a sample, ms. */
export function longestGap({ ts }: SampleSeries, { from, to }: Window): number {
  let last = from;
  let longest = 0;
  for (const at of ts) {
    if (at <= from) continue;
    if (at > to) break;
    longest = Math.max(longest, at - last);
    last = at;
  }
  return Math.max(longest, to - last);
}

/** Seconds of the window in which the sample then in force was outside of [low, high]. */
export function secondsOutside({ ts, value }: SampleSeries, { from, to }: Window, low: number, high: number): number {
  let outside = 0;
  for (let i = 1; i < ts.length; i++) {
    const before = ts[i - 1] as number;
    const at = ts[i] as number;
    const held = value[i - 1] as number;
    if (before >= from && at <= to && (held < low || held > high)) outside += Math.min(at - before, maxGapMs);
  }
  return outside / 1000;
}

export const finding = (code: string, holds: boolean, en: string, zh: string): Finding => ({ code, holds, words: { en, zh } });

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** What every judgement here says first: whether there is enough to judge by. */
export const sampled = (gap: number): Finding =>
  finding(
    'samples',
    gap <= maxGapMs,
    `${round(gap / 1000, 0)} s without a sample (allowed ${maxGapMs / 1000} s)`,
    `最长 ${round(gap / 1000, 0)} 秒无采样（允许 ${maxGapMs / 1000} 秒）`,
  );

export function verdictOf(findings: readonly Finding[], ended: boolean): 'pass' | 'fail' | 'inconclusive' {
  const failed = findings.filter(({ holds }) => !holds);
  if (!ended || failed.some(({ code }) => code === 'samples' || code === 'program')) return 'inconclusive';
  return failed.length > 0 ? 'fail' : 'pass';
}
