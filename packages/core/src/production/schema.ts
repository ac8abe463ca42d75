import { z } from 'zod';
import { idSchema, instantSchema, lineText, pageInput, pageOf, wordsSchema } from '../commands/index.js';
import { lotCodeSchema, lotSchema } from '../lifecycle/index.js';
import { decimalSchema, nonNegativeDecimalSchema, sumSchema, unitSchema } from '../measure/index.js';
import { evidenceKinds, jobStates, operationStates, runStates, verdicts } from './states.js';

export const versionSchema = z.number().int().positive();

export const equipmentRefSchema = z.object({ id: idSchema, code: z.string(), name: z.string(), model: z.string() });
export const lotRefSchema = z.object({ id: idSchema, code: z.string(), state: z.string() });

/** What was ordered, in the words of the vertical that understands it: `{ schema: '<vertical>/<kind>@<version>', value }`. */
export const specificationSchema = z.object({ schema: z.string().min(1).max(100), value: z.record(z.string(), z.json()) });
export type Specification = z.infer<typeof specificationSchema>;

export const operationSchema = z.object({
  id: idSchema,
  position: z.number().int(),
  words: wordsSchema,
  state: z.enum(operationStates),
  stateWords: wordsSchema,
  equipment: equipmentRefSchema.nullable(),
  good: sumSchema,
  scrap: sumSchema,
  /** The part of good and scrap that a person reported; the rest was counted by devices. */
  byHand: z.object({ good: sumSchema, scrap: sumSchema }),
  startedAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  /** The lot into which good units are counted now. */
  openLot: lotRefSchema.nullable(),
});
export type OperationView = z.infer<typeof operationSchema>;

export const jobSchema = z.object({
  id: idSchema,
  code: z.string(),
  version: versionSchema,
  state: z.enum(jobStates),
  stateWords: wordsSchema,
  order: idSchema.nullable(),
  orderLine: idSchema.nullable(),
  description: z.string(),
  specification: specificationSchema.nullable(),
  unit: unitSchema,
  quantity: decimalSchema,
  good: sumSchema,
  scrap: sumSchema,
  createdAt: instantSchema,
  completedAt: instantSchema.nullable(),
  operations: z.array(operationSchema),
});
export type JobView = z.infer<typeof jobSchema>;

export const jobListInput = z.object({ ...pageInput, state: z.enum(jobStates).optional(), order: idSchema.optional() });
export const jobPageSchema = pageOf(jobSchema);
export const jobIdInput = z.object({ job: idSchema });
export const jobDetailSchema = jobSchema.extend({
  lots: z.array(z.object({ lot: lotSchema, operation: idSchema, good: sumSchema, scrap: sumSchema })),
});
export type JobDetail = z.infer<typeof jobDetailSchema>;
export const completeJobInput = z.object({ job: idSchema, version: versionSchema });

export const openLotInput = z.object({
  job: idSchema,
  version: versionSchema,
  operation: idSchema.optional(),
  code: lotCodeSchema.optional(),
});
export const closeLotInput = z.object({
  job: idSchema,
  version: versionSchema,
  lot: idSchema,
  /** Open the next lot in the same moment, so that nothing is counted between two lots. */
  openNext: z.boolean().default(false),
});
export const lotChangedSchema = z.object({ job: jobDetailSchema, lot: lotSchema });

export const countByHandInput = z.object({
  job: idSchema,
  version: versionSchema,
  /** The only operation when left out. */
  operation: idSchema.optional(),
  good: nonNegativeDecimalSchema.default('0'),
  scrap: nonNegativeDecimalSchema.default('0'),
  /** Why a person counts and not the device. */
  reason: lineText(500),
});

const numberSeries = z.array(z.number());

export const runValueSchema = z.object({
  name: z.string(),
  words: wordsSchema,
  value: z.number(),
  unit: z.string(),
  low: z.number().optional(),
  high: z.number().optional(),
});
export const runCurveSchema = z.object({ name: z.string(), words: wordsSchema, unit: z.string(), ts: numberSeries, value: numberSeries });
export const runFindingSchema = z.object({ code: z.string(), words: wordsSchema, holds: z.boolean() });

export const runEvaluationSchema = z.object({
  /** Made on reading a run that still goes on; nothing is stored. */
  provisional: z.boolean(),
  verdict: z.enum(verdicts),
  verdictWords: wordsSchema,
  values: z.array(runValueSchema),
  curves: z.array(runCurveSchema),
  findings: z.array(runFindingSchema),
  evaluator: z.object({ id: z.string(), version: z.string() }),
  evidence: z.object({ from: instantSchema, to: instantSchema, samples: z.number().int() }),
  /** Why it was evaluated: the run ended, later samples came, or a person asked. */
  cause: z.enum(['ended', 'late_data', 'requested', 'provisional']),
  at: instantSchema,
});
export type RunEvaluationView = z.infer<typeof runEvaluationSchema>;

export const runSummarySchema = z.object({
  id: idSchema,
  /** The device's own id of the run. */
  key: z.string(),
  equipment: equipmentRefSchema,
  program: z.string().nullable(),
  state: z.enum(runStates),
  stateWords: wordsSchema,
  /** Null while the start message has not arrived. */
  startedAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  job: z.object({ id: idSchema, code: z.string() }).nullable(),
  lot: lotRefSchema.nullable(),
  verdict: z.enum(verdicts).nullable(),
  verdictWords: wordsSchema.nullable(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

export const runListInput = z.object({
  ...pageInput,
  equipment: idSchema.optional(),
  lot: idSchema.optional(),
  job: idSchema.optional(),
  state: z.enum(runStates).optional(),
});
export const runPageSchema = pageOf(runSummarySchema);
export const runIdInput = z.object({ run: idSchema });

export const runSchema = runSummarySchema.extend({
  /** The current evaluation; provisional while the run goes on; null when no evaluator knows this equipment. */
  evaluation: runEvaluationSchema.nullable(),
  /** Evaluations that later ones replaced, newest first. */
  earlier: z.array(runEvaluationSchema),
  /** The run's raw samples, thinned for drawing. */
  samples: z.array(z.object({ signal: z.string(), ts: numberSeries, value: numberSeries })),
});
export type RunView = z.infer<typeof runSchema>;

export const evidenceKindSchema = z.enum(evidenceKinds);
