import type { RunEvaluation, SampleSeries } from '@yunfab/core/verticals';
import { type DeviceMessage, type HistoryOptions, historyOf, type TelemetrySample, type TimedEvent } from '@yunfab/simulator';
import { describe, expect, it } from 'vitest';
import { configSchema } from '../config.js';
import { evaluateCure } from '../cure/evaluator.js';
import { curingPress } from '../cure/press.js';
import { passengerRecipe } from '../cure/recipe.js';
import { tire } from '../index.js';
import { lowProfileRecipe } from '../story.js';
import { createPress } from './press.js';

const to = Date.parse('2026-11-22T06:00:00Z');
const hour = 3_600_000;
const history = ({
  recipe = passengerRecipe,
  instrumented = false,
  seed = 1,
  faults = [],
  ...window
}: Partial<HistoryOptions> & Partial<Parameters<typeof createPress>[0]> = {}): DeviceMessage[] => [
  ...historyOf(createPress({ recipe, instrumented, seed, faults }), { from: to - 6 * hour, to, ...window }),
];
const eventsOf = (messages: readonly DeviceMessage[]): TimedEvent[] =>
  messages.flatMap((message) => (message.topic === 'event' ? [message.payload] : []));
const samplesOf = (messages: readonly DeviceMessage[]): TelemetrySample[] =>
  messages.flatMap((message) => (message.topic === 'telemetry' ? message.payload : []));

/** Every whole run of a history, judged as the platform would. */
function judged(messages: readonly DeviceMessage[], recipe = passengerRecipe): { run: string; evaluation: RunEvaluation }[] {
  const samples = samplesOf(messages);
  const events = eventsOf(messages);
  return events.flatMap((ended) => {
    const began = events.find((event) => event.type === 'run_started' && ended.type === 'run_ended' && event.run === ended.run);
    if (!began) return [];
    const within = samples.filter(({ ts }) => ts >= began.ts && ts <= ended.ts);
    const seriesOf = (signal: string): SampleSeries => {
      const kept = within.filter(({ values }) => typeof values[signal] === 'number');
      return { ts: kept.map(({ ts }) => ts), value: kept.map(({ values }) => values[signal] as number) };
    };
    const signals = ['mould_temperature', 'internal_temperature', 'internal_pressure', 'tire_temperature', 'energy', 'steam'];
    const evaluation = evaluateCure({
      run: { key: ended.run as string, program: recipe.code, startedAt: began.ts, endedAt: ended.ts, until: ended.ts },
      samples: Object.fromEntries(signals.map((signal) => [signal, seriesOf(signal)])),
      specification: null,
      facts: { recipe, ordered: null },
      config: configSchema.parse({}),
    });
    return [{ run: ended.run as string, evaluation }];
  });
}

const failures = ({ evaluation }: { evaluation: RunEvaluation }) =>
  evaluation.findings
    .filter(({ holds }) => !holds)
    .map(({ code }) => code)
    .join();

describe('a simulated press', () => {
  it('publishes what the equipment model declares, within its ranges', () => {
    const signals = new Map(curingPress.signals.map((signal) => [signal.name, signal]));
    const strange = samplesOf(history({ from: to - hour, instrumented: true })).flatMap(({ values }) =>
      Object.entries(values).filter(([name, value]) => {
        const signal = signals.get(name);
        if (typeof value === 'string') return !(signal?.values && value in signal.values);
        return !(signal?.range && Number(value) >= signal.range.low && Number(value) <= signal.range.high);
      }),
    );
    expect(strange).toEqual([]);
    expect(new Set(samplesOf(history({ from: to - hour, instrumented: true })).flatMap(({ values }) => Object.keys(values)))).toEqual(
      new Set(signals.keys()),
    );
  });

  it('goes through the states of a cure, with steam hotter and nitrogen at higher pressure', () => {
    const samples = samplesOf(history({ from: to - hour }));
    const states = samples.flatMap(({ values }) => values['press_state'] ?? []);
    expect(states.filter((state, i) => state !== states[i - 1]).join(' ')).toContain('closing steam nitrogen exhaust open');
    const pressures = samples.map(({ values }) => values['internal_pressure'] as number);
    expect(Math.max(...pressures)).toBeGreaterThan(20.5);
    expect(Math.max(...pressures)).toBeLessThan(22);
  });
});

describe('the simulator of the vertical', () => {
  const reach = {
    equipmentModel: 'tire.curing-press',
    mqttUrl: 'mqtt://127.0.0.1:1',
    organization: 'shanhai',
    device: 'press-01',
    password: 'p',
  };

  it('names what it does not know', async () => {
    await expect(tire.simulator?.createDevice({ ...reach, program: 'soup' })).rejects.toThrow('knows no recipe "soup"');
    await expect(tire.simulator?.createDevice({ ...reach, faults: ['gremlins'] })).rejects.toThrow('no fault "gremlins"');
    await expect(tire.simulator?.createDevice({ ...reach, equipmentModel: 'tire.mixer' })).rejects.toThrow('no machine "tire.mixer"');
  });

  it('opens the press early where it is told to', () => {
    const events = eventsOf(history({ recipe: lowProfileRecipe, faults: ['short_cycle'], from: to - hour / 2 }));
    const [began, ended] = ['run_started', 'run_ended'].map((type) => events.findLast((event) => event.type === type)?.ts as number);
    expect(((ended as number) - (began as number)) / 60_000).toBeCloseTo(6.5, 1);
  });
});

describe('a simulated press and the evaluator', () => {
  it.each([1, 2, 3, 4, 5])('cures every tire within its window (seed %i)', (seed) => {
    const runs = judged(history({ seed }));
    expect(runs.length).toBeGreaterThan(27);
    expect(runs.map(failures).filter(Boolean)).toEqual([]);
    for (const { evaluation } of runs) expect(evaluation.verdict).toBe('pass');
    const equivalents = runs.map(({ evaluation }) => evaluation.values['cure_equivalent']?.value as number);
    // Tires differ, as they do.
    expect(Math.max(...equivalents) - Math.min(...equivalents)).toBeGreaterThan(0.05);
  });

  it('meters electricity and steam of every cure: some kW·h and kg a passenger tire', () => {
    const runs = judged(history({ from: to - 2 * hour }));
    for (const { evaluation } of runs) {
      const { energy, steam } = evaluation.values;
      expect(energy).toMatchObject({ unit: 'kW.h' });
      expect(energy?.value).toBeGreaterThan(0.5);
      expect(energy?.value).toBeLessThan(4);
      expect(steam?.value).toBeGreaterThan(2);
      expect(steam?.value).toBeLessThan(8);
    }
  });

  it('cures the low profile of the demo story, too, and ends when it is told', () => {
    const messages = history({ recipe: lowProfileRecipe, endsAt: to - 180_000 });
    expect(new Set(judged(messages, lowProfileRecipe).map(({ evaluation }) => evaluation.verdict))).toEqual(new Set(['pass']));
    expect(eventsOf(messages).findLast(({ type }) => type === 'run_ended')?.ts).toBe(to - 180_000);
  });

  it('agrees with the thermocouple of trial tires within 4 %', () => {
    const [plain, instrumented] = [false, true].map((with_) =>
      judged(history({ from: to - hour, seed: 3, instrumented: with_ })).map(
        ({ evaluation }) => evaluation.values['cure_equivalent']?.value as number,
      ),
    );
    for (const [i, modelled] of (plain ?? []).entries()) expect((instrumented?.[i] as number) / modelled).toBeCloseTo(1, 1);
  });

  it.each([
    ['short_cycle', 'fail', 'blow_point,least_cure'],
    ['steam_pressure_dip', 'fail', 'pressure,blow_point,least_cure'],
    ['stuck_thermocouple', 'inconclusive', 'thermocouple'],
  ] as const)('%s is found: %s', (fault, verdict, codes) => {
    const runs = judged(history({ from: to - 2 * hour, faults: [fault] }));
    expect(runs.length).toBeGreaterThan(5);
    for (const run of runs) expect([run.evaluation.verdict, failures(run)]).toEqual([verdict, codes]);
  });
});
