import { type Connection, migrate } from '@yunfab/core/database';
import { enableVertical, type LoadedVertical, type Vertical, verticalSchema } from '@yunfab/core/verticals';
import type { Check } from './check.js';
import { ownTables } from './row-security.js';
import type { World } from './world.js';

/** Ran once on the empty database when the world was made; here on a full one: again, and one after the other over rows. */
export const migrations: Check<World> = {
  name: 'migrations',
  asks: 'Its migrations run on an empty and on a populated database, and saying them again changes nothing.',
  async run({ vertical, owner, platform }) {
    const loaded = platform.verticals.find((each) => each.vertical.id === vertical.id) as LoadedVertical;
    const names = Object.keys(vertical.migrations ?? {});
    const before = await countsOf(owner, vertical);
    const again = await enableVertical(owner, loaded);
    const problems = again.length > 0 ? [`Enabling it again ran ${again.join(', ')} once more.`] : [];
    if (JSON.stringify(before) !== JSON.stringify(await countsOf(owner, vertical))) problems.push('Enabling it again changed its rows.');
    const kept = await stepByStep(owner, vertical).catch((error: unknown) => {
      problems.push(`On a populated database they fail: ${(error as Error).message}.`);
      return 0;
    });
    return { problems, note: `${names.length} migrations, ${kept} rows carried over` };
  },
};

const countsOf = async (owner: Connection, vertical: Vertical) =>
  (await ownTables(owner, vertical)).map(({ table, rows }) => [table, [...rows.values()].reduce((sum, n) => sum + n, 0)]);

/**
 * In a copy of the schema under its own name, moved aside and put back: each migration runs over rows of the story that
 * the tables of the ones before it can hold. Returns how many rows there were when the last one ran.
 */
async function stepByStep(owner: Connection, vertical: Vertical): Promise<number> {
  const schema = verticalSchema(vertical.id);
  const aside = `${schema}_aside`;
  const entries = Object.entries(vertical.migrations ?? {});
  await owner.pool.query(`alter schema ${schema} rename to ${aside}; create schema ${schema}`);
  try {
    let carried = 0;
    for (const [index] of entries.entries()) {
      await migrate(owner.handle, schema, Object.fromEntries(entries.slice(0, index + 1)));
      carried = await fill(owner, schema, aside);
    }
    return carried;
  } finally {
    await owner.pool.query(`drop schema ${schema} cascade; alter schema ${aside} rename to ${schema}`);
  }
}

/** Copies what both have in common; a row that an older table cannot hold yet stays out. */
async function fill(owner: Connection, schema: string, from: string): Promise<number> {
  const { rows } = await owner.pool.query<{ table: string; columns: string }>(
    `select t.table_name as table, string_agg(quote_ident(c.column_name), ', ') as columns
     from information_schema.tables t join information_schema.columns c using (table_schema, table_name)
     join information_schema.columns o on o.table_schema = $2 and o.table_name = t.table_name and o.column_name = c.column_name
     where t.table_schema = $1 and t.table_type = 'BASE TABLE' and t.table_name not in ('migration', 'migration_lock') and c.is_generated = 'NEVER'
     group by 1`,
    [schema, from],
  );
  let sum = 0;
  const waiting = [...rows];
  // A table may refer to another: what cannot be filled yet is tried again when others are.
  for (let left = waiting.length; left > 0 && waiting.length > 0; left--) {
    const { table, columns } = waiting.shift() as (typeof rows)[number];
    try {
      const { rowCount } = await owner.pool.query(
        `insert into ${schema}."${table}" (${columns}) overriding system value select ${columns} from ${from}."${table}" on conflict do nothing`,
      );
      sum += rowCount ?? 0;
      left = waiting.length + 1;
    } catch (error) {
      if (!(error as { code?: string }).code?.startsWith('23')) throw error;
      waiting.push({ table, columns });
    }
  }
  return sum;
}
