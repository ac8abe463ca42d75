import { z } from 'zod';
import { idSchema, instantSchema, pageInput, pageOf } from '../../commands/index.js';
import { deviceCommandStates } from './states.js';

const deviceCode = z.string().regex(/^[a-z0-9-]{1,40}$/, 'use 1 to 40 of a-z 0-9 -');
const commandName = z.string().regex(/^[a-z][a-z0-9_.]{0,79}$/, 'use a-z 0-9 _ . beginning with a letter, at most 80');
const longestLifeS = 30 * 86_400;

export const sendCommandInput = z.object({
  device: deviceCode,
  name: commandName,
  /** JSON, at most 16 KiB. Checked against the equipment's model where that declares commands. */
  parameters: z.record(z.string(), z.unknown()).default({}),
  /** How long, by the platform's clock, it may still be given to the device; 5 minutes unless said, 30 days at most. */
  expiresInS: z.number().int().min(1).max(longestLifeS).default(300),
});

export const commandInput = z.object({ command: idSchema });

export const listCommandsInput = z.object({
  ...pageInput,
  device: deviceCode.optional(),
  state: z.enum(deviceCommandStates).optional(),
});

/** What the device said, as it said it. */
export const commandAnswer = z.object({
  ok: z.boolean(),
  /** Why not, in the device's words. */
  error: z.string().nullable(),
  /** Whatever else the answer held. */
  more: z.record(z.string(), z.unknown()),
  /** When the platform received it. */
  at: instantSchema,
  /** It came after the expiry or the cancellation, and moved nothing. */
  late: z.boolean(),
});

export const commandView = z.object({
  id: idSchema,
  device: z.string(),
  equipment: idSchema,
  name: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  state: z.enum(deviceCommandStates),
  createdAt: instantSchema,
  createdBy: z.string(),
  expiresAt: instantSchema,
  /** When it was first given to the connected device, or to a broker of your own. */
  sentAt: instantSchema.nullable(),
  /** How often it was given: a device that came back without having answered was given it again. */
  deliveries: z.number().int(),
  endedAt: instantSchema.nullable(),
  answer: commandAnswer.nullable(),
});

export const commandStep = z.object({
  at: instantSchema,
  what: z.enum(['queued', 'sent', 'acknowledged', 'rejected', 'expired', 'canceled', 'answered_late', 'answered_otherwise']),
  /** The person or key; null where it was the platform or the device. */
  by: z.string().nullable(),
  answer: z.record(z.string(), z.unknown()).nullable(),
});

/** `trail`: everything that happened to it, oldest first. */
export const commandDetail = commandView.extend({ trail: z.array(commandStep) });
export const commandPage = pageOf(commandView).extend({
  /** Commands that ended before it were dropped, because they are no longer kept; null when all are kept. */
  keptFrom: instantSchema.nullable(),
});
