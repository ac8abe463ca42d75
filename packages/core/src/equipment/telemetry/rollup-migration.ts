import { advisoryLocks, type Migrations, roles, sqlMigration } from '../../database/index.js';

/**
 * What was measured in a minute and in an hour, of each series. The minutes in which something was stored stand in
 * `dirty_minute` from the same commit on: only appended, so that writers never wait for each other, and taken away by who
 * then counts their samples. Whatever comes late makes its minute dirty again, so a rollup is what its samples are, or is
 * known not to be.
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
  -- The lowest quality (OPC DA) of all that was stored, null where nothing was; OPC UA Part 13 calls it WorstQuality.
  worst smallint,
  primary key (series, bucket)
) partition by range (bucket);`,
  )
  .join('\n')}
`;

const months = `
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
`;

/**
 * At half load nearly every value would be the only one of its series in its commit, and its mark cost as much as itself. So a
 * commit leaves out a mark that stands already, of a minute that nobody may roll up before the commit has ended.
 */
const marking = `
create table telemetry.marking (
  only_row boolean primary key default true check (only_row),
  -- Minutes since 1970: those before it may be rolled up at any moment, and none after it.
  rolled_before integer not null default 0,
  -- Moves when marks may be gone that a writer believes to stand, and when other series are watched.
  generation integer not null default 0
);
insert into telemetry.marking default values;

-- A transaction that stores samples begins with it; what it answers stays true until the transaction ends. With it the time,
-- in Unix ms, by the clock that partitions are made by.
create function telemetry.begin_commit() returns table (rolled_before integer, generation integer, now_ms double precision)
language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  perform pg_advisory_xact_lock_shared(${advisoryLocks.commits});
  return query select m.rolled_before, m.generation, floor(extract(epoch from clock_timestamp()) * 1000)::double precision from telemetry.marking m;
end $$;
revoke all on function telemetry.begin_commit() from public;
grant execute on function telemetry.begin_commit() to ${roles.ingest};

-- From now on minutes before \`before\` may be rolled up; every commit that began without knowing has ended. Fails with 55P03 when
-- one takes longer than a fifth of a second: to be asked again, so that no other queues behind it for long. A clock that was
-- ahead by more than an hour is followed back.
create function telemetry.let_roll(before integer) returns void
language plpgsql volatile security definer set search_path = pg_catalog set lock_timeout = '200ms' as $$
begin
  if exists (select from telemetry.marking m where m.rolled_before between let_roll.before and let_roll.before + 60) then return; end if;
  perform pg_advisory_xact_lock(${advisoryLocks.commits});
  update telemetry.marking m set rolled_before = let_roll.before,
    generation = m.generation + case when m.rolled_before > let_roll.before then 1 else 0 end
  where m.rolled_before not between let_roll.before and let_roll.before + 60;
end $$;
revoke all on function telemetry.let_roll(integer) from public;
grant execute on function telemetry.let_roll(integer) to ${roles.system};
`;

export const rollupMigrations: Migrations = { '0070-rollups': sqlMigration(tables + months + marking) };
