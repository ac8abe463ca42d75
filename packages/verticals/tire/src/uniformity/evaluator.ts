import type {
  EvaluatedCurve,
  EvaluatedValue,
  EvaluationInput,
  Finding,
  RunEvaluation,
  RunEvaluator,
  SampleSeries,
} from '@yunfab/core/verticals';
import type { TireConfig } from '../config.js';
import type { TireTables } from '../tables.js';
import { beyond, type Grade, type Graded, type GradeLimits, gradedFigures, gradeLimitsSchema, gradeOf, grades } from './limits.js';
import { uniformityMachine, type Waveform, waveforms } from './machine.js';
import { type ForceVariation, highestHarmonic, measureUniformity, type Uniformity } from './measure.js';

const empty: SampleSeries = { ts: [], value: [] };
/** The longest step between two samples of a revolution, over the usual one. */
const mostUneven = 1.5;

/** Grades one tire by its force variation, first harmonic and conicity (ISO 13326), against the limits that the maker keeps. */
export const uniformityEvaluator: RunEvaluator<TireConfig> = {
  id: 'tire.uniformity',
  words: { en: 'Uniformity', zh: '均匀性' },
  equipmentModel: uniformityMachine.id,
  signals: [...waveforms, 'points_per_revolution', 'building_drum', 'mould'],
  tailMs: 0,
  facts: async ({ db, run, specification }) => {
    const { limits: ordered, grade } = orderedUniformity(specification?.value);
    const code = ordered ?? run.program;
    const rows =
      code === null
        ? []
        : await db.withTables<TireTables>().selectFrom('uniformity_limit').selectAll().where('code', '=', code).orderBy('grade').execute();
    return { code, grade, limits: rows.map((row) => gradeLimitsSchema.parse(row)) };
  },
  evaluate: evaluateUniformity,
};

/** Pure. `facts.limits` are the grades to judge by, `facts.grade` the worst that the order takes. */
export function evaluateUniformity({ run, samples, facts }: EvaluationInput<TireConfig>): RunEvaluation {
  const limits = facts['limits'] as readonly GradeLimits[];
  const asked = (facts['grade'] ?? null) as Grade | null;
  const within = (signal: string): SampleSeries => until(samples[signal] ?? empty, run.endedAt ?? run.until);
  const points = within('points_per_revolution').value.at(-1) ?? null;
  const short = waveforms.filter((signal) => !isRevolution(within(signal), points));
  const [drum, mould] = [within('building_drum').value.at(-1), within('mould').value.at(-1)];
  const origin = {
    ...(drum === undefined ? {} : { building_drum: number(drum, '1', 'Building drum', '成型鼓') }),
    ...(mould === undefined ? {} : { mould: number(mould, '1', 'Mould', '模具') }),
  };
  if (short.length > 0 || points === null) return incomplete(points, short, run.endedAt !== null, origin);

  const revolution = (signal: Waveform) => within(signal).value;
  const uniformity = measureUniformity({
    radial: { cw: revolution('radial_force_cw'), ccw: revolution('radial_force_ccw') },
    lateral: { cw: revolution('lateral_force_cw'), ccw: revolution('lateral_force_ccw') },
  });
  const figures = gradedFigures(uniformity);
  const grade = gradeOf(figures, limits);
  const findings = [
    finding('samples', true, `One revolution of ${points} samples each way`, `顺、逆时针各一转，每转 ${points} 点`),
    ...judged(figures, grade, asked, limits, String(facts['code'] ?? '–')),
  ];
  const failed = findings.some(({ holds }) => !holds);
  const verdict = run.endedAt === null || limits.length === 0 ? 'inconclusive' : failed ? 'fail' : 'pass';
  return {
    verdict,
    values: { ...valuesOf(uniformity, figures, worstAllowed(limits, asked)), ...gradeValue(grade), ...origin },
    curves: waveforms.map((signal) => curveOf(signal, within(signal))),
    findings,
  };
}

function judged(
  figures: Readonly<Record<Graded, number>>,
  grade: Grade | null,
  asked: Grade | null,
  limits: readonly GradeLimits[],
  code: string,
): Finding[] {
  if (limits.length === 0)
    return [
      finding(
        'limits',
        false,
        `There are no uniformity limits ${code}; create them, then evaluate the run again`,
        `没有均匀性限值 ${code}；请新建后重新评定`,
      ),
    ];
  const allowed = worstAllowed(limits, asked);
  if (grade !== null && (asked === null || grades.indexOf(grade) <= grades.indexOf(asked)))
    return [
      finding(
        'grade',
        true,
        `Grade ${grade}${asked ? `, ${asked} or better asked for` : ''}`,
        `等级 ${grade}${asked ? `，要求不低于 ${asked}` : ''}`,
      ),
    ];
  const excess = allowed ? beyond(figures, allowed) : [];
  const reasons = excess.map((name) => `${names[name].en} ${round(figures[name])} N, at most ${allowed?.[name]} N`).join('; ');
  const zh = excess.map((name) => `${names[name].zh} ${round(figures[name])} N，限 ${allowed?.[name]} N`).join('；');
  const reached = grade === null ? { en: 'Rejected', zh: '不合格' } : { en: `Grade ${grade}`, zh: `等级 ${grade}` };
  return [
    finding('grade', false, `${reached.en}, ${asked ?? 'a grade'} asked for: ${reasons}`, `${reached.zh}，要求 ${asked ?? '合格'}：${zh}`),
  ];
}

/** The limits that a tire must keep: those of the grade that is asked for, else of the worst there is. */
function worstAllowed(limits: readonly GradeLimits[], asked: Grade | null): GradeLimits | null {
  return (
    limits.find(({ grade }) => grade === asked) ?? limits.toSorted((a, b) => grades.indexOf(b.grade) - grades.indexOf(a.grade))[0] ?? null
  );
}

function incomplete(points: number | null, short: readonly Waveform[], ended: boolean, origin: RunEvaluation['values']): RunEvaluation {
  const missing = short.map((signal) => words[signal]);
  return {
    verdict: 'inconclusive',
    values: origin,
    curves: [],
    findings: ended
      ? [
          finding(
            'samples',
            false,
            points === null
              ? 'The machine did not tell how many samples a revolution has'
              : `No whole revolution of ${points} evenly spaced samples: ${missing.map(({ en }) => en).join(', ')}`,
            points === null
              ? '试验机未报告每转采样点数'
              : `缺少完整、等间隔的一转（${points} 点）：${missing.map(({ zh }) => zh).join('、')}`,
          ),
        ]
      : [],
  };
}

function until({ ts, value }: SampleSeries, end: number): SampleSeries {
  const last = ts.findLastIndex((at) => at <= end);
  return last === ts.length - 1 ? { ts, value } : { ts: ts.slice(0, last + 1), value: value.slice(0, last + 1) };
}

/** As many samples as were announced, none of them missing in the middle. */
function isRevolution({ ts }: SampleSeries, points: number | null): boolean {
  if (points === null || ts.length !== points || points <= 2 * highestHarmonic) return false;
  const usual = ((ts.at(-1) as number) - (ts[0] as number)) / (points - 1);
  return ts.every((at, i) => i === 0 || at - (ts[i - 1] as number) <= mostUneven * usual);
}

const names: Readonly<Record<Graded, { readonly en: string; readonly zh: string }>> = {
  radial_force_variation: { en: 'Radial force variation', zh: '径向力波动' },
  radial_first_harmonic: { en: 'First harmonic of the radial force', zh: '径向力一次谐波' },
  lateral_force_variation: { en: 'Lateral force variation', zh: '侧向力波动' },
  conicity: { en: 'Conicity', zh: '锥度效应' },
};
const words = Object.fromEntries(uniformityMachine.signals.map((signal) => [signal.name, signal.words])) as Record<
  Waveform,
  { readonly en: string; readonly zh: string }
>;

function valuesOf(
  { radial, lateral, conicity, plySteer }: Uniformity,
  figures: Readonly<Record<Graded, number>>,
  limits: GradeLimits | null,
): RunEvaluation['values'] {
  const limited = (name: Graded, value: number, both = false): EvaluatedValue => ({
    ...number(value, 'N', names[name].en, names[name].zh),
    ...(limits ? { high: limits[name], ...(both ? { low: -limits[name] } : {}) } : {}),
  });
  return {
    radial_force_variation: limited('radial_force_variation', figures.radial_force_variation),
    radial_first_harmonic: limited('radial_first_harmonic', figures.radial_first_harmonic),
    radial_first_harmonic_angle: number(
      (((radial.cw.harmonics[0]?.phase ?? 0) * 180) / Math.PI) % 360,
      'deg',
      'High point of the first harmonic from the index mark',
      '一次谐波高点（自基准标记）',
    ),
    lateral_force_variation: limited('lateral_force_variation', figures.lateral_force_variation),
    conicity: limited('conicity', conicity, true),
    ply_steer: number(plySteer, 'N', 'Ply steer', '角度效应'),
    radial_load: number(radial.cw.mean, 'N', 'Radial load', '径向载荷'),
    ...harmonicValues('radial', radial.cw, 'Radial', '径向力'),
    ...harmonicValues('lateral', lateral.cw, 'Lateral', '侧向力'),
  };
}

/** Peak-to-peak of each harmonic, clockwise. */
function harmonicValues(name: string, { harmonics }: ForceVariation, en: string, zh: string): RunEvaluation['values'] {
  return Object.fromEntries(
    harmonics.map(({ order, amplitude }) => [`${name}_h${order}`, number(2 * amplitude, 'N', `${en} H${order}`, `${zh} H${order}`)]),
  );
}

const gradeValue = (grade: Grade | null): RunEvaluation['values'] => ({
  grade: {
    value: grade === null ? grades.length + 1 : grades.indexOf(grade) + 1,
    unit: '1',
    words: {
      en: `Grade (1 is ${grades[0]}, ${grades.length + 1} is rejected)`,
      zh: `等级（1 为 ${grades[0]}，${grades.length + 1} 为不合格）`,
    },
  },
});

const curveOf = (name: Waveform, { ts, value }: SampleSeries): EvaluatedCurve => ({ name, words: words[name], unit: 'N', ts, value });

function orderedUniformity(value: unknown): { readonly limits: string | null; readonly grade: Grade | null } {
  if (typeof value !== 'object' || value === null) return { limits: null, grade: null };
  const { uniformity_limits: limits, uniformity_grade: grade } = value as Readonly<Record<string, unknown>>;
  return { limits: typeof limits === 'string' ? limits : null, grade: grades.find((each) => each === grade) ?? null };
}

const number = (value: number, unit: string, en: string, zh: string): EvaluatedValue => ({ value: round(value), unit, words: { en, zh } });
const finding = (code: string, holds: boolean, en: string, zh: string): Finding => ({ code, holds, words: { en, zh } });
const round = (value: number): number => Math.round(value * 100) / 100;
