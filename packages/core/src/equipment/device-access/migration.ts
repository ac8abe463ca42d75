import { currentOrganization, type Migrations, roles, sqlMigration, tenantTable } from '../../database/index.js';

const own = `organization = ${currentOrganization}`;

/**
 * What a broker outside is told of devices. A token goes to it only after the transaction that issued it: until it is there it
 * waits, sealed by who keeps the accounts (nobody reads it from the database alone), and a failed commit leaves no trace. A
 * suspended organization is announced like a revoked token.
 */
const access = `
create table core.device_token_waiting (
  organization uuid not null references core.organization_registry (id),
  device text not null,
  credential uuid not null,
  sealed bytea not null,
  created_at timestamptz not null,
  primary key (organization, device),
  foreign key (organization, device) references core.device (organization, code)
);
${tenantTable('core.device_token_waiting', {
  select: own,
  insert: own,
  delete: own,
  columns: ['organization', 'device', 'credential', 'created_at'],
})}

-- The credential by which each of these may enter now; no row for one that may not. Waiting: its token is not at the broker yet.
create function telemetry.device_access(organization_codes text[], device_codes text[])
returns table (device text, credential uuid, since timestamptz, waiting boolean)
language sql stable security definer set search_path = pg_catalog as $$
  select o.code || '/' || d.code, c.id, c.created_at,
    exists (select 1 from core.device_token_waiting w where w.organization = d.organization and w.device = d.code and w.credential = c.id)
  from unnest(organization_codes, device_codes) as asked (organization_code, device_code)
  join core.organization_registry o on o.code = asked.organization_code and o.state = 'active'
  join core.device d on d.organization = o.id and d.code = asked.device_code
  join core.device_credential c on c.organization = d.organization and c.device = d.code and c.revoked_at is null
$$;

-- All devices of an organization, whatever its state.
create function telemetry.devices_of(organization_code text) returns setof text
language sql stable security definer set search_path = pg_catalog as $$
  select o.code || '/' || d.code from core.organization_registry o join core.device d on d.organization = o.id
  where o.code = organization_code order by d.code
$$;

create function telemetry.devices_with_waiting_token() returns setof text
language sql stable security definer set search_path = pg_catalog as $$
  select o.code || '/' || w.device from core.device_token_waiting w join core.organization_registry o on o.id = w.organization
  order by w.created_at
$$;

-- Locked until the end of the transaction, so that two do not bring the same.
create function telemetry.lock_waiting_token(organization_code text, device_code text) returns table (credential uuid, sealed bytea)
language sql volatile security definer set search_path = pg_catalog as $$
  select w.credential, w.sealed from core.device_token_waiting w
  join core.organization_registry o on o.id = w.organization and o.state = 'active'
  join core.device_credential c on c.id = w.credential and c.revoked_at is null
  where o.code = organization_code and w.device = device_code for update of w
$$;

create function telemetry.end_waiting_token(given uuid) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  delete from core.device_token_waiting w where w.credential = given
$$;
revoke all on function telemetry.device_access(text[], text[]), telemetry.devices_of(text), telemetry.devices_with_waiting_token(),
  telemetry.lock_waiting_token(text, text), telemetry.end_waiting_token(uuid) from public;
grant execute on function telemetry.device_access(text[], text[]), telemetry.devices_of(text), telemetry.devices_with_waiting_token(),
  telemetry.lock_waiting_token(text, text), telemetry.end_waiting_token(uuid) to ${roles.system};

-- As telemetry.announce_device; the payload organization/* is all of its devices.
create function telemetry.announce_organization() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform pg_notify('yunfab_device', new.code || '/*');
  return null;
end $$;
create trigger organization_announced after update of state on core.organization_registry
  for each row when (old.state is distinct from new.state) execute function telemetry.announce_organization();
`;

export const deviceAccessMigrations: Migrations = { '0082-device-access': sqlMigration(access) };
