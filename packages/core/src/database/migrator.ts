import { type Migration, Migrator, sql } from 'kysely';
import type { Handle } from './connection.js';
import { databaseErrors } from './errors.js';

/** Append-only: name (`0001-access`, sorted) → migration. A landed one is never edited. */
export type Migrations = Readonly<Record<string, Migration & { readonly sql?: string }>>;

/** A migration written as SQL, run by the owner. Forward only: a mistake is mended by the next one. */
export function sqlMigration(statements: string): Migration & { readonly sql: string } {
  return {
    sql: statements,
    async up(db) {
      await sql.raw("set local lock_timeout = '5s'").execute(db);
      await sql.raw(statements).execute(db);
    },
  };
}

/**
 * Brings the schema up to date as the owner; returns the names that ran.
 * Each kind of migration (`core`, or a vertical's id) keeps its own ledger table in its own schema.
 */
export async function migrate(owner: Handle, schema: string, migrations: Migrations): Promise<string[]> {
  const migrator = migratorOf(owner, schema, migrations);
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error) throw error;
  return results.filter((result) => result.status === 'Success').map((result) => result.migrationName);
}

/** Throws `database.schema_behind` unless every migration has run; runtime can read the ledger. */
export async function assertMigrated(handle: Handle, schema: string, migrations: Migrations): Promise<void> {
  const table = `${schema}.migration` as never;
  const applied = new Set<string>();
  try {
    const rows = await handle
      .withoutPlugins()
      .withSchema(schema)
      .selectFrom('migration' as never)
      .select('name' as never)
      .execute();
    for (const row of rows as { name: string }[]) applied.add(row.name);
  } catch (error) {
    throw databaseErrors.schema_behind({ missing: table }, error);
  }
  const missing = Object.keys(migrations).filter((name) => !applied.has(name));
  if (missing.length > 0) throw databaseErrors.schema_behind({ missing: missing.join(', ') });
}

function migratorOf(owner: Handle, schema: string, migrations: Migrations): Migrator {
  return new Migrator({
    // Without the schema `core`, which would win over the schema of the ledger.
    db: owner.withoutPlugins(),
    provider: { getMigrations: async () => ({ ...migrations }) },
    migrationTableSchema: schema,
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
  });
}
