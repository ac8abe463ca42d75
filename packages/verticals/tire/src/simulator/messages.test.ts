import type { RunEvaluation, SampleSeries } from '@yunfab/core/verticals';
import { describe, expect, it } from 'vitest';
import { configSchema } from '../config.js';
import { evaluateCure } from '../cure/evaluator.js';
import { passengerRecipe } from '../cure/recipe.js';
import { curingPress } from '../press.js';
import { lowProfileRecipe } from '../story.js';
import { type HistoryOptions, historyOf, type PressEvent, type PressMessage, type TelemetrySample } from './messages.js';

const to = Date.parse('2026-11-22T06:00:00Z');
const hour = 3_600_000;
const history = (options: Partial<HistoryOptions> = {}): PressMessage[] => [
  ...historyOf({ from: to - 6 * hour, to, recipe: passengerRecipe, ...options }),
];
const eventsOf = (messages: readonly PressMessage[]): PressEvent[] =>
  messages.flatMap((message) => (message.topic === 'event' ? [message.payload] : []));
const samplesOf = (messages: readonly PressMessage[]): TelemetrySample[] =>
  messages.flatMap((message) => (message.topic === 'telemetry' ? message.payload : []));

/** Every whole run of a history, judged as the platform would. */
function judged(messages: readonly PressMessage[], recipe = passengerRecipe): { run: string; evaluation: RunEvaluation }[] {
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
    const signals = ['mould_temperature', 'internal_temperature', 'internal_pressure', 'tire_temperature'];
    const evaluation = evaluateCure({
      run: { key: ended.run, program: recipe.code, startedAt: began.ts, endedAt: ended.ts, until: ended.ts },
      samples: Object.fromEntries(signals.map((signal) => [signal, seriesOf(signal)])),
      specification: null,
      facts: { recipe, ordered: null },
      config: configSchema.parse({}),
    });
    return [{ run: ended.run, evaluation }];
  });
}

const failures = ({ evaluation }: { evaluation: RunEvaluation }) =>
  evaluation.findings
    .filter(({ holds }) => !holds)
    .map(({ code }) => code)
    .join();

describe('historyOf', () => {
  it('ends with a cure that ends and is counted exactly at `to`, one sample a second, gap-free and in order', () => {
    const messages = history();
    const samples = samplesOf(messages);
    expect(samples).toHaveLength(6 * 3600);
    expect(samples.findIndex(({ ts }, i) => ts !== to - (samples.length - 1 - i) * 1000)).toBe(-1);
    expect(eventsOf(messages).slice(-2)).toMatchObject([
      { type: 'run_ended', ts: to },
      { type: 'count', ts: to, good: 1, scrap: 0 },
    ]);
    const seqs = messages.flatMap((message) => (message.topic === 'event' ? [message.payload.seq] : message.payload.map(({ seq }) => seq)));
    expect(new Set(seqs).size).toBe(seqs.length);
  });

  it('gives the same messages for the same seed, others for another', () => {
    const short = { from: to - hour / 4 };
    expect(history({ ...short, seed: 7 })).toEqual(history({ ...short, seed: 7 }));
    expect(history({ ...short, seed: 7 })).not.toEqual(history({ ...short, seed: 8 }));
  });

  it('goes on after an interruption in the same rhythm: cut anywhere, the events are those of the whole', () => {
    const whole = history({ from: to - hour, endsAt: to - 100_000 });
    for (const cut of [to - 3_000_000, to - 1_800_500, to - 500_001]) {
      const before = history({ from: to - hour, to: cut, endsAt: to - 100_000 });
      const lastSeen = samplesOf(before).at(-1)?.ts as number;
      const after = history({ from: lastSeen + 1, to, endsAt: to - 100_000, resume: true });
      const told = (messages: readonly PressMessage[]) => eventsOf(messages).map(({ ts, type, run }) => `${type} ${run} ${ts}`);
      expect([...told(before), ...told(after)]).toEqual(told(whole));
      expect([...samplesOf(before), ...samplesOf(after)].map(({ ts }) => ts)).toEqual(samplesOf(whole).map(({ ts }) => ts));
    }
  });

  it('publishes what the equipment model declares, within its ranges', () => {
    const signals = new Map(curingPress.signals.map((signal) => [signal.name, signal]));
    const strange = samplesOf(history({ from: to - hour, instrumented: true })).flatMap(({ values }) =>
      Object.entries(values).filter(([name, value]) => {
        const signal = signals.get(name);
        if (typeof value === 'string') return !(signal?.values && value in signal.values);
        return !(signal?.range && value >= signal.range.low && value <= signal.range.high);
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
    expect(states.join(' ')).toContain('closing steam nitrogen exhaust open');
    const pressures = samples.map(({ values }) => values['internal_pressure'] as number);
    expect(Math.max(...pressures)).toBeGreaterThan(20.5);
    expect(Math.max(...pressures)).toBeLessThan(22);
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
