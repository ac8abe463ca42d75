import { type Selectable, sql } from 'kysely';
import type { Keyset } from '../../commands/index.js';
import { isUniqueViolation, type RecordId, type Scope } from '../../database/index.js';
import type { EquipmentTables } from '../../equipment/index.js';
import type { LifecycleTables } from '../../lifecycle/index.js';
import { productionErrors } from '../errors.js';
import type { Specification } from '../schema.js';
import type { JobState } from '../states.js';
import type { ProductionTables } from '../tables.js';

export type JobRow = Selectable<ProductionTables['job_order']>;
export type OperationRow = Selectable<ProductionTables['operation']>;
export type OperationLotRow = Selectable<ProductionTables['operation_lot']>;

const tables = (scope: Scope) => scope.tx.withTables<ProductionTables & EquipmentTables & LifecycleTables>();

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

/** Ready, in the order in which they are carried out. */
export async function insertOperations(
  scope: Scope,
  operations: readonly Pick<
    OperationRow,
    | 'id'
    | 'job_order_id'
    | 'position'
    | 'words_en'
    | 'words_zh'
    | 'equipment_id'
    | 'final'
    | 'parallel'
    | 'work_center'
    | 'setup_seconds'
    | 'run_seconds'
  >[],
): Promise<void> {
  await tables(scope)
    .insertInto('operation')
    .values(
      operations.map((operation) => ({
        ...operation,
        organization: scope.organization,
        state: 'ready' as const,
        started_at: null,
        ended_at: null,
      })),
    )
    .execute();
}

export async function moveOperation(
  scope: Scope,
  id: string,
  change: Partial<Pick<OperationRow, 'state' | 'started_at' | 'ended_at' | 'equipment_id'>>,
): Promise<void> {
  await tables(scope).updateTable('operation').set(change).where('id', '=', id).execute();
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

export async function endOperations(scope: Scope, job: RecordId): Promise<void> {
  await tables(scope)
    .updateTable('operation')
    .set({ state: 'done', ended_at: scope.now })
    .where('job_order_id', '=', job)
    .where('state', '=', 'in_progress')
    .execute();
  await tables(scope)
    .updateTable('operation')
    .set({ state: 'canceled' })
    .where('job_order_id', '=', job)
    .where('state', '=', 'ready')
    .execute();
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

export async function operationsOf(scope: Scope, jobs: readonly RecordId[]) {
  if (jobs.length === 0) return [];
  return tables(scope)
    .selectFrom('operation')
    .leftJoin('equipment', 'equipment.id', 'operation.equipment_id')
    .leftJoin('operation_lot', (join) =>
      join.onRef('operation_lot.operation_id', '=', 'operation.id').on('operation_lot.closed_at', 'is', null),
    )
    .leftJoin('lot', 'lot.id', 'operation_lot.lot_id')
    .selectAll('operation')
    .select([
      'equipment.code as equipment_code',
      'equipment.name as equipment_name',
      'equipment.model as equipment_model',
      'lot.id as lot_id',
      'lot.code as lot_code',
      'lot.state as lot_state',
    ])
    .where('operation.job_order_id', 'in', jobs)
    .orderBy('operation.job_order_id')
    .orderBy('operation.position')
    .execute();
}

/** Each with what the last operation counted into it. */
export async function lotsOfJob(scope: Scope, job: RecordId): Promise<OperationLotRow[]> {
  return tables(scope)
    .selectFrom('operation_lot')
    .innerJoin('operation', 'operation.id', 'operation_lot.operation_id')
    .selectAll('operation_lot')
    .where('operation.job_order_id', '=', job)
    .where('operation.final', '=', true)
    .orderBy('operation_lot.opened_at')
    .execute();
}

/** The lots made for an order, with the line they were made for. */
export async function lotsOfOrder(scope: Scope, order: string) {
  return tables(scope)
    .selectFrom('job_order')
    .innerJoin('operation', 'operation.job_order_id', 'job_order.id')
    .innerJoin('operation_lot', 'operation_lot.operation_id', 'operation.id')
    .innerJoin('lot', 'lot.id', 'operation_lot.lot_id')
    .select(['job_order.order_line as line', 'lot.id as lot', 'lot.code', 'lot.state', 'lot.quantity', 'lot.shipped'])
    .where('job_order.organization', '=', scope.organization)
    .where('job_order.order_id', '=', order)
    .where('operation.final', '=', true)
    .orderBy('operation_lot.opened_at')
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

export async function busyWith(scope: Scope, equipment: RecordId): Promise<string | undefined> {
  const row = await tables(scope)
    .selectFrom('operation')
    .innerJoin('job_order', 'job_order.id', 'operation.job_order_id')
    .select('job_order.code')
    .where('operation.equipment_id', '=', equipment)
    .where('operation.state', '=', 'in_progress')
    .executeTakeFirst();
  return row?.code;
}

/** What may have been under way on the equipment between two instants, with the line it works for. */
export async function operationsOnEquipment(scope: Scope, equipment: readonly RecordId[], from: Date, to: Date) {
  if (equipment.length === 0) return [];
  return tables(scope)
    .selectFrom('operation')
    .innerJoin('job_order', 'job_order.id', 'operation.job_order_id')
    .selectAll('operation')
    .select(['job_order.order_line', 'job_order.unit', 'job_order.code as job_code'])
    .where('operation.equipment_id', 'in', equipment)
    .where('operation.started_at', '<=', to)
    .where((where) => where.or([where('operation.ended_at', 'is', null), where('operation.ended_at', '>', from)]))
    .orderBy('operation.started_at')
    .execute();
}
export type RunningOperation = Awaited<ReturnType<typeof operationsOnEquipment>>[number];

/** Locked in the order of their ids. */
export async function lockOperations(scope: Scope, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tables(scope).selectFrom('operation').select('id').where('id', 'in', ids).orderBy('id').forNoKeyUpdate().execute();
}

export async function lotsOfOperations(scope: Scope, operations: readonly string[]) {
  if (operations.length === 0) return [];
  return tables(scope)
    .selectFrom('operation_lot')
    .innerJoin('lot', 'lot.id', 'operation_lot.lot_id')
    .selectAll('operation_lot')
    .select(['lot.state', 'lot.code'])
    .where('operation_lot.operation_id', 'in', operations)
    .orderBy('operation_lot.opened_at')
    .execute();
}
export type LotWindow = Awaited<ReturnType<typeof lotsOfOperations>>[number];

export async function insertOperationLots(scope: Scope, operations: readonly string[], lot: RecordId): Promise<void> {
  await tables(scope)
    .insertInto('operation_lot')
    .values(
      operations.map((operation) => ({
        organization: scope.organization,
        operation_id: operation,
        lot_id: lot,
        opened_at: scope.now,
        closed_at: null,
      })),
    )
    .execute();
}

/** The operations of these job orders, by job order. */
export async function operationsOfJobs(scope: Scope, jobs: readonly RecordId[]): Promise<ReadonlyMap<string, readonly string[]>> {
  if (jobs.length === 0) return new Map();
  const rows = await tables(scope).selectFrom('operation').select(['id', 'job_order_id']).where('job_order_id', 'in', jobs).execute();
  const byJob = new Map<string, string[]>();
  for (const { id, job_order_id } of rows) byJob.set(job_order_id, [...(byJob.get(job_order_id) ?? []), id]);
  return byJob;
}

/**
 * From now on nothing more is counted into whichever lot these operations have open. A run that goes on leaves the lot: its units come out at its end, and that decides which lot they belong to. A lot can
 * so be closed and released while the equipment works on the next one.
 */
export async function endLotWindow(scope: Scope, operations: readonly string[]): Promise<void> {
  const ended = await tables(scope)
    .updateTable('operation_lot')
    .set({ closed_at: scope.now })
    .where('operation_id', 'in', operations)
    .where('closed_at', 'is', null)
    .returning(['lot_id', 'operation_id'])
    .execute();
  for (const { lot_id, operation_id } of ended)
    await tables(scope)
      .updateTable('process_run')
      .set({ lot_id: null })
      .where('operation_id', '=', operation_id)
      .where('lot_id', '=', lot_id)
      .where('ended_at', 'is', null)
      .execute();
}

export interface NewCount {
  readonly operation: string;
  readonly lot: RecordId;
  readonly good: string;
  readonly scrap: string;
  readonly evidence: 'device' | 'person';
  readonly messages: number | null;
  readonly reason: string | null;
  /** Device codes, or the person's label. */
  readonly by: string;
}

/** Writes the count and adds it to the operation and to the operation's lot. */
export async function insertCount(scope: Scope, id: string, count: NewCount): Promise<void> {
  const { operation, lot, good, scrap, evidence, messages, reason, by } = count;
  await tables(scope)
    .insertInto('operation_count')
    .values({
      id,
      organization: scope.organization,
      operation_id: operation,
      lot_id: lot,
      good,
      scrap,
      evidence,
      messages,
      reason,
      counted_by: by,
      counted_at: scope.now,
    })
    .execute();
  const byHand = evidence === 'person';
  await tables(scope)
    .updateTable('operation')
    .set({
      good: sql`good + ${good}::numeric`,
      scrap: sql`scrap + ${scrap}::numeric`,
      good_by_hand: sql`good_by_hand + ${byHand ? good : '0'}::numeric`,
      scrap_by_hand: sql`scrap_by_hand + ${byHand ? scrap : '0'}::numeric`,
    })
    .where('id', '=', operation)
    .execute();
  await tables(scope)
    .updateTable('operation_lot')
    .set({ good: sql`good + ${good}::numeric`, scrap: sql`scrap + ${scrap}::numeric` })
    .where('operation_id', '=', operation)
    .where('lot_id', '=', lot)
    .execute();
}
