import type { EvaluationInput, Finding, RunEvaluation, RunEvaluator } from '@yunfab/core/verticals';
import type { ApparelConfig } from '../config.js';
import { dwellLimit } from '../routing/progress.js';
import { samOf } from '../routing/routing.js';
import { finding, longestGap, noSamples, round, sampled, verdictOf, within } from '../samples.js';

/** A seam of fewer stitches says nothing of the rate: one break in 200 would be five in a thousand. */
const fewestStitches = 300;

/** Judges one garment's stay at a sewing station; the program is garment and operation: `shirt/side`. */
export const sewingEvaluator: RunEvaluator<ApparelConfig> = {
  id: 'apparel.sewing',
  words: { en: 'Sewing pass', zh: '缝制评定' },
  equipmentModel: 'apparel.sewing-station',
  signals: ['stitches', 'thread_breaks', 'sewing_speed'],
  tailMs: 0,
  evaluate: evaluateSewing,
};

export function evaluateSewing({ run, samples, config }: EvaluationInput<ApparelConfig>): RunEvaluation {
  const window = { from: run.startedAt, to: run.endedAt ?? run.until };
  const { stitches = noSamples, thread_breaks = noSamples, sewing_speed = noSamples } = samples;
  const sewn = Math.max(0, ...within(stitches, window));
  const breaks = Math.max(0, ...within(thread_breaks, window));
  const rate = sewn === 0 ? 0 : (breaks / sewn) * 1000;
  const minutes = (window.to - window.from) / 60_000;
  const sam = samOf(run.program);
  const moving = within(sewing_speed, window).filter((speed) => speed > 0).length;
  const findings: Finding[] = [
    sampled(longestGap(stitches, window)),
    finding(
      'program',
      sam !== null,
      sam === null
        ? `There is no operation ${run.program ?? '–'}; the station names garment and operation, as shirt/side`
        : `${run.program}, ${sam} SAM`,
      sam === null ? `没有工序 ${run.program ?? '–'}；工位应报品类与工序，如 shirt/side` : `${run.program}，标准工时 ${sam} 分钟`,
    ),
    finding('stitches', run.endedAt === null || sewn > 0, `${sewn} stitches were sewn`, `共缝 ${sewn} 针`),
    finding(
      'thread_breaks',
      sewn < fewestStitches ? breaks <= 1 : rate <= config.threadBreaksPer1000,
      `${breaks} thread breaks in ${sewn} stitches, ${round(rate)} per 1000 (allowed ${config.threadBreaksPer1000})`,
      `${sewn} 针断线 ${breaks} 次，每千针 ${round(rate)} 次（允许 ${config.threadBreaksPer1000}）`,
    ),
  ];
  return {
    verdict: verdictOf(findings, run.endedAt !== null),
    values: {
      stitches: { value: sewn, unit: '1', words: { en: 'Stitches', zh: '针数' } },
      breaks_per_1000: {
        value: round(rate),
        unit: '1',
        words: { en: 'Thread breaks per 1000 stitches', zh: '每千针断线' },
        high: config.threadBreaksPer1000,
      },
      // Waiting is no fault of the seam, so it is told and not judged here.
      dwell: {
        value: round(minutes),
        unit: 'min',
        words: { en: 'Time at the station', zh: '在位时间' },
        ...(sam === null ? {} : { high: round(sam * dwellLimit) }),
      },
      machine_share: {
        value: round(minutes === 0 ? 0 : (moving / 60 / minutes) * 100, 1),
        unit: '%',
        words: { en: 'Of it sewing', zh: '车缝时间占比' },
      },
    },
    curves: [],
    findings,
  };
}
