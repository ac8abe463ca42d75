import { z } from 'zod';

/** g/cm³ of a cured epoxy matrix; data sheets of rod prepregs say 1.20 to 1.30. */
const epoxyDensity = 1.25;

/**
 * A unidirectional prepreg as its maker's catalogue gives it. Moduli are those of the cured ply (GPa): along the fibres,
 * across them, in-plane shear; `poisson` is ν12. Areal weight is of the fibres alone (g/m²), resin content by mass (%).
 */
export const prepregSchema = z
  .object({
    code: z.string().trim().min(1).max(40),
    name: z.string().trim().min(1).max(80),
    maker: z.string().trim().min(1).max(80),
    modulus_along: z.number().positive().max(700),
    modulus_across: z.number().positive().max(100),
    shear_modulus: z.number().positive().max(100),
    poisson: z.number().min(0).lt(0.5),
    areal_weight: z.number().positive().max(1000),
    resin_content: z.number().positive().lt(100),
    /** g/cm³ of the fibre: carbon 1.75–1.95, E-glass 2.55. */
    fiber_density: z.number().positive().max(8),
    /** mm of one cured ply. */
    ply_thickness: z.number().positive().max(1),
    /** Hours at room temperature that the maker allows between freezer and oven. */
    out_life: z.number().positive().max(10_000),
  })
  .refine((prepreg) => Math.abs(prepreg.ply_thickness / consolidatedThickness(prepreg) - 1) <= 0.2, {
    path: ['ply_thickness'],
    message: 'lies more than 20 % off what areal weight and resin content make of it',
  });

export type Prepreg = z.output<typeof prepregSchema>;

interface Composition {
  readonly areal_weight: number;
  readonly resin_content: number;
}

/** g/m² of fibres and resin together. */
export function plyWeight({ areal_weight, resin_content }: Composition): number {
  return areal_weight / (1 - resin_content / 100);
}

/** mm of a ply without voids: the volumes of its fibres and of its resin over one square metre. */
export function consolidatedThickness(prepreg: Composition & { readonly fiber_density: number }): number {
  const resin = plyWeight(prepreg) - prepreg.areal_weight;
  return (prepreg.areal_weight / prepreg.fiber_density + resin / epoxyDensity) / 1000;
}

/**
 * GPa along the blank of a ply whose fibres lie at `degrees` to it: 1/Ex = c⁴/E1 + (1/G12 − 2ν12/E1)·s²c² + s⁴/E2
 * (classical transformation of an orthotropic lamina; Jones, Mechanics of Composite Materials, eq. 2.97).
 */
export function offAxisModulus(
  {
    modulus_along: e1,
    modulus_across: e2,
    shear_modulus: g12,
    poisson,
  }: Pick<Prepreg, 'modulus_along' | 'modulus_across' | 'shear_modulus' | 'poisson'>,
  degrees: number,
): number {
  const c = Math.cos((degrees * Math.PI) / 180) ** 2;
  const s = 1 - c;
  return 1 / ((c * c) / e1 + (1 / g12 - (2 * poisson) / e1) * s * c + (s * s) / e2);
}
