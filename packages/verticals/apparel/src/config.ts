import { currencySchema, decimalSchema } from '@yunfab/core/measure';
import { z } from 'zod';

const price = (initial: string) => decimalSchema.default(initial);

/** What a plant or a brand may set; every default is a house figure. */
export const configSchema = z.object({
  /** Thread breaks per 1000 stitches that a seam may have. */
  threadBreaksPer1000: z.number().positive().default(1),
  /** CIELAB difference between two plies of one lay beyond which they are of two shades. */
  shadeDifference: z.number().positive().default(1),
  /** A of the cutting head from which its blade is dull. */
  bladeLoad: z.number().positive().default(6.5),
  /** °C of iron or press for the fabrics that are made here. */
  pressLow: z.number().min(60).max(230).default(140),
  pressHigh: z.number().min(60).max(230).default(185),
  /** Prices to persons, in `currency`. */
  currency: currencySchema.default('CNY'),
  shirtPrice: price('399.00'),
  trousersPrice: price('459.00'),
  chestPocketPrice: price('15.00'),
  monogramPrice: price('30.00'),
  turnUpPrice: price('20.00'),
});

export type ApparelConfig = z.output<typeof configSchema>;
