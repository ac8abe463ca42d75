import { type Migrations, sqlMigration } from '@yunfab/core/database';
import { verticalTable } from '@yunfab/core/verticals';

const organization = 'organization uuid not null references core.organization_registry (id)';
const id = 'peripherals';

/** What a unit is made of, runs and says of itself: for everyone who sees the unit, except what stands behind a failure. */
const units = `
create table vertical_peripherals.assembly (
  id uuid primary key,
  ${organization},
  unit uuid not null references core.record (id),
  revision uuid not null references core.record (id),
  required jsonb not null,
  bound jsonb not null,
  run uuid,
  activity uuid not null references core.record (id),
  made_at timestamptz not null
);
create index assembly_unit on vertical_peripherals.assembly (unit);
${verticalTable(id, 'assembly', { references: ['unit', 'revision', 'activity'] })}

create table vertical_peripherals.firmware (
  id uuid primary key,
  ${organization},
  unit uuid not null references core.record (id),
  version text not null check (length(version) between 1 and 60),
  recorded_by text not null,
  recorded_at timestamptz not null
);
create index firmware_unit on vertical_peripherals.firmware (unit, recorded_at desc, id desc);
${verticalTable(id, 'firmware', { references: ['unit'], sharedBy: 'unit' })}

create table vertical_peripherals.unit_test (
  id uuid primary key,
  ${organization},
  unit uuid not null references core.record (id),
  passed boolean not null,
  measured jsonb not null,
  tested_by text not null,
  tested_at timestamptz not null
);
create index unit_test_unit on vertical_peripherals.unit_test (unit, tested_at desc, id desc);
${verticalTable(id, 'unit_test', { references: ['unit'] })}

create table vertical_peripherals.failure (
  id uuid primary key,
  ${organization},
  case_id uuid not null unique references core.record (id),
  unit uuid not null references core.record (id),
  serial text not null,
  symptom text not null,
  designator text,
  occurred_at timestamptz not null,
  reported_at timestamptz not null
);
create index failure_recent on vertical_peripherals.failure (reported_at desc, id desc);
create index failure_unit on vertical_peripherals.failure (unit);
${verticalTable(id, 'failure', { references: ['case_id', 'unit'], sharedBy: 'case_id' })}

create table vertical_peripherals.diagnosis (
  ${organization},
  case_id uuid not null references core.record (id),
  unit uuid not null references core.record (id),
  designator text not null,
  component uuid references core.record (id),
  component_code text,
  component_maker text,
  note text,
  diagnosed_at timestamptz not null,
  primary key (organization, case_id)
);
${verticalTable(id, 'diagnosis', { references: ['case_id', 'unit', 'component'] })}
`;

const supplies = `
create table vertical_peripherals.supply (
  ${organization},
  printer text not null check (length(printer) between 1 and 60),
  supply_index integer not null check (supply_index > 0),
  class integer not null,
  type integer not null,
  unit integer not null,
  rated_pages integer check (rated_pages > 0),
  told_en text not null,
  told_zh text not null,
  attention boolean not null,
  read_at timestamptz not null,
  primary key (organization, printer, supply_index)
);
${verticalTable(id, 'supply')}

create table vertical_peripherals.supply_reading (
  ${organization},
  printer text not null,
  supply_index integer not null,
  read_at timestamptz not null,
  remaining double precision check (remaining between 0 and 1),
  pages integer check (pages >= 0),
  primary key (organization, printer, supply_index, read_at)
);
${verticalTable(id, 'supply_reading')}

-- One shipment for each successive supply of a printer, however often the forecast is asked.
create table vertical_peripherals.replenishment (
  id uuid primary key,
  ${organization},
  printer text not null,
  supply_index integer not null,
  generation integer not null,
  arrives date not null,
  risk_of_waiting double precision not null,
  proposed_at timestamptz not null,
  unique (organization, printer, supply_index, generation)
);
${verticalTable(id, 'replenishment')}
`;

export const peripheralsMigrations: Migrations = {
  '0001-units': sqlMigration(units),
  '0002-supplies': sqlMigration(supplies),
};
