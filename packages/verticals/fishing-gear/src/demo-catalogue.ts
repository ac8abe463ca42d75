import type { BlankDesign } from './blank/design.js';
import type { Prepreg } from './blank/prepreg.js';

/** Typical rod prepregs, as catalogues of this class give them; a maker enters those of its own data sheets (check). */
export const demoPrepregs: readonly Prepreg[] = [
  {
    code: 'UD-24T-125',
    name: 'Carbon UD 24 t, 125 g/m²',
    maker: 'Laizhou Prepreg',
    modulus_along: 130,
    modulus_across: 9,
    shear_modulus: 4.8,
    poisson: 0.3,
    areal_weight: 125,
    resin_content: 30,
    fiber_density: 1.8,
    ply_thickness: 0.115,
    out_life: 720,
  },
  {
    code: 'UD-40T-100',
    name: 'Carbon UD 40 t, 100 g/m²',
    maker: 'Laizhou Prepreg',
    modulus_along: 215,
    modulus_across: 7.5,
    shear_modulus: 4.4,
    poisson: 0.28,
    areal_weight: 100,
    resin_content: 28,
    fiber_density: 1.82,
    ply_thickness: 0.088,
    out_life: 720,
  },
  {
    code: 'SCRIM-30',
    name: 'Glass scrim 30 g/m²',
    maker: 'Laizhou Prepreg',
    modulus_along: 38,
    modulus_across: 9,
    shear_modulus: 3.8,
    poisson: 0.27,
    areal_weight: 30,
    resin_content: 38,
    fiber_density: 2.55,
    ply_thickness: 0.027,
    out_life: 720,
  },
];

const cure = { temperature: 130, dwell: 60, ramp: 4, ceiling: 150, activation_energy: 75 };

/** Blanks of the demo world: a 9 ft fly rod for line 5, and a 7 ft lure rod. */
export const demoDesigns: readonly BlankDesign[] = [
  {
    code: 'FLY-905-4',
    name: '9 ft fly blank, line 5',
    length: 2650,
    clamped: 90,
    mandrel: [
      { at: 0, diameter: 8.4 },
      { at: 1300, diameter: 5.0 },
      { at: 2650, diameter: 0.8 },
    ],
    plies: [
      { prepreg: 'SCRIM-30', angle: 90, from: 0, to: 2650, wraps_from: 1, wraps_to: 1 },
      { prepreg: 'UD-40T-100', angle: 0, from: 0, to: 2650, wraps_from: 3, wraps_to: 2.6 },
      { prepreg: 'UD-24T-125', angle: 0, from: 0, to: 1500, wraps_from: 2.2, wraps_to: 0 },
    ],
    cure,
  },
  {
    code: 'LURE-702-2',
    name: '7 ft lure blank, medium light',
    length: 2080,
    clamped: 80,
    mandrel: [
      { at: 0, diameter: 9 },
      { at: 2080, diameter: 0.9 },
    ],
    plies: [
      { prepreg: 'SCRIM-30', angle: 90, from: 0, to: 2080, wraps_from: 1, wraps_to: 1 },
      { prepreg: 'UD-24T-125', angle: 0, from: 0, to: 2080, wraps_from: 3, wraps_to: 2 },
    ],
    cure,
  },
];
