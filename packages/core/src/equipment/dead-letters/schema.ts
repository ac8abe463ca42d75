import { z } from 'zod';
import { idSchema, instantSchema, pageInput, pageOf } from '../../commands/index.js';

export const deadLetterSchema = z.object({
  id: idSchema,
  /** Code of the device. */
  device: z.string(),
  topic: z.string(),
  /** Bytes of the message. */
  size: z.number().int(),
  /** Whether all of it was kept: only then can it be replayed. */
  whole: z.boolean(),
  /** One of docs/devices.md. */
  reason: z.string(),
  detail: z.string(),
  /** How often the very same message came. */
  count: z.number().int(),
  firstAt: instantSchema,
  lastAt: instantSchema,
  /** When a replay was asked for that has not been done yet. */
  replayAskedAt: instantSchema.nullable(),
});

export const listDeadLettersInput = z.object({
  ...pageInput,
  reason: z.string().max(40).optional(),
  device: z.string().max(40).optional(),
});
export const deadLetterPage = pageOf(deadLetterSchema).extend({
  /** Letters whose message last came before it were dropped, because they are no longer kept; null when all are kept. */
  keptFrom: instantSchema.nullable(),
});

export const deadLetterInput = z.object({ letter: idSchema });
export const deadLetterDetail = deadLetterSchema.extend({
  /** The message as text, where it is text; what is not UTF-8 shows as U+FFFD. */
  text: z.string(),
  /** The kept bytes. */
  base64: z.string(),
});

export const deadLettersInput = z.object({ letters: z.array(idSchema).min(1).max(100) });
/** How many letters it was done to. */
export const deadLettersDone = z.object({ letters: z.number().int() });

export const standingLettersView = z.object({ items: z.array(deadLetterSchema) });

export const countDeadLettersInput = listDeadLettersInput.pick({ reason: true, device: true });

const counted = {
  letters: z.number().int(),
  /** The same message may have come more than once. */
  messages: z.number().int(),
  lastAt: instantSchema,
};
export const deadLetterCounts = z.object({
  letters: z.number().int(),
  messages: z.number().int(),
  /** Only the newest letters were counted: there are more than these. */
  more: z.boolean(),
  /** The most letters first. */
  reasons: z.array(z.object({ reason: z.string(), ...counted })),
  devices: z.array(z.object({ device: z.string(), ...counted })),
});
