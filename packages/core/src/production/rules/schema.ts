import { z } from 'zod';
import { idSchema, instantSchema, lineText, pageInput, pageOf, wordsSchema } from '../../commands/index.js';
import { equipmentRefSchema } from '../schema.js';

const signal = z.string().min(1).max(80);
const dayMs = 86_400_000;
const duration = z.number().int().min(0).max(dayMs);

export const conditionSchema = z.discriminatedUnion('is', [
  z.object({
    signal,
    is: z.enum(['above', 'below']),
    value: z.number(),
    /** Once it holds, it goes on holding until the value has come back past the threshold by so much. */
    deadband: z.number().min(0).default(0),
  }),
  z.object({ signal, is: z.enum(['equal', 'not_equal']), value: z.union([z.number(), z.string().max(200), z.boolean()]) }),
]);

const several = z.array(conditionSchema).max(10);
const conditionFields = {
  match: z.enum(['all', 'any']).default('all'),
  /** How long they must hold without a break. */
  forMs: duration.default(0),
};
const opensSchema = z.object({ ...conditionFields, conditions: several.min(1) });
/** Without conditions: when those that open no longer hold. */
const closesSchema = z.object({ ...conditionFields, conditions: several.default([]) });

const definitionFields = {
  opens: opensSchema,
  closes: closesSchema.default({ match: 'all', conditions: [], forMs: 0 }),
  /** A shorter run is none. */
  minimumMs: duration.default(0),
  /**
   * When all signals of the rule are silent for longer, a run under way ended with its last sample. Null: however long they are
   * silent, the last values hold, as with devices that only send what changes.
   */
  silenceMs: z.number().int().min(1_000).max(dayMs).nullable().default(600_000),
  /** The signal whose value is the program of the run. */
  program: signal.nullable().default(null),
};

export const setRunRuleInput = z.object({
  equipment: idSchema,
  /** A rule in force under the same code ends where this one begins. */
  code: z.string().regex(/^[a-z0-9-]{1,40}$/, 'use 1 to 40 of a-z 0-9 -'),
  words: z.object({ en: lineText(120), zh: lineText(120) }),
  ...definitionFields,
  /** From when on it holds, at most 400 days ago; from now on when left out. */
  since: instantSchema.optional(),
});

/** A rule as a model of equipment declares it: in force where its owner sets it so. */
export const runRuleDeclarationSchema = setRunRuleInput.omit({ equipment: true, since: true });
export type RunRuleDeclaration = z.input<typeof runRuleDeclarationSchema>;

export const proposedRunRulesInput = z.object({ equipment: idSchema });
export const proposedRunRulesSchema = z.object({
  items: z.array(
    z.object({
      code: z.string(),
      words: wordsSchema,
      opens: opensSchema,
      closes: closesSchema,
      minimumMs: z.number().int(),
      silenceMs: z.number().int().nullable(),
      program: z.string().nullable(),
      /** The rule of this code that is in force on the equipment. */
      inForce: idSchema.nullable(),
    }),
  ),
});

export const runRuleSchema = z.object({
  id: idSchema,
  equipment: equipmentRefSchema,
  code: z.string(),
  words: wordsSchema,
  opens: opensSchema,
  closes: closesSchema,
  minimumMs: z.number().int(),
  silenceMs: z.number().int().nullable(),
  program: z.string().nullable(),
  since: instantSchema,
  /** Null while it is in force. */
  until: instantSchema.nullable(),
  setBy: z.string(),
  setAt: instantSchema,
});
export type RunRuleView = z.infer<typeof runRuleSchema>;

export const runRuleListInput = z.object({
  ...pageInput,
  equipment: idSchema.optional(),
  /** Those no longer in force too. */
  ended: z.boolean().default(false),
});
export const runRulePageSchema = pageOf(runRuleSchema);
export const runRuleIdInput = z.object({ rule: idSchema });

export const mostPreviewed = 500_000;
export const previewRunRuleInput = z.object({ equipment: idSchema, ...definitionFields, from: instantSchema, to: instantSchema });
export const runRulePreviewSchema = z.object({
  /** Oldest first; the last may still be under way at the end of the range. */
  runs: z.array(
    z.object({ startedAt: instantSchema, endedAt: instantSchema.nullable(), program: z.string().nullable(), endedBySilence: z.boolean() }),
  ),
  samples: z.number().int(),
});
