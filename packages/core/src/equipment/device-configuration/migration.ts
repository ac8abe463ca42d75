import { currentOrganization, type Migrations, roles, sqlMigration, tenantTable } from '../../database/index.js';

const own = `organization = ${currentOrganization}`;

/** What a device is to run, every version that ever was, and what it says that it runs. Given like a command (0074), but only the newest. */
const configuration = `
create table core.device_configuration (
  device_id uuid primary key references core.device (id),
  organization uuid not null references core.organization_registry (id),
  device text not null,
  version integer not null check (version >= 0),
  due_at timestamptz,
  sent_at timestamptz,
  reported_version integer,
  reported jsonb,
  reported_error text,
  reported_at timestamptz,
  unique (organization, device_id),
  foreign key (organization, device) references core.device (organization, code)
);
create index device_configuration_due on core.device_configuration (due_at) where due_at is not null;
create index device_configuration_device on core.device_configuration (organization, device);
${tenantTable('core.device_configuration', {
  select: own,
  insert: own,
  update: own,
  updatable: ['version', 'due_at', 'sent_at', 'reported_version', 'reported', 'reported_error', 'reported_at'],
})}

create table core.device_configuration_version (
  organization uuid not null,
  device_id uuid not null,
  version integer not null check (version > 0),
  configuration jsonb not null,
  set_at timestamptz not null,
  set_by text not null,
  primary key (device_id, version),
  foreign key (organization, device_id) references core.device_configuration (organization, device_id)
);
${tenantTable('core.device_configuration_version', { select: own, insert: own })}

create trigger device_configuration_announced after insert or update of due_at on core.device_configuration
  for each row execute function telemetry.announce_downlink();

create function telemetry.claim_configurations(readers text[], row_limit integer)
returns table (id uuid, device text, payload text, version integer, claim text)
language sql volatile security definer set search_path = pg_catalog as $$
  update core.device_configuration c set due_at = clock_timestamp() + interval '15 seconds'
  from (
    select d.device_id, o.code || '/' || d.device as device
    from core.device_configuration d join core.organization_registry o on o.id = d.organization and o.state = 'active'
    where d.due_at <= clock_timestamp() and d.version > 0 and (readers is null or o.code || '/' || d.device = any (readers))
      and exists (select 1 from core.device_credential k where k.organization = d.organization and k.device = d.device and k.revoked_at is null)
    order by d.due_at limit row_limit for update of d skip locked
  ) chosen, core.device_configuration_version v
  where c.device_id = chosen.device_id and v.device_id = c.device_id and v.version = c.version
  returning c.device_id, chosen.device, json_build_object('version', v.version, 'configuration', v.configuration)::text, v.version, c.due_at::text
$$;

create function telemetry.configurations_sent(devices uuid[], claims text[]) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  update core.device_configuration c set sent_at = coalesce(c.sent_at, clock_timestamp()), due_at = null
  from unnest(devices, claims) as g (id, claim) where c.device_id = g.id and c.due_at = g.claim::timestamptz
$$;

-- These devices have just come (back). A broker that retains the newest need be told again only what has not been applied.
create function telemetry.configurations_due_again(devices text[], retained boolean) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  update core.device_configuration c set due_at = clock_timestamp()
  from unnest(devices) as came (device)
  join core.organization_registry o on o.code = split_part(came.device, '/', 1)
  where c.organization = o.id and c.device = split_part(came.device, '/', 2) and c.version > 0
    and (not retained or c.reported_version is distinct from c.version)
$$;

revoke all on function telemetry.claim_configurations(text[], integer), telemetry.configurations_sent(uuid[], text[]),
  telemetry.configurations_due_again(text[], boolean) from public;
grant execute on function telemetry.claim_configurations(text[], integer), telemetry.configurations_sent(uuid[], text[]),
  telemetry.configurations_due_again(text[], boolean) to ${roles.ingest};
`;

export const deviceConfigurationMigrations: Migrations = { '0075-device-configuration': sqlMigration(configuration) };
