import { currentOrganization, isParty, type Migrations, oneOf, roles, sees, sqlMigration, tenantTable } from '../database/index.js';
import { fileRoles } from './roles.js';

const own = `organization = ${currentOrganization}`;

const tables = `
-- What the store holds. It names nobody, and no request may read it: that a content is here already is itself a secret.
-- A row without stored_at is a reservation: its content is on its way into the store.
create table core.file_blob (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size > 0),
  media_type text not null,
  reserved_at timestamptz not null,
  stored_at timestamptz
);
create index file_blob_age on core.file_blob (reserved_at);
${tenantTable('core.file_blob', { select: 'true' }, roles.system)}

create table core.file_upload (
  organization uuid not null references core.organization_registry (id),
  sha256 text not null references core.file_blob (sha256),
  name text not null check (length(name) between 1 and 255),
  size bigint not null,
  media_type text not null,
  uploaded_by text not null,
  uploaded_at timestamptz not null,
  primary key (organization, sha256)
);
create index file_upload_blob on core.file_upload (sha256);
create index file_upload_age on core.file_upload (uploaded_at);
${tenantTable('core.file_upload', { select: own })}

create table core.record_file (
  id uuid primary key,
  record_id uuid not null references core.record (id),
  sha256 text not null references core.file_blob (sha256),
  organization uuid not null references core.organization_registry (id),
  name text not null check (length(name) between 1 and 255),
  role text not null check (role in (${oneOf(fileRoles)})),
  revision text check (length(revision) between 1 and 60),
  size bigint not null,
  media_type text not null,
  attached_by text not null,
  attached_at timestamptz not null,
  superseded_at timestamptz,
  superseded_by text,
  reason text,
  replaced_by uuid references core.record_file (id),
  check ((superseded_at is null) = (superseded_by is null)),
  check (replaced_by is null or superseded_at is not null)
);
create index record_file_record on core.record_file (record_id, attached_at desc, id desc);
create index record_file_blob on core.record_file (sha256);
create unique index record_file_once on core.record_file (record_id, organization, sha256, role, name, coalesce(revision, ''))
  where superseded_at is null;
`;

/**
 * Locks. Upload: blob (no key update), then upload. Attach: upload (share), then blob (key share, by the foreign key).
 * The sweeps take upload or blob for update, never wait for a lock (skip locked) and look again once they hold it: what an
 * attach has named is kept, and an attach that comes later finds its file gone, as if it had never been uploaded.
 */
const functions = `
create function core.reserve_blob(content text, bytes bigint, kind text, at timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  insert into core.file_blob (sha256, size, media_type, reserved_at) values (content, bytes, kind, at)
  on conflict (sha256) do update set reserved_at = greatest(core.file_blob.reserved_at, excluded.reserved_at)
$$;
revoke all on function core.reserve_blob(text, bigint, text, timestamptz) from public;
grant execute on function core.reserve_blob(text, bigint, text, timestamptz) to ${roles.runtime};

-- To be called when the content is durable, and only by what hashed it: the row is the right to download and attach.
-- Gives nothing when there is no reservation any more.
create function core.keep_upload(content text, file_name text, by_label text, at timestamptz)
returns table (size bigint, media_type text)
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  author uuid := core.organization();
  kept core.file_blob;
begin
  if author is null then raise exception 'keep_upload outside an organization' using errcode = '42501'; end if;
  update core.file_blob b set stored_at = coalesce(b.stored_at, at) where b.sha256 = content returning * into kept;
  if not found then return; end if;
  insert into core.file_upload (organization, sha256, name, size, media_type, uploaded_by, uploaded_at)
    values (author, content, file_name, kept.size, kept.media_type, by_label, at)
  on conflict (organization, sha256) do update
    set name = excluded.name, uploaded_by = excluded.uploaded_by, uploaded_at = excluded.uploaded_at;
  return query select kept.size, kept.media_type;
end $$;
revoke all on function core.keep_upload(text, text, text, timestamptz) from public;
grant execute on function core.keep_upload(text, text, text, timestamptz) to ${roles.runtime};

-- What the organization may name by this hash: its own upload, held until the transaction ends, or what a record it sees names.
create function core.nameable_file(content text)
returns table (name text, size bigint, media_type text)
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  author uuid := core.organization();
begin
  return query select u.name, u.size, u.media_type from core.file_upload u
    where u.organization = author and u.sha256 = content for share;
  if found then return; end if;
  return query select f.name, f.size, f.media_type from core.record_file f join core.record r on r.id = f.record_id
    where f.sha256 = content and author = any (r.visible_to) order by f.attached_at desc limit 1;
end $$;
revoke all on function core.nameable_file(text) from public;
grant execute on function core.nameable_file(text) to ${roles.runtime};

-- Uploads that their organization has attached to nothing. Nobody else's use of the content matters: it would tell of it.
create function core.forget_uploads(uploaded_before timestamptz, most integer) returns integer
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  stale record;
  forgotten integer := 0;
begin
  for stale in
    select u.organization, u.sha256 from core.file_upload u
    where u.uploaded_at < uploaded_before
      and not exists (select 1 from core.record_file f where f.sha256 = u.sha256 and f.organization = u.organization)
    order by u.uploaded_at limit most for update skip locked
  loop
    delete from core.file_upload u where u.organization = stale.organization and u.sha256 = stale.sha256
      and not exists (select 1 from core.record_file f where f.sha256 = u.sha256 and f.organization = u.organization);
    if found then forgotten := forgotten + 1; end if;
  end loop;
  return forgotten;
end $$;
revoke all on function core.forget_uploads(timestamptz, integer) from public;
grant execute on function core.forget_uploads(timestamptz, integer) to ${roles.system};

-- Takes one content that nobody names, for as long as the transaction lasts. The caller removes it from the store, then
-- calls drop_blob, then commits; after a crash in between it is found here again.
create function core.take_orphan(stored_before timestamptz, reserved_before timestamptz) returns text
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  candidate text;
begin
  loop
    select b.sha256 into candidate from core.file_blob b
      where (b.reserved_at < stored_before or (b.stored_at is null and b.reserved_at < reserved_before))
        and not exists (select 1 from core.file_upload u where u.sha256 = b.sha256)
        and not exists (select 1 from core.record_file f where f.sha256 = b.sha256)
      order by b.reserved_at limit 1 for update skip locked;
    if candidate is null then return null; end if;
    -- A new statement sees what was committed between that one's beginning and its lock.
    if not exists (select 1 from core.file_upload u where u.sha256 = candidate)
      and not exists (select 1 from core.record_file f where f.sha256 = candidate) then
      return candidate;
    end if;
  end loop;
end $$;
revoke all on function core.take_orphan(timestamptz, timestamptz) from public;
grant execute on function core.take_orphan(timestamptz, timestamptz) to ${roles.system};

create function core.drop_blob(content text) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  delete from core.file_blob where sha256 = content
$$;
revoke all on function core.drop_blob(text) from public;
grant execute on function core.drop_blob(text) to ${roles.system};
`;

/** After its functions, because the policy for inserts asks one. */
const recordFilePolicies = tenantTable('core.record_file', {
  select: sees('record_file.record_id'),
  insert: `${own} and ${isParty('record_file.record_id')} and exists (select 1 from core.nameable_file(sha256))`,
  update: own,
  updatable: ['superseded_at', 'superseded_by', 'reason', 'replaced_by'],
});

/** That a content is in the store only the server can know: no SQL of a request says so. */
const keptByTheServer = `
revoke execute on function core.keep_upload(text, text, text, timestamptz) from ${roles.runtime};
grant execute on function core.keep_upload(text, text, text, timestamptz) to ${roles.system};
`;

export const fileMigrations: Migrations = {
  '0051-files': sqlMigration(tables + functions + recordFilePolicies),
  '0067-kept-by-the-server': sqlMigration(keptByTheServer),
};
