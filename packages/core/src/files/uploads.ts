import { sql } from 'kysely';
import { type Database, inScope, type ScopeOptions } from '../database/index.js';
import { filesErrors } from './errors.js';
import type { UploadedFile } from './schema.js';
import type { FileStore, ReceivedContent } from './store.js';

export interface Upload extends ReceivedContent {
  readonly name: string;
  readonly mediaType: string;
}

/**
 * Makes a received content a file of the organization: reserved, put into the store, then recorded. A crash in between
 * leaves at most a reservation, which the sweep finds. The content is put even if it is there already: neither time nor
 * answer may tell that somebody else has it, and what a disk has lost is mended.
 * Throws `files.store_unavailable`.
 */
export async function keepUpload(
  { runtime, system }: Pick<Database, 'runtime' | 'system'>,
  store: FileStore,
  { organization, actor, clock }: Pick<ScopeOptions, 'organization' | 'actor'> & { readonly clock: () => Date },
  upload: Upload,
): Promise<UploadedFile> {
  const { sha256, size, name, mediaType } = upload;
  const startedAt = clock();
  await inScope(runtime, { organization, actor, now: startedAt }, ({ tx }) =>
    sql`select core.reserve_blob(${sha256}, ${size}, ${mediaType}, ${startedAt})`.execute(tx),
  );
  await store.put(upload).catch((error: unknown) => {
    throw filesErrors.store_unavailable({}, error);
  });
  const now = clock();
  // Only the system role may say that a content is here: a request could name any hash.
  const kept = await inScope(system, { organization, actor, now }, ({ tx }) =>
    sql<{ size: number; media_type: string }>`
      select size, media_type from core.keep_upload(${sha256}, ${name}, ${actor.label}, ${now})`.execute(tx),
  );
  const [row] = kept.rows;
  if (!row) throw filesErrors.store_unavailable();
  return { sha256, name, size: row.size, mediaType: row.media_type, uploadedBy: actor.label, uploadedAt: now.toISOString() };
}
