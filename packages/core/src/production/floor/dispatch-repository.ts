import { type SqlBool, sql } from 'kysely';
import type { RecordId, Scope } from '../../database/index.js';
import type { EquipmentTables } from '../../equipment/index.js';
import type { LifecycleTables } from '../../lifecycle/index.js';
import type { JobRow } from '../jobs/job-repository.js';
import type { ProductionTables } from '../tables.js';

const tables = (scope: Scope) => scope.tx.withTables<ProductionTables & EquipmentTables & LifecycleTables>();

/** Where a page of a dispatch list ended. */
export interface DispatchKey {
  readonly rank: number;
  readonly due: string;
  readonly priority: number;
  readonly id: string;
}

export interface DispatchFilter {
  readonly center?: string | undefined;
  readonly equipment?: string | undefined;
  readonly after: DispatchKey | null;
  readonly limit: number;
}

/** One more than the limit; each filter has its index, which holds what is not over and nothing else. */
export async function pageOfDispatch(scope: Scope, { center, equipment, after, limit }: DispatchFilter) {
  let rows = tables(scope)
    .selectFrom('operation')
    .select(['id', 'job_order_id', 'dispatch_rank', 'dispatch_due', 'priority'])
    .where('organization', '=', scope.organization)
    .where('dispatch_rank', 'is not', null);
  if (center !== undefined) rows = rows.where('center', '=', center);
  if (equipment !== undefined) rows = rows.where('equipment_id', '=', equipment as RecordId);
  if (after)
    rows = rows.where(
      sql<SqlBool>`(dispatch_rank, dispatch_due, priority, id) > (${after.rank}::smallint, ${after.due}::date, ${after.priority}::smallint, ${after.id}::uuid)`,
    );
  return rows
    .orderBy('dispatch_rank')
    .orderBy('dispatch_due')
    .orderBy('priority')
    .orderBy('id')
    .limit(limit + 1)
    .execute();
}

/** The open operations of a job order in their order, as `pageOfDispatch` gives them. */
export async function dispatchOfJob(scope: Scope, job: RecordId) {
  return tables(scope)
    .selectFrom('operation')
    .select(['id', 'job_order_id', 'dispatch_rank', 'dispatch_due', 'priority'])
    .where('job_order_id', '=', job)
    .where('dispatch_rank', 'is not', null)
    .orderBy('position')
    .execute();
}
export type DispatchRow = Awaited<ReturnType<typeof dispatchOfJob>>[number];

/** Where work waits, with how much of it. */
export async function centersOf(scope: Scope) {
  return tables(scope)
    .selectFrom('operation')
    .select((each) => ['center', each.fn.countAll<string>().as('open')])
    .select(sql<string>`count(*) filter (where dispatch_rank <= 2)`.as('under_way'))
    .where('organization', '=', scope.organization)
    .where('dispatch_rank', 'is not', null)
    .where('center', 'is not', null)
    .groupBy('center')
    .orderBy('center')
    .limit(200)
    .execute();
}

export async function jobsById(scope: Scope, ids: readonly RecordId[]): Promise<JobRow[]> {
  if (ids.length === 0) return [];
  return tables(scope).selectFrom('job_order').selectAll().where('id', 'in', ids).execute();
}

export async function findJobOfOperation(scope: Scope, operation: string): Promise<JobRow | undefined> {
  return tables(scope)
    .selectFrom('job_order')
    .innerJoin('operation', 'operation.job_order_id', 'job_order.id')
    .selectAll('job_order')
    .where('operation.id', '=', operation)
    .executeTakeFirst();
}

export async function findJobByCode(scope: Scope, code: string): Promise<JobRow | undefined> {
  return tables(scope)
    .selectFrom('job_order')
    .selectAll()
    .where('organization', '=', scope.organization)
    .where('code', '=', code)
    .executeTakeFirst();
}

export async function findLotByCode(scope: Scope, code: string) {
  return tables(scope)
    .selectFrom('lot')
    .select(['id', 'code', 'state'])
    .where('organization', '=', scope.organization)
    .where('code', '=', code)
    .executeTakeFirst();
}

export async function findEquipmentByCode(scope: Scope, code: string) {
  return tables(scope)
    .selectFrom('equipment')
    .select(['id', 'code', 'name'])
    .where('organization', '=', scope.organization)
    .where('code', '=', code)
    .executeTakeFirst();
}

/** The job order that a lot comes from. */
export async function jobOfLot(scope: Scope, lot: RecordId): Promise<RecordId | undefined> {
  const row = await tables(scope)
    .selectFrom('operation_lot')
    .innerJoin('operation', 'operation.id', 'operation_lot.operation_id')
    .select('operation.job_order_id')
    .where('operation_lot.lot_id', '=', lot)
    .executeTakeFirst();
  return row?.job_order_id;
}

export interface LossFilter {
  readonly from: Date;
  readonly to: Date;
  readonly equipment?: string | undefined;
  readonly workCenter?: string | undefined;
}

/** Sums of scrap and rework by unit and reason; an unknown reason is null. */
export async function sumLosses(scope: Scope, { from, to, equipment, workCenter }: LossFilter) {
  let rows = tables(scope)
    .selectFrom('operation_count as c')
    .innerJoin('operation', 'operation.id', 'c.operation_id')
    .innerJoin('job_order', 'job_order.id', 'operation.job_order_id')
    .leftJoin('scrap_reason as r', (join) => join.onRef('r.organization', '=', 'c.organization').onRef('r.code', '=', 'c.reason_code'))
    .select(['job_order.unit', 'c.reason_code as code', 'r.words_en', 'r.words_zh'])
    .select((each) => [each.fn.sum<string>('c.scrap').as('scrap'), each.fn.sum<string>('c.rework').as('rework')])
    .where('c.organization', '=', scope.organization)
    .where('c.counted_at', '>=', from)
    .where('c.counted_at', '<', to)
    .where(sql<SqlBool>`(c.scrap > 0 or c.rework > 0)`);
  if (equipment !== undefined) rows = rows.where('operation.equipment_id', '=', equipment as RecordId);
  if (workCenter !== undefined) rows = rows.where('operation.center', '=', workCenter);
  return rows.groupBy(['job_order.unit', 'c.reason_code', 'r.words_en', 'r.words_zh']).execute();
}

/** The work centers that lost something in that time. */
export async function centersOfLosses(scope: Scope, { from, to }: Pick<LossFilter, 'from' | 'to'>): Promise<string[]> {
  const rows = await tables(scope)
    .selectFrom('operation_count as c')
    .innerJoin('operation', 'operation.id', 'c.operation_id')
    .select('operation.center')
    .distinct()
    .where('c.organization', '=', scope.organization)
    .where('c.counted_at', '>=', from)
    .where('c.counted_at', '<', to)
    .where(sql<SqlBool>`(c.scrap > 0 or c.rework > 0)`)
    .where('operation.center', 'is not', null)
    .orderBy('operation.center')
    .limit(200)
    .execute();
  return rows.flatMap(({ center }) => center ?? []);
}

export async function operationAtPosition(scope: Scope, job: RecordId, position: number): Promise<string | undefined> {
  const row = await tables(scope)
    .selectFrom('operation')
    .select('id')
    .where('job_order_id', '=', job)
    .where('position', '=', position)
    .executeTakeFirst();
  return row?.id;
}
