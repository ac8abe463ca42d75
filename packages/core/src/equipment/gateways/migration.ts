import { type Migrations, roles, sqlMigration } from '../../database/index.js';

/**
 * Gateways run in processes of their own, so each writes its counters here every few seconds: the last two of each, from which come its
 * rates. What a process counts is of all organizations together, so only the organization that runs the platform reads it; everybody
 * may know how many run. What an organization reads of its own devices comes from receipts, which are committed with the values they
 * are of. Receipts come in the order of their time, so a BRIN index finds the newest of them and costs a COPY next to nothing.
 */
const gateways = `
create table telemetry.gateway_process (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  started_at timestamptz not null,
  seen_at timestamptz not null,
  stopped_at timestamptz,
  counters jsonb not null,
  earlier_at timestamptz,
  earlier jsonb
) with (fillfactor = 50);

create index receipt_received on telemetry.receipt using brin (received_at) with (pages_per_range = 32, autosummarize = on);

create function telemetry.report_gateway(id uuid, name text, uptime_s double precision, counters jsonb, stopped boolean) returns void
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  now timestamptz := clock_timestamp();
begin
  update telemetry.gateway_process g
  set earlier_at = g.seen_at, earlier = g.counters, seen_at = now, counters = report_gateway.counters,
    stopped_at = case when report_gateway.stopped then now end
  where g.id = report_gateway.id;
  if found then return; end if;
  delete from telemetry.gateway_process g where g.seen_at < now - interval '7 days';
  insert into telemetry.gateway_process (id, name, started_at, seen_at, stopped_at, counters)
  values (report_gateway.id, report_gateway.name, now - make_interval(secs => uptime_s), now,
    case when report_gateway.stopped then now end, report_gateway.counters);
end $$;

-- One that has not been heard of for 15 s, nor said that it stops, is gone: killed, or cut off from the database.
create function telemetry.gateway_state(seen_at timestamptz, stopped_at timestamptz) returns text
language sql stable set search_path = pg_catalog as $$
  select case when stopped_at is not null then 'stopped' when seen_at < clock_timestamp() - interval '15 seconds' then 'gone' else 'running' end
$$;

create function telemetry.count_gateways() returns table (running bigint, newest_at timestamptz, operator boolean)
language sql stable security definer set search_path = pg_catalog as $$
  select count(*) filter (where telemetry.gateway_state(g.seen_at, g.stopped_at) = 'running'), max(g.seen_at),
    exists (select 1 from core.organization_registry o where o.id = core.organization() and o.is_operator)
  from telemetry.gateway_process g
$$;

create function telemetry.read_gateways()
returns table (id uuid, name text, state text, started_at timestamptz, seen_at timestamptz, counters jsonb, earlier_at timestamptz, earlier jsonb)
language sql stable security definer set search_path = pg_catalog as $$
  select g.id, g.name, telemetry.gateway_state(g.seen_at, g.stopped_at), g.started_at, g.seen_at, g.counters, g.earlier_at, g.earlier
  from telemetry.gateway_process g
  where exists (select 1 from core.organization_registry o where o.id = core.organization() and o.is_operator)
  order by g.seen_at desc limit 200
$$;

-- Every device of the entered organization, or of one equipment of it: what was stored of it and what became a dead letter since then.
-- Letters are counted among the newest of the organization, as telemetry.count_dead_letters does.
create function telemetry.read_device_traffic(since timestamptz, only_equipment uuid, row_limit integer, letters_among integer)
returns table (device text, equipment_id uuid, equipment_code text, equipment_name text, live boolean, online boolean, changed_at timestamptz,
  stored bigint, received_at timestamptz, newest_ms double precision, letters bigint, letters_waiting bigint)
language sql stable security definer set search_path = pg_catalog as $$
  with own as materialized (
    select d.id, d.code, d.equipment_id from core.device d where d.organization = core.organization()
      and (only_equipment is null or d.equipment_id = only_equipment) order by d.code limit row_limit
  ), heard as (
    select r.device_id, count(*) as stored, max(r.received_at) as received_at
    from telemetry.receipt r where r.received_at >= since and r.device_id in (select o.id from own o) group by r.device_id
  ), letter as (
    select n.device, count(*) filter (where n.last_at >= since) as recent, count(*) as waiting from (
      select l.device, l.last_at from telemetry.dead_letter l
      where l.organization = core.organization() order by l.last_at desc limit letters_among
    ) n group by n.device
  )
  select o.code, e.id, e.code, e.name,
    exists (select 1 from core.device_credential c where c.organization = core.organization() and c.device = o.code and c.revoked_at is null),
    t.online, t.changed_at, coalesce(h.stored, 0), h.received_at,
    (select max(extract(epoch from v.ts) * 1000)::double precision from telemetry.series s join telemetry.last_value v on v.series = s.id
     where s.equipment_id = o.equipment_id and (s.device_id is null or s.device_id = o.id)),
    coalesce(l.recent, 0), coalesce(l.waiting, 0)
  from own o join core.equipment e on e.id = o.equipment_id
  left join telemetry.device_status t on t.device_id = o.id
  left join heard h on h.device_id = o.id
  left join letter l on l.device = o.code
  order by o.code
$$;

revoke all on function telemetry.report_gateway(uuid, text, double precision, jsonb, boolean), telemetry.gateway_state(timestamptz, timestamptz),
  telemetry.count_gateways(), telemetry.read_gateways(), telemetry.read_device_traffic(timestamptz, uuid, integer, integer) from public;
grant execute on function telemetry.report_gateway(uuid, text, double precision, jsonb, boolean) to ${roles.ingest};
grant execute on function telemetry.count_gateways(), telemetry.read_gateways(), telemetry.read_device_traffic(timestamptz, uuid, integer, integer)
  to ${roles.runtime};
`;

export const gatewayMigrations: Migrations = { '0078a-gateways': sqlMigration(gateways) };
