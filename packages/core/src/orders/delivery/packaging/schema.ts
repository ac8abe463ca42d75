import { z } from 'zod';
import { idSchema, instantSchema, lineText, wordsSchema } from '../../../commands/index.js';
import { isSscc } from '../../../gs1/index.js';
import { decimalSchema, nonNegativeDecimalSchema, positiveDecimalSchema, quantitySchema } from '../../../measure/index.js';
import { packageTypes } from './types.js';

/** GS1 General Specifications 1.4.2: a GS1 Company Prefix has four to twelve digits. */
export const companyPrefixSchema = z.string().regex(/^\d{4,12}$/, 'a GS1 company prefix has 4 to 12 digits');

export const registerPrefixInput = z.object({ prefix: companyPrefixSchema });

export const packagingSchema = z.object({
  /** With which SSCC begin; null when none is registered, and packages get internal numbers. */
  gs1Prefix: companyPrefixSchema.nullable(),
  /** Which comes next; null without a prefix, or when it is used up. */
  nextSscc: z.string().nullable(),
  /** How many SSCC the prefix still has. */
  ssccLeft: z.number().int().nullable(),
  /** The next internal package number. */
  nextPackage: z.string(),
});
export type Packaging = z.infer<typeof packagingSchema>;

const sizeSchema = z.object({ lengthMm: positiveDecimalSchema, widthMm: positiveDecimalSchema, heightMm: positiveDecimalSchema });

/** One package of a shipment. The list is flat: a package that holds others stands before them, and they name its place. */
export const newPackageInput = z
  .object({
    /** Code of UN/ECE Recommendation 21: CT carton, PX pallet, DR drum … */
    type: z.enum(packageTypes),
    /** Place in `packages`, from 0, of the package that holds this one; left out for an outermost one. */
    inside: z.number().int().nonnegative().optional(),
    /** An SSCC that it already bears; one is made when neither this nor `number` is given. */
    sscc: z.string().refine(isSscc, 'an SSCC has 18 digits, the last of them its check digit').optional(),
    /** A number of your own, when it bears no SSCC. */
    number: lineText(60)
      .refine((text) => /^[\x20-\x7e]+$/.test(text), 'a package number has ASCII characters, so that it can be a barcode')
      .optional(),
    grossKg: nonNegativeDecimalSchema.optional(),
    netKg: nonNegativeDecimalSchema.optional(),
    size: sizeSchema.optional(),
    contents: z
      .array(
        z.object({
          /** Place in `lines` of the shipment, from 0. */
          line: z.number().int().nonnegative(),
          /** In the unit in which that line is given. */
          quantity: positiveDecimalSchema,
          serials: z.array(lineText(60)).min(1).max(5000).optional(),
        }),
      )
      .max(200)
      .default([]),
  })
  .refine(({ sscc, number }) => sscc === undefined || number === undefined, {
    path: ['number'],
    message: 'give an SSCC or a number, one of them',
  })
  .refine(({ grossKg, netKg }) => netKg === undefined || grossKg === undefined || Number(netKg) <= Number(grossKg), {
    path: ['netKg'],
    message: 'the net weight is not above the gross weight',
  });
export type NewPackage = z.output<typeof newPackageInput>;

export const packagesInput = {
  packages: z.array(newPackageInput).min(1).max(1000).optional(),
  /** How packages without a number get one: SSCC when your organization has registered its GS1 company prefix, else internal. */
  packageNumbers: z.enum(['sscc', 'internal']).optional(),
};

export const packageSchema = z.object({
  id: idSchema,
  position: z.number().int(),
  /** The package that holds it. */
  inside: idSchema.nullable(),
  number: z.string(),
  sscc: z.boolean(),
  /** As a scanner reads it: Application Identifier 00 and the SSCC; null for an internal number. */
  elementString: z.string().nullable(),
  type: z.enum(packageTypes),
  typeWords: wordsSchema,
  grossKg: decimalSchema.nullable(),
  netKg: decimalSchema.nullable(),
  size: z.object({ lengthMm: decimalSchema, widthMm: decimalSchema, heightMm: decimalSchema }).nullable(),
  contents: z.array(z.object({ shipmentLine: idSchema, quantity: quantitySchema, serials: z.array(z.string()) })),
});
export type PackageView = z.infer<typeof packageSchema>;

export const findPackageInput = z.object({
  /** What was scanned or typed: an SSCC, an element string with (00), a GS1 Digital Link, or a package number. */
  code: z.string().trim().min(1).max(200),
});

export const foundPackagesSchema = z.object({
  items: z.array(
    z.object({
      order: idSchema,
      orderNumber: z.string(),
      shipment: idSchema,
      shipmentNumber: z.string(),
      shippedAt: instantSchema,
      supplier: z.string(),
      package: packageSchema,
      /** Packages inside it, at any depth. */
      within: z.array(packageSchema),
    }),
  ),
});
