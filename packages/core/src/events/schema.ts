import { z } from 'zod';

/** What happened, as every reader may see it. */
export const timelineEntrySchema = z.object({
  id: z.uuid(),
  type: z.string().describe('Dotted and in the past tense: `orders.proposed`'),
  record: z.uuid().nullable(),
  recordKind: z.string().nullable(),
  organization: z.string().describe('Code of the organization that did it'),
  actor: z.object({ kind: z.enum(['person', 'key', 'device', 'system']), label: z.string() }),
  at: z.iso.datetime(),
  body: z.record(z.string(), z.unknown()),
});
export type TimelineEntry = z.output<typeof timelineEntrySchema>;

/** An event as it stands in one organization's feed, at `cursor`. */
export const eventSchema = timelineEntrySchema.extend({
  cursor: z.number().int().describe('Position in your own feed, without gaps'),
});
export type WireEvent = z.output<typeof eventSchema>;
