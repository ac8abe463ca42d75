import { describe, expect, it } from 'vitest';
import { type DeviceMessage, type HistoryOptions, historyOf, type Machine, runName } from './index.js';
import { createOven } from './oven.fixture.js';

const to = Date.parse('2026-11-22T06:00:00Z');
const hour = 3_600_000;
const told = (options: Partial<HistoryOptions> & { seed?: number } = {}) => [
  ...historyOf(createOven(options.seed), { from: to - hour, to, ...options }),
];
const eventsOf = (messages: readonly DeviceMessage[]) =>
  messages.flatMap((message) => (message.topic === 'event' ? [message.payload] : []));
const samplesOf = (messages: readonly DeviceMessage[]) =>
  messages.flatMap((message) => (message.topic === 'telemetry' ? message.payload : []));

describe('historyOf', () => {
  it('ends with a run that ends and is counted exactly at `to`, one sample a second, gap-free and in order', () => {
    const messages = told();
    const samples = samplesOf(messages);
    expect(samples).toHaveLength(3600);
    expect(samples.findIndex(({ ts }, i) => ts !== to - (samples.length - 1 - i) * 1000)).toBe(-1);
    expect(eventsOf(messages).slice(-2)).toMatchObject([
      { type: 'run_ended', ts: to },
      { type: 'count', ts: to, good: 1, scrap: 0 },
    ]);
    const seqs = messages.flatMap((message) => (message.topic === 'event' ? [message.payload.seq] : message.payload.map(({ seq }) => seq)));
    expect(new Set(seqs).size).toBe(seqs.length);
  });

  it('gives the same messages for the same seed, others for another', () => {
    expect(told({ seed: 7 })).toEqual(told({ seed: 7 }));
    expect(told({ seed: 7 })).not.toEqual(told({ seed: 8 }));
  });

  it('goes on after an interruption in the same rhythm: cut anywhere, the events are those of the whole', () => {
    const whole = told({ endsAt: to - 100_000 });
    for (const cut of [to - 3_000_000, to - 1_800_500, to - 500_001]) {
      const before = told({ to: cut, endsAt: to - 100_000 });
      const lastSeen = samplesOf(before).at(-1)?.ts as number;
      const after = told({ from: lastSeen + 1, endsAt: to - 100_000, resume: true });
      const names = (messages: readonly DeviceMessage[]) => eventsOf(messages).map(({ ts, type, run }) => `${type} ${run} ${ts}`);
      expect([...names(before), ...names(after)]).toEqual(names(whole));
      expect([...samplesOf(before), ...samplesOf(after)].map(({ ts }) => ts)).toEqual(samplesOf(whole).map(({ ts }) => ts));
    }
  });

  it('leaves out the end of a run whose start nobody was told', () => {
    const events = eventsOf(told({ from: to - hour + 123_456 }));
    const started = new Set(events.filter(({ type }) => type === 'run_started').map(({ run }) => run));
    expect(started.size).toBeGreaterThan(3);
    expect(events.filter(({ run }) => run !== undefined && !started.has(run))).toEqual([]);
  });

  it('tells a waveform before the sample of its second, in order, in messages that a gateway takes', () => {
    const steps = Array.from({ length: 250 }, (_, i) => i * 4);
    const machine: Machine = {
      cycleSeconds: () => 10,
      setFault() {},
      next: (ts) => ({
        values: { speed: 60 },
        burst: steps.map((ms) => ({ ts: ts - 999 + ms, values: { force: ms } })),
        events: ts % 10_000 === 0 ? [{ type: 'run_started', run: runName(ts) }] : [],
      }),
    };
    const messages = [...historyOf(machine, { from: to - 5_000, to })];
    const samples = samplesOf(messages);
    expect(samples).toHaveLength(5 * 251);
    expect(samples.findIndex(({ ts }, i) => i > 0 && ts <= (samples[i - 1]?.ts as number))).toBe(-1);
    for (const message of messages) if (message.topic === 'telemetry') expect(message.payload.length).toBeLessThanOrEqual(1000);
  });
});
