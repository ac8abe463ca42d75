import { z } from 'zod';

/** A planned lay: what the spreader lays and the cutter cuts, by code. Not edited: runs were judged by it. */
export const laySchema = z
  .object({
    code: z.string().min(1).max(40),
    plies: z.number().int().min(1).max(200),
    /** Length of a ply, the marker and its ends, m. */
    length: z.number().min(0.2).max(30),
    /** All cut lines of the marker, m. */
    cut_length: z.number().min(0.5).max(2000),
    /** Tension of the fabric while it is laid, N: below it wrinkles, above it shrinks after cutting. */
    tension_low: z.number().min(0).max(200),
    tension_high: z.number().min(0).max(200),
  })
  .refine(({ tension_low, tension_high }) => tension_low < tension_high, { path: ['tension_high'], message: 'must be above tension_low' });

export type Lay = z.output<typeof laySchema>;

/** Shirts of one order, six garments a ply; the simulated spreader and cutter know it. */
export const demoLay: Lay = { code: 'LAY-2107', plies: 12, length: 6.4, cut_length: 182, tension_low: 6, tension_high: 14 };

/** Half a day's rest of the order, shorter and lower. */
const demoRest: Lay = { ...demoLay, code: 'LAY-2108', plies: 8, length: 4.3, cut_length: 121 };

export const demoLays: readonly Lay[] = [demoLay, demoRest];
