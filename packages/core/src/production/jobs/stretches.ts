import { type Selectable, sql } from 'kysely';
import { newId, type RecordId, type Scope } from '../../database/index.js';
import type { ProductionTables } from '../tables.js';

export type StretchRow = Selectable<ProductionTables['operation_stretch']>;

const tables = (scope: Scope) => scope.tx.withTables<ProductionTables>();

export interface NewStretch extends Pick<StretchRow, 'kind' | 'equipment_id'> {
  readonly operation: string;
  readonly reason?: StretchRow['reason'];
  readonly note?: string | null;
}

/**
 * Opens a stretch of an operation now. Active ones of the same equipment never overlap, even when the transaction that ended the
 * last began later than this one: then it begins where that one ended.
 */
export async function beginStretch(scope: Scope, { operation, equipment_id, kind, reason, note }: NewStretch): Promise<void> {
  const last = tables(scope)
    .selectFrom('operation_stretch')
    .select((each) => each.fn.max('ended_at').as('ended_at'))
    .where((where) =>
      where.or([
        where('operation_id', '=', operation),
        ...(kind === 'active' && equipment_id !== null
          ? [where.and([where('equipment_id', '=', equipment_id), where('kind', '=', 'active')])]
          : []),
      ]),
    );
  await tables(scope)
    .insertInto('operation_stretch')
    .values({
      id: newId(),
      organization: scope.organization,
      operation_id: operation,
      equipment_id,
      kind,
      begun_at: sql<Date>`greatest(${scope.now}::timestamptz, ${last})`,
      ended_at: null,
      reason: reason ?? null,
      note: note ?? null,
      begun_by: scope.actor.label,
      ended_by: null,
    })
    .execute();
}

/** Ends whatever stretch these operations have open. */
export async function endStretches(scope: Scope, operations: readonly string[]): Promise<void> {
  if (operations.length === 0) return;
  await tables(scope)
    .updateTable('operation_stretch')
    .set({ ended_at: sql`greatest(${scope.now}::timestamptz, begun_at)`, ended_by: scope.actor.label })
    .where('operation_id', 'in', operations)
    .where('ended_at', 'is', null)
    .execute();
}

export async function stretchesOf(scope: Scope, operations: readonly string[]): Promise<StretchRow[]> {
  if (operations.length === 0) return [];
  return tables(scope)
    .selectFrom('operation_stretch')
    .selectAll()
    .where('operation_id', 'in', operations)
    .orderBy('begun_at')
    .orderBy('id')
    .execute();
}

/** What the equipment may have worked on between two instants, or what stood still on it, with the line it is for. */
export async function stretchesOnEquipment(scope: Scope, equipment: readonly RecordId[], from: Date, to: Date) {
  if (equipment.length === 0) return [];
  return tables(scope)
    .selectFrom('operation_stretch as s')
    .innerJoin('operation', 'operation.id', 's.operation_id')
    .innerJoin('job_order', 'job_order.id', 'operation.job_order_id')
    .select(['operation.id', 'operation.job_order_id', 'operation.final', 's.equipment_id', 's.kind', 's.begun_at', 's.ended_at'])
    .select(['job_order.order_line', 'job_order.unit', 'job_order.code as job_code'])
    .where('s.equipment_id', 'in', equipment)
    .where('s.begun_at', '<=', to)
    .where((where) => where.or([where('s.ended_at', 'is', null), where('s.ended_at', '>', from)]))
    .orderBy('s.begun_at')
    .execute();
}
export type WorkedStretch = Awaited<ReturnType<typeof stretchesOnEquipment>>[number];

/**
 * The stretch that something the equipment said at `at` belongs to: of the operation that it worked on, else of the one that was
 * paused on it last, for a machine may go on after people said that it stands still.
 */
export function stretchAt(stretches: readonly WorkedStretch[], equipment: RecordId, at: Date): WorkedStretch | undefined {
  const then = stretches.filter(
    (stretch) => stretch.equipment_id === equipment && stretch.begun_at <= at && (stretch.ended_at === null || at < stretch.ended_at),
  );
  return then.findLast(({ kind }) => kind === 'active') ?? then.at(-1);
}
