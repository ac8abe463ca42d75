import { currentOrganization, isParty, type Migrations, roles, sees, sqlMigration, tenantTable } from '../../database/index.js';

const own = `organization = ${currentOrganization}`;

const operator = `
-- Whoever runs the platform is one of its organizations: it publishes terms for all, and decides escalated complaints.
alter table core.organization_registry add column is_operator boolean not null default false;
create unique index organization_operator on core.organization_registry (is_operator) where is_operator;
`;

/** SHA-256 over the UTF-8 of both titles, each ended by a line feed, and both texts with a form feed between. */
const versions = `
create function core.terms_hash(title_en text, title_zh text, text_en text, text_zh text) returns text
language sql immutable set search_path = pg_catalog as $$
  select encode(sha256(convert_to(title_en || E'\\n' || title_zh || E'\\n' || text_en || E'\\f' || text_zh, 'UTF8')), 'hex')
$$;

create table core.terms_version (
  id uuid primary key,
  organization uuid not null references core.organization_registry (id),
  code text not null check (length(code) between 1 and 40),
  number integer not null check (number > 0),
  revision integer not null default 1,
  title_en text not null,
  title_zh text not null,
  text_en text not null,
  text_zh text not null,
  sha256 text not null,
  -- Published by the operator for every organization.
  platform boolean not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  published_at timestamptz,
  published_by text,
  retired_at timestamptz,
  check ((published_at is null) = (published_by is null)),
  check (retired_at is null or published_at is not null),
  unique (organization, code, number)
);
create unique index terms_version_draft on core.terms_version (organization, code) where published_at is null;
create index terms_version_recent on core.terms_version (organization, changed_at desc, id desc);
create index terms_version_by_code on core.terms_version (organization, code, changed_at desc, id desc);
create index terms_version_platform on core.terms_version (changed_at desc, id desc) where platform and published_at is not null;

-- The hash is the database's own, and a published version stays as it was when others agreed to it.
create function core.keep_terms() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  if tg_op = 'UPDATE' and old.published_at is not null and
    (new.title_en, new.title_zh, new.text_en, new.text_zh, new.published_at, new.published_by)
      is distinct from (old.title_en, old.title_zh, old.text_en, old.text_zh, old.published_at, old.published_by) then
    raise exception 'published terms do not change: write a new version' using errcode = '42501';
  end if;
  if tg_op = 'UPDATE' and old.retired_at is not null and new.retired_at is distinct from old.retired_at then
    raise exception 'retired terms stay retired' using errcode = '42501';
  end if;
  new.sha256 := core.terms_hash(new.title_en, new.title_zh, new.text_en, new.text_zh);
  return new;
end $$;
create trigger terms_kept before insert or update on core.terms_version for each row execute function core.keep_terms();
`;

const attached = `
create table core.order_terms (
  id uuid primary key,
  order_id uuid not null references core.shared_order (id),
  terms_id uuid not null references core.terms_version (id),
  organization uuid not null references core.organization_registry (id),
  attached_by text not null,
  attached_at timestamptz not null,
  detached_at timestamptz,
  unique (order_id, id)
);
create index order_terms_order on core.order_terms (order_id);
create index order_terms_terms on core.order_terms (terms_id);
create unique index order_terms_live on core.order_terms (order_id, terms_id) where detached_at is null;

-- Its own terms, or the platform's: asked as the owner, because the policy of versions asks what is attached.
create function core.may_attach_terms(version uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from core.terms_version v
    where v.id = version and v.published_at is not null and v.retired_at is null and (v.platform or v.organization = core.organization()))
$$;
revoke all on function core.may_attach_terms(uuid) from public;
grant execute on function core.may_attach_terms(uuid) to ${roles.runtime};
${tenantTable('core.order_terms', {
  select: sees('order_id'),
  insert: `${own} and ${isParty('order_id')} and core.may_attach_terms(terms_id)`,
  update: own,
  updatable: ['detached_at'],
})}
${tenantTable('core.terms_version', {
  select: `${own} or (platform and published_at is not null) or (published_at is not null and exists (
    select 1 from core.order_terms t where t.terms_id = terms_version.id))`,
  insert: `${own} and (not platform or exists (
    select 1 from core.organization_registry o where o.id = terms_version.organization and o.is_operator))`,
  update: own,
  updatable: [
    'revision',
    'title_en',
    'title_zh',
    'text_en',
    'text_zh',
    'sha256',
    'changed_at',
    'published_at',
    'published_by',
    'retired_at',
  ],
})}

-- Append-only: who agreed to which text, and when; the hash is that of the version.
create table core.order_terms_acceptance (
  order_terms_id uuid not null,
  order_id uuid not null,
  organization uuid not null references core.organization_registry (id),
  sha256 text not null,
  actor_kind text not null,
  accepted_by text not null,
  accepted_at timestamptz not null,
  primary key (order_terms_id, organization),
  foreign key (order_id, order_terms_id) references core.order_terms (order_id, id)
);
create index order_terms_acceptance_order on core.order_terms_acceptance (order_id);
${tenantTable('core.order_terms_acceptance', { select: sees('order_id'), insert: `${own} and ${isParty('order_id')}` })}
revoke all on function core.terms_hash(text, text, text, text), core.keep_terms() from public;
grant execute on function core.terms_hash(text, text, text, text) to ${roles.runtime};
`;

/** Production waits while a text that is attached has not been accepted by both sides. */
const termsGuard = `
create function core.keep_terms_open() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  update core.shared_order o set terms_open = exists (
    select 1 from core.order_terms t where t.order_id = new.order_id and t.detached_at is null
      and (select count(*) from core.order_terms_acceptance a where a.order_terms_id = t.id and a.organization in (o.buyer, o.supplier)) < 2)
  where o.id = new.order_id;
  return null;
end $$;
revoke all on function core.keep_terms_open() from public;
create trigger order_terms_open after insert or update on core.order_terms for each row execute function core.keep_terms_open();
create trigger order_terms_agreed after insert on core.order_terms_acceptance for each row execute function core.keep_terms_open();
`;

export const termsMigrations: Migrations = {
  '0057a-terms': sqlMigration(operator + versions + attached),
};

/** After `0050`, which brings the column. */
export const termsGuardMigrations: Migrations = {
  '0057d-terms-guard': sqlMigration(termsGuard),
};
