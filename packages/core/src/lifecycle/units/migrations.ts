import { currentOrganization, oneOf, roles, sees, tenantTable } from '../../database/index.js';
import { authorOf, own, seenInCopy } from '../policies.js';
import { unitStates } from './states.js';

/** `item` names what belongs to engineering, which may be absent: no foreign key. */
export const unitTables = `
alter table core.lot
  add column consumed numeric(30, 6) not null default 0 check (consumed >= 0),
  add column item uuid,
  add constraint lot_holds check (shipped + consumed <= quantity);
create index lot_by_code on core.lot (code);
grant update (consumed) on core.lot to ${roles.runtime};

-- What an organization that is not the maker has received of a lot and used up of it: its own business.
create table core.lot_holding (
  organization uuid not null references core.organization_registry (id),
  lot_id uuid not null references core.lot (id),
  received numeric(30, 6) not null check (received > 0),
  consumed numeric(30, 6) not null default 0 check (consumed between 0 and received),
  primary key (organization, lot_id)
);
${tenantTable('core.lot_holding', { select: own, update: own, updatable: ['consumed'] })}
insert into core.lot_holding (organization, lot_id, received)
  select o.buyer, l.lot_id, sum(l.quantity) from core.shipment_line l join core.shared_order o on o.id = l.order_id group by 1, 2;

create table core.unit (
  id uuid primary key references core.record (id),
  organization uuid not null references core.organization_registry (id),
  serial text not null check (length(serial) between 1 and 60),
  item uuid,
  item_code text not null default '' check (length(item_code) <= 60),
  lot_id uuid,
  holder uuid not null references core.organization_registry (id),
  version integer not null default 1,
  state text not null check (state in (${oneOf(unitStates)})),
  created_at timestamptz not null,
  changed_at timestamptz not null,
  visible_to uuid[] not null default '{}',
  unique (organization, id),
  constraint unit_serial unique (organization, serial, item_code),
  foreign key (organization, lot_id) references core.lot (organization, id)
);
create index unit_of_lot on core.unit (lot_id, serial) where lot_id is not null;
create index unit_held on core.unit (holder, changed_at desc, id desc);
create index unit_by_serial on core.unit (serial);
${tenantTable('core.unit', {
  select: seenInCopy,
  insert: `${own} and holder = ${currentOrganization} and ${authorOf('unit.id')}`,
  update: `holder = ${currentOrganization}`,
  columns: ['id', 'organization', 'serial', 'item', 'item_code', 'lot_id', 'holder', 'version', 'state', 'created_at', 'changed_at'],
  updatable: ['version', 'state', 'changed_at'],
})}

create table core.product_identifier (
  id uuid primary key,
  organization uuid not null references core.organization_registry (id),
  subject_id uuid not null references core.record (id),
  scheme text not null check (scheme ~ '^[a-z][a-z0-9-]{0,39}$'),
  value text not null check (length(value) between 1 and 200),
  class_level boolean not null,
  -- False: only the organization that gave it reads it; true: everyone who sees the thing.
  shared boolean not null,
  created_at timestamptz not null,
  constraint product_identifier_once unique (organization, subject_id, scheme, value)
);
create unique index product_identifier_value on core.product_identifier (organization, scheme, value) where not class_level;
create index product_identifier_find on core.product_identifier (value, organization);
create index product_identifier_subject on core.product_identifier (subject_id);
${tenantTable('core.product_identifier', {
  select: `${own} or (shared and ${sees('subject_id')})`,
  insert: `${own} and ${sees('subject_id')}`,
  delete: own,
})}
`;
