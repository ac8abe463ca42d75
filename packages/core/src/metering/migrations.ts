import { currentOrganization, type Migrations, oneOf, roles, sqlMigration, tenantTable } from '../database/index.js';
import { usageMeanings, usageMetrics } from './metrics.js';

const own = `organization = ${currentOrganization}`;
const meant = (month: 'sum' | 'mean') => oneOf(usageMetrics.filter((metric) => usageMeanings[metric].month === month));
const metric = `metric text not null check (metric in (${oneOf(usageMetrics)}))`;

/** Days and months are those of UTC+8, the calendar that all organizations of the platform share. */
const tables = `
-- Keys of commands are forgotten after a day; how many there were is not.
create table core.command_day (
  organization uuid not null,
  day date not null,
  feature text not null,
  commands bigint not null,
  primary key (organization, day, feature)
);
${tenantTable('core.command_day', { select: own })}

create function core.count_forgotten_commands() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into core.command_day as d (organization, day, feature, commands)
  select organization, core.day_of(created_at), split_part(procedure, '.', 1), count(*) from gone
  where exists (select 1 from core.organization_registry o where o.id = gone.organization)
  group by 1, 2, 3 order by 1, 2, 3
  on conflict (organization, day, feature) do update set commands = d.commands + excluded.commands;
  return null;
end $$;
revoke all on function core.count_forgotten_commands() from public;
create trigger forgotten_commands_counted after delete on core.idempotency referencing old table as gone
  for each statement execute function core.count_forgotten_commands();

create table core.usage_day (
  organization uuid not null,
  day date not null,
  ${metric},
  key text not null,
  value numeric(30, 6) not null,
  counted_at timestamptz not null,
  primary key (organization, day, metric, key)
);
${tenantTable('core.usage_day', { select: own })}

-- Who was active in a month; ids of people, keys and devices, which are told to nobody.
create table core.usage_actor (
  organization uuid not null,
  month date not null,
  kind text not null,
  actor text not null,
  primary key (organization, month, kind, actor)
);
${tenantTable('core.usage_actor', { select: own })}

create table core.usage_run (day date primary key, counted_at timestamptz not null);
${tenantTable('core.usage_run', { select: 'true', system: ['select'] })}

-- A closed month and its lines are never changed, whoever asks; a correction is a further line.
create table core.usage_month (
  organization uuid not null references core.organization_registry (id),
  month date not null check (extract(day from month) = 1),
  previous_hash text not null,
  hash text not null,
  line_count integer not null,
  closed_at timestamptz not null,
  primary key (organization, month)
);
${tenantTable('core.usage_month', { select: own })}
create table core.usage_line (
  organization uuid not null,
  month date not null,
  position integer not null,
  ${metric},
  key text not null,
  value numeric(30, 6) not null,
  correction boolean not null,
  reason text,
  written_at timestamptz not null,
  primary key (organization, month, position),
  foreign key (organization, month) references core.usage_month (organization, month),
  check (correction = (reason is not null))
);
${tenantTable('core.usage_line', { select: own })}
create function core.refuse_change() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'a closed month of % stays as it is: write a correction', tg_table_name using errcode = '42501';
end $$;
revoke all on function core.refuse_change() from public;
create trigger usage_month_kept before update or delete or truncate on core.usage_month for each statement execute function core.refuse_change();
create trigger usage_line_kept before update or delete or truncate on core.usage_line for each statement execute function core.refuse_change();
-- Nearly free beside the log, and enough to find a day in it.
create index event_occurred on core.event using brin (occurred_at);
`;

const counting = `
create function core.start_of_day(day date) returns timestamptz
language sql immutable set search_path = pg_catalog as $$ select day::timestamp at time zone 'Asia/Shanghai' $$;

-- What a day amounts to, from the rows that are there now.
create function core.usage_of_day(day date) returns table (organization uuid, metric text, key text, value numeric)
language sql stable set search_path = pg_catalog as $$
  with seen as (
    select e.organization, e.type, e.record_id, e.actor_kind, e.actor_id, e.body from core.event e
    where e.occurred_at >= core.start_of_day(day) and e.occurred_at < core.start_of_day(day + 1)
  ), proposed as (
    select o.buyer, o.supplier, s.body -> 'total' ->> 'currency' as currency, (s.body -> 'total' ->> 'amount')::numeric as amount
    from seen s join core.shared_order o on o.id = s.record_id where s.type = 'orders.proposed' and s.body is not null
  ), commands as (
    select d.organization, d.feature, d.commands from core.command_day d where d.day = usage_of_day.day
    union all
    select i.organization, split_part(i.procedure, '.', 1), count(*) from core.idempotency i
    where i.created_at >= core.start_of_day(day) and i.created_at < core.start_of_day(day + 1) group by 1, 2
  )
  select c.organization, 'commands', c.feature, sum(c.commands) from commands c group by 1, 3
  union all select s.organization, 'events', s.actor_kind, count(*) from seen s group by 1, 3
  union all select t.organization, 'telemetry_values', '', count(*)
    from telemetry.sample x join telemetry.series t on t.id = x.series
    where x.ts >= core.start_of_day(day) and x.ts < core.start_of_day(day + 1) group by 1
  union all select u.organization, 'files_bytes', '', sum(u.size) from core.file_upload u
    where u.uploaded_at < core.start_of_day(day + 1) group by 1
  union all select p.buyer, 'orders_as_buyer', p.currency, count(*) from proposed p group by 1, 3
  union all select p.supplier, 'orders_as_supplier', p.currency, count(*) from proposed p group by 1, 3
  union all select p.buyer, 'order_value_as_buyer', p.currency, sum(p.amount) from proposed p group by 1, 3
  union all select p.supplier, 'order_value_as_supplier', p.currency, sum(p.amount) from proposed p group by 1, 3
  union all select a.organization, 'active_' || case a.actor_kind when 'person' then 'people' else a.actor_kind || 's' end, '', count(distinct a.actor_id)
    from seen a where a.actor_kind in ('person', 'key', 'device') group by 1, 2
$$;
revoke all on function core.usage_of_day(date), core.start_of_day(date) from public;

-- Counts a day that is over, again if need be: the same rows give the same numbers. What files took up is known of the first
-- count only, because what is no longer needed is removed later. Returns how many numbers changed.
create function core.count_usage(of_day date, at timestamptz) returns integer
language plpgsql security definer set search_path = pg_catalog as $$
declare
  changed integer;
begin
  insert into core.usage_day as d (organization, day, metric, key, value, counted_at)
  select u.organization, of_day, u.metric, u.key, u.value, at from core.usage_of_day(of_day) u
  where exists (select 1 from core.organization_registry o where o.id = u.organization)
    and not exists (select 1 from core.usage_month m where m.organization = u.organization and m.month = date_trunc('month', of_day)::date)
  on conflict (organization, day, metric, key) do update set value = excluded.value, counted_at = excluded.counted_at
    where d.value is distinct from excluded.value and d.metric <> 'files_bytes';
  get diagnostics changed = row_count;
  insert into core.usage_actor (organization, month, kind, actor)
  select distinct e.organization, date_trunc('month', of_day)::date, e.actor_kind, e.actor_id from core.event e
  join core.organization_registry o on o.id = e.organization
  where e.occurred_at >= core.start_of_day(of_day) and e.occurred_at < core.start_of_day(of_day + 1) and e.actor_kind in ('person', 'key', 'device')
  on conflict do nothing;
  insert into core.usage_run as r (day, counted_at) values (of_day, at) on conflict (day) do update set counted_at = excluded.counted_at;
  return changed;
end $$;

-- The lines of a month from its days, in the order in which they are numbered and hashed.
create function core.usage_lines(of_month date) returns table (organization uuid, metric text, key text, value numeric)
language sql stable set search_path = pg_catalog as $$
  select d.organization, d.metric, d.key, sum(d.value) from core.usage_day d
  where d.day >= of_month and d.day < of_month + interval '1 month' and d.metric in (${meant('sum')}) group by 1, 2, 3
  union all
  select d.organization, d.metric, d.key, round(avg(d.value)) from core.usage_day d
  where d.day >= of_month and d.day < of_month + interval '1 month' and d.metric in (${meant('mean')}) group by 1, 2, 3
  union all
  select a.organization, 'active_' || case a.kind when 'person' then 'people' else a.kind || 's' end, '', count(*) from core.usage_actor a
  where a.month = of_month group by 1, 2
$$;
revoke all on function core.usage_lines(date) from public;
grant execute on function core.usage_lines(date) to ${roles.runtime};

-- hash = SHA-256, as hexadecimal digits, over the previous month's hash (empty for the first), a line feed, and for each line
-- of the month in order position|metric|key|value and a line feed; the value has six decimals.
create function core.close_usage(of_month date, at timestamptz) returns integer
language plpgsql security definer set search_path = pg_catalog as $$
declare
  each record;
  previous text;
  digest text;
  closed integer := 0;
begin
  for each in
    select l.organization, array_agg(l.metric || '|' || l.key || '|' || l.value::numeric(30, 6) order by l.metric collate "C", l.key collate "C") as lines
    from core.usage_lines(of_month) l
    where not exists (select 1 from core.usage_month m where m.organization = l.organization and m.month = of_month)
    group by l.organization order by l.organization
  loop
    select m.hash into previous from core.usage_month m where m.organization = each.organization and m.month < of_month order by m.month desc limit 1;
    previous := coalesce(previous, '');
    select encode(sha256(convert_to(previous || E'\\n' || string_agg(n || '|' || line || E'\\n', '' order by n), 'UTF8')), 'hex') into digest
    from unnest(each.lines) with ordinality as u (line, n);
    insert into core.usage_month (organization, month, previous_hash, hash, line_count, closed_at)
      values (each.organization, of_month, previous, digest, cardinality(each.lines), at);
    insert into core.usage_line (organization, month, position, metric, key, value, correction, reason, written_at)
      select each.organization, of_month, n, split_part(line, '|', 1), split_part(line, '|', 2), split_part(line, '|', 3)::numeric, false, null, at
      from unnest(each.lines) with ordinality as u (line, n);
    perform core.write_event(core.new_id(), 'metering.month_closed', null, each.organization, array[each.organization],
      jsonb_build_object('month', to_char(of_month, 'YYYY-MM'), 'hash', digest, 'lines', cardinality(each.lines)), 'system', 'platform', 'Yunfab', at);
    closed := closed + 1;
  end loop;
  return closed;
end $$;

-- What the rows of a closed month amount to now, less what its lines say: each difference becomes a line with its reason.
create function core.correct_usage(of_month date, why text, at timestamptz) returns integer
language plpgsql security definer set search_path = pg_catalog as $$
declare
  written integer;
begin
  with now_is as (
    select u.organization, u.metric, u.key, sum(u.value) as value
    from generate_series(of_month, of_month + interval '1 month' - interval '1 day', interval '1 day') as day
    cross join lateral core.usage_of_day(day::date) u where u.metric in (${meant('sum')}) group by 1, 2, 3
  ), was as (
    select l.organization, l.metric, l.key, sum(l.value) as value from core.usage_line l
    where l.month = of_month and l.metric in (${meant('sum')}) group by 1, 2, 3
  ), differs as (
    select coalesce(n.organization, w.organization) as organization, coalesce(n.metric, w.metric) as metric, coalesce(n.key, w.key) as key,
      coalesce(n.value, 0) - coalesce(w.value, 0) as value
    from now_is n full join was w on w.organization = n.organization and w.metric = n.metric and w.key = n.key
    where coalesce(n.value, 0) <> coalesce(w.value, 0)
  )
  insert into core.usage_line (organization, month, position, metric, key, value, correction, reason, written_at)
  select d.organization, of_month,
    (select max(l.position) from core.usage_line l where l.organization = d.organization and l.month = of_month)
      + row_number() over (partition by d.organization order by d.metric collate "C", d.key collate "C"),
    d.metric, d.key, d.value, true, why, at
  from differs d join core.usage_month m on m.organization = d.organization and m.month = of_month;
  get diagnostics written = row_count;
  return written;
end $$;
revoke all on function core.count_usage(date, timestamptz), core.close_usage(date, timestamptz), core.correct_usage(date, text, timestamptz) from public;
grant execute on function core.count_usage(date, timestamptz), core.close_usage(date, timestamptz) to ${roles.system};
`;

export const meteringMigrations: Migrations = {
  '0058-metering': sqlMigration(tables + counting),
};
