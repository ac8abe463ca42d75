import { currentOrganization, isParty, type Migrations, sees, sqlMigration, tenantTable } from '../../database/index.js';

const bySupplier = `supplier = ${currentOrganization} and ${isParty('order_id', "'supplier'")}`;

/** What both sides may know of what becomes of a line: figures derived from production, and nothing that they derive from. */
const outlook = `
create table core.order_outlook (
  line_id uuid primary key,
  order_id uuid not null,
  supplier uuid not null references core.organization_registry (id),
  progress numeric(5, 4) not null check (progress between 0 and 1),
  eta timestamptz,
  earliest timestamptz,
  latest timestamptz,
  confidence text not null check (confidence in ('low', 'medium', 'high')),
  by_hand numeric(5, 4) not null check (by_hand between 0 and 1),
  computed_at timestamptz not null,
  check ((eta is null) = (earliest is null) and (eta is null) = (latest is null)),
  check (eta is null or eta between earliest and latest),
  foreign key (order_id, line_id) references core.order_line (order_id, id)
);
create index order_outlook_order on core.order_outlook (order_id);
${tenantTable('core.order_outlook', {
  select: sees('order_id'),
  insert: bySupplier,
  update: bySupplier,
  updatable: ['progress', 'eta', 'earliest', 'latest', 'confidence', 'by_hand', 'computed_at'],
})}
`;

export const outlookMigrations: Migrations = {
  '0056-outlook': sqlMigration(outlook),
};
