import { verticalRole, verticalSchema } from '@yunfab/core/verticals';
import type { Check } from './check.js';
import type { World } from './world.js';

interface Attributes {
  readonly strong: boolean;
  readonly owns: boolean;
  readonly member: boolean;
}

/** What the vertical's statements run as. Of core it may ask only whether a record is visible. */
export const role: Check<Pick<World, 'vertical' | 'owner'>> = {
  name: 'role',
  asks: 'Its role reaches its own schema alone, owns nothing and cannot become another.',
  async run({ vertical, owner }) {
    const name = verticalRole(vertical.id);
    const schema = verticalSchema(vertical.id);
    const { rows: reached } = await owner.pool.query<{ table: string }>(
      `select format('%I.%I', n.nspname, c.relname) as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname not in ($2, 'pg_catalog', 'information_schema') and n.nspname !~ '^pg_' and c.relkind in ('r', 'p', 'v', 'm')
         and (n.nspname, c.relname) <> ('core', 'record')
         and (has_any_column_privilege($1, c.oid, 'select, insert, update, references') or has_table_privilege($1, c.oid, 'delete, truncate'))
       order by 1`,
      [name, schema],
    );
    const { rows } = await owner.pool.query<Attributes>(
      `select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolcanlogin as strong,
              exists (select from pg_class where relowner = r.oid) as owns,
              exists (select from pg_auth_members where member = r.oid) as member
       from pg_roles r where rolname = $1`,
      [name],
    );
    const problems = reached.map(({ table }) => `${name} holds privileges on ${table}. Grant nothing outside ${schema}.`);
    if (rows[0]?.strong) problems.push(`${name} may sign in or is more than a plain role. Leave it as the platform makes it.`);
    if (rows[0]?.owns) problems.push(`${name} owns a table, and owners pass row-level security. Leave migrations to the platform's owner.`);
    if (rows[0]?.member) problems.push(`${name} is a member of another role. Grant it none.`);
    return { problems, note: name };
  },
};
