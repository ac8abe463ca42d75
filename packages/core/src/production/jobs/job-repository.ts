import { type Selectable, sql } from 'kysely';
import type { Keyset } from '../../commands/index.js';
import { isUniqueViolation, type RecordId, type Scope } from '../../database/index.js';
import type { LifecycleTables } from '../../lifecycle/index.js';
import { productionErrors } from '../errors.js';
import type { Specification } from '../schema.js';
import type { ProductionTables } from '../tables.js';
import type { JobState } from './states.js';

export type JobRow = Selectable<ProductionTables['job_order']>;
const tables = (scope: Scope) => scope.tx.withTables<ProductionTables & LifecycleTables>();

export async function insertJob(
  scope: Scope,
  job: Omit<JobRow, 'organization' | 'version' | 'created_at' | 'completed_at' | 'state'>,
): Promise<void> {
  try {
    await tables(scope)
      .insertInto('job_order')
      .values({
        ...job,
        specification: job.specification === null ? null : JSON.stringify(job.specification),
        organization: scope.organization,
        state: 'in_progress',
        created_at: scope.now,
        completed_at: null,
      })
      .execute();
  } catch (error) {
    if (isUniqueViolation(error, 'job_order_code')) throw productionErrors.job_code_taken({ code: job.code }, error);
    throw error;
  }
}

export async function findJob(scope: Scope, id: string): Promise<JobRow | undefined> {
  return tables(scope)
    .selectFrom('job_order')
    .selectAll()
    .where('id', '=', id as RecordId)
    .executeTakeFirst();
}

/** The engineering item that the lots of a job order are of, as its first lot says. */
export async function itemOf(scope: Scope, job: RecordId): Promise<string | null> {
  const row = await tables(scope)
    .selectFrom('operation')
    .innerJoin('operation_lot', 'operation_lot.operation_id', 'operation.id')
    .innerJoin('lot', 'lot.id', 'operation_lot.lot_id')
    .select('lot.item')
    .where('operation.job_order_id', '=', job)
    .orderBy('operation_lot.opened_at')
    .executeTakeFirst();
  return row?.item ?? null;
}

export async function lockJob(scope: Scope, id: string): Promise<JobRow | undefined> {
  return tables(scope)
    .selectFrom('job_order')
    .selectAll()
    .where('id', '=', id as RecordId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

export async function updateJob(
  scope: Scope,
  id: RecordId,
  change: { version: number; state?: JobState; completed_at?: Date },
): Promise<void> {
  await tables(scope).updateTable('job_order').set(change).where('id', '=', id).execute();
}

export async function pageOfJobs(
  scope: Scope,
  filter: { state?: JobState | undefined; order?: string | undefined; after: Keyset | null; limit: number },
): Promise<JobRow[]> {
  let rows = tables(scope).selectFrom('job_order').selectAll().where('organization', '=', scope.organization);
  if (filter.state) rows = rows.where('state', '=', filter.state);
  if (filter.order) rows = rows.where('order_id', '=', filter.order);
  if (filter.after) rows = rows.where(sql<boolean>`(created_at, id) < (${filter.after.key}::timestamptz, ${filter.after.id}::uuid)`);
  return rows
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute();
}

/** Of the order line that a lot was made for. */
export async function lotSpecification(scope: Scope, lot: string): Promise<Specification | null> {
  const row = await tables(scope)
    .selectFrom('operation_lot')
    .innerJoin('operation', 'operation.id', 'operation_lot.operation_id')
    .innerJoin('job_order', 'job_order.id', 'operation.job_order_id')
    .select('job_order.specification')
    .where('operation_lot.lot_id', '=', lot as RecordId)
    .executeTakeFirst();
  return (row?.specification as Specification | null | undefined) ?? null;
}

/** How much of a line is already given to job orders that are not canceled. */
export async function planned(scope: Scope, order: string, line: string): Promise<string> {
  const row = await tables(scope)
    .selectFrom('job_order')
    .select(
      sql<string>`coalesce(sum(case when state = 'completed' then (select coalesce(sum(o.good), 0) from core.operation o where o.job_order_id = job_order.id and o.final) else quantity end), 0)`.as(
        'quantity',
      ),
    )
    .where('organization', '=', scope.organization)
    .where('order_id', '=', order)
    .where('order_line', '=', line)
    .where('state', '!=', 'canceled')
    .executeTakeFirstOrThrow();
  return row.quantity;
}
