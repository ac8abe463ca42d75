import { newId } from '../database/index.js';
import { appendEvent } from '../events/index.js';
import { accessErrors } from './errors.js';
import { type ActorScope, assertMayGive, type Permissions } from './permissions.js';
import type { AccessTables } from './tables.js';
import { hashToken, newApiKeyToken } from './tokens.js';

export interface NewApiKey {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresAt?: Date | null | undefined;
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  /** The part of the token that may be shown: `yf_` and 8 characters. */
  readonly prefix: string;
  readonly scopes: string[];
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

const columns = ['id', 'name', 'prefix', 'scopes', 'created_by', 'created_at', 'expires_at', 'last_used_at', 'revoked_at'] as const;

/**
 * Makes a key for the scope's organization; its token is in this answer and nowhere else, ever.
 * Throws `access.scope_unknown`, `access.scope_not_held`, `access.expiry_past`.
 */
export async function createApiKey(scope: ActorScope, known: Permissions, input: NewApiKey): Promise<ApiKey & { readonly token: string }> {
  assertMayGive(scope, known, input.scopes);
  const expiresAt = input.expiresAt ?? null;
  if (expiresAt && expiresAt <= scope.now) throw accessErrors.expiry_past({ expiresAt: expiresAt.toISOString() });
  const { token, prefix } = newApiKeyToken();
  const row = await scope.tx
    .withTables<AccessTables>()
    .insertInto('api_key')
    .values({
      id: newId(),
      organization: scope.organization,
      name: input.name,
      prefix,
      hash: hashToken(token),
      scopes: [...new Set(input.scopes)],
      created_at: scope.now,
      created_by: scope.actor.label,
      expires_at: expiresAt,
    })
    .returning(columns)
    .executeTakeFirstOrThrow();
  await appendEvent(scope, { type: 'access.key_created', record: null, body: { key: row.id, name: row.name, prefix, scopes: row.scopes } });
  return { ...toKey(row), token };
}

/** Newest first; `cursor` is the id of the last one seen. */
export async function listApiKeys(
  scope: ActorScope,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: ApiKey[]; next: string | null }> {
  let keys = scope.tx.withTables<AccessTables>().selectFrom('api_key').select(columns).where('organization', '=', scope.organization);
  if (cursor) keys = keys.where('id', '<', cursor);
  const rows = await keys
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return { items: rows.slice(0, limit).map(toKey), next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null };
}

/** Ends a key now; every open connection of it is cut within a second. Revoking twice is no error. */
export async function revokeApiKey(scope: ActorScope, id: string): Promise<ApiKey> {
  const tables = scope.tx.withTables<AccessTables>();
  const own = tables.selectFrom('api_key').select(columns).where('id', '=', id).where('organization', '=', scope.organization);
  const before = await own.executeTakeFirst();
  if (!before) throw accessErrors.not_found({ kind: 'API key', id });
  if (before.revoked_at) return toKey(before);
  await tables.updateTable('api_key').set({ revoked_at: scope.now }).where('id', '=', id).where('revoked_at', 'is', null).execute();
  await appendEvent(scope, { type: 'access.key_revoked', record: null, body: { key: id, name: before.name, prefix: before.prefix } });
  return toKey({ ...before, revoked_at: scope.now });
}

type KeyRow = Pick<AccessTables['api_key'], (typeof columns)[number]>;

function toKey(row: KeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  };
}
