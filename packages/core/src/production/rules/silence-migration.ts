import { type Migrations, roles, sqlMigration } from '../../database/index.js';

/**
 * `silence_due_at` is when the signals of a rule will have been silent for too long unless something
 * comes; nothing having come, `silent_since` is the last sample, and the run ends with it. Samples after that begin anew.
 */
const silence = `
alter table core.run_rule
  add column silence_due_at timestamptz,
  add column silent_since timestamptz;
create index run_rule_silence_due on core.run_rule (silence_due_at) where silence_due_at is not null;
grant update (silence_due_at, silent_since) on core.run_rule to ${roles.runtime};

alter table core.process_run
  add column ended_by_silence boolean not null default false,
  add constraint process_run_ended_by_silence check (not ended_by_silence or (rule_id is not null and ended_at is not null));
grant update (ended_by_silence) on core.process_run to ${roles.runtime};
alter table core.run_bounds add column ended_by_silence boolean not null default false;

-- Rules for which something was stored in the minutes up to \`up_to\`, or whose signals are to be looked at for silence by \`at\`.
drop function telemetry.marked_rules(timestamptz);
create function telemetry.rules_to_derive(up_to timestamptz, at timestamptz) returns table (organization uuid, rule uuid)
language sql stable security definer set search_path = pg_catalog as $$
  select distinct w.organization, w.rule from telemetry.watched_series w
  where exists (select from telemetry.watch_mark m where m.rule = w.rule and m.minute <= up_to)
  union
  select r.organization, r.id from core.run_rule r where r.silence_due_at <= at
$$;
revoke all on function telemetry.rules_to_derive(timestamptz, timestamptz) from public;
grant execute on function telemetry.rules_to_derive(timestamptz, timestamptz) to ${roles.system};
`;

export const runSilenceMigrations: Migrations = { '0083-runs-by-silence': sqlMigration(silence) };
