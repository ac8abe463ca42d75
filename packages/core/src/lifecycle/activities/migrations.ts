import { oneOf, sees, tenantTable } from '../../database/index.js';
import { authorOf, own, seenInCopy } from '../policies.js';
import { activityKinds } from './kinds.js';

export const activityTables = `
create table core.activity (
  id uuid primary key references core.record (id),
  organization uuid not null references core.organization_registry (id),
  kind text not null check (kind in (${oneOf(activityKinds)})),
  at timestamptz not null,
  place text check (length(place) <= 200),
  receiver uuid references core.organization_registry (id),
  equipment_id uuid,
  run_id uuid,
  note text check (length(note) <= 2000),
  details jsonb not null default '{}' check (octet_length(details::text) <= 16384),
  recorded_by text not null,
  recorded_at timestamptz not null,
  visible_to uuid[] not null default '{}'
);
create index activity_recent on core.activity (organization, at desc, id desc);
${tenantTable('core.activity', {
  select: seenInCopy,
  insert: `${own} and ${authorOf('activity.id')}`,
  columns: [
    'id',
    'organization',
    'kind',
    'at',
    'place',
    'receiver',
    'equipment_id',
    'run_id',
    'note',
    'details',
    'recorded_by',
    'recorded_at',
  ],
})}

create table core.activity_thing (
  activity_id uuid not null references core.activity (id),
  role text not null check (role in ('input', 'output')),
  ordinal integer not null,
  thing_id uuid not null references core.record (id),
  quantity numeric(18, 6) not null check (quantity >= 0),
  unit text not null,
  position text check (length(position) between 1 and 60),
  at timestamptz not null,
  visible_to uuid[] not null default '{}',
  primary key (activity_id, role, ordinal)
);
create index activity_thing_history on core.activity_thing (thing_id, at desc, activity_id desc);
${tenantTable('core.activity_thing', {
  select: seenInCopy,
  insert: `${authorOf('activity_thing.activity_id')} and ${sees('thing_id')}`,
  columns: ['activity_id', 'role', 'ordinal', 'thing_id', 'quantity', 'unit', 'position', 'at'],
})}

-- What went into what: lots and units as the nodes of one graph. An edge is seen as its guard is: the activity that made it,
-- or, between a lot and a unit of it (no activity), the unit. It is ended, never removed, when the part is taken out again.
create table core.genealogy (
  id uuid primary key,
  organization uuid not null references core.organization_registry (id),
  guard_id uuid not null references core.record (id),
  input_id uuid not null references core.record (id),
  output_id uuid not null references core.record (id),
  activity_id uuid references core.activity (id),
  kind text not null check (kind in ('member', ${oneOf(activityKinds)})),
  position text,
  quantity numeric(18, 6) not null check (quantity >= 0),
  unit text not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  ended_by uuid references core.activity (id),
  visible_to uuid[] not null default '{}',
  check (input_id <> output_id)
);
create index genealogy_forward on core.genealogy (input_id, output_id);
create index genealogy_backward on core.genealogy (output_id, input_id);
create index genealogy_guard on core.genealogy (guard_id);
${tenantTable('core.genealogy', {
  select: seenInCopy,
  insert: `${own} and ${authorOf('guard_id')}`,
  columns: [
    ...['id', 'organization', 'guard_id', 'input_id', 'output_id', 'activity_id', 'kind', 'position', 'quantity', 'unit'],
    ...['valid_from', 'valid_to', 'ended_by'],
  ],
})}
`;
