import { currentOrganization, oneOf, sees, tenantTable } from '../../database/index.js';
import { answers, changeSides, changeStates, effects } from './states.js';

const ownDraft = `exists (select 1 from core.engineering_change c
  where c.id = change_id and c.organization = ${currentOrganization} and c.state = 'draft')`;

/** A partner sees the change through its own request, never through a record that others are parties of. */
export const changeTablesSql = `
create table core.engineering_change (
  id uuid primary key references core.record (id),
  organization uuid not null references core.organization_registry (id),
  number text not null check (length(number) between 1 and 60),
  title text not null check (length(title) between 1 and 200),
  reason text not null,
  version integer not null default 1,
  state text not null default 'draft' check (state in (${oneOf(changeStates)})),
  created_by text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  released_at timestamptz,
  check ((state = 'released') = (released_at is not null)),
  unique (organization, id),
  constraint engineering_change_number unique (organization, number)
);

create table core.engineering_change_request (
  id uuid primary key references core.record (id),
  change_id uuid not null,
  organization uuid not null,
  partner uuid not null references core.organization_registry (id),
  required boolean not null,
  version integer not null default 1,
  answer text not null default 'pending' check (answer in (${oneOf(answers)})),
  reason text check (length(reason) between 1 and 2000),
  answered_by text,
  answered_at timestamptz,
  check (organization <> partner),
  check ((answer = 'pending') = (answered_at is null)),
  check ((answer = 'declined') = (reason is not null)),
  unique (change_id, partner),
  foreign key (organization, change_id) references core.engineering_change (organization, id)
);
${tenantTable('core.engineering_change_request', {
  select: sees('engineering_change_request.id'),
  insert: `organization = ${currentOrganization} and ${sees('engineering_change_request.id')}`,
  // The owner locks requests to decide; the trigger below keeps the answer the partner's.
  update: `${currentOrganization} in (organization, partner)`,
  updatable: ['version', 'answer', 'reason', 'answered_by', 'answered_at'],
})}
create function core.keep_answer_partners() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  if core.organization() is distinct from new.partner then
    raise exception 'only the partner answers' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger engineering_change_request_partners before update on core.engineering_change_request
  for each row execute function core.keep_answer_partners();

${tenantTable('core.engineering_change', {
  select: `organization = ${currentOrganization} or ${sees('engineering_change.id')}
    or exists (select 1 from core.engineering_change_request q where q.change_id = engineering_change.id)`,
  insert: `organization = ${currentOrganization} and state = 'draft' and ${sees('engineering_change.id')}`,
  update: `organization = ${currentOrganization}`,
  updatable: ['title', 'reason', 'version', 'state', 'changed_at', 'released_at'],
})}

create table core.engineering_change_affected (
  change_id uuid not null references core.engineering_change (id),
  revision_id uuid not null references core.item_revision (id),
  effect text not null check (effect in (${oneOf(effects)})),
  -- Of the content as it was submitted: what the partners answer about.
  content_hash text check (content_hash ~ '^[0-9a-f]{64}$'),
  primary key (change_id, revision_id)
);
create index engineering_change_affected_revision on core.engineering_change_affected (revision_id);
${tenantTable('core.engineering_change_affected', {
  select: 'exists (select 1 from core.engineering_change c where c.id = change_id)',
  insert: `${ownDraft} and ${sees('revision_id')}`,
  update: ownDraft,
  delete: ownDraft,
  updatable: ['content_hash'],
})}

create table core.engineering_change_share (
  organization uuid not null,
  change_id uuid not null,
  grant_id uuid not null references core.grant_given (id),
  primary key (change_id, grant_id),
  foreign key (organization, change_id) references core.engineering_change (organization, id)
);
${tenantTable('core.engineering_change_share', {
  select: `organization = ${currentOrganization}`,
  insert: `organization = ${currentOrganization}`,
})}

create table core.engineering_change_party (
  organization uuid not null,
  change_id uuid not null references core.engineering_change (id),
  role text not null check (role in (${oneOf(changeSides)})),
  state text not null,
  changed_at timestamptz not null,
  primary key (organization, change_id)
);
create index engineering_change_party_recent on core.engineering_change_party (organization, changed_at desc, change_id desc);
create index engineering_change_party_by_state on core.engineering_change_party (organization, state, changed_at desc, change_id desc);
create index engineering_change_party_change on core.engineering_change_party (change_id);
${tenantTable('core.engineering_change_party', { select: `organization = ${currentOrganization}` })}

create function core.keep_change_party() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if tg_op = 'INSERT' then
    insert into core.engineering_change_party (organization, change_id, role, state, changed_at)
      values (new.organization, new.id, 'owner', new.state, new.changed_at);
  else
    update core.engineering_change_party p set state = new.state, changed_at = new.changed_at where p.change_id = new.id;
  end if;
  return null;
end $$;
create trigger engineering_change_party_kept after insert or update of state, changed_at on core.engineering_change
  for each row execute function core.keep_change_party();
create function core.add_change_partner() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into core.engineering_change_party (organization, change_id, role, state, changed_at)
    select new.partner, c.id, 'partner', c.state, c.changed_at from core.engineering_change c where c.id = new.change_id;
  return null;
end $$;
create trigger engineering_change_partner_added after insert on core.engineering_change_request
  for each row execute function core.add_change_partner();
revoke all on function core.keep_change_party(), core.add_change_partner() from public;
`;
