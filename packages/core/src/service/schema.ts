import { z } from 'zod';
import { idSchema, instantSchema, lineText, organizationRefSchema, pageInput, pageOf, wordsSchema } from '../commands/index.js';
import { recordActivityInput } from '../lifecycle/index.js';
import { evidenceKinds } from './evidence.js';
import { caseMoves, caseSides, caseStates } from './states.js';

export const caseKinds = ['failure', 'defect', 'damage', 'question'] as const;
export type CaseKind = (typeof caseKinds)[number];

const text = z.string().trim().min(1).max(4000);
const evidenceInput = z.object({
  kind: z.enum(evidenceKinds),
  /** Of what it is; it has to be visible to the organization that adds it. */
  id: idSchema,
  note: lineText(500).optional(),
});

export const openCaseInput = z.object({
  /** A unit or a lot that another organization made and yours sees. */
  thing: idSchema,
  kind: z.enum(caseKinds),
  symptom: text,
  /** When it happened; now unless given. */
  occurredAt: instantSchema.optional(),
  /** Until when an answer is asked for; in ten days unless given. */
  dueBy: instantSchema.optional(),
  evidence: z.array(evidenceInput).max(20).default([]),
});

const onCase = { case: idSchema, version: z.number().int().positive() };
const note = lineText(500).optional();

export const acceptCaseInput = z.object({
  ...onCase,
  /** Who looks after it; the caller unless given. */
  owner: lineText(100).optional(),
  /** Until when it will be resolved; as asked unless given. */
  dueBy: instantSchema.optional(),
  note,
});
export const startCaseInput = z.object({ ...onCase, note });
export const resolveCaseInput = z.object({ ...onCase, cause: text, resolution: text });
export const rejectCaseInput = z.object({ ...onCase, reason: lineText(500) });
export const reopenCaseInput = z.object({ ...onCase, reason: lineText(500), dueBy: instantSchema.optional() });
export const closeCaseInput = z.object({ ...onCase, note });
export const addEvidenceInput = z.object({ case: idSchema, ...evidenceInput.shape });
/** What was done to the unit: recorded as an activity of its life, shared with the other side, and evidence of the case. */
export const recordWorkInput = z.object({
  case: idSchema,
  activity: recordActivityInput.omit({ kind: true, receiver: true, sharedWith: true }).extend({
    kind: z.enum(['serviced', 'disassembled', 'installed', 'inspected']),
  }),
});
export const caseIdInput = z.object({ case: idSchema });
export const caseListInput = z.object({
  ...pageInput,
  side: z.enum(caseSides).optional(),
  state: z.enum(caseStates).optional(),
  /** Only those whose clock has run out. */
  overdue: z.boolean().optional(),
});

const head = {
  id: idSchema,
  number: z.string(),
  version: z.number().int(),
  /** What your organization is to it; null for a reader. */
  side: z.enum(caseSides).nullable(),
  reporter: organizationRefSchema,
  resolver: organizationRefSchema,
  /** The unit or lot; `code` is its serial or code when it was reported. */
  thing: z.object({ kind: z.enum(['unit', 'lot']), id: idSchema, code: z.string() }),
  kind: z.enum(caseKinds),
  kindWords: wordsSchema,
  symptom: z.string(),
  state: z.enum(caseStates),
  stateWords: wordsSchema,
  owner: z.string().nullable(),
  dueBy: instantSchema,
  /** The clock has run out and the resolver has not answered. */
  overdue: z.boolean(),
  openedAt: instantSchema,
  changedAt: instantSchema,
};

export const caseSummarySchema = z.object(head);
export type CaseSummary = z.infer<typeof caseSummarySchema>;

export const caseSchema = z.object({
  ...head,
  occurredAt: instantSchema,
  cause: z.string().nullable(),
  resolution: z.string().nullable(),
  moves: z.array(z.object({ move: z.enum(caseMoves), words: wordsSchema })),
  history: z.array(
    z.object({
      move: z.enum(['open', ...caseMoves]),
      words: wordsSchema,
      side: z.enum(caseSides),
      state: z.enum(caseStates),
      note: z.string().nullable(),
      by: z.string(),
      at: instantSchema,
    }),
  ),
  evidence: z.array(
    z.object({
      kind: z.enum(evidenceKinds),
      kindWords: wordsSchema,
      id: idSchema,
      side: z.enum(caseSides),
      note: z.string().nullable(),
      at: instantSchema,
    }),
  ),
});
export type CaseView = z.infer<typeof caseSchema>;

export const casePageSchema = pageOf(caseSummarySchema);
