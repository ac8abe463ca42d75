import type { Selectable } from 'kysely';
import type { RecordId, Scope } from '../../../database/index.js';
import { add } from '../../../measure/index.js';
import type { DeliveryTables } from '../tables.js';
import { claimed, type DifferenceState } from './states.js';

export type DifferenceRow = Selectable<DeliveryTables['receipt_difference']>;

const tables = (scope: Scope) => scope.tx.withTables<DeliveryTables>();

export type NewDifference = Pick<
  DifferenceRow,
  'id' | 'order_id' | 'shipment_id' | 'shipment_line_id' | 'line_id' | 'kind' | 'reason' | 'quantity' | 'units' | 'note'
>;

export async function insertDifferences(scope: Scope, differences: readonly NewDifference[]): Promise<void> {
  if (differences.length === 0) return;
  await tables(scope)
    .insertInto('receipt_difference')
    .values(
      differences.map((each) => ({
        ...each,
        organization: scope.organization,
        reported_by: scope.actor.label,
        reported_at: scope.now,
        answered_by: null,
        answered_at: null,
        answer: null,
      })),
    )
    .execute();
}

export async function differencesOf(scope: Scope, order: RecordId): Promise<DifferenceRow[]> {
  return tables(scope)
    .selectFrom('receipt_difference')
    .selectAll()
    .where('order_id', '=', order)
    .orderBy('reported_at')
    .orderBy('id')
    .execute();
}

export async function findDifference(scope: Scope, order: RecordId, id: string): Promise<DifferenceRow | undefined> {
  return tables(scope).selectFrom('receipt_difference').selectAll().where('order_id', '=', order).where('id', '=', id).executeTakeFirst();
}

export async function answerDifference(
  scope: Scope,
  id: string,
  { state, answer }: { readonly state: DifferenceState; readonly answer: string | null },
): Promise<void> {
  await tables(scope)
    .updateTable('receipt_difference')
    .set({ state, answer, answered_by: scope.actor.label, answered_at: scope.now })
    .where('id', '=', id)
    .execute();
}

/** Shipment line → what is claimed to be missing of it and not settled. */
export async function claimedMissing(scope: Scope, order: RecordId): Promise<ReadonlyMap<string, string>> {
  const sums = new Map<string, string>();
  for (const each of await differencesOf(scope, order)) {
    if (each.kind !== 'shortage' || !claimed.includes(each.state)) continue;
    sums.set(each.shipment_line_id, add(sums.get(each.shipment_line_id) ?? '0', each.quantity));
  }
  return sums;
}

/** What of an order's line is gone for good and has to be made anew: acknowledged shortages of what had left. */
export async function goneOf(scope: Scope, order: RecordId, line: string): Promise<string> {
  const gone = (await differencesOf(scope, order)).filter(
    (each) => each.line_id === line && each.kind === 'shortage' && each.state === 'acknowledged' && each.reason !== 'miscounted',
  );
  return add('0', ...gone.map(({ quantity }) => quantity));
}
