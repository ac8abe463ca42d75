import { type Migrations, sees, sqlMigration, tenantTable } from '../../database/index.js';
import { own } from '../policies.js';

/**
 * Lots can be split and merged by whoever holds them. Where a unit lies since is the holder's own business: its maker still finds it
 * in the lot that it was made in.
 */
const parts = `
create table core.unit_place (
  organization uuid not null references core.organization_registry (id),
  unit_id uuid not null references core.unit (id),
  lot_id uuid not null,
  primary key (organization, unit_id),
  foreign key (organization, lot_id) references core.lot (organization, id)
);
create index unit_place_lot on core.unit_place (lot_id, unit_id);
${tenantTable('core.unit_place', {
  select: own,
  insert: `${own} and ${sees('unit_id')}`,
  update: own,
  updatable: ['lot_id'],
})}

-- What of a holding belongs to somebody else and is there for one purpose only: none of it may be used or shipped otherwise.
alter table core.lot_holding add column bound numeric(30, 6) not null default 0,
  add constraint holding_bound check (bound between 0 and received - consumed);
`;

export const lotPartMigrations: Migrations = { '0055a-lot-parts': sqlMigration(parts) };
