import { z } from 'zod';
import { type LandmarkName, landmarkNames, lengthUnits, type MeasurementSet } from '../body/index.js';
import { fits, garments } from '../pattern/index.js';

export const tags = ['apparel'];
export const wordsSchema = z.object({ en: z.string(), zh: z.string() });
export const issuesSchema = z.array(z.object({ at: z.string(), severity: z.enum(['refused', 'doubtful']), words: wordsSchema }));

/** Flat, as a form sends it. What is missing or out of range comes back as issues, not as a bad request. */
export const bodyInput = {
  sex: z.string().max(10),
  unit: z.enum(lengthUnits as readonly ['cm', 'mm', 'in']).default('cm'),
  ...(Object.fromEntries(landmarkNames.map((name) => [name, z.number().optional()])) as Record<LandmarkName, z.ZodOptional<z.ZodNumber>>),
};

export function measurementSet(
  input: { readonly sex: string; readonly unit: string } & Partial<Readonly<Record<LandmarkName, number | undefined>>>,
): MeasurementSet {
  return {
    sex: input.sex,
    unit: input.unit,
    measurements: Object.fromEntries(landmarkNames.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]]))),
  };
}

export const choiceInput = {
  garment: z.enum(garments),
  fit: z.enum(fits).default('regular'),
  chest_pocket: z.boolean().default(false),
  turn_up: z.boolean().default(false),
  monogram: z
    .string()
    .regex(/^[A-Z]{1,4}$/, 'must be 1 to 4 capital letters')
    .optional(),
};

export const codeSchema = z.string().trim().min(1).max(40);
export const tagSchema = z.string().trim().min(1).max(60);
export const pageFields = { limit: z.number().int().min(1).max(100).default(50), cursor: z.string().max(60).optional() };

export const operationView = z.object({
  id: z.string(),
  words: wordsSchema,
  station: z.string(),
  sam: z.number(),
  after: z.array(z.string()),
});

export const finishedView = z.object({
  name: z.string(),
  words: wordsSchema,
  landmark: z.string(),
  /** mm */
  body: z.number(),
  ease: z.number(),
  drawn: z.number(),
});
