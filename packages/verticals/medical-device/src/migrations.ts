import { sqlMigration } from '@yunfab/core/database';
import { verticalTable } from '@yunfab/core/verticals';

export const medicalDeviceMigrations = {
  '0001-sterilization-programs': sqlMigration(`
    create table vertical_medical_device.sterilization_program (
      id uuid primary key, organization uuid not null, code text not null, name text not null,
      temperature double precision not null, holding_time double precision not null, minimum_f0 double precision not null,
      band double precision not null, spread double precision not null, pulses integer not null, vacuum double precision not null,
      probes integer not null, created_at timestamptz not null,
      unique (organization, code));
    ${verticalTable('medical-device', 'sterilization_program')}`),
};
