import { describe, expect, it } from 'vitest';
import { blankBeam } from '../bend/blank-beam.js';
import { bendingIndex } from '../bend/common-cents.js';
import { prepareBeam } from '../bend/elastica.js';
import { demoDesigns, demoPrepregs } from '../demo-catalogue.js';
import { designSchema } from './design.js';
import { consolidatedThickness, offAxisModulus, plyWeight, prepregSchema } from './prepreg.js';
import { windBlank } from './section.js';

const carbon = prepregSchema.parse(demoPrepregs[0]);
const isotropic = { modulus_along: 70, modulus_across: 70, shear_modulus: 70 / 2.6, poisson: 0.3 };

describe('a ply', () => {
  it('weighs what its fibres and its resin weigh, and is as thick as both', () => {
    expect(plyWeight({ areal_weight: 100, resin_content: 33.333_333 })).toBeCloseTo(150, 4);
    expect(consolidatedThickness({ areal_weight: 125, resin_content: 25, fiber_density: 1.8 })).toBeCloseTo(0.0694 + 0.0333, 3);
    expect(prepregSchema.safeParse({ ...carbon, ply_thickness: carbon.ply_thickness * 2 }).success).toBe(false);
  });
  it('is turned by the classical transformation: the ends, and an isotropic ply in every direction', () => {
    expect(offAxisModulus(carbon, 0)).toBeCloseTo(carbon.modulus_along, 10);
    expect(offAxisModulus(carbon, 90)).toBeCloseTo(carbon.modulus_across, 10);
    expect(offAxisModulus(carbon, -45)).toBeCloseTo(offAxisModulus(carbon, 45), 10);
    for (const angle of [0, 17, 45, 73, 90]) expect(offAxisModulus(isotropic, angle)).toBeCloseTo(70, 8);
    // 45°: 1/Ex = (1/E1 + (1/G12 − 2ν/E1) + 1/E2)/4, most of it the matrix.
    expect(offAxisModulus({ modulus_along: 140, modulus_across: 10, shear_modulus: 5, poisson: 0.3 }, 45)).toBeCloseTo(
      4 / (1 / 140 + (1 / 5 - 0.6 / 140) + 1 / 10),
      10,
    );
  });
});

const straight = {
  length: 1000,
  clamped: 0,
  mandrel: [
    { at: 0, diameter: 8 },
    { at: 1000, diameter: 8 },
  ],
  plies: [{ prepreg: carbon.code, angle: 0, from: 0, to: 1000, wraps_from: 5, wraps_to: 5 }],
};

describe('a wound blank', () => {
  it('is a tube: EI = E·π/4·(ro⁴ − ri⁴), mass from its strip', () => {
    const { at, mass } = windBlank(straight, [carbon]);
    const outer = 4 + 5 * carbon.ply_thickness;
    expect(at(300)).toMatchObject({ inner: 8, outer: 2 * outer });
    expect(at(300).stiffness).toBeCloseTo(carbon.modulus_along * 1e9 * (Math.PI / 4) * ((outer / 1e3) ** 4 - 0.004 ** 4), 6);
    const strip = 5 * Math.PI * ((8 + 2 * outer) / 2) * 1e-3;
    expect(mass).toBeCloseTo(plyWeight(carbon) * strip, 6);
  });
  it('sees a flag only where it lies', () => {
    const flag = { prepreg: carbon.code, angle: 0, from: 0, to: 400, wraps_from: 2, wraps_to: 0 };
    const { at, edges } = windBlank({ ...straight, plies: [...straight.plies, flag] }, [carbon]);
    expect(at(0).outer - at(500).outer).toBeCloseTo(4 * carbon.ply_thickness, 10);
    expect(at(200).outer - at(500).outer).toBeCloseTo(2 * carbon.ply_thickness, 10);
    expect(edges).toEqual([0, 400, 1000]);
  });
  it('refuses a prepreg that it was not given', () => {
    expect(() => windBlank(straight, [])).toThrow(/there is no prepreg/);
  });
});

describe('a design', () => {
  it('is refused with every place that is wrong', () => {
    const [good] = demoDesigns;
    const bad = {
      ...good,
      clamped: 2000,
      mandrel: [
        { at: 10, diameter: 12 },
        { at: 5, diameter: 2 },
      ],
      plies: [{ prepreg: 'x', angle: 0, from: 100, to: 90_00, wraps_from: 1, wraps_to: 1 }],
    };
    const paths = designSchema.safeParse(bad).error?.issues.map(({ path }) => path.join('.'));
    expect(paths).toEqual(expect.arrayContaining(['clamped', 'mandrel.1.at', 'mandrel.0.at', 'mandrel.1.at', 'plies.0.to', 'plies']));
  });
  it.each(demoDesigns)('$code is a rod that somebody would fish with', (design) => {
    const blank = windBlank(designSchema.parse(design), demoPrepregs);
    const index = bendingIndex(prepareBeam(blankBeam(blank)));
    expect(index?.rodNumber?.ern).toBeGreaterThan(2);
    expect(index?.rodNumber?.ern).toBeLessThan(9);
    expect(index?.actionAngle).toBeGreaterThan(55);
    expect(index?.actionAngle).toBeLessThan(75);
    expect(blank.mass).toBeGreaterThan(15);
    expect(blank.mass).toBeLessThan(90);
    expect(blank.at(design.length).outer).toBeLessThan(blank.at(0).outer);
  });
});
