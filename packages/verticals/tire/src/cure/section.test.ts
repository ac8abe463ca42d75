import { describe, expect, it } from 'vitest';
import { createSectionModel } from './section.js';

/** Both faces held at `wall`: T = wall + (initial − wall) · Σ 4/((2n+1)π) · sin((2n+1)π/2) · exp(−((2n+1)π/L)² a t). */
function middleOfSlab({
  gauge,
  diffusivity,
  initial,
  wall,
  seconds,
}: Record<'gauge' | 'diffusivity' | 'initial' | 'wall' | 'seconds', number>): number {
  let share = 0;
  for (let n = 0; n < 60; n++) {
    const k = (2 * n + 1) * Math.PI;
    share += (4 / k) * (n % 2 === 0 ? 1 : -1) * Math.exp(-((k / gauge) ** 2) * diffusivity * seconds);
  }
  return wall + (initial - wall) * share;
}

describe('createSectionModel', () => {
  it.each([30, 60, 120, 300, 600])('meets the Fourier series of a slab after %i s', (seconds) => {
    const slab = { gauge: 15, diffusivity: 0.13 };
    const model = createSectionModel(slab, 30);
    for (let s = 0; s < seconds; s++) model.advance(1, 170, 170, { outer: 1e4, inner: 1e4 });
    expect(model.temperature[8]).toBeCloseTo(middleOfSlab({ ...slab, initial: 30, wall: 170, seconds }), 0);
  });

  it('cools like a lumped body where the air resists more than the rubber: T − T∞ = ΔT · exp(−2(h/k)at/L)', () => {
    const model = createSectionModel({ gauge: 4, diffusivity: 0.13 }, 160);
    const faces = { outer: 0.004, inner: 0.004 };
    for (let s = 0; s < 1200; s++) model.advance(1, 25, 25, faces);
    expect(model.temperature[8]).toBeCloseTo(25 + 135 * Math.exp((-2 * 0.004 * 0.13 * 1200) / 4), 0);
  });

  it('keeps its heat when nothing flows, and stays stable at any step', () => {
    const model = createSectionModel({ gauge: 2, diffusivity: 0.9 }, 100);
    model.advance(3600, 0, 0, { outer: 0, inner: 0 });
    expect(Math.max(...model.temperature)).toBeCloseTo(100, 9);
    model.advance(60, 170, 200, { outer: 8, inner: 0.7 });
    expect(Math.max(...model.temperature)).toBeLessThanOrEqual(200);
    expect(Math.min(...model.temperature)).toBeGreaterThanOrEqual(100);
  });

  it('does not depend on how the time is cut', () => {
    const models = [1, 5, 10].map((step) => {
      const model = createSectionModel({ gauge: 15, diffusivity: 0.13 }, 30);
      for (let s = 0; s < 600; s += step) model.advance(step, 170, 185, { outer: 8, inner: 0.7 });
      return model.temperature[8] as number;
    });
    for (const middle of models) expect(middle).toBeCloseTo(models[0] as number, 1);
  });
});
