import { sql } from 'kysely';
import type { OrganizationId, RecordId, Scope } from '../database/index.js';
import type { AccessTables } from './tables.js';

export interface NewParty {
  readonly organization: OrganizationId;
  /** What it is to the record: `buyer`, `supplier`, `owner`. */
  readonly role: string;
}

export interface NewRecord {
  readonly id: RecordId;
  /** `order`, `lot`, `equipment`, … */
  readonly kind: string;
  readonly parties: readonly NewParty[];
}

/**
 * Makes the root of something that organizations share, visible to its author and its parties from this statement on.
 * Call it before inserting the feature's own rows: their policies ask the record.
 */
export async function createRecord(scope: Scope, { id, kind, parties }: NewRecord): Promise<void> {
  const tables = scope.tx.withTables<AccessTables>();
  // Preset, because a row that its author could not see would be refused before the party trigger runs.
  const readers = [...new Set([scope.organization, ...parties.map((party) => party.organization)])];
  await tables
    .insertInto('record')
    .values({ id, kind, created_by: scope.organization, created_at: scope.now, visible_to: readers })
    .execute();
  if (parties.length === 0) return;
  await tables
    .insertInto('party')
    .values(parties.map(({ organization, role }) => ({ record_id: id, organization, role, created_at: scope.now })))
    .execute();
}

/** Makes the roots of many things of the scope's organization at once; it is the only party, in the role given. */
export async function createOwnRecords(
  scope: Scope,
  { ids, kind, role }: { readonly ids: readonly RecordId[]; readonly kind: string; readonly role: string },
): Promise<void> {
  await sql`insert into core.record (id, kind, created_by, created_at, visible_to)
    select each, ${kind}, ${scope.organization}::uuid, ${scope.now}::timestamptz, array[${scope.organization}::uuid] from unnest(${ids}::uuid[]) as each`.execute(
    scope.tx,
  );
  await sql`insert into core.party (record_id, organization, role, created_at)
    select each, ${scope.organization}::uuid, ${role}, ${scope.now}::timestamptz from unnest(${ids}::uuid[]) as each`.execute(scope.tx);
}

/** The parties of a record that this organization sees; empty when it is hidden or absent. */
export async function partiesOf(scope: Scope, record: RecordId): Promise<NewParty[]> {
  return scope.tx
    .withTables<AccessTables>()
    .selectFrom('party')
    .select(['organization', 'role'])
    .where('record_id', '=', record)
    .orderBy('role')
    .orderBy('organization')
    .execute();
}

/** Lets one more organization see the record from now on, for good; adding it again changes nothing. Only the record's author may. */
export async function addParty(scope: Scope, record: RecordId, { organization, role }: NewParty): Promise<void> {
  await scope.tx
    .withTables<AccessTables>()
    .insertInto('party')
    .values({ record_id: record, organization, role, created_at: scope.now })
    .onConflict((conflict) => conflict.columns(['record_id', 'organization']).doNothing())
    .execute();
}
