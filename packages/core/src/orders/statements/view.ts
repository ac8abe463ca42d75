import { type OrganizationRef, organizationNames, organizationProfile } from '../../access/index.js';
import { requestErrors } from '../../commands/index.js';
import type { OrganizationId, Scope } from '../../database/index.js';
import { add, canonical, dayOf, daysBetween, money, quantity } from '../../measure/index.js';
import type { OrderSide } from '../order/states.js';
import { sumOf } from './amounts.js';
import { duesOf, lineDueOn } from './payment-days.js';
import {
  findStatement,
  lotCodes,
  type RevisionRow,
  revisionsOf,
  type StatementLineRow,
  type StatementRow,
  statementLines,
} from './repository.js';
import type { StatementLineView, StatementSummary, StatementView } from './schema.js';
import { awaitedSide, lineMovesOf, statementMovesOf } from './states.js';
import { lineKindWords, lineStateWords, lineTypeWords, statementMoveWords, statementStateWords } from './words.js';

type Names = ReadonlyMap<OrganizationId, OrganizationRef>;

/** The asking organization's side; null for a reader by grant. */
export function sideOf(scope: Scope, { buyer, supplier }: Pick<StatementRow, 'buyer' | 'supplier'>): OrderSide | null {
  if (buyer === scope.organization) return 'buyer';
  return supplier === scope.organization ? 'supplier' : null;
}

/** Throws `request.not_found` when it is hidden or absent. */
export async function statementView(scope: Scope, id: string): Promise<StatementView> {
  const row = await findStatement(scope, id);
  if (!row) throw requestErrors.not_found({ kind: 'statement' });
  return viewStatement(scope, row);
}

export async function viewStatement(scope: Scope, row: StatementRow): Promise<StatementView> {
  const lines = await statementLines(scope, row.id);
  const revisions = await revisionsOf(scope, row.id);
  const lots = await lotCodes(
    scope,
    lines.flatMap(({ lot_id }) => (lot_id === null ? [] : [lot_id])),
  );
  const [summary] = (await summarizeStatements(scope, [row])) as [StatementSummary];
  const side = sideOf(scope, row);
  const kept = lines.filter(({ state }) => state !== 'excluded');
  const grossOf = (...kinds: readonly StatementLineRow['kind'][]) =>
    money(add('0', ...kept.filter(({ kind }) => kinds.includes(kind)).map(({ gross }) => gross)), row.currency);
  return {
    ...summary,
    buyer: await withRegistration(scope, summary.buyer),
    supplier: await withRegistration(scope, summary.supplier),
    note: row.note,
    reason: row.reason,
    draftedBy: row.drafted_by,
    billed: grossOf('goods', 'addition'),
    credited: grossOf('credit'),
    deducted: grossOf('deduction'),
    taxes: taxesOf(kept, row),
    dues: duesOf(kept, row).map(({ dueOn, amount }) => ({ dueOn, amount: money(amount, row.currency) })),
    payment:
      row.paid_on === null || row.paid_at === null
        ? null
        : { paidOn: row.paid_on, reference: row.payment_reference ?? '', reportedAt: row.paid_at.toISOString() },
    settledAt: row.settled_at?.toISOString() ?? null,
    lines: lines.map((line) => viewLine(row, line, { side, lots, revisions: revisions.filter(({ line_id }) => line_id === line.id) })),
    moves: side === null ? [] : statementMovesOf(row.state, side).map((move) => ({ move, words: statementMoveWords[move] })),
  };
}

async function withRegistration(scope: Scope, ref: StatementSummary['buyer']): Promise<StatementView['buyer']> {
  return { ...ref, registration: (await organizationProfile(scope, ref.code))?.identifier ?? null };
}

function taxesOf(kept: readonly StatementLineRow[], { currency }: StatementRow): StatementView['taxes'] {
  const above = kept.filter(({ kind }) => kind !== 'deduction');
  const rates = [...new Set(above.map(({ tax_rate }) => canonical(tax_rate)))].sort((a, b) => Number(b) - Number(a));
  return rates.map((rate) => {
    const { net, tax } = sumOf(above.filter(({ tax_rate }) => canonical(tax_rate) === rate));
    return { rate, net: money(net, currency), tax: money(tax, currency) };
  });
}

interface LineContext {
  readonly side: OrderSide | null;
  readonly lots: ReadonlyMap<string, string>;
  readonly revisions: readonly RevisionRow[];
}

function viewLine(row: StatementRow, line: StatementLineRow, { side, lots, revisions }: LineContext): StatementLineView {
  const { currency } = row;
  const code = line.lot_id === null ? undefined : lots.get(line.lot_id);
  return {
    id: line.id,
    position: line.position,
    revision: line.revision,
    kind: line.kind,
    kindWords: lineKindWords[line.kind],
    type: line.type,
    typeWords: line.type && lineTypeWords[line.type],
    state: line.state,
    stateWords: lineStateWords[line.state],
    adjusted: line.adjusted,
    proposedBy: line.proposed_by,
    order: line.order_id === null ? null : { id: line.order_id, number: line.order_number ?? '' },
    orderLine: line.order_line_id,
    shipment: line.shipment_line_id === null ? null : { line: line.shipment_line_id, number: line.shipment_number ?? '' },
    lot: line.lot_id === null || code === undefined ? null : { id: line.lot_id, code },
    acceptedAs: line.accepted_as,
    priceReduction: canonical(line.price_reduction),
    credits: line.credits,
    description: line.description,
    reason: line.reason,
    quantity: line.quantity === null || line.unit === null ? null : quantity(line.quantity, line.unit),
    unitPrice: line.unit_price === null ? null : money(line.unit_price, currency),
    net: money(line.net, currency),
    taxRate: canonical(line.tax_rate),
    tax: money(line.tax, currency),
    gross: money(line.gross, currency),
    acceptedOn: line.accepted_on,
    entries: line.basis,
    invoiced: line.entry_id,
    dueOn: line.state === 'excluded' ? null : lineDueOn(line, row),
    dispute: line.disputed_by === null ? null : { by: line.disputed_by, reason: line.dispute_reason ?? '' },
    supplierConfirmed: confirmation(line.supplier_confirmed_by, line.supplier_confirmed_at),
    buyerConfirmed: confirmation(line.buyer_confirmed_by, line.buyer_confirmed_at),
    revisions: revisions.map((each) => ({
      revision: each.revision,
      cause: each.cause,
      side: each.side,
      reason: each.reason,
      quantity: each.quantity === null ? null : canonical(each.quantity),
      net: money(each.net, currency),
      gross: money(each.gross, currency),
      by: each.made_by,
      at: each.made_at.toISOString(),
    })),
    moves: side === null ? [] : lineMovesOf(row.state, line.state, side, { kind: line.kind, disputedBy: line.disputed_by }),
  };
}

const confirmation = (by: string | null, at: Date | null): StatementLineView['buyerConfirmed'] =>
  by === null || at === null ? null : { by, at: at.toISOString() };

export async function summarizeStatements(scope: Scope, rows: readonly StatementRow[]): Promise<StatementSummary[]> {
  const names = await organizationNames(
    scope,
    rows.flatMap(({ buyer, supplier }) => [buyer, supplier]),
  );
  return rows.map((row) => summarize(scope, row, names));
}

function summarize(scope: Scope, row: StatementRow, names: Names): StatementSummary {
  const late = row.state === 'confirmed' && row.due_on !== null ? daysBetween(row.due_on, dayOf(scope.now)) : 0;
  return {
    id: row.id,
    number: row.number,
    version: row.version,
    state: row.state,
    stateWords: statementStateWords[row.state],
    side: sideOf(scope, row) ?? 'reader',
    buyer: reference(names, row.buyer),
    supplier: reference(names, row.supplier),
    currency: row.currency,
    from: row.period_from,
    to: row.period_to,
    lineCount: row.line_count,
    net: money(row.net, row.currency),
    tax: money(row.tax, row.currency),
    total: money(row.gross, row.currency),
    draftedAt: row.drafted_at.toISOString(),
    sentAt: row.sent_at?.toISOString() ?? null,
    confirmedAt: row.confirmed_at?.toISOString() ?? null,
    dueOn: row.due_on,
    daysOverdue: late > 0 ? late : null,
    changedAt: row.changed_at.toISOString(),
    waitingFor: awaitedSide[row.state],
  };
}

function reference(names: Names, id: OrganizationId): StatementSummary['buyer'] {
  const organization = names.get(id);
  return { code: organization?.code ?? '', name: organization?.name ?? { en: '', zh: '' } };
}
