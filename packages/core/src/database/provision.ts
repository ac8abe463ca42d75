import type { Connection } from './connection.js';
import { roles } from './roles.js';

/** Passwords of the four roles; on a server with trust authentication they are set all the same. */
export type RolePasswords = Readonly<Record<keyof typeof roles, string>>;

const password = /^[A-Za-z0-9_-]{1,128}$/;

/**
 * What `yunfab db init` does, connected as a superuser to any database of the server: makes or resets the four roles.
 * Idempotent. runtime does not inherit, so a plugin's role is worth something only while it is set.
 */
export async function createRoles(superuser: Connection, passwords: RolePasswords): Promise<void> {
  for (const [key, role] of Object.entries(roles) as [keyof typeof roles, string][]) {
    const secret = passwords[key];
    if (!password.test(secret)) throw new TypeError(`the password of ${role} may hold only A-Z a-z 0-9 _ -`);
    const { rowCount } = await superuser.pool.query('select from pg_roles where rolname = $1', [role]);
    const attributes = `login nosuperuser nobypassrls nocreatedb noreplication ${key === 'owner' ? 'createrole' : 'nocreaterole'} ${key === 'owner' ? 'inherit' : 'noinherit'} password '${secret}'`;
    await superuser.pool.query(`${rowCount ? 'alter' : 'create'} role ${role} ${attributes}`);
  }
}

/** Creates a database owned by the owner role, with its schemas; `template` clones an existing one. */
export async function createDatabase(superuser: Connection, name: string, template?: string): Promise<void> {
  if (!/^[a-z0-9_]{1,63}$/.test(name)) throw new TypeError(`not a database name: ${name}`);
  await superuser.pool.query(`create database ${name} owner ${roles.owner}${template ? ` template ${template}` : ''}`);
}

/** The schemas, made by the owner in its own database. */
export async function createSchemas(owner: Connection): Promise<void> {
  await owner.pool.query(`
    create schema if not exists core;
    create schema if not exists telemetry;
    create schema if not exists signin;
    revoke all on schema public from public;`);
}
