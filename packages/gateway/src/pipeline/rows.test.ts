import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Ordinal, ordinalOfNumber, ordinalOfSeq, ordinalOfText, ordinalText } from './ordinal.js';
import { SampleBuffer } from './rows.js';

const ordinalFrom = (fill: (into: Ordinal) => void): string => {
  const into = { high: 0, low: 0 };
  fill(into);
  return ordinalText(into);
};

it('packed rows read back as they were, however many', () => {
  const sample = fc.record({
    series: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    micros: fc.integer({ min: 0, max: 4_102_444_800_000_000 }),
    ordinal: fc.record({ high: fc.integer(), low: fc.nat(2 ** 32 - 1) }),
    value: fc.option(fc.double({ noNaN: true })),
    text: fc.option(fc.string({ unit: 'grapheme', maxLength: 300 })),
    quality: fc.constantFrom(192, 84, 80, 64),
  });
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 400 }), (samples) => {
      const buffer = new SampleBuffer();
      for (const { series, micros, ordinal, value, text, quality } of samples) buffer.push(series, micros, ordinal, value, text, quality);
      expect([...buffer.read(0, buffer.length)]).toEqual(samples);
      expect(buffer.rows).toBe(samples.length);
    }),
    { numRuns: 50 },
  );
});

it('an ordinal of a seq is seq × 1024 + repetition, up to the last safe integer', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.nat(1023), (seq, repetition) => {
      expect(ordinalFrom((into) => ordinalOfSeq(into, seq, repetition))).toBe((BigInt(seq) * 1024n + BigInt(repetition)).toString());
    }),
  );
});

it('an ordinal of a value is negative, so it never meets one of a seq, and another value gives another', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), fc.string(), (a, b, text) => {
      const [first, second] = [a, b].map((value) => ordinalFrom((into) => ordinalOfNumber(into, value)));
      expect(BigInt(first as string)).toBeLessThan(0n);
      expect(BigInt(ordinalFrom((into) => ordinalOfText(into, text)))).toBeLessThan(0n);
      expect(first === second).toBe(Object.is(a, b));
    }),
    { numRuns: 2_000 },
  );
});
