import { z } from 'zod';
import { idSchema, instantSchema, organizationRefSchema, wordsSchema } from '../../commands/index.js';
import { quantitySchema } from '../../measure/index.js';
import { activityKinds } from '../activities/kinds.js';
import { thingSchema } from '../things.js';

export const traceDirections = ['forward', 'backward', 'both'] as const;

export const traceInput = z.object({
  thing: idSchema,
  direction: z.enum(traceDirections).default('both'),
  /** How many steps away; left out, as far as it goes. */
  depth: z.number().int().min(1).max(100).optional(),
  /** How many things at most in each direction, the nearest first. */
  limit: z.number().int().min(1).max(5000).default(500),
});

export const traceNodeSchema = thingSchema.extend({
  /** Steps from the start: positive forward, negative backward, 0 the start itself. */
  step: z.number().int(),
});

export const traceEdgeSchema = z.object({
  /** What went in, and what it became part of: nodes of the same answer. */
  input: z.string(),
  output: z.string(),
  /** `member`: the output is a unit of the input, a lot. */
  kind: z.enum(['member', ...activityKinds]),
  kindWords: wordsSchema,
  activity: idSchema.nullable(),
  position: z.string().nullable(),
  quantity: quantitySchema,
  at: instantSchema,
  /** When it was taken out again. */
  until: instantSchema.nullable(),
});

/** What befell a thing that made nothing else of it: inspected, shipped, used, scrapped. */
export const traceEndSchema = z.object({
  node: z.string(),
  activity: idSchema,
  kind: z.enum(activityKinds),
  kindWords: wordsSchema,
  performer: organizationRefSchema,
  receiver: organizationRefSchema.nullable(),
  quantity: quantitySchema,
  at: instantSchema,
});

export const traceSchema = z.object({
  start: z.string(),
  nodes: z.array(traceNodeSchema),
  edges: z.array(traceEdgeSchema),
  ends: z.array(traceEndSchema),
  /** What of the history that may be seen is not in this answer. */
  cut: z.object({
    /** Things that can be reached in each direction, the start aside; counted to 1,000,000. */
    forward: z.object({ shown: z.number().int(), reached: z.number().int() }).nullable(),
    backward: z.object({ shown: z.number().int(), reached: z.number().int() }).nullable(),
    edges: z.boolean(),
    ends: z.boolean(),
  }),
});
export type TraceView = z.infer<typeof traceSchema>;

/** Every lot and unit that something went into, or came from, as a list of any length. */
export const reachInput = z.object({
  thing: idSchema,
  direction: z.enum(['forward', 'backward']),
  limit: z.number().int().min(1).max(1000).default(200),
  cursor: z
    .string()
    .regex(/^\d{1,7}$/)
    .optional(),
});
export const reachSchema = z.object({
  items: z.array(thingSchema),
  /** How many there are in all, counted to 1,000,000. */
  total: z.number().int(),
  next: z.string().nullable(),
});
export type ReachView = z.infer<typeof reachSchema>;
