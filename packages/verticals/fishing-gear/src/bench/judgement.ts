import type { Finding, RunEvaluation } from '@yunfab/core/verticals';
import { actionOf, actionWords, type BendingIndex, rodNumber, standardGravity } from '../bend/common-cents.js';
import type { PreparedBeam } from '../bend/elastica.js';
import { type BendPoint, bendUnder, fitStiffness } from '../bend/fit.js';
import type { Blank } from '../blank/section.js';
import type { FishingGearConfig } from '../config.js';
import { finding, round } from '../samples.js';
import type { BlankSpecification } from '../specification.js';

/** Of the measured bend as many places are fitted as tell butt from tip. */
const fittedPlaces = 6;
const basisZh = { published: '已发布值', interpolated: '插值', beyond: '表外延伸' } as const;

export interface Target {
  readonly ern: number;
  readonly ernTolerance: number;
  readonly angle: number;
  readonly angleTolerance: number;
}

/** What the order asks for; what it leaves open is the model's, within the plant's tolerance. */
export function targetOf(ordered: BlankSpecification | null, model: BendingIndex, config: FishingGearConfig): Target {
  return {
    ern: ordered?.ern ?? model.rodNumber?.ern ?? Number.NaN,
    ernTolerance: ordered?.ern_tolerance ?? config.rodNumberTolerance,
    angle: ordered?.action_angle ?? model.actionAngle,
    angleTolerance: ordered?.action_angle_tolerance ?? config.actionAngleTolerance,
  };
}

export interface Measured {
  readonly blank: Blank;
  readonly beam: PreparedBeam;
  readonly model: BendingIndex;
  /** Where the tip hangs a third of the length lower. */
  readonly third: BendPoint;
  readonly points: readonly BendPoint[];
  readonly target: Target;
  readonly config: FishingGearConfig;
}

type Values = RunEvaluation['values'];

/** The measured blank beside the target and beside its lay-up. */
export function judgeBend(measured: Measured): { readonly findings: Finding[]; readonly values: Values } {
  const stiffness = judgeStiffness(measured);
  const index = judgeIndex(measured);
  return { findings: [...index.findings, ...stiffness.findings], values: { ...index.values, ...stiffness.values } };
}

function judgeIndex({ model, third, target, beam, points }: Measured): { readonly findings: Finding[]; readonly values: Values } {
  const grams = (third.load / standardGravity) * 1000;
  const power = rodNumber(grams);
  const action = actionWords[actionOf(third.tipAngle)];
  const { ern, ernTolerance, angle, angleTolerance } = target;
  const places = thinned(points, fittedPlaces);
  const predicted = bendUnder(
    beam,
    places.map(({ load }) => load),
  );
  const squares = places.reduce((sum, { drop }, i) => sum + (drop - (predicted[i] as BendPoint).drop) ** 2, 0);
  return {
    values: {
      ...(power ? { ern: { ...value(power.ern, '1', 'Effective rod number', '有效竿号 ERN'), ...around(ern, ernTolerance) } } : {}),
      action_angle: { ...value(third.tipAngle, 'deg', 'Action angle', '调性角 AA'), ...around(angle, angleTolerance) },
      load_at_third: value(grams, 'g', 'Load at a third of the length', '三分之一长度挠度时载荷'),
      model_load_at_third: value(model.grams, 'g', 'The same by the lay-up', '铺层模型对应载荷'),
      model_action_angle: value(model.actionAngle, 'deg', 'Action angle by the lay-up', '铺层模型调性角'),
      deviation: value(
        1000 * Math.sqrt(squares / places.length),
        'mm',
        'Measured from modelled deflection, root mean square',
        '实测与模型挠度均方根偏差',
      ),
    },
    findings: [
      finding(
        'ern',
        power !== null && Math.abs(power.ern - ern) <= ernTolerance,
        power
          ? `ERN ${round(power.ern, 1)} (${round(grams, 1)} g, ${power.basis}), asked for ${round(ern, 1)} ± ${ernTolerance}`
          : `${round(grams, 1)} g lies below the published rod numbers, asked for ${round(ern, 1)}`,
        power
          ? `ERN ${round(power.ern, 1)}（${round(grams, 1)} g，${basisZh[power.basis]}），要求 ${round(ern, 1)} ± ${ernTolerance}`
          : `${round(grams, 1)} g 低于已发布的竿号范围，要求 ${round(ern, 1)}`,
      ),
      finding(
        'action_angle',
        Math.abs(third.tipAngle - angle) <= angleTolerance,
        `Action angle ${round(third.tipAngle, 1)}° (${action.en}), asked for ${round(angle, 1)}° ± ${angleTolerance}°`,
        `调性角 ${round(third.tipAngle, 1)}°（${action.zh}），要求 ${round(angle, 1)}° ± ${angleTolerance}°`,
      ),
    ],
  };
}

const ends = { butt: { en: 'Butt', zh: '竿根' }, tip: { en: 'Tip', zh: '竿尖' } } as const;

function judgeStiffness({ blank, points, config }: Measured): { readonly findings: Finding[]; readonly values: Values } {
  const fit = fitStiffness(blank, thinned(points, fittedPlaces));
  if (!fit) return { findings: [], values: {} };
  const allowed = config.stiffnessTolerance;
  const named = (['butt', 'tip'] as const).map((end) => ({ end, words: ends[end], percent: 100 * fit.scale[end] }));
  return {
    values: Object.fromEntries(
      named.map(({ end, words, percent }) => [
        `${end}_stiffness`,
        { ...value(percent, '%', `${words.en} stiffness of the lay-up’s`, `${words.zh}刚度（占铺层模型）`), ...around(100, allowed) },
      ]),
    ),
    findings: named.map(({ end, words, percent }) => {
      const off = round(Math.abs(percent - 100), 0);
      const soft = percent < 100;
      return finding(
        `${end}_stiffness`,
        Math.abs(percent - 100) <= allowed,
        `${words.en} ${off} % ${soft ? 'softer' : 'stiffer'} than the lay-up (allowed ${allowed} %)`,
        `${words.zh}较铺层模型${soft ? '软' : '硬'} ${off} %（允许 ${allowed} %）`,
      );
    }),
  };
}

const value = (number: number, unit: string, en: string, zh: string) => ({ value: round(number, 3), unit, words: { en, zh } });
const around = (center: number, tolerance: number) => ({ low: round(center - tolerance, 3), high: round(center + tolerance, 3) });

function thinned(points: readonly BendPoint[], count: number): BendPoint[] {
  const firm = points.filter(({ load }) => load > 0);
  if (firm.length <= count) return firm;
  return Array.from({ length: count }, (_, i) => firm[Math.round(((i + 1) * (firm.length - 1)) / count)] as BendPoint);
}
