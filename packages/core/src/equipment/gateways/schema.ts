import { z } from 'zod';
import { idSchema, instantSchema } from '../../commands/index.js';

const count = z.number().int();

/** In messages, since the process started: `received = committed + duplicate + deadLettered + inFlight + unaccounted`. */
const countersView = z.object({
  received: count,
  committed: count,
  duplicate: count,
  deadLettered: count,
  inFlight: count,
  /** Anything but 0 is a message lost. */
  unaccounted: count,
  inFlightBytes: count,
  /** How long the oldest message in flight has waited, ms; 0 when there is none. */
  oldestInFlightMs: count,
  droppedQos0: count,
  refused: count,
  valuesCommitted: count,
  valuesRefused: count,
  batches: count,
  batchesMerged: count,
  retries: count,
  connections: count,
});

export const gatewayView = z.object({
  id: idSchema,
  name: z.string(),
  /** `gone`: not heard of for 15 s, and it did not say that it stops. */
  state: z.enum(['running', 'stopped', 'gone']),
  startedAt: instantSchema,
  /** When it counted. */
  asOf: instantSchema,
  counters: countersView,
  /** Between its last two reports, a second; null until there are two. */
  rates: z.object({ messages: z.number(), values: z.number(), overSeconds: z.number() }).nullable(),
});

export const gatewaysView = z.object({ items: z.array(gatewayView) });

export const gatewayStatusView = z.object({
  running: count,
  /** When the last of them was heard of; null while none ever ran. */
  newestAt: instantSchema.nullable(),
  /** Whether you run the platform, and so may read `equipment.gateways.list`. */
  operator: z.boolean(),
});

export const deviceTrafficInput = z.object({
  /** How far back is counted. */
  minutes: z.coerce.number().int().min(1).max(60).default(15),
  /** Only the devices that speak for it. */
  equipment: idSchema.optional(),
});

export const deviceTrafficView = z.object({
  asOf: instantSchema,
  since: instantSchema,
  items: z.array(
    z.object({
      device: z.string(),
      equipment: z.object({ id: idSchema, code: z.string(), name: z.string() }),
      credential: z.enum(['live', 'revoked']),
      /** What it said last of its connection; null when it never did. */
      online: z.boolean().nullable(),
      changedAt: instantSchema.nullable(),
      /**
       * Readings and events stored since then, each counted once: their receipts were committed together with their values. One
       * message may hold many.
       */
      stored: count,
      /** When the newest of these came. */
      receivedAt: instantSchema.nullable(),
      /** The time of the newest value of its equipment, Unix ms, by the device's clock. */
      newestTs: z.number().nullable(),
      /** Dead letters that came since then, and all that stand; counted among your organization's newest 100,000. */
      letters: count,
      lettersWaiting: count,
    }),
  ),
  /** There are more devices than these 2,000. */
  more: z.boolean(),
});
