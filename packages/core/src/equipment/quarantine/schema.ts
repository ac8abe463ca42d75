import { z } from 'zod';
import { idSchema, instantSchema, pageInput, pageOf } from '../../commands/index.js';

const deviceCode = z.string().regex(/^[a-z0-9-]{1,40}$/, 'use 1 to 40 of a-z 0-9 -');
const signalKind = z.enum(['number', 'text', 'boolean']);

export const quarantinedView = z.object({
  id: idSchema,
  device: z.string(),
  /** Null: the device itself is unknown. */
  signal: z.string().nullable(),
  /** Of the device, where that is known. */
  equipment: idSchema.nullable(),
  /** Messages that held it; of an unknown device: its messages or attempts to connect. */
  count: z.number().int(),
  firstAt: instantSchema,
  lastAt: instantSchema,
  /** The first value that it had, where it had one, and the kind of signal that such a value is of. */
  value: z.union([z.number(), z.string(), z.boolean(), z.null()]),
  kind: signalKind.nullable(),
  /** The beginning of the first message, at most 4 KiB; null: it never came so far as to say anything. */
  sample: z.string().nullable(),
  /** The network from which a device first knocked at the embedded broker: an IPv4 address, or the /64 of an IPv6 one. */
  from: z.string().nullable(),
});

export const listQuarantineInput = z.object({ ...pageInput, device: deviceCode.optional() });
export const quarantinePage = pageOf(quarantinedView);

export const quarantineInput = z.object({ entry: idSchema });

export const acceptSignalInput = z.object({
  entry: idSchema,
  /** UCUM; `1` for a bare number, empty for text. */
  unit: z
    .string()
    .max(40)
    .regex(/^[^\p{Cc}\s]*$/u, 'must be a UCUM unit'),
  kind: signalKind,
  range: z.object({ low: z.number().optional(), high: z.number().optional() }).optional(),
});
/** `letters`: how many dead letters of the device are being replayed; that takes a gateway seconds. */
export const acceptedSignal = z.object({ equipment: idSchema, device: z.string(), signal: z.string(), letters: z.number().int() });

export const acceptDeviceInput = z.object({
  entry: idSchema,
  /** What it speaks for. */
  equipment: idSchema,
});
/** `token` is shown once; a replay of the same command gives null. */
export const acceptedDevice = z.object({
  device: z.string(),
  username: z.string(),
  token: z.string().nullable(),
  letters: z.number().int(),
});

export const dismissed = z.object({ entry: idSchema });

/** `all`: whatever the equipment's model. */
export const registrationView = z.object({ all: z.boolean(), models: z.array(z.string()) });
export const switchRegistrationInput = z.object({
  /** A model's id; left out: all of the organization's equipment. */
  model: z.string().min(1).max(80).optional(),
  on: z.boolean(),
});
