import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { type Connection, sqlState } from '../database/index.js';
import { ledgerTables, roleOf, schemaOf } from './names.js';

const batch = 1000;
const mostTries = 5;
const deadlock = '40P01';

/**
 * Removes a vertical's schema, for every organization, as the owner. First every row of every own table goes to `save` as
 * one JSON line `{"table": …, "row": …}`; only when `save` has returned is anything dropped, in the same transaction that
 * read it. Returns the number of rows. Orders, lots and evaluations that the vertical took part in stay. Something that
 * still judges by the vertical holds core's tables while it waits for these, and the drop waits for core's: PostgreSQL
 * breaks such a circle, and `save` is asked again from the first row.
 */
export async function purgeVertical(
  owner: Connection,
  vertical: string,
  save: (lines: AsyncIterable<string>) => Promise<void>,
): Promise<number> {
  for (let tries = 1; ; tries++) {
    try {
      return await purgeOnce(owner, vertical, save);
    } catch (error) {
      if (tries === mostTries || sqlState(error) !== deadlock) throw error;
      await sleep(100 * tries);
    }
  }
}

async function purgeOnce(owner: Connection, vertical: string, save: (lines: AsyncIterable<string>) => Promise<void>): Promise<number> {
  const schema = schemaOf(vertical);
  const client = await owner.pool.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query<{ relname: string }>(
      `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = $1 and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> all ($2) order by 1`,
      [schema, [...ledgerTables]],
    );
    const tables = rows.map((row) => row.relname);
    if (tables.length > 0)
      // Nobody writes meanwhile, but who reads goes on: a judgement that holds core's tables does not wait for these.
      await client.query(`lock table ${tables.map((table) => `${schema}.${quoted(table)}`).join(', ')} in share mode`);
    let count = 0;
    await save(
      (async function* () {
        for (const table of tables) {
          for await (const row of rowsOf(client, `${schema}.${quoted(table)}`)) {
            count++;
            yield `{"table":${JSON.stringify(table)},"row":${row}}\n`;
          }
        }
      })(),
    );
    for (const table of await referencedTables(client, schema)) await client.query(`lock table ${table} in access exclusive mode`);
    await client.query(`drop schema if exists ${schema} cascade`);
    await client.query('delete from core.vertical_enabled where vertical = $1', [vertical]);
    await client.query('commit');
    await dropRole(client, roleOf(vertical));
    return count;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

/** Tables of others that the schema's own reference. Dropping a reference locks them, so they are locked first, as everybody else does. */
async function referencedTables(client: PoolClient, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select distinct k.confrelid::regclass::text as name
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class r on r.oid = k.confrelid
     where k.contype = 'f' and c.relnamespace = to_regnamespace($1) and r.relnamespace <> c.relnamespace order by 1`,
    [schema],
  );
  return rows.map((row) => row.name);
}

async function* rowsOf(client: PoolClient, table: string): AsyncGenerator<string> {
  await client.query(`declare purged no scroll cursor for select row_to_json(t)::text as row from ${table} t`);
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`fetch ${batch} from purged`);
    for (const row of rows) yield row.row;
    if (rows.length < batch) break;
  }
  await client.query('close purged');
}

/** The role stays while another database of the same server still gives it privileges. */
async function dropRole(client: PoolClient, role: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
  if (!rowCount) return;
  await client.query(`revoke all (id) on core.record from ${role}`);
  await client.query(`drop role ${role}`).catch((error: { code?: string }) => {
    if (error.code !== '2BP01') throw error;
  });
}

function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
