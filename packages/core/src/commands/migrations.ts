import { currentOrganization, type Migrations, roles, sqlMigration, tenantTable } from '../database/index.js';

const idempotency = `
create table core.idempotency (
  organization uuid not null,
  procedure text not null,
  key text not null,
  request_hash bytea not null,
  reply jsonb,
  created_at timestamptz not null,
  primary key (organization, procedure, key)
);
create index idempotency_age on core.idempotency (created_at);
${tenantTable('core.idempotency', {
  select: `organization = ${currentOrganization}`,
  insert: `organization = ${currentOrganization}`,
  update: `organization = ${currentOrganization}`,
  delete: `organization = ${currentOrganization}`,
  system: ['select', 'delete'],
})}

-- Opens a command in one round trip. The outcome is decided in this order: 'hidden' (the record is absent or not visible),
-- 'conflict' (the key was used for another body), 'replay' (with the first reply), 'new'.
-- A concurrent call with the same key waits here until the first has committed or rolled back.
create function core.begin_command(procedure_name text, idempotency_key text, body_hash bytea, about uuid, at timestamptz)
returns table (outcome text, reply jsonb)
language plpgsql set search_path = pg_catalog as $$
declare
  author uuid := core.organization();
  found_hash bytea;
  found_reply jsonb;
begin
  if about is not null and not exists (select 1 from core.record r where r.id = about) then
    return query select 'hidden', null::jsonb;
    return;
  end if;
  delete from core.idempotency i where i.organization = author and i.procedure = procedure_name and i.key = idempotency_key
    and i.created_at < at - interval '24 hours';
  insert into core.idempotency (organization, procedure, key, request_hash, created_at)
    values (author, procedure_name, idempotency_key, body_hash, at) on conflict do nothing;
  if found then
    return query select 'new', null::jsonb;
    return;
  end if;
  select i.request_hash, i.reply into found_hash, found_reply from core.idempotency i
    where i.organization = author and i.procedure = procedure_name and i.key = idempotency_key;
  if found_hash = body_hash then
    return query select 'replay', found_reply;
  else
    return query select 'conflict', null::jsonb;
  end if;
end $$;
grant execute on function core.begin_command(text, text, bytea, uuid, timestamptz) to ${roles.runtime};
`;

export const commandMigrations: Migrations = {
  '0004-commands': sqlMigration(idempotency),
};
