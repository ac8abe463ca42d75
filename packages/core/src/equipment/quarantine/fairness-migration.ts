import { type Migrations, roles, sqlMigration } from '../../database/index.js';

/**
 * Who knocks need not show anything, so names can be made up without end, and the bound must not be a way to hide a new device.
 * When a list is longer than 200, its places go round the networks from which the names came, one each and again: whoever has
 * sent a thousand names pays with his own. Within one network every other place is that of the newest name, so that a device
 * that comes for the first time is always seen, and the rest are of those who knocked most often within a day, so that one that
 * keeps knocking stays. What gives way comes again when it knocks again.
 */
const fairness = `
alter table telemetry.quarantine add column origin text not null default '' check (length(origin) <= 60);
create index quarantine_devices on telemetry.quarantine (organization) where signal = '';

-- Those that are known by now are not noted. Rows are locked in the order of their key, and what another holds is not waited for.
create or replace function telemetry.note_unknown(noted json) returns void
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  list record;
begin
  insert into telemetry.quarantine as q (id, organization, device, signal, count, first_at, last_at, value, sample, origin)
  select g.id, o.id, g.device, g.signal, g.count, g.first_at, g.last_at, g.value, decode(g.sample, 'hex'), g.origin
  from json_to_recordset(noted) as g (id uuid, organization_code text, device text, signal text, count bigint,
    first_at timestamptz, last_at timestamptz, value jsonb, sample text, origin text)
  join core.organization_registry o on o.code = g.organization_code and o.state = 'active'
  where case when g.signal = ''
    then not exists (select 1 from core.device d where d.organization = o.id and d.code = g.device)
    else not exists (select 1 from core.device d join telemetry.series s on s.equipment_id = d.equipment_id and s.signal = g.signal
                     where d.organization = o.id and d.code = g.device) end
  order by o.id, g.device, g.signal
  on conflict (organization, device, signal) do update
    set count = q.count + excluded.count, last_at = greatest(q.last_at, excluded.last_at), value = coalesce(q.value, excluded.value),
      sample = coalesce(q.sample, excluded.sample);

  for list in
    select distinct o.id as organization, case when g.signal = '' then null else g.device end as device
    from json_to_recordset(noted) as g (organization_code text, device text, signal text)
    join core.organization_registry o on o.code = g.organization_code
  loop
    if list.device is null then
      perform telemetry.bound_quarantine(array(
        select q.id from telemetry.quarantine q where q.organization = list.organization and q.signal = ''));
    else
      perform telemetry.bound_quarantine(array(
        select q.id from telemetry.quarantine q where q.organization = list.organization and q.device = list.device and q.signal <> ''));
    end if;
  end loop;
end $$;

-- Of these entries 200 stay.
create function telemetry.bound_quarantine(entries uuid[]) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  with turns as (
    select q.id, q.last_at, least(
      2 * row_number() over (partition by q.origin order by q.first_at desc, q.id desc) - 1,
      2 * row_number() over (partition by q.origin order by q.last_at < now() - interval '1 day', q.count desc, q.last_at desc, q.id desc)
    ) as turn
    from telemetry.quarantine q where cardinality(entries) > 200 and q.id = any (entries)
  ), too_many as (
    select t.id from turns t order by t.turn, t.last_at desc, t.id desc offset 200
  ), held as (
    select q.id from telemetry.quarantine q join too_many t on t.id = q.id for update of q skip locked
  )
  delete from telemetry.quarantine q using held h where q.id = h.id
$$;
revoke all on function telemetry.bound_quarantine(uuid[]) from public;

drop function telemetry.read_quarantine(text, timestamptz, uuid, integer);
create function telemetry.read_quarantine(device text, before_at timestamptz, before_id uuid, row_limit integer)
returns table (id uuid, device text, signal text, count bigint, first_at timestamptz, last_at timestamptz, value jsonb, sample bytea, origin text,
  equipment uuid)
language sql stable security definer set search_path = pg_catalog as $$
  select q.id, q.device, q.signal, q.count, q.first_at, q.last_at, q.value, q.sample, q.origin, d.equipment_id
  from telemetry.quarantine q left join core.device d on d.organization = q.organization and d.code = q.device
  where q.organization = core.organization() and (read_quarantine.device is null or q.device = read_quarantine.device)
    and (before_id is null or (date_trunc('milliseconds', q.last_at), q.id) < (before_at, before_id))
  order by date_trunc('milliseconds', q.last_at) desc, q.id desc limit row_limit
$$;
revoke all on function telemetry.read_quarantine(text, timestamptz, uuid, integer) from public;
grant execute on function telemetry.read_quarantine(text, timestamptz, uuid, integer) to ${roles.runtime};
`;

export const quarantineFairnessMigrations: Migrations = { '0082-quarantine-fairness': sqlMigration(fairness) };
