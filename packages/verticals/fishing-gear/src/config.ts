import { z } from 'zod';

/** What a plant may set. */
export const configSchema = z.object({
  /** By how much the rod number may lie off when the order names no tolerance. */
  rodNumberTolerance: z.number().min(0.05).max(3).default(0.3),
  /** Degrees by which the action angle may lie off when the order names no tolerance. */
  actionAngleTolerance: z.number().min(0.2).max(20).default(3),
  /** Percent by which butt and tip may each be softer or stiffer than the lay-up says. */
  stiffnessTolerance: z.number().min(1).max(60).default(15),
});

export type FishingGearConfig = z.output<typeof configSchema>;
