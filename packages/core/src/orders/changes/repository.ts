import type { Selectable } from 'kysely';
import type { RecordId, Scope } from '../../database/index.js';
import type { OrderTables } from '../order/tables.js';
import type { ChangeState } from './states.js';

export type ChangeRow = Selectable<OrderTables['order_change']>;

const tables = (scope: Scope) => scope.tx.withTables<OrderTables>();

/** Numbered within its order, whose lock the caller holds. */
export async function insertChange(
  scope: Scope,
  change: Omit<ChangeRow, 'number' | 'state' | 'organization' | 'proposed_by' | 'proposed_at' | 'answer' | 'answered_by' | 'answered_at'>,
): Promise<number> {
  const last = await tables(scope)
    .selectFrom('order_change')
    .select(({ fn }) => fn.max('number').as('number'))
    .where('order_id', '=', change.order_id)
    .executeTakeFirst();
  const number = (last?.number ?? 0) + 1;
  await tables(scope)
    .insertInto('order_change')
    .values({
      ...change,
      number,
      state: 'proposed',
      organization: scope.organization,
      terms: JSON.stringify(change.terms),
      diff: JSON.stringify(change.diff),
      proposed_by: scope.actor.label,
      proposed_at: scope.now,
      answer: null,
      answered_by: null,
      answered_at: null,
    })
    .execute();
  return number;
}

export async function answerChange(
  scope: Scope,
  id: string,
  { state, answer }: { readonly state: Exclude<ChangeState, 'proposed'>; readonly answer: string | null },
): Promise<void> {
  await tables(scope)
    .updateTable('order_change')
    .set({ state, answer, answered_by: scope.actor.label, answered_at: scope.now })
    .where('id', '=', id)
    .where('state', '=', 'proposed')
    .execute();
}

export async function findChange(scope: Scope, id: string): Promise<ChangeRow | undefined> {
  return tables(scope).selectFrom('order_change').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Newest first; an order has few. */
export async function changesOf(scope: Scope, order: RecordId): Promise<ChangeRow[]> {
  return tables(scope).selectFrom('order_change').selectAll().where('order_id', '=', order).orderBy('number', 'desc').limit(500).execute();
}
