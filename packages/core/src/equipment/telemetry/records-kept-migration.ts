import { advisoryLocks, type Migrations, roles, sqlMigration } from '../../database/index.js';

/**
 * What is kept by the row: events of devices, dead letters, commands. The beginnings only move forward, as those of samples do.
 * `events_dropped` is from when on all events are there: one from before is refused, for it could not be told from one that was
 * counted and dropped. The beginning of events is a day ago at the latest, so newer ones are not looked at.
 */
const beginnings = `
alter table telemetry.retention
  add column events_from timestamptz,
  add column letters_from timestamptz,
  add column commands_from timestamptz,
  add column events_dropped timestamptz not null default '-infinity';

-- In Unix ms.
drop function telemetry.kept_from();
create function telemetry.kept_from() returns table (samples double precision, minutes double precision, hours double precision,
  events double precision, letters double precision, commands double precision)
language sql stable security definer set search_path = pg_catalog as $$
  select (extract(epoch from samples_from) * 1000)::double precision, (extract(epoch from minutes_from) * 1000)::double precision,
    (extract(epoch from hours_from) * 1000)::double precision, (extract(epoch from events_from) * 1000)::double precision,
    (extract(epoch from letters_from) * 1000)::double precision, (extract(epoch from commands_from) * 1000)::double precision
  from telemetry.retention
$$;

-- Says from which day on each is kept, null for everything; answers whether that moved anything. Gateways hear of it before anything goes.
create function telemetry.keep_records_from(events date, letters date, commands date) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  before telemetry.retention;
  after telemetry.retention;
begin
  if greatest(events, letters, commands) >= (now() at time zone 'UTC')::date then
    raise exception 'what is of today would go: kept from % % %', events, letters, commands using errcode = '22023';
  end if;
  select * into before from telemetry.retention for update;
  update telemetry.retention r set events_from = greatest(r.events_from, events::timestamp at time zone 'UTC'),
    letters_from = greatest(r.letters_from, letters::timestamp at time zone 'UTC'),
    commands_from = greatest(r.commands_from, commands::timestamp at time zone 'UTC')
  returning * into after;
  if after is not distinct from before then return false; end if;
  perform pg_notify('yunfab_device', '*');
  return true;
end $$;

create function telemetry.refuse_forgotten_event() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  dropped timestamptz;
begin
  -- Shared until the commit: whoever drops waits for it.
  select r.events_dropped into dropped from telemetry.retention r for share;
  if new.ts < dropped then
    raise exception 'events of % are no longer kept; those from % on are', new.ts, dropped using errcode = '22008';
  end if;
  return new;
end $$;
create trigger forgotten before insert on telemetry.device_event for each row
  when (new.ts < now() - interval '1 day') execute function telemetry.refuse_forgotten_event();
`;

const forgetting = `
create index device_event_ts on telemetry.device_event (ts);
create index device_event_pending_event on telemetry.device_event_pending (event_id);
create index dead_letter_last on telemetry.dead_letter (last_at);
create index device_command_ended on core.device_command (ended_at) where ended_at is not null;
create index process_run_under_way on core.process_run (equipment_id, started_at) where ended_at is null;

-- Drops the oldest events, letters or commands that are no longer kept, \`row_limit\` at most; answers how many. Not an event that
-- waits to be worked on, or that lies in a run which its device has not ended; not a letter that is to be replayed; not a command
-- without an end. Fails with 55P03 when somebody works on them just now: to be asked again.
create function telemetry.forget_records(kind text, row_limit integer) returns integer
language plpgsql volatile security definer set search_path = pg_catalog set lock_timeout = '200ms' as $$
declare
  kept telemetry.retention;
  old uuid[];
begin
  if not pg_try_advisory_xact_lock(${advisoryLocks.retention}) then
    raise exception 'another process is dropping telemetry just now' using errcode = '55P03';
  end if;
  if kind = 'events' then
    update telemetry.retention r set events_dropped = r.events_from where r.events_from > r.events_dropped;
  end if;
  select * into kept from telemetry.retention;
  if kind = 'events' then
    old := array(
      select e.id from telemetry.device_event e
      where e.ts < kept.events_from
        and not exists (select from telemetry.device_event_pending p where p.event_id = e.id)
        and not exists (select from core.process_run r where r.equipment_id = e.equipment_id and r.ended_at is null and r.rule_id is null
          and r.started_at <= e.ts)
      order by e.ts limit row_limit);
    delete from core.device_event_unused u where u.event_id = any (old);
    delete from telemetry.device_event e where e.id = any (old);
  elsif kind = 'letters' then
    old := array(
      select l.id from telemetry.dead_letter l where l.last_at < kept.letters_from and l.replay_asked_at is null
      order by l.last_at limit row_limit for update skip locked);
    delete from telemetry.dead_letter l where l.id = any (old);
  elsif kind = 'commands' then
    old := array(select c.id from core.device_command c where c.ended_at < kept.commands_from order by c.ended_at limit row_limit);
    delete from core.device_command_step s where s.command = any (old);
    delete from core.device_command c where c.id = any (old);
  else
    raise exception 'nothing of the kind % is kept', kind using errcode = '22023';
  end if;
  return cardinality(old);
end $$;

revoke all on function telemetry.kept_from(), telemetry.keep_records_from(date, date, date), telemetry.refuse_forgotten_event(),
  telemetry.forget_records(text, integer) from public;
grant execute on function telemetry.kept_from() to ${roles.runtime}, ${roles.system}, ${roles.ingest};
grant execute on function telemetry.keep_records_from(date, date, date), telemetry.forget_records(text, integer) to ${roles.system};
`;

export const recordsKeptMigrations: Migrations = { '0083-telemetry-records-kept': sqlMigration(beginnings + forgetting) };
