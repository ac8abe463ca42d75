import { newId, type OrganizationId, type RecordId, type Scope } from '../database/index.js';
import { appendEvent } from '../events/index.js';
import { organizationByCode } from './directory.js';
import { accessErrors } from './errors.js';
import { partiesOf } from './records.js';
import type { AccessTables } from './tables.js';

export interface NewGrant {
  readonly record: RecordId;
  /** Code of the organization that may read the record from now on. */
  readonly organization: string;
  readonly reason: string;
  readonly expiresAt: Date;
}

/** One organization lets another read one record, for a reason and until an end. */
export interface Grant {
  readonly id: string;
  readonly record: RecordId;
  readonly organization: string;
  readonly grantedBy: string;
  readonly reason: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

/**
 * Only a party shares. The event on the record does not name the grantee: other grantees read it, too.
 * Throws `access.only_parties_share`, `access.not_found`, `access.already_sees`, `access.expiry_past`.
 */
export async function giveGrant(scope: Scope, { record, organization, reason, expiresAt }: NewGrant): Promise<Grant> {
  const parties = await partiesOf(scope, record);
  if (parties.length === 0) throw accessErrors.not_found({ kind: 'record', id: record });
  if (!parties.some((party) => party.organization === scope.organization)) throw accessErrors.only_parties_share();
  if (expiresAt <= scope.now) throw accessErrors.expiry_past({ expiresAt: expiresAt.toISOString() });
  const grantee = await organizationByCode(scope, organization);
  if (!grantee) throw accessErrors.not_found({ kind: 'organization', id: organization });
  const holdsOwn = (await grants(scope).where('g.record_id', '=', record).where('g.revoked_at', 'is', null).execute()).some(
    (grant) => grant.grantee_id === grantee.id,
  );
  if (holdsOwn || parties.some((party) => party.organization === grantee.id)) throw accessErrors.already_sees({ organization });
  const id = newId<'grant'>();
  await scope.tx
    .withTables<AccessTables>()
    .insertInto('grant_given')
    .values({
      id,
      record_id: record,
      organization: grantee.id,
      granted_by: scope.organization,
      reason,
      created_at: scope.now,
      expires_at: expiresAt,
    })
    .execute();
  await appendEvent(scope, { type: 'access.grant_given', record, body: { grant: id, expiresAt: expiresAt.toISOString() } });
  return grantById(scope, id);
}

/** Hides the record from the grantee from this commit on. Only the giver can; revoking twice is no error. */
export async function revokeGrant(scope: Scope, id: string): Promise<Grant> {
  const grant = await grants(scope).where('g.id', '=', id).where('g.granted_by', '=', scope.organization).executeTakeFirst();
  if (!grant) throw accessErrors.not_found({ kind: 'grant', id });
  if (grant.revoked_at) return toGrant(grant);
  const { numUpdatedRows } = await scope.tx
    .withTables<AccessTables>()
    .updateTable('grant_given')
    .set({ revoked_at: scope.now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) await appendEvent(scope, { type: 'access.grant_revoked', record: grant.record_id, body: { grant: id } });
  return grantById(scope, id);
}

/** Those that this organization gave or holds, newest first; `cursor` is the id of the last one seen. */
export async function listGrants(
  scope: Scope,
  { record, cursor, limit }: { record?: RecordId | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: Grant[]; next: string | null }> {
  let own = grants(scope).where((is) =>
    is.or([is('g.granted_by', '=', scope.organization), is('g.organization', '=', scope.organization)]),
  );
  if (record) own = own.where('g.record_id', '=', record);
  if (cursor) own = own.where('g.id', '<', cursor);
  const rows = await own
    .orderBy('g.id', 'desc')
    .limit(limit + 1)
    .execute();
  return { items: rows.slice(0, limit).map(toGrant), next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null };
}

async function grantById(scope: Scope, id: string): Promise<Grant> {
  return toGrant(await grants(scope).where('g.id', '=', id).executeTakeFirstOrThrow());
}

function grants(scope: Scope) {
  return scope.tx
    .withTables<AccessTables>()
    .selectFrom('grant_given as g')
    .innerJoin('organization_registry as grantee', 'grantee.id', 'g.organization')
    .innerJoin('organization_registry as giver', 'giver.id', 'g.granted_by')
    .select([
      'g.id',
      'g.record_id',
      'g.organization as grantee_id',
      'grantee.code as grantee',
      'giver.code as giver',
      'g.reason',
      'g.created_at',
      'g.expires_at',
      'g.revoked_at',
    ]);
}

interface GrantRow {
  id: string;
  record_id: RecordId;
  grantee_id: OrganizationId;
  grantee: string;
  giver: string;
  reason: string;
  created_at: Date;
  expires_at: Date | null;
  revoked_at: Date | null;
}

function toGrant(row: GrantRow): Grant {
  return {
    id: row.id,
    record: row.record_id,
    organization: row.grantee,
    grantedBy: row.giver,
    reason: row.reason,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  };
}
