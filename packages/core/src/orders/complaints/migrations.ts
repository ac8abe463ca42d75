import { currentOrganization, isParty, type Migrations, oneOf, sees, sqlMigration, tenantTable } from '../../database/index.js';
import { complaintCategories, complaintMoves, complaintOutcomes, complaintSides, complaintStates, complaintSubjects } from './states.js';

const own = `organization = ${currentOrganization}`;

const complaints = `
create table core.complaint (
  id uuid primary key references core.record (id),
  order_id uuid not null references core.shared_order (id),
  order_number text not null,
  complainant uuid not null references core.organization_registry (id),
  respondent uuid not null references core.organization_registry (id) check (respondent <> complainant),
  operator uuid references core.organization_registry (id) check (operator not in (complainant, respondent)),
  number text not null check (length(number) between 1 and 60),
  version integer not null default 1,
  state text not null check (state in (${oneOf(complaintStates)})),
  category text not null check (category in (${oneOf(complaintCategories)})),
  subject_kind text not null check (subject_kind in (${oneOf(complaintSubjects)})),
  subject_id uuid not null,
  subject_label text not null,
  text text not null,
  owner text,
  outcome text check (outcome in (${oneOf(complaintOutcomes)})),
  answer_due_at timestamptz not null,
  resolution_due_at timestamptz not null,
  decision_due_at timestamptz,
  -- The deadline that runs now.
  due_at timestamptz,
  answered_at timestamptz,
  filed_at timestamptz not null,
  changed_at timestamptz not null,
  check ((operator is null) = (decision_due_at is null)),
  constraint complaint_number unique (complainant, number)
);
create index complaint_order on core.complaint (order_id);
${tenantTable('core.complaint', {
  select: sees('complaint.id'),
  insert: `complainant = ${currentOrganization} and ${sees('order_id')} and ${isParty('id')}`,
  update: isParty('complaint.id'),
  updatable: ['version', 'state', 'owner', 'outcome', 'operator', 'decision_due_at', 'due_at', 'answered_at', 'changed_at'],
})}

-- Lists page here by what is due: what is overdue comes first, what has no deadline after all that has, finished ones last.
create table core.complaint_party (
  organization uuid not null,
  complaint_id uuid not null references core.complaint (id),
  order_id uuid not null,
  role text not null check (role in (${oneOf(complaintSides)})),
  state text not null,
  due_key timestamptz not null,
  primary key (organization, complaint_id)
);
create index complaint_party_due on core.complaint_party (organization, due_key, complaint_id);
create index complaint_party_by_state on core.complaint_party (organization, state, due_key, complaint_id);
create index complaint_party_by_role on core.complaint_party (organization, role, due_key, complaint_id);
create index complaint_party_by_order on core.complaint_party (organization, order_id, due_key, complaint_id);
create index complaint_party_complaint on core.complaint_party (complaint_id);
${tenantTable('core.complaint_party', { select: own })}

create function core.keep_complaint_party() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  due timestamptz := coalesce(new.due_at,
    case when new.state in ('closed', 'withdrawn') then '9999-12-31T00:00:00Z' else '9999-01-01T00:00:00Z' end::timestamptz);
begin
  if tg_op = 'INSERT' then
    insert into core.complaint_party (organization, complaint_id, order_id, role, state, due_key) values
      (new.complainant, new.id, new.order_id, 'complainant', new.state, due),
      (new.respondent, new.id, new.order_id, 'respondent', new.state, due);
    return null;
  end if;
  if new.operator is not null and old.operator is null then
    insert into core.complaint_party (organization, complaint_id, order_id, role, state, due_key)
      values (new.operator, new.id, new.order_id, 'operator', new.state, due);
  end if;
  update core.complaint_party p set state = new.state, due_key = due where p.complaint_id = new.id;
  return null;
end $$;
revoke all on function core.keep_complaint_party() from public;
create trigger complaint_party_kept after insert or update on core.complaint for each row execute function core.keep_complaint_party();

-- Append-only: what each side said and did, and when.
create table core.complaint_move (
  id uuid primary key,
  complaint_id uuid not null references core.complaint (id),
  organization uuid not null,
  side text not null check (side in (${oneOf(complaintSides)})),
  move text not null check (move in (${oneOf(['file', ...complaintMoves])})),
  state text not null check (state in (${oneOf(complaintStates)})),
  text text,
  moved_by text not null,
  moved_at timestamptz not null
);
create index complaint_move_complaint on core.complaint_move (complaint_id, moved_at, id);
${tenantTable('core.complaint_move', { select: sees('complaint_id'), insert: `${own} and ${isParty('complaint_id')}` })}
`;

export const complaintMigrations: Migrations = {
  '0057b-complaints': sqlMigration(complaints),
};
