import { createHash, randomBytes } from 'node:crypto';
import { newId } from '@yunfab/core/database';
import type { TestDatabase, TestOrganization } from '@yunfab/core/testing';

/** An API key of the organization, as its owner would have been shown it. */
export async function createTestKey({ owner }: TestDatabase, { id }: TestOrganization, scopes: readonly string[] = ['*']): Promise<string> {
  const key = `yf_${randomBytes(4).toString('hex')}_${randomBytes(16).toString('hex')}`;
  await owner.pool.query(
    `insert into core.api_key (id, organization, name, prefix, hash, scopes, created_at, created_by)
     values ($1, $2, 'test', $3, $4, $5, now(), 'test')`,
    [newId(), id, key.slice(0, 11), createHash('sha256').update(key).digest(), scopes],
  );
  return key;
}

export async function revokeTestKey({ owner }: TestDatabase, key: string): Promise<void> {
  await owner.pool.query('update core.api_key set revoked_at = now() where hash = $1', [createHash('sha256').update(key).digest()]);
}
