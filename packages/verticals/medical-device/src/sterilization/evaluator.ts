import { integrateDose } from '@yunfab/core/measure';
import type { EvaluatedValue, Finding, RunEvaluation, RunEvaluator } from '@yunfab/core/verticals';
import type { MedicalDeviceConfig } from '../config.js';
import type { MedicalDeviceTables } from '../tables.js';
import type { SterilizationProgram } from './program.js';
import { alignCycle, countPulses, findExposure, findHolding, longestStandstill } from './record.js';
import { lethality, saturationTemperature } from './steam.js';
import { loadProbes, steamSterilizer, sterilizedPlaces } from './sterilizer.js';

const minuteMs = 60_000;
/** Ms without a reading of a place that leave its lethality unknown. */
const longestGapMs = 5_000;
/** Ms that a probe may read the same: the chamber is never that still. */
const longestStandstillMs = 60_000;
/** Points of a drawn curve. */
const drawnPoints = 600;

/**
 * Judges a steam cycle place by place: the coldest decides. Holding time, band and spread after EN 285:2015 8.2, saturated
 * steam by its equation of theoretical temperature, F₀ after ISO 17665-1 within the exposure, nothing assumed where a probe is silent.
 */
export const cycleEvaluator: RunEvaluator<MedicalDeviceConfig> = {
  id: 'medical-device.steam-cycle',
  words: { en: 'Steam cycle: F₀ of the coldest probe', zh: '蒸汽灭菌周期：最冷探头 F₀' },
  equipmentModel: steamSterilizer.id,
  signals: [...sterilizedPlaces, 'chamber_pressure'],
  tailMs: 0,
  facts: async ({ db, run, specification }) => {
    const ordered = (specification?.value as { program?: unknown } | undefined)?.program;
    const code = typeof ordered === 'string' ? ordered : (run.program ?? '');
    const program = await db
      .withTables<MedicalDeviceTables>()
      .selectFrom('sterilization_program')
      .selectAll()
      .where('code', '=', code)
      .executeTakeFirst();
    return { code, program: program ?? null };
  },
  evaluate({ run, samples, facts, config }) {
    const program = facts['program'] as SterilizationProgram | null;
    if (!program) return inconclusive(unknownProgram(String(facts['code'] ?? '')));
    const spoken = loadProbes.filter((name) => (samples[name]?.ts.length ?? 0) > 0);
    if (spoken.length < program.probes) return inconclusive(tooFewProbes(spoken.length, program.probes));
    const places = sterilizedPlaces.filter((name) => (samples[name]?.ts.length ?? 0) > 0);
    const record = alignCycle(samples, places, run.startedAt, run.endedAt ?? run.until);
    const doses = record.places.map((value) => integrateDose({ ts: record.ts, value }, { rate: lethality, maxGapMs: longestGapMs }));
    const holding = findHolding(record, program.temperature, saturationTemperature);

    const exposure = findExposure(record, program.vacuum);
    const gathered = doses.map(({ cumulative }) => (cumulative[exposure.to] ?? 0) - (cumulative[exposure.from] ?? 0));
    const coldest = gathered.indexOf(Math.min(...gathered));
    const f0 = (gathered[coldest] ?? 0) / minuteMs;
    const held = holding.duration / minuteMs;
    const pulses = countPulses(record.pressure, program.vacuum, holding.from < 0 ? record.pressure.length : holding.from);
    const silent = places.filter((_, index) => gapsWithin(doses[index]?.gaps ?? [], record.places[index]) > 0);
    const still = places.filter((_, index) => longestStandstill(record.ts, record.places[index] as Float64Array) > longestStandstillMs);
    const name = nameOf(places[coldest] ?? '');

    const measured: Finding[] = [
      {
        code: 'f0',
        holds: f0 >= program.minimum_f0,
        words: {
          en: `F₀ ${fixed(f0)} min at the coldest place (${name.en}), at least ${program.minimum_f0} needed`,
          zh: `最冷处（${name.zh}）F₀ ${fixed(f0)} 分钟，要求不低于 ${program.minimum_f0}`,
        },
      },
      {
        code: 'holding_time',
        holds: held >= program.holding_time,
        words: {
          en: `Every place at ${program.temperature} °C or above for ${fixed(held)} min, ${program.holding_time} needed`,
          zh: `各处达到 ${program.temperature} °C 共 ${fixed(held)} 分钟，要求 ${program.holding_time}`,
        },
      },
      {
        code: 'conditioning',
        holds: pulses >= program.pulses,
        words: {
          en: `${pulses} evacuations to ${program.vacuum} bar before the exposure, ${program.pulses} needed`,
          zh: `灭菌前抽真空至 ${program.vacuum} bar 共 ${pulses} 次，要求 ${program.pulses} 次`,
        },
      },
    ];
    if (holding.from >= 0)
      measured.push(
        {
          code: 'band',
          holds: holding.highest <= program.temperature + program.band,
          words: {
            en: `Highest ${fixed(holding.highest)} °C while holding, at most ${program.temperature + program.band} allowed`,
            zh: `保持期间最高 ${fixed(holding.highest)} °C，上限 ${program.temperature + program.band}`,
          },
        },
        {
          code: 'spread',
          holds: holding.spread <= program.spread,
          words: {
            en: `Places differ by up to ${fixed(holding.spread)} K while holding, at most ${program.spread} allowed`,
            zh: `保持期间各处最大温差 ${fixed(holding.spread)} K，上限 ${program.spread}`,
          },
        },
        {
          code: 'saturated_steam',
          holds: Math.abs(holding.aboveSteam) <= config.steamTolerance,
          words: {
            en: `Chamber ${fixed(holding.aboveSteam)} K from saturated steam at its pressure, ${config.steamTolerance} allowed: air or superheat otherwise`,
            zh: `腔体温度与饱和蒸汽温度相差 ${fixed(holding.aboveSteam)} K，允许 ${config.steamTolerance}，否则存在空气或过热`,
          },
        },
      );
    const doubts = [...silent.map(silentProbe), ...still.map(stillProbe)];
    const failed = measured.some(({ holds }) => !holds);
    return {
      // A place that cannot be believed neither proves nor disproves, and a cycle that goes on is not decided yet.
      verdict: doubts.length > 0 || run.endedAt === null ? 'inconclusive' : failed ? 'fail' : 'pass',
      values: {
        f0_coldest: value(f0, 'min', 'F₀ of the coldest place', '最冷处 F₀', program.minimum_f0),
        f0_hottest: value(Math.max(...gathered) / minuteMs, 'min', 'F₀ of the hottest place', '最热处 F₀'),
        holding_time: value(held, 'min', 'Holding time', '保持时间', program.holding_time),
        evacuations: value(pulses, '1', 'Evacuations', '抽真空次数', program.pulses),
        ...(holding.from < 0
          ? {}
          : {
              spread: value(holding.spread, 'K', 'Largest difference', '最大温差', undefined, program.spread),
              above_steam: value(holding.aboveSteam, 'K', 'Above saturated steam', '高于饱和蒸汽'),
            }),
      },
      curves: curvesOf(
        record.ts,
        record.places[coldest] as Float64Array,
        withinExposure(doses[coldest]?.cumulative as Float64Array, exposure),
        record.pressure,
      ),
      findings: [...measured, ...doubts],
    };
  },
};

const fixed = (number: number): string => number.toFixed(1);

function value(amount: number, unit: string, en: string, zh: string, low?: number, high?: number): EvaluatedValue {
  return { value: amount, unit, words: { en, zh }, ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) };
}

/** Gaps that the aligned record shows: rows without a reading of the place. */
function gapsWithin(gaps: readonly { readonly from: number; readonly to: number }[], values: Float64Array | undefined): number {
  if (gaps.length > 0 || !values) return 1;
  return Number.isNaN(values[0]) || Number.isNaN(values.at(-1)) ? 1 : 0;
}

/** A dose as it grows: nothing before the exposure, no more after it. */
function withinExposure(cumulative: Float64Array, { from, to }: { readonly from: number; readonly to: number }): Float64Array {
  return cumulative.map((_, row) => (cumulative[Math.min(Math.max(row, from), to)] as number) - (cumulative[from] as number));
}

function curvesOf(ts: Float64Array, temperature: Float64Array, cumulative: Float64Array, pressure: Float64Array): RunEvaluation['curves'] {
  const step = Math.max(1, Math.ceil(ts.length / drawnPoints));
  const rows = Array.from({ length: Math.ceil(ts.length / step) }, (_, row) => Math.min(row * step, ts.length - 1)).filter((row) =>
    Number.isFinite(temperature[row]),
  );
  const at = rows.map((row) => ts[row] as number);
  const of = (read: (row: number) => number) => rows.map((row) => Number(read(row).toFixed(3)));
  return [
    {
      name: 'coldest_place',
      words: { en: 'Coldest place', zh: '最冷处' },
      unit: 'Cel',
      ts: at,
      value: of((row) => temperature[row] as number),
    },
    {
      name: 'f0',
      words: { en: 'F₀ gathered', zh: '累计 F₀' },
      unit: 'min',
      ts: at,
      value: of((row) => (cumulative[row] as number) / minuteMs),
    },
    {
      name: 'saturated_steam',
      words: { en: 'Saturated steam at this pressure', zh: '该压力下饱和蒸汽温度' },
      unit: 'Cel',
      ts: at,
      value: of((row) => saturationTemperature(Math.max(pressure[row] as number, 0.01))),
    },
  ];
}

function nameOf(signal: string): { readonly en: string; readonly zh: string } {
  return steamSterilizer.signals.find(({ name }) => name === signal)?.words ?? { en: signal, zh: signal };
}

const inconclusive = (finding: Finding): RunEvaluation => ({ verdict: 'inconclusive', values: {}, curves: [], findings: [finding] });

const unknownProgram = (code: string): Finding => ({
  code: 'program',
  holds: false,
  words: { en: `The organization has no sterilization program "${code}"`, zh: `企业没有灭菌程序“${code}”` },
});
const tooFewProbes = (spoken: number, needed: number): Finding => ({
  code: 'probes',
  holds: false,
  words: { en: `${spoken} load probes spoke, the program needs ${needed}`, zh: `有读数的负载探头 ${spoken} 个，程序要求 ${needed} 个` },
});
const silentProbe = (signal: string): Finding => ({
  code: `silent_${signal}`,
  holds: false,
  words: {
    en: `${nameOf(signal).en} was silent for more than 5 s: its lethality is unknown`,
    zh: `${nameOf(signal).zh}中断超过 5 秒，灭菌值未知`,
  },
});
const stillProbe = (signal: string): Finding => ({
  code: `still_${signal}`,
  holds: false,
  words: {
    en: `${nameOf(signal).en} read the same for more than 60 s: it is not measuring`,
    zh: `${nameOf(signal).zh}读数超过 60 秒不变，探头失效`,
  },
});
