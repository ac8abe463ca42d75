import type { Selectable } from 'kysely';
import type { RecordId, Scope } from '../../database/index.js';
import type { EquipmentTables } from '../../equipment/index.js';
import type { LifecycleTables } from '../../lifecycle/index.js';
import type { ProductionTables } from '../tables.js';
export type OperationRow = Selectable<ProductionTables['operation']>;
const tables = (scope: Scope) => scope.tx.withTables<ProductionTables & EquipmentTables & LifecycleTables>();

/** In the order in which they are carried out; what is not given is as for any new one. */
export async function insertOperations(
  scope: Scope,
  operations: readonly Pick<
    OperationRow,
    | 'id'
    | 'job_order_id'
    | 'position'
    | 'words_en'
    | 'words_zh'
    | 'state'
    | 'equipment_id'
    | 'final'
    | 'parallel'
    | 'work_center'
    | 'center'
    | 'setup_seconds'
    | 'run_seconds'
    | 'due_on'
    | 'outside'
    | 'supplier'
  >[],
): Promise<void> {
  await tables(scope)
    .insertInto('operation')
    .values(
      operations.map((operation) => ({
        ...operation,
        organization: scope.organization,
        sub_order_id: null,
        started_at: null,
        ended_at: null,
      })),
    )
    .execute();
}

export async function moveOperation(
  scope: Scope,
  id: string,
  change: Partial<
    Pick<
      OperationRow,
      'state' | 'started_at' | 'ended_at' | 'equipment_id' | 'priority' | 'due_on' | 'outside' | 'supplier' | 'sub_order_id'
    >
  >,
): Promise<void> {
  await tables(scope).updateTable('operation').set(change).where('id', '=', id).execute();
}

/** Ends what is under way and leaves out what has not begun. */
export async function endOperations(scope: Scope, job: RecordId): Promise<void> {
  await tables(scope)
    .updateTable('operation')
    .set({ state: 'done', ended_at: scope.now })
    .where('job_order_id', '=', job)
    .where('state', 'in', ['in_progress', 'paused'])
    .execute();
  await tables(scope)
    .updateTable('operation')
    .set({ state: 'canceled' })
    .where('job_order_id', '=', job)
    .where('state', 'in', ['todo', 'ready'])
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
    .leftJoin('operation_stretch', (join) =>
      join.onRef('operation_stretch.operation_id', '=', 'operation.id').on('operation_stretch.ended_at', 'is', null),
    )
    .selectAll('operation')
    .select([
      'equipment.code as equipment_code',
      'equipment.name as equipment_name',
      'equipment.model as equipment_model',
      'lot.id as lot_id',
      'lot.code as lot_code',
      'lot.state as lot_state',
      'operation_stretch.begun_at as stretch_begun_at',
      'operation_stretch.reason as pause_reason',
      'operation_stretch.note as pause_note',
      'operation_stretch.begun_by as stretch_begun_by',
    ])
    .where('operation.job_order_id', 'in', jobs)
    .orderBy('operation.job_order_id')
    .orderBy('operation.position')
    .execute();
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

/** Locked in the order of their ids. */
export async function lockOperations(scope: Scope, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tables(scope).selectFrom('operation').select('id').where('id', 'in', ids).orderBy('id').forNoKeyUpdate().execute();
}

/** The operations of these job orders, by job order. */
export async function operationsOfJobs(scope: Scope, jobs: readonly RecordId[]): Promise<ReadonlyMap<string, readonly string[]>> {
  if (jobs.length === 0) return new Map();
  const rows = await tables(scope).selectFrom('operation').select(['id', 'job_order_id']).where('job_order_id', 'in', jobs).execute();
  const byJob = new Map<string, string[]>();
  for (const { id, job_order_id } of rows) byJob.set(job_order_id, [...(byJob.get(job_order_id) ?? []), id]);
  return byJob;
}

export type ListedOperation = Awaited<ReturnType<typeof operationsOf>>[number];
