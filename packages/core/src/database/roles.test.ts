import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { assertUnprivileged, type Connection, connect } from './index.js';

let db: TestDatabase;
let superuser: Connection;
const made: string[] = [];

beforeAll(async () => {
  db = await createTestDatabase();
  superuser = connect(process.env['YUNFAB_TEST_SUPERUSER_URL'] ?? '', { max: 1 });
});
afterAll(async () => {
  for (const role of made) await superuser.pool.query(`drop role ${role}`);
  await superuser.close();
  await db.close();
});

async function refusalOf(attributes: string, memberOf?: string): Promise<string | null> {
  const role = `yunfab_test_role_${process.pid}_${made.length}`;
  made.push(role);
  await superuser.pool.query(`create role ${role} login ${attributes} password 'test'`);
  if (memberOf) await superuser.pool.query(`grant ${memberOf} to ${role}`);
  const url = new URL(db.urls.runtime);
  url.username = role;
  const connection = connect(url.toString(), { max: 1 });
  try {
    await assertUnprivileged(connection.pool);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await connection.close();
  }
}

it('starts as runtime, system and ingest, which own nothing', async () => {
  for (const role of ['runtime', 'system', 'ingest'] as const) await assertUnprivileged(db.database[role].pool);
  expect(await refusalOf('nosuperuser')).toBeNull();
});

it('refuses whoever could see past row-level security', async () => {
  expect(await refusalOf('superuser')).toMatch(/is superuser/);
  expect(await refusalOf('bypassrls')).toMatch(/is BYPASSRLS/);
  expect(await refusalOf('createrole')).toMatch(/is CREATEROLE/);
  await expect(assertUnprivileged(db.owner.pool)).rejects.toMatchObject({ code: 'database.role_too_powerful' });
});

it('refuses a role that may become a powerful one', async () => {
  expect(await refusalOf('noinherit', 'yunfab_owner')).toMatch(/yunfab_owner/);
});
