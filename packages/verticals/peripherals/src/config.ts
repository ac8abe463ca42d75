import { z } from 'zod';
import { reflowWindowSchema } from './reflow/window.js';

/** What an operator may set. */
export const configSchema = z.object({
  /** Limits of a reflow pass. */
  reflow: reflowWindowSchema.prefault({}),
  /** Share of futures in which a supply may run dry before the delivery after the next. */
  replenishmentRisk: z.number().min(0.01).max(0.5).default(0.1),
  /** Where days begin for printers, and which days their sites receive on (0 is Sunday), with the days of the way there. */
  timeZone: z
    .string()
    .refine(
      (zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC',
      'must be an IANA time zone such as Asia/Shanghai',
    )
    .default('Asia/Shanghai'),
  deliveryWeekdays: z.array(z.number().int().min(0).max(6)).min(1).max(7).default([2, 5]),
  leadDays: z.number().int().min(0).max(60).default(2),
  /** Days within which the maker answers a failure from the field. */
  failureAnswerDays: z.number().int().min(1).max(90).default(5),
});

export type PeripheralsConfig = z.output<typeof configSchema>;
