import { type Selectable, sql } from 'kysely';
import type { Keyset } from '../commands/index.js';
import { isUniqueViolation, type RecordId, type Scope } from '../database/index.js';
import { engineeringErrors } from './errors.js';
import type { EngineeringTables } from './tables.js';

export type ItemRow = Selectable<EngineeringTables['item']>;
export type RevisionRow = Selectable<EngineeringTables['item_revision']>;

const tables = (scope: Scope) => scope.tx.withTables<EngineeringTables>();

export async function insertItem(scope: Scope, item: ItemRow): Promise<void> {
  try {
    await tables(scope).insertInto('item').values(item).execute();
  } catch (error) {
    if (isUniqueViolation(error, 'item_number')) throw engineeringErrors.number_taken({ number: item.number }, error);
    throw error;
  }
}

export async function findItems(scope: Scope, ids: readonly string[]): Promise<ItemRow[]> {
  if (ids.length === 0) return [];
  return tables(scope)
    .selectFrom('item')
    .selectAll()
    .where('id', 'in', [...new Set(ids)] as RecordId[])
    .execute();
}

/** Own items, newest first. */
export async function pageOfItems(
  scope: Scope,
  filter: { kind?: string | undefined; search?: string | undefined; after: Keyset | null; limit: number },
): Promise<ItemRow[]> {
  let rows = tables(scope).selectFrom('item').selectAll().where('organization', '=', scope.organization);
  if (filter.kind) rows = rows.where('kind', '=', filter.kind);
  if (filter.search) {
    const pattern = `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`;
    rows = rows.where((is) => is.or([is('number', 'ilike', pattern), is('name_en', 'ilike', pattern), is('name_zh', 'ilike', pattern)]));
  }
  if (filter.after) rows = rows.where(sql<boolean>`(created_at, id) < (${filter.after.key}::timestamptz, ${filter.after.id}::uuid)`);
  return rows
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute();
}

/** What the asking organization calls these items of others, by item. */
export async function ownNumbers(scope: Scope, items: readonly RecordId[]): Promise<ReadonlyMap<string, string>> {
  if (items.length === 0) return new Map();
  const rows = await tables(scope)
    .selectFrom('item_own_number')
    .select(['item_id', 'number'])
    .where('organization', '=', scope.organization)
    .where('item_id', 'in', items)
    .execute();
  return new Map(rows.map((row) => [row.item_id, row.number]));
}

export async function setOwnNumber(scope: Scope, item: RecordId, number: string): Promise<void> {
  await tables(scope)
    .insertInto('item_own_number')
    .values({ organization: scope.organization, item_id: item, number })
    .onConflict((conflict) => conflict.columns(['organization', 'item_id']).doUpdateSet({ number }))
    .execute();
}

export interface NewRevision {
  readonly id: RecordId;
  readonly item: ItemRow;
  readonly label: string;
  readonly copiedFrom: RecordId | null;
}

export async function insertRevision(scope: Scope, { id, item, label, copiedFrom }: NewRevision): Promise<RevisionRow> {
  try {
    return await tables(scope)
      .insertInto('item_revision')
      .values({
        id,
        organization: scope.organization,
        item_id: item.id,
        label,
        copied_from: copiedFrom,
        created_by: scope.actor.label,
        created_at: scope.now,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
  } catch (error) {
    if (isUniqueViolation(error, 'item_revision_label')) throw engineeringErrors.label_taken({ item: item.number, label }, error);
    throw error;
  }
}

export async function findRevisions(scope: Scope, ids: readonly string[]): Promise<RevisionRow[]> {
  if (ids.length === 0) return [];
  return tables(scope)
    .selectFrom('item_revision')
    .selectAll()
    .where('id', 'in', [...new Set(ids)] as RecordId[])
    .execute();
}

/** Own revisions only, locked in the order of their ids. */
export async function lockRevisions(scope: Scope, ids: readonly string[]): Promise<RevisionRow[]> {
  if (ids.length === 0) return [];
  return tables(scope)
    .selectFrom('item_revision')
    .selectAll()
    .where('id', 'in', [...new Set(ids)] as RecordId[])
    .where('organization', '=', scope.organization)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
}

export async function revisionsOfItem(scope: Scope, item: RecordId): Promise<RevisionRow[]> {
  return tables(scope)
    .selectFrom('item_revision')
    .selectAll()
    .where('item_id', '=', item)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** The newest released revision of each item that has one the reader may see, by item. */
export async function releasedRevisions(scope: Scope, items: readonly string[]): Promise<ReadonlyMap<string, RevisionRow>> {
  if (items.length === 0) return new Map();
  const rows = await tables(scope)
    .selectFrom('item_revision')
    .selectAll()
    .where('item_id', 'in', [...new Set(items)] as RecordId[])
    .where('state', '=', 'released')
    .orderBy('released_at')
    .orderBy('id')
    .execute();
  return new Map(rows.map((row) => [row.item_id, row]));
}

type RevisionChange = Partial<Pick<RevisionRow, 'state' | 'note' | 'content_hash' | 'released_by' | 'released_at' | 'obsolete_at'>> & {
  readonly specification?: string;
};

export async function updateRevision(scope: Scope, row: RevisionRow, change: RevisionChange): Promise<RevisionRow> {
  return tables(scope)
    .updateTable('item_revision')
    .set({ ...change, version: row.version + 1 })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}
