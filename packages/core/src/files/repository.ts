import { type Selectable, sql } from 'kysely';
import type { Keyset } from '../commands/index.js';
import type { RecordId, Scope } from '../database/index.js';
import type { FileRole } from './roles.js';
import type { FilesTables } from './tables.js';

export type RecordFileRow = Selectable<FilesTables['record_file']>;
export type UploadRow = Selectable<FilesTables['file_upload']>;

/** What is known of a content by whoever may name it. */
export interface NameableFile {
  readonly name: string;
  readonly size: number;
  readonly media_type: string;
}

const tables = (scope: Scope) => scope.tx.withTables<FilesTables>();

/** Keeps the sweep away until the transaction ends. */
export async function findNameable(scope: Scope, sha256: string): Promise<NameableFile | undefined> {
  const { rows } = await sql<NameableFile>`select name, size, media_type from core.nameable_file(${sha256})`.execute(scope.tx);
  return rows[0];
}

export async function recordIsSeen(scope: Scope, record: string): Promise<boolean> {
  const { rows } = await sql`select 1 from core.record where id = ${record}::uuid`.execute(scope.tx);
  return rows.length > 0;
}

/** Undefined when the organization has the same file there already under the same name, role and revision. */
export async function insertRecordFile(
  scope: Scope,
  row: Omit<RecordFileRow, 'superseded_at' | 'superseded_by' | 'reason' | 'replaced_by'>,
): Promise<RecordFileRow | undefined> {
  return tables(scope)
    .insertInto('record_file')
    .values({ ...row, superseded_at: null, superseded_by: null, reason: null, replaced_by: null })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

type Same = Pick<RecordFileRow, 'record_id' | 'sha256' | 'name' | 'role' | 'revision'>;

export async function findSame(scope: Scope, { record_id, sha256, name, role, revision }: Same): Promise<RecordFileRow | undefined> {
  return tables(scope)
    .selectFrom('record_file')
    .selectAll()
    .where('record_id', '=', record_id)
    .where('organization', '=', scope.organization)
    .where('sha256', '=', sha256)
    .where('name', '=', name)
    .where('role', '=', role)
    .where(sql<boolean>`revision is not distinct from ${revision}`)
    .where('superseded_at', 'is', null)
    .executeTakeFirst();
}

export async function findRecordFile(scope: Scope, id: string): Promise<RecordFileRow | undefined> {
  return tables(scope).selectFrom('record_file').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Undefined when another transaction has superseded it first. */
export async function supersedeRecordFile(
  scope: Scope,
  id: string,
  { reason, replacedBy }: { readonly reason: string | null; readonly replacedBy: string | null },
): Promise<RecordFileRow | undefined> {
  return tables(scope)
    .updateTable('record_file')
    .set({ superseded_at: scope.now, superseded_by: scope.actor.label, reason, replaced_by: replacedBy })
    .where('id', '=', id)
    .where('superseded_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
}

export interface RecordFileFilter {
  readonly record: string;
  readonly role?: FileRole | undefined;
  readonly history: boolean;
  readonly after: Keyset | null;
  readonly limit: number;
}

/** Newest first; one row more than asked for. */
export async function pageOfRecordFiles(scope: Scope, { record, role, history, after, limit }: RecordFileFilter): Promise<RecordFileRow[]> {
  let rows = tables(scope)
    .selectFrom('record_file')
    .selectAll()
    .where('record_id', '=', record as RecordId);
  if (role) rows = rows.where('role', '=', role);
  if (!history) rows = rows.where('superseded_at', 'is', null);
  if (after) rows = rows.where(sql<boolean>`(attached_at, id) < (${after.key}::timestamptz, ${after.id}::uuid)`);
  return rows
    .orderBy('attached_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
}

/** The record's own name for the content, the one in force before those superseded. */
export async function findNamedBy(scope: Scope, record: string, sha256: string): Promise<NameableFile | undefined> {
  return tables(scope)
    .selectFrom('record_file')
    .select(['name', 'size', 'media_type'])
    .where('record_id', '=', record as RecordId)
    .where('sha256', '=', sha256)
    .orderBy(sql`superseded_at is null`, 'desc')
    .orderBy('attached_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function findUpload(scope: Scope, sha256: string): Promise<UploadRow | undefined> {
  return tables(scope)
    .selectFrom('file_upload')
    .selectAll()
    .where('organization', '=', scope.organization)
    .where('sha256', '=', sha256)
    .executeTakeFirst();
}

export async function sumOfUploads(scope: Scope): Promise<{ readonly files: number; readonly bytes: number }> {
  const { rows } = await sql<{ files: number; bytes: number }>`
    select count(*)::int as files, coalesce(sum(size), 0)::bigint as bytes from core.file_upload
    where organization = ${scope.organization}`.execute(scope.tx);
  return rows[0] ?? { files: 0, bytes: 0 };
}
