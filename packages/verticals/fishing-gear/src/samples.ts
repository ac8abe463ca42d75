import type { Finding, RunEvaluation, SampleSeries, Verdict } from '@yunfab/core/verticals';

export const emptySeries: SampleSeries = { ts: [], value: [] };

/** How many stretches of the window longer than `maxGapMs` are without a sample, its beginning and end included. */
export function countGaps({ ts }: SampleSeries, { from, to }: { readonly from: number; readonly to: number }, maxGapMs: number): number {
  let gaps = 0;
  let last = from;
  for (let i = 0; i < ts.length; i++) {
    const at = ts[i] as number;
    if (at <= from) continue;
    if (at > to) break;
    if (at - last > maxGapMs) gaps++;
    last = at;
  }
  return to - last > maxGapMs ? gaps + 1 : gaps;
}

/** Reads a series at growing instants: linear between samples, constant beyond them. */
export function reader({ ts, value }: SampleSeries): (at: number) => number {
  let i = 0;
  return (at) => {
    while (i < ts.length && (ts[i] as number) <= at) i++;
    const after = value[i];
    const before = value[i - 1];
    if (before === undefined) return after ?? Number.NaN;
    if (after === undefined) return before;
    const from = ts[i - 1] as number;
    return before + ((after - before) * (at - from)) / ((ts[i] as number) - from);
  };
}

export const finding = (code: string, holds: boolean, en: string, zh: string): Finding => ({ code, holds, words: { en, zh } });
export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** `inconclusive` while it runs, or when one of the findings that the rest stands on failed. */
export function verdictOf(findings: readonly Finding[], complete: boolean, grounds: readonly string[]): Verdict {
  const failed = findings.filter(({ holds }) => !holds).map(({ code }) => code);
  if (!complete || failed.some((code) => grounds.includes(code))) return 'inconclusive';
  return failed.length > 0 ? 'fail' : 'pass';
}

/** Nothing can be said of a run whose design is not known. */
export function withoutDesign(code: string | null): RunEvaluation {
  const named = code ?? '–';
  return {
    verdict: 'inconclusive',
    values: {},
    curves: [],
    findings: [
      finding(
        'design',
        false,
        `There is no blank design ${named}; save it, then evaluate the run again`,
        `没有竿坯设计 ${named}；请保存后重新评定`,
      ),
    ],
  };
}
