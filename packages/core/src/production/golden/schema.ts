import { z } from 'zod';
import { idSchema, instantSchema, lineText, pageInput, pageOf } from '../../commands/index.js';
import { runSummarySchema } from '../schema.js';

const signal = z.string().min(1).max(80);
/** Signal → how far from the golden curve is still good, up and down, in the unit of the signal. */
const bands = z.record(signal, z.number().positive());

export const declareGoldenInput = z.object({
  /** An ended run of your own. It replaces the golden one of its equipment model and program. */
  run: idSchema,
  bands: bands.default({}),
  /** Why it is the best. */
  note: lineText(500).optional(),
});

export const goldenRunSchema = z.object({
  id: idSchema,
  model: z.string(),
  program: z.string().nullable(),
  run: runSummarySchema,
  bands,
  note: z.string().nullable(),
  declaredBy: z.string(),
  declaredAt: instantSchema,
  retiredBy: z.string().nullable(),
  /** Null while it is in force. */
  retiredAt: instantSchema.nullable(),
});
export type GoldenRunView = z.infer<typeof goldenRunSchema>;

export const goldenListInput = z.object({
  ...pageInput,
  model: z.string().max(80).optional(),
  /** Those that others replaced or that were retired, too. */
  retired: z.boolean().default(false),
});
export const goldenPageSchema = pageOf(goldenRunSchema);
export const goldenIdInput = z.object({ golden: idSchema });

export const compareRunsInput = z.object({
  run: idSchema,
  /** Another run of the same equipment model; the golden one of its model and program when left out. */
  with: idSchema.optional(),
});

const curve = z.object({ ts: z.array(z.number()), value: z.array(z.number()) });

export const comparisonSchema = z.object({
  run: runSummarySchema,
  with: runSummarySchema,
  /** The declaration that the bands are of; null where the other run was named. */
  golden: idSchema.nullable(),
  /** By how much the run was longer than the other; null while either goes on. */
  longerByMs: z.number().nullable(),
  signals: z.array(
    z.object({
      signal: z.string(),
      unit: z.string(),
      /** Thinned for drawing; `ts` is in ms since the start of each run. */
      curve,
      golden: curve,
      band: z.number().nullable(),
      /** Greatest distance, above the golden curve positive; null where nothing could be compared. */
      max: z.number().nullable(),
      maxAtMs: z.number().nullable(),
      rms: z.number().nullable(),
      /** How long it was further away than the band; null without one. */
      outsideMs: z.number().nullable(),
      /** How long both curves are known. */
      comparedMs: z.number(),
    }),
  ),
});
export type ComparisonView = z.infer<typeof comparisonSchema>;
