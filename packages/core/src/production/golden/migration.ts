import { currentOrganization, type Migrations, sqlMigration, tenantTable } from '../../database/index.js';

const own = `organization = ${currentOrganization}`;

const golden = `
-- The run that others of the same model of equipment and the same program are measured by; an empty program: runs without one.
create table core.golden_run (
  id uuid primary key,
  organization uuid not null,
  run_id uuid not null,
  model text not null,
  program text not null,
  bands jsonb not null,
  note text check (length(note) between 1 and 500),
  declared_by text not null,
  declared_at timestamptz not null,
  retired_by text,
  retired_at timestamptz,
  check ((retired_at is null) = (retired_by is null)),
  foreign key (organization, run_id) references core.process_run (organization, id)
);
create unique index golden_run_in_force on core.golden_run (organization, model, program) where retired_at is null;
create index golden_run_recent on core.golden_run (organization, declared_at desc, id desc);
create index golden_run_run on core.golden_run (run_id);
${tenantTable('core.golden_run', { select: own, insert: own, update: own, updatable: ['retired_by', 'retired_at'] })}
`;

export const goldenRunMigrations: Migrations = { '0080-golden-runs': sqlMigration(golden) };
