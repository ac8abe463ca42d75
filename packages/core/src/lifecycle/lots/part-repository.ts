import { sql } from 'kysely';
import type { RecordId, Scope } from '../../database/index.js';
import type { LifecycleTables } from '../tables.js';

const tables = (scope: Scope) => scope.tx.withTables<LifecycleTables>();

/** From now on these units lie in the lot, as far as the organization is concerned. */
export async function placeUnits(scope: Scope, lot: RecordId, units: readonly RecordId[]): Promise<void> {
  if (units.length === 0) return;
  await tables(scope)
    .insertInto('unit_place')
    .values(units.map((unit_id) => ({ organization: scope.organization, unit_id, lot_id: lot })))
    .onConflict((conflict) => conflict.columns(['organization', 'unit_id']).doUpdateSet({ lot_id: lot }))
    .execute();
}

/** Where each of these units lies that the organization has placed elsewhere than its maker did. */
export async function placesOf(scope: Scope, units: readonly RecordId[]): Promise<ReadonlyMap<string, RecordId>> {
  if (units.length === 0) return new Map();
  const rows = await tables(scope)
    .selectFrom('unit_place')
    .select(['unit_id', 'lot_id'])
    .where(sql<boolean>`unit_id = any(${units}::uuid[])`)
    .execute();
  return new Map(rows.map(({ unit_id, lot_id }) => [unit_id, lot_id]));
}

/** The condition "the unit lies in the lot": made in it and not placed elsewhere, or placed in it; the first alone walks the lot's own index. */
export async function lyingIn(scope: Scope, lot: string) {
  const staying = sql<boolean>`unit.lot_id = ${lot}::uuid and not exists (select from core.unit_place p where p.unit_id = unit.id)`;
  const placed = await tables(scope)
    .selectFrom('unit_place')
    .select('unit_id')
    .where('lot_id', '=', lot as RecordId)
    .limit(1)
    .executeTakeFirst();
  if (!placed) return staying;
  return sql<boolean>`((${staying}) or unit.id in (select p.unit_id from core.unit_place p where p.lot_id = ${lot}::uuid))`;
}

/** So much of a received lot is there again. */
export async function restoreHolding(scope: Scope, lot: RecordId, quantity: string): Promise<void> {
  await tables(scope)
    .updateTable('lot_holding')
    .set({ consumed: sql`consumed - ${quantity}::numeric` })
    .where('organization', '=', scope.organization)
    .where('lot_id', '=', lot)
    .execute();
}
