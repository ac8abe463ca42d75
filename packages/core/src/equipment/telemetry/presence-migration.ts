import { type Migrations, roles, sqlMigration } from '../../database/index.js';

const presence = `
-- Which front of the gateways said so last: the embedded broker, or the host of one outside. Empty: a device said it, and no front has confirmed it.
alter table telemetry.device_status add column front text not null default '';

-- What a front knows of who is connected to it as of a time, and who left it when; newer words stand. With whole, nobody else is online there.
-- Names are organization/device.
create function telemetry.assert_presence(front text, as_of timestamptz, present text[], absent text[], absent_at timestamptz[], whole boolean) returns void
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  here uuid[];
begin
  select coalesce(array_agg(d.id), '{}') into here
  from unnest(assert_presence.present) as name
  join core.organization_registry o on o.code = split_part(name, '/', 1) and o.state = 'active'
  join core.device d on d.organization = o.id and d.code = split_part(name, '/', 2)
  where exists (select 1 from core.device_credential c where c.organization = d.organization and c.device = d.code and c.revoked_at is null);

  -- Locked in the order in which writers of messages lock them.
  with gone as (
    select d.id, a.at from unnest(assert_presence.absent, assert_presence.absent_at) as a (name, at)
    join core.organization_registry o on o.code = split_part(a.name, '/', 1)
    join core.device d on d.organization = o.id and d.code = split_part(a.name, '/', 2)
    union all
    select s.device_id, assert_presence.as_of from telemetry.device_status s
    where assert_presence.whole and s.online and s.front in ('', assert_presence.front) and s.device_id <> all (here)
  ), held as (
    select s.device_id, s.online, s.changed_at, s.said_at from telemetry.device_status s
    where s.device_id = any (here) or s.device_id in (select g.id from gone g) order by s.device_id for update
  ), said as (
    select h.device_id, false as online, max(g.at) as at from held h join gone g on g.id = h.device_id
    where h.online and h.said_at <= g.at and h.device_id <> all (here) group by h.device_id
    union all
    select h.device_id, true, case when h.online then h.changed_at else assert_presence.as_of end from held h
    where h.device_id = any (here) and h.said_at <= assert_presence.as_of
  )
  update telemetry.device_status s set online = n.online, changed_at = n.at, said_at = greatest(s.said_at, n.at), front = assert_presence.front
  from said n where s.device_id = n.device_id and (s.online, s.front) is distinct from (n.online, assert_presence.front);
end $$;
revoke all on function telemetry.assert_presence(text, timestamptz, text[], text[], timestamptz[], boolean) from public;
grant execute on function telemetry.assert_presence(text, timestamptz, text[], text[], timestamptz[], boolean) to ${roles.ingest};
`;

export const presenceMigrations: Migrations = { '0089-presence': sqlMigration(presence) };
