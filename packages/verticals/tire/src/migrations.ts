import { type Migrations, sqlMigration } from '@yunfab/core/database';
import { verticalTable } from '@yunfab/core/verticals';

const recipes = `
create table vertical_tire.cure_recipe (
  id uuid primary key,
  organization uuid not null references core.organization_registry (id),
  code text not null check (length(code) between 1 and 40),
  name text not null,
  activation_energy double precision not null,
  reference double precision not null,
  target_low double precision not null,
  target_high double precision not null check (target_high > target_low),
  blow_point double precision not null,
  reversion double precision not null,
  cure_time double precision not null,
  mould_temperature double precision not null,
  minimum_pressure double precision not null,
  gauge double precision not null,
  diffusivity double precision not null,
  created_at timestamptz not null,
  unique (organization, code)
);
${verticalTable('tire', 'cure_recipe')}`;

const uniformityLimits = `
create table vertical_tire.uniformity_limit (
  id uuid primary key,
  organization uuid not null references core.organization_registry (id),
  code text not null check (length(code) between 1 and 40),
  grade text not null check (grade in ('A', 'B', 'C')),
  radial_force_variation double precision not null,
  radial_first_harmonic double precision not null,
  lateral_force_variation double precision not null,
  conicity double precision not null,
  created_at timestamptz not null,
  unique (organization, code, grade)
);
${verticalTable('tire', 'uniformity_limit')}`;

export const tireMigrations: Migrations = {
  '0001-cure-recipes': sqlMigration(recipes),
  '0002-uniformity-limits': sqlMigration(uniformityLimits),
};
