import { type Selectable, sql } from 'kysely';
import type { Keyset } from '../../commands/index.js';
import { isUniqueViolation, newId, type RecordId, type Scope } from '../../database/index.js';
import { commerceErrors } from '../errors.js';
import type { CommerceTables, OutsideContact } from '../tables.js';
import type { QuotationSide, QuotationState, StoredQuotationState } from './states.js';

export type QuotationRow = Selectable<CommerceTables['quotation']>;
export type RevisionRow = Selectable<CommerceTables['quotation_revision']>;
export type QuotationLineRow = Selectable<CommerceTables['quotation_line']>;

const tables = (scope: Scope) => scope.tx.withTables<CommerceTables>();

export async function insertQuotation(scope: Scope, quotation: Omit<QuotationRow, 'version'>): Promise<void> {
  try {
    await tables(scope).insertInto('quotation').values(quotation).execute();
  } catch (error) {
    if (isUniqueViolation(error, 'quotation_number')) throw commerceErrors.quotation_number_taken({ number: quotation.number }, error);
    throw error;
  }
}

/** What stays with the supplier: the lead behind it and whom outside it is for. */
export async function keepForSupplier(
  scope: Scope,
  quotation: RecordId,
  { lead, contact }: { lead: string | null; contact: OutsideContact | null },
): Promise<void> {
  await tables(scope)
    .updateTable('quotation_party')
    .set({ lead_id: lead, contact: contact === null ? null : JSON.stringify(contact) })
    .where('organization', '=', scope.organization)
    .where('quotation_id', '=', quotation)
    .execute();
}

export async function insertRevision(
  scope: Scope,
  revision: RevisionRow,
  lines: readonly Omit<QuotationLineRow, 'id' | 'quotation_id' | 'revision'>[],
  cost: Record<string, unknown> | undefined,
): Promise<void> {
  const { quotation_id, revision: number } = revision;
  await tables(scope).insertInto('quotation_revision').values(revision).execute();
  await tables(scope)
    .insertInto('quotation_line')
    .values(
      lines.map((line) => ({
        ...line,
        id: newId(),
        quotation_id,
        revision: number,
        specification: line.specification === null ? null : JSON.stringify(line.specification),
      })),
    )
    .execute();
  if (cost === undefined) return;
  await tables(scope)
    .insertInto('quotation_cost')
    .values({ organization: scope.organization, quotation_id, revision: number, cost: JSON.stringify(cost) })
    .execute();
}

export async function findQuotation(scope: Scope, id: string): Promise<QuotationRow | undefined> {
  return tables(scope)
    .selectFrom('quotation')
    .selectAll()
    .where('id', '=', id as RecordId)
    .executeTakeFirst();
}

/** Only a party gets the row: locking asks the policy for updates. */
export async function lockQuotation(scope: Scope, id: string): Promise<QuotationRow | undefined> {
  return tables(scope)
    .selectFrom('quotation')
    .selectAll()
    .where('id', '=', id as RecordId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

export async function updateQuotation(
  scope: Scope,
  quotation: QuotationRow,
  change: Partial<Pick<QuotationRow, 'state' | 'revision' | 'sent_revision' | 'valid_until' | 'order_id' | 'reason'>>,
): Promise<QuotationRow> {
  return tables(scope)
    .updateTable('quotation')
    .set({ ...change, version: quotation.version + 1, changed_at: scope.now })
    .where('id', '=', quotation.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function markSent(scope: Scope, { id, revision }: Pick<QuotationRow, 'id' | 'revision'>): Promise<void> {
  await tables(scope)
    .updateTable('quotation_revision')
    .set({ sent_at: scope.now })
    .where('quotation_id', '=', id)
    .where('revision', '=', revision)
    .execute();
}

/** What only the asking side reads; undefined for a reader by grant. */
export async function findQuotationSide(scope: Scope, quotation: RecordId) {
  return tables(scope)
    .selectFrom('quotation_party')
    .select(['role', 'lead_id', 'contact'])
    .where('organization', '=', scope.organization)
    .where('quotation_id', '=', quotation)
    .executeTakeFirst();
}

/** Newest first; the policy shows a buyer only those that were sent. */
export async function revisionsOf(scope: Scope, quotations: readonly RecordId[]): Promise<RevisionRow[]> {
  if (quotations.length === 0) return [];
  return tables(scope)
    .selectFrom('quotation_revision')
    .selectAll()
    .where('quotation_id', 'in', quotations)
    .orderBy('quotation_id')
    .orderBy('revision', 'desc')
    .execute();
}

export async function linesOfRevision(scope: Scope, quotation: RecordId, revision: number): Promise<QuotationLineRow[]> {
  return tables(scope)
    .selectFrom('quotation_line')
    .selectAll()
    .where('quotation_id', '=', quotation)
    .where('revision', '=', revision)
    .orderBy('position')
    .execute();
}

export async function costOfRevision(scope: Scope, quotation: RecordId, revision: number): Promise<Record<string, unknown> | null> {
  const row = await tables(scope)
    .selectFrom('quotation_cost')
    .select('cost')
    .where('quotation_id', '=', quotation)
    .where('revision', '=', revision)
    .executeTakeFirst();
  return (row?.cost as Record<string, unknown> | undefined) ?? null;
}

export interface QuotationFilter {
  readonly side?: QuotationSide | undefined;
  readonly state?: QuotationState | undefined;
  readonly after: Keyset | null;
  readonly limit: number;
}

/** The limit falls inside the party table, under its btree. */
export async function pageOfQuotations(scope: Scope, { side, state, after, limit }: QuotationFilter) {
  const db = tables(scope);
  let own = db.selectFrom('quotation_party').selectAll().where('organization', '=', scope.organization);
  if (side) own = own.where('role', '=', side);
  if (state === 'sent') own = own.where('state', '=', 'sent').where('valid_until', '>', scope.now);
  else if (state === 'expired') own = own.where('state', '=', 'sent').where('valid_until', '<=', scope.now);
  else if (state) own = own.where('state', '=', state satisfies StoredQuotationState);
  if (after) own = own.where(sql<boolean>`(changed_at, quotation_id) < (${after.key}::timestamptz, ${after.id}::uuid)`);
  own = own
    .orderBy('changed_at', 'desc')
    .orderBy('quotation_id', 'desc')
    .limit(limit + 1);
  return db
    .selectFrom(own.as('own'))
    .innerJoin('quotation', 'quotation.id', 'own.quotation_id')
    .selectAll('quotation')
    .select(['own.role', 'own.contact', 'own.changed_at as sort_key'])
    .orderBy('own.changed_at', 'desc')
    .orderBy('own.quotation_id', 'desc')
    .execute();
}
