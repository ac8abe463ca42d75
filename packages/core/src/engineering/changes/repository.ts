import { type Selectable, sql } from 'kysely';
import type { Keyset } from '../../commands/index.js';
import { isUniqueViolation, type RecordId, type Scope } from '../../database/index.js';
import { engineeringErrors } from '../errors.js';
import type { Answer, ChangeSide, ChangeState, Effect } from './states.js';
import type { ChangeTables } from './tables.js';

export type ChangeRow = Selectable<ChangeTables['engineering_change']>;
export type RequestRow = Selectable<ChangeTables['engineering_change_request']>;
export type AffectedRow = Selectable<ChangeTables['engineering_change_affected']>;

const tables = (scope: Scope) => scope.tx.withTables<ChangeTables>();

export async function insertChange(scope: Scope, change: Pick<ChangeRow, 'id' | 'number' | 'title' | 'reason'>): Promise<ChangeRow> {
  try {
    return await tables(scope)
      .insertInto('engineering_change')
      .values({ ...change, organization: scope.organization, created_by: scope.actor.label, created_at: scope.now, changed_at: scope.now })
      .returningAll()
      .executeTakeFirstOrThrow();
  } catch (error) {
    if (isUniqueViolation(error, 'engineering_change_number'))
      throw engineeringErrors.change_number_taken({ number: change.number }, error);
    throw error;
  }
}

export async function findChange(scope: Scope, id: string): Promise<ChangeRow | undefined> {
  return tables(scope)
    .selectFrom('engineering_change')
    .selectAll()
    .where('id', '=', id as RecordId)
    .executeTakeFirst();
}

/** Only its owner gets the row: locking asks the policy for updates. */
export async function lockChange(scope: Scope, id: string): Promise<ChangeRow | undefined> {
  return tables(scope)
    .selectFrom('engineering_change')
    .selectAll()
    .where('id', '=', id as RecordId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

export async function updateChange(
  scope: Scope,
  row: ChangeRow,
  change: Partial<Pick<ChangeRow, 'title' | 'reason' | 'state' | 'released_at'>>,
): Promise<ChangeRow> {
  return tables(scope)
    .updateTable('engineering_change')
    .set({ ...change, version: row.version + 1, changed_at: scope.now })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function affectedBy(scope: Scope, change: RecordId): Promise<AffectedRow[]> {
  return tables(scope)
    .selectFrom('engineering_change_affected')
    .selectAll()
    .where('change_id', '=', change)
    .orderBy('revision_id')
    .execute();
}

export async function replaceAffected(
  scope: Scope,
  change: RecordId,
  affected: readonly { readonly revision: string; readonly effect: Effect }[],
): Promise<void> {
  await tables(scope).deleteFrom('engineering_change_affected').where('change_id', '=', change).execute();
  if (affected.length === 0) return;
  const rows = affected.map(({ revision, effect }) => ({
    change_id: change,
    revision_id: revision as RecordId,
    effect,
    content_hash: null,
  }));
  await tables(scope).insertInto('engineering_change_affected').values(rows).execute();
}

export async function setSubmittedHash(scope: Scope, { change_id, revision_id }: AffectedRow, hash: string): Promise<void> {
  await tables(scope)
    .updateTable('engineering_change_affected')
    .set({ content_hash: hash })
    .where('change_id', '=', change_id)
    .where('revision_id', '=', revision_id)
    .execute();
}

/** The change that is deciding about one of these revisions just now. */
export async function openChangeOf(scope: Scope, revisions: readonly string[]) {
  if (revisions.length === 0) return undefined;
  return tables(scope)
    .selectFrom('engineering_change_affected as a')
    .innerJoin('engineering_change as c', 'c.id', 'a.change_id')
    .select(['c.number', 'a.revision_id'])
    .where('a.revision_id', 'in', revisions as RecordId[])
    .where('c.state', 'in', ['submitted', 'approved'])
    .executeTakeFirst();
}

export async function insertRequest(scope: Scope, request: Pick<RequestRow, 'id' | 'change_id' | 'partner' | 'required'>): Promise<void> {
  await tables(scope)
    .insertInto('engineering_change_request')
    .values({ ...request, organization: scope.organization })
    .execute();
}

/** All of them for the owner, a partner's own for a partner. */
export async function requestsOf(scope: Scope, change: RecordId): Promise<RequestRow[]> {
  return tables(scope).selectFrom('engineering_change_request').selectAll().where('change_id', '=', change).orderBy('id').execute();
}

/** Locked, so that no answer passes the decision that rests on them. */
export async function lockRequests(scope: Scope, change: RecordId): Promise<RequestRow[]> {
  return tables(scope)
    .selectFrom('engineering_change_request')
    .selectAll()
    .where('change_id', '=', change)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
}

export async function findRequest(scope: Scope, id: string): Promise<RequestRow | undefined> {
  return tables(scope)
    .selectFrom('engineering_change_request')
    .selectAll()
    .where('id', '=', id as RecordId)
    .executeTakeFirst();
}

export async function lockRequest(scope: Scope, id: string): Promise<RequestRow | undefined> {
  return tables(scope)
    .selectFrom('engineering_change_request')
    .selectAll()
    .where('id', '=', id as RecordId)
    .where('partner', '=', scope.organization)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

export async function answerRequest(scope: Scope, row: RequestRow, answer: Answer, reason: string | null): Promise<void> {
  await tables(scope)
    .updateTable('engineering_change_request')
    .set({ answer, reason, answered_by: scope.actor.label, answered_at: scope.now, version: row.version + 1 })
    .where('id', '=', row.id)
    .execute();
}

export async function insertShare(scope: Scope, change: RecordId, grant: string): Promise<void> {
  await tables(scope)
    .insertInto('engineering_change_share')
    .values({ organization: scope.organization, change_id: change, grant_id: grant })
    .execute();
}

export async function sharesOf(scope: Scope, change: RecordId): Promise<string[]> {
  const rows = await tables(scope)
    .selectFrom('engineering_change_share')
    .select('grant_id')
    .where('change_id', '=', change)
    .orderBy('grant_id')
    .execute();
  return rows.map((row) => row.grant_id);
}

/** The limit falls inside the party table, under its btree. */
export async function pageOfChanges(scope: Scope, filter: { state?: ChangeState | undefined; after: Keyset | null; limit: number }) {
  const db = tables(scope);
  let own = db.selectFrom('engineering_change_party').selectAll().where('organization', '=', scope.organization);
  if (filter.state) own = own.where('state', '=', filter.state);
  if (filter.after) own = own.where(sql<boolean>`(changed_at, change_id) < (${filter.after.key}::timestamptz, ${filter.after.id}::uuid)`);
  own = own
    .orderBy('changed_at', 'desc')
    .orderBy('change_id', 'desc')
    .limit(filter.limit + 1);
  return db
    .selectFrom(own.as('own'))
    .innerJoin('engineering_change as c', 'c.id', 'own.change_id')
    .selectAll('c')
    .select('own.role')
    .orderBy('own.changed_at', 'desc')
    .orderBy('own.change_id', 'desc')
    .execute();
}

export async function sideOf(scope: Scope, change: RecordId): Promise<ChangeSide | null> {
  const row = await tables(scope)
    .selectFrom('engineering_change_party')
    .select('role')
    .where('organization', '=', scope.organization)
    .where('change_id', '=', change)
    .executeTakeFirst();
  return row?.role ?? null;
}
