import { z } from 'zod';

/** What a plant may set. */
export const configSchema = z.object({
  /** °C of a green tire when the press closes on it. */
  greenTireTemperature: z.number().min(-10).max(90).default(30),
  /** °C of the air that a cured tire cools in. */
  ambientTemperature: z.number().min(-20).max(60).default(28),
});

export type TireConfig = z.output<typeof configSchema>;
