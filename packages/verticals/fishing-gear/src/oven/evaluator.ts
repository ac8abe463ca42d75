import { arrheniusRate, integrateDose } from '@yunfab/core/measure';
import type { EvaluatedCurve, EvaluationInput, Finding, RunEvaluation, RunEvaluator, SampleSeries } from '@yunfab/core/verticals';
import type { BlankDesign, CureCycle } from '../blank/design.js';
import { findDesign } from '../catalogue.js';
import type { FishingGearConfig } from '../config.js';
import { curingOven } from '../equipment.js';
import { countGaps, emptySeries, finding, round, verdictOf, withoutDesign } from '../samples.js';
import { orderedBlank } from '../specification.js';

const maxGapMs = 30_000;
const mostPoints = 400;
const longestStuckMs = 300_000;
/** Heating is judged over this long, so that a controller's steps do not count. */
const rampWindowMs = 120_000;
const zones = ['zone_1', 'zone_2', 'zone_3'] as const;

/** Judges one oven cure inside the slowest mandrel: dwell as an Arrhenius equivalent, ramp, ceiling. */
export const ovenEvaluator: RunEvaluator<FishingGearConfig> = {
  id: 'fishing-gear.cure',
  words: { en: 'Cure of blanks', zh: '竿坯固化' },
  equipmentModel: curingOven.id,
  signals: ['mandrel_core', ...zones],
  tailMs: 0,
  facts: async ({ db, run, specification }) => ({ ...(await findDesign(db, orderedBlank(specification)?.design ?? run.program)) }),
  evaluate: evaluateCure,
};

/** Pure. `facts.design` holds the cure to judge by, null when there is no such design. */
export function evaluateCure({ run, samples, facts, specification }: EvaluationInput<FishingGearConfig>): RunEvaluation {
  const design = facts['design'] as BlankDesign | null;
  if (!design) return withoutDesign(orderedBlank(specification)?.design ?? run.program);
  const { cure } = design;
  const window = { from: run.startedAt, to: run.endedAt ?? run.until };
  const core = within(samples['mandrel_core'] ?? emptySeries, window);
  const air = zones.map((zone) => within(samples[zone] ?? emptySeries, window));
  const gaps = [core, ...air].reduce((sum, series) => sum + countGaps(series, window, maxGapMs), 0);
  const stuck = longestStandstill(core);
  const rate = arrheniusRate({ activationEnergy: cure.activation_energy * 1000, reference: cure.temperature });
  const dose = integrateDose(core, { rate, maxGapMs });
  const equivalent = dose.total / 60_000;
  const ramp = steepest(core, cure.temperature - 10);
  const hottest = [core, ...air].reduce(
    (most, { value }) => value.reduce((high, each) => Math.max(high, each), most),
    Number.NEGATIVE_INFINITY,
  );
  const at = `@${cure.temperature} °C`;
  const findings: Finding[] = [
    finding(
      'samples',
      gaps === 0,
      `${gaps} gaps of more than ${maxGapMs / 1000} s in the samples`,
      `采样中断超过 ${maxGapMs / 1000} 秒：${gaps} 次`,
    ),
    finding(
      'thermocouple',
      stuck < longestStuckMs,
      `The core stood still for ${round(stuck / 1000, 0)} s (stuck from ${longestStuckMs / 1000} s)`,
      `芯棒温度静止 ${round(stuck / 1000, 0)} 秒（达 ${longestStuckMs / 1000} 秒判为卡死）`,
    ),
    finding(
      'dwell',
      equivalent >= cure.dwell,
      `Cured ${round(equivalent, 1)} min ${at} equivalent, at least ${cure.dwell} needed`,
      `等效固化 ${round(equivalent, 1)} 分钟（${at}），至少需 ${cure.dwell}`,
    ),
    finding(
      'ramp',
      ramp <= cure.ramp,
      `Heated by up to ${round(ramp, 1)} °C/min, at most ${cure.ramp} allowed`,
      `最大升温速率 ${round(ramp, 1)} °C/min，不得超过 ${cure.ramp}`,
    ),
    finding(
      'ceiling',
      hottest <= cure.ceiling,
      `Up to ${round(hottest, 1)} °C, at most ${cure.ceiling} allowed`,
      `最高 ${round(hottest, 1)} °C，不得超过 ${cure.ceiling}`,
    ),
  ];
  return {
    verdict: verdictOf(findings, run.endedAt !== null, ['samples', 'thermocouple']),
    values: core.ts.length === 0 ? {} : valuesOf(cure, { equivalent, ramp, hottest }),
    curves: curvesOf(core, dose.cumulative),
    findings,
  };
}

function within({ ts, value }: SampleSeries, { from, to }: { readonly from: number; readonly to: number }): SampleSeries {
  let first = 0;
  while (first < ts.length && (ts[first] as number) < from) first++;
  let end = ts.length;
  while (end > first && (ts[end - 1] as number) > to) end--;
  return first === 0 && end === ts.length ? { ts, value } : { ts: ts.slice(first, end), value: value.slice(first, end) };
}

/** °C/min: the steepest rise over {@link rampWindowMs} that began below `until` °C. */
function steepest({ ts, value }: SampleSeries, until: number): number {
  let most = 0;
  let back = 0;
  for (let i = 0; i < ts.length; i++) {
    const at = ts[i] as number;
    while (back + 1 < i && at - (ts[back + 1] as number) >= rampWindowMs) back++;
    const elapsed = at - (ts[back] as number);
    if (elapsed < rampWindowMs || (value[back] as number) > until) continue;
    most = Math.max(most, (((value[i] as number) - (value[back] as number)) * 60_000) / elapsed);
  }
  return most;
}

/** ms of the longest stretch in which every sample had exactly the same value. */
function longestStandstill({ ts, value }: SampleSeries): number {
  let longest = 0;
  let since = 0;
  for (let i = 1; i < ts.length; i++) {
    if (value[i] !== value[i - 1]) since = i;
    longest = Math.max(longest, (ts[i] as number) - (ts[since] as number));
  }
  return longest;
}

function valuesOf(
  { temperature, dwell, ramp: rampLimit, ceiling }: CureCycle,
  { equivalent, ramp, hottest }: { readonly equivalent: number; readonly ramp: number; readonly hottest: number },
): RunEvaluation['values'] {
  return {
    cure_equivalent: {
      value: round(equivalent, 1),
      unit: 'min',
      words: { en: `Cure equivalent at ${temperature} °C`, zh: `等效固化时间（${temperature} °C）` },
      low: dwell,
    },
    ramp: { value: round(ramp, 2), unit: 'Cel/min', words: { en: 'Steepest heating', zh: '最大升温速率' }, high: rampLimit },
    hottest: { value: round(hottest, 1), unit: 'Cel', words: { en: 'Hottest', zh: '最高温度' }, high: ceiling },
  };
}

function curvesOf({ ts }: SampleSeries, cumulative: Float64Array): EvaluatedCurve[] {
  if (ts.length === 0) return [];
  const stride = Math.max(1, Math.ceil(ts.length / mostPoints));
  const kept = ts.map((_, i) => i).filter((i) => i % stride === 0 || i === ts.length - 1);
  return [
    {
      name: 'cure_equivalent',
      words: { en: 'Cure equivalent', zh: '等效固化时间' },
      unit: 'min',
      ts: kept.map((i) => ts[i] as number),
      value: kept.map((i) => round((cumulative[i] as number) / 60_000, 3)),
    },
  ];
}
