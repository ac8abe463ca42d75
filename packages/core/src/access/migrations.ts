import { currentOrganization, type Migrations, roles, sees, sqlMigration, tenantTable } from '../database/index.js';

const organizations = `
create table core.organization_registry (
  id uuid primary key,
  code text not null unique check (code ~ '^[a-z0-9-]{1,40}$'),
  name_en text not null,
  name_zh text not null,
  country text not null check (country ~ '^[A-Z]{2}$'),
  identifier_scheme text not null check (identifier_scheme in ('uscc', 'lei', 'national')),
  identifier text not null,
  time_zone text not null,
  state text not null default 'active' check (state in ('active', 'suspended')),
  created_at timestamptz not null default now(),
  unique (country, identifier_scheme, identifier)
);
alter table core.organization_registry enable row level security;
alter table core.organization_registry force row level security;
create policy organization_registry_owner on core.organization_registry to ${roles.owner} using (true) with check (true);
-- Real-name register: which companies are on the platform is public to those who have signed in; nothing private stands here.
create policy organization_registry_select on core.organization_registry for select using (true);
grant select on core.organization_registry to ${roles.runtime}, ${roles.system};
`;

const people = `
create table core.person (
  id uuid primary key,
  -- Null until the person who was invited by this address first signs in.
  signin_user text unique,
  email text not null check (length(email) between 3 and 254),
  name text,
  locale text not null default 'zh-CN' check (locale in ('zh-CN', 'en')),
  created_at timestamptz not null default now()
);
create unique index person_email on core.person (lower(email));
create table core.membership (
  id uuid not null unique default gen_random_uuid(),
  organization uuid not null references core.organization_registry (id),
  person uuid not null references core.person (id),
  -- As this organization knows the person: what someone calls themselves elsewhere is not for it to read.
  name text check (length(name) between 1 and 100),
  roles text[] not null,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (organization, person)
);
${tenantTable('core.membership', {
  select: `organization = ${currentOrganization}`,
  insert: `organization = ${currentOrganization}`,
  update: `organization = ${currentOrganization}`,
  updatable: ['name', 'roles', 'ended_at'],
})}
${tenantTable('core.person', {
  select: 'exists (select 1 from core.membership m where m.person = person.id)',
  columns: ['id', 'email', 'locale', 'created_at'],
})}

create function core.memberships_of(user_id text)
returns table (person uuid, name text, email text, locale text, organization uuid, code text, name_en text, name_zh text, time_zone text, roles text[])
language sql stable security definer set search_path = pg_catalog as $$
  select p.id, coalesce(m.name, p.name, p.email), p.email, p.locale, o.id, o.code, o.name_en, o.name_zh, o.time_zone, m.roles
  from core.person p
  join core.membership m on m.person = p.id and m.ended_at is null
  join core.organization_registry o on o.id = m.organization and o.state = 'active'
  where p.signin_user = user_id order by o.code
$$;
revoke all on function core.memberships_of(text) from public;
grant execute on function core.memberships_of(text) to ${roles.runtime};

-- Called when a sign-in has proven its address: joins it to the person who was invited by that address, or makes one.
create function core.register_person(new_id uuid, user_id text, address text, full_name text, language text) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  found_id uuid;
begin
  insert into core.person as p (id, signin_user, email, name, locale) values (new_id, user_id, address, full_name, language)
  on conflict (lower(email)) do update set signin_user = coalesce(p.signin_user, excluded.signin_user), name = excluded.name
    where p.signin_user is null or p.signin_user = excluded.signin_user
  returning p.id into found_id;
  if found_id is null then raise exception 'the address % belongs to another sign-in', address using errcode = '23505'; end if;
  return found_id;
end $$;
revoke all on function core.register_person(uuid, text, text, text, text) from public;
grant execute on function core.register_person(uuid, text, text, text, text) to ${roles.system};

-- The person with this address, made when there is none: whether one was there before is not told.
create function core.invite_person(new_id uuid, address text) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  found_id uuid;
begin
  if core.organization() is null then raise exception 'invite_person outside an organization' using errcode = '42501'; end if;
  insert into core.person (id, email) values (new_id, address) on conflict (lower(email)) do nothing;
  select id into found_id from core.person where lower(email) = lower(address);
  return found_id;
end $$;
revoke all on function core.invite_person(uuid, text) from public;
grant execute on function core.invite_person(uuid, text) to ${roles.runtime};

-- Positions (from 1) of those who are no longer members with these roles; roles are joined by commas, null asks for any.
create function core.dead_memberships(people uuid[], organizations uuid[], held_roles text[]) returns setof bigint
language sql stable security definer set search_path = pg_catalog as $$
  select asked.position from unnest(people, organizations, held_roles) with ordinality as asked (person, organization, roles, position)
  where not exists (
    select 1 from core.membership m join core.organization_registry o on o.id = m.organization and o.state = 'active'
    where m.person = asked.person and m.organization = asked.organization and m.ended_at is null
      and (asked.roles is null or array_to_string(m.roles, ',') = asked.roles))
$$;
revoke all on function core.dead_memberships(uuid[], uuid[], text[]) from public;
grant execute on function core.dead_memberships(uuid[], uuid[], text[]) to ${roles.system};
`;

const credentials = `
-- What has been revoked or has ended stays so; otherwise a stolen scope could bring a dead key or grant back.
create function core.keep_revoked() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  if old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at then
    raise exception 'what was revoked stays revoked' using errcode = '42501';
  end if;
  return new;
end $$;
revoke all on function core.keep_revoked() from public;

create table core.api_key (
  id uuid primary key,
  organization uuid not null references core.organization_registry (id),
  name text not null check (length(name) between 1 and 100),
  prefix text not null,
  hash bytea not null unique,
  scopes text[] not null,
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);
${tenantTable('core.api_key', {
  select: `organization = ${currentOrganization}`,
  insert: `organization = ${currentOrganization}`,
  update: `organization = ${currentOrganization}`,
  columns: ['id', 'organization', 'name', 'prefix', 'scopes', 'created_at', 'created_by', 'expires_at', 'last_used_at', 'revoked_at'],
  updatable: ['revoked_at'],
})}
create trigger api_key_revoked before update of revoked_at on core.api_key for each row execute function core.keep_revoked();

create function core.find_api_key(key_hash bytea)
returns table (id uuid, name text, scopes text[], organization uuid, code text, name_en text, name_zh text, time_zone text)
language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  return query
    select k.id, k.name, k.scopes, o.id, o.code, o.name_en, o.name_zh, o.time_zone
    from core.api_key k join core.organization_registry o on o.id = k.organization and o.state = 'active'
    where k.hash = key_hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > clock_timestamp());
  update core.api_key k set last_used_at = clock_timestamp()
    where k.hash = key_hash and k.revoked_at is null and (k.last_used_at is null or k.last_used_at < clock_timestamp() - interval '1 minute');
end $$;
revoke all on function core.find_api_key(bytea) from public;
grant execute on function core.find_api_key(bytea) to ${roles.runtime};

create table core.device_credential (
  id uuid primary key,
  organization uuid not null references core.organization_registry (id),
  device text not null check (device ~ '^[a-z0-9-]{1,40}$'),
  hash bytea not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create unique index device_credential_live on core.device_credential (organization, device) where revoked_at is null;
${tenantTable('core.device_credential', {
  select: `organization = ${currentOrganization}`,
  insert: `organization = ${currentOrganization}`,
  update: `organization = ${currentOrganization}`,
  columns: ['id', 'organization', 'device', 'created_at', 'last_used_at', 'revoked_at'],
  updatable: ['revoked_at'],
})}
create trigger device_credential_revoked before update of revoked_at on core.device_credential
  for each row execute function core.keep_revoked();

-- The gateway asks with what the device presented; it learns only whether that opens the door, and for whom.
create function core.find_device_credential(organization_code text, device_code text, token_hash bytea)
returns table (id uuid, organization uuid)
language sql stable security definer set search_path = pg_catalog as $$
  select c.id, c.organization from core.device_credential c
  join core.organization_registry o on o.id = c.organization and o.state = 'active'
  where o.code = organization_code and c.device = device_code and c.hash = token_hash and c.revoked_at is null
$$;
revoke all on function core.find_device_credential(text, text, bytea) from public;
grant execute on function core.find_device_credential(text, text, bytea) to ${roles.system}, ${roles.ingest};

-- Which of these credentials have been revoked, suspended or expired since: asked every half second for open connections.
create function core.dead_credentials(kind text, ids uuid[]) returns setof uuid
language sql stable security definer set search_path = pg_catalog as $$
  select asked from unnest(ids) as asked
  where not exists (
    select 1 from core.api_key k join core.organization_registry o on o.id = k.organization and o.state = 'active'
    where kind = 'key' and k.id = asked and k.revoked_at is null and (k.expires_at is null or k.expires_at > clock_timestamp())
    union all
    select 1 from core.device_credential c join core.organization_registry o on o.id = c.organization and o.state = 'active'
    where kind = 'device' and c.id = asked and c.revoked_at is null)
$$;
revoke all on function core.dead_credentials(text, uuid[]) from public;
grant execute on function core.dead_credentials(text, uuid[]) to ${roles.system}, ${roles.ingest};
`;

/** Parties are permanent; grants are read-only, carry a reason and an end, and are revocable. */
const sharing = `
create table core.party (
  record_id uuid not null references core.record (id),
  organization uuid not null references core.organization_registry (id),
  role text not null check (role ~ '^[a-z_]{1,40}$'),
  created_at timestamptz not null default now(),
  primary key (record_id, organization)
);
create table core.grant_given (
  id uuid primary key,
  record_id uuid not null references core.record (id),
  organization uuid not null references core.organization_registry (id),
  granted_by uuid not null references core.organization_registry (id),
  reason text not null check (length(reason) between 1 and 500),
  created_at timestamptz not null,
  expires_at timestamptz check (expires_at > created_at),
  revoked_at timestamptz
);
create index grant_given_record on core.grant_given (record_id);
create index grant_given_expiry on core.grant_given (expires_at) where revoked_at is null;

${tenantTable('core.party', {
  select: sees('record_id'),
  insert: `exists (select 1 from core.record r where r.id = record_id and r.created_by = ${currentOrganization})`,
})}
${tenantTable('core.grant_given', {
  // A holder no longer sees what has ended: hidden is as absent.
  select: `granted_by = ${currentOrganization} or (organization = ${currentOrganization} and revoked_at is null)`,
  insert: `granted_by = ${currentOrganization} and exists (
    select 1 from core.party p where p.record_id = grant_given.record_id and p.organization = ${currentOrganization})`,
  update: `granted_by = ${currentOrganization}`,
  updatable: ['revoked_at'],
})}

-- Locks the record first: without the lock two concurrent grants each see only themselves and one is lost.
-- FOR NO KEY UPDATE, because FOR UPDATE would deadlock with the key share that both foreign keys have just taken.
create function core.refresh_visibility() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  readers uuid[];
begin
  select visible_to into readers from core.record where id = new.record_id for no key update;
  if tg_table_name = 'party' and new.organization = any (readers) then return null; end if;
  update core.record r set visible_to = (
    select array_agg(distinct o) from (
      select r.created_by as o
      union all select p.organization from core.party p where p.record_id = r.id
      union all select g.organization from core.grant_given g
        where g.record_id = r.id and g.revoked_at is null and (g.expires_at is null or g.expires_at > clock_timestamp())
    ) readers)
  where r.id = new.record_id;
  return null;
end $$;
create trigger party_visibility after insert on core.party for each row execute function core.refresh_visibility();
create trigger grant_visibility after insert or update on core.grant_given for each row execute function core.refresh_visibility();
create trigger grant_given_revoked before update of revoked_at on core.grant_given for each row execute function core.keep_revoked();
revoke all on function core.refresh_visibility() from public;

create function core.expire_grants() returns integer
language plpgsql security definer set search_path = pg_catalog as $$
declare
  due core.grant_given;
  readers uuid[];
  ended integer := 0;
begin
  for due in select * from core.grant_given where revoked_at is null and expires_at <= clock_timestamp()
    order by record_id, id limit 500 for update skip locked
  loop
    update core.grant_given set revoked_at = due.expires_at where id = due.id;
    select visible_to into readers from core.record where id = due.record_id;
    perform core.write_event(core.new_id(), 'access.grant_expired', due.record_id, due.granted_by, readers,
      jsonb_build_object('grant', due.id), 'system', 'platform', 'Yunfab', clock_timestamp());
    ended := ended + 1;
  end loop;
  return ended;
end $$;
revoke all on function core.expire_grants() from public;
grant execute on function core.expire_grants() to ${roles.system};
`;

export const accessMigrations: Migrations = {
  '0003-access': sqlMigration(organizations + people + credentials + sharing),
};
