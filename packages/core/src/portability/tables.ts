import { sql } from 'kysely';
import type { Scope } from '../database/index.js';
import { withheldColumns, withheldSchemas, withheldTables } from './withheld.js';

/** A table as an export reads it. */
export interface ExportedTable {
  /** `core.shared_order`. */
  readonly name: string;
  /** The role that may read it: runtime's own, or that of an industry's plugin. */
  readonly reader: string;
  /** What that role may read: hashes of credentials are not among it. */
  readonly columns: readonly string[];
  readonly key: readonly string[];
}

interface FoundTable extends Omit<ExportedTable, 'reader'> {
  readonly schema: string;
  readonly reader: string | null;
}

/** Every table of the platform, and by which role of the asking connection it can be read; null when by none. */
export async function allTables(scope: Pick<Scope, 'tx'>): Promise<FoundTable[]> {
  const { rows } = await sql<FoundTable>`
    select n.nspname as schema, n.nspname || '.' || c.relname as name, reader.rolname as reader,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        and reader.oid is not null and has_column_privilege(reader.oid, c.oid, a.attnum, 'select') order by a.attnum) as columns,
      array(select a.attname::text from pg_index i cross join unnest(i.indkey::int2[]) with ordinality as k (attnum, n)
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum where i.indrelid = c.oid and i.indisprimary order by k.n) as key
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    left join lateral (
      select r.oid, r.rolname::text as rolname from pg_roles r
      where pg_has_role(current_user, r.oid, 'member') and has_any_column_privilege(r.oid, c.oid, 'select')
      order by (r.rolname = current_user) desc, r.rolname limit 1
    ) reader on true
    where c.relkind in ('r', 'p') and not c.relispartition
      and (n.nspname in ('core', 'telemetry', 'signin') or n.nspname like 'vertical\\_%')
    order by n.nspname, c.relname`.execute(scope.tx);
  return rows;
}

/** Why a table is left out; null when it is exported. */
export function withheldBecause(name: string): string | null {
  const [schema = '', table = ''] = name.split('.');
  if (schema.startsWith('vertical_') && table.startsWith('migration')) return withheldTables[`core.${table}`] ?? null;
  return withheldTables[name] ?? withheldSchemas[schema] ?? null;
}

export async function exportedTables(scope: Pick<Scope, 'tx'>): Promise<ExportedTable[]> {
  const all = await allTables(scope);
  return all.flatMap(({ reader, schema: _schema, name, columns, key }) => {
    if (reader === null || withheldBecause(name) !== null) return [];
    const secret = withheldColumns[name] ?? [];
    return { name, reader, key, columns: columns.filter((column) => !secret.includes(column)) };
  });
}
