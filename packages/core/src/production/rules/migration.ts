import { advisoryLocks, currentOrganization, type Migrations, roles, sqlMigration, tenantTable } from '../../database/index.js';

const own = `organization = ${currentOrganization}`;

const rules = `
-- A rule never changes: another of the same code follows where it ends, so that runs are what the rule of their time made them.
create table core.run_rule (
  id uuid primary key,
  organization uuid not null,
  equipment_id uuid not null,
  code text not null check (code ~ '^[a-z0-9-]{1,40}$'),
  words_en text not null,
  words_zh text not null,
  definition jsonb not null,
  since timestamptz not null,
  until timestamptz check (until >= since),
  set_by text not null,
  set_at timestamptz not null,
  unique (organization, id),
  foreign key (organization, equipment_id) references core.equipment (organization, id)
);
create unique index run_rule_in_force on core.run_rule (equipment_id, code) where until is null;
create index run_rule_recent on core.run_rule (organization, set_at desc, id desc);
create index run_rule_equipment on core.run_rule (equipment_id, code, since);
${tenantTable('core.run_rule', { select: own, insert: own, update: own, updatable: ['until'] })}

-- Where the walk of a rule stood after all samples before an instant; what comes late is walked from there.
create table core.run_rule_checkpoint (
  rule_id uuid not null,
  organization uuid not null,
  at timestamptz not null,
  state jsonb not null,
  primary key (rule_id, at),
  foreign key (organization, rule_id) references core.run_rule (organization, id)
);
${tenantTable('core.run_rule_checkpoint', { select: own, insert: own, update: own, updatable: ['state'], delete: own })}

alter table core.process_run
  add column rule_id uuid,
  add column withdrawn_at timestamptz,
  add constraint process_run_rule foreign key (organization, rule_id) references core.run_rule (organization, id),
  add constraint process_run_withdrawn check (withdrawn_at is null or rule_id is not null);
create index process_run_of_rule on core.process_run (rule_id, started_at) where rule_id is not null;
grant update (key, withdrawn_at) on core.process_run to ${roles.runtime};

-- Append-only: what a run by rule was taken for before later samples moved it.
create table core.run_bounds (
  run_id uuid not null,
  organization uuid not null,
  ordinal integer not null,
  key text not null,
  program text,
  started_at timestamptz not null,
  ended_at timestamptz,
  withdrawn boolean not null,
  replaced_at timestamptz not null,
  primary key (run_id, ordinal),
  foreign key (organization, run_id) references core.process_run (organization, id)
);
${tenantTable('core.run_bounds', { select: own, insert: own })}
`;

/**
 * The commit that stores samples marks their minutes for every rule that reads their series, by a trigger on
 * \`dirty_minute\`, which every writer of samples appends to. Marks are only appended; who takes one sees its samples.
 */
const watching = `
create table telemetry.watched_series (
  series integer not null references telemetry.series (id),
  rule uuid not null,
  organization uuid not null,
  until timestamptz,
  primary key (series, rule)
);
create index watched_series_rule on telemetry.watched_series (rule);
create table telemetry.watch_mark (
  rule uuid not null,
  minute timestamptz not null
);
create index watch_mark_rule on telemetry.watch_mark (rule, minute);

-- Writers of samples hold the lock shared until they commit, who begins to watch holds it alone: so no commit falls
-- between a rule's first look at the samples and its first mark.
create function telemetry.mark_watched() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform pg_advisory_xact_lock_shared(${advisoryLocks.commits});
  insert into telemetry.watch_mark (rule, minute)
  select distinct w.rule, d.minute from fresh d join telemetry.watched_series w on w.series = d.series and (w.until is null or d.minute < w.until);
  return null;
end $$;
create trigger watched after insert on telemetry.dirty_minute referencing new table as fresh
  for each statement execute function telemetry.mark_watched();

-- Series that rules read, and the minute since 1970 from which on none does; null while one is in force.
create function telemetry.watched() returns table (series integer, until integer)
language sql stable security definer set search_path = pg_catalog as $$
  select w.series, case when bool_and(w.until is not null) then ceil(extract(epoch from max(w.until)) / 60)::integer end
  from telemetry.watched_series w group by w.series
$$;

-- A rule of the entered organization reads these signals of its own equipment, from the minute of \`since\` on.
create function telemetry.watch(rule uuid, equipment uuid, signals text[], since timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not exists (select from core.equipment e where e.id = equipment and e.organization = core.organization()) then
    raise exception 'watch on equipment that is not one''s own' using errcode = '42501';
  end if;
  perform pg_advisory_xact_lock(${advisoryLocks.commits});
  insert into telemetry.watched_series (series, rule, organization)
  select s.id, watch.rule, core.organization() from telemetry.series s where s.equipment_id = equipment and s.signal = any (signals);
  update telemetry.marking set generation = generation + 1;
  insert into telemetry.watch_mark values (watch.rule, date_trunc('minute', since, 'UTC'));
end $$;

-- Samples at and after \`until\` no longer concern the rule; it is looked at once more for what ends there.
create function telemetry.end_watch(rule uuid, until timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  update telemetry.watched_series w set until = end_watch.until where w.rule = end_watch.rule and w.organization = core.organization();
  if found then insert into telemetry.watch_mark values (end_watch.rule, date_trunc('minute', end_watch.until, 'UTC')); end if;
end $$;

create function telemetry.own_rule(rule uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from telemetry.watched_series w where w.rule = own_rule.rule and w.organization = core.organization())
$$;
revoke all on function telemetry.own_rule(uuid) from public;

-- Takes the marks of a day at most, from the oldest on, and answers their minutes; what they mark is seen by the statements that follow.
create function telemetry.take_watch_marks(rule uuid, up_to timestamptz) returns setof timestamptz
language sql volatile security definer set search_path = pg_catalog as $$
  with oldest as (
    select min(m.minute) as minute from telemetry.watch_mark m where m.rule = take_watch_marks.rule and telemetry.own_rule(take_watch_marks.rule)
  ), taken as (
    delete from telemetry.watch_mark m using oldest o
    where m.rule = take_watch_marks.rule and m.minute <= least(up_to, o.minute + interval '1 day') returning m.minute
  )
  select distinct minute from taken order by minute
$$;

create function telemetry.put_watch_marks(rule uuid, minutes timestamptz[]) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  insert into telemetry.watch_mark select put_watch_marks.rule, m from unnest(minutes) m where telemetry.own_rule(put_watch_marks.rule)
$$;

create function telemetry.marked_rules(up_to timestamptz) returns table (organization uuid, rule uuid)
language sql stable security definer set search_path = pg_catalog as $$
  select distinct w.organization, w.rule from telemetry.watched_series w
  where exists (select from telemetry.watch_mark m where m.rule = w.rule and m.minute <= up_to)
$$;

revoke all on function telemetry.mark_watched(), telemetry.watch(uuid, uuid, text[], timestamptz), telemetry.end_watch(uuid, timestamptz),
  telemetry.take_watch_marks(uuid, timestamptz), telemetry.put_watch_marks(uuid, timestamptz[]), telemetry.marked_rules(timestamptz),
  telemetry.watched() from public;
grant execute on function telemetry.watch(uuid, uuid, text[], timestamptz), telemetry.end_watch(uuid, timestamptz),
  telemetry.take_watch_marks(uuid, timestamptz), telemetry.put_watch_marks(uuid, timestamptz[]) to ${roles.runtime};
grant execute on function telemetry.marked_rules(timestamptz) to ${roles.system};
grant execute on function telemetry.watched() to ${roles.ingest};
`;

export const runRuleMigrations: Migrations = { '0079-run-rules': sqlMigration(rules + watching) };
