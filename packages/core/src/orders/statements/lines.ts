import type { z } from 'zod';
import type { RecordId, Scope } from '../../database/index.js';
import { type Currency, canonical, compare, Decimal, fitsUnit, money } from '../../measure/index.js';
import type { OrderSide } from '../order/states.js';
import { type Amounts, pricedLine, roundedTo, withTax } from './amounts.js';
import { placeOfLine } from './billing.js';
import { collect, placeOfCollected } from './collecting.js';
import { claimedBy, revisionOf, unsaid } from './drafting.js';
import { statementErrors } from './errors.js';
import { beginStatement, finishStatement, lineOf, movedLine, type OpenStatement } from './moves.js';
import {
  insertRevisions,
  releaseClaims,
  type StatementLineChange,
  type StatementLineRow,
  statementLines,
  updateStatementLine,
} from './repository.js';
import type { adjustInput, confirmInput, lineReasonInput, onLineInput, StatementView } from './schema.js';
import { isAgreed, judgeLine, lineConfirmedBy } from './states.js';

type In<Schema extends z.ZodType> = z.output<Schema>;

/** Confirms lines for the asking side; the statement itself when nothing is left open on either. */
export async function confirmLines(scope: Scope, input: In<typeof confirmInput>): Promise<StatementView> {
  const open = await beginStatement(scope, input, 'confirm');
  const chosen = input.lines ? [...new Set(input.lines)].map((id) => lineOf(open, id)) : openFor(open);
  if (chosen.length === 0 && !isAgreed(open.lines)) throw statementErrors.nothing_to_confirm({ number: open.row.number });
  for (const line of chosen) {
    const state = movedLine(open, line, 'confirm');
    await updateStatementLine(scope, line.id, { state, ...said(scope, open.side) });
  }
  const lines = chosen.map(({ position }) => position).sort((a, b) => a - b);
  return finishStatement(scope, open, 'confirm', { type: 'orders.statement_lines_confirmed', body: { lines } });
}

const openFor = ({ lines, side }: OpenStatement): StatementLineRow[] =>
  lines.filter((line) => judgeLine(line.state, 'confirm', side, { kind: line.kind, disputedBy: line.disputed_by }).allowed);

/** Who of the side said yes, and when. */
export const said = (scope: Scope, side: OrderSide): StatementLineChange =>
  side === 'buyer'
    ? { buyer_confirmed_by: scope.actor.label, buyer_confirmed_at: scope.now }
    : { supplier_confirmed_by: scope.actor.label, supplier_confirmed_at: scope.now };

export async function disputeLine(scope: Scope, input: In<typeof lineReasonInput>): Promise<StatementView> {
  const open = await beginStatement(scope, input, 'dispute');
  const line = lineOf(open, input.line);
  const state = movedLine(open, line, 'dispute');
  await updateStatementLine(scope, line.id, { ...unsaid, state, disputed_by: open.side, dispute_reason: input.reason });
  const body = { line: line.id, position: line.position, reason: input.reason };
  return finishStatement(scope, open, 'dispute', { type: 'orders.statement_disputed', body });
}

export async function withdrawDispute(scope: Scope, input: In<typeof onLineInput>): Promise<StatementView> {
  const open = await beginStatement(scope, input, 'withdraw_dispute');
  const line = lineOf(open, input.line);
  const state = movedLine(open, line, 'withdraw_dispute');
  await updateStatementLine(scope, line.id, { ...unsaid, state });
  const body = { line: line.id, position: line.position };
  return finishStatement(scope, open, 'withdraw_dispute', { type: 'orders.statement_dispute_withdrawn', body });
}

/** Leaves a line to a later statement: its units wait, its deduction can be proposed again. */
export async function excludeLine(scope: Scope, input: In<typeof lineReasonInput>): Promise<StatementView> {
  const open = await beginStatement(scope, input, 'exclude');
  const line = lineOf(open, input.line);
  const state = movedLine(open, line, 'exclude');
  await updateStatementLine(scope, line.id, { ...unsaid, state, reason: input.reason });
  await releaseClaims(scope, open.row.id, claimedBy(await statementLines(scope, open.row.id)));
  const body = { line: line.id, position: line.position, reason: input.reason };
  return finishStatement(scope, open, 'exclude', { type: 'orders.statement_line_excluded', body });
}

/** A new revision of the line, which its author has confirmed and the other side has not. The old figures are kept. */
export async function adjustLine(scope: Scope, input: In<typeof adjustInput>): Promise<StatementView> {
  const open = await beginStatement(scope, input, 'adjust');
  const { row, side } = open;
  const line = lineOf(open, input.line);
  movedLine(open, line, 'adjust');
  const change = line.kind === 'goods' ? await goodsAdjusted(scope, open, line, input) : amountAdjusted(line, row.currency, input);
  const revision = line.revision + 1;
  await updateStatementLine(scope, line.id, { ...change, ...unsaid, ...said(scope, side), revision, state: lineConfirmedBy(side) });
  const figures = { ...line, ...change, revision };
  await insertRevisions(scope, [revisionOf(scope, figures, { side, cause: 'adjusted', reason: input.reason })]);
  const body = { line: line.id, position: line.position, revision, gross: money(figures.gross, row.currency), reason: input.reason };
  return finishStatement(scope, open, 'adjust', { type: 'orders.statement_line_adjusted', body });
}

type Adjusted = Amounts & { readonly quantity?: string | null; readonly unit_price?: string | null; readonly adjusted?: boolean };

async function goodsAdjusted(
  scope: Scope,
  { row }: OpenStatement,
  line: StatementLineRow,
  input: In<typeof adjustInput>,
): Promise<Adjusted> {
  const { quantity, amount, unitPrice } = input;
  if (quantity === undefined || amount !== undefined || unitPrice !== undefined)
    throw statementErrors.adjusts_quantity({ line: line.position });
  requireWhole(quantity, line.unit ?? '');
  const orders = [line.order_id as RecordId];
  const collected = await collect(scope, row, { to: row.period_to, statement: row.id, orders });
  const available = collected.find((each) => placeOfCollected(each) === placeOfLine(line))?.quantity ?? '0';
  if (compare(quantity, available) > 0)
    throw statementErrors.quantity_unavailable({ line: line.position, asked: canonical(quantity), available });
  const amounts = pricedLine(
    { quantity, unitPrice: line.unit_price ?? '0', reduction: line.price_reduction, taxRate: line.tax_rate },
    row.currency,
  );
  return { ...amounts, quantity: canonical(quantity), adjusted: compare(quantity, available) < 0 };
}

function amountAdjusted(line: StatementLineRow, currency: Currency, { quantity, amount, unitPrice }: In<typeof adjustInput>): Adjusted {
  if (line.kind === 'credit') throw statementErrors.credit_fixed({ line: line.position });
  if (quantity !== undefined && line.unit === null) throw statementErrors.adjusts_amount({ line: line.position });
  if (quantity !== undefined) requireWhole(quantity, line.unit ?? '');
  const sign = line.kind === 'deduction' ? -1 : 1;
  if (amount !== undefined) {
    if (quantity !== undefined || unitPrice !== undefined) throw statementErrors.amount_or_price();
    // One sum stands for the line from now on.
    return { ...signedAmount(amount, sign, line.tax_rate, currency), ...(line.quantity === null ? {} : oneOf(amount, sign)) };
  }
  const ofLine = line.quantity === null ? undefined : canonical(new Decimal(line.quantity).abs());
  const priced = { quantity: quantity ?? ofLine, unitPrice: unitPrice ?? line.unit_price };
  if ((quantity === undefined && unitPrice === undefined) || priced.quantity === undefined || priced.unitPrice === null)
    throw statementErrors.adjusts_amount({ line: line.position });
  const signed = canonical(new Decimal(priced.quantity).times(sign));
  const amounts = nonZero(pricedLine({ quantity: signed, unitPrice: priced.unitPrice, taxRate: line.tax_rate }, currency), currency);
  return { ...amounts, quantity: signed, unit_price: canonical(priced.unitPrice) };
}

const oneOf = (amount: string, sign: 1 | -1) => ({ quantity: String(sign), unit_price: canonical(amount) });

/** A sum of money that is put on (1) or taken off (−1), with its tax. */
export function signedAmount(amount: string, sign: 1 | -1, taxRate: string, currency: Currency): Amounts {
  return nonZero(withTax(roundedTo(canonical(new Decimal(amount).times(sign)), currency), taxRate, currency), currency);
}

export function nonZero(amounts: Amounts, currency: Currency): Amounts {
  if (compare(amounts.net, '0') === 0) throw statementErrors.amount_zero({ amount: amounts.net, currency });
  return amounts;
}

export function requireWhole(value: string, unit: string): void {
  if (!fitsUnit(value, unit)) throw statementErrors.not_whole({ value, unit });
}
