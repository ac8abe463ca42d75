import { sqlMigration } from '@yunfab/core/database';
import { verticalTable } from '@yunfab/core/verticals';

const owned = `
  id uuid primary key,
  organization uuid not null references core.organization_registry (id)`;

const labels = `
create table vertical_medical_device.package_level (${owned},
  product text not null,
  level text not null check (level in ('unit', 'inner_box', 'carton', 'pallet')),
  di text not null,
  contains_di text,
  contains integer check (contains > 0),
  created_at timestamptz not null,
  check ((level = 'unit') = (contains_di is null) and (contains_di is null) = (contains is null)),
  unique (organization, di),
  unique (organization, product, level));
${verticalTable('medical-device', 'package_level')}
create table vertical_medical_device.udi_label (${owned},
  lot_id uuid not null references core.record (id),
  issuer text not null check (issuer in ('gs1', 'hibcc', 'iccbba', 'ma')),
  di text not null,
  lot_number text not null,
  expiry text,
  manufactured text,
  code text not null,
  printed text not null,
  created_at timestamptz not null,
  unique (organization, lot_id),
  unique (organization, di, lot_number));
${verticalTable('medical-device', 'udi_label', { references: ['lot_id'], sharedBy: 'lot_id' })}
create table vertical_medical_device.udi_package (${owned},
  lot_id uuid not null references core.record (id),
  di text not null,
  level text not null,
  units integer not null check (units > 0),
  unique (organization, lot_id, di));
create index udi_package_di on vertical_medical_device.udi_package (di);
${verticalTable('medical-device', 'udi_package', { references: ['lot_id'], sharedBy: 'lot_id' })}`;

const uses = `
create table vertical_medical_device.pseudonym_key (
  organization uuid primary key references core.organization_registry (id),
  key text not null,
  created_at timestamptz not null);
${verticalTable('medical-device', 'pseudonym_key')}
create table vertical_medical_device.device_use (${owned},
  lot_id uuid not null references core.record (id),
  unit_id uuid references core.record (id),
  activity uuid not null references core.record (id),
  di text not null,
  lot_number text not null,
  serial text,
  quantity integer not null check (quantity > 0),
  patient text not null,
  used_at timestamptz not null,
  created_at timestamptz not null);
create index device_use_newest on vertical_medical_device.device_use (organization, id desc);
create index device_use_lot on vertical_medical_device.device_use (organization, lot_id, id desc);
create index device_use_patient on vertical_medical_device.device_use (organization, patient, id desc);
${verticalTable('medical-device', 'device_use', { references: ['lot_id', 'unit_id', 'activity'] })}`;

const inspections = `
create table vertical_medical_device.inspection (${owned},
  lot_id uuid not null references core.record (id),
  activity uuid not null references core.record (id),
  plan text not null,
  sampled integer not null check (sampled > 0),
  defects integer not null check (defects between 0 and sampled),
  accepted_defects integer not null check (accepted_defects >= 0),
  inspected_at timestamptz not null);
create index inspection_lot on vertical_medical_device.inspection (organization, lot_id, id desc);
${verticalTable('medical-device', 'inspection', { references: ['lot_id', 'activity'] })}`;

export const medicalDeviceMigrations = {
  '0001-sterilization-programs': sqlMigration(`
    create table vertical_medical_device.sterilization_program (
      id uuid primary key, organization uuid not null, code text not null, name text not null,
      temperature double precision not null, holding_time double precision not null, minimum_f0 double precision not null,
      band double precision not null, spread double precision not null, pulses integer not null, vacuum double precision not null,
      probes integer not null, created_at timestamptz not null,
      unique (organization, code));
    ${verticalTable('medical-device', 'sterilization_program')}`),
  '0002-labels': sqlMigration(labels),
  '0003-uses': sqlMigration(uses),
  '0004-inspections': sqlMigration(inspections),
};
