import type { z } from 'zod';
import { createRecord, organizationByCode } from '../../access/index.js';
import { newId, type RecordId, type Scope } from '../../database/index.js';
import { canonical, compare, money } from '../../measure/index.js';
import type { OrderSide } from '../order/states.js';
import { placeOfLine } from './billing.js';
import { type CollectedLine, collect, placeOfCollected } from './collecting.js';
import { statementErrors } from './errors.js';
import { beginStatement, finishStatement, keptOf, tell, totalsOf } from './moves.js';
import {
  claim,
  insertRevisions,
  insertStatement,
  insertStatementLines,
  type NewStatementLine,
  type RevisionRow,
  releaseClaims,
  type StatementLineRow,
  type StatementRow,
  statementLines,
  updateStatement,
  updateStatementLine,
} from './repository.js';
import type { draftInput, refreshInput, requestInput, StatementView } from './schema.js';
import { viewStatement } from './view.js';

const mostLines = 2000;

export function draftStatement(scope: Scope, { buyer, number, ...period }: z.output<typeof draftInput>): Promise<StatementView> {
  return drafted(scope, buyer, 'supplier', period, number);
}

/** The buyer asks for a statement: the same draft, which the supplier sends. */
export function requestStatement(scope: Scope, { supplier, ...period }: z.output<typeof requestInput>): Promise<StatementView> {
  return drafted(scope, supplier, 'buyer', period, undefined);
}

type Period = Pick<z.output<typeof draftInput>, 'from' | 'to' | 'currency' | 'note'>;

async function drafted(scope: Scope, other: string, side: OrderSide, period: Period, number: string | undefined): Promise<StatementView> {
  const { from, to, currency, note } = period;
  const counterparty = await organizationByCode(scope, other);
  if (!counterparty) throw statementErrors.counterparty_unknown({ organization: other });
  if (counterparty.id === scope.organization) throw statementErrors.counterparty_is_self({ organization: other });
  if (from > to) throw statementErrors.period_reversed({ from, to });
  const own = scope.organization;
  const account =
    side === 'supplier' ? { buyer: counterparty.id, supplier: own, currency } : { buyer: own, supplier: counterparty.id, currency };
  const collected = await collect(scope, account, { to, statement: null });
  if (collected.length === 0) throw statementErrors.nothing_to_state({ to, currency });
  requireFew(collected.length);
  const id = newId<'record'>();
  await createRecord(scope, {
    id,
    kind: 'statement',
    parties: [
      { organization: account.buyer, role: 'buyer' },
      { organization: account.supplier, role: 'supplier' },
    ],
  });
  const row = await insertStatement(scope, {
    ...{ id, ...account, number: number ?? madeNumber(to, id), state: 'draft', drafted_by: side },
    ...{ period_from: from, period_to: to, note: note || null, net: '0', tax: '0', gross: '0', deducted: '0', line_count: 0 },
    ...{ drafted_at: scope.now, changed_at: scope.now, sent_at: null, confirmed_at: null, due_on: null, paid_on: null },
    ...{ payment_reference: null, paid_at: null, settled_at: null, reason: null },
  });
  await claim(
    scope,
    id,
    collected.map(({ shipment }) => shipment.shipment_line),
  );
  await addCollected(scope, row, collected, { side, from: 0, cause: 'collected' });
  const summed = await summedAfresh(scope, row);
  await tell(scope, summed, {
    type: 'orders.statement_drafted',
    body: { from, to, lines: summed.line_count, total: money(summed.gross, currency) },
  });
  return viewStatement(scope, summed);
}

/** The first version of a statement has its sums. */
async function summedAfresh(scope: Scope, row: StatementRow): Promise<StatementRow> {
  return updateStatement(scope, { ...row, version: 0 }, totalsOf(await statementLines(scope, row.id)));
}

/** `DZ-202611-9F3A2C`: the month that it ends in, and what of the id is random. */
const madeNumber = (to: string, id: RecordId): string => `DZ-${to.slice(0, 7).replace('-', '')}-${id.slice(-6).toUpperCase()}`;

function requireFew(lines: number): void {
  if (lines > mostLines) throw statementErrors.too_many_lines({ lines, most: mostLines });
}

/** Collects again: new evidence comes in, what shrank shrinks or goes, and what both sides said of unchanged lines stays said. */
export async function refreshStatement(scope: Scope, input: z.output<typeof refreshInput>): Promise<StatementView> {
  const open = await beginStatement(scope, input, 'refresh');
  const { row, lines, side } = open;
  const stated = lines.filter(({ kind }) => kind === 'goods' || kind === 'credit');
  const collected = new Map(
    (await collect(scope, row, { to: row.period_to, statement: row.id })).map((line) => [placeOfCollected(line), line]),
  );
  let changed = 0;
  let removed = 0;
  for (const line of stated) {
    const found = collected.get(placeOfLine(line));
    collected.delete(placeOfLine(line));
    if (line.state === 'excluded') continue;
    if (!found) {
      await updateStatementLine(scope, line.id, { ...unsaid, state: 'excluded' });
      removed += 1;
    } else if (!isUnchanged(line, found)) {
      await reviseByEvidence(scope, line, found, side);
      changed += 1;
    }
  }
  const added = [...collected.values()];
  requireFew(lines.length + added.length);
  await claim(
    scope,
    row.id,
    added.map(({ shipment }) => shipment.shipment_line),
  );
  await addCollected(scope, row, added, { side, from: lines.at(-1)?.position ?? 0, cause: 'refreshed' });
  const after = await statementLines(scope, row.id);
  await releaseClaims(scope, row.id, claimedBy(after));
  const { gross } = totalsOf(after);
  const body = { changed, added: added.length, removed, total: money(gross, row.currency) };
  return finishStatement(scope, open, 'refresh', { type: 'orders.statement_refreshed', body });
}

/** The shipment lines that an open statement holds. */
export const claimedBy = (lines: readonly StatementLineRow[]): string[] =>
  keptOf(lines).flatMap(({ kind, shipment_line_id }) =>
    shipment_line_id !== null && (kind === 'goods' || kind === 'credit') ? [shipment_line_id] : [],
  );

/** Nobody has said anything of the line. */
export const unsaid = {
  disputed_by: null,
  dispute_reason: null,
  supplier_confirmed_by: null,
  supplier_confirmed_at: null,
  buyer_confirmed_by: null,
  buyer_confirmed_at: null,
} as const;

function isUnchanged(line: StatementLineRow, found: CollectedLine): boolean {
  if (compare(line.tax_rate, found.tax_rate) !== 0 || line.payment_days !== (found.shipment.payment_days ?? 0)) return false;
  if (line.adjusted) return compare(line.quantity ?? '0', found.quantity) <= 0;
  return compare(line.quantity ?? '0', found.quantity) === 0 && compare(line.net, found.net) === 0 && compare(line.tax, found.tax) === 0;
}

async function reviseByEvidence(scope: Scope, line: StatementLineRow, found: CollectedLine, side: OrderSide): Promise<void> {
  const { net, tax_rate, tax, gross, quantity, acceptedOn } = found;
  const figures = { quantity, net, tax_rate, tax, gross };
  await updateStatementLine(scope, line.id, {
    ...figures,
    ...unsaid,
    state: 'open',
    adjusted: false,
    revision: line.revision + 1,
    accepted_on: acceptedOn,
    basis: [...found.basis],
    payment_days: found.shipment.payment_days ?? 0,
  });
  await insertRevisions(scope, [
    revisionOf(scope, { ...line, ...figures, revision: line.revision + 1 }, { side, cause: 'refreshed', reason: null }),
  ]);
}

async function addCollected(
  scope: Scope,
  row: StatementRow,
  collected: readonly CollectedLine[],
  { side, from, cause }: { readonly side: OrderSide; readonly from: number; readonly cause: 'collected' | 'refreshed' },
): Promise<void> {
  const lines = collected.map((line, index) => newLine(row, line, from + index + 1));
  await insertStatementLines(scope, lines);
  await insertRevisions(
    scope,
    lines.map((line) => revisionOf(scope, { ...line, revision: 1 }, { side, cause, reason: null })),
  );
}

function newLine(row: StatementRow, line: CollectedLine, position: number): NewStatementLine {
  const { shipment } = line;
  return {
    ...{ id: newId(), statement_id: row.id, position, kind: line.kind, type: null, state: 'open', proposed_by: null },
    ...{ order_id: shipment.order_id, order_number: shipment.order_number, order_line_id: shipment.order_line },
    ...{ shipment_line_id: shipment.shipment_line, shipment_number: shipment.shipment_number, lot_id: shipment.lot_id },
    ...{ accepted_as: line.acceptedAs, price_reduction: line.reduction, credits: line.credits, description: shipment.description },
    ...{ reason: null, quantity: line.quantity, unit: shipment.unit, unit_price: canonical(shipment.unit_price) },
    ...{ net: line.net, tax_rate: line.tax_rate, tax: line.tax, gross: line.gross, accepted_on: line.acceptedOn },
    ...{ basis: [...line.basis], payment_days: shipment.payment_days ?? 0, entry_id: null, ...unsaid },
  };
}

type Figures = Pick<
  StatementLineRow,
  'statement_id' | 'id' | 'revision' | 'quantity' | 'unit_price' | 'net' | 'tax_rate' | 'tax' | 'gross'
>;

export const revisionOf = (
  scope: Scope,
  { id, statement_id, revision, quantity, unit_price, net, tax_rate, tax, gross }: Figures,
  why: Pick<RevisionRow, 'side' | 'cause' | 'reason'>,
): RevisionRow => ({
  ...{ line_id: id, statement_id, revision, quantity, unit_price, net, tax_rate, tax, gross },
  ...why,
  made_by: scope.actor.label,
  made_at: scope.now,
});
