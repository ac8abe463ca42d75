import { type Selectable, sql } from 'kysely';
import { newId, type OrganizationId, type RecordId, type Scope } from '../../database/index.js';
import type { OrderTables } from '../order/tables.js';
import type { SubcontractTables } from './tables.js';

export type AllocationRow = Selectable<OrderTables['order_allocation']>;
export type CreditRow = Selectable<SubcontractTables['allocation_credit']>;

/** An allocation to a subcontractor, under a sub-order. */
export type SubAllocation = AllocationRow & { readonly quantity: string; readonly sub_order_id: string; readonly sub_line_id: string };

const tables = (scope: Scope) => scope.tx.withTables<OrderTables & SubcontractTables>();

export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface NewAllocation {
  readonly order: RecordId;
  readonly line: string;
  readonly factory: OrganizationId;
  readonly quantity: string;
  readonly operations: Range | null;
  readonly subOrder: RecordId;
  readonly subLine: string;
  readonly job: { readonly job: string; readonly operation: string } | null;
}

export async function insertAllocation(scope: Scope, given: NewAllocation): Promise<string> {
  const id = newId() as string;
  await tables(scope)
    .insertInto('order_allocation')
    .values({
      id,
      order_id: given.order,
      line_id: given.line,
      supplier: scope.organization,
      factory: given.factory,
      quantity: given.quantity,
      first_operation: given.operations?.from ?? null,
      last_operation: given.operations?.to ?? null,
      sub_order_id: given.subOrder,
      sub_line_id: given.subLine,
      job_order_id: given.job?.job ?? null,
      operation_id: given.job?.operation ?? null,
      created_at: scope.now,
    })
    .execute();
  return id;
}

const subAllocations = (scope: Scope) =>
  tables(scope)
    .selectFrom('order_allocation')
    .selectAll()
    .where('supplier', '=', scope.organization)
    .where('sub_line_id', 'is not', null)
    .orderBy('created_at')
    .orderBy('id')
    .$castTo<SubAllocation>();

/** The contractor's allocations of an order to subcontractors, oldest first. */
export const allocationsToOthers = (scope: Scope, order: RecordId): Promise<SubAllocation[]> =>
  subAllocations(scope).where('order_id', '=', order).execute();

/** The contractor's allocations that these sub-orders serve, oldest first. */
export const allocationsServedBy = async (scope: Scope, subOrders: readonly string[]): Promise<SubAllocation[]> =>
  subOrders.length === 0 ? [] : subAllocations(scope).where('sub_order_id', 'in', subOrders).execute();

/** Locked in the order of their age; whoever calls holds the locks of sub-order and order. */
export async function lockAllocationsOfSubLines(scope: Scope, subLines: readonly string[]): Promise<SubAllocation[]> {
  if (subLines.length === 0) return [];
  return subAllocations(scope).where('sub_line_id', 'in', subLines).forNoKeyUpdate().execute();
}

/** What subcontractors make whole of a line. */
export async function subcontracted(scope: Scope, line: string): Promise<string> {
  const { live } = await tables(scope)
    .selectFrom('order_allocation')
    .select(sql<string>`coalesce(sum(quantity - released), 0)`.as('live'))
    .where('supplier', '=', scope.organization)
    .where('line_id', '=', line)
    .where('sub_line_id', 'is not', null)
    .where('first_operation', 'is', null)
    .executeTakeFirstOrThrow();
  return live;
}

/** The most that subcontractors hold of any one of these operations; of the line when the range is null. */
export async function coverOf(scope: Scope, line: string, range: Range | null): Promise<string> {
  const { rows } = await sql<{
    cover: string;
  }>`select core.allocation_cover(${line}::uuid, ${range?.from ?? null}::integer, ${range?.to ?? null}::integer) as cover`.execute(
    scope.tx,
  );
  return rows[0]?.cover ?? '0';
}

export async function releaseAllocation(scope: Scope, id: string, quantity: string): Promise<void> {
  await tables(scope)
    .updateTable('order_allocation')
    .set({ released: sql`released + ${quantity}::numeric` })
    .where('id', '=', id)
    .execute();
}

/** Adds what came back; a negative quantity takes it out again. */
export async function addCredited(scope: Scope, id: string, quantity: string): Promise<void> {
  await tables(scope)
    .updateTable('order_allocation')
    .set({ credited: sql`credited + ${quantity}::numeric` })
    .where('id', '=', id)
    .execute();
}

export async function insertCredit(scope: Scope, credit: Omit<CreditRow, 'supplier' | 'taken_back' | 'created_at'>): Promise<void> {
  await tables(scope)
    .insertInto('allocation_credit')
    .values({ ...credit, supplier: scope.organization, created_at: scope.now })
    .execute();
}

/** What of one delivery was credited, newest first, locked. */
export async function lockCreditsOf(scope: Scope, shipmentLine: string): Promise<CreditRow[]> {
  return tables(scope)
    .selectFrom('allocation_credit')
    .selectAll()
    .where('shipment_line_id', '=', shipmentLine)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .forNoKeyUpdate()
    .execute();
}

export async function takeBackOfCredit(scope: Scope, id: string, quantity: string): Promise<void> {
  await tables(scope)
    .updateTable('allocation_credit')
    .set({ taken_back: sql`taken_back + ${quantity}::numeric` })
    .where('id', '=', id)
    .execute();
}
