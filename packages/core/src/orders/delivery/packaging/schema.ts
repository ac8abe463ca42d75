import { z } from 'zod';

/** GS1 General Specifications 1.4.2: a GS1 Company Prefix has four to twelve digits. */
export const companyPrefixSchema = z.string().regex(/^\d{4,12}$/, 'a GS1 company prefix has 4 to 12 digits');

export const registerPrefixInput = z.object({ prefix: companyPrefixSchema });

export const packagingSchema = z.object({
  /** With which SSCC begin; null when none is registered, and packages get internal numbers. */
  gs1Prefix: companyPrefixSchema.nullable(),
  /** How many SSCC the prefix still has. */
  ssccLeft: z.number().int().nullable(),
  /** The next internal package number. */
  nextPackage: z.string(),
});
export type Packaging = z.infer<typeof packagingSchema>;
