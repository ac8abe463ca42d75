import type { z } from 'zod';
import { newId, type Scope } from '../../database/index.js';
import { type Currency, canonical, Decimal, money } from '../../measure/index.js';
import { type Amounts, pricedLine } from './amounts.js';
import { revisionOf, unsaid } from './drafting.js';
import { statementErrors } from './errors.js';
import { evidenceFor } from './evidence.js';
import { nonZero, said, signedAmount } from './lines.js';
import { beginStatement, finishStatement } from './moves.js';
import { insertRevisions, insertStatementLines, type NewStatementLine, type StatementLineRow } from './repository.js';
import type { addInput, deductInput, ProposalInput, StatementView } from './schema.js';
import { lineConfirmedBy } from './states.js';

export const proposeDeduction = (scope: Scope, input: z.output<typeof deductInput>): Promise<StatementView> =>
  propose(scope, input, 'deduction');
export const proposeAddition = (scope: Scope, input: z.output<typeof addInput>): Promise<StatementView> =>
  propose(scope, input, 'addition');

/** A line beside the goods, which its author has confirmed and the other side has yet to. */
async function propose(scope: Scope, input: ProposalInput, kind: 'deduction' | 'addition'): Promise<StatementView> {
  const move = kind === 'deduction' ? 'deduct' : 'add';
  const open = await beginStatement(scope, input, move);
  const { row, lines, side } = open;
  const evidence = await evidenceFor(scope, row, input, kind);
  const taxRate = canonical(input.taxRate ?? evidence?.tax_rate ?? '0');
  const priced = amountOf(input, { sign: kind === 'deduction' ? -1 : 1, taxRate, currency: row.currency });
  const position = (lines.at(-1)?.position ?? 0) + 1;
  const line: NewStatementLine = {
    ...{ id: newId(), statement_id: row.id, position, kind, type: input.type, state: lineConfirmedBy(side), proposed_by: side },
    ...{
      order_id: evidence?.order_id ?? null,
      order_number: evidence?.order_number ?? null,
      order_line_id: evidence?.order_line_id ?? null,
    },
    ...{ shipment_line_id: evidence?.shipment_line_id ?? null, shipment_number: evidence?.shipment_number ?? null },
    ...{ lot_id: evidence?.lot_id ?? null, accepted_as: null, price_reduction: '0', credits: null },
    ...{ description: evidence?.description ?? input.reason, reason: input.reason, accepted_on: null },
    ...priced,
    ...{ basis: evidence?.entry ? [evidence.entry] : [], entry_id: null, ...unsaid },
    payment_days: evidence ? (evidence.payment_days ?? 0) : earliest(lines),
    ...(said(scope, side) as Partial<NewStatementLine>),
  };
  await insertStatementLines(scope, [line]);
  await insertRevisions(scope, [revisionOf(scope, { ...line, revision: 1 }, { side, cause: 'proposed', reason: input.reason })]);
  const body = { line: line.id, position, kind, type: input.type, gross: money(line.gross, row.currency) };
  return finishStatement(scope, open, move, { type: 'orders.statement_line_proposed', body });
}

/** What rests on no order is paid with what is paid first. */
const earliest = (lines: readonly StatementLineRow[]): number =>
  lines.length === 0 ? 0 : Math.min(...lines.map(({ payment_days }) => payment_days));

interface Pricing {
  readonly sign: 1 | -1;
  readonly taxRate: string;
  readonly currency: Currency;
}

function amountOf(
  { amount, quantity, unitPrice }: ProposalInput,
  { sign, taxRate, currency }: Pricing,
): Amounts & { quantity: string | null; unit: string | null; unit_price: string | null } {
  if (amount !== undefined && quantity === undefined && unitPrice === undefined)
    return { ...signedAmount(amount, sign, taxRate, currency), quantity: null, unit: null, unit_price: null };
  if (amount !== undefined || quantity === undefined || unitPrice === undefined) throw statementErrors.amount_or_price();
  const value = canonical(new Decimal(quantity.value).times(sign));
  const amounts = nonZero(pricedLine({ quantity: value, unitPrice, taxRate }, currency), currency);
  return { ...amounts, quantity: value, unit: quantity.unit, unit_price: canonical(unitPrice) };
}
