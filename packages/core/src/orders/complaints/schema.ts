import { z } from 'zod';
import { idSchema, instantSchema, lineText, organizationRefSchema, pageInput, pageOf, wordsSchema } from '../../commands/index.js';
import { complaintCategories, complaintMoves, complaintOutcomes, complaintSides, complaintStates, complaintSubjects } from './states.js';

const words = z.string().trim().min(1).max(5000);

export const fileComplaintInput = z.object({
  order: idSchema,
  category: z.enum(complaintCategories),
  /** What of the order it is about; left out, the whole order. */
  subject: z.object({ kind: z.enum(['line', 'shipment', 'statement_line']), id: idSchema }).optional(),
  text: words,
});

const onComplaint = {
  complaint: idSchema,
  version: z.number().int().positive().describe('`version` of the complaint that the move was decided on'),
};
/** `owner`: who handles it at the respondent; the caller when left out. */
export const acknowledgeInput = z.object({ ...onComplaint, owner: lineText(100).optional(), text: words.optional() });
export const assignInput = z.object({ ...onComplaint, owner: lineText(100) });
export const saidInput = z.object({ ...onComplaint, text: words });
export const maybeSaidInput = z.object({ ...onComplaint, text: words.optional() });
export const decideInput = z.object({ ...onComplaint, outcome: z.enum(complaintOutcomes), text: words });
export const complaintIdInput = z.object({ complaint: idSchema });
export const complaintListInput = z.object({
  ...pageInput,
  side: z.enum(complaintSides).optional(),
  state: z.enum(complaintStates).optional(),
  order: idSchema.optional(),
});

export const complaintSummarySchema = z.object({
  id: idSchema,
  number: z.string(),
  version: z.number().int(),
  state: z.enum(complaintStates),
  stateWords: wordsSchema,
  /** The asking organization's; a reader was granted a look and has no moves. */
  side: z.enum([...complaintSides, 'reader']),
  category: z.enum(complaintCategories),
  categoryWords: wordsSchema,
  order: z.object({ id: idSchema, number: z.string() }),
  subject: z.object({ kind: z.enum(complaintSubjects), kindWords: wordsSchema, id: idSchema, label: z.string() }),
  complainant: organizationRefSchema,
  respondent: organizationRefSchema,
  operator: organizationRefSchema.nullable(),
  /** Who handles it at the respondent. */
  owner: z.string().nullable(),
  outcome: z.object({ is: z.enum(complaintOutcomes), words: wordsSchema }).nullable(),
  /** Whose move it is. */
  waitingFor: z.enum(complaintSides).nullable(),
  waitingWords: wordsSchema.nullable(),
  /** The deadline that runs now, by the server's clock. */
  dueAt: instantSchema.nullable(),
  overdue: z.boolean(),
  filedAt: instantSchema,
  changedAt: instantSchema,
});
export type ComplaintSummary = z.infer<typeof complaintSummarySchema>;
export const complaintPageSchema = pageOf(complaintSummarySchema);

export const complaintSchema = complaintSummarySchema.extend({
  text: z.string(),
  answerDueAt: instantSchema,
  resolutionDueAt: instantSchema,
  decisionDueAt: instantSchema.nullable(),
  /** First answer, whether in time or not. */
  answeredAt: instantSchema.nullable(),
  moves: z.array(z.object({ move: z.enum(complaintMoves), words: wordsSchema })),
  history: z.array(
    z.object({
      move: z.enum(['file', ...complaintMoves]),
      words: wordsSchema,
      side: z.enum(complaintSides),
      state: z.enum(complaintStates),
      text: z.string().nullable(),
      by: z.string(),
      at: instantSchema,
    }),
  ),
});
export type ComplaintView = z.infer<typeof complaintSchema>;
