import { z } from 'zod';
import { idSchema, instantSchema, lineText, pageInput, pageOf, versionSchema, wordsSchema } from '../commands/index.js';
import { lotCodeSchema, lotSchema, makeUnitsInput, positionSchema, thingSchema } from '../lifecycle/index.js';
import { decimalSchema, nonNegativeDecimalSchema, positiveDecimalSchema, quantitySchema, sumSchema, unitSchema } from '../measure/index.js';
import { evidenceKinds } from './jobs/evidence.js';
import { jobStates, operationMoves, operationStates, pauseReasons } from './jobs/states.js';
import { runStates, verdicts } from './runs/states.js';

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
  /** Equipment model or work center class; null where none was said. */
  workCenter: z.string().nullable(),
  /** As planned, for the whole job order and for one unit; null where nothing was said. */
  setupSeconds: decimalSchema.nullable(),
  runSeconds: decimalSchema.nullable(),
  /** 1 comes first on dispatch lists, 99 last. */
  priority: z.number().int(),
  dueOn: z.string().nullable(),
  /** Set where a subcontractor performs it. */
  outside: z.object({ supplier: z.string().nullable(), subOrder: idSchema.nullable() }).nullable(),
  /** Why it stands still, since when and who said so; null unless it is paused. */
  pause: z
    .object({ reason: z.enum(pauseReasons), words: wordsSchema, note: z.string().nullable(), since: instantSchema, by: z.string() })
    .nullable(),
  /** What can be scanned: the code of the job order, a slash, the position. */
  scanCode: z.string(),
  /** Whether it runs beside the operation before it. */
  parallel: z.boolean(),
  /** The last one: its good units are what the job order made, and go to the lot and to the order. */
  final: z.boolean(),
  moves: z.array(
    z.object({
      move: z.enum(operationMoves),
      words: wordsSchema,
      allowed: z.boolean(),
      /** Code of the error that it would give. */
      reason: z.string().nullable(),
    }),
  ),
  good: sumSchema,
  scrap: sumSchema,
  rework: z.object({
    /** All that ever came into rework here. */
    total: sumSchema,
    /** What is in rework here now: neither good nor scrap. */
    open: sumSchema,
    /** What later operations sent back to this one; it is to be done here again. */
    returned: sumSchema,
  }),
  /** Good, scrap and rework that a device went on to count while the operation was paused; they are part of the sums. */
  whilePaused: sumSchema,
  /** The part of good and scrap that a person or a subcontractor reported; the rest was counted by devices. */
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
  /** The released revision that it makes; null where the order line alone says what is made. */
  revision: idSchema.nullable(),
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
export const materialSchema = z.object({
  id: idSchema,
  operation: idSchema,
  /** The lot that it went into. */
  lot: idSchema,
  thing: thingSchema,
  /** Negative where it takes an earlier entry back. */
  quantity: quantitySchema,
  position: z.string().nullable(),
  reverses: idSchema.nullable(),
  /** Whether a later entry took it back. */
  reversed: z.boolean(),
  reason: z.string().nullable(),
  by: z.string(),
  at: instantSchema,
});
export type MaterialView = z.infer<typeof materialSchema>;

export const jobDetailSchema = jobSchema.extend({
  /** What went into its lots, oldest first. */
  materials: z.array(materialSchema),
  lots: z.array(z.object({ lot: lotSchema, operation: idSchema, good: sumSchema, scrap: sumSchema })),
});
export type JobDetail = z.infer<typeof jobDetailSchema>;
export const completeJobInput = z.object({
  job: idSchema,
  version: versionSchema,
  /** Operations that have not begun are left out on purpose. */
  skipReady: z.boolean().default(false),
});
const onOperation = { job: idSchema, version: versionSchema, operation: idSchema };
export const startOperationInput = z.object({
  ...onOperation,
  /** In place of the equipment that was planned. */
  equipment: idSchema.optional(),
});
export const finishOperationInput = z.object(onOperation);
export const pauseFields = {
  reason: z.enum(pauseReasons),
  /** In words, for whoever takes over. */
  note: lineText(500).optional(),
};
export const pauseOperationInput = z.object({ ...onOperation, ...pauseFields });
/** On other equipment when the one it was paused on has other work. */
export const cancelOperationInput = z.object({ ...onOperation, note: lineText(500).optional() });

export const issueMaterialInput = z.object({
  job: idSchema,
  version: versionSchema,
  /** The one in progress when left out, or the last of them. */
  operation: idSchema.optional(),
  /** A lot or a unit that your organization has. */
  thing: idSchema,
  /** Of a lot, in its own unit; a unit is one. */
  quantity: positiveDecimalSchema.optional(),
  /** Where in the product it sits: a reference designator. */
  position: positionSchema.optional(),
});
export const reverseMaterialInput = z.object({ job: idSchema, version: versionSchema, issue: idSchema, reason: lineText(500) });

/** Units of a lot that the job order makes. */
export const makeJobUnitsInput = makeUnitsInput.extend({ job: idSchema });

/** How a job order begins: one operation, several that are named, or those of a released revision's routing. */
export const newOperationInput = z.object({
  /** 10, 20, 30 … in the order of the list when left out. */
  position: z.number().int().min(1).max(99_999).optional(),
  words: z.object({ en: lineText(120), zh: lineText(120) }),
  equipment: idSchema.optional(),
  workCenter: lineText(100).optional(),
  setupSeconds: nonNegativeDecimalSchema.optional(),
  /** For one unit. */
  runSeconds: nonNegativeDecimalSchema.optional(),
  /** Starts with the operation before it. */
  parallel: z.boolean().default(false),
  /** A subcontractor performs it. */
  outside: z.boolean().default(false),
  /** Who that is, as people call them. */
  supplier: lineText(200).optional(),
});
export type NewOperationInput = z.output<typeof newOperationInput>;
export const routingInput = z.object({
  /** A released revision; its operations become those of the job order. */
  revision: idSchema,
  /** Which equipment works at a position of the routing, whether that runs beside the one before, and who performs it outside. */
  at: z
    .array(
      z.object({
        position: z.number().int(),
        equipment: idSchema.optional(),
        parallel: z.boolean().default(false),
        outside: z.boolean().default(false),
        supplier: lineText(200).optional(),
      }),
    )
    .max(200)
    .default([]),
});
export type RoutingInput = z.output<typeof routingInput>;

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

export const countFields = {
  good: nonNegativeDecimalSchema.default('0'),
  scrap: nonNegativeDecimalSchema.default('0'),
  /** Into rework: neither good nor scrap until it is reported as what it became. */
  rework: nonNegativeDecimalSchema.default('0'),
  /** Good and scrap come out of rework. */
  fromRework: z.boolean().default(false),
  /** Units that leave rework without being counted here, because a device has counted them again already. */
  alreadyCounted: nonNegativeDecimalSchema.default('0'),
  /** The earlier operation that the rework goes back to; in place when left out. */
  reworkTo: idSchema.optional(),
  /** Why there is scrap or rework: a code of your own list (`production.floor.reasons`). */
  reasonCode: z.string().max(30).optional(),
};
export const countByHandInput = z.object({
  job: idSchema,
  version: versionSchema,
  /** The only operation when left out. */
  operation: idSchema.optional(),
  ...countFields,
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
  /** The device's own id of the run; of a run by rule the code of the rule and when it began. */
  key: z.string(),
  /** The rule on signals that it came of; null where a device reported it. */
  rule: z.object({ id: idSchema, code: z.string(), words: wordsSchema }).nullable(),
  /** Set while later samples show that there was no such run; it is kept with what was said of it. */
  withdrawnAt: instantSchema.nullable(),
  equipment: equipmentRefSchema,
  program: z.string().nullable(),
  state: z.enum(runStates),
  stateWords: wordsSchema,
  /** Null while the start message has not arrived. */
  startedAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  /** A run by rule: its signals sent nothing more, and it was taken to have ended with the last sample. */
  endedBySilence: z.boolean(),
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
  /** Those that this rule on signals made. */
  rule: idSchema.optional(),
  /** Those of equipment of this model. */
  model: z.string().max(80).optional(),
  state: z.enum(runStates).optional(),
});
export const runPageSchema = pageOf(runSummarySchema);
export const runIdInput = z.object({ run: idSchema });

export const runSchema = runSummarySchema.extend({
  /** The current evaluation; provisional while the run goes on; null when no evaluator knows this equipment. */
  evaluation: runEvaluationSchema.nullable(),
  /** Evaluations that later ones replaced, newest first. */
  earlier: z.array(runEvaluationSchema),
  /** What a run by rule was taken for before later samples moved it, newest first. */
  earlierBounds: z.array(
    z.object({
      key: z.string(),
      program: z.string().nullable(),
      startedAt: instantSchema,
      endedAt: instantSchema.nullable(),
      endedBySilence: z.boolean(),
      withdrawn: z.boolean(),
      replacedAt: instantSchema,
    }),
  ),
  /** The run's raw samples, thinned for drawing. */
  samples: z.array(z.object({ signal: z.string(), ts: numberSeries, value: numberSeries })),
});
export type RunView = z.infer<typeof runSchema>;

export const evidenceKindSchema = z.enum(evidenceKinds);
