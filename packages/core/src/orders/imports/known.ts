import { sql } from 'kysely';
import { organizationNames } from '../../access/index.js';
import type { RecordId, Scope } from '../../database/index.js';
import { type LineRow, linesOf } from '../ledger/repository.js';
import { ordersByOwnNumber } from '../listing/repository.js';
import { type ScheduleRow, scheduleOf } from '../order/plan-repository.js';
import { findOrders, type OrderRow } from '../order/repository.js';
import type { OrderSide } from '../order/states.js';

/** What stands under one of the organization's own numbers. */
export interface KnownOrder {
  readonly role: OrderSide;
  readonly order: OrderRow;
  /** Code of the supplier. */
  readonly supplier: string;
  readonly privateNote: string | null;
  readonly lines: readonly LineRow[];
  readonly schedule: readonly ScheduleRow[];
  /** A sub-order says what was passed on of another order: it changes with that, not by itself. */
  readonly servesAnother: boolean;
}

/** Number → order, by a handful of statements however many there are; numbers that name none are missing. */
export async function knownOrders(scope: Scope, numbers: readonly string[]): Promise<ReadonlyMap<string, KnownOrder>> {
  const named = await ordersByOwnNumber(scope, numbers);
  const ids = named.map(({ order_id }) => order_id);
  const orders = new Map((await findOrders(scope, ids)).map((order) => [order.id, order]));
  const suppliers = await organizationNames(scope, [...new Set([...orders.values()].map(({ supplier }) => supplier))]);
  const lines = byOrder(await linesOf(scope, ids));
  const schedule = byOrder(await scheduleOf(scope, ids));
  const serving = await servingAnother(scope, ids);
  return new Map(
    named.flatMap(({ own_number, order_id, role, private_note }) => {
      const order = orders.get(order_id);
      if (!order) return [];
      const supplier = suppliers.get(order.supplier)?.code ?? '';
      const of = { lines: lines.get(order_id) ?? [], schedule: schedule.get(order_id) ?? [], servesAnother: serving.has(order_id) };
      return [[own_number, { role, order, supplier, privateNote: private_note, ...of }] as const];
    }),
  );
}

async function servingAnother(scope: Scope, orders: readonly RecordId[]): Promise<ReadonlySet<string>> {
  if (orders.length === 0) return new Set();
  const { rows } = await sql<{ sub_order_id: string }>`
    select distinct sub_order_id from core.order_allocation where sub_order_id = any (${orders}::uuid[])`.execute(scope.tx);
  return new Set(rows.map(({ sub_order_id }) => sub_order_id));
}

function byOrder<Row extends { readonly order_id: string }>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const same = found.get(row.order_id);
    if (same) same.push(row);
    else found.set(row.order_id, [row]);
  }
  return found;
}
