import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interpret } from './interpret.js';
import type { IncomingMessage } from './message.js';
import type { KnownDevice, Series } from './registry.js';
import { SampleBuffer } from './rows.js';

const now = Date.UTC(2026, 10, 1);
const series = (id: number, signal: string, kind: Series['kind']): [string, Series] => [
  signal,
  { id, signal, kind, low: null, high: null },
];
const device: KnownDevice = {
  organization: '0190a000-0000-7000-8000-000000000001',
  device: '0190a000-0000-7000-8000-000000000002',
  deviceBytes: Buffer.alloc(16),
  equipment: '0190a000-0000-7000-8000-000000000003',
  live: true,
  signals: new Map([series(1, 'temperature', 'number'), series(2, 'program', 'text'), series(3, 'door_open', 'boolean')]),
  keptFrom: { samples: Number.NEGATIVE_INFINITY, events: Number.NEGATIVE_INFINITY },
};
const messageOf = (payload: string, channel: 'telemetry' | 'event' | 'status' = 'telemetry'): IncomingMessage => ({
  topic: `yf/v1/maker/oven/${channel}`,
  place: { organization: 'maker', device: 'oven', channel },
  payload: Buffer.from(payload),
  receivedAt: now,
  settle() {},
});

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('\ud83d', '\ude00', '\0', 'x'), maxLength: 200 }));
const anything = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 12, depthSize: 'large' },
    text,
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(text, tie('value'), { maxKeys: 3 }),
  ),
})).value;
const field = fc.oneof(
  anything,
  fc.nat(9_999).map((ms) => now + ms),
);
const name = fc.oneof(fc.constantFrom('temperature', 'program', 'door_open'), text);
const reading = fc.record(
  { ts: field, seq: field, values: fc.oneof(anything, fc.dictionary(name, anything, { maxKeys: 4 })) },
  { requiredKeys: [] },
);
const event = fc.record(
  { ts: field, seq: field, type: fc.constantFrom('note', 'count', 'state'), a: anything, good: anything },
  { requiredKeys: ['type'] },
);

const isStorable = (given: string) => given.isWellFormed() && !given.includes('\0');

describe('a message', () => {
  it('whatever it holds is read, and its reasons are text that the database takes', () => {
    const message = fc.oneof(
      fc.tuple(fc.oneof(reading, fc.array(reading, { maxLength: 3 }), anything), fc.constant('telemetry' as const)),
      fc.tuple(fc.oneof(event, anything), fc.constant('event' as const)),
    );
    fc.assert(
      fc.property(message, ([json, channel]) => {
        const { refusals, event: kept } = interpret(messageOf(JSON.stringify(json), channel), device, new SampleBuffer());
        for (const { reason, detail } of refusals) {
          expect(reason).not.toBe('gateway_failed');
          expect(isStorable(detail)).toBe(true);
        }
        JSON.stringify(kept?.body, (key, value: unknown) => {
          expect(isStorable(key) && (typeof value !== 'string' || isStorable(value))).toBe(true);
          return value;
        });
      }),
      { numRuns: 500 },
    );
  });

  it('of more days than it may hold has those of the first stored, and the others refused', () => {
    const dayMs = 86_400_000;
    const readings = Array.from({ length: 500 }, (_, n) => ({ ts: now - (n % 250) * dayMs, values: { temperature: n } }));
    const read = interpret(messageOf(JSON.stringify(readings)), device, new SampleBuffer());
    expect([read.samples, read.days.length]).toEqual([400, 200]);
    expect(new Set(read.refusals.map(({ reason }) => reason))).toEqual(new Set(['too_many_days']));
    expect(read.refusals).toHaveLength(100);
  });

  it('that the gateway fails on is a letter, and nothing of it is stored', () => {
    class Broken extends Map<string, Series> {
      override get(signal: string): Series | undefined {
        if (signal === 'program') throw new TypeError('a hole in the gateway');
        return super.get(signal);
      }
    }
    const rows = new SampleBuffer();
    const broken = { ...device, signals: new Broken(device.signals) };
    const read = interpret(messageOf(JSON.stringify({ ts: now, values: { temperature: 1, program: 'a' } })), broken, rows);
    expect(read.refusals).toMatchObject([{ reason: 'gateway_failed', detail: expect.stringContaining('a hole in the gateway') }]);
    expect([read.rowEnd - read.rowStart, read.samples, read.receipts]).toEqual([0, 0, []]);
    const next = interpret(messageOf(JSON.stringify({ ts: now, values: { temperature: 2 } })), device, rows);
    expect([...rows.read(next.rowStart, next.rowEnd)]).toMatchObject([{ value: 2 }]);
  });
});
