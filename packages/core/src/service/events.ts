import { z } from 'zod';
import { evidenceKinds } from './evidence.js';
import { caseKinds } from './schema.js';
import { caseMoves, caseStates } from './states.js';

const head = { number: z.string(), version: z.number().int(), state: z.enum(caseStates) };

/** Every event type of service with its body; each is on the case's record, which both sides read. */
export const serviceEvents = {
  'service.case_opened': z.object({ ...head, kind: z.enum(caseKinds), dueBy: z.string() }),
  'service.case_moved': z.object({ ...head, move: z.enum(caseMoves) }),
  'service.case_evidence_added': z.object({ ...head, kind: z.enum(evidenceKinds) }),
} as const;
