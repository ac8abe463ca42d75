import { currentOrganization, sees, tenantTable } from '../../database/index.js';
import { lotStates } from './states.js';

export const lotTables = `
create table core.lot (
  id uuid primary key references core.record (id),
  organization uuid not null references core.organization_registry (id),
  code text not null check (length(code) between 1 and 60),
  version integer not null default 1,
  state text not null check (state in (${lotStates.map((state) => `'${state}'`).join(', ')})),
  unit text not null,
  quantity numeric(30, 6) not null default 0 check (quantity >= 0),
  shipped numeric(30, 6) not null default 0 check (shipped >= 0 and shipped <= quantity),
  created_at timestamptz not null,
  closed_at timestamptz,
  released_at timestamptz,
  unique (organization, id),
  constraint lot_code unique (organization, code)
);
create index lot_recent on core.lot (organization, created_at desc, id desc);
create index lot_recent_by_state on core.lot (organization, state, created_at desc, id desc);
${tenantTable('core.lot', {
  select: sees('lot.id'),
  insert: `organization = ${currentOrganization} and ${sees('lot.id')}`,
  update: `organization = ${currentOrganization}`,
  updatable: ['version', 'state', 'quantity', 'shipped', 'closed_at', 'released_at'],
})}

-- What the gate said when a lot was released; never changed.
create table core.lot_release (
  id uuid primary key,
  organization uuid not null,
  lot_id uuid not null,
  findings jsonb not null,
  released_by text not null,
  released_at timestamptz not null,
  foreign key (organization, lot_id) references core.lot (organization, id)
);
create index lot_release_lot on core.lot_release (lot_id);
${tenantTable('core.lot_release', {
  select: `organization = ${currentOrganization}`,
  insert: `organization = ${currentOrganization}`,
})}
`;
