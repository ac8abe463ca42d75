import type { z } from 'zod';
import { type Clock, decodeCursor, page, requestErrors } from '../../commands/index.js';
import { type ActorRef, type Database, inScope, newId, type Scope } from '../../database/index.js';
import { equipmentErrors } from '../errors.js';
import { equipmentEvents } from '../events.js';
import { requireDevice } from '../repository.js';
import { announceDevice, type DeviceTokens, giveToken } from '../tokens.js';
import { hashClaimCode, newClaimCode, readClaimCode } from './code.js';
import {
  type ClaimRow,
  cancelOpenClaims,
  findClaim,
  findClaimByHash,
  insertClaim,
  lockClaim,
  pageOfClaims,
  useClaim,
} from './repository.js';
import type { claimStates, claimView, createClaimInput, listClaimsInput } from './schema.js';

/** A new code for the device; an open one that it had ends. */
export async function createClaim(scope: Scope, { device, expiresInS }: z.output<typeof createClaimInput>) {
  await requireDevice(scope, device);
  await cancelOpenClaims(scope, device);
  const code = newClaimCode();
  const id = newId<'device_claim'>();
  const expires_at = new Date(scope.now.getTime() + expiresInS * 1000);
  await insertClaim(scope, { id, device, hash: hashClaimCode(readClaimCode(code) as string), expires_at });
  await announceDevice(scope, device, equipmentEvents.claimCreated);
  return { ...viewOf(await known(scope, id), scope.now), code };
}

export async function listClaims(scope: Scope, { cursor, limit, device }: z.output<typeof listClaimsInput>) {
  if (device !== undefined) await requireDevice(scope, device);
  const rows = await pageOfClaims(scope, { device, after: decodeCursor(cursor), limit });
  return page(
    rows,
    limit,
    ({ created_at, id }) => ({ key: created_at.toISOString(), id }),
    (row) => viewOf(row, scope.now),
  );
}

export async function cancelClaim(scope: Scope, id: string): Promise<z.output<typeof claimView>> {
  const row = await lockClaim(scope, id);
  if (!row) throw absent();
  const state = stateOf(row, scope.now);
  if (state !== 'open') throw equipmentErrors.claim_ended({ device: row.device, state });
  await cancelOpenClaims(scope, row.device);
  await announceDevice(scope, row.device, equipmentEvents.claimCanceled);
  return viewOf(await known(scope, id), scope.now);
}

export interface ClaimOptions {
  readonly database: Pick<Database, 'runtime' | 'system'>;
  readonly clock: Clock;
  /** A broker that keeps tokens of its own. */
  readonly deviceTokens?: DeviceTokens | undefined;
}

export interface Redemption {
  /** As it was typed. */
  readonly code: string;
  /** Network address, for the record. */
  readonly from: string;
}

export interface RedeemedClaim {
  readonly organization: string;
  readonly device: string;
  /** User name and client id of the MQTT connection. */
  readonly username: string;
  readonly token: string;
}

/**
 * Exchanges a code for the device's credential, once; the one that it had ends. Nobody is signed in: the code is the right.
 * Throws `equipment.claim_mistyped`, and for a code that was never given, was used, canceled or has expired the same
 * `equipment.claim_unknown`. Throws `equipment.broker_unreachable`; the code is then good still.
 */
export async function redeemClaim(
  { database, clock, deviceTokens }: ClaimOptions,
  { code: typed, from }: Redemption,
): Promise<RedeemedClaim> {
  const code = readClaimCode(typed);
  if (code === null) throw equipmentErrors.claim_mistyped();
  const found = await findClaimByHash(database.system, hashClaimCode(code));
  if (!found) throw equipmentErrors.claim_unknown();
  const { organization, organization_code } = found;
  const actor: ActorRef = { kind: 'system', id: found.id, label: 'Claim code' };
  return inScope(database.runtime, { organization, actor, now: clock() }, async (scope) => {
    const claim = await lockClaim(scope, found.id);
    if (!claim || stateOf(claim, scope.now) !== 'open') throw equipmentErrors.claim_unknown();
    await useClaim(scope, claim.id, from);
    const place = { organization: organization_code, device: claim.device };
    return { ...place, ...(await giveToken(scope, { ...place, event: equipmentEvents.deviceClaimed, tokens: deviceTokens })) };
  });
}

async function known(scope: Scope, id: string): Promise<ClaimRow> {
  const row = await findClaim(scope, id);
  if (!row) throw absent();
  return row;
}

const absent = () => requestErrors.not_found({ kind: 'claim' });

function stateOf({ used_at, canceled_at, expires_at }: ClaimRow, now: Date): (typeof claimStates)[number] {
  if (used_at) return 'used';
  if (canceled_at) return 'canceled';
  return expires_at <= now ? 'expired' : 'open';
}

function viewOf(row: ClaimRow, now: Date): z.output<typeof claimView> {
  return {
    id: row.id,
    device: row.device,
    state: stateOf(row, now),
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    expiresAt: row.expires_at.toISOString(),
    usedAt: row.used_at?.toISOString() ?? null,
    usedFrom: row.used_from,
  };
}
