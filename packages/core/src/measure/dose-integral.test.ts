import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrheniusRate, decadeRate, doseAt, integrateDose } from './dose-integral.js';

const minute = 60_000;
const maxGapMs = 10_000;

function sampled(durationMs: number, stepMs: number, value: (t: number) => number) {
  const ts = Array.from({ length: Math.floor(durationMs / stepMs) + 1 }, (_, i) => i * stepMs);
  return { ts, value: ts.map(value) };
}

describe('rates', () => {
  it('are 1 at the reference and follow the closed forms', () => {
    expect(arrheniusRate({ activationEnergy: 80_000, reference: 150 })(150)).toBe(1);
    expect(arrheniusRate({ activationEnergy: 80_000, reference: 150 })(160)).toBeCloseTo(1.69, 3);
    expect(decadeRate({ z: 10, reference: 121.1 })(131.1)).toBeCloseTo(10, 9);
  });
  it('ISO 17665: 15 min at 111.1 °C give 1.5 min at 121.1 °C, 3 min at 134 °C give 58.5', () => {
    const rate = decadeRate({ z: 10, reference: 121.1 });
    expect(
      integrateDose(
        sampled(15 * minute, 1000, () => 111.1),
        { rate, maxGapMs },
      ).total / minute,
    ).toBeCloseTo(1.5, 6);
    expect(
      integrateDose(
        sampled(3 * minute, 1000, () => 134),
        { rate, maxGapMs },
      ).total / minute,
    ).toBeCloseTo(58.5, 1);
  });
});

describe('integrateDose', () => {
  it('meets the closed form of a ramp within the error of the trapezoidal rule, (ln10/z · step)²/12', () => {
    const rate = decadeRate({ z: 10, reference: 121.1 });
    const slope = 40 / (20 * minute);
    const closed = ((10 / Math.LN10) * (rate(130) - rate(90))) / slope;
    for (const step of [100, 1000, 5000]) {
      const { total } = integrateDose(
        sampled(20 * minute, step, (t) => 90 + slope * t),
        { rate, maxGapMs },
      );
      const bound = ((Math.LN10 / 10) * slope * step) ** 2 / 12;
      expect(Math.abs(total / closed - 1)).toBeLessThan(1.01 * bound + 1e-12);
    }
  });
  it('adds nothing over a gap and names it', () => {
    const { total, gaps } = integrateDose(
      { ts: [0, 1000, 31_000, 32_000], value: [121.1, 121.1, 121.1, 121.1] },
      { rate: decadeRate({ z: 10, reference: 121.1 }), maxGapMs },
    );
    expect(total).toBe(2000);
    expect(gaps).toEqual([{ from: 1000, to: 31_000 }]);
  });
  it('skips values that are not numbers; a long stretch of them is a gap', () => {
    const { total, gaps } = integrateDose(
      { ts: [0, 1000, 2000], value: [121.1, Number.NaN, 121.1] },
      { rate: decadeRate({ z: 10, reference: 121.1 }), maxGapMs },
    );
    expect(total).toBe(2000);
    expect(gaps).toEqual([]);
  });
  it('is additive: cutting a curve anywhere adds up to the whole', () => {
    const rate = arrheniusRate({ activationEnergy: 90_000, reference: 150 });
    fc.assert(
      fc.property(fc.array(fc.double({ min: 20, max: 190, noNaN: true }), { minLength: 3, maxLength: 60 }), fc.nat(), (value, at) => {
        const ts = value.map((_, i) => i * 1000);
        const cut = 1 + (at % (value.length - 1));
        const whole = integrateDose({ ts, value }, { rate, maxGapMs });
        const first = integrateDose({ ts: ts.slice(0, cut + 1), value: value.slice(0, cut + 1) }, { rate, maxGapMs });
        const second = integrateDose({ ts: ts.slice(cut), value: value.slice(cut) }, { rate, maxGapMs });
        expect(first.total + second.total).toBeCloseTo(whole.total, 6);
        expect(doseAt(ts, whole.cumulative, cut * 1000)).toBeCloseTo(first.total, 6);
      }),
    );
  });
});
