import { advisoryLocks, type Migrations, roles, sqlMigration } from '../../database/index.js';

/**
 * From when on each kind is kept, null for everything. A beginning only ever moves forward: what was dropped cannot come
 * back, and a rollup must never be reckoned again from fewer samples than it was made of. `samples_dropped` is where the
 * samples begin that are still there; what was dirty before it was rolled up before they went.
 */
const tables = `
create table telemetry.retention (
  only_row boolean primary key default true check (only_row),
  samples_from timestamptz,
  minutes_from timestamptz,
  hours_from timestamptz,
  samples_dropped timestamptz not null default '-infinity'
);
insert into telemetry.retention default values;

-- In Unix ms.
create function telemetry.kept_from() returns table (samples double precision, minutes double precision, hours double precision)
language sql stable security definer set search_path = pg_catalog as $$
  select (extract(epoch from samples_from) * 1000)::double precision, (extract(epoch from minutes_from) * 1000)::double precision,
    (extract(epoch from hours_from) * 1000)::double precision
  from telemetry.retention
$$;
revoke all on function telemetry.kept_from() from public;
grant execute on function telemetry.kept_from() to ${roles.runtime}, ${roles.system}, ${roles.ingest};
`;

/** What was looked up before the lock is not looked up again after it by `to_regclass`, which reads a cache; the catalog itself is. */
const ensure = (name: string, unit: 'day' | 'month', pattern: string) => `
create or replace function telemetry.${name}(parent text, day date) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  first date := date_trunc('${unit}', day)::date;
  child text := parent || '_' || to_char(first, '${pattern}');
begin
  if to_regclass('telemetry.' || child) is not null then return; end if;
  perform pg_advisory_xact_lock(${advisoryLocks.partitions});
  if exists (select from pg_class c where c.relname = child and c.relnamespace = 'telemetry'::regnamespace) then return; end if;
  execute format('create table telemetry.%I (like telemetry.%I including defaults including constraints)', child, parent);
  execute format('alter table telemetry.%I attach partition telemetry.%I for values from (%L) to (%L)', parent, child,
    first::text || ' 00:00:00+00', (first + interval '1 ${unit}')::date::text || ' 00:00:00+00');
end $$;
`;

const ahead = `
${ensure('ensure_day', 'day', 'YYYYMMDD')}
${ensure('ensure_month', 'month', 'YYYYMM')}
-- Whatever is written on this day and the two after it finds its partition there.
create function telemetry.make_ahead(today date) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if abs(today - (now() at time zone 'UTC')::date) > 401 then
    raise exception 'no partitions so far from today: %', today using errcode = '22008';
  end if;
  for ahead in 0..2 loop
    perform telemetry.ensure_day('sample', today + ahead), telemetry.ensure_day('receipt', today + ahead),
      telemetry.ensure_month('rollup_minute', today + ahead), telemetry.ensure_month('rollup_hour', today + ahead);
  end loop;
end $$;

create function telemetry.partitions() returns table (parent text, child text, begins timestamptz, ends timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select p.relname::text, c.relname::text, b.day::timestamp at time zone 'UTC',
    case when b.monthly then (b.day + interval '1 month') else (b.day + interval '1 day') end at time zone 'UTC'
  from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
  cross join lateral (select p.relname like 'rollup%' as monthly, case when p.relname like 'rollup%' then to_date(right(c.relname, 6), 'YYYYMM')
    else to_date(right(c.relname, 8), 'YYYYMMDD') end as day) b
  where p.relnamespace = 'telemetry'::regnamespace and p.relkind = 'p' and c.relkind = 'r'
  order by 1, 3
$$;

revoke all on function telemetry.make_ahead(date), telemetry.partitions() from public;
grant execute on function telemetry.make_ahead(date), telemetry.partitions() to ${roles.system};

-- For clocks that are early or late: the partition of one UTC day, unless that day is no longer kept.
create or replace function telemetry.ensure_partition(day date) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  kept timestamptz := (select samples_from from telemetry.retention);
begin
  if abs(day - (now() at time zone 'UTC')::date) > 401 then
    raise exception 'no partition so far from today: %', day using errcode = '22008';
  end if;
  if day::timestamp at time zone 'UTC' < kept then
    raise exception 'samples of % are no longer kept; those from % on are', day, (kept at time zone 'UTC')::date using errcode = '22008';
  end if;
  perform telemetry.ensure_day('sample', day);
end $$;

-- A lock that is not given at once is asked for again later, so that no COPY queues behind it for long.
alter function telemetry.roll_receipts() set lock_timeout = '200ms';
`;

const forgetting = `
-- Says from which day on each is kept; answers whether that moved anything. Gateways hear of it before anything goes.
create function telemetry.keep_from(samples date, minutes date, hours date) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  before telemetry.retention;
  after telemetry.retention;
begin
  if samples is null or minutes > samples or (hours is not null and (minutes is null or hours > minutes)) then
    raise exception 'hours are kept at least as long as minutes, minutes at least as long as samples: % % %', samples, minutes, hours
      using errcode = '22023';
  end if;
  if samples >= (now() at time zone 'UTC')::date then
    raise exception 'samples of today would go: kept from %', samples using errcode = '22023';
  end if;
  select * into before from telemetry.retention for update;
  update telemetry.retention r set samples_from = greatest(r.samples_from, samples::timestamp at time zone 'UTC'),
    minutes_from = greatest(r.minutes_from, minutes::timestamp at time zone 'UTC'),
    hours_from = greatest(r.hours_from, hours::timestamp at time zone 'UTC')
  returning * into after;
  if after is not distinct from before then return false; end if;
  perform pg_notify('yunfab_device', '*');
  return true;
end $$;

-- Drops the oldest partition that is no longer kept and answers its name, or null when there is none. Fails with 55P03
-- when somebody works on it just now, or drops something else, with 55006 when something in it is not rolled up yet: to be asked again.
create function telemetry.drop_oldest(parent text) returns text
language plpgsql volatile security definer set search_path = pg_catalog set lock_timeout = '200ms' as $$
declare
  kept timestamptz;
  child text;
  ended timestamptz;
begin
  if not pg_try_advisory_xact_lock(${advisoryLocks.retention}) then
    raise exception 'another process is dropping telemetry just now' using errcode = '55P03';
  end if;
  select case parent when 'sample' then r.samples_from when 'rollup_minute' then r.minutes_from when 'rollup_hour' then r.hours_from end
  into kept from telemetry.retention r;
  select p.child, p.ends into child, ended from telemetry.partitions() p
  where p.parent = drop_oldest.parent and p.ends <= kept order by p.begins limit 1;
  if child is null then return null; end if;
  -- In the order in which a COPY locks them. From here on every mark of a minute in it is committed.
  execute format('lock table only telemetry.%I in access exclusive mode', parent);
  execute format('lock table telemetry.%I in access exclusive mode', child);
  if parent = 'sample' then
    if exists (select from telemetry.dirty_minute d where d.minute < ended and d.minute >= (select r.samples_dropped from telemetry.retention r)) then
      raise exception 'not everything before % is rolled up', ended using errcode = '55006';
    end if;
    update telemetry.retention r set samples_dropped = greatest(r.samples_dropped, ended);
  end if;
  execute format('drop table telemetry.%I', child);
  return child;
end $$;

revoke all on function telemetry.keep_from(date, date, date), telemetry.drop_oldest(text) from public;
grant execute on function telemetry.keep_from(date, date, date), telemetry.drop_oldest(text) to ${roles.system};
`;

export const retentionMigrations: Migrations = {
  '0072-telemetry-kept': sqlMigration(tables + ahead + forgetting),
};
