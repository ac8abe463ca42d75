import { type Selectable, sql } from 'kysely';
import type { Keyset } from '../../commands/index.js';
import { isUniqueViolation, newId, type RecordId, type Scope } from '../../database/index.js';
import type { LifecycleTables } from '../../lifecycle/index.js';
import { canonical, Decimal } from '../../measure/index.js';
import type { Specification } from '../../production/index.js';
import { ordersErrors } from '../order/errors.js';
import type { OrderTables } from '../order/tables.js';
import type { EntryEvidence, EntryKind } from './entries.js';

export type LineRow = Selectable<OrderTables['order_line']>;

const tables = (scope: Scope) => scope.tx.withTables<OrderTables & LifecycleTables>();

export interface NewLine {
  readonly id: string;
  readonly position: number;
  readonly description: string;
  readonly specification: Specification | null;
  readonly unit: string;
  readonly quantity: string;
  readonly unit_price: string;
  readonly amount: string;
  readonly due_on: string | null;
  readonly tax_rate: string;
  readonly over_tolerance: string;
  readonly under_tolerance: string;
}

export async function insertLines(scope: Scope, order: RecordId, lines: readonly NewLine[]): Promise<void> {
  await tables(scope)
    .insertInto('order_line')
    .values(
      lines.map((line) => ({
        ...line,
        order_id: order,
        specification: line.specification === null ? null : JSON.stringify(line.specification),
      })),
    )
    .execute();
}

/** What both sides may agree anew of a line. */
export type LineUpdate = Partial<
  Pick<
    LineRow,
    | 'description'
    | 'specification_version'
    | 'quantity'
    | 'unit_price'
    | 'amount'
    | 'due_on'
    | 'tax_rate'
    | 'over_tolerance'
    | 'under_tolerance'
    | 'relinquished'
  >
> & { readonly specification?: Specification };

export async function updateLine(scope: Scope, id: string, { specification, ...update }: LineUpdate): Promise<void> {
  const change = { ...update, ...(specification === undefined ? {} : { specification: JSON.stringify(specification) }) };
  if (Object.keys(change).length === 0) return;
  await tables(scope).updateTable('order_line').set(change).where('id', '=', id).execute();
}

export async function linesOf(scope: Scope, orders: readonly RecordId[]): Promise<LineRow[]> {
  if (orders.length === 0) return [];
  return tables(scope)
    .selectFrom('order_line')
    .selectAll()
    .where('order_id', 'in', orders)
    .orderBy('order_id')
    .orderBy('position')
    .execute();
}

export async function findLines(scope: Scope, ids: readonly string[]): Promise<LineRow[]> {
  if (ids.length === 0) return [];
  return tables(scope).selectFrom('order_line').selectAll().where('id', 'in', ids).orderBy('id').execute();
}

/** One allocation of each line to the scope's organization itself, of whatever no other allocation takes; gives line → allocation. */
export async function allocateLines(
  scope: Scope,
  order: RecordId,
  lines: readonly Pick<LineRow, 'id'>[],
): Promise<ReadonlyMap<string, string>> {
  const allocations = lines.map((line) => ({
    id: newId() as string,
    order_id: order,
    line_id: line.id,
    supplier: scope.organization,
    factory: scope.organization,
    quantity: null,
    first_operation: null,
    last_operation: null,
    sub_order_id: null,
    sub_line_id: null,
    job_order_id: null,
    operation_id: null,
    created_at: scope.now,
  }));
  await tables(scope).insertInto('order_allocation').values(allocations).execute();
  return new Map(allocations.map(({ line_id, id }) => [line_id, id]));
}

/** The allocation of each line to the scope's organization itself; none for a line that came in by a change order that the buyer accepted. */
export async function allocationsOf(scope: Scope, lines: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (lines.length === 0) return new Map();
  const rows = await tables(scope)
    .selectFrom('order_allocation')
    .select(['id', 'line_id'])
    .where('line_id', 'in', lines)
    .where('factory', '=', scope.organization)
    .where('quantity', 'is', null)
    .execute();
  return new Map(rows.map(({ id, line_id }) => [line_id, id]));
}

export interface NewEntry {
  /** Made when left out. */
  readonly id?: string;
  readonly line: string;
  readonly kind: EntryKind;
  readonly quantity: string;
  readonly evidence: EntryEvidence;
  readonly allocation?: string | null;
  readonly shipmentLine?: string;
  readonly lot?: RecordId | null;
  readonly reverses?: string;
  readonly reason?: string | null;
}

export async function enter(scope: Scope, order: RecordId, entries: readonly NewEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await tables(scope)
    .insertInto('order_entry')
    .values(
      entries.map((entry) => ({
        id: entry.id ?? (newId() as string),
        order_id: order,
        line_id: entry.line,
        allocation_id: entry.allocation ?? null,
        kind: entry.kind,
        quantity: entry.quantity,
        reverses: entry.reverses ?? null,
        shipment_line_id: entry.shipmentLine ?? null,
        lot_id: entry.lot ?? null,
        evidence: entry.evidence,
        reason: entry.reason ?? null,
        organization: scope.organization,
        entered_by: scope.actor.label,
        entered_at: scope.now,
      })),
    )
    .execute();
}

export interface TakenBack {
  readonly line: string;
  readonly kind: EntryKind;
  readonly quantity: string;
  readonly evidence: EntryEvidence;
  readonly reason: string;
  readonly shipmentLine?: string;
}

/**
 * Takes a quantity back by reversals of the newest entries of its kind that have something left. The caller has checked that
 * so much stands in the ledger, and holds the order's lock.
 */
export async function takeBack(scope: Scope, order: RecordId, taken: TakenBack): Promise<void> {
  const { line, kind, quantity, evidence, reason, shipmentLine } = taken;
  let entries = tables(scope)
    .selectFrom('order_entry')
    .select(['id', 'allocation_id', 'lot_id', 'shipment_line_id'])
    .select(
      sql<string>`quantity + (select coalesce(sum(r.quantity), 0) from core.order_entry r where r.reverses = order_entry.id)`.as('left'),
    )
    .where('line_id', '=', line)
    .where('kind', '=', kind)
    .where('reverses', 'is', null);
  if (shipmentLine) entries = entries.where('shipment_line_id', '=', shipmentLine);
  const reversals: NewEntry[] = [];
  let wanted = new Decimal(quantity);
  for (const entry of await entries.orderBy('entered_at', 'desc').orderBy('id', 'desc').execute()) {
    const part = Decimal.min(wanted, entry.left);
    if (part.lte(0)) continue;
    reversals.push({
      ...{ line, kind, evidence, reason, reverses: entry.id, lot: entry.lot_id, allocation: entry.allocation_id },
      ...(entry.shipment_line_id === null ? {} : { shipmentLine: entry.shipment_line_id }),
      quantity: canonical(part.negated()),
    });
    wanted = wanted.minus(part);
  }
  if (wanted.gt(0)) throw new RangeError(`the ledger holds ${wanted.toFixed()} less ${kind} of line ${line} than was to be taken back`);
  await enter(scope, order, reversals);
}

/** An own entry that can be reversed, with how much of it has been. */
export async function reversibleEntry(scope: Scope, order: RecordId, id: string) {
  return tables(scope)
    .selectFrom('order_entry')
    .selectAll()
    .select(sql<string>`(select coalesce(-sum(r.quantity), 0) from core.order_entry r where r.reverses = order_entry.id)`.as('reversed'))
    .where('id', '=', id)
    .where('order_id', '=', order)
    .where('organization', '=', scope.organization)
    .where('reverses', 'is', null)
    .where('kind', 'in', ['received', 'accepted', 'conceded', 'rejected'])
    .executeTakeFirst();
}

export async function pageOfEntries(
  scope: Scope,
  filter: { order: RecordId; line?: string | undefined; kind?: EntryKind | undefined; after: Keyset | null; limit: number },
) {
  let rows = tables(scope)
    .selectFrom('order_entry')
    .innerJoin('order_line', 'order_line.id', 'order_entry.line_id')
    .leftJoin('lot', 'lot.id', 'order_entry.lot_id')
    .selectAll('order_entry')
    .select(['order_line.unit', 'lot.id as seen_lot', 'lot.code as lot_code'])
    .where('order_entry.order_id', '=', filter.order);
  if (filter.line) rows = rows.where('order_entry.line_id', '=', filter.line);
  if (filter.kind) rows = rows.where('order_entry.kind', '=', filter.kind);
  if (filter.after)
    rows = rows.where(
      sql<boolean>`(order_entry.entered_at, order_entry.id) < (${filter.after.key}::timestamptz, ${filter.after.id}::uuid)`,
    );
  return rows
    .orderBy('order_entry.entered_at', 'desc')
    .orderBy('order_entry.id', 'desc')
    .limit(filter.limit + 1)
    .execute();
}
export type ListedEntry = Awaited<ReturnType<typeof pageOfEntries>>[number];

export interface NewShipmentLine {
  readonly id: string;
  readonly line: string;
  readonly lot: RecordId;
  readonly quantity: string;
  /** In force when the goods leave. */
  readonly unitPrice: string;
  /** The acknowledged surplus that it ships. */
  readonly corrects?: string;
}

export interface NewShipment {
  readonly id: string;
  readonly order: RecordId;
  readonly number: string;
  readonly note: string | null;
  readonly lines: readonly NewShipmentLine[];
}

export async function insertShipment(scope: Scope, { id, order, number, note, lines }: NewShipment): Promise<void> {
  try {
    await tables(scope)
      .insertInto('shipment')
      .values({ id, order_id: order, supplier: scope.organization, number, note, shipped_at: scope.now })
      .execute();
  } catch (error) {
    if (isUniqueViolation(error, 'shipment_number')) throw ordersErrors.shipment_number_taken({ number }, error);
    throw error;
  }
  await insertShipmentLines(scope, order, id, lines);
}

export async function insertShipmentLines(
  scope: Scope,
  order: RecordId,
  shipment: string,
  lines: readonly NewShipmentLine[],
): Promise<void> {
  await tables(scope)
    .insertInto('shipment_line')
    .values(
      lines.map(({ id, line, lot, quantity, unitPrice, corrects = null }) => ({
        id,
        order_id: order,
        shipment_id: shipment,
        line_id: line,
        lot_id: lot,
        quantity,
        unit_price: unitPrice,
        corrects,
      })),
    )
    .execute();
}

export async function shipmentsOf(scope: Scope, order: RecordId) {
  return tables(scope).selectFrom('shipment').selectAll().where('order_id', '=', order).orderBy('shipped_at').orderBy('id').execute();
}

/** Lines of all shipments of the order; the lot's code only where the lot is seen. */
export async function shipmentLinesOf(scope: Scope, order: RecordId) {
  return tables(scope)
    .selectFrom('shipment_line')
    .leftJoin('lot', 'lot.id', 'shipment_line.lot_id')
    .selectAll('shipment_line')
    .select('lot.code as lot_code')
    .where('shipment_line.order_id', '=', order)
    .orderBy('shipment_line.id')
    .execute();
}
export type ListedShipmentLine = Awaited<ReturnType<typeof shipmentLinesOf>>[number];
