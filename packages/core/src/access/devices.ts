import { sql } from 'kysely';
import { type Connection, newId, type OrganizationId, type Scope } from '../database/index.js';
import { appendEvent } from '../events/index.js';
import type { AccessTables } from './tables.js';
import { hashToken, newDeviceToken } from './tokens.js';

/**
 * Gives a device of the scope's organization a new token and ends the one it had; the token is in this answer only.
 * Serves to create, to rotate, and to let a revoked device in again.
 */
export async function issueDeviceCredential(scope: Scope, device: string): Promise<{ readonly id: string; readonly token: string }> {
  await endLiveCredential(scope, device);
  const id = newId<'device_credential'>();
  const token = newDeviceToken();
  await scope.tx
    .withTables<AccessTables>()
    .insertInto('device_credential')
    .values({ id, organization: scope.organization, device, hash: hashToken(token), created_at: scope.now })
    .execute();
  await appendEvent(scope, { type: 'access.device_credential_issued', record: null, body: { device, credential: id } });
  return { id, token };
}

/** Ends the live credential of a device; false when it had none. */
export async function revokeDeviceCredential(scope: Scope, device: string): Promise<boolean> {
  const ended = await endLiveCredential(scope, device);
  if (ended) await appendEvent(scope, { type: 'access.device_credential_revoked', record: null, body: { device } });
  return ended;
}

async function endLiveCredential(scope: Scope, device: string): Promise<boolean> {
  const { numUpdatedRows } = await scope.tx
    .withTables<AccessTables>()
    .updateTable('device_credential')
    .set({ revoked_at: scope.now })
    .where('organization', '=', scope.organization)
    .where('device', '=', device)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Whether this token opens the door for this device; asked by the gateway with the system or ingest role. */
export async function findDeviceCredential(
  connection: Connection,
  { organization, device, token }: { readonly organization: string; readonly device: string; readonly token: string },
): Promise<{ readonly id: string; readonly organization: OrganizationId } | null> {
  const { rows } = await sql<{ id: string; organization: OrganizationId }>`
    select id, organization from core.find_device_credential(${organization}, ${device}, ${hashToken(token)})`.execute(connection.handle);
  return rows[0] ?? null;
}
