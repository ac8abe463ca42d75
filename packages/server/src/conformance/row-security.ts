import { organizationIdOf } from '@yunfab/core/access';
import type { Connection } from '@yunfab/core/database';
import { type Vertical, verticalRole, verticalSchema } from '@yunfab/core/verticals';
import { sql } from 'kysely';
import type { Check } from './check.js';
import type { World } from './world.js';

/** A table of the vertical with whose rows it holds. */
interface OwnTable {
  readonly table: string;
  readonly rows: ReadonlyMap<string, number>;
}

export async function ownTables(owner: Connection, vertical: Vertical): Promise<OwnTable[]> {
  const schema = verticalSchema(vertical.id);
  const { rows } = await owner.pool.query<{ relname: string }>(
    `select c.relname from pg_class c where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
     and c.relname not in ('migration', 'migration_lock') order by 1`,
    [schema],
  );
  const tables: OwnTable[] = [];
  for (const { relname } of rows) {
    const counted = await owner.pool.query<{ organization: string; n: number }>(
      `select organization, count(*)::int as n from ${schema}."${relname}" group by 1`,
    );
    tables.push({ table: relname, rows: new Map(counted.rows.map(({ organization, n }) => [organization, n])) });
  }
  return tables;
}

export const rowSecurity: Check<World> = {
  name: 'row-level security',
  asks: 'An organization that nothing was shared with sees no row, and nobody can give a row to another organization.',
  async run({ vertical, owner, stranger, within }) {
    const schema = verticalSchema(vertical.id);
    const role = verticalRole(vertical.id);
    const outside = await organizationIdOf(owner, stranger);
    const tables = await ownTables(owner, vertical);
    const problems: string[] = [];
    for (const { table, rows } of tables) {
      const seen = await within(outside, async ({ tx }) => {
        await sql.raw(`set local role ${role}`).execute(tx);
        const counted = await sql<{ n: number }>`select count(*)::int as n from ${sql.id(schema, table)}`.execute(tx);
        return counted.rows[0]?.n ?? 0;
      });
      if (seen > 0)
        problems.push(`Table ${table} shows ${seen} rows to an organization that they do not concern. Make it with verticalTable().`);
      const [holder] = rows.keys();
      if (holder === undefined) continue;
      const given = await within(holder as typeof outside, async ({ tx }) => {
        await sql.raw(`set local role ${role}`).execute(tx);
        const { numAffectedRows = 0n } = await sql`update ${sql.id(schema, table)} set organization = ${outside}`.execute(tx);
        if (numAffectedRows > 0n) throw new Given(numAffectedRows);
      }).then(
        () => 0n,
        (error: unknown) => (error instanceof Given ? error.rows : 0n),
      );
      if (given > 0n)
        problems.push(`Table ${table} lets an organization write ${given} rows into another's name. Make it with verticalTable().`);
    }
    const filled = tables.filter(({ rows }) => rows.size > 0).length;
    return { problems, note: `${tables.length} tables, ${filled} with rows` };
  },
};

/** Undoes the transaction and says what it would have done. */
class Given extends Error {
  readonly rows: bigint;
  constructor(rows: bigint) {
    super('given away');
    this.rows = rows;
  }
}
