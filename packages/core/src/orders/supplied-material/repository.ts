import { type Selectable, sql } from 'kysely';
import { newId, type OrganizationId, type RecordId, type Scope } from '../../database/index.js';
import type { LifecycleTables } from '../../lifecycle/index.js';
import { type SuppliedBalance, type SuppliedKind, suppliedKinds } from './states.js';
import type { SuppliedTables } from './tables.js';

export type MaterialRow = Selectable<SuppliedTables['supplied_material']>;
export type SuppliedEntryRow = Selectable<SuppliedTables['supplied_entry']>;

const tables = (scope: Scope) => scope.tx.withTables<SuppliedTables & LifecycleTables>();

export interface NewMaterial {
  readonly order: RecordId;
  readonly line: string | null;
  readonly description: string;
  readonly unit: string;
  readonly perUnit: string | null;
  readonly lossPercent: string | null;
  readonly inProcess: boolean;
}

export async function insertMaterial(scope: Scope, given: NewMaterial): Promise<string> {
  const id = newId() as string;
  await tables(scope)
    .insertInto('supplied_material')
    .values({
      id,
      order_id: given.order,
      line_id: given.line,
      description: given.description,
      unit: given.unit,
      per_unit: given.perUnit,
      loss_percent: given.lossPercent,
      in_process: given.inProcess,
      added_by: scope.actor.label,
      added_at: scope.now,
    })
    .execute();
  return id;
}

export const materialsOf = (scope: Scope, order: RecordId): Promise<MaterialRow[]> =>
  tables(scope).selectFrom('supplied_material').selectAll().where('order_id', '=', order).orderBy('added_at').orderBy('id').execute();

export const findMaterial = (scope: Scope, order: RecordId, id: string): Promise<MaterialRow | undefined> =>
  tables(scope).selectFrom('supplied_material').selectAll().where('order_id', '=', order).where('id', '=', id).executeTakeFirst();

/** Whether the buyer has material with the supplier that is not accounted for. */
export async function anyMaterialOpen(scope: Scope, order: RecordId): Promise<boolean> {
  const found = await tables(scope)
    .selectFrom('supplied_material')
    .select('id')
    .where('order_id', '=', order)
    .where(sql<boolean>`sent > used + scrapped + returned + written_off`)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

export interface NewSuppliedEntry {
  readonly material: MaterialRow;
  readonly kind: SuppliedKind;
  readonly quantity: string;
  readonly lot: RecordId;
  readonly reverses?: string;
  readonly byIssue?: boolean;
  readonly reason: string | null;
}

export async function insertSupplied(scope: Scope, entry: NewSuppliedEntry): Promise<void> {
  await tables(scope)
    .insertInto('supplied_entry')
    .values({
      id: newId() as string,
      order_id: entry.material.order_id,
      material_id: entry.material.id,
      kind: entry.kind,
      quantity: entry.quantity,
      lot_id: entry.lot,
      reverses: entry.reverses ?? null,
      by_issue: entry.byIssue ?? false,
      reason: entry.reason,
      organization: scope.organization,
      entered_by: scope.actor.label,
      entered_at: scope.now,
    })
    .execute();
}

/** Balances of each lot of these materials. */
export async function lotBalances(
  scope: Scope,
  materials: readonly string[],
): Promise<(SuppliedBalance & { material_id: string; lot_id: RecordId; code: string | null })[]> {
  if (materials.length === 0) return [];
  const sums = suppliedKinds.map((kind) => sql`coalesce(sum(e.quantity) filter (where e.kind = ${sql.lit(kind)}), 0) as ${sql.ref(kind)}`);
  const { rows } = await sql<SuppliedBalance & { material_id: string; lot_id: RecordId; code: string | null }>`
    select e.material_id, e.lot_id, l.code, ${sql.join(sums)}
    from core.supplied_entry e left join core.lot l on l.id = e.lot_id
    where e.material_id = any(${materials}::uuid[]) group by e.material_id, e.lot_id, l.code order by min(e.entered_at), e.lot_id`.execute(
    scope.tx,
  );
  return rows;
}

export const newestEntries = (scope: Scope, order: RecordId, limit: number): Promise<SuppliedEntryRow[]> =>
  tables(scope)
    .selectFrom('supplied_entry')
    .selectAll()
    .where('order_id', '=', order)
    .orderBy('entered_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();

/** An own entry that nothing has wholly taken back, with what is left of it. */
export async function reversibleSupplied(scope: Scope, material: string, id: string) {
  return tables(scope)
    .selectFrom('supplied_entry')
    .selectAll()
    .select(
      sql<string>`quantity + (select coalesce(sum(r.quantity), 0) from core.supplied_entry r where r.reverses = supplied_entry.id)`.as(
        'left',
      ),
    )
    .where('id', '=', id)
    .where('material_id', '=', material)
    .where('organization', '=', scope.organization)
    .where('reverses', 'is', null)
    .executeTakeFirst();
}

/** Uses by issue of a lot that have something left to take back, newest first. */
export async function issuedUses(scope: Scope, order: string, lot: string) {
  return tables(scope)
    .selectFrom('supplied_entry')
    .selectAll()
    .select(
      sql<string>`quantity + (select coalesce(sum(r.quantity), 0) from core.supplied_entry r where r.reverses = supplied_entry.id)`.as(
        'left',
      ),
    )
    .where('order_id', '=', order as RecordId)
    .where('lot_id', '=', lot as RecordId)
    .where('by_issue', '=', true)
    .where('reverses', 'is', null)
    .orderBy('entered_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

export async function showLot(scope: Scope, lot: RecordId, to: OrganizationId): Promise<void> {
  await sql`select core.show_supplied_lot(${lot}, ${to})`.execute(scope.tx);
}

/** What is bound of a lot that the organization holds, and what is free. */
export async function boundOf(scope: Scope, lot: string): Promise<{ bound: string; free: string } | null> {
  const { rows } = await sql<{ bound: string; free: string }>`
    select bound, received - consumed - bound as free from core.lot_holding
    where lot_id = ${lot}::uuid and organization = ${scope.organization}::uuid`.execute(scope.tx);
  return rows[0] ?? null;
}

/** Lots of the buyer that are under way at the supplier of the order. */
export async function inProcessLots(scope: Scope, order: RecordId) {
  return tables(scope)
    .selectFrom('supplied_entry')
    .innerJoin('supplied_material', 'supplied_material.id', 'supplied_entry.material_id')
    .innerJoin('lot', 'lot.id', 'supplied_entry.lot_id')
    .select(['lot.id', 'lot.state'])
    .distinct()
    .where('supplied_material.order_id', '=', order)
    .where('supplied_material.in_process', '=', true)
    .where('supplied_entry.kind', '=', 'sent')
    .execute();
}
