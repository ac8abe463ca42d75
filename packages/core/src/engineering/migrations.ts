import { currentOrganization, type Migrations, oneOf, sees, sqlMigration, tenantTable } from '../database/index.js';
import { changeTablesSql } from './changes/migrations.js';
import { revisionStates } from './states.js';

/** Whoever sees a revision, or a line that names the item, sees what the item is; its other revisions stay hidden. */
const items = `
create table core.item (
  id uuid primary key references core.record (id),
  organization uuid not null references core.organization_registry (id),
  number text not null check (length(number) between 1 and 60),
  kind text not null check (kind ~ '^[a-z][a-z0-9-]*(/[a-z][a-z0-9-]*)?$'),
  name_en text not null check (length(name_en) between 1 and 120),
  name_zh text not null check (length(name_zh) between 1 and 120),
  unit text not null,
  created_at timestamptz not null,
  unique (organization, id),
  constraint item_number unique (organization, number)
);
create index item_recent on core.item (organization, created_at desc, id desc);

create table core.item_revision (
  id uuid primary key references core.record (id),
  organization uuid not null,
  item_id uuid not null,
  label text not null check (length(label) between 1 and 20),
  version integer not null default 1,
  state text not null default 'draft' check (state in (${oneOf(revisionStates)})),
  specification jsonb,
  note text,
  copied_from uuid references core.item_revision (id),
  content_hash text check (content_hash ~ '^[0-9a-f]{64}$'),
  created_by text not null,
  created_at timestamptz not null,
  released_by text,
  released_at timestamptz,
  obsolete_at timestamptz,
  check ((state = 'draft') = (content_hash is null)),
  check ((state = 'draft') = (released_at is null)),
  check ((state = 'obsolete') = (obsolete_at is not null)),
  unique (item_id, id),
  constraint item_revision_label unique (item_id, label),
  foreign key (organization, item_id) references core.item (organization, id)
);
${tenantTable('core.item_revision', {
  select: sees('item_revision.id'),
  insert: `organization = ${currentOrganization} and state = 'draft' and ${sees('item_revision.id')}`,
  update: `organization = ${currentOrganization}`,
  updatable: ['version', 'state', 'specification', 'note', 'content_hash', 'released_by', 'released_at', 'obsolete_at'],
})}

-- A released revision is what partners have built from: whoever writes, only its state moves on.
create function core.keep_revision_released() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  if old.state = 'draft' then return new; end if;
  if old.state = 'released' and new.state = 'obsolete' or new.state = old.state then
    if (to_jsonb(new) - '{version,state,obsolete_at}'::text[]) = (to_jsonb(old) - '{version,state,obsolete_at}'::text[])
      and (new.state <> old.state or new.obsolete_at is not distinct from old.obsolete_at) then return new; end if;
  end if;
  raise exception 'revision % is released and does not change', old.id using errcode = '42501';
end $$;
create trigger item_revision_released before update on core.item_revision for each row execute function core.keep_revision_released();
`;

const ownDraft = `exists (select 1 from core.item_revision r
  where r.id = revision_id and r.organization = ${currentOrganization} and r.state = 'draft')`;

const contents = `
create table core.bom_line (
  id uuid primary key,
  revision_id uuid not null references core.item_revision (id),
  position integer not null check (position between 1 and 99999),
  item_id uuid not null references core.item (id),
  component_revision uuid,
  quantity numeric(18, 6) not null check (quantity > 0),
  scrap_percent numeric(7, 4) not null default 0 check (scrap_percent between 0 and 100),
  phantom boolean not null default false,
  designators text[] not null default '{}',
  alternates uuid[] not null default '{}',
  check (cardinality(designators) = 0 or cardinality(designators) = quantity),
  constraint bom_line_position unique (revision_id, position),
  foreign key (item_id, component_revision) references core.item_revision (item_id, id)
);
create index bom_line_item on core.bom_line (item_id);
${tenantTable('core.bom_line', { select: sees('revision_id'), insert: ownDraft, delete: ownDraft })}

create table core.routing_operation (
  id uuid primary key,
  revision_id uuid not null references core.item_revision (id),
  position integer not null check (position between 1 and 99999),
  name_en text not null,
  name_zh text not null,
  work_center text not null,
  setup_seconds numeric(18, 6) not null check (setup_seconds >= 0),
  run_seconds numeric(18, 6) not null check (run_seconds >= 0),
  subcontractable boolean not null,
  constraint routing_operation_position unique (revision_id, position)
);
${tenantTable('core.routing_operation', { select: sees('revision_id'), insert: ownDraft, delete: ownDraft })}

create function core.keep_revision_content() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  about uuid := case when tg_op = 'DELETE' then old.revision_id else new.revision_id end;
  state_now text;
begin
  select state into state_now from core.item_revision where id = about for key share;
  if state_now <> 'draft' then raise exception 'revision % is released and does not change', about using errcode = '42501'; end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
revoke all on function core.keep_revision_content() from public;
create trigger bom_line_released before insert or update or delete on core.bom_line
  for each row execute function core.keep_revision_content();
create trigger routing_operation_released before insert or update or delete on core.routing_operation
  for each row execute function core.keep_revision_content();

-- Foreign keys ignore policies: a line that named a hidden item would show it.
create function core.see_component() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select 1 from core.item i where i.id = new.item_id) or exists (
    select 1 from unnest(new.alternates) a (id) where not exists (select 1 from core.item i where i.id = a.id))
    or new.component_revision is not null and not exists (select 1 from core.item_revision r where r.id = new.component_revision) then
    raise exception 'a component that is not visible' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger bom_line_sees_component before insert on core.bom_line for each row execute function core.see_component();

${tenantTable('core.item', {
  select: `organization = ${currentOrganization} or ${sees('item.id')}
    or exists (select 1 from core.item_revision r where r.item_id = item.id)
    or exists (select 1 from core.bom_line l where l.item_id = item.id)`,
  insert: `organization = ${currentOrganization} and ${sees('item.id')}`,
})}

create table core.item_own_number (
  organization uuid not null references core.organization_registry (id),
  item_id uuid not null references core.item (id),
  number text not null check (length(number) between 1 and 60),
  primary key (organization, item_id)
);
create index item_own_number_number on core.item_own_number (organization, number);
${tenantTable('core.item_own_number', {
  select: `organization = ${currentOrganization}`,
  insert: `organization = ${currentOrganization} and exists (select 1 from core.item i where i.id = item_id)`,
  update: `organization = ${currentOrganization}`,
  updatable: ['number'],
})}
`;

export const engineeringMigrations: Migrations = {
  '0010-engineering': sqlMigration(items + contents),
  '0011-engineering-changes': sqlMigration(changeTablesSql),
};
