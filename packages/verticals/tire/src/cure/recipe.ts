import { z } from 'zod';

const positive = (high: number) => z.number().positive().max(high);

/** How one compound and section is cured and judged. Temperatures are °C, equivalents are minutes at `reference`. */
export const recipeSchema = z
  .object({
    code: z.string().trim().min(1).max(40),
    name: z.string().trim().min(1).max(100),
    /** Apparent activation energy of the least forgiving compound, kJ/mol. */
    activation_energy: positive(300),
    reference: z.number().min(80).max(200).default(150),
    /** Window of the cure equivalent at the point of least cure, tail included. */
    target_low: positive(1000),
    target_high: positive(1000),
    /** Cure equivalent that the least cured point needs before pressure is let off, or pores form. */
    blow_point: positive(1000),
    /** Cure equivalent at the hottest point from which the compound reverts. */
    reversion: positive(5000),
    /** Nominal time in the closed press, min. */
    cure_time: positive(600),
    /** Set point of the mould. */
    mould_temperature: z.number().min(100).max(220),
    /** Least internal pressure while closed, bar. */
    minimum_pressure: positive(60),
    /** Thickness through the point of least cure, mm. */
    gauge: positive(200),
    /** mm²/s */
    diffusivity: z.number().min(0.02).max(1).default(0.13),
  })
  .refine((recipe) => recipe.target_low < recipe.target_high, { path: ['target_high'], message: 'must be above target_low' });

export type CureRecipe = z.output<typeof recipeSchema>;

/** Passenger recipe of the demo world: window of ±10 % around 19.5 min, the acceptance of the published case in `tire.md`. */
export const passengerRecipe: CureRecipe = {
  code: 'pcr-205-55-r16',
  name: 'PCR 205/55R16',
  activation_energy: 90,
  reference: 150,
  target_low: 17.5,
  target_high: 21.5,
  blow_point: 7,
  reversion: 90,
  cure_time: 11,
  mould_temperature: 170,
  minimum_pressure: 12,
  gauge: 15,
  diffusivity: 0.13,
};
