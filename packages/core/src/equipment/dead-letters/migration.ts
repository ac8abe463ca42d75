import { type Migrations, roles, sqlMigration } from '../../database/index.js';

/**
 * An organization reads, replays and discards the letters of its own devices. A replay is asked for here and done by a
 * gateway: it claims the letter, puts the message through its pipeline again, and ends the letter when that stored it whole.
 * A gateway that is killed meanwhile leaves a claim that ends after a minute; what it had stored is then a duplicate.
 */
const letters = `
alter table telemetry.dead_letter
  add column replay_asked_at timestamptz,
  add column claimed_until timestamptz;
create index dead_letter_replay on telemetry.dead_letter (replay_asked_at) where replay_asked_at is not null;
grant select (reason, detail), update (reason, detail) on telemetry.dead_letter to ${roles.ingest};

create function telemetry.read_dead_letters(reason text, device text, before_at timestamptz, before_id uuid, row_limit integer)
returns table (id uuid, device text, topic text, size integer, whole boolean, reason text, detail text, count bigint,
  first_at timestamptz, last_at timestamptz, replay_asked_at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select l.id, l.device, l.topic, l.size, octet_length(l.payload) = l.size, l.reason, l.detail, l.count, l.first_at, l.last_at, l.replay_asked_at
  from telemetry.dead_letter l
  where l.organization = core.organization() and (read_dead_letters.reason is null or l.reason = read_dead_letters.reason)
    and (read_dead_letters.device is null or l.device = read_dead_letters.device)
    -- Not "before_id is null or": a page begins in the index where the one before ended.
    and (l.last_at, l.id) < (coalesce(before_at, 'infinity'), coalesce(before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
  order by l.last_at desc, l.id desc limit row_limit
$$;

create function telemetry.read_dead_letter(letter uuid)
returns table (id uuid, device text, topic text, size integer, whole boolean, reason text, detail text, count bigint,
  first_at timestamptz, last_at timestamptz, replay_asked_at timestamptz, payload bytea)
language sql stable security definer set search_path = pg_catalog as $$
  select l.id, l.device, l.topic, l.size, octet_length(l.payload) = l.size, l.reason, l.detail, l.count, l.first_at, l.last_at, l.replay_asked_at, l.payload
  from telemetry.dead_letter l where l.organization = core.organization() and l.id = letter
$$;

create function telemetry.find_dead_letters(letters uuid[]) returns table (id uuid, size integer, kept integer)
language sql stable security definer set search_path = pg_catalog as $$
  select l.id, l.size, octet_length(l.payload) from telemetry.dead_letter l where l.organization = core.organization() and l.id = any (letters)
$$;

create function telemetry.ask_replay(letters uuid[]) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  update telemetry.dead_letter l set replay_asked_at = now()
  where l.organization = core.organization() and l.id = any (letters) and octet_length(l.payload) = l.size and l.replay_asked_at is null
$$;

create function telemetry.discard_dead_letters(letters uuid[]) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  delete from telemetry.dead_letter l where l.organization = core.organization() and l.id = any (letters)
$$;

-- For a gateway: the oldest asked for that nobody else is busy with.
create function telemetry.claim_replays(row_limit integer)
returns table (id uuid, topic text, payload bytea, count bigint, first_at timestamptz)
language sql volatile security definer set search_path = pg_catalog as $$
  update telemetry.dead_letter l set claimed_until = clock_timestamp() + interval '1 minute'
  from (
    select d.id from telemetry.dead_letter d
    where d.replay_asked_at is not null and (d.claimed_until is null or d.claimed_until < clock_timestamp())
    order by d.replay_asked_at, d.first_at, d.id limit row_limit for update skip locked
  ) chosen
  where l.id = chosen.id
  returning l.id, l.topic, l.payload, l.count, l.first_at
$$;

-- Gone when the message was stored and not refused again, in part or whole; what was refused again raised the count.
create function telemetry.end_replay(letter uuid, claimed_count bigint, stored boolean) returns void
language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  delete from telemetry.dead_letter l where l.id = letter and stored and l.count = claimed_count;
  update telemetry.dead_letter l set replay_asked_at = null, claimed_until = null where l.id = letter;
end $$;

revoke all on function telemetry.read_dead_letters(text, text, timestamptz, uuid, integer), telemetry.read_dead_letter(uuid),
  telemetry.find_dead_letters(uuid[]), telemetry.ask_replay(uuid[]), telemetry.discard_dead_letters(uuid[]), telemetry.claim_replays(integer),
  telemetry.end_replay(uuid, bigint, boolean) from public;
grant execute on function telemetry.read_dead_letters(text, text, timestamptz, uuid, integer), telemetry.read_dead_letter(uuid),
  telemetry.find_dead_letters(uuid[]), telemetry.ask_replay(uuid[]), telemetry.discard_dead_letters(uuid[]) to ${roles.runtime};
grant execute on function telemetry.claim_replays(integer), telemetry.end_replay(uuid, bigint, boolean) to ${roles.ingest};
`;

export const deadLetterMigrations: Migrations = { '0071-dead-letters': sqlMigration(letters) };
