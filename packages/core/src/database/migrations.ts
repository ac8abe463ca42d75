import { type Migrations, sqlMigration } from './migrator.js';
import { roles } from './roles.js';
import { currentOrganization, tenantTable } from './tenancy.js';

/**
 * The seal: `core.enter` stores the organization with an HMAC-SHA256 (RFC 2104) over organization, backend and
 * transaction time, and `core.organization()` refuses a setting without it, so `SET LOCAL` alone opens nothing.
 */
const seal = `
create table core.seal_key (only_row boolean primary key default true check (only_row), inner_pad bytea not null, outer_pad bytea not null);
alter table core.seal_key enable row level security;
alter table core.seal_key force row level security;
create policy seal_key_owner on core.seal_key to ${roles.owner} using (true) with check (true);

do $$
declare
  key bytea := sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || clock_timestamp()::text, 'UTF8')) || decode(repeat('00', 32), 'hex');
  inner_pad bytea := decode(repeat('36', 64), 'hex');
  outer_pad bytea := decode(repeat('5c', 64), 'hex');
begin
  for i in 0..63 loop
    inner_pad := set_byte(inner_pad, i, get_byte(inner_pad, i) # get_byte(key, i));
    outer_pad := set_byte(outer_pad, i, get_byte(outer_pad, i) # get_byte(key, i));
  end loop;
  insert into core.seal_key (inner_pad, outer_pad) values (inner_pad, outer_pad);
end $$;

create function core.seal_of(organization text) returns text
language sql stable security definer set search_path = pg_catalog as $$
  select encode(sha256(k.outer_pad || sha256(k.inner_pad || convert_to(
    organization || '|' || pg_backend_pid() || '|' || extract(epoch from transaction_timestamp()), 'UTF8'))), 'hex')
  from core.seal_key k
$$;
revoke all on function core.seal_of(text) from public;

create function core.enter(organization uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  entered text := nullif(current_setting('yunfab.organization', true), '');
begin
  -- Only in the message that begins the transaction: later ones could have cleared the setting to enter another.
  if statement_timestamp() <> transaction_timestamp() then
    raise exception 'core.enter belongs into the message that begins its transaction: it cannot be entered again' using errcode = '42501';
  end if;
  if entered is not null and split_part(entered, ':', 1) <> organization::text then
    raise exception 'this transaction has already entered another organization' using errcode = '42501';
  end if;
  perform set_config('yunfab.organization', organization::text || ':' || core.seal_of(organization::text), true);
end $$;
revoke all on function core.enter(uuid) from public;
grant execute on function core.enter(uuid) to ${roles.runtime}, ${roles.system};

create function core.organization() returns uuid
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  entered text := nullif(current_setting('yunfab.organization', true), '');
begin
  if entered is null then return null; end if;
  if split_part(entered, ':', 2) <> core.seal_of(split_part(entered, ':', 1)) then
    raise exception 'yunfab.organization was set without core.enter' using errcode = '42501';
  end if;
  return split_part(entered, ':', 1)::uuid;
end $$;
grant execute on function core.organization() to public;
`;

/**
 * A record is the root of everything that organizations share: its id is the id of the order, the lot, the equipment.
 * `visible_to` holds its parties and the holders of its live grants; a trigger of access keeps it, and nobody else reads it.
 */
const record = `
create table core.record (
  id uuid primary key,
  kind text not null check (kind ~ '^[a-z][a-z_.]{0,60}$'),
  created_by uuid not null,
  created_at timestamptz not null default now(),
  visible_to uuid[] not null
);
${tenantTable('core.record', {
  select: `${currentOrganization} = any (visible_to)`,
  insert: `created_by = ${currentOrganization} and ${currentOrganization} = any (visible_to)`,
  columns: ['id', 'kind', 'created_by', 'created_at'],
})}`;

export const databaseMigrations: Migrations = {
  '0001-database': sqlMigration(`${seal}${record}
grant usage on schema core to public;
grant select on core.migration to ${roles.runtime}, ${roles.system};`),
};
