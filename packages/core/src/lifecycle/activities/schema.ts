import { z } from 'zod';
import {
  idSchema,
  instantSchema,
  lineText,
  organizationCodeSchema,
  organizationRefSchema,
  pageInput,
  pageOf,
  wordsSchema,
} from '../../commands/index.js';
import { positiveDecimalSchema, quantitySchema } from '../../measure/index.js';
import { thingSchema } from '../things.js';
import { activityKinds } from './kinds.js';

/** A reference designator (`U12`), a component position, a chamber: where in the whole a part sits. */
export const positionSchema = lineText(60);

const namedThing = {
  /** A lot or a unit. */
  thing: idSchema,
  position: positionSchema.optional(),
};
export const activityInputSchema = z.object({
  ...namedThing,
  /** In the unit of the lot; a unit is always one. */
  quantity: positiveDecimalSchema.optional(),
});
export const activityOutputSchema = z.object({
  ...namedThing,
  /** Counted into the lot; left out for a lot into which production counts. */
  quantity: positiveDecimalSchema.optional(),
});

/** What is left to say, as JSON: at most 16 KiB. */
const detailsSchema = z
  .record(z.string().max(80), z.json())
  .refine((details) => Buffer.byteLength(JSON.stringify(details)) <= 12_000, 'must not be longer than 12,000 bytes as JSON');

export const mostInputs = 200;
export const mostOutputs = 500;

export const recordActivityInput = z.object({
  kind: z.enum(activityKinds),
  /** Left out: now. */
  at: instantSchema.optional(),
  place: lineText(200).optional(),
  inputs: z.array(activityInputSchema).max(mostInputs).default([]),
  outputs: z.array(activityOutputSchema).max(mostOutputs).default([]),
  /** Whom it is shipped to: what is shipped is theirs to see and to hold from then on. */
  receiver: organizationCodeSchema.optional(),
  /** Organizations that read the activity for good; others by grants, which end. */
  sharedWith: z.array(organizationCodeSchema).max(20).default([]),
  equipment: idSchema.optional(),
  run: idSchema.optional(),
  note: z.string().trim().max(2000).optional(),
  details: detailsSchema.default({}),
});
export type NewActivity = z.input<typeof recordActivityInput>;

export const activityThingSchema = z.object({
  role: z.enum(['input', 'output']),
  thing: thingSchema,
  quantity: quantitySchema,
  position: z.string().nullable(),
});

export const activitySchema = z.object({
  id: idSchema,
  kind: z.enum(activityKinds),
  kindWords: wordsSchema,
  at: instantSchema,
  performer: organizationRefSchema,
  own: z.boolean(),
  receiver: organizationRefSchema.nullable(),
  place: z.string().nullable(),
  equipment: idSchema.nullable(),
  run: idSchema.nullable(),
  note: z.string().nullable(),
  details: z.record(z.string(), z.json()),
  recordedBy: z.string(),
  recordedAt: instantSchema,
  /** The first 200; `cut` says that there are more. */
  things: z.array(activityThingSchema),
  cut: z.boolean(),
});
export type ActivityView = z.infer<typeof activitySchema>;

export const activityIdInput = z.object({ activity: idSchema });
/** Without a thing: those that one's own organization recorded. */
export const activityListInput = z.object({ ...pageInput, thing: idSchema.optional() });
export const activityPageSchema = pageOf(activitySchema);
