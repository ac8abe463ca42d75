import { sql } from 'kysely';
import type { Scope } from '../../database/index.js';

export interface GatewayRow {
  readonly id: string;
  readonly name: string;
  readonly state: 'running' | 'stopped' | 'gone';
  readonly started_at: Date;
  readonly seen_at: Date;
  readonly counters: Readonly<Record<string, number>>;
  readonly earlier_at: Date | null;
  readonly earlier: Readonly<Record<string, number>> | null;
}

/** Nothing for an organization that does not run the platform. */
export async function readGateways(scope: Scope): Promise<GatewayRow[]> {
  const { rows } = await sql<GatewayRow>`select * from telemetry.read_gateways()`.execute(scope.tx);
  return rows;
}

export async function countGateways(
  scope: Scope,
): Promise<{ readonly running: string; readonly newest_at: Date | null; readonly operator: boolean }> {
  const { rows } = await sql<{
    running: string;
    newest_at: Date | null;
    operator: boolean;
  }>`select * from telemetry.count_gateways()`.execute(scope.tx);
  return rows[0] ?? { running: '0', newest_at: null, operator: false };
}

export interface DeviceTrafficRow {
  readonly device: string;
  readonly equipment_id: string;
  readonly equipment_code: string;
  readonly equipment_name: string;
  readonly live: boolean;
  readonly online: boolean | null;
  readonly changed_at: Date | null;
  readonly stored: string;
  readonly received_at: Date | null;
  readonly newest_ms: number | null;
  readonly letters: string;
  readonly letters_waiting: string;
}

export interface TrafficFilter {
  readonly since: Date;
  readonly equipment: string | undefined;
  readonly limit: number;
  readonly lettersAmong: number;
}

/** Own devices by code, at most `limit`; with `equipment` only those that speak for it. Letters are counted among the newest `lettersAmong`. */
export async function readDeviceTraffic(
  scope: Scope,
  { since, equipment, limit, lettersAmong }: TrafficFilter,
): Promise<DeviceTrafficRow[]> {
  const { rows } = await sql<DeviceTrafficRow>`
    select * from telemetry.read_device_traffic(${since}, ${equipment ?? null}::uuid, ${limit}, ${lettersAmong})`.execute(scope.tx);
  return rows;
}
