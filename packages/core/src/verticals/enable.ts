import type { Pool } from 'pg';
import { type Connection, migrate, roles } from '../database/index.js';
import { verticalErrors } from './errors.js';
import { ledgerTables, roleOf, schemaOf } from './names.js';
import type { LoadedVertical } from './registry.js';

/**
 * Readies the database for a vertical, as the owner: role, schema, migrations; then proves that row-level security holds
 * on every table of it. Idempotent; returns the migrations that ran. An organization still enables it for itself.
 * Throws `verticals.unsafe_schema` and, when the schema is new, leaves nothing behind.
 */
export async function enableVertical(owner: Connection, { vertical }: LoadedVertical): Promise<string[]> {
  const schema = schemaOf(vertical.id);
  await createRole(owner.pool, roleOf(vertical.id));
  const { rowCount: existed } = await owner.pool.query('select from pg_namespace where nspname = $1', [schema]);
  await owner.pool.query(`create schema if not exists ${schema};
    grant usage on schema ${schema} to ${roleOf(vertical.id)};
    grant select (id) on core.record to ${roleOf(vertical.id)}`);
  try {
    const ran = await migrate(owner.handle, schema, vertical.migrations ?? {});
    await owner.pool.query(`grant usage on schema ${schema} to ${roles.runtime}; grant select on ${schema}.migration to ${roles.runtime}`);
    const problems = await findUnsafe(owner.pool, schema);
    if (problems.length > 0) throw verticalErrors.unsafe_schema({ schema, problems });
    return ran;
  } catch (error) {
    if (!existed) await owner.pool.query(`drop schema ${schema} cascade`);
    throw error;
  }
}

/** Roles belong to the whole server: another database of it may have made this one, even at this moment. */
async function createRole(pool: Pool, role: string): Promise<void> {
  const { rowCount } = await pool.query('select from pg_roles where rolname = $1', [role]);
  if (!rowCount) await pool.query(`create role ${role} nologin noinherit`).catch(ignoring('42710', '23505'));
  const { rows } = await pool.query<{ member: boolean }>(`select pg_has_role($1, $2, 'member') as member`, [roles.runtime, role]);
  if (!rows[0]?.member) await pool.query(`grant ${role} to ${roles.runtime}`).catch(ignoring('23505', 'XX000'));
}

const ignoring =
  (...codes: string[]) =>
  (error: unknown) => {
    if (error instanceof Error && 'code' in error && codes.includes(String(error.code))) return;
    throw error;
  };

/** One line for each thing in the schema that row-level security would not cover. */
const unsafe = `
with relation as (
  select c.oid, c.relname, c.relkind, c.relrowsecurity and c.relforcerowsecurity as forced, c.reloptions
  from pg_class c where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and c.relname <> all ($2)
), policy as (
  select p.polrelid, p.polname, p.polcmd, p.polroles, concat_ws(' ', pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) as says,
         pg_get_expr(p.polwithcheck, p.polrelid) as checks
  from pg_policy p where p.polroles <> array[$3::regrole::oid] and p.polpermissive
)
select format('table %s has no forced row-level security: make it with verticalTable()', relname) as problem
from relation where relkind in ('r', 'p') and not forced
union all
select format('policy %s of table %s does not ask core.organization() or core.record', polname, relname)
from policy join relation r on r.oid = polrelid where says !~ 'core\\.(organization\\(\\)|record)'
union all
select format('column %s of table %s references core.record but no insert policy checks that the record is visible: list it in references of verticalTable()', a.attname, r.relname)
from pg_constraint k join relation r on r.oid = k.conrelid join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)
where k.contype = 'f' and k.confrelid = 'core.record'::regclass
  and not exists (select from policy p where p.polrelid = r.oid and p.polcmd in ('a', '*') and p.checks ~ ('record.*\\m' || a.attname || '\\M'))
union all
select format('view %s is not security_invoker', relname) from relation
where relkind = 'v' and not coalesce(reloptions, '{}') && array['security_invoker=true', 'security_invoker=on', 'security_invoker=1']
union all
select format('materialized view %s would show every organization''s rows', relname) from relation where relkind = 'm'
union all
select format('function %s is SECURITY DEFINER', proname) from pg_proc where pronamespace = $1::regnamespace and prosecdef`;

async function findUnsafe(pool: Pool, schema: string): Promise<string[]> {
  const { rows } = await pool.query<{ problem: string }>(unsafe, [schema, [...ledgerTables], roles.owner]);
  return rows.map((row) => row.problem);
}
