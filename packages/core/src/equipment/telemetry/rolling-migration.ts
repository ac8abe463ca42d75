import { advisoryLocks, type Migrations, roles, sqlMigration } from '../../database/index.js';

/** What is known of a bucket. */
const known = ['count', 'numbers', 'sum', 'low', 'high', 'first', 'first_at', 'last', 'last_at', 'worst'];
const columns = known.join(', ');
const replaced = known.map((column) => `${column} = excluded.${column}`).join(', ');
const of = (alias: string) => known.map((column) => `${alias}.${column}`).join(', ');
/** A sample as a bucket of its own; one that is no number is counted, and has neither a first nor a last. */
const alone = `s.ts, 1, (s.value is not null)::integer, s.value, s.value, s.value, s.value, case when s.value is not null then s.ts end,
          s.value, case when s.value is not null then s.ts end, s.quality, s.ordinal`;

/** Dirty minutes that follow each other, as one: to look for each of them in every partition took most of the time. */
export const stretches = `stretch as (
        select min(d.minute) as begins, max(d.minute) + interval '1 minute' as ends
        from (select minute, minute - row_number() over (order by minute) * interval '1 minute' as island from dirty) d
        group by d.island
      )`;

/** From so many series of one minute on, the minute is read as a whole rather than series by series. */
const many = 50;

/**
 * Samples lie in the order of their arrival: the minute of one series is spread over as many pages as it has samples, and the
 * minute of all series over hardly more. A BRIN index finds those pages; to write it costs next to nothing.
 */
const byTime = 'create index sample_ts on telemetry.sample using brin (ts) with (pages_per_range = 16, autosummarize = on);';

/**
 * In several statements: the marks are taken first, so each of those that count sees what they stood for. What is committed
 * meanwhile has marks of its own, and is counted again. A mark of a minute whose samples were dropped says nothing.
 */
const rolling = `
-- Rolls up the oldest dirty minutes that may be, and their hours; answers how many minutes it did. One at a time.
create or replace function telemetry.roll_up(row_limit integer) returns integer
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  done integer;
  month date;
  dropped timestamptz;
  whole timestamptz;
  before timestamptz;
begin
  if not pg_try_advisory_xact_lock(${advisoryLocks.rollups}) then return 0; end if;
  create temporary table if not exists rolled_minute (series integer, minute timestamptz) on commit delete rows;
  select r.samples_dropped into dropped from telemetry.retention r;
  select to_timestamp(m.rolled_before::bigint * 60) into before from telemetry.marking m;
  delete from telemetry.dirty_minute where minute < dropped;
  for month in
    select distinct date_trunc('month', minute at time zone 'UTC')::date from telemetry.dirty_minute where minute < before
  loop
    perform telemetry.ensure_month('rollup_minute', month), telemetry.ensure_month('rollup_hour', month);
  end loop;
  with oldest as (
    select distinct series, minute from telemetry.dirty_minute where minute >= dropped and minute < before
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
      (array_agg(s.value order by s.ts desc, s.ordinal desc) filter (where s.value is not null))[1], max(s.ts) filter (where s.value is not null),
      min(s.quality)
    from telemetry.sample s where s.series = o.series and s.ts >= o.minute and s.ts < o.minute + interval '1 minute'
  ) r
  where o.beside < ${many}
  on conflict (series, bucket) do update set ${replaced};

  for whole in select minute from pg_temp.rolled_minute group by minute having count(*) >= ${many} order by minute loop
    insert into telemetry.rollup_minute as m (bucket, series, ${columns})
    select whole, a.series, a.count, a.numbers, a.sum, a.low, a.high, f.value, a.first_at, l.value, a.last_at, a.worst
    from (
      select s.series, count(*)::integer as count, count(s.value)::integer as numbers, sum(s.value) as sum, min(s.value) as low, max(s.value) as high,
        min(s.ts) filter (where s.value is not null) as first_at, max(s.ts) filter (where s.value is not null) as last_at,
        min(s.quality) as worst
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
      (array_agg(m.last order by m.last_at desc) filter (where m.last_at is not null))[1], max(m.last_at),
      min(m.worst)
    from telemetry.rollup_minute m where m.series = o.series and m.bucket >= o.hour and m.bucket < o.hour + interval '1 hour'
  ) r
  on conflict (series, bucket) do update set ${replaced};
  return done;
end $$;
revoke all on function telemetry.roll_up(integer) from public;
grant execute on function telemetry.roll_up(integer) to ${roles.system};
`;

/**
 * `by` is the finest step that both ends and the width are multiples of: hours and minutes come from the rollups, except
 * where they are dirty, and those come from the samples, as everything does below a minute.
 */
const reading = `
create or replace function telemetry.read_buckets(equipment uuid, signals text[], from_ts timestamptz, to_ts timestamptz, width_s double precision, by text)
returns table (signal text, place integer, count bigint, numbers bigint, sum double precision, low double precision, high double precision,
  first double precision, last double precision, worst smallint)
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  wanted record;
  dropped timestamptz := (select r.samples_dropped from telemetry.retention r);
begin
  if not telemetry.sees_equipment(equipment) then return; end if;
  for wanted in
    select s.id, s.signal from telemetry.series s
    where s.equipment_id = read_buckets.equipment and (signals is null or s.signal = any (signals)) order by s.signal
  loop
    return query
      with dirty as (
        select distinct d.minute from telemetry.dirty_minute d
        where by <> 'sample' and d.series = wanted.id and d.minute >= greatest(from_ts, dropped) and d.minute < to_ts
      ), ${stretches}, part as (
        select h.bucket as at, ${of('h')}, 0::bigint as ordinal
        from telemetry.rollup_hour h
        where by = 'hour' and h.series = wanted.id and h.bucket >= from_ts and h.bucket < to_ts
          and not exists (select from dirty d where date_trunc('hour', d.minute, 'UTC') = h.bucket)
        union all
        select m.bucket, ${of('m')}, 0::bigint
        from telemetry.rollup_minute m
        where by = 'minute' and m.series = wanted.id and m.bucket >= from_ts and m.bucket < to_ts
          and not exists (select from dirty d where d.minute = m.bucket)
        union all
        select m.bucket, ${of('m')}, 0::bigint
        from (select distinct date_trunc('hour', d.minute, 'UTC') as hour from dirty d) h
        join telemetry.rollup_minute m on m.series = wanted.id and m.bucket >= h.hour and m.bucket < h.hour + interval '1 hour'
        where by = 'hour' and not exists (select from dirty d where d.minute = m.bucket)
        union all
        select ${alone}
        from stretch d join telemetry.sample s on s.series = wanted.id and s.ts >= d.begins and s.ts < d.ends
        union all
        select ${alone}
        from telemetry.sample s where by = 'sample' and s.series = wanted.id and s.ts >= from_ts and s.ts < to_ts
      )
      select wanted.signal, ((extract(epoch from p.at - from_ts) * 1000000)::bigint / (width_s * 1000000)::bigint)::integer as bucket,
        sum(p.count)::bigint, sum(p.numbers)::bigint, sum(p.sum), min(p.low), max(p.high),
        (array_agg(p.first order by p.first_at, p.ordinal) filter (where p.first_at is not null))[1],
        (array_agg(p.last order by p.last_at desc, p.ordinal desc) filter (where p.last_at is not null))[1],
        min(p.worst)
      from part p group by bucket order by bucket;
  end loop;
end $$;
revoke all on function telemetry.read_buckets(uuid, text[], timestamptz, timestamptz, double precision, text) from public;
grant execute on function telemetry.read_buckets(uuid, text[], timestamptz, timestamptz, double precision, text) to ${roles.runtime}, ${roles.system};
`;

export const rollingMigrations: Migrations = { '0081-rollups-by-time': sqlMigration(byTime + rolling + reading) };
