import { z } from 'zod';
import { dateSchema, instantSchema, wordsSchema } from '../commands/index.js';
import { usageMetrics } from './metrics.js';

/** `2026-11`, of the platform's calendar (UTC+8). */
const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month such as "2026-11"');

export const monthsInput = z.object({});
export const monthInput = z.object({ month: monthSchema });

const head = {
  month: monthSchema,
  /** Open until it is closed for good, some days after its end. */
  state: z.enum(['open', 'closed']),
  closedAt: instantSchema.nullable(),
  /** SHA-256 over the previous month's hash, LF, and for each line `position|metric|key|value` and LF; null while open. */
  hash: z.string().nullable(),
  previousHash: z.string().nullable(),
};

export const usageMonthsSchema = z.object({
  /** The last day that has been counted. */
  countedUntil: dateSchema.nullable(),
  items: z.array(z.object(head)),
});
export type UsageMonths = z.infer<typeof usageMonthsSchema>;

export const usageMonthSchema = z.object({
  ...head,
  countedUntil: dateSchema.nullable(),
  lines: z.array(
    z.object({
      /** As numbered in the hash; null while the month is open. */
      position: z.number().int().nullable(),
      metric: z.enum(usageMetrics),
      words: wordsSchema,
      /** Feature of the command, kind of actor, or currency; empty when the metric has none. */
      key: z.string(),
      /** `count`, `By` (bytes, UCUM) or the currency. */
      unit: z.string(),
      value: z.string().describe('Exact decimal'),
      /** Written after the month was closed; a difference to the lines before it. */
      correction: z.boolean(),
      reason: z.string().nullable(),
    }),
  ),
});
export type UsageMonth = z.infer<typeof usageMonthSchema>;

export const usageCsvSchema = z.object({ name: z.string(), csv: z.string() });
