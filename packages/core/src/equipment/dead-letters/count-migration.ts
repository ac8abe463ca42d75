import { type Migrations, roles, sqlMigration } from '../../database/index.js';

/**
 * What the letters of an organization come to, by reason and by device, among its newest `among`: an organization that let millions
 * gather is still answered at once. And which of the asked letters still stand, so that whoever replayed them learns the outcome.
 */
const counts = `
create function telemetry.count_dead_letters(reason text, device text, among integer)
returns table (by text, value text, letters bigint, messages bigint, last_at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  with newest as materialized (
    select l.reason, l.device, l.count, l.last_at from telemetry.dead_letter l
    where l.organization = core.organization() order by l.last_at desc limit among
  )
  select 'reason', n.reason, count(*), sum(n.count)::bigint, max(n.last_at) from newest n
  where count_dead_letters.device is null or n.device = count_dead_letters.device group by n.reason
  union all
  select 'device', coalesce(n.device, ''), count(*), sum(n.count)::bigint, max(n.last_at) from newest n
  where count_dead_letters.reason is null or n.reason = count_dead_letters.reason group by n.device
  union all
  select 'all', '', count(*), coalesce(sum(n.count), 0)::bigint, max(n.last_at) from newest n
$$;

create function telemetry.read_standing_letters(letters uuid[])
returns table (id uuid, device text, topic text, size integer, whole boolean, reason text, detail text, count bigint,
  first_at timestamptz, last_at timestamptz, replay_asked_at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select l.id, l.device, l.topic, l.size, octet_length(l.payload) = l.size, l.reason, l.detail, l.count, l.first_at, l.last_at, l.replay_asked_at
  from telemetry.dead_letter l where l.organization = core.organization() and l.id = any (letters) order by l.id
$$;

revoke all on function telemetry.count_dead_letters(text, text, integer), telemetry.read_standing_letters(uuid[]) from public;
grant execute on function telemetry.count_dead_letters(text, text, integer), telemetry.read_standing_letters(uuid[]) to ${roles.runtime};
`;

export const deadLetterCountMigrations: Migrations = { '0078-dead-letter-counts': sqlMigration(counts) };
