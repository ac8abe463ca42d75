import type { Pool } from 'pg';
import { databaseErrors } from './errors.js';

/**
 * The four roles of the platform. Only `owner` owns anything; none is superuser or has BYPASSRLS.
 * `owner` migrates, makes partitions and backs up; `runtime` serves requests; `system` delivers events and runs jobs;
 * `ingest` copies telemetry in and can do nothing else.
 */
export const roles = {
  owner: 'yunfab_owner',
  runtime: 'yunfab_runtime',
  system: 'yunfab_system',
  ingest: 'yunfab_ingest',
} as const;

export type RoleName = keyof typeof roles;

/**
 * Throws `database.role_too_powerful` when the login, or any role it may become, could see past row-level security.
 * CREATEROLE counts: in PostgreSQL 15 its holder may grant itself the owner.
 */
export async function assertUnprivileged(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ rolname: string; rolsuper: boolean; rolbypassrls: boolean; rolcreaterole: boolean; owns: boolean }>(`
    select rolname, rolsuper, rolbypassrls, rolcreaterole,
           exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
                   where c.relowner = r.oid and (n.nspname in ('core', 'telemetry', 'signin') or n.nspname like 'vertical\\_%')) as owns
    from pg_roles r where pg_has_role(session_user, r.oid, 'member') or r.rolname = current_user
    order by (rolname in (current_user, session_user)) desc`);
  for (const role of rows) {
    const power = role.rolsuper
      ? 'superuser'
      : role.rolbypassrls
        ? 'BYPASSRLS'
        : role.owns
          ? 'owner of tables'
          : role.rolcreaterole
            ? 'CREATEROLE'
            : null;
    if (power) throw databaseErrors.role_too_powerful({ role: role.rolname, power });
  }
}
