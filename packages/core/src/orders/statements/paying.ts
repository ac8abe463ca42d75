import type { z } from 'zod';
import type { Scope } from '../../database/index.js';
import { dayOf } from '../../measure/index.js';
import { statementErrors } from './errors.js';
import { said } from './lines.js';
import { beginStatement, finishStatement } from './moves.js';
import { releaseClaims, updateStatementLine } from './repository.js';
import type { payInput, reasonInput, refreshInput, StatementView, sendInput } from './schema.js';
import { lineConfirmedBy } from './states.js';

type In<Schema extends z.ZodType> = z.output<Schema>;

/** What the supplier sends it stands by: every line that nobody has spoken of is confirmed by it. */
export async function sendStatement(scope: Scope, { number, ...input }: In<typeof sendInput>): Promise<StatementView> {
  const open = await beginStatement(scope, input, 'send');
  for (const line of open.lines)
    if (line.state === 'open')
      await updateStatementLine(scope, line.id, { state: lineConfirmedBy('supplier'), ...said(scope, 'supplier') });
  return finishStatement(
    scope,
    open,
    'send',
    { type: 'orders.statement_sent', body: {} },
    { sent_at: scope.now, ...(number === undefined ? {} : { number }) },
  );
}

export async function cancelStatement(scope: Scope, { reason, ...input }: In<typeof reasonInput>): Promise<StatementView> {
  const open = await beginStatement(scope, input, 'cancel');
  await releaseClaims(scope, open.row.id, []);
  return finishStatement(scope, open, 'cancel', { type: 'orders.statement_canceled', body: { reason } }, { reason });
}

export async function reportPayment(scope: Scope, { paidOn, reference, ...input }: In<typeof payInput>): Promise<StatementView> {
  const open = await beginStatement(scope, input, 'pay');
  const today = dayOf(scope.now);
  if (paidOn > today) throw statementErrors.payment_in_future({ paidOn, today });
  return finishStatement(
    scope,
    open,
    'pay',
    { type: 'orders.statement_paid', body: { paidOn, reference } },
    { paid_on: paidOn, payment_reference: reference, paid_at: scope.now, reason: null },
  );
}

export async function refusePayment(scope: Scope, { reason, ...input }: In<typeof reasonInput>): Promise<StatementView> {
  const open = await beginStatement(scope, input, 'refuse_payment');
  return finishStatement(
    scope,
    open,
    'refuse_payment',
    { type: 'orders.statement_payment_refused', body: { reason } },
    { paid_on: null, payment_reference: null, paid_at: null, reason },
  );
}

export async function acknowledgePayment(scope: Scope, input: In<typeof refreshInput>): Promise<StatementView> {
  const open = await beginStatement(scope, input, 'acknowledge');
  return finishStatement(scope, open, 'acknowledge', { type: 'orders.statement_settled', body: {} }, { settled_at: scope.now });
}
