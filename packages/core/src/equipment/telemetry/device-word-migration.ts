import { type Migrations, roles, sqlMigration } from '../../database/index.js';

/**
 * Two events of one instant and seq are two when their types differ. And a device's word on its connection has the time at
 * which it was said, so that an old one, which comes with a replayed letter, does not stand over a newer.
 */
const words = `
alter table telemetry.device_event
  drop constraint device_event_device_id_ts_ordinal_key,
  add constraint device_event_sameness unique (device_id, ts, ordinal, type);
grant select (type) on telemetry.device_event to ${roles.ingest};

alter table telemetry.device_status add column said_at timestamptz not null default now();
update telemetry.device_status set said_at = changed_at;
`;

export const deviceWordMigrations: Migrations = { '0088-device-words': sqlMigration(words) };
