import { type Selectable, sql } from 'kysely';
import type { Keyset } from '../../commands/index.js';
import { isUniqueViolation, newId, type RecordId, type Scope } from '../../database/index.js';
import { lifecycleErrors } from '../errors.js';
import type { LifecycleTables } from '../tables.js';
import type { GateFinding } from './schema.js';
import type { LotState } from './states.js';

export type LotRow = Selectable<LifecycleTables['lot']>;

const tables = (scope: Scope) => scope.tx.withTables<LifecycleTables>();

export async function insertLot(
  scope: Scope,
  { id, code, unit, item }: { id: RecordId; code: string; unit: string; item: string | null },
): Promise<LotRow> {
  try {
    return await tables(scope)
      .insertInto('lot')
      .values({
        id,
        organization: scope.organization,
        code,
        unit,
        item,
        state: 'open',
        created_at: scope.now,
        closed_at: null,
        released_at: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
  } catch (error) {
    if (isUniqueViolation(error, 'lot_code')) throw lifecycleErrors.code_taken({ code }, error);
    throw error;
  }
}

export async function findLot(scope: Scope, id: string): Promise<LotRow | undefined> {
  return tables(scope)
    .selectFrom('lot')
    .selectAll()
    .where('id', '=', id as RecordId)
    .executeTakeFirst();
}

export async function findLots(scope: Scope, ids: readonly string[]): Promise<LotRow[]> {
  if (ids.length === 0) return [];
  return tables(scope)
    .selectFrom('lot')
    .selectAll()
    .where('id', 'in', ids as RecordId[])
    .orderBy('id')
    .execute();
}

export async function lotsByCode(scope: Scope, code: string, limit: number): Promise<LotRow[]> {
  return tables(scope).selectFrom('lot').selectAll().where('code', '=', code).orderBy('id').limit(limit).execute();
}

/** Own lots only, locked in the order of their ids: two transactions that lock several never wait for each other in a circle. */
export async function lockLots(scope: Scope, ids: readonly string[]): Promise<LotRow[]> {
  if (ids.length === 0) return [];
  return tables(scope)
    .selectFrom('lot')
    .selectAll()
    .where('id', 'in', ids as RecordId[])
    .where('organization', '=', scope.organization)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
}

export async function updateLot(
  scope: Scope,
  id: RecordId,
  change: Partial<Pick<LotRow, 'state' | 'quantity' | 'shipped' | 'consumed' | 'closed_at' | 'released_at'>> & { version: number },
): Promise<LotRow> {
  return tables(scope).updateTable('lot').set(change).where('id', '=', id).returningAll().executeTakeFirstOrThrow();
}

export type HoldingRow = Selectable<LifecycleTables['lot_holding']>;

/** What the organization received of another's lot, locked. */
export async function lockHolding(scope: Scope, lot: RecordId): Promise<HoldingRow | undefined> {
  return tables(scope)
    .selectFrom('lot_holding')
    .selectAll()
    .where('organization', '=', scope.organization)
    .where('lot_id', '=', lot)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

export async function updateHolding(scope: Scope, lot: RecordId, consumed: string): Promise<void> {
  await tables(scope)
    .updateTable('lot_holding')
    .set({ consumed })
    .where('organization', '=', scope.organization)
    .where('lot_id', '=', lot)
    .execute();
}

export async function pageOfLots(
  scope: Scope,
  filter: { state?: LotState | undefined; after: Keyset | null; limit: number },
): Promise<LotRow[]> {
  let rows = tables(scope).selectFrom('lot').selectAll().where('organization', '=', scope.organization);
  if (filter.state) rows = rows.where('state', '=', filter.state);
  if (filter.after) rows = rows.where(sql<boolean>`(created_at, id) < (${filter.after.key}::timestamptz, ${filter.after.id}::uuid)`);
  return rows
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute();
}

export async function insertRelease(scope: Scope, lot: RecordId, findings: readonly GateFinding[]): Promise<string> {
  const id = newId();
  await tables(scope)
    .insertInto('lot_release')
    .values({
      id,
      organization: scope.organization,
      lot_id: lot,
      findings: JSON.stringify(findings),
      released_by: scope.actor.label,
      released_at: scope.now,
    })
    .execute();
  return id;
}
