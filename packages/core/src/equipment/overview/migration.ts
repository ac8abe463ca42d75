import { type Migrations, roles, sqlMigration } from '../../database/index.js';

/** All equipment of the entered organization with what a tree shows of each, in one answer: a page of a hundred could not be summed up. */
const overview = `
create function telemetry.read_equipment_overview(row_limit integer)
returns table (id uuid, code text, name text, model text, parent text, devices bigint, online bigint, offline bigint, changed_at timestamptz,
  newest_ms double precision, out_of_range bigint, doubtful bigint)
language sql stable security definer set search_path = pg_catalog as $$
  with own as materialized (
    select e.id, e.code, e.name, e.model, e.parent from core.equipment e
    where e.organization = core.organization() and e.state = 'active' order by e.code limit row_limit
  ), connected as (
    select d.equipment_id, count(*) as devices, count(*) filter (where t.online) as online, count(*) filter (where not t.online) as offline,
      max(t.changed_at) as changed_at
    from core.device d left join telemetry.device_status t on t.device_id = d.id
    where d.organization = core.organization() group by d.equipment_id
  ), measured as (
    select s.equipment_id, max(extract(epoch from v.ts) * 1000)::double precision as newest_ms,
      count(*) filter (where v.quality = 84) as out_of_range, count(*) filter (where v.quality < 192 and v.quality <> 84) as doubtful
    from own o join telemetry.series s on s.equipment_id = o.id join telemetry.last_value v on v.series = s.id group by s.equipment_id
  )
  select o.id, o.code, o.name, o.model, o.parent, coalesce(c.devices, 0), coalesce(c.online, 0), coalesce(c.offline, 0), c.changed_at,
    m.newest_ms, coalesce(m.out_of_range, 0), coalesce(m.doubtful, 0)
  from own o left join connected c on c.equipment_id = o.id left join measured m on m.equipment_id = o.id
  order by o.code
$$;
revoke all on function telemetry.read_equipment_overview(integer) from public;
grant execute on function telemetry.read_equipment_overview(integer) to ${roles.runtime};
`;

export const overviewMigrations: Migrations = { '0078b-equipment-overview': sqlMigration(overview) };
