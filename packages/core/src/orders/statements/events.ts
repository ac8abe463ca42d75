import { z } from 'zod';
import { moneySchema } from '../../measure/index.js';
import { additionTypes, deductionTypes, statementLineKinds, statementStates } from './states.js';

const head = { number: z.string(), version: z.number().int(), state: z.enum(statementStates) };
const line = { line: z.uuid(), position: z.number().int() };

/** On the statement's own record; its two sides read them. */
export const statementEvents = {
  'orders.statement_drafted': z.object({ ...head, from: z.string(), to: z.string(), lines: z.number().int(), total: moneySchema }),
  'orders.statement_refreshed': z.object({
    ...head,
    changed: z.number().int(),
    added: z.number().int(),
    removed: z.number().int(),
    total: moneySchema,
  }),
  'orders.statement_line_proposed': z.object({
    ...head,
    ...line,
    kind: z.enum(statementLineKinds),
    type: z.enum([...new Set([...deductionTypes, ...additionTypes])]),
    gross: moneySchema,
  }),
  'orders.statement_line_adjusted': z.object({ ...head, ...line, revision: z.number().int(), gross: moneySchema, reason: z.string() }),
  'orders.statement_line_excluded': z.object({ ...head, ...line, reason: z.string() }),
  'orders.statement_sent': z.object(head),
  'orders.statement_lines_confirmed': z.object({ ...head, lines: z.array(z.number().int()) }),
  'orders.statement_disputed': z.object({ ...head, ...line, reason: z.string() }),
  'orders.statement_dispute_withdrawn': z.object({ ...head, ...line }),
  'orders.statement_confirmed': z.object({ ...head, total: moneySchema, dueOn: z.string() }),
  'orders.statement_canceled': z.object({ ...head, reason: z.string() }),
  'orders.statement_paid': z.object({ ...head, paidOn: z.string(), reference: z.string() }),
  'orders.statement_payment_refused': z.object({ ...head, reason: z.string() }),
  'orders.statement_settled': z.object(head),
} as const;

export type StatementEventType = keyof typeof statementEvents;
export type StatementEventBody<Type extends StatementEventType> = z.infer<(typeof statementEvents)[Type]>;
