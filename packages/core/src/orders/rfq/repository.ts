import { type Selectable, sql } from 'kysely';
import type { Keyset } from '../../commands/index.js';
import { isUniqueViolation, newId, type RecordId, type Scope } from '../../database/index.js';
import { canonical } from '../../measure/index.js';
import { rfqErrors } from './errors.js';
import type { RfqContentInput } from './schema.js';
import type { RfqState } from './states.js';
import type { RfqTables } from './tables.js';

export type RfqRow = Selectable<RfqTables['rfq']>;
export type ContentRow = Selectable<RfqTables['rfq_content']>;
export type RfqLineRow = Selectable<RfqTables['rfq_line']>;
export type BalanceRow = Selectable<RfqTables['rfq_balance']>;

const tables = (scope: Scope) => scope.tx.withTables<RfqTables>();

export async function insertRfq(scope: Scope, rfq: Omit<RfqRow, 'version'>): Promise<void> {
  await unlessTaken(rfq.number, () => tables(scope).insertInto('rfq').values(rfq).execute());
}

async function unlessTaken<Result>(number: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error, 'rfq_number')) throw rfqErrors.number_taken({ number }, error);
    throw error;
  }
}

export async function insertContent(
  scope: Scope,
  rfq: RecordId,
  { currency, delivery, wantedOn, paymentDays, note, lines, terms }: RfqContentInput,
): Promise<void> {
  await tables(scope)
    .insertInto('rfq_content')
    .values({ rfq_id: rfq, ...contentRow({ currency, delivery, wantedOn, paymentDays, note }) })
    .execute();
  await insertLines(scope, rfq, lines);
  await insertTerms(scope, rfq, terms ?? []);
}

/** A draft's content is replaced whole. */
export async function replaceContent(scope: Scope, rfq: RecordId, { lines, terms, ...content }: RfqContentInput): Promise<void> {
  const db = tables(scope);
  await db.updateTable('rfq_content').set(contentRow(content)).where('rfq_id', '=', rfq).execute();
  await db.deleteFrom('rfq_line').where('rfq_id', '=', rfq).execute();
  await insertLines(scope, rfq, lines);
  await db.deleteFrom('rfq_terms').where('rfq_id', '=', rfq).execute();
  await insertTerms(scope, rfq, terms ?? []);
}

const contentRow = ({
  currency,
  delivery,
  wantedOn,
  paymentDays,
  note,
}: Pick<RfqContentInput, 'currency' | 'delivery' | 'wantedOn' | 'paymentDays' | 'note'>) => ({
  currency,
  incoterms: delivery?.rule ?? null,
  incoterms_place: delivery?.place ?? null,
  wanted_on: wantedOn ?? null,
  payment_days: paymentDays ?? null,
  note: note || null,
});

async function insertLines(scope: Scope, rfq: RecordId, lines: RfqContentInput['lines']): Promise<void> {
  const named = lines.map((line, index) => ({ ...line, id: newId() as string, position: index + 1 }));
  await tables(scope)
    .insertInto('rfq_line')
    .values(
      named.map(({ id, position, description, specification, quantity, breaks, note }) => ({
        id,
        rfq_id: rfq,
        position,
        description,
        specification: specification ? JSON.stringify(specification) : null,
        unit: quantity.unit,
        quantity: canonical(quantity.value),
        breaks: breaks.map((each) => canonical(each)),
        note: note || null,
      })),
    )
    .execute();
  const files = named.flatMap(({ id, files }) =>
    files.map((file) => ({ rfq_id: rfq, line_id: id, ...file, revision: file.revision ?? null })),
  );
  if (files.length > 0) await tables(scope).insertInto('rfq_line_file').values(files).execute();
}

async function insertTerms(scope: Scope, rfq: RecordId, terms: readonly string[]): Promise<void> {
  if (terms.length === 0) return;
  await tables(scope)
    .insertInto('rfq_terms')
    .values(terms.map((terms_id, position) => ({ rfq_id: rfq, terms_id, position })))
    .execute();
}

/** Ids, in the order in which they were named. */
export async function termsOfRfq(scope: Scope, rfq: RecordId): Promise<string[]> {
  const rows = await tables(scope).selectFrom('rfq_terms').select('terms_id').where('rfq_id', '=', rfq).orderBy('position').execute();
  return rows.map(({ terms_id }) => terms_id);
}

export async function findRfq(scope: Scope, id: string): Promise<RfqRow | undefined> {
  return tables(scope)
    .selectFrom('rfq')
    .selectAll()
    .where('id', '=', id as RecordId)
    .executeTakeFirst();
}

/** Only the buyer gets the row: locking asks the policy for updates. */
export async function lockRfq(scope: Scope, id: string): Promise<RfqRow | undefined> {
  return tables(scope)
    .selectFrom('rfq')
    .selectAll()
    .where('id', '=', id as RecordId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

export type RfqChange = Partial<
  Pick<RfqRow, 'number' | 'title' | 'state' | 'respond_by' | 'confidentiality_version' | 'confidentiality_text' | 'reason' | 'opened_at'>
>;

export async function updateRfq(scope: Scope, rfq: RfqRow, change: RfqChange): Promise<RfqRow> {
  return tables(scope)
    .updateTable('rfq')
    .set({ ...change, version: rfq.version + 1, changed_at: scope.now })
    .where('id', '=', rfq.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Undefined for whoever the confidentiality terms still keep out. */
export async function findContent(scope: Scope, rfq: RecordId): Promise<ContentRow | undefined> {
  return tables(scope).selectFrom('rfq_content').selectAll().where('rfq_id', '=', rfq).executeTakeFirst();
}

export async function rfqLines(scope: Scope, rfq: RecordId): Promise<RfqLineRow[]> {
  return tables(scope).selectFrom('rfq_line').selectAll().where('rfq_id', '=', rfq).orderBy('position').execute();
}

export async function rfqFiles(scope: Scope, rfq: RecordId) {
  return tables(scope)
    .selectFrom('rfq_line_file')
    .select(['line_id', 'name', 'sha256', 'revision'])
    .where('rfq_id', '=', rfq)
    .orderBy('name')
    .execute();
}

/** Line → what is awarded of it; empty for everyone but the buyer. */
export async function balancesOf(scope: Scope, rfq: RecordId): Promise<ReadonlyMap<string, BalanceRow>> {
  const rows = await tables(scope).selectFrom('rfq_balance').selectAll().where('rfq_id', '=', rfq).execute();
  return new Map(rows.map((row) => [row.line_id, row]));
}

export interface RfqFilter {
  readonly state?: RfqState | undefined;
  readonly after: Keyset | null;
  readonly limit: number;
}

/** Pages under the btree of the buyer's own rows; counts the answers of this page's only. */
export async function pageOfRfqs(scope: Scope, { state, after, limit }: RfqFilter) {
  const db = tables(scope);
  let own = db.selectFrom('rfq').selectAll().where('buyer', '=', scope.organization);
  if (state) own = own.where('state', '=', state);
  if (after) own = own.where(sql<boolean>`(changed_at, id) < (${after.key}::timestamptz, ${after.id}::uuid)`);
  const rows = await own
    .orderBy('changed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return {
    rows,
    counts: await countsOf(
      scope,
      rows.map(({ id }) => id),
    ),
  };
}

async function countsOf(scope: Scope, rfqs: readonly RecordId[]): Promise<ReadonlyMap<RecordId, { invited: number; quoted: number }>> {
  if (rfqs.length === 0) return new Map();
  const rows = await tables(scope)
    .selectFrom('rfq_invitation')
    .select([
      'rfq_id',
      sql<number>`count(*)::integer`.as('invited'),
      sql<number>`(count(*) filter (where state = 'quoted'))::integer`.as('quoted'),
    ])
    .where('rfq_id', 'in', rfqs)
    .where('buyer', '=', scope.organization)
    .groupBy('rfq_id')
    .execute();
  return new Map(rows.map(({ rfq_id, ...counts }) => [rfq_id, counts]));
}
