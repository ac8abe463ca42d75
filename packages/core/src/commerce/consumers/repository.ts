import { type Selectable, sql } from 'kysely';
import type { Keyset } from '../../commands/index.js';
import { isUniqueViolation, type RecordId, type Scope } from '../../database/index.js';
import { commerceErrors } from '../errors.js';
import type { CommerceTables } from '../tables.js';
import type { ConsumerOrderState } from './states.js';

export type ConsumerOrderRow = Selectable<CommerceTables['consumer_order']>;
export type ConsumerPersonRow = Selectable<CommerceTables['consumer_person']>;

const tables = (scope: Scope) => scope.tx.withTables<CommerceTables>();

export async function insertConsumerOrder(scope: Scope, order: Omit<ConsumerOrderRow, 'version'>): Promise<void> {
  const specification = order.specification === null ? null : JSON.stringify(order.specification);
  try {
    await tables(scope)
      .insertInto('consumer_order')
      .values({ ...order, specification })
      .execute();
  } catch (error) {
    if (isUniqueViolation(error, 'consumer_order_number')) throw commerceErrors.consumer_number_taken({ number: order.number }, error);
    throw error;
  }
}

export async function insertConsumerPerson(scope: Scope, person: ConsumerPersonRow): Promise<void> {
  const measurements = person.measurements === null ? null : JSON.stringify(person.measurements);
  await tables(scope)
    .insertInto('consumer_person')
    .values({ ...person, measurements })
    .execute();
}

export async function findConsumerOrder(scope: Scope, id: string): Promise<ConsumerOrderRow | undefined> {
  return tables(scope)
    .selectFrom('consumer_order')
    .selectAll()
    .where('id', '=', id as RecordId)
    .executeTakeFirst();
}

/** Only the seller gets the row: locking asks the policy for updates. */
export async function lockConsumerOrder(scope: Scope, id: string): Promise<ConsumerOrderRow | undefined> {
  return tables(scope)
    .selectFrom('consumer_order')
    .selectAll()
    .where('id', '=', id as RecordId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

export async function updateConsumerOrder(
  scope: Scope,
  order: ConsumerOrderRow,
  change: Partial<Pick<ConsumerOrderRow, 'state' | 'reason' | 'order_id' | 'order_line_id' | 'job_id' | 'unit_id'>>,
): Promise<ConsumerOrderRow> {
  return tables(scope)
    .updateTable('consumer_order')
    .set({ ...change, version: order.version + 1, changed_at: scope.now })
    .where('id', '=', order.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function findConsumerPerson(scope: Scope, order: RecordId): Promise<ConsumerPersonRow | undefined> {
  return tables(scope).selectFrom('consumer_person').selectAll().where('consumer_order_id', '=', order).executeTakeFirst();
}

export async function eraseMeasurements(scope: Scope, order: RecordId): Promise<void> {
  await tables(scope)
    .updateTable('consumer_person')
    .set({ measurements: null, consent_withdrawn_at: scope.now })
    .where('consumer_order_id', '=', order)
    .execute();
}

/** Whether the organization sees a record of this kind. */
export async function seesRecord(scope: Scope, kind: string, id: string): Promise<boolean> {
  const seen = await scope.tx
    .withTables<{ record: { id: string; kind: string } }>()
    .selectFrom('record')
    .select('id')
    .where('id', '=', id)
    .where('kind', '=', kind)
    .executeTakeFirst();
  return seen !== undefined;
}

export async function seesOrderLine(scope: Scope, order: string, line: string): Promise<boolean> {
  const seen = await scope.tx
    .withTables<{ order_line: { id: string; order_id: string } }>()
    .selectFrom('order_line')
    .select('id')
    .where('order_id', '=', order)
    .where('id', '=', line)
    .executeTakeFirst();
  return seen !== undefined;
}

export async function pageOfConsumerOrders(
  scope: Scope,
  {
    state,
    order,
    after,
    limit,
  }: { state?: ConsumerOrderState | undefined; order?: string | undefined; after: Keyset | null; limit: number },
): Promise<ConsumerOrderRow[]> {
  let found = tables(scope).selectFrom('consumer_order').selectAll().where('organization', '=', scope.organization);
  if (state) found = found.where('state', '=', state);
  if (order) found = found.where('order_id', '=', order as RecordId);
  if (after) found = found.where(sql<boolean>`(changed_at, id) < (${after.key}::timestamptz, ${after.id}::uuid)`);
  return found
    .orderBy('changed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
}
