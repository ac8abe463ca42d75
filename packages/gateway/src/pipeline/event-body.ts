import { z } from 'zod';
import { shown } from './shown.js';

const run = z.string().min(1).max(100);
const amount = z.number().nonnegative().max(1e12);

/** What the events that the platform itself understands must carry; others are the device's own and carry what they like. */
const shapes: Readonly<Record<string, z.ZodType>> = {
  count: z
    .object({
      good: amount.optional(),
      scrap: amount.optional(),
      rework: amount.optional(),
      reworked: amount.optional(),
      reason: z.string().max(30).nullish(),
    })
    .refine(({ good, scrap, rework }) => good !== undefined || scrap !== undefined || rework !== undefined, 'give good, scrap or rework'),
  run_started: z.object({ run, program: z.string().max(200).optional() }),
  run_ended: z.object({ run }),
  state: z.object({ state: z.string().min(1).max(100) }),
  command_ack: z
    .object({ id: z.uuid(), ok: z.boolean().optional(), error: z.string().max(500).nullish() })
    .refine(({ ok, error }) => ok === true || (typeof error === 'string' && error !== ''), 'give ok: true, or error'),
  configuration_reported: z.object({
    version: z.number().int().min(0).max(2_147_483_647),
    configuration: z.record(z.string(), z.unknown()).nullish(),
    error: z.string().min(1).max(500).nullish(),
  }),
};

const typeShape = /^[a-z][a-z0-9_.]{0,79}$/;

/** A sentence about what is wrong with an event's type or body; null when it is right. */
export function eventProblem(type: unknown, body: Readonly<Record<string, unknown>>): string | null {
  if (typeof type !== 'string' || !typeShape.test(type)) return `type is ${shown(type)}; use a-z 0-9 _ . beginning with a letter`;
  const result = shapes[type]?.safeParse(body);
  if (!result || result.success) return null;
  const issue = result.error.issues[0];
  return `${type}.${issue?.path.join('.') || 'body'}: ${issue?.message}`;
}
