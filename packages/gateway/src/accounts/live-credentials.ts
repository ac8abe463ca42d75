import type { Connection } from '@yunfab/core/database';
import { parseUsername } from '../topics.js';

/** By what a device may enter now. */
export interface LiveCredential {
  readonly credential: string;
  /** When it was issued. */
  readonly since: Date;
  /** Its token is not at the broker yet. */
  readonly waiting: boolean;
}

const asked = 500;

/** `{organization}/{device}` → its credential, of those that have one. */
export async function liveCredentials(system: Connection, devices: readonly string[]): Promise<Map<string, LiveCredential>> {
  const found = new Map<string, LiveCredential>();
  for (let from = 0; from < devices.length; from += asked) {
    const named = devices.slice(from, from + asked).flatMap((device) => parseUsername(device) ?? []);
    const { rows } = await system.pool.query<LiveCredential & { readonly device: string }>(
      'select * from telemetry.device_access($1, $2)',
      [named.map(({ organization }) => organization), named.map(({ device }) => device)],
    );
    for (const { device, ...live } of rows) found.set(device, live);
  }
  return found;
}
