import { sql } from 'kysely';
import type { Connection, OrganizationId, RecordId, Scope } from '../database/index.js';

/** What a device reported as having happened, beside its values. */
export interface DeviceEvent {
  readonly id: string;
  readonly deviceId: string;
  readonly device: string;
  readonly equipment: RecordId;
  readonly ts: Date;
  readonly seq: number | null;
  /** `count`, `run_started`, `run_ended`, `state` or the device's own. */
  readonly type: string;
  /** The message without `ts`, `seq` and `type`. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly quality: number;
  readonly receivedAt: Date;
}

/**
 * Takes the organization's oldest pending device events, in the order in which they were stored. Their removal commits
 * with the scope, so an effect written in the same scope happens exactly once.
 */
export async function takeDeviceEvents(scope: Scope, limit: number): Promise<DeviceEvent[]> {
  const { rows } = await sql<DeviceEvent>`
    select id, device_id as "deviceId", device, equipment_id as equipment, ts, seq, type, body, quality, received_at as "receivedAt"
    from telemetry.take_device_events(${limit})`.execute(scope.tx);
  return rows;
}

/** The organizations for which `takeDeviceEvents` would find something. */
export async function organizationsWithPending(system: Connection): Promise<OrganizationId[]> {
  const { rows } = await sql<{
    organization: OrganizationId;
  }>`select organizations_with_pending as organization from telemetry.organizations_with_pending()`.execute(system.handle);
  return rows.map((row) => row.organization);
}
