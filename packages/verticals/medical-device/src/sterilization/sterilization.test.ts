import { integrateDose } from '@yunfab/core/measure';
import { type EvaluationInput, type GateRun, noHistory, type RunEvaluation, type SampleSeries } from '@yunfab/core/verticals';
import { describe, expect, it } from 'vitest';
import type { MedicalDeviceConfig } from '../config.js';
import { createSterilizer, sterilizerFaults } from '../simulator/sterilizer.js';
import { cycleEvaluator } from './evaluator.js';
import { sterilizationGate } from './gate.js';
import { polymer121, type SterilizationProgram, wrapped134 } from './program.js';
import { countPulses, findHolding } from './record.js';
import { lethality, saturationPressure, saturationTemperature } from './steam.js';
import { loadProbes, sterilizedPlaces } from './sterilizer.js';

const config: MedicalDeviceConfig = { steamTolerance: 2 };

/** One cycle of the simulated sterilizer, as its run's samples. */
function cycle(program: SterilizationProgram, faults: readonly string[] = [], seed = 7): EvaluationInput<MedicalDeviceConfig> {
  const machine = createSterilizer({ seed, program: program.code, faults });
  const samples: Record<string, { ts: number[]; value: number[] }> = {};
  let startedAt = 0;
  let endedAt = 0;
  for (let second = 1; second <= machine.cycleSeconds(); second++) {
    const ts = second * 1000;
    const { values, events } = machine.next(ts);
    for (const [name, value] of Object.entries(values ?? {})) {
      if (typeof value !== 'number') continue;
      const series = (samples[name] ??= { ts: [], value: [] });
      series.ts.push(ts);
      series.value.push(value);
    }
    for (const { type } of events) {
      if (type === 'run_started') startedAt = ts;
      if (type === 'run_ended') endedAt = ts;
    }
  }
  const run = { key: 'c', program: program.code, startedAt, endedAt, until: endedAt };
  return { run, samples, specification: null, facts: { code: program.code, program }, config };
}

const judge = (input: EvaluationInput<MedicalDeviceConfig>): RunEvaluation => cycleEvaluator.evaluate(input);
const failedOf = (evaluation: RunEvaluation) => evaluation.findings.filter(({ holds }) => !holds).map(({ code }) => code);

describe('lethality', () => {
  const constant = (celsius: number, minutes: number): SampleSeries => {
    const ts = Array.from({ length: minutes * 60 + 1 }, (_, i) => i * 1000);
    return { ts, value: ts.map(() => celsius) };
  };
  const f0 = (series: SampleSeries) => integrateDose(series, { rate: lethality, maxGapMs: 5000 }).total / 60_000;
  it('medical-device.md: 15 min at 111.1 °C are F₀ 1.5, 3 min at 134 °C are 58.5', () => {
    expect(f0(constant(111.1, 15))).toBeCloseTo(1.5, 6);
    expect(f0(constant(134, 3))).toBeCloseTo(58.5, 1);
    expect(f0(constant(121.1, 15))).toBeCloseTo(15, 6);
  });
});

describe('saturated steam', () => {
  it('EN 285 theoretical temperature: 121.1 °C at 2.05 bar, 134 °C at 3.04 bar, 100 °C at 1.013 bar', () => {
    // IAPWS-IF97 saturation pressures: 2.0534, 3.0415 and 1.0142 bar; the formula is good to a tenth of a kelvin there.
    expect(saturationTemperature(2.0534)).toBeCloseTo(121.1, 0);
    expect(Math.abs(saturationTemperature(3.0415) - 134)).toBeLessThan(0.15);
    expect(Math.abs(saturationTemperature(1.0142) - 100)).toBeLessThan(0.15);
    for (const celsius of [80, 100, 121, 134]) expect(saturationTemperature(saturationPressure(celsius))).toBeCloseTo(celsius, 9);
    expect(saturationTemperature(0)).toBeNaN();
  });
});

describe('a holding time', () => {
  const record = (rows: readonly (readonly number[])[], pressure = 3.1) => ({
    ts: Float64Array.from(rows.map((_, i) => i * 1000)),
    places: (rows[0] ?? []).map((_, place) => Float64Array.from(rows.map((row) => row[place] as number))),
    pressure: new Float64Array(rows.length).fill(pressure),
  });
  it('is the longest stretch in which no place is below, not the sum of several', () => {
    const rows = [133, 134, 134, 133.9, 134, 134, 135, 134].map((coldest) => [135, coldest]);
    expect(findHolding(record(rows), 134, saturationTemperature)).toMatchObject({
      from: 4,
      to: 7,
      duration: 3000,
      highest: 135,
      spread: 1,
    });
  });
  it('ends where a place is silent', () => {
    const rows = [134, 134, Number.NaN, 134].map((coldest) => [135, coldest]);
    expect(findHolding(record(rows), 134, saturationTemperature)).toMatchObject({ from: 0, to: 1, duration: 1000 });
  });
  it('counts an evacuation once, however long it lasts', () => {
    expect(countPulses(Float64Array.from([1, 0.1, 0.09, 0.3, 0.1, 1.2, 0.08, 1, 0.05]), 0.12, 8)).toBe(2);
  });
});

describe('a steam cycle', () => {
  it.each([wrapped134, polymer121])('$code of a good machine passes, whatever its seed', (program) => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const evaluation = judge(cycle(program, [], seed));
      expect([seed, failedOf(evaluation)]).toEqual([seed, []]);
      expect(evaluation.verdict).toBe('pass');
      expect(evaluation.values['holding_time']?.value).toBeGreaterThanOrEqual(program.holding_time);
      expect(evaluation.values['f0_coldest']?.value).toBeLessThan(evaluation.values['f0_hottest']?.value ?? 0);
    }
  });

  /** By the pressure alone: after the last evacuation before its peak, while it stands within a tenth of that. */
  function exposureOf({ samples, run }: EvaluationInput<MedicalDeviceConfig>): readonly [number, number] {
    const { ts = [], value = [] } = samples['chamber_pressure'] ?? {};
    const rows = ts.map((at, i) => ({ at, bar: value[i] as number })).filter(({ at }) => at >= run.startedAt && at <= (run.endedAt ?? 0));
    const peak = rows.reduce((most, row) => (row.bar > most.bar ? row : most));
    const evacuated = rows.filter(({ at, bar }) => at < peak.at && bar <= 0.12).at(-1);
    return [(evacuated?.at ?? 0) + 1000, rows.filter(({ bar }) => bar >= 0.9 * peak.bar).at(-1)?.at ?? 0];
  }
  const within = ({ ts, value }: SampleSeries, [from, to]: readonly [number, number]) =>
    ts.flatMap((at, i) => (at >= from && at <= to ? [value[i] as number] : []));

  it('agrees with Simpson over the exposure of the same probe, to a thousandth', () => {
    const input = cycle(wrapped134);
    const each = sterilizedPlaces.map((name) => {
      const rows = within(input.samples[name] as SampleSeries, exposureOf(input));
      const odd = rows.length % 2 === 1 ? rows : rows.slice(1);
      const rates = odd.map((celsius) => 10 ** ((celsius - 121.1) / 10));
      const sum = rates.reduce((total, rate, i) => total + rate * (i === 0 || i === rates.length - 1 ? 1 : i % 2 === 1 ? 4 : 2), 0);
      return sum / 3 / 60;
    });
    const { value = 0 } = judge(input).values['f0_coldest'] ?? {};
    expect(Math.abs(value / Math.min(...each) - 1)).toBeLessThan(0.001);
  });

  it('ISO 17665-1: gathers nothing while it dries, however hot the load is', () => {
    const input = cycle(wrapped134);
    const [, to] = exposureOf(input);
    const hot = ({ ts, value }: SampleSeries) => ({
      ts,
      value: value.map((celsius, i) => ((ts[i] as number) > to ? 134 + (i % 2) / 50 : celsius)),
    });
    const samples = Object.fromEntries(
      Object.entries(input.samples).map(([name, series]) => [name, name === 'chamber_pressure' ? series : hot(series)]),
    );
    const f0 = (given: EvaluationInput<MedicalDeviceConfig>) => judge(given).values['f0_coldest']?.value;
    expect(f0({ ...input, samples })).toBe(f0(input));
    const drawn = judge(input).curves.find(({ name }) => name === 'f0');
    expect([drawn?.value[0], drawn?.value.at(-1)]).toEqual([0, Number(f0(input)?.toFixed(3))]);
  });

  it.each([
    ['cold_probe', 'fail', ['holding_time', 'f0']],
    ['air_pocket', 'fail', ['holding_time']],
    ['short_exposure', 'fail', ['holding_time']],
    ['stuck_probe', 'inconclusive', ['still_load_probe_2']],
  ] as const)('with the fault %s is %s and says why', (fault, verdict, codes) => {
    const evaluation = judge(cycle(wrapped134, [fault]));
    expect(evaluation.verdict).toBe(verdict);
    expect(failedOf(evaluation)).toEqual(expect.arrayContaining([...codes]));
    expect(Object.keys(sterilizerFaults)).toContain(fault);
  });

  it('is decided by the coldest probe: the mean of all would have released it', () => {
    const input = cycle(wrapped134);
    const cold = input.samples['load_probe_4'] as SampleSeries;
    const samples = { ...input.samples, load_probe_4: { ts: cold.ts, value: cold.value.map((celsius) => celsius - 1.6) } };
    const evaluation = judge({ ...input, samples });
    expect(evaluation.verdict).toBe('fail');
    const f0 = evaluation.findings.find(({ code }) => code === 'f0');
    expect(f0?.words.en).toContain('Load probe 4');
    const means = sterilizedPlaces.map((name) => {
      const value = within(samples[name as keyof typeof samples], exposureOf(input));
      return integrateDose({ ts: value.map((_, i) => i * 1000), value }, { rate: lethality, maxGapMs: 5000 }).total / 60_000;
    });
    expect(means.reduce((sum, each) => sum + each, 0) / means.length).toBeGreaterThan(wrapped134.minimum_f0);
  });

  it('is not decided while it goes on', () => {
    const input = cycle(wrapped134);
    const until = input.run.startedAt + 200_000;
    const underway = judge({ ...input, run: { ...input.run, endedAt: null, until } });
    expect([underway.verdict, failedOf(underway).includes('holding_time')]).toEqual(['inconclusive', true]);
  });

  it('assumes nothing of a probe that is silent: neither passes nor fails', () => {
    const input = cycle(wrapped134);
    const whole = input.samples['load_probe_1'] as SampleSeries;
    const keep = (at: number) => at < input.run.startedAt + 400_000 || at > input.run.startedAt + 412_000;
    const rows = whole.ts.flatMap((at, i) => (keep(at) ? [i] : []));
    const cut = { ts: rows.map((i) => whole.ts[i] as number), value: rows.map((i) => whole.value[i] as number) };
    const evaluation = judge({ ...input, samples: { ...input.samples, load_probe_1: cut } });
    expect([evaluation.verdict, failedOf(evaluation).includes('silent_load_probe_1')]).toEqual(['inconclusive', true]);
    expect(judge({ ...input, samples: { ...input.samples, load_probe_1: { ts: [], value: [] } } })).toMatchObject({
      verdict: 'inconclusive',
      findings: [{ code: 'probes' }],
    });
    expect(judge({ ...input, facts: { code: 'x', program: null } })).toMatchObject({
      verdict: 'inconclusive',
      findings: [{ code: 'program' }],
    });
    expect(loadProbes).toHaveLength(5);
  });
});

describe('the gate medical-device.sterilization', () => {
  const run = (key: string, evaluation: RunEvaluation | null): GateRun => ({
    ...{ id: `id-${key}`, key, equipment: 'e', equipmentModel: 'medical-device.steam-sterilizer', startedAt: 0, endedAt: 1 },
    evaluation: evaluation && { ...evaluation, evaluator: 'medical-device.steam-cycle' },
  });
  const check = (runs: readonly GateRun[], sterile: boolean) =>
    sterilizationGate.check({
      ...noHistory,
      ...{ lot: { id: 'l', code: 'L', unit: 'H87', quantity: '24' }, runs, facts: {}, config },
      specification: { schema: 'medical-device/device@1', value: { sterile } },
    });
  it('asks every cycle, names the probe that was too cold, and says nothing of lots that need no sterility', () => {
    const good = judge(cycle(wrapped134));
    const bad = judge(cycle(wrapped134, ['cold_probe']));
    expect(check([run('a', good)], true)).toMatchObject({ holds: true, evidence: [{ kind: 'process_run', id: 'id-a' }] });
    const answer = check([run('a', good), run('b', bad)], true);
    expect(answer).toMatchObject({ holds: false, evidence: [{ kind: 'process_run', id: 'id-b' }] });
    expect(answer?.words.en).toMatch(/^Cycle b: .*Load probe 3/);
    expect(check([], true)?.words.en).toBe('It was never sterilized.');
    expect(check([run('a', null)], true)?.words.en).toContain('not judged yet');
    expect(check([run('b', bad)], false)).toBeNull();
  });
});
