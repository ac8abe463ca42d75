import { currentOrganization, type Migrations, oneOf, sees, sqlMigration, tenantTable } from '../database/index.js';
import { evidenceKinds } from './evidence.js';
import { caseKinds } from './schema.js';
import { caseMoves, caseSides, caseStates } from './states.js';

const own = `organization = ${currentOrganization}`;
const isSide = (record: string) =>
  `exists (select 1 from core.party p where p.record_id = ${record} and p.organization = ${currentOrganization} and p.role in (${oneOf(caseSides)}))`;

const cases = `
create table core.service_case (
  id uuid primary key references core.record (id),
  reporter uuid not null references core.organization_registry (id),
  resolver uuid not null references core.organization_registry (id) check (resolver <> reporter),
  number text not null check (length(number) between 1 and 60),
  version integer not null default 1,
  state text not null check (state in (${oneOf(caseStates)})),
  thing_kind text not null check (thing_kind in ('unit', 'lot')),
  thing_id uuid not null references core.record (id),
  thing_code text not null,
  kind text not null check (kind in (${oneOf(caseKinds)})),
  symptom text not null,
  occurred_at timestamptz not null,
  due_by timestamptz not null,
  owner text,
  cause text,
  resolution text,
  opened_at timestamptz not null,
  changed_at timestamptz not null,
  constraint service_case_number unique (reporter, number)
);
create index service_case_thing on core.service_case (thing_id);
${tenantTable('core.service_case', {
  select: sees('service_case.id'),
  insert: `reporter = ${currentOrganization} and ${sees('thing_id')} and ${isSide('id')}`,
  update: `${currentOrganization} in (reporter, resolver)`,
  updatable: ['version', 'state', 'due_by', 'owner', 'cause', 'resolution', 'changed_at'],
})}

create table core.service_case_party (
  organization uuid not null,
  case_id uuid not null references core.service_case (id),
  role text not null check (role in (${oneOf(caseSides)})),
  state text not null,
  due_by timestamptz not null,
  changed_at timestamptz not null,
  primary key (organization, case_id)
);
create index service_case_party_recent on core.service_case_party (organization, changed_at desc, case_id desc);
create index service_case_party_by_state on core.service_case_party (organization, state, changed_at desc, case_id desc);
create index service_case_party_case on core.service_case_party (case_id);
${tenantTable('core.service_case_party', { select: own })}

create function core.keep_service_case_party() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if tg_op = 'INSERT' then
    insert into core.service_case_party (organization, case_id, role, state, due_by, changed_at) values
      (new.reporter, new.id, 'reporter', new.state, new.due_by, new.changed_at),
      (new.resolver, new.id, 'resolver', new.state, new.due_by, new.changed_at);
  else
    update core.service_case_party p set state = new.state, due_by = new.due_by, changed_at = new.changed_at where p.case_id = new.id;
  end if;
  return null;
end $$;
revoke all on function core.keep_service_case_party() from public;
create trigger service_case_party_kept after insert or update of state, due_by, changed_at on core.service_case
  for each row execute function core.keep_service_case_party();

-- What was done and what it rests on is never changed.
create table core.service_case_move (
  id uuid primary key,
  case_id uuid not null references core.service_case (id),
  organization uuid not null,
  side text not null check (side in (${oneOf(caseSides)})),
  move text not null check (move in (${oneOf(['open', ...caseMoves])})),
  state text not null check (state in (${oneOf(caseStates)})),
  note text,
  moved_by text not null,
  moved_at timestamptz not null
);
create index service_case_move_case on core.service_case_move (case_id, moved_at, id);
${tenantTable('core.service_case_move', { select: sees('case_id'), insert: `${own} and ${isSide('case_id')}` })}

create table core.service_case_evidence (
  id uuid primary key,
  case_id uuid not null references core.service_case (id),
  organization uuid not null,
  side text not null check (side in (${oneOf(caseSides)})),
  kind text not null check (kind in (${oneOf(evidenceKinds)})),
  evidence_id uuid not null,
  note text,
  added_at timestamptz not null,
  unique (case_id, evidence_id)
);
${tenantTable('core.service_case_evidence', { select: sees('case_id'), insert: `${own} and ${isSide('case_id')}` })}
`;

export const serviceMigrations: Migrations = {
  '0040-service': sqlMigration(cases),
};
