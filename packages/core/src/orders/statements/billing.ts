import { sql } from 'kysely';
import { newId, type RecordId, type Scope } from '../../database/index.js';
import { add, canonical, Decimal, subtract } from '../../measure/index.js';
import { enter, type NewEntry } from '../ledger/repository.js';
import { findOrders } from '../order/repository.js';
import { settleWhenBilled } from '../order/settling.js';
import { type CollectedLine, collect, placeOf, placeOfCollected } from './collecting.js';
import { statementErrors } from './errors.js';
import { releaseClaims, type StatementLineRow, type StatementRow } from './repository.js';

/** What a line of goods or credit says of its place in a collection. */
export const placeOfLine = (line: StatementLineRow): string =>
  placeOf({
    kind: line.kind,
    shipmentLine: line.shipment_line_id,
    acceptedAs: line.accepted_as,
    reduction: line.price_reduction,
    credits: line.credits,
  });

type Billed = StatementLineRow & {
  readonly order_id: RecordId;
  readonly order_line_id: string;
  readonly shipment_line_id: string;
  readonly quantity: string;
};

/**
 * Writes what both sides agreed on into the ledger: one `invoiced` entry for each line of goods, one reversal for each
 * credit, under the locks of all orders in the order of their ids. Gives the orders. Throws `statements.line_outdated` when
 * the evidence has shrunk since it was collected.
 */
export async function bill(scope: Scope, row: StatementRow, lines: readonly StatementLineRow[]): Promise<RecordId[]> {
  const billed = lines.filter((line): line is Billed => line.state === 'confirmed' && (line.kind === 'goods' || line.kind === 'credit'));
  const orders = [...new Set(billed.map(({ order_id }) => order_id))].sort();
  const collected = await collect(scope, row, { to: row.period_to, statement: row.id, orders });
  for (const line of billed) requireEvidence(row, line, billed, collected);
  const entries = new Map(billed.map((line) => [line.id, newId() as string]));
  const reversed = await entriesOf(
    scope,
    billed.flatMap(({ credits }) => (credits === null ? [] : [credits])),
  );
  for (const order of orders) {
    const ofOrder = billed.filter(({ order_id }) => order_id === order);
    // Credits first: what they give back may be billed anew in the same breath.
    const sorted = [...ofOrder.filter(({ kind }) => kind === 'credit'), ...ofOrder.filter(({ kind }) => kind === 'goods')];
    await enter(
      scope,
      order,
      sorted.map((line) =>
        entryOf(row, line, { id: entries.get(line.id) as string, reverses: line.credits && reversed.get(line.credits) }),
      ),
    );
  }
  await sql`update core.statement_line l set entry_id = given.entry
    from unnest(${[...entries.keys()]}::uuid[], ${[...entries.values()]}::uuid[]) as given (line, entry) where l.id = given.line`.execute(
    scope.tx,
  );
  await releaseClaims(scope, row.id, []);
  return orders;
}

function requireEvidence(row: StatementRow, line: Billed, billed: readonly Billed[], collected: readonly CollectedLine[]): void {
  const found = collected.find((each) => placeOfCollected(each) === placeOfLine(line));
  const stated = new Decimal(line.quantity).abs();
  const available = found ? new Decimal(found.quantity).abs() : new Decimal(0);
  if (!found || stated.gt(available)) throw outdated(row, line, available);
  if (line.kind === 'credit') return;
  const ofShipment = billed.filter(({ shipment_line_id }) => shipment_line_id === line.shipment_line_id);
  const after = add(found.shipment.invoiced, ...ofShipment.map(({ quantity }) => quantity));
  const beyond = new Decimal(subtract(after, found.shipment.kept));
  if (beyond.gt(0)) throw outdated(row, line, Decimal.max(0, stated.minus(beyond)));
}

const outdated = ({ number }: StatementRow, { position, quantity, unit }: Billed, available: Decimal) =>
  statementErrors.line_outdated({
    number,
    line: position,
    stated: `${canonical(new Decimal(quantity).abs())} ${unit}`,
    available: `${canonical(available)} ${unit}`,
  });

function entryOf(
  row: StatementRow,
  line: Billed,
  { id, reverses }: { readonly id: string; readonly reverses: string | null | undefined },
): NewEntry {
  return {
    id,
    line: line.order_line_id,
    kind: 'invoiced',
    quantity: canonical(line.quantity),
    evidence: 'agreement',
    shipmentLine: line.shipment_line_id,
    lot: line.lot_id,
    reason: row.number,
    ...(reverses ? { reverses } : {}),
  };
}

/** The entries that earlier statement lines wrote. */
async function entriesOf(scope: Scope, lines: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; entry_id: string }>`
    select id, entry_id from core.statement_line where id = any (${lines}::uuid[]) and entry_id is not null`.execute(scope.tx);
  return new Map(rows.map(({ id, entry_id }) => [id, entry_id]));
}

/** Settles those orders that are closed and of which nothing kept is unbilled; the caller holds their locks. */
export async function settleBilledOrders(scope: Scope, orders: readonly RecordId[]): Promise<void> {
  for (const order of await findOrders(scope, orders)) await settleWhenBilled(scope, order);
}
