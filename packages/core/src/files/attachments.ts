import { organizationNames, partiesOf } from '../access/index.js';
import { decodeCursor, page, requestErrors } from '../commands/index.js';
import { newId, type RecordId, type Scope } from '../database/index.js';
import { appendEvent } from '../events/index.js';
import { filesErrors } from './errors.js';
import {
  findNameable,
  findNamedBy,
  findRecordFile,
  findSame,
  findUpload,
  insertRecordFile,
  type NameableFile,
  pageOfRecordFiles,
  type RecordFileFilter,
  type RecordFileRow,
  recordIsSeen,
  sumOfUploads,
  supersedeRecordFile,
} from './repository.js';
import { type FileRole, fileRoleWords } from './roles.js';
import type { RecordFile } from './schema.js';

export interface NewAttachment {
  readonly record: string;
  readonly sha256: string;
  /** As uploaded when not said. */
  readonly name?: string | undefined;
  readonly role: FileRole;
  readonly revision?: string | undefined;
  /** An attachment of one's own at the same record that this one takes the place of. */
  readonly replaces?: string | undefined;
}

/**
 * Names a file at a record of which the organization is a party. It must have uploaded the content or see a record that
 * names it; a hash alone opens nothing. Attaching the same again changes nothing.
 * Errors: `request.not_found`, `files.only_parties_attach`, `files.not_yours`, `files.superseded`.
 */
export async function attachFile(scope: Scope, input: NewAttachment): Promise<RecordFile> {
  const record = input.record as RecordId;
  await requireParty(scope, record);
  const file = await findNameable(scope, input.sha256);
  if (!file) throw requestErrors.not_found({ kind: 'file' });
  if (input.replaces !== undefined) await requireReplaceable(scope, input.replaces, record);
  const named = {
    record_id: record,
    sha256: input.sha256,
    name: input.name ?? file.name,
    role: input.role,
    revision: input.revision ?? null,
  };
  const row = await insertRecordFile(scope, {
    ...named,
    id: newId(),
    organization: scope.organization,
    size: file.size,
    media_type: file.media_type,
    attached_by: scope.actor.label,
    attached_at: scope.now,
  });
  if (!row) return onlyView(scope, (await findSame(scope, named)) ?? gone());
  if (input.replaces !== undefined) {
    const replaced = await supersedeRecordFile(scope, input.replaces, { reason: null, replacedBy: row.id });
    if (!replaced) throw filesErrors.superseded({ name: file.name });
  }
  const { size } = row;
  await appendEvent(scope, { type: 'files.attached', record, body: { ...bodyOf(row), size, replaces: input.replaces ?? null } });
  return onlyView(scope, row);
}

/** Takes an attachment out of force; it stays in the record's history, and so does its content. Only its own organization may. */
export async function detachFile(scope: Scope, id: string, reason: string | null): Promise<RecordFile> {
  const found = await findRecordFile(scope, id);
  if (!found) throw requestErrors.not_found({ kind: 'attachment' });
  if (found.organization !== scope.organization) throw filesErrors.not_yours({ name: found.name });
  const row = await supersedeRecordFile(scope, id, { reason, replacedBy: null });
  if (!row) throw filesErrors.superseded({ name: found.name });
  await appendEvent(scope, { type: 'files.detached', record: row.record_id, body: { ...bodyOf(row), reason } });
  return onlyView(scope, row);
}

/** A page of what a record names, newest first. Throws `request.not_found` when the record is hidden or absent. */
export async function listFiles(scope: Scope, input: Omit<RecordFileFilter, 'after'> & { readonly cursor?: string | undefined }) {
  if (!(await recordIsSeen(scope, input.record))) throw requestErrors.not_found({ kind: 'record' });
  const rows = await pageOfRecordFiles(scope, { ...input, after: decodeCursor(input.cursor) });
  const views = await viewsOf(scope, rows);
  return page(
    views,
    input.limit,
    ({ attachedAt, id }) => ({ key: attachedAt, id }),
    (view) => view,
  );
}

const mostFiles = 1_000;

/** The files in force at a record, newest first; none when it is hidden or absent. */
export async function filesOf(scope: Scope, record: string): Promise<RecordFile[]> {
  const rows = await pageOfRecordFiles(scope, { record, history: false, after: null, limit: mostFiles });
  return viewsOf(scope, rows.slice(0, mostFiles));
}

/**
 * What may be downloaded under this hash: by the record when one is named and seen, else by the organization's own upload.
 * Throws `request.not_found`, the same for a content that is not there and for one that is nobody's business.
 */
export async function findDownload(
  scope: Scope,
  { sha256, record }: { readonly sha256: string; readonly record: string | null },
): Promise<NameableFile> {
  const file = record === null ? await findUpload(scope, sha256) : await findNamedBy(scope, record, sha256);
  if (!file) throw requestErrors.not_found({ kind: 'file' });
  return file;
}

/** How many different contents the organization uploaded and keeps, and their bytes together. */
export const fileUsage = sumOfUploads;

/** Bytes of all that the organization uploaded and keeps. */
export async function storedBytes(scope: Scope): Promise<number> {
  return (await sumOfUploads(scope)).bytes;
}

async function requireParty(scope: Scope, record: RecordId): Promise<void> {
  if (!(await recordIsSeen(scope, record))) throw requestErrors.not_found({ kind: 'record' });
  const parties = await partiesOf(scope, record);
  if (!parties.some(({ organization }) => organization === scope.organization)) throw filesErrors.only_parties_attach();
}

async function requireReplaceable(scope: Scope, id: string, record: RecordId): Promise<void> {
  const found = await findRecordFile(scope, id);
  if (!found || found.record_id !== record) throw requestErrors.not_found({ kind: 'attachment' });
  if (found.organization !== scope.organization) throw filesErrors.not_yours({ name: found.name });
  if (found.superseded_at !== null) throw filesErrors.superseded({ name: found.name });
}

const bodyOf = ({ id, sha256, name, role, revision }: RecordFileRow) => ({ attachment: id, sha256, name, role, revision });

/** The unique index refused it, yet it is not there: another transaction superseded it meanwhile. */
function gone(): never {
  throw requestErrors.unavailable();
}

async function onlyView(scope: Scope, row: RecordFileRow): Promise<RecordFile> {
  const [view] = await viewsOf(scope, [row]);
  return view ?? gone();
}

async function viewsOf(scope: Scope, rows: readonly RecordFileRow[]): Promise<RecordFile[]> {
  const names = await organizationNames(
    scope,
    rows.map(({ organization }) => organization),
  );
  return rows.map((row) => {
    const organization = names.get(row.organization);
    return {
      id: row.id,
      record: row.record_id,
      sha256: row.sha256,
      name: row.name,
      size: row.size,
      mediaType: row.media_type,
      role: row.role,
      roleWords: fileRoleWords[row.role],
      revision: row.revision,
      organization: { code: organization?.code ?? '', name: organization?.name ?? { en: '', zh: '' } },
      own: row.organization === scope.organization,
      attachedBy: row.attached_by,
      attachedAt: row.attached_at.toISOString(),
      supersededAt: row.superseded_at?.toISOString() ?? null,
      supersededBy: row.superseded_by,
      reason: row.reason,
      replacedBy: row.replaced_by,
    };
  });
}
