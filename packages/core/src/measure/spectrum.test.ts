import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { harmonicsOf } from './index.js';

const sampled = (length: number, signal: (angle: number) => number) => Array.from({ length }, (_, i) => signal((2 * Math.PI * i) / length));

describe('harmonicsOf', () => {
  it.each([64, 250, 251, 360, 1000, 1024])(
    'of %i samples finds amplitude and phase; the peak-to-peak of a harmonic is twice its amplitude',
    (length) => {
      const { mean, harmonics } = harmonicsOf(
        sampled(length, (angle) => 500 + 40 * Math.cos(angle - 1.2) + 7 * Math.cos(3 * angle - 5.9)),
        10,
      );
      expect(mean).toBeCloseTo(500, 9);
      expect(harmonics.map(({ order }) => order)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect(harmonics[0]?.amplitude).toBeCloseTo(40, 9);
      expect(harmonics[0]?.phase).toBeCloseTo(1.2, 9);
      expect(harmonics[2]?.amplitude).toBeCloseTo(7, 9);
      expect(harmonics[2]?.phase).toBeCloseTo(5.9, 9);
      for (const order of [2, 4, 5, 6, 7, 8, 9, 10]) expect(harmonics[order - 1]?.amplitude).toBeLessThan(1e-9);
      const first = sampled(length, (angle) => 40 * Math.cos(angle - 1.2));
      expect(Math.max(...first) - Math.min(...first)).toBeCloseTo(2 * 40, 0);
    },
  );

  it('keeps the energy of the signal (Parseval), for any length', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 3, maxLength: 91 }), (values) => {
        const samples = values.length % 2 === 0 ? values.slice(1) : values;
        const { mean, harmonics } = harmonicsOf(samples, (samples.length - 1) / 2);
        const power = mean ** 2 + harmonics.reduce((sum, { amplitude }) => sum + amplitude ** 2 / 2, 0);
        expect(power).toBeCloseTo(samples.reduce((sum, value) => sum + value ** 2, 0) / samples.length, 6);
      }),
    );
  });

  it('turning the signal turns the phase and keeps the amplitude', () => {
    const signal = sampled(250, (angle) => Math.cos(angle) + 0.3 * Math.cos(2 * angle - 1) + 0.1 * Math.sin(9 * angle));
    const turned = [...signal.slice(-50), ...signal.slice(0, 50 * 4)];
    const [before, after] = [harmonicsOf(signal, 9).harmonics, harmonicsOf(turned, 9).harmonics];
    for (const [i, { amplitude }] of before.entries()) expect(after[i]?.amplitude).toBeCloseTo(amplitude, 9);
    expect(after[0]?.phase).toBeCloseTo((2 * Math.PI) / 5, 9);
  });

  it('refuses what so few samples cannot tell', () => {
    expect(() => harmonicsOf([1, 2, 3, 4], 2)).toThrow('4 samples tell harmonics 1 to 1, not 2');
    expect(() => harmonicsOf([], 1)).toThrow('0 samples tell harmonics 1 to 0');
  });
});
