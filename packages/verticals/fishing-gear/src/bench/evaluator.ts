import type { EvaluatedCurve, EvaluationInput, Finding, RunEvaluation, RunEvaluator, SampleSeries } from '@yunfab/core/verticals';
import { blankBeam } from '../bend/blank-beam.js';
import { bendingIndex } from '../bend/common-cents.js';
import { type PreparedBeam, prepareBeam } from '../bend/elastica.js';
import { type BendPoint, bendUnder } from '../bend/fit.js';
import type { BlankDesign } from '../blank/design.js';
import type { Prepreg } from '../blank/prepreg.js';
import { windBlank } from '../blank/section.js';
import { findDesign } from '../catalogue.js';
import type { FishingGearConfig } from '../config.js';
import { deflectionBench } from '../equipment.js';
import { countGaps, emptySeries, finding, round, verdictOf, withoutDesign } from '../samples.js';
import { orderedBlank } from '../specification.js';
import { judgeBend, targetOf } from './judgement.js';
import { atDeflection, type BenchTrace, traceBench } from './trace.js';

const maxGapMs = 10_000;
const mostPoints = 400;
/** Share of the load at L/3 by which the load cell's zero may wander. */
const zeroTolerance = 0.03;
/** Loads for which the model is bent; between two of them its curve is read linearly. */
const modelSteps = 16;

/** Judges one bench run: the measured bend beside that of the ordered lay-up, by Common Cents. */
export const benchEvaluator: RunEvaluator<FishingGearConfig> = {
  id: 'fishing-gear.bench',
  words: { en: 'Bend of a blank', zh: '竿坯弯曲' },
  equipmentModel: deflectionBench.id,
  signals: ['load_cell', 'tip_deflection', 'tip_angle'],
  tailMs: 0,
  facts: async ({ db, run, specification }) => ({ ...(await findDesign(db, orderedBlank(specification)?.design ?? run.program)) }),
  evaluate: evaluateBench,
};

/** Pure. `facts.design` is the lay-up to judge by and `facts.prepregs` what it is rolled from, null when there is none. */
export function evaluateBench({ run, samples, facts, specification, config }: EvaluationInput<FishingGearConfig>): RunEvaluation {
  const design = facts['design'] as BlankDesign | null;
  const prepregs = facts['prepregs'] as readonly Prepreg[];
  const ordered = orderedBlank(specification);
  if (!design) return withoutDesign(ordered?.design ?? run.program);
  const window = { from: run.startedAt, to: run.endedAt ?? run.until };
  const load = samples['load_cell'] ?? emptySeries;
  const deflection = samples['tip_deflection'] ?? emptySeries;
  const angle = samples['tip_angle'] ?? emptySeries;
  const gaps = [load, deflection, angle].reduce((sum, series) => sum + countGaps(series, window, maxGapMs), 0);
  const trace = traceBench({ load, deflection, angle }, window);
  const blank = windBlank(design, prepregs);
  const beam = prepareBeam(blankBeam(blank));
  const model = bendingIndex(beam);
  const length = beam.length / 3;
  const third = atDeflection(trace.points, length);
  const judged =
    third && model
      ? judgeBend({ blank, beam, model, third, points: trace.points, target: targetOf(ordered, model, config), config })
      : { findings: [], values: {} };
  const findings: Finding[] = [
    finding(
      'samples',
      gaps === 0,
      `${gaps} gaps of more than ${maxGapMs / 1000} s in the samples`,
      `采样中断超过 ${maxGapMs / 1000} 秒：${gaps} 次`,
    ),
    finding(
      'reach',
      third !== null,
      `The tip went down ${round(trace.deepest * 1000, 0)} mm; a third of the length is ${round(length * 1000, 0)} mm`,
      `竿尖最大挠度 ${round(trace.deepest * 1000, 0)} mm；三分之一长度为 ${round(length * 1000, 0)} mm`,
    ),
    ...(ordered !== null && run.program !== null
      ? [
          finding(
            'program',
            run.program === ordered.design,
            `The bench tested ${run.program}, the order asks for ${ordered.design}`,
            `试验台按 ${run.program} 试验，订单要求 ${ordered.design}`,
          ),
        ]
      : []),
    ...(third ? [zeroFinding(trace, third.load)] : []),
    ...judged.findings,
  ];
  return {
    verdict: verdictOf(findings, run.endedAt !== null, ['samples', 'reach', 'load_cell']),
    values: judged.values,
    curves: curvesOf(beam, trace, deflection),
    findings,
  };
}

function zeroFinding({ zeroBefore, zeroAfter }: BenchTrace, reference: number): Finding {
  if (zeroBefore === null || zeroAfter === null)
    return finding('load_cell', false, 'The load cell was not read unloaded before and after', '试验前后未读取传感器零点');
  const drift = Math.abs(zeroAfter - zeroBefore);
  const allowed = Math.abs(zeroTolerance * reference);
  return finding(
    'load_cell',
    drift <= allowed,
    `The load cell's zero moved by ${round(drift, 3)} N (allowed ${round(allowed, 3)})`,
    `传感器零点漂移 ${round(drift, 3)} N（允许 ${round(allowed, 3)}）`,
  );
}

/** What the lay-up would have shown under the measured load, beside what was measured. */
function curvesOf(beam: PreparedBeam, { loads: { ts, load } }: BenchTrace, { value: measured }: SampleSeries): EvaluatedCurve[] {
  const heaviest = load.reduce((most, each) => Math.max(most, each), 0);
  if (heaviest <= 0) return [];
  const model = bendUnder(
    beam,
    Array.from({ length: modelSteps + 1 }, (_, i) => (heaviest * i) / modelSteps),
  );
  const stride = Math.max(1, Math.ceil(ts.length / mostPoints));
  const kept = ts.map((_, i) => i).filter((i) => i % stride === 0 || i === ts.length - 1);
  const under = (force: number, of: (point: BendPoint) => number): number => {
    const place = (Math.max(0, Math.min(force, heaviest)) / heaviest) * modelSteps;
    const low = Math.min(modelSteps - 1, Math.floor(place));
    const [from, to] = [of(model[low] as BendPoint), of(model[low + 1] as BendPoint)];
    return from + (to - from) * (place - low);
  };
  const curve = (name: string, unit: string, en: string, zh: string, at: (i: number) => number): EvaluatedCurve => ({
    name,
    words: { en, zh },
    unit,
    ts: kept.map((i) => ts[i] as number),
    value: kept.map((i) => round(at(i), 3)),
  });
  return [
    curve('load', 'N', 'Load, its zero taken off', '载荷（已扣零点）', (i) => load[i] as number),
    curve('measured_deflection', 'mm', 'Deflection, measured', '实测挠度', (i) => measured[i] as number),
    curve('model_deflection', 'mm', 'Deflection by the lay-up, under the measured load', '铺层模型挠度（实测载荷下）', (i) =>
      under(load[i] as number, ({ drop }) => drop * 1000),
    ),
    curve('model_angle', 'deg', 'Tip angle by the lay-up', '铺层模型竿尖倾角', (i) => under(load[i] as number, ({ tipAngle }) => tipAngle)),
  ];
}
