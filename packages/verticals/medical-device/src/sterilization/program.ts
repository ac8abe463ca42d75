import { z } from 'zod';

/** A validated program. Programs are not edited: cycles were judged by them. */
export const programSchema = z
  .object({
    code: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and "-"'),
    name: z.string().trim().min(1).max(120),
    /** °C: the lower limit of the sterilization temperature band. */
    temperature: z.number().min(115).max(138),
    /** Minutes in which every place is at or above it. */
    holding_time: z.number().positive().max(120),
    /** Minutes at 121.1 °C that the coldest place has to gather. */
    minimum_f0: z.number().positive().max(600),
    /** K above the lower limit that no place may exceed while holding. */
    band: z.number().positive().max(10).default(3),
    /** K between the warmest and the coldest place at any moment while holding. */
    spread: z.number().positive().max(5).default(2),
    /** Evacuations before the exposure, each to `vacuum` bar absolute or below. */
    pulses: z.number().int().min(0).max(10).default(3),
    vacuum: z.number().positive().max(0.9).default(0.12),
    /** How many load probes have to speak. */
    probes: z.number().int().min(1).max(5).default(5),
  })
  .strict();

export type SterilizationProgram = z.output<typeof programSchema>;

/** Wrapped goods at 134 °C: EN 285 asks 3 min of holding; F₀ of 3 min at 134 °C is 58.5. */
export const wrapped134: SterilizationProgram = {
  code: 'wrapped-134',
  name: 'Wrapped goods 134 °C / 包裹器械 134 °C',
  temperature: 134,
  holding_time: 3,
  minimum_f0: 55,
  band: 3,
  spread: 2,
  pulses: 3,
  vacuum: 0.12,
  probes: 5,
};

/** Heat-sensitive polymers at 121 °C: 15 min of holding. */
export const polymer121: SterilizationProgram = {
  ...wrapped134,
  code: 'polymer-121',
  name: 'Polymers 121 °C / 高分子器械 121 °C',
  temperature: 121,
  holding_time: 15,
  minimum_f0: 14,
};
