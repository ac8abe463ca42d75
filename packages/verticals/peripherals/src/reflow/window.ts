import { z } from 'zod';

const celsius = z.number().min(100).max(300);

/**
 * What a lead-free board must have seen at its surface. Peak is the band of `peripherals.md`; the other limits are the Pb-free
 * column of IPC/JEDEC J-STD-020, which classifies packages: a paste's own data sheet goes before them.
 */
export const reflowWindowSchema = z.object({
  peakLow: celsius.default(235),
  peakHigh: celsius.default(250),
  liquidus: celsius.default(217),
  /** s above liquidus. */
  aboveLow: z.number().min(0).default(60),
  aboveHigh: z.number().max(600).default(150),
  soakFrom: celsius.default(150),
  soakTo: celsius.default(200),
  /** s from `soakFrom` to `soakTo`. */
  soakLow: z.number().min(0).default(60),
  soakHigh: z.number().max(600).default(120),
  /** K/s, mean from liquidus to peak. */
  rampUp: z.number().positive().default(3),
  /** K/s, mean from peak to liquidus. */
  rampDown: z.number().positive().default(6),
  /** s from 25 °C to peak. */
  toPeak: z.number().positive().default(480),
});

export type ReflowWindow = z.output<typeof reflowWindowSchema>;
