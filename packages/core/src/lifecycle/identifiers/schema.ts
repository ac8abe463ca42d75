import { z } from 'zod';
import { idSchema, instantSchema, lineText, organizationRefSchema } from '../../commands/index.js';
import { thingSchema } from '../things.js';

/** `own`, `serial`, `batch`, `gtin`, `sgtin`, or a scheme of the industry's. */
export const schemeSchema = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'use a to z, 0 to 9 and hyphens, beginning with a letter');
const valueSchema = lineText(200);

export const newIdentifierSchema = z.object({
  scheme: schemeSchema,
  value: valueSchema,
  /** Whether everyone who sees the thing reads it; left out, everything but the scheme `own`. */
  shared: z.boolean().optional(),
});
export type NewIdentifier = z.infer<typeof newIdentifierSchema>;

export const identifierSchema = z.object({
  id: idSchema,
  scheme: z.string(),
  value: z.string(),
  /** Who calls it so. */
  organization: organizationRefSchema,
  own: z.boolean(),
  shared: z.boolean(),
  createdAt: instantSchema,
});
export type IdentifierView = z.infer<typeof identifierSchema>;

export const assignIdentifierInput = newIdentifierSchema.extend({ thing: idSchema });
export const identifiersSchema = z.object({ identifiers: z.array(identifierSchema) });
export const withdrawIdentifierInput = z.object({ thing: idSchema, identifier: idSchema });

export const identifyInput = z.object({ value: valueSchema, scheme: schemeSchema.optional() });
export const identifiedSchema = z.object({
  /** At most 50; `more` when there are others. */
  items: z.array(z.object({ thing: thingSchema, scheme: z.string(), value: z.string(), organization: organizationRefSchema })),
  more: z.boolean(),
});
export type Identified = z.infer<typeof identifiedSchema>;
