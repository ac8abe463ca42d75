import { type Migrations, roles, sqlMigration } from '../../database/index.js';
import { stretches } from './rolling-migration.js';

/**
 * Of each of equally long buckets the first, the last, the lowest and the highest sample (M4: Jugel et al., VLDB 2014), and
 * the first that says "none". From a width of a minute on, buckets are whole minutes, and the rollups tell in which minute
 * the extremes lie, so that of a month only some minutes are read; dirty minutes and the ends are read whole. A text has
 * no extremes.
 */
const thinning = `
create function telemetry.read_extremes(equipment uuid, signals text[], from_ts timestamptz, to_ts timestamptz, buckets integer)
returns table (signal text, ts_ms double precision, value double precision, value_text text, quality smallint, place double precision,
  width_ms double precision)
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  wanted record;
  begins timestamptz := greatest(from_ts, (select r.samples_dropped from telemetry.retention r));
  origin timestamptz := begins;
  width bigint := ceil(extract(epoch from to_ts - begins) * 1000000 / buckets)::bigint;
  minutely boolean := width >= 60000000;
  whole_from timestamptz := date_trunc('minute', begins + interval '1 minute' - interval '1 microsecond', 'UTC');
  whole_to timestamptz := date_trunc('minute', to_ts, 'UTC');
begin
  if begins >= to_ts or not telemetry.sees_equipment(equipment) then return; end if;
  if minutely then
    origin := date_trunc('minute', begins, 'UTC');
    width := ceil(extract(epoch from to_ts - origin) / 60 / buckets)::bigint * 60000000;
  end if;
  for wanted in
    select s.id, s.signal, s.value_kind from telemetry.series s
    where s.equipment_id = read_extremes.equipment and s.signal = any (signals) order by s.signal
  loop
    return query
      with dirty as (
        select distinct d.minute from telemetry.dirty_minute d
        where minutely and d.series = wanted.id and d.minute >= whole_from and d.minute < whole_to
      ), ${stretches}, part as (
        select m.bucket as at, m.bucket + interval '1 minute' as until, m.low, m.high, m.count > m.numbers as none
        from telemetry.rollup_minute m
        where minutely and m.series = wanted.id and m.bucket >= whole_from and m.bucket < whole_to
          and not exists (select from dirty d where d.minute = m.bucket)
        union all
        select s.ts, s.ts + interval '1 microsecond', s.value, s.value, s.value is null
        from stretch d join telemetry.sample s on s.series = wanted.id and s.ts >= d.begins and s.ts < d.ends
        union all
        select s.ts, s.ts + interval '1 microsecond', s.value, s.value, s.value is null
        from telemetry.sample s
        where wanted.value_kind <> 'text' and s.series = wanted.id and s.ts >= begins
          and s.ts < case when minutely then least(whole_from, to_ts) else to_ts end
        union all
        select s.ts, s.ts + interval '1 microsecond', s.value, s.value, s.value is null
        from telemetry.sample s where minutely and s.series = wanted.id and s.ts >= greatest(whole_to, begins) and s.ts < to_ts
      ), extreme as (
        select (extract(epoch from p.at - origin) * 1000000)::bigint / width as place, min(p.low) as low, max(p.high) as high,
          (array_agg(p.at order by p.low, p.at) filter (where p.low is not null))[1] as low_at,
          (array_agg(p.until order by p.low, p.at) filter (where p.low is not null))[1] as low_until,
          (array_agg(p.at order by p.high desc, p.at) filter (where p.high is not null))[1] as high_at,
          (array_agg(p.until order by p.high desc, p.at) filter (where p.high is not null))[1] as high_until,
          min(p.at) filter (where p.none) as none_at,
          (array_agg(p.until order by p.at) filter (where p.none))[1] as none_until
        from part p where wanted.value_kind <> 'text' group by 1
        union all
        select n, null, null, null, null, null, null, null, null from generate_series(0, buckets - 1) n where wanted.value_kind = 'text'
      ), bucket as (
        select e.*, greatest(begins, origin + e.place * width * interval '1 microsecond') as low_end,
          least(to_ts, origin + (e.place + 1) * width * interval '1 microsecond') as high_end
        from extreme e
      )
      select distinct on (f.ts, f.ordinal) wanted.signal, (extract(epoch from f.ts) * 1000)::double precision, f.value, f.text, f.quality, b.place::double precision,
        width / 1000.0::double precision
      from bucket b cross join lateral (
        (select s.ts, s.ordinal, s.value, s.text, s.quality from telemetry.sample s
         where s.series = wanted.id and s.ts >= b.low_end and s.ts < b.high_end order by s.ts, s.ordinal limit 1)
        union all
        (select s.ts, s.ordinal, s.value, s.text, s.quality from telemetry.sample s
         where s.series = wanted.id and s.ts >= b.low_end and s.ts < b.high_end order by s.ts desc, s.ordinal desc limit 1)
        union all
        (select s.ts, s.ordinal, s.value, s.text, s.quality from telemetry.sample s
         where s.series = wanted.id and s.ts >= b.low_at and s.ts < b.low_until and s.value = b.low order by s.ts, s.ordinal limit 1)
        union all
        (select s.ts, s.ordinal, s.value, s.text, s.quality from telemetry.sample s
         where s.series = wanted.id and s.ts >= b.high_at and s.ts < b.high_until and s.value = b.high order by s.ts, s.ordinal limit 1)
        union all
        (select s.ts, s.ordinal, s.value, s.text, s.quality from telemetry.sample s
         where s.series = wanted.id and s.ts >= b.none_at and s.ts < b.none_until and s.value is null order by s.ts, s.ordinal limit 1)
      ) f
      order by f.ts, f.ordinal;
  end loop;
end $$;

-- The samples of one signal from an instant on, behind that ordinal of it when one is given; oldest first.
create function telemetry.read_page(equipment uuid, signal text, from_ts timestamptz, after_ordinal bigint, to_ts timestamptz, row_limit integer)
returns table (ts_us double precision, ordinal bigint, value double precision, value_text text, quality smallint)
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  wanted integer := (select s.id from telemetry.series s where s.equipment_id = read_page.equipment and s.signal = read_page.signal);
begin
  if not telemetry.sees_equipment(equipment) then return; end if;
  return query
    select (extract(epoch from s.ts) * 1000000)::double precision, s.ordinal, s.value, s.text, s.quality
    from telemetry.sample s
    where s.series = wanted and s.ts >= from_ts and s.ts < to_ts and (after_ordinal is null or (s.ts, s.ordinal) > (from_ts, after_ordinal))
    order by s.ts, s.ordinal limit row_limit;
end $$;

revoke all on function telemetry.read_extremes(uuid, text[], timestamptz, timestamptz, integer),
  telemetry.read_page(uuid, text, timestamptz, bigint, timestamptz, integer) from public;
grant execute on function telemetry.read_extremes(uuid, text[], timestamptz, timestamptz, integer),
  telemetry.read_page(uuid, text, timestamptz, bigint, timestamptz, integer) to ${roles.runtime}, ${roles.system};
`;

export const thinningMigrations: Migrations = { '0073-telemetry-thinned': sqlMigration(thinning) };
