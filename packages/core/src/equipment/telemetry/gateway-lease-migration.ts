import { type Migrations, roles, sqlMigration } from '../../database/index.js';

/**
 * Which gateway stands behind which session of which broker. Nothing of an organization: gateways keep it among themselves,
 * so that one can take over the session of another that is gone.
 */
const leases = `
create table telemetry.gateway_lease (
  broker text not null check (length(broker) <= 300),
  name text not null check (length(name) <= 100),
  holder uuid,
  host text not null,
  pid integer not null,
  space text not null,
  started_ms bigint not null,
  beat bigint not null,
  primary key (broker, name)
) with (fillfactor = 50);
grant select, insert, update, delete on telemetry.gateway_lease to ${roles.ingest};
`;

export const gatewayLeaseMigrations: Migrations = { '0077-gateway-leases': sqlMigration(leases) };
