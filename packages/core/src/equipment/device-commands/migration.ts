import { currentOrganization, type Migrations, roles, sqlMigration, tenantTable } from '../../database/index.js';

const own = `organization = ${currentOrganization}`;

/**
 * Commands wait here until a gateway gives them to the device: `due_at` says from when, and is null when nothing is to be done.
 * A gateway claims what is due for a while, gives it, and says so; one that is killed in between leaves a claim that ends, so
 * a command is given at least once, and again whenever the device comes back without having answered.
 */
const commands = `
create table core.device_command (
  id uuid primary key,
  organization uuid not null references core.organization_registry (id),
  device text not null,
  device_id uuid not null references core.device (id),
  equipment_id uuid not null,
  name text not null check (name ~ '^[a-z][a-z0-9_.]{0,79}$'),
  parameters jsonb not null,
  state text not null check (state in ('queued', 'sent', 'acknowledged', 'rejected', 'expired', 'canceled')),
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz not null,
  due_at timestamptz,
  sent_at timestamptz,
  deliveries integer not null default 0,
  ended_at timestamptz,
  answer jsonb,
  answered_at timestamptz,
  answered_late boolean,
  unique (organization, id),
  foreign key (organization, device) references core.device (organization, code),
  foreign key (organization, equipment_id) references core.equipment (organization, id)
);
create index device_command_list on core.device_command (organization, created_at desc, id desc);
create index device_command_device on core.device_command (organization, device, created_at desc, id desc);
create index device_command_open on core.device_command (organization, device) where state in ('queued', 'sent');
create index device_command_due on core.device_command (due_at) where due_at is not null;
create index device_command_expiry on core.device_command (expires_at) where state in ('queued', 'sent');
${tenantTable('core.device_command', {
  select: own,
  insert: own,
  update: own,
  updatable: ['state', 'due_at', 'ended_at', 'answer', 'answered_at', 'answered_late'],
})}

create table core.device_command_step (
  organization uuid not null,
  command uuid not null,
  position bigint generated always as identity,
  at timestamptz not null,
  what text not null check (what in ('queued', 'sent', 'acknowledged', 'rejected', 'expired', 'canceled', 'answered_late', 'answered_otherwise')),
  by text,
  answer jsonb,
  primary key (command, position),
  foreign key (organization, command) references core.device_command (organization, id)
);
${tenantTable('core.device_command_step', { select: own, insert: own })}

-- Wakes the gateways; the payload is organization/device.
create function telemetry.announce_downlink() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if new.due_at <= clock_timestamp() then
    perform pg_notify('yunfab_downlink', (select o.code || '/' || new.device from core.organization_registry o where o.id = new.organization));
  end if;
  return null;
end $$;
create trigger device_command_announced after insert or update of due_at on core.device_command
  for each row execute function telemetry.announce_downlink();

create function telemetry.organizations_with_expired_commands(at timestamptz) returns setof uuid
language sql stable security definer set search_path = pg_catalog as $$
  select distinct c.organization from core.device_command c where c.state in ('queued', 'sent') and c.expires_at <= at
$$;
revoke all on function telemetry.organizations_with_expired_commands(timestamptz) from public;
grant execute on function telemetry.organizations_with_expired_commands(timestamptz) to ${roles.system};
`;

/** For a gateway. `readers` are the devices (organization/device) that listen to it now; null: a broker knows who listens. */
const giving = `
create function telemetry.claim_commands(readers text[], row_limit integer)
returns table (id uuid, device text, payload text, expires_at timestamptz, claim text)
language sql volatile security definer set search_path = pg_catalog as $$
  update core.device_command c set due_at = clock_timestamp() + interval '15 seconds'
  from (
    select d.id, o.code || '/' || d.device as device
    from core.device_command d join core.organization_registry o on o.id = d.organization and o.state = 'active'
    where d.due_at <= clock_timestamp() and d.state in ('queued', 'sent') and d.expires_at > clock_timestamp()
      and (readers is null or o.code || '/' || d.device = any (readers))
      and exists (select 1 from core.device_credential k where k.organization = d.organization and k.device = d.device and k.revoked_at is null)
      -- A later one does not overtake one that is in hand, or that nobody listened to just now.
      and not exists (select 1 from core.device_command e where e.organization = d.organization and e.device = d.device and e.state = 'queued'
        and e.id < d.id and e.due_at > clock_timestamp() and e.expires_at > clock_timestamp())
    order by d.due_at, d.id limit row_limit for update of d skip locked
  ) chosen
  where c.id = chosen.id
  returning c.id, chosen.device,
    json_build_object('id', c.id, 'name', c.name, 'parameters', c.parameters, 'expiresAt', floor(extract(epoch from c.expires_at) * 1000))::text,
    c.expires_at, c.due_at::text
$$;

-- The device was given them under these claims. What has become due again meanwhile stays due.
create function telemetry.commands_sent(commands uuid[], claims text[]) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  with given as (
    select * from unnest(commands, claims) as g (id, claim)
  ), sent as (
    update core.device_command c set state = 'sent', sent_at = coalesce(c.sent_at, clock_timestamp()), deliveries = c.deliveries + 1,
      due_at = case when c.due_at = g.claim::timestamptz then null else c.due_at end
    from given g where c.id = g.id and c.state in ('queued', 'sent')
    returning c.organization, c.id, c.deliveries
  )
  -- A device that comes and goes without answering fills no trail; the count goes on.
  insert into core.device_command_step (organization, command, at, what)
  select s.organization, s.id, clock_timestamp(), 'sent' from sent s where s.deliveries <= 20
$$;

-- These devices have just come (back): what they have not answered is due again.
create function telemetry.commands_due_again(devices text[]) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  update core.device_command c set due_at = clock_timestamp()
  from unnest(devices) as came (device)
  join core.organization_registry o on o.code = split_part(came.device, '/', 1)
  where c.organization = o.id and c.device = split_part(came.device, '/', 2) and c.state in ('queued', 'sent')
    and c.expires_at > clock_timestamp()
$$;

revoke all on function telemetry.claim_commands(text[], integer), telemetry.commands_sent(uuid[], text[]), telemetry.commands_due_again(text[]),
  telemetry.announce_downlink() from public;
grant execute on function telemetry.claim_commands(text[], integer), telemetry.commands_sent(uuid[], text[]),
  telemetry.commands_due_again(text[]) to ${roles.ingest};
`;

export const deviceCommandMigrations: Migrations = { '0074-device-commands': sqlMigration(commands + giving) };
