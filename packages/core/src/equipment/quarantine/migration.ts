import { currentOrganization, type Migrations, roles, sqlMigration, tenantTable } from '../../database/index.js';

const own = `organization = ${currentOrganization}`;

/**
 * Names that nobody registered: signals of devices (the message is a dead letter as well), and devices (signal is empty) that
 * published through a broker outside or knocked at the embedded one. Nothing comes of them until somebody accepts them, or has
 * switched on that signals are. Both are bounded, for strangers can make them up.
 */
const quarantine = `
create table telemetry.quarantine (
  id uuid not null unique,
  organization uuid not null references core.organization_registry (id),
  device text not null,
  signal text not null,
  count bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  value jsonb,
  sample bytea,
  primary key (organization, device, signal)
);
create index quarantine_newest on telemetry.quarantine (organization, last_at desc, id desc);

create table core.signal_registration (
  organization uuid not null references core.organization_registry (id),
  model text not null,
  since timestamptz not null,
  by text not null,
  primary key (organization, model)
);
${tenantTable('core.signal_registration', { select: own, insert: own, delete: own })}

create function telemetry.organization_of(code text) returns uuid
language sql stable security definer set search_path = pg_catalog as $$
  select o.id from core.organization_registry o where o.code = organization_of.code and o.state = 'active'
$$;

-- For a gateway. At most 200 unknown signals of a device, and 200 unknown devices of an organization, are kept; those known by now are not.
create function telemetry.note_unknown(noted json) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  with given as (
    select g.*, o.id as organization from json_to_recordset(noted) as g (id uuid, organization_code text, device text, signal text, count bigint,
      first_at timestamptz, last_at timestamptz, value jsonb, sample text)
    join core.organization_registry o on o.code = g.organization_code and o.state = 'active'
  ), unknown as (
    select g.*, q.id is not null as kept,
      row_number() over (partition by g.organization, g.signal = '', case when g.signal = '' then '' else g.device end, q.id is null order by g.device, g.signal)
        + (select count(*) from telemetry.quarantine k where k.organization = g.organization and (k.signal = '') = (g.signal = '')
           and (g.signal = '' or k.device = g.device)) as place
    from given g left join telemetry.quarantine q on q.organization = g.organization and q.device = g.device and q.signal = g.signal
    where case when g.signal = ''
      then not exists (select 1 from core.device d where d.organization = g.organization and d.code = g.device)
      else not exists (select 1 from core.device d join telemetry.series s on s.equipment_id = d.equipment_id and s.signal = g.signal
                       where d.organization = g.organization and d.code = g.device) end
  )
  insert into telemetry.quarantine as q (id, organization, device, signal, count, first_at, last_at, value, sample)
  select u.id, u.organization, u.device, u.signal, u.count, u.first_at, u.last_at, u.value, decode(u.sample, 'hex')
  from unknown u where u.kept or u.place <= 200 order by u.organization, u.device, u.signal
  on conflict (organization, device, signal) do update
    set count = q.count + excluded.count, last_at = greatest(q.last_at, excluded.last_at), value = coalesce(q.value, excluded.value),
      sample = coalesce(q.sample, excluded.sample)
$$;

create function telemetry.read_quarantine(device text, before_at timestamptz, before_id uuid, row_limit integer)
returns table (id uuid, device text, signal text, count bigint, first_at timestamptz, last_at timestamptz, value jsonb, sample bytea, equipment uuid)
language sql stable security definer set search_path = pg_catalog as $$
  select q.id, q.device, q.signal, q.count, q.first_at, q.last_at, q.value, q.sample, d.equipment_id
  from telemetry.quarantine q left join core.device d on d.organization = q.organization and d.code = q.device
  where q.organization = core.organization() and (read_quarantine.device is null or q.device = read_quarantine.device)
    and (before_id is null or (date_trunc('milliseconds', q.last_at), q.id) < (before_at, before_id))
  order by date_trunc('milliseconds', q.last_at) desc, q.id desc limit row_limit
$$;

-- Locked until the end of the transaction, so that two do not accept the same.
create function telemetry.lock_quarantined(entry uuid)
returns table (id uuid, device text, signal text, count bigint, first_at timestamptz, last_at timestamptz, value jsonb, sample bytea, equipment uuid)
language sql volatile security definer set search_path = pg_catalog as $$
  select q.id, q.device, q.signal, q.count, q.first_at, q.last_at, q.value, q.sample, d.equipment_id
  from telemetry.quarantine q left join core.device d on d.organization = q.organization and d.code = q.device
  where q.organization = core.organization() and q.id = entry for update of q
$$;

create function telemetry.end_quarantined(entry uuid) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  delete from telemetry.quarantine q where q.organization = core.organization() and q.id = entry
$$;

-- Asks for the replay of a device's letters of one reason, the newest 10,000 that were kept whole; gives how many.
create function telemetry.ask_replay_of(device text, reason text) returns bigint
language sql volatile security definer set search_path = pg_catalog as $$
  with asked as (
    update telemetry.dead_letter l set replay_asked_at = now()
    where l.id in (
      select d.id from telemetry.dead_letter d
      where d.organization = core.organization() and d.device = ask_replay_of.device and d.reason = ask_replay_of.reason
        and octet_length(d.payload) = d.size and d.replay_asked_at is null
      order by d.last_at desc limit 10000)
    returning 1
  )
  select count(*) from asked
$$;

create function telemetry.organizations_that_register() returns setof uuid
language sql stable security definer set search_path = pg_catalog as $$
  select distinct q.organization from telemetry.quarantine q
  join core.device d on d.organization = q.organization and d.code = q.device
  join core.equipment e on e.id = d.equipment_id
  join core.signal_registration r on r.organization = q.organization and r.model in ('', e.model)
  where q.signal <> '' and q.value is not null
$$;

-- Those of the entered organization that its switches cover, so many of each equipment that it has no more than 500 signals.
create function telemetry.registrable_signals(row_limit integer) returns table (id uuid, value jsonb, equipment uuid)
language sql stable security definer set search_path = pg_catalog as $$
  with covered as (
    select q.id, q.value, q.first_at, e.id as equipment, row_number() over (partition by e.id order by q.first_at, q.id) as place
    from telemetry.quarantine q
    join core.device d on d.organization = q.organization and d.code = q.device
    join core.equipment e on e.id = d.equipment_id
    where q.organization = core.organization() and q.signal <> '' and q.value is not null
      and exists (select 1 from core.signal_registration r where r.organization = q.organization and r.model in ('', e.model))
  )
  select c.id, c.value, c.equipment from covered c
  where c.place + (select count(*) from telemetry.series s where s.equipment_id = c.equipment) <= 500
  order by c.first_at, c.id limit row_limit
$$;

revoke all on function telemetry.organization_of(text), telemetry.note_unknown(json), telemetry.read_quarantine(text, timestamptz, uuid, integer),
  telemetry.lock_quarantined(uuid), telemetry.end_quarantined(uuid), telemetry.ask_replay_of(text, text),
  telemetry.organizations_that_register(), telemetry.registrable_signals(integer) from public;
grant execute on function telemetry.organization_of(text), telemetry.note_unknown(json) to ${roles.ingest};
grant execute on function telemetry.read_quarantine(text, timestamptz, uuid, integer), telemetry.lock_quarantined(uuid),
  telemetry.end_quarantined(uuid), telemetry.ask_replay_of(text, text), telemetry.registrable_signals(integer) to ${roles.runtime};
grant execute on function telemetry.organizations_that_register() to ${roles.system};
`;

export const quarantineMigrations: Migrations = { '0076-quarantine': sqlMigration(quarantine) };
