import { type Selectable, sql } from 'kysely';
import type { Keyset } from '../../commands/index.js';
import { isUniqueViolation, newId, type OrganizationId, type RecordId, type Scope } from '../../database/index.js';
import { lifecycleErrors } from '../errors.js';
import { lyingIn } from '../lots/part-repository.js';
import type { LifecycleTables } from '../tables.js';
import type { UnitState } from './states.js';

export type UnitRow = Selectable<LifecycleTables['unit']>;

const tables = (scope: Scope) => scope.tx.withTables<LifecycleTables>();

/** Without `visible_to`, which nobody reads. */
const columns = [
  'id',
  'organization',
  'serial',
  'item',
  'item_code',
  'lot_id',
  'holder',
  'version',
  'state',
  'created_at',
  'changed_at',
] as const;

export interface NewUnits {
  /** With ids already made, in the order of `serials`. */
  readonly ids: readonly RecordId[];
  readonly serials: readonly string[];
  readonly lot: RecordId | null;
  readonly item: string | null;
  readonly itemCode: string;
}

/** Throws `lifecycle.serial_taken`. */
export async function insertUnits(scope: Scope, { ids, serials, lot, item, itemCode }: NewUnits): Promise<void> {
  try {
    await sql`insert into core.unit (id, organization, serial, item, item_code, lot_id, holder, state, created_at, changed_at)
      select u.id, ${scope.organization}::uuid, u.serial, ${item}::uuid, ${itemCode}, ${lot}::uuid, ${scope.organization}::uuid, 'made',
        ${scope.now}::timestamptz, ${scope.now}::timestamptz
      from unnest(${ids}::uuid[], ${serials}::text[]) as u (id, serial)`.execute(scope.tx);
  } catch (error) {
    if (isUniqueViolation(error, 'unit_serial')) throw lifecycleErrors.serial_taken({ item: itemCode || '–', ...detailOf(error) }, error);
    throw error;
  }
}

/** PostgreSQL names the serial that was there already: `Key (organization, serial, item_code)=(…, 0007, )`. */
function detailOf(error: unknown): { serial: string } {
  const [, serial] = /\)=\([^,]+, (.*), [^,]*\) already exists/.exec(String((error as { detail?: unknown }).detail)) ?? [];
  return { serial: serial ?? '…' };
}

/** A unit is a member of its lot: one edge each, seen as the unit is. */
export async function insertMemberships(scope: Scope, lot: RecordId, unit: string, units: readonly RecordId[]): Promise<void> {
  const ids = units.map(() => newId());
  await sql`insert into core.genealogy (id, organization, guard_id, input_id, output_id, kind, quantity, unit, valid_from)
    select e.id, ${scope.organization}::uuid, e.member, ${lot}::uuid, e.member, 'member', 1, ${unit}, ${scope.now}::timestamptz
    from unnest(${ids}::uuid[], ${units}::uuid[]) as e (id, member)`.execute(scope.tx);
}

export async function findUnits(scope: Scope, ids: readonly string[]): Promise<UnitRow[]> {
  if (ids.length === 0) return [];
  return tables(scope).selectFrom('unit').select(columns).where(sql<boolean>`id = any(${ids}::uuid[])`).orderBy('id').execute();
}

/** Those of these units that the organization holds, locked in the order of their ids. */
export async function lockUnits(scope: Scope, ids: readonly string[]): Promise<UnitRow[]> {
  if (ids.length === 0) return [];
  return tables(scope)
    .selectFrom('unit')
    .select(columns)
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .where('holder', '=', scope.organization)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
}

/** The units of a lot that the organization holds and that are in one of the states, locked; at most `limit`. */
export async function lockUnitsOfLot(scope: Scope, lot: RecordId, states: readonly UnitState[]): Promise<UnitRow[]> {
  return tables(scope)
    .selectFrom('unit')
    .select(columns)
    .where(await lyingIn(scope, lot))
    .where('holder', '=', scope.organization)
    .where('state', 'in', states)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
}

export async function setUnitStates(scope: Scope, ids: readonly RecordId[], state: UnitState): Promise<void> {
  if (ids.length === 0) return;
  await sql`update core.unit set state = ${state}, version = version + 1, changed_at = ${scope.now} where id = any(${ids}::uuid[])`.execute(
    scope.tx,
  );
}

export async function handOver(scope: Scope, ids: readonly RecordId[], receiver: OrganizationId): Promise<void> {
  if (ids.length === 0) return;
  await sql`select core.hand_over_units(${ids}::uuid[], ${receiver}, ${scope.now})`.execute(scope.tx);
}

export async function countUnitsOfLot(scope: Scope, lot: RecordId): Promise<number> {
  const { n } = await tables(scope)
    .selectFrom('unit')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where(await lyingIn(scope, lot))
    .executeTakeFirstOrThrow();
  return n;
}

export interface UnitFilter {
  readonly lot?: string | undefined;
  readonly state?: UnitState | undefined;
  readonly after: Keyset | null;
  readonly limit: number;
}

/** Units that the organization holds, the last changed first; with `lot`, every unit of it that may be seen. */
export async function pageOfUnits(scope: Scope, { lot, state, after, limit }: UnitFilter): Promise<UnitRow[]> {
  let rows = tables(scope).selectFrom('unit').select(columns);
  rows = lot ? rows.where(await lyingIn(scope, lot)) : rows.where('holder', '=', scope.organization);
  if (state) rows = rows.where('state', '=', state);
  if (after) rows = rows.where(sql<boolean>`(changed_at, id) < (${after.key}::timestamptz, ${after.id}::uuid)`);
  return rows
    .orderBy('changed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
}

/** Units of a lot that are with a receiver as they were shipped. */
export async function unitsHeldBy(scope: Scope, lot: RecordId, holder: OrganizationId): Promise<UnitRow[]> {
  return tables(scope)
    .selectFrom('unit')
    .select(columns)
    .where('lot_id', '=', lot)
    .where('holder', '=', holder)
    .where('state', '=', 'shipped')
    .orderBy('id')
    .execute();
}

export async function unitsOfLot(scope: Scope, lot: string, limit: number): Promise<UnitRow[]> {
  return tables(scope)
    .selectFrom('unit')
    .select(columns)
    .where(await lyingIn(scope, lot))
    .orderBy('serial')
    .limit(limit)
    .execute();
}

export async function unitsBySerial(scope: Scope, serial: string, limit: number): Promise<UnitRow[]> {
  return tables(scope).selectFrom('unit').select(columns).where('serial', '=', serial).orderBy('id').limit(limit).execute();
}
