import { type Selectable, sql } from 'kysely';
import type { Scope } from '../../database/index.js';
import type { DeviceConfigurationTables } from './tables.js';

export type ConfigurationRow = Selectable<DeviceConfigurationTables['device_configuration']>;
export type VersionRow = Selectable<DeviceConfigurationTables['device_configuration_version']>;

const tables = (scope: Scope) => scope.tx.withTables<DeviceConfigurationTables>();

export async function findConfiguration(scope: Scope, deviceId: string): Promise<ConfigurationRow | undefined> {
  return tables(scope)
    .selectFrom('device_configuration')
    .selectAll()
    .where('organization', '=', scope.organization)
    .where('device_id', '=', deviceId)
    .executeTakeFirst();
}

/** Makes it where there is none yet: nothing desired, nothing reported. */
export async function lockConfiguration(scope: Scope, device: { readonly id: string; readonly code: string }): Promise<ConfigurationRow> {
  await tables(scope)
    .insertInto('device_configuration')
    .values({ device_id: device.id, organization: scope.organization, device: device.code, version: 0, due_at: null })
    .onConflict((conflict) => conflict.column('device_id').doNothing())
    .execute();
  return tables(scope)
    .selectFrom('device_configuration')
    .selectAll()
    .where('organization', '=', scope.organization)
    .where('device_id', '=', device.id)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

/** Due at once, by the clock of the database: it is the gateways' too. */
export async function addVersion(scope: Scope, deviceId: string, version: number, configuration: Record<string, unknown>): Promise<void> {
  await tables(scope)
    .insertInto('device_configuration_version')
    .values({
      ...{ organization: scope.organization, device_id: deviceId, version, set_at: scope.now, set_by: scope.actor.label },
      configuration: sql`${JSON.stringify(configuration)}::jsonb`,
    })
    .execute();
  await configurationOf(scope, deviceId).set({ version, sent_at: null, due_at: sql`clock_timestamp()` }).execute();
}

export interface Report {
  readonly version: number;
  readonly configuration: Record<string, unknown> | null;
  readonly error: string | null;
  readonly at: Date;
}

export async function keepReport(scope: Scope, deviceId: string, { version, configuration, error, at }: Report): Promise<void> {
  const reported = configuration === null ? null : sql<Record<string, unknown>>`${JSON.stringify(configuration)}::jsonb`;
  await configurationOf(scope, deviceId).set({ reported_version: version, reported, reported_error: error, reported_at: at }).execute();
}

function configurationOf(scope: Scope, deviceId: string) {
  return tables(scope).updateTable('device_configuration').where('organization', '=', scope.organization).where('device_id', '=', deviceId);
}

/** The newest first. */
export async function versionsOf(scope: Scope, deviceId: string, limit: number): Promise<VersionRow[]> {
  return tables(scope)
    .selectFrom('device_configuration_version')
    .selectAll()
    .where('organization', '=', scope.organization)
    .where('device_id', '=', deviceId)
    .orderBy('version', 'desc')
    .limit(limit)
    .execute();
}
