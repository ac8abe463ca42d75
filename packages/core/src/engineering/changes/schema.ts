import { z } from 'zod';
import {
  idSchema,
  instantSchema,
  lineText,
  organizationCodeSchema,
  organizationRefSchema,
  pageInput,
  pageOf,
  versionSchema,
  wordsSchema,
} from '../../commands/index.js';
import { itemRefSchema, revisionRefSchema } from '../schema.js';
import { answers, changeMoves, changeSides, changeStates, effects } from './states.js';

export const requestSchema = z.object({
  id: idSchema,
  version: versionSchema,
  partner: organizationRefSchema,
  /** Release waits until this partner has acknowledged. */
  required: z.boolean(),
  answer: z.enum(answers),
  answerWords: wordsSchema,
  reason: z.string().nullable(),
  answeredBy: z.string().nullable(),
  answeredAt: instantSchema.nullable(),
});
export type ChangeRequestView = z.infer<typeof requestSchema>;

export const changeSummarySchema = z.object({
  id: idSchema,
  /** The owner's own number of it. */
  number: z.string(),
  title: z.string(),
  version: versionSchema,
  state: z.enum(changeStates),
  stateWords: wordsSchema,
  /** What the asking organization is to it. */
  side: z.enum([...changeSides, 'reader']),
  owner: organizationRefSchema,
  changedAt: instantSchema,
});
export type ChangeSummary = z.infer<typeof changeSummarySchema>;

export const changeSchema = z.object({
  ...changeSummarySchema.shape,
  reason: z.string(),
  createdAt: instantSchema,
  createdBy: z.string(),
  releasedAt: instantSchema.nullable(),
  /** The revisions that the reader may see. */
  affected: z.array(
    z.object({
      effect: z.enum(effects),
      effectWords: wordsSchema,
      revision: revisionRefSchema.extend({ item: itemRefSchema, version: versionSchema }),
      /** SHA-256 (hex) of the content that was submitted; null until then. */
      contentHash: z.string().nullable(),
    }),
  ),
  /** What each partner is asked and has answered; a partner reads its own only. */
  requests: z.array(requestSchema),
  moves: z.array(
    z.object({
      move: z.enum(changeMoves),
      words: wordsSchema,
      allowed: z.boolean(),
      /** Why it is not possible just now. */
      reason: z.object({ code: z.string(), words: wordsSchema }).nullable(),
    }),
  ),
  waitingFor: z.object({ own: z.boolean(), words: wordsSchema }),
});
export type ChangeView = z.infer<typeof changeSchema>;

const affected = z.array(z.object({ revision: idSchema, effect: z.enum(effects) })).max(200);
const title = lineText(200);
const reason = z.string().trim().min(1).max(4000);

export const draftChangeInput = z.object({
  /** Your own number of the change, unique within your organization; partners read it. */
  number: lineText(60),
  title,
  reason,
  /** Your drafts to be released, and released revisions to become obsolete. */
  affected: affected.default([]),
});
const onChange = { change: idSchema, version: versionSchema };
export const editChangeInput = z.object({ ...onChange, title: title.optional(), reason: reason.optional(), affected: affected.optional() });
export const submitChangeInput = z.object({
  ...onChange,
  /** Who is asked; each reads the affected revisions from now on, and none learns of another. */
  partners: z
    .array(z.object({ organization: organizationCodeSchema, required: z.boolean().default(true) }))
    .max(50)
    .default([]),
  /** Until when partners may read the revisions; a year from now when left out. */
  sharedUntil: instantSchema.optional(),
});
export const changeMoveInput = z.object(onChange);
export const changeIdInput = z.object({ change: idSchema });
export const changeListInput = z.object({ ...pageInput, state: z.enum(changeStates).optional() });
export const changePageSchema = pageOf(changeSummarySchema);

const onRequest = { request: idSchema, version: versionSchema };
export const acknowledgeInput = z.object(onRequest);
export const declineChangeInput = z.object({ ...onRequest, reason: z.string().trim().min(1).max(2000) });
