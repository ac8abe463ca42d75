import { z } from 'zod';
import { complaintCategories, complaintMoves, complaintOutcomes, complaintStates } from './states.js';

const head = { number: z.string(), version: z.number().int(), state: z.enum(complaintStates), dueAt: z.string().nullable() };

/** On the complaint's own record: its sides read them, and the operator once it is escalated. What was written stays in the complaint. */
export const complaintEvents = {
  'orders.complaint_filed': z.object({ ...head, orderNumber: z.string(), category: z.enum(complaintCategories) }),
  'orders.complaint_moved': z.object({ ...head, move: z.enum(complaintMoves), outcome: z.enum(complaintOutcomes).nullable() }),
} as const;

export type ComplaintEventBody<Type extends keyof typeof complaintEvents> = z.infer<(typeof complaintEvents)[Type]>;
