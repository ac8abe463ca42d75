import { advisoryLocks, type Migrations, roles, sqlMigration } from '../../database/index.js';

/** What is known of a bucket. */
const known = ['count', 'numbers', 'sum', 'low', 'high', 'first', 'first_at', 'last', 'last_at'];
export const columns = known.join(', ');
export const replaced = known.map((column) => `${column} = excluded.${column}`).join(', ');
export const of = (alias: string) => known.map((column) => `${alias}.${column}`).join(', ');
/** A sample as a bucket of its own; one that is no number is counted, and has neither a first nor a last. */
export const alone = `s.ts, 1, (s.value is not null)::integer, s.value, s.value, s.value, s.value, case when s.value is not null then s.ts end,
          s.value, case when s.value is not null then s.ts end`;

/**
 * What was measured in a minute and in an hour, of each series. The minutes in which something was stored stand in
 * `dirty_minute` from the same commit on, once for each batch that did so: only appended, so that writers never wait for
 * each other, and taken away by the statement whose snapshot counts their samples. Whatever comes late makes its minute
 * dirty again, so a rollup is what its samples are, or is known not to be.
 */
const tables = `
create table telemetry.dirty_minute (
  series integer not null,
  minute timestamptz not null
);
create index dirty_minute_series on telemetry.dirty_minute (series, minute);
grant insert on telemetry.dirty_minute to ${roles.ingest};

${['minute', 'hour']
  .map(
    (level) => `
create table telemetry.rollup_${level} (
  bucket timestamptz not null,
  series integer not null,
  -- Everything stored, then what of it is a number (booleans are 0 and 1).
  count integer not null,
  numbers integer not null,
  sum double precision,
  low double precision,
  high double precision,
  first double precision,
  first_at timestamptz,
  last double precision,
  last_at timestamptz,
  primary key (series, bucket)
) partition by range (bucket);`,
  )
  .join('\n')}
`;

const rolling = `
-- Makes the partition of one UTC month.
create function telemetry.ensure_month(parent text, day date) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  month date := date_trunc('month', day)::date;
  child text := parent || '_' || to_char(month, 'YYYYMM');
begin
  if to_regclass('telemetry.' || child) is not null then return; end if;
  execute format('create table telemetry.%I (like telemetry.%I including defaults including constraints)', child, parent);
  execute format('alter table telemetry.%I attach partition telemetry.%I for values from (%L) to (%L)', parent, child,
    month::text || ' 00:00:00+00', (month + interval '1 month')::date::text || ' 00:00:00+00');
end $$;
revoke all on function telemetry.ensure_month(text, date) from public;

-- Rolls up the oldest dirty minutes that ended before \`ended_before\`, and their hours; answers how many minutes it did. One at a time.
create function telemetry.roll_up(ended_before timestamptz, row_limit integer) returns integer
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  done integer;
  month date;
begin
  if not pg_try_advisory_xact_lock(${advisoryLocks.rollups}) then return 0; end if;
  create temporary table if not exists rolled_minute (series integer, minute timestamptz) on commit delete rows;
  for month in
    select distinct date_trunc('month', minute at time zone 'UTC')::date from telemetry.dirty_minute where minute + interval '1 minute' <= ended_before
  loop
    perform telemetry.ensure_month('rollup_minute', month), telemetry.ensure_month('rollup_hour', month);
  end loop;
  -- One statement, one snapshot: whose mark is taken away here, its samples are counted here.
  with oldest as (
    select distinct series, minute from telemetry.dirty_minute where minute + interval '1 minute' <= ended_before
    order by minute, series limit row_limit
  ), taken as (
    delete from telemetry.dirty_minute d using oldest o where d.series = o.series and d.minute = o.minute
  ), noted as (
    insert into pg_temp.rolled_minute select series, minute from oldest
  )
  insert into telemetry.rollup_minute as m (bucket, series, ${columns})
  select o.minute, o.series, r.* from oldest o cross join lateral (
    select count(*)::integer, count(s.value)::integer, sum(s.value), min(s.value), max(s.value),
      (array_agg(s.value order by s.ts, s.ordinal) filter (where s.value is not null))[1], min(s.ts) filter (where s.value is not null),
      (array_agg(s.value order by s.ts desc, s.ordinal desc) filter (where s.value is not null))[1], max(s.ts) filter (where s.value is not null)
    from telemetry.sample s where s.series = o.series and s.ts >= o.minute and s.ts < o.minute + interval '1 minute'
  ) r
  on conflict (series, bucket) do update set ${replaced};
  get diagnostics done = row_count;
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
revoke all on function telemetry.roll_up(timestamptz, integer) from public;
grant execute on function telemetry.roll_up(timestamptz, integer) to ${roles.system};
`;

/**
 * `by` is the finest step that both ends and the width are multiples of: hours and minutes come from the rollups, except
 * where they are dirty, and those come from the samples, as everything does below a minute.
 */
const reading = `
create function telemetry.read_buckets(equipment uuid, signals text[], from_ts timestamptz, to_ts timestamptz, width_s double precision, by text)
returns table (signal text, place integer, count bigint, numbers bigint, sum double precision, low double precision, high double precision,
  first double precision, last double precision)
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  wanted record;
begin
  if not telemetry.sees_equipment(equipment) then return; end if;
  for wanted in
    select s.id, s.signal from telemetry.series s
    where s.equipment_id = read_buckets.equipment and (signals is null or s.signal = any (signals)) order by s.signal
  loop
    return query
      with dirty as (
        select distinct d.minute from telemetry.dirty_minute d
        where by <> 'sample' and d.series = wanted.id and d.minute >= from_ts and d.minute < to_ts
      ), part as (
        select h.bucket as at, ${of('h')}
        from telemetry.rollup_hour h
        where by = 'hour' and h.series = wanted.id and h.bucket >= from_ts and h.bucket < to_ts
          and not exists (select from dirty d where d.minute >= h.bucket and d.minute < h.bucket + interval '1 hour')
        union all
        select m.bucket, ${of('m')}
        from telemetry.rollup_minute m
        where by = 'minute' and m.series = wanted.id and m.bucket >= from_ts and m.bucket < to_ts
          and not exists (select from dirty d where d.minute = m.bucket)
        union all
        select m.bucket, ${of('m')}
        from (select distinct date_trunc('hour', d.minute, 'UTC') as hour from dirty d) h
        join telemetry.rollup_minute m on m.series = wanted.id and m.bucket >= h.hour and m.bucket < h.hour + interval '1 hour'
        where by = 'hour' and not exists (select from dirty d where d.minute = m.bucket)
        union all
        select ${alone}
        from dirty d join telemetry.sample s on s.series = wanted.id and s.ts >= d.minute and s.ts < d.minute + interval '1 minute'
        union all
        select ${alone}
        from telemetry.sample s where by = 'sample' and s.series = wanted.id and s.ts >= from_ts and s.ts < to_ts
      )
      select wanted.signal, floor(extract(epoch from p.at - from_ts)::double precision / width_s)::integer as bucket,
        sum(p.count)::bigint, sum(p.numbers)::bigint, sum(p.sum), min(p.low), max(p.high),
        (array_agg(p.first order by p.first_at) filter (where p.first_at is not null))[1],
        (array_agg(p.last order by p.last_at desc) filter (where p.last_at is not null))[1]
      from part p group by bucket order by bucket;
  end loop;
end $$;
revoke all on function telemetry.read_buckets(uuid, text[], timestamptz, timestamptz, double precision, text) from public;
grant execute on function telemetry.read_buckets(uuid, text[], timestamptz, timestamptz, double precision, text) to ${roles.runtime}, ${roles.system};
`;

export const rollupMigrations: Migrations = { '0070-rollups': sqlMigration(tables + rolling + reading) };
