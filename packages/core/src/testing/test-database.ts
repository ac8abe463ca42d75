import { createHash } from 'node:crypto';
import {
  advisoryLocks,
  type Connection,
  closeDatabase,
  connect,
  createDatabase,
  createRoles,
  createSchemas,
  type Database,
  type DatabaseUrls,
  type Migrations,
  migrate,
  newId,
  openDatabase,
  roles,
} from '../database/index.js';
import { coreMigrations } from '../migrations.js';

/** A database of one test file: cloned from the migrated template, dropped when closed. */
export interface TestDatabase {
  readonly urls: Required<DatabaseUrls>;
  readonly database: Database;
  /** The owner's connection: makes what only migrations and the platform operator may make. */
  readonly owner: Connection;
  close(): Promise<void>;
}

const password = 'test';

/** Clones the template on the server named by YUNFAB_TEST_SUPERUSER_URL (vitest's global setup starts one). */
export async function createTestDatabase(migrations: Migrations = coreMigrations): Promise<TestDatabase> {
  const superuserUrl = process.env['YUNFAB_TEST_SUPERUSER_URL'];
  if (!superuserUrl)
    throw new Error('YUNFAB_TEST_SUPERUSER_URL is not set: run the tests through vitest, whose global setup starts PostgreSQL');
  const superuser = connect(superuserUrl, { max: 2 });
  const name = `yunfab_test_${newId().replaceAll('-', '')}`;
  const urls = urlsOf(superuserUrl, name);
  await withTemplate(superuser, superuserUrl, migrations, (template) => createDatabase(superuser, name, template));
  const database = openDatabase(urls);
  const owner = connect(urls.owner, { max: 2 });
  return {
    urls,
    database,
    owner,
    async close() {
      await closeDatabase(database);
      await owner.close();
      await superuser.pool.query(`drop database if exists ${name} with (force)`);
      await superuser.close();
    },
  };
}

function urlsOf(superuserUrl: string, name: string): Required<DatabaseUrls> {
  const urlOf = (role: string) => {
    const url = new URL(superuserUrl);
    url.username = role;
    url.password = password;
    url.pathname = `/${name}`;
    return url.toString();
  };
  return { runtime: urlOf(roles.runtime), system: urlOf(roles.system), ingest: urlOf(roles.ingest), owner: urlOf(roles.owner) };
}

/** Makes the template once per set of migrations; the advisory lock keeps parallel files from cloning it half made. */
async function withTemplate(
  superuser: Connection,
  superuserUrl: string,
  migrations: Migrations,
  use: (template: string) => Promise<void>,
): Promise<void> {
  const digest = createHash('sha256');
  for (const [name, migration] of Object.entries(migrations))
    digest
      .update(name)
      .update(String(migration.up))
      .update(migration.sql ?? '');
  const template = `yunfab_template_${digest.digest('hex').slice(0, 16)}`;
  // Its own connection: the pool ends one that was idle for ten seconds, and the lock with it.
  const holder = await superuser.pool.connect();
  await holder.query(`select pg_advisory_lock(${advisoryLocks.testTemplate})`);
  try {
    const { rowCount } = await superuser.pool.query('select from pg_database where datname = $1', [template]);
    if (!rowCount) await buildTemplate(superuser, urlsOf(superuserUrl, `${template}_building`).owner, template, migrations);
    await use(template);
  } finally {
    holder.release(true);
  }
}

async function buildTemplate(superuser: Connection, ownerUrl: string, template: string, migrations: Migrations): Promise<void> {
  await createRoles(superuser, { owner: password, runtime: password, system: password, ingest: password });
  await superuser.pool.query(`drop database if exists ${template}_building with (force)`);
  await createDatabase(superuser, `${template}_building`);
  const owner = connect(ownerUrl, { max: 1 });
  try {
    await createSchemas(owner);
    await migrate(owner.handle, 'core', migrations);
  } finally {
    await owner.close();
  }
  await superuser.pool.query(`alter database ${template}_building rename to ${template}`);
}
