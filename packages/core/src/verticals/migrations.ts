import { currentOrganization, type Migrations, sqlMigration, tenantTable } from '../database/index.js';

const own = `organization = ${currentOrganization}`;

const enablement = `
create table core.vertical_enabled (
  organization uuid not null references core.organization_registry (id),
  vertical text not null check (vertical ~ '^[a-z][a-z-]{0,39}$'),
  enabled_at timestamptz not null,
  enabled_by text not null,
  primary key (organization, vertical)
);
${tenantTable('core.vertical_enabled', { select: own, insert: own, delete: own })}
`;

export const verticalMigrations: Migrations = {
  '0009-verticals': sqlMigration(enablement),
};
