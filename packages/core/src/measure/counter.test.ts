import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { counterIncrease } from './index.js';

describe('counterIncrease', () => {
  it('is the last reading less the first while the meter only counts up', () => {
    expect(counterIncrease([100, 100, 101.5, 104])).toEqual({ total: 4, resets: 0 });
    expect(counterIncrease([7])).toEqual({ total: 0, resets: 0 });
    expect(counterIncrease([])).toEqual({ total: 0, resets: 0 });
  });
  it('goes on over a reset, without what was lost between two readings', () => {
    expect(counterIncrease([998, 1000, 0.5, 2])).toEqual({ total: 4, resets: 1 });
    expect(counterIncrease([5, Number.NaN, 6, 0, 1])).toEqual({ total: 2, resets: 1 });
  });
  it('is never negative, and adds up over any cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 40 }), fc.nat(), (readings, at) => {
        const cut = 1 + (at % (readings.length - 1));
        const [whole, first, second] = [readings, readings.slice(0, cut), readings.slice(cut - 1)].map(counterIncrease);
        expect(whole?.total).toBeGreaterThanOrEqual(0);
        expect((first?.total ?? 0) + (second?.total ?? 0)).toBeCloseTo(whole?.total ?? -1, 9);
      }),
    );
  });
});
