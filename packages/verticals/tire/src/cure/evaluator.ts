import { arrheniusRate, doseAt, integrateDose } from '@yunfab/core/measure';
import type { EvaluatedCurve, EvaluationInput, Finding, RunEvaluation, RunEvaluator, SampleSeries, Verdict } from '@yunfab/core/verticals';
import type { TireConfig } from '../config.js';
import { consumptionValues } from '../energy/consumption.js';
import type { TireTables } from '../tables.js';
import { type CureRecipe, recipeSchema } from './recipe.js';
import { findGaps, lowPressureSeconds, stuckSeconds } from './signals.js';
import { type CureTrace, maxGapMs, traceCure } from './trace.js';

const longestStuckSeconds = 120;
const longestLowPressureSeconds = 20;
const mostPoints = 400;
const empty: SampleSeries = { ts: [], value: [] };

/** Judges one cure by its cure equivalent t_eq = ∫ exp[Ea/R · (1/Tref − 1/T)] dt at the point of least cure. */
export const cureEvaluator: RunEvaluator<TireConfig> = {
  id: 'tire.cure',
  words: { en: 'Cure equivalent', zh: '等效硫化时间' },
  equipmentModel: 'tire.curing-press',
  signals: ['mould_temperature', 'internal_temperature', 'internal_pressure', 'tire_temperature', 'energy', 'steam'],
  // What cures after the press has opened follows from the state at opening: no sample is waited for.
  tailMs: 0,
  facts: async ({ db, run, specification }) => {
    const ordered = orderedRecipe(specification?.value);
    const code = ordered ?? run.program;
    if (code === null) return { recipe: null, ordered };
    const row = await db.withTables<TireTables>().selectFrom('cure_recipe').selectAll().where('code', '=', code).executeTakeFirst();
    return { recipe: row ? recipeSchema.parse(row) : null, ordered };
  },
  evaluate: evaluateCure,
};

/** Pure. `facts.recipe` is the recipe to judge by, `facts.ordered` its code when the order line names one. */
export function evaluateCure({ run, samples, facts, config }: EvaluationInput<TireConfig>): RunEvaluation {
  const recipe = facts['recipe'] as CureRecipe | null;
  const ordered = (facts['ordered'] ?? null) as string | null;
  if (!recipe) return withoutRecipe(ordered ?? run.program);
  const mould = samples['mould_temperature'] ?? empty;
  const medium = samples['internal_temperature'] ?? empty;
  const pressure = samples['internal_pressure'] ?? empty;
  const thermocouple = samples['tire_temperature'] ?? empty;
  const closedUntil = run.endedAt ?? run.until;
  const window = { from: run.startedAt, to: closedUntil };

  const modelled = traceCure(recipe, {
    mould,
    medium,
    startedAt: run.startedAt,
    openedAt: run.endedAt,
    until: run.until,
    greenTire: config.greenTireTemperature,
    ambient: config.ambientTemperature,
  });
  const measured = isInstrumented(thermocouple, window);
  const trace = measured
    ? measuredTrace(thermocouple, recipe, { from: run.startedAt, openedAt: run.endedAt, ambient: config.ambientTemperature }, modelled)
    : modelled;
  const gaps = [mould, medium, pressure, ...(measured ? [thermocouple] : [])].flatMap((series) => findGaps(series, window, maxGapMs));
  const stuck = Math.max(stuckSeconds(mould, window), stuckSeconds(medium, window));
  const low = lowPressureSeconds(pressure, window, recipe.minimum_pressure);

  const { target_low, target_high, blow_point, reversion, reference } = recipe;
  const at = `@${reference} °C`;
  const known = gaps.length === 0;
  const findings: Finding[] = [
    finding(
      'samples',
      known,
      `${plural(gaps.length, 'gap')} of more than ${maxGapMs / 1000} s in the samples`,
      `采样中断超过 ${maxGapMs / 1000} 秒：${gaps.length} 次`,
    ),
    finding(
      'thermocouple',
      stuck < longestStuckSeconds,
      `A temperature stood still for ${round(stuck, 0)} s (stuck from ${longestStuckSeconds} s)`,
      `温度读数静止 ${round(stuck, 0)} 秒（达 ${longestStuckSeconds} 秒判为卡死）`,
    ),
    ...(ordered !== null && run.program !== null
      ? [
          finding(
            'program',
            run.program === ordered,
            `The press ran ${run.program}, the order asks for ${ordered}`,
            `硫化机执行 ${run.program}，订单要求 ${ordered}`,
          ),
        ]
      : []),
    finding(
      'pressure',
      low <= longestLowPressureSeconds,
      `Internal pressure below ${recipe.minimum_pressure} bar for ${round(low, 0)} s (allowed ${longestLowPressureSeconds} s)`,
      `内压低于 ${recipe.minimum_pressure} bar 共 ${round(low, 0)} 秒（允许 ${longestLowPressureSeconds} 秒）`,
    ),
  ];
  if (trace.atOpening !== null) {
    const { least, most, atOpening } = trace;
    findings.push(
      finding(
        'blow_point',
        atOpening >= blow_point,
        `${round(atOpening)} min ${at} when the press opened, at least ${blow_point} needed against blows`,
        `开模时等效 ${round(atOpening)} 分钟（${at}），防起泡至少需 ${blow_point}`,
      ),
      finding(
        'least_cure',
        least >= target_low,
        `Cure equivalent at the point of least cure ${round(least)} min ${at}, at least ${target_low} needed`,
        `最小硫化点等效硫化时间 ${round(least)} 分钟（${at}），至少需 ${target_low}`,
      ),
      finding(
        'overcure',
        least <= target_high,
        `Cure equivalent at the point of least cure ${round(least)} min ${at}, at most ${target_high} allowed`,
        `最小硫化点等效硫化时间 ${round(least)} 分钟（${at}），不得超过 ${target_high}`,
      ),
      finding(
        'reversion',
        most <= reversion,
        `Cure equivalent at the hottest point ${round(most)} min ${at}, reversion from ${reversion}`,
        `最热点等效硫化时间 ${round(most)} 分钟（${at}），自 ${reversion} 起返原`,
      ),
    );
  }
  return {
    verdict: verdictOf(findings, run.endedAt !== null),
    values: { ...valuesOf(recipe, trace, window, pressure), ...consumptionValues(samples, window) },
    curves: curvesOf(trace, measured),
    findings,
  };
}

function verdictOf(findings: readonly Finding[], complete: boolean): Verdict {
  const failed = new Set(findings.filter(({ holds }) => !holds).map(({ code }) => code));
  if (!complete || failed.has('samples') || failed.has('thermocouple')) return 'inconclusive';
  return failed.size > 0 ? 'fail' : 'pass';
}

function withoutRecipe(code: string | null): RunEvaluation {
  const named = code ?? '–';
  return {
    verdict: 'inconclusive',
    values: {},
    curves: [],
    findings: [
      finding(
        'recipe',
        false,
        `There is no cure recipe ${named}; create it, then evaluate the run again`,
        `没有硫化配方 ${named}；请新建后重新评定`,
      ),
    ],
  };
}

function orderedRecipe(value: unknown): string | null {
  return typeof value === 'object' && value !== null && 'cure_recipe' in value && typeof value.cure_recipe === 'string'
    ? value.cure_recipe
    : null;
}

/** A trial tire carries a thermocouple at its point of least cure; what it measured goes before what the model says. */
function isInstrumented({ ts }: SampleSeries, { from, to }: { from: number; to: number }): boolean {
  const first = ts[0];
  const last = ts.at(-1);
  return first !== undefined && last !== undefined && first <= from + maxGapMs && last >= to - maxGapMs && ts.length > 10;
}

/** Measured while the press is closed; afterwards the modelled cooling, brought to where the measurement ended. */
function measuredTrace(
  thermocouple: SampleSeries,
  { activation_energy, reference }: CureRecipe,
  { from, openedAt, ambient }: { readonly from: number; readonly openedAt: number | null; readonly ambient: number },
  modelled: CureTrace,
): CureTrace {
  const until = openedAt ?? Number.POSITIVE_INFINITY;
  const within = thermocouple.ts
    .map((_, i) => i)
    .filter((i) => (thermocouple.ts[i] as number) >= from && (thermocouple.ts[i] as number) <= until);
  const ts = within.map((i) => thermocouple.ts[i] as number);
  const value = within.map((i) => thermocouple.value[i] as number);
  const last = value.at(-1) ?? ambient;
  const tail = modelled.ts.map((_, i) => i).filter((i) => (modelled.ts[i] as number) > until);
  const opening = modelled.temperature[(tail[0] ?? modelled.ts.length) - 1] ?? last;
  for (const i of tail) {
    ts.push(modelled.ts[i] as number);
    value.push(ambient + (((modelled.temperature[i] as number) - ambient) * (last - ambient)) / (opening - ambient));
  }
  const temperature = Float64Array.from(value);
  const rate = arrheniusRate({ activationEnergy: activation_energy * 1000, reference });
  const { total, cumulative, gaps } = integrateDose({ ts, value: temperature }, { rate, maxGapMs });
  return {
    ts,
    temperature,
    equivalent: cumulative.map((ms) => ms / 60_000),
    least: total / 60_000,
    most: modelled.most,
    atOpening: openedAt === null ? null : doseAt(ts, cumulative, openedAt) / 60_000,
    gaps,
  };
}

function valuesOf(
  recipe: CureRecipe,
  trace: CureTrace,
  { from, to }: { from: number; to: number },
  pressure: SampleSeries,
): RunEvaluation['values'] {
  const number = (value: number, unit: string, en: string, zh: string, limits: { low?: number; high?: number } = {}) => ({
    value: round(value),
    unit,
    words: { en, zh },
    ...limits,
  });
  const { reference, target_low: low, target_high: high } = recipe;
  const within = pressure.value.filter((_, i) => (pressure.ts[i] as number) >= from && (pressure.ts[i] as number) <= to);
  return {
    cure_equivalent: number(trace.least, 'min', `Cure equivalent at ${reference} °C`, `等效硫化时间（${reference} °C）`, { low, high }),
    ...(trace.atOpening === null
      ? {}
      : {
          cure_at_opening: number(trace.atOpening, 'min', 'Cure equivalent when the press opened', '开模时等效硫化时间', {
            low: recipe.blow_point,
          }),
        }),
    hottest_equivalent: number(trace.most, 'min', 'Cure equivalent at the hottest point', '最热点等效硫化时间', { high: recipe.reversion }),
    closed_time: number((to - from) / 60_000, 'min', 'Time in the closed press', '合模时间'),
    hottest_temperature: number(
      trace.temperature.reduce((most, each) => Math.max(most, each), 0),
      'Cel',
      'Highest temperature at the point of least cure',
      '最小硫化点最高温度',
    ),
    ...(within.length === 0
      ? {}
      : {
          highest_pressure: number(
            within.reduce((most, each) => Math.max(most, each), 0),
            'bar',
            'Highest internal pressure',
            '最高内压',
          ),
        }),
  };
}

function curvesOf({ ts, temperature, equivalent }: CureTrace, measured: boolean): EvaluatedCurve[] {
  const stride = Math.max(1, Math.ceil(ts.length / mostPoints));
  const kept = ts.map((_, i) => i).filter((i) => i % stride === 0 || i === ts.length - 1);
  const thinned = (values: ArrayLike<number>) => kept.map((i) => round(values[i] as number, 3));
  const at = kept.map((i) => ts[i] as number);
  const where = measured
    ? { en: 'Least cured point, measured', zh: '最小硫化点（实测）' }
    : { en: 'Least cured point, from the heat model', zh: '最小硫化点（传热模型）' };
  return [
    { name: 'least_cure_temperature', words: where, unit: 'Cel', ts: at, value: thinned(temperature) },
    { name: 'cure_equivalent', words: { en: 'Cure equivalent', zh: '等效硫化时间' }, unit: 'min', ts: at, value: thinned(equivalent) },
  ];
}

const finding = (code: string, holds: boolean, en: string, zh: string): Finding => ({ code, holds, words: { en, zh } });
const round = (value: number, digits = 2): number => Number(value.toFixed(digits));
const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
