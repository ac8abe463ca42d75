import type { Selectable } from 'kysely';
import type { RecordId, Scope } from '../../database/index.js';
import type { LifecycleTables } from '../../lifecycle/index.js';
import type { ProductionTables } from '../tables.js';
export type OperationLotRow = Selectable<ProductionTables['operation_lot']>;

const tables = (scope: Scope) => scope.tx.withTables<ProductionTables & LifecycleTables>();

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
