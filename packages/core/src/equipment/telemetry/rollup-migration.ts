import { type Migrations, roles, sqlMigration } from '../../database/index.js';

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

export const rollupMigrations: Migrations = { '0070-rollups': sqlMigration(tables + months) };
