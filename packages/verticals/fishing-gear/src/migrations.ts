import { type Migrations, sqlMigration } from '@yunfab/core/database';
import { verticalTable } from '@yunfab/core/verticals';

const table = (name: string) => `
create table vertical_fishing_gear.${name} (
  id uuid primary key,
  organization uuid not null references core.organization_registry (id),
  code text not null check (length(code) between 1 and 40),
  data jsonb not null,
  created_at timestamptz not null,
  unique (organization, code)
);
${verticalTable('fishing-gear', name)}`;

export const fishingGearMigrations: Migrations = {
  '0001-catalogue': sqlMigration(table('prepreg') + table('blank_design')),
};
