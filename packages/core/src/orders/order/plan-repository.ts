import type { Selectable } from 'kysely';
import { newId, type RecordId, type Scope } from '../../database/index.js';
import type { OrderTables } from './tables.js';

export type MilestoneRow = Selectable<OrderTables['order_milestone']>;
export type ScheduleRow = Selectable<OrderTables['order_schedule_line']>;

const tables = (scope: Scope) => scope.tx.withTables<OrderTables>();

export interface Scheduled {
  readonly dueOn: string;
  readonly quantity: string;
}

export async function insertSchedule(
  scope: Scope,
  order: RecordId,
  lines: readonly { readonly id: string; readonly schedule: readonly Scheduled[] }[],
): Promise<void> {
  const rows = lines.flatMap(({ id, schedule }) =>
    schedule.map(({ dueOn, quantity }) => ({ id: newId() as string, order_id: order, line_id: id, due_on: dueOn, quantity })),
  );
  if (rows.length > 0) await tables(scope).insertInto('order_schedule_line').values(rows).execute();
}

export async function clearSchedule(scope: Scope, line: string): Promise<void> {
  await tables(scope).deleteFrom('order_schedule_line').where('line_id', '=', line).execute();
}

/** In the order of their days. */
export async function scheduleOf(scope: Scope, orders: readonly RecordId[]): Promise<ScheduleRow[]> {
  if (orders.length === 0) return [];
  return tables(scope).selectFrom('order_schedule_line').selectAll().where('order_id', 'in', orders).orderBy('due_on').execute();
}

export async function insertMilestones(
  scope: Scope,
  order: RecordId,
  milestones: readonly { readonly name: string; readonly dueOn: string }[],
  after = 0,
): Promise<void> {
  if (milestones.length === 0) return;
  await tables(scope)
    .insertInto('order_milestone')
    .values(
      milestones.map(({ name, dueOn }, index) => ({
        ...{ id: newId() as string, order_id: order, position: after + index + 1, name, due_on: dueOn },
        ...{ reached_at: null, reached_note: null, confirmed_at: null },
      })),
    )
    .execute();
}

export async function milestonesOf(scope: Scope, order: RecordId): Promise<MilestoneRow[]> {
  return tables(scope).selectFrom('order_milestone').selectAll().where('order_id', '=', order).orderBy('position').execute();
}

export async function updateMilestone(
  scope: Scope,
  id: string,
  change: Partial<Pick<MilestoneRow, 'name' | 'due_on' | 'reached_at' | 'reached_note' | 'confirmed_at'>>,
): Promise<void> {
  await tables(scope).updateTable('order_milestone').set(change).where('id', '=', id).execute();
}
