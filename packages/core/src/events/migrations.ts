import { advisoryLocks, currentOrganization, type Migrations, roles, sees, sqlMigration, tenantTable } from '../database/index.js';

const tables = `
create table core.event (
  id uuid primary key,
  type text not null check (type ~ '^[a-z][a-z0-9_.-]{0,80}$'),
  record_id uuid references core.record (id),
  organization uuid not null,
  audience uuid[] not null,
  body jsonb,
  body_hash bytea not null,
  actor_kind text not null check (actor_kind in ('person', 'key', 'device', 'system')),
  actor_id text not null check (actor_id !~ E'\\n'),
  actor_label text not null,
  occurred_at timestamptz not null,
  hash bytea not null
);
create index event_record on core.event (record_id, id);
${tenantTable('core.event', {
  select: `${currentOrganization} = any (audience) and (record_id is null or ${sees('record_id')})`,
  columns: ['id', 'type', 'record_id', 'organization', 'body', 'body_hash', 'actor_kind', 'actor_id', 'actor_label', 'occurred_at', 'hash'],
  system: ['select'],
})}

create table core.event_pending (
  position bigint generated always as identity primary key,
  event_id uuid not null,
  event_hash bytea not null,
  audience uuid[] not null,
  appended_at timestamptz not null default clock_timestamp()
);
alter table core.event_pending enable row level security;
alter table core.event_pending force row level security;
create policy event_pending_owner on core.event_pending to ${roles.owner} using (true) with check (true);
create policy event_pending_system on core.event_pending for select to ${roles.system} using (true);
grant select on core.event_pending to ${roles.system};

create table core.feed (
  organization uuid not null,
  seq bigint not null,
  event_id uuid not null,
  event_hash bytea not null,
  primary key (organization, seq)
);
${tenantTable('core.feed', { select: `organization = ${currentOrganization}`, system: ['select'] })}

create table core.feed_block (
  organization uuid not null,
  first_seq bigint not null,
  last_seq bigint not null,
  previous_hash bytea not null,
  hash bytea not null,
  sealed_at timestamptz not null,
  primary key (organization, first_seq)
);
${tenantTable('core.feed_block', { select: `organization = ${currentOrganization}`, system: ['select'] })}

create table core.feed_head (
  organization uuid primary key,
  seq bigint not null,
  hash bytea not null
);
${tenantTable('core.feed_head', { select: `organization = ${currentOrganization}`, system: ['select'] })}
`;

/**
 * `event.body_hash` = SHA-256 over the body's text, a line feed and the actor's label, the two that may be erased.
 * `event.hash` = SHA-256 over the lines id, type, record, organization, actor kind, actor id, instant in microseconds
 * UTC, body hash; a feed block's hash = SHA-256 over the previous block's hash and, for each entry in order, the line
 * `organization|seq|event id|event hash`. A body may be erased (null): its hash stays and the chain still verifies.
 */
const functions = `
create function core.event_hash(id uuid, type text, record_id uuid, organization uuid, actor_kind text, actor_id text, occurred_at timestamptz, body_hash bytea)
returns bytea language sql immutable set search_path = pg_catalog as $$
  select sha256(convert_to(concat_ws(E'\\n', id, type, coalesce(record_id::text, '-'), organization, actor_kind, actor_id,
    (extract(epoch from occurred_at) * 1000000)::bigint, encode(body_hash, 'hex')), 'UTF8'))
$$;

-- For the owner's own functions, which decide the readers themselves; nobody else may call it.
create function core.write_event(event_id uuid, event_type text, about uuid, author uuid, readers uuid[], event_body jsonb,
  by_kind text, by_id text, by_label text, at timestamptz)
returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
  digest bytea := sha256(convert_to(event_body::text || E'\\n' || by_label, 'UTF8'));
  whole bytea := core.event_hash(event_id, event_type, about, author, by_kind, by_id, at, digest);
begin
  insert into core.event (id, type, record_id, organization, audience, body, body_hash, actor_kind, actor_id, actor_label, occurred_at, hash)
  values (event_id, event_type, about, author, readers, event_body, digest, by_kind, by_id, by_label, at, whole);
  insert into core.event_pending (event_id, event_hash, audience) values (event_id, whole, readers);
end $$;
revoke all on function core.write_event(uuid, text, uuid, uuid, uuid[], jsonb, text, text, text, timestamptz) from public;

create function core.append_event(event_id uuid, event_type text, about uuid, only_own boolean, event_body jsonb,
  by_kind text, by_id text, by_label text, at timestamptz)
returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
  author uuid := core.organization();
  readers uuid[];
begin
  if author is null then raise exception 'append_event outside an organization' using errcode = '42501'; end if;
  if about is not null then
    select visible_to into readers from core.record where id = about and author = any (visible_to);
    if readers is null then raise exception 'append_event on a record that % does not see', author using errcode = '42501'; end if;
    -- A grant is read-only: its holder tells the others nothing. (core.party comes with access; plpgsql looks it up when it runs.)
    if not only_own and not exists (select from core.party p where p.record_id = about and p.organization = author)
      and not exists (select from core.record r where r.id = about and r.created_by = author) then
      raise exception 'append_event on a record that % is no party to', author using errcode = '42501';
    end if;
  end if;
  if only_own or about is null then readers := array[author]; end if;
  perform core.write_event(event_id, event_type, about, author, readers, event_body, by_kind, by_id, by_label, at);
end $$;
revoke all on function core.append_event(uuid, text, uuid, boolean, jsonb, text, text, text, timestamptz) from public;
grant execute on function core.append_event(uuid, text, uuid, boolean, jsonb, text, text, text, timestamptz) to ${roles.runtime}, ${roles.system};

-- Drains up to batch_size pending events into every reader's feed. Returns how many events it drained; -1 when another sequencer is at it.
-- NOTIFY names the organizations, or nothing when they are too many to name.
create function core.sequence_events(batch_size integer) returns integer
language plpgsql security definer set search_path = pg_catalog as $$
declare
  drained integer;
  woken text;
begin
  if not exists (select from core.event_pending) then return 0; end if;
  if not pg_try_advisory_xact_lock(${advisoryLocks.sequencer}) then return -1; end if;
  create temporary table if not exists sequencer_batch (organization uuid, seq bigint, event_id uuid, event_hash bytea) on commit delete rows;
  -- Touches pending rows by their place and no event at all, so that a batch costs the same however long the log is.
  with taken as (
    delete from core.event_pending where ctid = any (array(select ctid from core.event_pending order by position limit batch_size))
    returning position, event_id, event_hash, audience
  ), kept as (
    insert into pg_temp.sequencer_batch
    select t.reader, coalesce(h.seq, 0) + row_number() over (partition by t.reader order by t.position), t.event_id, t.event_hash
    from (select position, event_id, event_hash, unnest(audience) as reader from taken) t left join core.feed_head h on h.organization = t.reader
  )
  select count(*) into drained from taken;
  if drained = 0 then return 0; end if;
  insert into core.feed (organization, seq, event_id, event_hash) select organization, seq, event_id, event_hash from pg_temp.sequencer_batch;
  with block as (
    select b.organization, min(b.seq) as first_seq, max(b.seq) as last_seq, coalesce(h.hash, '\\x') as previous,
           sha256(coalesce(h.hash, '\\x') || convert_to(string_agg(
             b.organization || '|' || b.seq || '|' || b.event_id || '|' || encode(b.event_hash, 'hex'), E'\\n' order by b.seq), 'UTF8')) as hash
    from pg_temp.sequencer_batch b left join core.feed_head h on h.organization = b.organization
    group by b.organization, h.hash
  ), kept as (
    insert into core.feed_block (organization, first_seq, last_seq, previous_hash, hash, sealed_at)
    select organization, first_seq, last_seq, previous, hash, clock_timestamp() from block
  )
  insert into core.feed_head (organization, seq, hash) select organization, last_seq, hash from block
  on conflict (organization) do update set seq = excluded.seq, hash = excluded.hash;
  select case when count(*) <= 200 then string_agg(organization::text, ',') else '' end into woken
    from (select distinct organization from pg_temp.sequencer_batch) readers;
  perform pg_notify('yunfab_feed', coalesce(woken, ''));
  delete from pg_temp.sequencer_batch;
  return drained;
end $$;
revoke all on function core.sequence_events(integer) from public;
grant execute on function core.sequence_events(integer) to ${roles.system};

create function core.new_id() returns uuid
language sql volatile set search_path = pg_catalog as $$
  -- UUIDv7 (RFC 9562) for events that the database itself writes: the milliseconds over a random UUIDv4, then the version bits.
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$$;
revoke all on function core.event_hash(uuid, text, uuid, uuid, text, text, timestamptz, bytea), core.new_id() from public;
`;

export const eventMigrations: Migrations = {
  '0002-events': sqlMigration(tables + functions),
};
