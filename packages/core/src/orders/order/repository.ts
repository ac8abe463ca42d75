import type { Selectable } from 'kysely';
import { isUniqueViolation, type RecordId, type Scope } from '../../database/index.js';
import { ordersErrors } from './errors.js';
import type { OrderState } from './states.js';
import type { OrderTables } from './tables.js';

export type OrderRow = Selectable<OrderTables['shared_order']>;

/** What an order begins with. */
export type NewOrder = Omit<
  OrderRow,
  'version' | 'resumes_to' | 'held_by' | 'disputed_by' | 'change_id' | 'change_kind' | 'change_by' | 'terms_open'
>;

const tables = (scope: Scope) => scope.tx.withTables<OrderTables>();

export async function insertOrder(scope: Scope, order: NewOrder): Promise<void> {
  await tables(scope).insertInto('shared_order').values(order).execute();
}

export async function findOrder(scope: Scope, id: string): Promise<OrderRow | undefined> {
  return tables(scope)
    .selectFrom('shared_order')
    .selectAll()
    .where('id', '=', id as RecordId)
    .executeTakeFirst();
}

export async function findOrders(scope: Scope, ids: readonly string[]): Promise<OrderRow[]> {
  if (ids.length === 0) return [];
  return tables(scope)
    .selectFrom('shared_order')
    .selectAll()
    .where('id', 'in', ids as RecordId[])
    .execute();
}

/** Only a party gets the row: locking asks the policy for updates. */
export async function lockOrder(scope: Scope, id: string): Promise<OrderRow | undefined> {
  return tables(scope)
    .selectFrom('shared_order')
    .selectAll()
    .where('id', '=', id as RecordId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** Locks the orders of these lines in the order of their ids. */
export async function lockOrdersOfLines(scope: Scope, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  const db = tables(scope);
  const orders = db.selectFrom('order_line').select('order_id').where('id', 'in', lines);
  await db.selectFrom('shared_order').select('id').where('id', 'in', orders).orderBy('id').forNoKeyUpdate().execute();
}

export async function ordersInProgress(scope: Scope, ids: readonly RecordId[]): Promise<OrderRow[]> {
  if (ids.length === 0) return [];
  return tables(scope)
    .selectFrom('shared_order')
    .selectAll()
    .where('id', 'in', ids)
    .where('state', 'in', ['in_production', 'in_delivery', 'on_hold', 'disputed'])
    .orderBy('id')
    .execute();
}

/** What a move may change beside the state. */
export type OrderChange = Partial<
  Omit<OrderRow, 'id' | 'buyer' | 'supplier' | 'number' | 'version' | 'currency' | 'proposed_at' | 'quote_id'>
>;

export async function moveOrder(scope: Scope, order: OrderRow, change: OrderChange & { state: OrderState }): Promise<OrderRow> {
  return tables(scope)
    .updateTable('shared_order')
    .set({ ...change, version: order.version + 1, changed_at: scope.now })
    .where('id', '=', order.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** What the asking organization calls these orders; those that it does not see are missing. */
export async function orderNumbers(scope: Scope, orders: readonly string[]) {
  if (orders.length === 0) return new Map<string, { number: string; ownNumber: string | null }>();
  const rows = await tables(scope)
    .selectFrom('shared_order')
    .leftJoin('order_party', (join) =>
      join.onRef('order_party.order_id', '=', 'shared_order.id').on('order_party.organization', '=', scope.organization),
    )
    .select(['shared_order.id', 'shared_order.number', 'order_party.own_number'])
    .where('shared_order.id', 'in', orders as RecordId[])
    .execute();
  return new Map(rows.map(({ id, number, own_number }) => [id as string, { number, ownNumber: own_number }]));
}

/** What only the asking side reads of the order; undefined for a reader by grant. */
export async function findOwnSide(scope: Scope, order: RecordId) {
  return tables(scope)
    .selectFrom('order_party')
    .select(['role', 'own_number', 'private_note'])
    .where('organization', '=', scope.organization)
    .where('order_id', '=', order)
    .executeTakeFirst();
}

export async function annotateOwnSide(
  scope: Scope,
  order: RecordId,
  change: { own_number?: string; private_note?: string | null },
): Promise<void> {
  if (Object.keys(change).length === 0) return;
  try {
    await tables(scope)
      .updateTable('order_party')
      .set(change)
      .where('organization', '=', scope.organization)
      .where('order_id', '=', order)
      .execute();
  } catch (error) {
    if (isUniqueViolation(error, 'order_party_own_number')) throw ordersErrors.own_number_taken({ number: change.own_number }, error);
    throw error;
  }
}
