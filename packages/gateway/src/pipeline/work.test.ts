import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { InterpretedMessage } from './message.js';
import { SampleBuffer } from './rows.js';
import { byDevice, cut, halve, join, type Work } from './work.js';

const devices = ['oven-1', 'oven-2', 'oven-3', 'oven-4', 'oven-5'];
const message = fc.record({
  device: fc.constantFrom(...devices),
  samples: fc.nat(30),
  bytes: fc.nat(300),
  days: fc.uniqueArray(fc.integer({ min: 20_000, max: 20_012 }), { maxLength: 4 }),
});

let made = 0;
const interpreted = ({
  device,
  samples,
  bytes,
  days,
}: {
  device: string;
  samples: number;
  bytes: number;
  days: number[];
}): InterpretedMessage => ({
  source: {
    topic: String(++made),
    place: { organization: 'maker', device, channel: 'telemetry' },
    payload: Buffer.alloc(bytes),
    receivedAt: 0,
    settle() {},
  },
  ...{
    device: null,
    rowStart: 0,
    rowEnd: 0,
    skewMs: 0,
    samples,
    days,
    receipts: [],
    event: null,
    online: null,
    refusals: [],
    unclocked: null,
  },
});
const work = fc
  .array(message, { minLength: 1, maxLength: 60 })
  .map((messages): Work => ({ buffer: new SampleBuffer(), since: ++made, settled: false, messages: messages.map(interpreted) }));
const orderOf = (works: readonly Work[]) => {
  const all = works.flatMap(({ messages }) => messages);
  return devices.map((device) => all.filter(({ source }) => source.place?.device === device).map(({ source }) => source.topic));
};

it('cut, halved, by device and joined again, each device has all of its messages in their order', () => {
  const most = { rows: 60, messages: 7, bytes: 900, days: 5 };
  fc.assert(
    fc.property(work, work, (first, second) => {
      const pieces = cut(first, most);
      for (const { messages } of pieces) {
        expect(messages.length).toBeLessThanOrEqual(most.messages);
        if (messages.length === 1) continue;
        expect(messages.reduce((sum, { samples }) => sum + samples, 0)).toBeLessThanOrEqual(most.rows);
        expect(new Set(messages.flatMap(({ days }) => days)).size).toBeLessThanOrEqual(most.days);
      }
      expect(pieces.flatMap(({ messages }) => messages)).toEqual(first.messages);
      expect(orderOf(halve(first))).toEqual(orderOf([first]));
      expect(orderOf([...byDevice(first).values()])).toEqual(orderOf([first]));
      const returned = [...byDevice(second).values(), ...byDevice(first).values()];
      expect(orderOf(join(returned))).toEqual(orderOf([first, second]));
    }),
  );
});
