import { type Selectable, sql } from 'kysely';
import type { Keyset } from '../../commands/index.js';
import type { Connection, OrganizationId, Scope } from '../../database/index.js';

type ClaimTables = {
  device_claim: {
    id: string;
    organization: OrganizationId;
    device: string;
    created_at: Date;
    created_by: string;
    expires_at: Date;
    used_at: Date | null;
    used_from: string | null;
    canceled_at: Date | null;
  };
};
type NewClaim = Pick<ClaimTables['device_claim'], 'id' | 'device' | 'expires_at'> & { readonly hash: Buffer };

export type ClaimRow = Selectable<ClaimTables['device_claim']>;

const tables = (scope: Scope) => scope.tx.withTables<ClaimTables>();

/** All but the hash, which nobody reads. */
const claims = (scope: Scope) => tables(scope).selectFrom('device_claim').select(columns).where('organization', '=', scope.organization);
const columns = [
  ...(['id', 'organization', 'device', 'created_at', 'created_by'] as const),
  ...(['expires_at', 'used_at', 'used_from', 'canceled_at'] as const),
];

export async function insertClaim(scope: Scope, { id, device, hash, expires_at }: NewClaim): Promise<void> {
  await scope.tx
    .withTables<{ device_claim: Omit<ClaimTables['device_claim'], 'used_at' | 'used_from' | 'canceled_at'> & { hash: Buffer } }>()
    .insertInto('device_claim')
    .values({ id, device, hash, expires_at, organization: scope.organization, created_at: scope.now, created_by: scope.actor.label })
    .execute();
}

export async function findClaim(scope: Scope, id: string): Promise<ClaimRow | undefined> {
  return claims(scope).where('id', '=', id).executeTakeFirst();
}

export async function lockClaim(scope: Scope, id: string): Promise<ClaimRow | undefined> {
  return claims(scope).where('id', '=', id).forUpdate().executeTakeFirst();
}

/** The newest first; one more than `limit` when there are more. */
export async function pageOfClaims(
  scope: Scope,
  { device, after, limit }: { readonly device: string | undefined; readonly after: Keyset | null; readonly limit: number },
): Promise<ClaimRow[]> {
  let rows = claims(scope);
  if (device !== undefined) rows = rows.where('device', '=', device);
  if (after) rows = rows.where(sql<boolean>`(created_at, id) < (${after.key}::timestamptz, ${after.id}::uuid)`);
  return rows
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
}

/** Those of the device that were neither used nor canceled. */
export async function cancelOpenClaims(scope: Scope, device: string): Promise<void> {
  await tables(scope)
    .updateTable('device_claim')
    .set({ canceled_at: scope.now })
    .where('organization', '=', scope.organization)
    .where('device', '=', device)
    .where('used_at', 'is', null)
    .where('canceled_at', 'is', null)
    .execute();
}

export async function useClaim(scope: Scope, id: string, from: string): Promise<void> {
  await tables(scope)
    .updateTable('device_claim')
    .set({ used_at: scope.now, used_from: from.slice(0, 100) })
    .where('organization', '=', scope.organization)
    .where('id', '=', id)
    .execute();
}

export interface FoundClaim {
  readonly id: string;
  readonly organization: OrganizationId;
  readonly organization_code: string;
}

/** Also one that was used, canceled or has expired. */
export async function findClaimByHash(system: Connection, hash: Buffer): Promise<FoundClaim | undefined> {
  const { rows } = await sql<FoundClaim>`select id, organization, organization_code from core.find_device_claim(${hash})`.execute(
    system.handle,
  );
  return rows[0];
}
