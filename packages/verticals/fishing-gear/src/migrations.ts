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

/** Which lots lay in one run of the oven: a charge holds several. */
const charges = `
create table vertical_fishing_gear.oven_charge (
  id uuid primary key,
  organization uuid not null references core.organization_registry (id),
  run uuid not null,
  lot uuid not null references core.record (id),
  charged_by text not null,
  created_at timestamptz not null,
  unique (organization, run, lot)
);
create index oven_charge_lot on vertical_fishing_gear.oven_charge (lot);
${verticalTable('fishing-gear', 'oven_charge', { references: ['lot'] })}`;

export const fishingGearMigrations: Migrations = {
  '0001-catalogue': sqlMigration(table('prepreg') + table('blank_design')),
  '0002-oven-charges': sqlMigration(charges),
};
