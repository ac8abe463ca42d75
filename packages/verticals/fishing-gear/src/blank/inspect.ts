import type { Chart, Drawing, EvaluatedCurve } from '@yunfab/core/verticals';
import { blankBeam } from '../bend/blank-beam.js';
import { actionOf, actionWords, type BendingIndex, bendingIndex, standardGravity } from '../bend/common-cents.js';
import { prepareBeam } from '../bend/elastica.js';
import { testCurve } from '../bend/loads.js';
import type { BlankDesign } from './design.js';
import { chartBend, chartStiffness, drawBent } from './pictures.js';
import type { Prepreg } from './prepreg.js';
import { windBlank } from './section.js';

/** Degrees by which the butt is raised when the test curve is taken; on a level one no hanging load ever reaches it. */
export const testCurveButt = 45;

const basisWords: Readonly<Record<NonNullable<BendingIndex['rodNumber']>['basis'], { en: string; zh: string }>> = {
  published: { en: 'a published point', zh: '已发布值' },
  interpolated: { en: 'interpolated between published points', zh: '已发布值之间插值' },
  beyond: { en: 'continued beyond the published points', zh: '已发布值之外延伸' },
};

export interface InspectedBlank {
  readonly mass: number;
  readonly buttDiameter: number;
  readonly tipDiameter: number;
  /** g under which the figures below stand: those asked for, else those of a third of the length. */
  readonly load: number;
  readonly deflection: number;
  readonly tipAngle: number;
  readonly action: { en: string; zh: string };
  readonly ern: number | null;
  readonly ernBasis: { en: string; zh: string } | null;
  readonly cents: number | null;
  readonly actionAngle: number | null;
  /** `ERN / AA`, as Common Cents writes it. */
  readonly bendingIndex: string | null;
  /** g at {@link testCurveButt}. */
  readonly testCurve: number | null;
  readonly neglected: { en: string; zh: string };
  readonly bent: Drawing;
  readonly stiffness: Chart;
  readonly loadCurve: Chart;
}

/** A design as a person asks about it: its figures by Common Cents, and itself bent by a load in g. */
export function inspectBlank(design: BlankDesign, prepregs: readonly Prepreg[], grams: number | undefined): InspectedBlank {
  const blank = windBlank(design, prepregs);
  const beam = prepareBeam(blankBeam(blank));
  const index = bendingIndex(beam);
  const load = grams === undefined ? (index?.bent.load ?? 0) : (grams / 1000) * standardGravity;
  const rest = beam.bend(0);
  const bent = beam.bend(load);
  const power = index?.rodNumber ?? null;
  const curve = testCurve(blankBeam(blank, { butt: 1, tip: 1 }, testCurveButt));
  return {
    mass: round(blank.mass, 1),
    buttDiameter: round(blank.at(0).outer, 2),
    tipDiameter: round(blank.at(blank.length).outer, 2),
    load: round((load / standardGravity) * 1000, 1),
    deflection: round(1000 * (bent.drop - rest.drop), 0),
    tipAngle: round(bent.tipAngle, 1),
    action: actionWords[index?.action ?? actionOf(bent.tipAngle)],
    ern: power && round(power.ern, 1),
    ernBasis: power && basisWords[power.basis],
    cents: index && round(index.cents, 1),
    actionAngle: index && round(index.actionAngle, 1),
    bendingIndex: index && power ? `${round(power.ern, 1)} / ${round(index.actionAngle, 0)}°` : null,
    testCurve: curve && round((curve.load / standardGravity) * 1000, 0),
    neglected: {
      en: 'Sections stay round (no ovalisation), parts of a turn are spread around; paint, guides and grip are not in it.',
      zh: '截面保持圆形（不计椭圆化），不足一圈的铺层按周向均布；不含涂装、导环和握把。',
    },
    bent: drawBent(rest, bent, beam),
    stiffness: chartStiffness(blank),
    loadCurve: chartBend(beam, index?.bent.load ?? load),
  };
}

/** Measured and modelled deflection over the measured load, of the loading branch of an evaluated bench run; null without its curves. */
export function chartBenchRun(curves: readonly EvaluatedCurve[]): Chart | null {
  const of = (name: string) => curves.find((curve) => curve.name === name)?.value;
  const [load, measured, model] = [of('load'), of('measured_deflection'), of('model_deflection')];
  if (!load || !measured || !model) return null;
  const turn = measured.indexOf(Math.max(...measured));
  const over = (values: readonly number[]): [number, number][] =>
    load.slice(0, turn + 1).map((force, i) => [round((force / standardGravity) * 1000, 1), round(values[i] as number, 1)]);
  return {
    x: { words: { en: 'Load', zh: '载荷' }, unit: 'g', kind: 'value' },
    y: { words: { en: 'Deflection of the tip', zh: '竿尖挠度' }, unit: 'mm' },
    series: [
      { words: { en: 'Measured', zh: '实测' }, style: 'points', points: over(measured) },
      { words: { en: 'By the lay-up', zh: '铺层模型' }, style: 'line', points: over(model).toSorted(([a], [b]) => a - b) },
    ],
  };
}

const round = (value: number, digits: number) => Number(value.toFixed(digits));
