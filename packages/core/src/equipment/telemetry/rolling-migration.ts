import { advisoryLocks, type Migrations, sqlMigration } from '../../database/index.js';
import { columns, replaced } from './rollup-migration.js';

/** From so many series of one minute on, the minute is read as a whole rather than series by series. */
const many = 50;

/**
 * Samples lie in the order of their arrival: the minute of one series is spread over as many pages as it has samples, and the
 * minute of all series over hardly more. A BRIN index finds those pages; to write it costs next to nothing.
 */
const byTime = 'create index sample_ts on telemetry.sample using brin (ts) with (pages_per_range = 16, autosummarize = on);';

/**
 * As in 0072, in several statements: the marks are taken first, so each of those that count sees what they stood for. What is
 * committed meanwhile has marks of its own, and is counted again.
 */
const rolling = `
create or replace function telemetry.roll_up(ended_before timestamptz, row_limit integer) returns integer
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  done integer;
  month date;
  dropped timestamptz;
  whole timestamptz;
begin
  if not pg_try_advisory_xact_lock(${advisoryLocks.rollups}) then return 0; end if;
  create temporary table if not exists rolled_minute (series integer, minute timestamptz) on commit delete rows;
  select r.samples_dropped into dropped from telemetry.retention r;
  delete from telemetry.dirty_minute where minute < dropped;
  for month in
    select distinct date_trunc('month', minute at time zone 'UTC')::date from telemetry.dirty_minute where minute + interval '1 minute' <= ended_before
  loop
    perform telemetry.ensure_month('rollup_minute', month), telemetry.ensure_month('rollup_hour', month);
  end loop;
  with oldest as (
    select distinct series, minute from telemetry.dirty_minute where minute >= dropped and minute + interval '1 minute' <= ended_before
    order by minute, series limit row_limit
  ), taken as (
    delete from telemetry.dirty_minute d using oldest o where d.series = o.series and d.minute = o.minute
  )
  insert into pg_temp.rolled_minute select series, minute from oldest;
  get diagnostics done = row_count;

  insert into telemetry.rollup_minute as m (bucket, series, ${columns})
  select o.minute, o.series, r.* from (
    select series, minute, count(*) over (partition by minute) as beside from pg_temp.rolled_minute
  ) o cross join lateral (
    select count(*)::integer, count(s.value)::integer, sum(s.value), min(s.value), max(s.value),
      (array_agg(s.value order by s.ts, s.ordinal) filter (where s.value is not null))[1], min(s.ts) filter (where s.value is not null),
      (array_agg(s.value order by s.ts desc, s.ordinal desc) filter (where s.value is not null))[1], max(s.ts) filter (where s.value is not null)
    from telemetry.sample s where s.series = o.series and s.ts >= o.minute and s.ts < o.minute + interval '1 minute'
  ) r
  where o.beside < ${many}
  on conflict (series, bucket) do update set ${replaced};

  for whole in select minute from pg_temp.rolled_minute group by minute having count(*) >= ${many} order by minute loop
    insert into telemetry.rollup_minute as m (bucket, series, ${columns})
    select whole, a.series, a.count, a.numbers, a.sum, a.low, a.high, f.value, a.first_at, l.value, a.last_at
    from (
      select s.series, count(*)::integer as count, count(s.value)::integer as numbers, sum(s.value) as sum, min(s.value) as low, max(s.value) as high,
        min(s.ts) filter (where s.value is not null) as first_at, max(s.ts) filter (where s.value is not null) as last_at
      from telemetry.sample s where s.ts >= whole and s.ts < whole + interval '1 minute' group by s.series
    ) a
    join pg_temp.rolled_minute o on o.series = a.series and o.minute = whole
    left join lateral (
      select s.value from telemetry.sample s where s.series = a.series and s.ts = a.first_at and s.value is not null order by s.ordinal limit 1
    ) f on true
    left join lateral (
      select s.value from telemetry.sample s where s.series = a.series and s.ts = a.last_at and s.value is not null order by s.ordinal desc limit 1
    ) l on true
    on conflict (series, bucket) do update set ${replaced};
  end loop;

  insert into telemetry.rollup_hour as h (bucket, series, ${columns})
  select o.hour, o.series, r.* from (
    select distinct series, date_trunc('hour', minute, 'UTC') as hour from pg_temp.rolled_minute
  ) o cross join lateral (
    select sum(m.count)::integer, sum(m.numbers)::integer, sum(m.sum), min(m.low), max(m.high),
      (array_agg(m.first order by m.first_at) filter (where m.first_at is not null))[1], min(m.first_at),
      (array_agg(m.last order by m.last_at desc) filter (where m.last_at is not null))[1], max(m.last_at)
    from telemetry.rollup_minute m where m.series = o.series and m.bucket >= o.hour and m.bucket < o.hour + interval '1 hour'
  ) r
  on conflict (series, bucket) do update set ${replaced};
  return done;
end $$;
`;

export const rollingMigrations: Migrations = { '0081-rollups-by-time': sqlMigration(byTime + rolling) };
