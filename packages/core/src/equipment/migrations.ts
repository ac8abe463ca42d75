import { advisoryLocks, currentOrganization, type Migrations, roles, sees, sqlMigration, tenantTable } from '../database/index.js';

/** ISA-95 equipment: the record that shared runs and telemetry hang on. A device is the thing that speaks MQTT for it. */
const equipment = `
create table core.equipment (
  id uuid primary key references core.record (id),
  organization uuid not null references core.organization_registry (id),
  code text not null check (code ~ '^[a-z0-9-]{1,40}$'),
  name text not null check (length(name) between 1 and 200),
  model text not null check (model ~ '^[a-z0-9.-]{1,80}$'),
  parent text not null check (length(parent) <= 200),
  state text not null default 'active' check (state in ('active', 'retired')),
  created_at timestamptz not null,
  unique (organization, code),
  unique (organization, id)
);
${tenantTable('core.equipment', {
  select: sees('equipment.id'),
  insert: `organization = ${currentOrganization} and ${sees('equipment.id')}`,
})}

create table core.device (
  id uuid primary key,
  organization uuid not null references core.organization_registry (id),
  code text not null check (code ~ '^[a-z0-9-]{1,40}$'),
  equipment_id uuid not null,
  created_at timestamptz not null,
  unique (organization, code),
  foreign key (organization, equipment_id) references core.equipment (organization, id)
);
create index device_equipment on core.device (equipment_id);
${tenantTable('core.device', {
  select: `organization = ${currentOrganization}`,
  insert: `organization = ${currentOrganization}`,
})}
`;

/** No row-level security here: COPY refuses it. Runtime holds no privilege on any of these tables. */
const tables = `
grant usage on schema telemetry to ${roles.runtime}, ${roles.system}, ${roles.ingest};

create table telemetry.series (
  id integer generated always as identity primary key,
  organization uuid not null references core.organization_registry (id),
  equipment_id uuid not null references core.equipment (id),
  device_id uuid references core.device (id),
  signal text not null check (signal ~ '^[a-z][a-z0-9_.]{0,79}$'),
  unit text not null,
  value_kind text not null check (value_kind in ('number', 'text', 'boolean')),
  range_low double precision,
  range_high double precision,
  unique (equipment_id, signal)
);

-- A boolean is value 0 or 1. quality is an OPC DA quality (192 good); the gateway says which it gives.
create table telemetry.sample (
  ts timestamptz not null,
  ordinal bigint not null,
  value double precision,
  series integer not null,
  quality smallint not null,
  text text,
  primary key (series, ts, ordinal)
) partition by range (ts);
grant insert, select (series, ts, ordinal) on telemetry.sample to ${roles.ingest};

create table telemetry.last_value (
  series integer primary key,
  quality smallint not null,
  ts timestamptz not null,
  ordinal bigint not null,
  value double precision,
  text text
) with (fillfactor = 70);
grant insert, update, select on telemetry.last_value to ${roles.ingest};

-- What arrived, for reconciliation with a device's own count; kept a day, so partitioned by the day of receipt.
create table telemetry.receipt (
  received_at timestamptz not null,
  device_id uuid not null,
  ts timestamptz not null,
  seq bigint
) partition by range (received_at);
grant insert on telemetry.receipt to ${roles.ingest};

-- Messages without a time of their own: a resend is told from a repetition by its hash, within a window.
create table telemetry.unclocked_message (
  device_id uuid not null,
  hash bigint not null,
  holds_until timestamptz not null,
  primary key (device_id, hash)
);
create index unclocked_message_end on telemetry.unclocked_message (holds_until);
grant insert, update, select, delete on telemetry.unclocked_message to ${roles.ingest};

create table telemetry.dead_letter (
  id uuid primary key,
  fingerprint bytea not null unique,
  organization uuid,
  device text,
  topic text not null,
  payload bytea not null,
  size integer not null,
  reason text not null,
  detail text not null,
  count bigint not null default 1,
  first_at timestamptz not null,
  last_at timestamptz not null
);
create index dead_letter_organization on telemetry.dead_letter (organization, last_at desc, id desc);
grant insert, select (fingerprint, count, last_at), update (count, last_at) on telemetry.dead_letter to ${roles.ingest};

create table telemetry.device_event (
  id uuid primary key,
  organization uuid not null,
  device_id uuid not null,
  equipment_id uuid not null,
  ts timestamptz not null,
  ordinal bigint not null,
  seq bigint,
  type text not null,
  body jsonb not null,
  quality smallint not null,
  received_at timestamptz not null,
  unique (device_id, ts, ordinal)
);
create index device_event_equipment on telemetry.device_event (equipment_id, ts);
grant insert, select (id, organization, device_id, ts, ordinal) on telemetry.device_event to ${roles.ingest};

create table telemetry.device_event_pending (
  position bigint generated always as identity primary key,
  organization uuid not null,
  event_id uuid not null references telemetry.device_event (id)
);
create index device_event_pending_organization on telemetry.device_event_pending (organization, position);
grant insert on telemetry.device_event_pending to ${roles.ingest};

create table telemetry.device_status (
  device_id uuid primary key,
  online boolean not null,
  changed_at timestamptz not null
) with (fillfactor = 70);
grant insert, update, select on telemetry.device_status to ${roles.ingest};
`;

const partitions = `
-- Attaching takes a weaker lock than CREATE … PARTITION OF, so a running COPY is not stopped by tomorrow's partition.
create function telemetry.ensure_day(parent text, day date) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  child text := parent || '_' || to_char(day, 'YYYYMMDD');
begin
  if to_regclass('telemetry.' || child) is not null then return; end if;
  perform pg_advisory_xact_lock(${advisoryLocks.partitions});
  if to_regclass('telemetry.' || child) is not null then return; end if;
  execute format('create table telemetry.%I (like telemetry.%I including defaults including constraints)', child, parent);
  execute format('alter table telemetry.%I attach partition telemetry.%I for values from (%L) to (%L)', parent, child,
    day::text || ' 00:00:00+00', (day + 1)::text || ' 00:00:00+00');
end $$;
revoke all on function telemetry.ensure_day(text, date) from public;

-- Makes the partition of one UTC day. A day further away than any accepted clock is refused.
create function telemetry.ensure_partition(day date) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if abs(day - (now() at time zone 'UTC')::date) > 401 then
    raise exception 'no partition so far from today: %', day using errcode = '22008';
  end if;
  perform telemetry.ensure_day('sample', day);
end $$;

-- The receipts of today and tomorrow; those from before yesterday go.
create function telemetry.roll_receipts() returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  today date := (now() at time zone 'UTC')::date;
  old text;
begin
  perform telemetry.ensure_day('receipt', today);
  perform telemetry.ensure_day('receipt', today + 1);
  for old in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'telemetry.receipt'::regclass and right(c.relname, 8) < to_char(today - 1, 'YYYYMMDD')
  loop
    execute format('drop table telemetry.%I', old);
  end loop;
end $$;
revoke all on function telemetry.ensure_partition(date), telemetry.roll_receipts() from public;
grant execute on function telemetry.ensure_partition(date), telemetry.roll_receipts() to ${roles.ingest};
`;

const registry = `
-- The equipment of the entered organization gets its signals; asking again changes nothing.
create function telemetry.create_series(equipment uuid, signals jsonb) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not exists (select 1 from core.equipment e where e.id = create_series.equipment and e.organization = core.organization()) then
    raise exception 'series of equipment that is not one''s own' using errcode = '42501';
  end if;
  insert into telemetry.series (organization, equipment_id, signal, unit, value_kind, range_low, range_high)
  select core.organization(), create_series.equipment, s.name, s.unit, s.kind, s.low, s.high
  from jsonb_to_recordset(signals) as s (name text, unit text, kind text, low double precision, high double precision)
  on conflict (equipment_id, signal) do nothing;
end $$;
revoke all on function telemetry.create_series(uuid, jsonb) from public;
grant execute on function telemetry.create_series(uuid, jsonb) to ${roles.runtime};

-- What the gateway must know of these devices to place their values; no row for one that does not exist.
create function telemetry.resolve_devices(organization_codes text[], device_codes text[])
returns table (key text, organization uuid, device uuid, equipment uuid, live boolean, series jsonb)
language sql stable security definer set search_path = pg_catalog as $$
  select o.code || '/' || d.code, d.organization, d.id, d.equipment_id,
    exists (select 1 from core.device_credential c where c.organization = d.organization and c.device = d.code and c.revoked_at is null),
    coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'signal', s.signal, 'kind', s.value_kind, 'low', s.range_low, 'high', s.range_high))
              from telemetry.series s where s.equipment_id = d.equipment_id and (s.device_id is null or s.device_id = d.id)), '[]')
  from unnest(organization_codes, device_codes) as asked (organization_code, device_code)
  join core.organization_registry o on o.code = asked.organization_code and o.state = 'active'
  join core.device d on d.organization = o.id and d.code = asked.device_code
$$;
revoke all on function telemetry.resolve_devices(text[], text[]) from public;
grant execute on function telemetry.resolve_devices(text[], text[]) to ${roles.ingest};

-- Tells every gateway to ask again about a device; the payload is organization/device, or * for all.
create function telemetry.announce_device() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  changed text;
begin
  if tg_table_name = 'series' then
    changed := '*';
  elsif tg_table_name = 'device_credential' then
    select o.code || '/' || new.device into changed from core.organization_registry o where o.id = new.organization;
  else
    select o.code || '/' || new.code into changed from core.organization_registry o where o.id = new.organization;
  end if;
  perform pg_notify('yunfab_device', changed);
  return null;
end $$;
create trigger device_announced after insert or update on core.device for each row execute function telemetry.announce_device();
create trigger device_credential_announced after insert or update on core.device_credential for each row execute function telemetry.announce_device();
create trigger series_announced after insert or update on telemetry.series for each row execute function telemetry.announce_device();
`;

/** Each checks once that the entered organization sees the equipment record; otherwise there is nothing. */
const reading = `
create function telemetry.sees_equipment(equipment uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from core.record r where r.id = equipment and r.kind = 'equipment' and core.organization() = any (r.visible_to))
$$;
revoke all on function telemetry.sees_equipment(uuid) from public;

-- At most row_limit samples of each signal (all signals when null) in [from_ts, to_ts), oldest first.
create function telemetry.read_samples(equipment uuid, signals text[], from_ts timestamptz, to_ts timestamptz, row_limit integer)
returns table (signal text, ts_ms double precision, value double precision, value_text text, quality smallint)
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  wanted record;
begin
  if not telemetry.sees_equipment(equipment) then return; end if;
  for wanted in
    select s.id, s.signal from telemetry.series s
    where s.equipment_id = read_samples.equipment and (signals is null or s.signal = any (signals)) order by s.signal
  loop
    return query
      select wanted.signal, (extract(epoch from s.ts) * 1000)::double precision, s.value, s.text, s.quality
      from telemetry.sample s where s.series = wanted.id and s.ts >= from_ts and s.ts < to_ts
      order by s.ts, s.ordinal limit row_limit;
  end loop;
end $$;

create function telemetry.read_signals(equipment uuid)
returns table (signal text, unit text, kind text, range_low double precision, range_high double precision)
language sql stable security definer set search_path = pg_catalog as $$
  select s.signal, s.unit, s.value_kind, s.range_low, s.range_high from telemetry.series s
  where s.equipment_id = read_signals.equipment and telemetry.sees_equipment(read_signals.equipment) order by s.signal
$$;

create function telemetry.read_latest(equipment uuid)
returns table (signal text, unit text, kind text, ts_ms double precision, value double precision, value_text text, quality smallint)
language sql stable security definer set search_path = pg_catalog as $$
  select s.signal, s.unit, s.value_kind, (extract(epoch from l.ts) * 1000)::double precision, l.value, l.text, l.quality
  from telemetry.series s left join telemetry.last_value l on l.series = s.id
  where s.equipment_id = read_latest.equipment and telemetry.sees_equipment(read_latest.equipment) order by s.signal
$$;

create function telemetry.read_device_status(equipment uuid)
returns table (device text, online boolean, changed_at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select d.code, t.online, t.changed_at
  from core.device d left join telemetry.device_status t on t.device_id = d.id
  where d.equipment_id = read_device_status.equipment and telemetry.sees_equipment(read_device_status.equipment) order by d.code
$$;

-- Takes the oldest pending device events of the entered organization; they are gone with the taker's commit, its effect with them.
create function telemetry.take_device_events(row_limit integer)
returns table (id uuid, device_id uuid, device text, equipment_id uuid, ts timestamptz, seq bigint, type text, body jsonb, quality smallint, received_at timestamptz)
language sql volatile security definer set search_path = pg_catalog as $$
  with oldest as (
    select p.position from telemetry.device_event_pending p where p.organization = core.organization()
    order by p.position limit row_limit for update
  ), taken as (
    delete from telemetry.device_event_pending p using oldest o where p.position = o.position returning p.position, p.event_id
  )
  select e.id, e.device_id, d.code, e.equipment_id, e.ts, e.seq, e.type, e.body, e.quality, e.received_at
  from taken t join telemetry.device_event e on e.id = t.event_id join core.device d on d.id = e.device_id
  order by t.position
$$;

create function telemetry.organizations_with_pending() returns setof uuid
language sql stable security definer set search_path = pg_catalog as $$
  with recursive organizations as (
    (select organization from telemetry.device_event_pending order by organization limit 1)
    union all
    select (select p.organization from telemetry.device_event_pending p where p.organization > o.organization order by p.organization limit 1)
    from organizations o where o.organization is not null
  )
  select organization from organizations where organization is not null
$$;

revoke all on function telemetry.read_samples(uuid, text[], timestamptz, timestamptz, integer), telemetry.read_signals(uuid),
  telemetry.read_latest(uuid), telemetry.read_device_status(uuid), telemetry.take_device_events(integer), telemetry.organizations_with_pending() from public;
grant execute on function telemetry.read_samples(uuid, text[], timestamptz, timestamptz, integer), telemetry.read_signals(uuid),
  telemetry.read_latest(uuid), telemetry.read_device_status(uuid), telemetry.take_device_events(integer) to ${roles.runtime}, ${roles.system};
grant execute on function telemetry.organizations_with_pending() to ${roles.system};
`;

export const equipmentMigrations: Migrations = {
  '0005-equipment': sqlMigration(equipment + tables + partitions + registry + reading),
};
