import { z } from 'zod';
import { dateSchema, idSchema, instantSchema, lineText, pageInput, pageOf, wordsSchema } from '../../commands/index.js';
import { sumSchema, unitSchema } from '../../measure/index.js';
import { operationStates } from '../jobs/states.js';
import { confidences } from '../outlook/line.js';
import { countFields, equipmentRefSchema, operationSchema, pauseFields } from '../schema.js';

/** What stands on the list behind a code of scrap and rework. */
export const reasonSchema = z.object({ code: z.string(), words: wordsSchema, retired: z.boolean() });
export type ReasonView = z.infer<typeof reasonSchema>;
export const reasonListSchema = z.object({ items: z.array(reasonSchema) });
export const reasonCodeSchema = z.string().regex(/^[A-Z0-9][A-Z0-9_-]{0,29}$/, 'must be capital letters, digits, - and _, at most 30');
export const addReasonInput = z.object({ code: reasonCodeSchema, words: z.object({ en: lineText(120), zh: lineText(120) }) });
export const retireReasonInput = z.object({ code: reasonCodeSchema });
export const lossInput = z.object({
  from: instantSchema,
  /** Not included. */
  to: instantSchema,
  equipment: idSchema.optional(),
  /** The name of a work center, or a model of equipment. */
  workCenter: lineText(100).optional(),
});
/** Ready for a Pareto chart: within each unit the biggest first, with its share and the share of all up to it. */
export const lossListSchema = z.object({
  items: z.array(
    z.object({
      unit: unitSchema,
      /** Null: counted without a reason. */
      code: z.string().nullable(),
      words: wordsSchema,
      scrap: sumSchema,
      rework: sumSchema,
      /** Of scrap and rework in this unit, 0 to 1. */
      share: z.number(),
      cumulativeShare: z.number(),
    }),
  ),
  /** Where something was lost in that time, whichever of them was asked about. */
  workCenters: z.array(z.string()),
});

/** An operation as it stands on a dispatch list; quantities in the unit of its job order. */
export const dispatchItemSchema = z.object({
  operation: idSchema,
  job: idSchema,
  jobCode: z.string(),
  /** What is printed for the scanner. */
  scanCode: z.string(),
  position: z.number().int(),
  words: wordsSchema,
  /** What is made. */
  description: z.string(),
  /** For whom, by the order's number and your own for it; null for a job order without one. */
  order: z.object({ id: idSchema, number: z.string(), ownNumber: z.string().nullable() }).nullable(),
  state: z.enum(operationStates),
  stateWords: wordsSchema,
  /** The named work center, else the model of the planned equipment. */
  workCenter: z.string().nullable(),
  equipment: equipmentRefSchema.nullable(),
  outside: operationSchema.shape.outside,
  final: z.boolean(),
  unit: unitSchema,
  /** The quantity of the job order and what rework brought back. */
  toDo: sumSchema,
  good: sumSchema,
  scrap: sumSchema,
  reworkOpen: sumSchema,
  /** Neither good nor in rework yet. */
  remaining: sumSchema,
  /** Setup, before it has begun, and run time of what remains; null where none was planned. */
  plannedSeconds: z.number().nullable(),
  dueOn: z.string().nullable(),
  priority: z.number().int(),
  /** The earlier operations that it waits for. */
  waitsFor: z.array(z.object({ operation: idSchema, position: z.number().int(), words: wordsSchema, stateWords: wordsSchema })),
  /** The earlier operations that rework can go back to. */
  reworkTargets: z.array(z.object({ operation: idSchema, position: z.number().int(), words: wordsSchema })),
  pause: operationSchema.shape.pause,
  moves: operationSchema.shape.moves,
  startedAt: instantSchema.nullable(),
});
export type DispatchItem = z.infer<typeof dispatchItemSchema>;

export const dispatchInput = z.object({
  ...pageInput,
  /** The name of a work center, or a model of equipment. */
  workCenter: lineText(100).optional(),
  equipment: idSchema.optional(),
});
export const dispatchPageSchema = pageOf(dispatchItemSchema);

export const centerListSchema = z.object({
  items: z.array(z.object({ workCenter: z.string(), open: z.number().int(), underWay: z.number().int() })),
});

export const prioritiseInput = z.object({
  operation: idSchema,
  /** 1 comes first among those that are due on the same day, 99 last. */
  priority: z.number().int().min(1).max(99).optional(),
  dueOn: dateSchema.nullable().optional(),
  /** The same for every operation of its job order that is not over. */
  wholeJob: z.boolean().default(false),
});

export const scanInput = z.object({ code: lineText(200) });
export const scanKinds = ['operation', 'job', 'lot', 'badge', 'equipment'] as const;
export const scanSchema = z.object({
  kind: z.enum(scanKinds),
  kindWords: wordsSchema,
  id: idSchema,
  code: z.string(),
  /** What it is called besides its code: a person, a machine, what a job order makes. */
  name: z.string().nullable(),
  /** The open operations that it stands for, with the moves that are possible; none for a badge. */
  operations: z.array(dispatchItemSchema),
});
export type ScanView = z.infer<typeof scanSchema>;

export const pinSchema = z.string().regex(/^\d{4,8}$/, 'must be 4 to 8 digits');
export const badgeCodeSchema = z.string().regex(/^B[0-9A-Z]{6,30}$/, 'must begin with B, followed by 6 to 30 digits and capital letters');
export const identifyInput = z.object({ badge: z.string().trim().min(1).max(31), pin: pinSchema });
export const identifiedSchema = z.object({
  /** Names the person in the moves that follow; null when this answer is given again. */
  token: z.string().nullable(),
  name: z.string(),
  badge: z.string(),
  /** It ends then, unless a move is made before. */
  idleUntil: instantSchema,
});
export const leaveInput = z.object({ token: z.string().max(100) });

/** Who makes a move at the floor: what `identify` gave, or badge and PIN. */
const identity = {
  token: z.string().max(100).optional(),
  badge: z.string().trim().min(1).max(31).optional(),
  pin: pinSchema.optional(),
};
const identified = (input: { token?: string | undefined; badge?: string | undefined; pin?: string | undefined }): boolean =>
  (input.token === undefined) === (input.badge !== undefined && input.pin !== undefined);
const whoIsMissing = { path: ['token'], message: 'give the token that identify gave, or badge and PIN' };
const atFloor = { operation: idSchema, ...identity };

export const floorStartInput = z.object({ ...atFloor, equipment: idSchema.optional() }).refine(identified, whoIsMissing);
export const floorPauseInput = z.object({ ...atFloor, ...pauseFields }).refine(identified, whoIsMissing);
export const floorFinishInput = z.object(atFloor).refine(identified, whoIsMissing);
export const handReasons = ['no_device', 'device_down', 'correction', 'inspection', 'rework', 'other'] as const;
export const floorCountInput = z
  .object({
    ...atFloor,
    ...countFields,
    /** Why a person counts and not a device. */
    why: z.enum(handReasons).default('no_device'),
    /** In words; the order's ledger shows it, else `why`. */
    note: lineText(500).optional(),
  })
  .refine(identified, whoIsMissing);

/** A person at the floor, by the badge that they scan. */
export const badgeSchema = z.object({
  id: idSchema,
  /** What is printed on it, to be scanned. */
  code: z.string(),
  name: z.string(),
  /** After too many wrong PINs. */
  lockedUntil: instantSchema.nullable(),
  createdBy: z.string(),
  createdAt: instantSchema,
  revokedAt: instantSchema.nullable(),
});
export type BadgeView = z.infer<typeof badgeSchema>;
export const badgePageSchema = pageOf(badgeSchema);
export const badgeListInput = z.object(pageInput);
export const createBadgeInput = z.object({ name: lineText(100), pin: pinSchema, code: badgeCodeSchema.optional() });
export const badgeInput = z.object({ badge: idSchema });
export const setPinInput = z.object({ badge: idSchema, pin: pinSchema });

const hoursSchema = z.object({ likely: z.number(), earliest: z.number(), latest: z.number() });
export const outlookInput = z.object({ orderLine: idSchema });
/** What becomes of an order line, and what that is computed from: for its maker alone. */
export const productionOutlookSchema = z.object({
  orderLine: idSchema,
  planned: z.number(),
  progress: z.number(),
  eta: instantSchema.nullable(),
  earliest: instantSchema.nullable(),
  latest: instantSchema.nullable(),
  confidence: z.enum(confidences),
  confidenceWords: wordsSchema,
  byHand: z.number(),
  jobs: z.array(
    z.object({
      id: idSchema,
      code: z.string(),
      progress: z.number(),
      /** Hours on the clock. */
      toGo: hoursSchema.nullable(),
      operations: z.array(
        z.object({
          id: idSchema,
          position: z.number().int(),
          progress: z.number(),
          weight: z.number(),
          remaining: z.number(),
          /** Good units an hour of work. */
          rate: z.object({ mean: z.number(), slow: z.number(), fast: z.number() }).nullable(),
          /** Hours of work. */
          toGo: hoursSchema.nullable(),
        }),
      ),
    }),
  ),
});
