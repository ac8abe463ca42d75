import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SampleSeries } from '../runs/evaluators.js';
import { deviation } from './deviation.js';

const each = (stepMs: number, ...value: number[]): SampleSeries => ({ ts: value.map((_, n) => n * stepMs), value });

it('of a curve two degrees above is two, all along', () => {
  expect(deviation(each(1_000, 22, 32, 42), each(500, 20, 25, 30, 35, 40), 1)).toEqual({
    max: 2,
    maxAtMs: 0,
    rms: 2,
    outsideMs: 2_000,
    comparedMs: 2_000,
  });
});

it('has its greatest with its sign, and the time outside the band to the crossing', () => {
  // From 0 down to −4 and back: outside ±1 from a quarter of the way on.
  const found = deviation(each(1_000, 10, 6, 10), each(2_000, 10, 10), 1);
  expect(found).toMatchObject({ max: -4, maxAtMs: 1_000, outsideMs: 1_500, comparedMs: 2_000 });
  expect(found.rms).toBeCloseTo(4 / Math.sqrt(3), 12);
});

it('is taken over the time that both know: not after the shorter one, and not over a gap', () => {
  const golden = each(1_000, ...Array<number>(61).fill(0));
  expect(deviation(each(1_000, 1, 1, 1), golden, null)).toEqual({ max: 1, maxAtMs: 0, rms: 1, outsideMs: null, comparedMs: 2_000 });
  const torn = { ts: [0, 1_000, 2_000, 40_000, 41_000], value: [1, 1, 1, 9, 9] };
  expect(deviation(torn, golden, 5)).toMatchObject({ max: 9, maxAtMs: 40_000, outsideMs: 1_000, comparedMs: 3_000 });
});

it('is not known of a curve with one sample or none', () => {
  const nothing = { max: null, maxAtMs: null, rms: null, outsideMs: 0, comparedMs: 0 };
  expect(deviation(each(1, 3), each(1_000, 1, 2), 1)).toEqual(nothing);
  expect(deviation(each(1), each(1_000, 1, 2), 1)).toEqual(nothing);
});

it('equals a fine sum', () => {
  const curve = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 2, maxLength: 12 });
  const at = ({ ts, value }: SampleSeries, t: number) => {
    const next = ts.findIndex((each) => each > t);
    const [t0, t1, v0, v1] = [ts[next - 1], ts[next], value[next - 1], value[next]] as [number, number, number, number];
    return v0 + ((v1 - v0) * (t - t0)) / (t1 - t0);
  };
  fc.assert(
    fc.property(curve, curve, fc.integer({ min: 1, max: 10 }), (one, other, band) => {
      const [a, b] = [each(600, ...one), each(700, ...other)];
      const end = Math.min(a.ts.at(-1) ?? 0, b.ts.at(-1) ?? 0);
      let [squares, outside] = [0, 0];
      for (let t = 0.25; t < end; t += 0.5) {
        const d = at(a, t) - at(b, t);
        squares += d * d * 0.5;
        if (Math.abs(d) > band) outside += 0.5;
      }
      const found = deviation(a, b, band);
      expect(found.comparedMs).toBe(end);
      expect(found.rms).toBeCloseTo(Math.sqrt(squares / end), 2);
      expect(Math.abs((found.outsideMs ?? 0) - outside)).toBeLessThan(20);
    }),
    { numRuns: 50 },
  );
});
