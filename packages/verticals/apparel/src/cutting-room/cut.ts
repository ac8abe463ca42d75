import type { EvaluationInput, Finding, RunEvaluation, RunEvaluator } from '@yunfab/core/verticals';
import type { ApparelConfig } from '../config.js';
import { finding, longestGap, noSamples, round, sampled, secondsOutside, verdictOf, within } from '../samples.js';
import type { Lay } from './lay.js';
import { knownLay, layOf } from './spread.js';

const leastVacuum = 8;
const longestLoose = 5;
const longestOverload = 20;
/** Of the planned cut, how much may be missing: overcuts and blade lifts are counted differently by machines. */
const lengthShare = 0.03;

/** Judges one cut: the whole marker, with a sharp blade, the lay held down. */
export const cutEvaluator: RunEvaluator<ApparelConfig> = {
  id: 'apparel.cut',
  words: { en: 'Cut', zh: '裁剪评定' },
  equipmentModel: 'apparel.cutter',
  signals: ['cut_length', 'blade_load', 'vacuum', 'head_speed'],
  tailMs: 0,
  facts: layOf,
  evaluate: evaluateCut,
};

/** Pure. `facts.lay` is what was planned. */
export function evaluateCut({ run, samples, facts, config }: EvaluationInput<ApparelConfig>): RunEvaluation {
  const lay = facts['lay'] as Lay | null;
  const window = { from: run.startedAt, to: run.endedAt ?? run.until };
  const { cut_length = noSamples, blade_load = noSamples, vacuum = noSamples, head_speed = noSamples } = samples;
  const cut = Math.max(0, ...within(cut_length, window));
  const overload = secondsOutside(blade_load, window, 0, config.bladeLoad);
  const loose = secondsOutside(vacuum, window, leastVacuum, Number.POSITIVE_INFINITY);
  const loads = within(blade_load, window);
  const speeds = within(head_speed, window).filter((speed) => speed > 0);
  const mean = (values: readonly number[]) => (values.length === 0 ? 0 : values.reduce((sum, each) => sum + each, 0) / values.length);
  const findings: Finding[] = [
    sampled(longestGap(blade_load, window)),
    knownLay(lay, run.program),
    finding(
      'blade',
      overload <= longestOverload,
      `Blade load above ${config.bladeLoad} A for ${round(overload, 0)} s (allowed ${longestOverload} s); sharpen or change the blade`,
      `刀片负荷高于 ${config.bladeLoad} A 共 ${round(overload, 0)} 秒（允许 ${longestOverload} 秒）；请磨刀或换刀`,
    ),
    finding(
      'vacuum',
      loose <= longestLoose,
      `Vacuum below ${leastVacuum} kPa for ${round(loose, 0)} s (allowed ${longestLoose} s)`,
      `负压低于 ${leastVacuum} kPa 共 ${round(loose, 0)} 秒（允许 ${longestLoose} 秒）`,
    ),
    ...(lay
      ? [
          finding(
            'cut_length',
            run.endedAt === null || cut >= lay.cut_length * (1 - lengthShare),
            `${round(cut, 1)} m cut of ${lay.cut_length} m in the marker`,
            `已裁 ${round(cut, 1)} m，排料图为 ${lay.cut_length} m`,
          ),
        ]
      : []),
  ];
  return {
    verdict: verdictOf(findings, run.endedAt !== null),
    values: {
      cut_length: {
        value: round(cut, 1),
        unit: 'm',
        words: { en: 'Cut', zh: '裁剪长度' },
        ...(lay ? { low: round(lay.cut_length * (1 - lengthShare), 1) } : {}),
      },
      mean_blade_load: {
        value: round(mean(loads)),
        unit: 'A',
        words: { en: 'Mean blade load', zh: '平均刀片负荷' },
        high: config.bladeLoad,
      },
      mean_speed: { value: round(mean(speeds), 1), unit: 'm/min', words: { en: 'Mean head speed', zh: '平均刀头速度' } },
    },
    curves: [],
    findings,
  };
}
