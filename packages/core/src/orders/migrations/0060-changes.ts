import { currentOrganization, isParty, type Migrations, oneOf, roles, sees, sqlMigration, tenantTable } from '../../database/index.js';
import { changeStates } from '../changes/states.js';
import { changeKinds, orderSides } from '../order/states.js';

const changes = `
create table core.order_change (
  id uuid primary key,
  order_id uuid not null references core.shared_order (id),
  number integer not null check (number > 0),
  kind text not null check (kind in (${oneOf(changeKinds)})),
  state text not null check (state in (${oneOf(changeStates)})),
  side text not null check (side in (${oneOf(orderSides)})),
  organization uuid not null references core.organization_registry (id),
  reason text not null check (length(reason) between 1 and 2000),
  -- What is asked, and what it would change, as it was when it was proposed.
  terms jsonb not null,
  diff jsonb not null,
  proposed_by text not null,
  proposed_at timestamptz not null,
  answer text,
  answered_by text,
  answered_at timestamptz,
  check ((state = 'proposed') = (answered_at is null)),
  unique (order_id, number)
);
create unique index order_change_open on core.order_change (order_id) where state = 'proposed';
${tenantTable('core.order_change', {
  select: sees('order_id'),
  insert: `organization = ${currentOrganization} and ${isParty('order_id', 'side')}`,
  update: isParty('order_id'),
  updatable: ['state', 'answer', 'answered_by', 'answered_at'],
})}
alter table core.shared_order add constraint order_change_known foreign key (change_id) references core.order_change (id);
-- Grows with every accepted change of it.
alter table core.order_line add column specification_version integer not null default 1;
grant update (specification_version) on core.order_line to ${roles.runtime};
`;

export const orderChangeMigrations: Migrations = { '0060-changes': sqlMigration(changes) };
