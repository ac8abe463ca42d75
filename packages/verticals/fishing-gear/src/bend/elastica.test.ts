import { describe, expect, it } from 'vitest';
import { actionOf, bendingIndex, centMass, fiveEurocentMass, rodNumber } from './common-cents.js';
import { type Beam, bendBeam, prepareBeam } from './elastica.js';
import { spaceGuides } from './guides.js';
import { loadToDeflection, testCurve } from './loads.js';

const uniform: Beam = { length: 1, stiffness: () => 1 };
/** EI of a solid or thin blank goes with the fourth power of its diameter. */
const tapered = (tip: number): Beam => ({ length: 1, stiffness: (s) => (1 - (1 - tip) * s) ** 4 });

/** Carlson's R_F and R_D by duplication: elliptic integrals without any differential equation. */
function carlson(x: number, y: number, z: number): { rf: number; rd: number } {
  let [a, b, c] = [x, y, z];
  let sum = 0;
  let factor = 1;
  for (let i = 0; i < 40; i++) {
    const lambda = Math.sqrt(a * b) + Math.sqrt(b * c) + Math.sqrt(c * a);
    sum += factor / (Math.sqrt(c) * (c + lambda));
    factor /= 4;
    [a, b, c] = [(a + lambda) / 4, (b + lambda) / 4, (c + lambda) / 4];
  }
  return { rf: 1 / Math.sqrt(a), rd: 3 * sum + factor / (a * Math.sqrt(a)) };
}
function elliptic(phi: number, k: number): { f: number; e: number } {
  const s = Math.sin(phi);
  const { rf, rd } = carlson(Math.cos(phi) ** 2, 1 - (k * s) ** 2, 1);
  return { f: s * rf, e: s * rf - (k * k * s ** 3 * rd) / 3 };
}
/** Bisshopp and Drucker 1945: load PL²/EI and deflection δ/L of a uniform cantilever whose tip stands at `tip` degrees. */
function byEllipticIntegrals(tip: number): { load: number; deflection: number } {
  const k = Math.sqrt((1 + Math.sin((tip * Math.PI) / 180)) / 2);
  const start = Math.asin(1 / (k * Math.SQRT2));
  const [full, part] = [elliptic(Math.PI / 2, k), elliptic(start, k)];
  const root = full.f - part.f;
  return { load: root * root, deflection: 1 - (2 * (full.e - part.e)) / root };
}

describe('fishing-gear.md: elastica', () => {
  it.each([
    [1, 0.30172, 26.43],
    [2, 0.49346, 44.79],
    [10, 0.81061, 81.95],
  ])('fishing-gear.md: PL²/EI = %d → δ/L %d, tip %d°', (load, deflection, angle) => {
    const bent = bendBeam(uniform, load);
    expect(bent.drop).toBeCloseTo(deflection, 5);
    expect(bent.tipAngle).toBeCloseTo(angle, 2);
  });

  it.each([5, 26.43, 45, 60, 75, 85, 88.5])('agrees with elliptic integrals at a tip of %d°', (tip) => {
    const { load, deflection } = byEllipticIntegrals(tip);
    const bent = bendBeam(uniform, load);
    expect(bent.tipAngle).toBeCloseTo(tip, 5);
    expect(bent.drop).toBeCloseTo(deflection, 7);
  });

  it('scales with length and stiffness', () => {
    const bent = bendBeam({ length: 2.5, stiffness: () => 7 }, (2 * 7) / 2.5 ** 2);
    expect(bent.drop / 2.5).toBeCloseTo(0.49346, 5);
  });

  it.each([
    ['a uniform beam', uniform, 29.33],
    ['EI ∝ d⁴, tip/butt 0.20', tapered(0.2), 63.4],
    ['EI ∝ d⁴, tip/butt 0.15', tapered(0.15), 72.9],
  ] as const)('fishing-gear.md: at δ = L/3 %s has the action angle %s', (_name, beam, angle) => {
    expect(loadToDeflection(prepareBeam(beam), 1 / 3)?.tipAngle).toBeCloseTo(angle, angle === 29.33 ? 2 : 1);
  });

  it('fishing-gear.md: small deflection is wrong at L/3, and nowhere near for a tapered blank', () => {
    const load = loadToDeflection(prepareBeam(uniform), 1 / 3)?.load ?? Number.NaN;
    // The textbook's δ = PL³/3EI and θ = PL²/2EI.
    expect(load / 3).toBeGreaterThan((1 / 3) * 1.1);
    expect(((load / 2) * 180) / Math.PI).toBeGreaterThan(29.33 * 1.1);
    const fast = tapered(0.15);
    const bent = loadToDeflection(prepareBeam(fast), 1 / 3);
    let small = 0;
    for (let i = 0; i < 2000; i++) small += ((bent?.load ?? 0) * (1 - (i + 0.5) / 2000)) / fast.stiffness((i + 0.5) / 2000) / 2000;
    expect((small * 180) / Math.PI).toBeGreaterThan(90);
    expect(bendBeam(uniform, 0.01).drop).toBeCloseTo(0.01 / 3, 6);
  });

  it('keeps the length of the rod and the moment of the load', () => {
    const bent = bendBeam(tapered(0.2), 0.4);
    let arc = 0;
    for (let i = 1; i < bent.s.length; i++)
      arc += Math.hypot((bent.x[i] as number) - (bent.x[i - 1] as number), (bent.y[i] as number) - (bent.y[i - 1] as number));
    expect(arc).toBeCloseTo(1, 4);
    expect(bent.moment[0]).toBeCloseTo(0.4 * bent.reach, 8);
  });

  it('carries its own weight: a uniform beam sags by wL⁴/8EI as long as that is little', () => {
    const sagged = bendBeam({ ...uniform, weight: () => 0.01 }, 0);
    expect(sagged.drop).toBeCloseTo(0.01 / 8, 7);
    const { drop } = bendBeam({ ...uniform, weight: () => 1 }, 1);
    expect(drop).toBeGreaterThan(bendBeam(uniform, 1).drop);
  });

  it('crosses a jump of stiffness without a trace of it in the sum', () => {
    const stepped = (s: number) => (s < 0.35 ? 3 : 1);
    const coarse = bendBeam({ length: 1, stiffness: stepped, edges: [0.35] }, 0.001);
    // Superposition for a small load: ∫ P (1−s)² / EI.
    const exact = 0.001 * ((1 - 0.65 ** 3) / 9 + 0.65 ** 3 / 3);
    expect(coarse.drop).toBeCloseTo(exact, 9);
  });
});

describe('the test curve', () => {
  it('has no finite value on a horizontal butt: the tip only comes nearer to hanging down', () => {
    expect(testCurve(uniform)).toBeNull();
    expect(bendBeam(uniform, 60).tipAngle).toBeLessThan(90);
    expect(bendBeam(uniform, 60).tipAngle).toBeGreaterThan(89.5);
  });
  it.each([20, 45, 70])('agrees with the first integral for a butt raised by %d°', (raised) => {
    // ½EI·ψ′² = P·(sin ψL − sin ψ), so L·√(2P/EI) = ∫ dψ/√(sin ψL − sin ψ) from the clamp to the tip; ψ = ψL − t² takes the root away.
    const [from, to] = [(-raised * Math.PI) / 180, ((90 - raised) * Math.PI) / 180];
    const steps = 20_000;
    const end = Math.sqrt(to - from);
    let integral = 0;
    for (let i = 0; i < steps; i++) {
      const t = ((i + 0.5) * end) / steps;
      integral += ((2 * t) / Math.sqrt(Math.sin(to) - Math.sin(to - t * t))) * (end / steps);
    }
    expect(testCurve({ ...uniform, buttAngle: raised })?.load).toBeCloseTo(integral ** 2 / 2, 5);
  });
  it('is the load at which the tip stands square to a raised butt', () => {
    const bent = testCurve({ ...uniform, buttAngle: 45 });
    expect(bent?.tipAngle).toBeCloseTo(45, 6);
    expect(bent?.load).toBeGreaterThan(1.5);
    expect(bent?.angle[0]).toBeCloseTo(-45, 6);
  });
});

describe('fishing-gear.md: Common Cents', () => {
  it.each([
    [10, 1.2],
    [20, 3.6],
    [30, 6],
    [40, 8],
  ])('%d five-eurocent coins → ERN %d', (coins, ern) => {
    expect(rodNumber(coins * fiveEurocentMass)).toEqual({ ern, basis: 'published' });
  });
  it('41 cents → ERN 5.0', () => {
    expect(rodNumber(41 * centMass)).toEqual({ ern: 5, basis: 'published' });
  });
  it('says when it interpolates and when it leaves the table', () => {
    expect(rodNumber(17 * fiveEurocentMass)).toMatchObject({ basis: 'interpolated' });
    expect(rodNumber(17 * fiveEurocentMass)?.ern).toBeCloseTo(2.9, 2);
    expect(rodNumber(50 * fiveEurocentMass)).toMatchObject({ basis: 'beyond' });
    expect(rodNumber(39)).toBeNull();
    let before = 0;
    for (let grams = 39.2; grams < 260; grams += 0.5) {
      const { ern } = rodNumber(grams) ?? { ern: Number.NaN };
      expect(ern).toBeGreaterThan(before);
      before = ern;
    }
  });
  it('names the action by its angle', () => {
    expect([58.9, 59, 62.9, 63, 66, 66.1].map(actionOf)).toEqual([
      'slow',
      'moderate',
      'moderate',
      'moderate_fast',
      'moderate_fast',
      'fast',
    ]);
  });
  it('gives cents, rod number and angle together', () => {
    const beam: Beam = { length: 2.7, stiffness: (s) => 18 * (1 - (0.8 * s) / 2.7) ** 4 };
    const index = bendingIndex(prepareBeam(beam));
    expect(index?.cents).toBeCloseTo((index?.grams ?? 0) / 2.5, 10);
    expect(index).toMatchObject({ action: 'moderate_fast' });
    expect(index?.actionAngle).toBeCloseTo(63.4, 1);
  });
});

describe('fishing-gear.md: guide spacing', () => {
  it('8 ft, 9 guides: 66 = 36 + 36x → x ≈ 0.83', () => {
    const { step, positions } = spaceGuides({ guides: 9, first: 4, stripper: 66 });
    expect(step).toBeCloseTo(0.8333, 4);
    expect(positions[0]).toBe(4);
    expect(positions.at(-1)).toBeCloseTo(66, 10);
    expect(positions).toHaveLength(9);
  });
});
