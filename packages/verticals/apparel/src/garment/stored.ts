import type { Words } from '@yunfab/core/access';
import { z } from 'zod';
import { fits, garments, type Pattern } from '../pattern/index.js';
import { type Operation, stationKinds } from '../routing/index.js';

/** How what stands in jsonb is read back. */
const words = z.object({ en: z.string(), zh: z.string() });

export const piecesSchema = z.array(z.object({ piece: z.string(), roll: z.string(), shade: z.string() }));

export const operationsSchema: z.ZodType<Operation[]> = z.array(
  z.object({
    id: z.string(),
    words,
    station: z.enum(Object.keys(stationKinds) as [keyof typeof stationKinds]),
    sam: z.number(),
    after: z.array(z.string()),
  }),
);

export const optionsSchema = z.object({
  chest_pocket: z.boolean(),
  turn_up: z.boolean(),
  monogram: z.string().nullable(),
});
export type Options = z.output<typeof optionsSchema>;

export const choiceSchema = z.object({ garment: z.enum(garments), fit: z.enum(fits) });

export const wordsOf = (value: unknown): Words | null => (value === null ? null : words.parse(value));

/** A pattern is stored as it was validated; what was written is what is read. */
export const patternOf = (value: unknown): Pattern | null => value as Pattern | null;
