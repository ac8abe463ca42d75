import { z } from 'zod';

/** What a maker may set. */
export const configSchema = z.object({
  /** K that the chamber may be from saturated steam at its pressure, on average while holding (EN 285: 2 K). */
  steamTolerance: z.number().positive().max(5).default(2),
});

export type MedicalDeviceConfig = z.output<typeof configSchema>;
