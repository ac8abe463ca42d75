import { type Selectable, sql } from 'kysely';
import type { Keyset } from '../../commands/index.js';
import { isUniqueViolation, type OrganizationId, type RecordId, type Scope } from '../../database/index.js';
import type { OrderSide } from '../order/states.js';
import { statementErrors } from './errors.js';
import type { StatementState } from './states.js';
import type { StatementTables } from './tables.js';

export type StatementRow = Selectable<StatementTables['statement']>;
export type StatementLineRow = Selectable<StatementTables['statement_line']>;
export type RevisionRow = Selectable<StatementTables['statement_line_revision']>;

const tables = (scope: Scope) => scope.tx.withTables<StatementTables>();

export async function insertStatement(scope: Scope, row: Omit<StatementRow, 'version'>): Promise<StatementRow> {
  try {
    return await tables(scope).insertInto('statement').values(row).returningAll().executeTakeFirstOrThrow();
  } catch (error) {
    throw takenNumber(row.number, error);
  }
}

const takenNumber = (number: string | undefined, error: unknown): unknown =>
  isUniqueViolation(error, 'statement_number') ? statementErrors.number_taken({ number }, error) : error;

export async function findStatement(scope: Scope, id: string): Promise<StatementRow | undefined> {
  return tables(scope)
    .selectFrom('statement')
    .selectAll()
    .where('id', '=', id as RecordId)
    .executeTakeFirst();
}

/** Only a side gets the row: locking asks the policy for updates. */
export async function lockStatement(scope: Scope, id: string): Promise<StatementRow | undefined> {
  return tables(scope)
    .selectFrom('statement')
    .selectAll()
    .where('id', '=', id as RecordId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

export type StatementChange = Partial<Omit<StatementRow, 'id' | 'version' | 'changed_at'>>;

export async function updateStatement(scope: Scope, row: StatementRow, change: StatementChange): Promise<StatementRow> {
  try {
    return await tables(scope)
      .updateTable('statement')
      .set({ ...change, version: row.version + 1, changed_at: scope.now })
      .where('id', '=', row.id)
      .returningAll()
      .executeTakeFirstOrThrow();
  } catch (error) {
    throw takenNumber(change.number, error);
  }
}

/** In the order in which they stand on the paper. */
export async function statementLines(scope: Scope, statement: RecordId): Promise<StatementLineRow[]> {
  return tables(scope).selectFrom('statement_line').selectAll().where('statement_id', '=', statement).orderBy('position').execute();
}

export type NewStatementLine = Omit<StatementLineRow, 'revision' | 'adjusted'>;

export async function insertStatementLines(scope: Scope, rows: readonly NewStatementLine[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 200)
    await tables(scope)
      .insertInto('statement_line')
      .values(rows.slice(at, at + 200))
      .execute();
}

export type StatementLineChange = Partial<Omit<StatementLineRow, 'id' | 'statement_id' | 'position' | 'kind'>>;

export async function updateStatementLine(scope: Scope, id: string, change: StatementLineChange): Promise<void> {
  await tables(scope).updateTable('statement_line').set(change).where('id', '=', id).execute();
}

export async function insertRevisions(scope: Scope, rows: readonly RevisionRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 200)
    await tables(scope)
      .insertInto('statement_line_revision')
      .values(rows.slice(at, at + 200))
      .execute();
}

export async function revisionsOf(scope: Scope, statement: RecordId): Promise<RevisionRow[]> {
  return tables(scope)
    .selectFrom('statement_line_revision')
    .selectAll()
    .where('statement_id', '=', statement)
    .orderBy('line_id')
    .orderBy('revision')
    .execute();
}

/** Takes these shipment lines for the statement; `statements.claimed_elsewhere` when another open one was faster. */
export async function claim(scope: Scope, statement: RecordId, shipmentLines: readonly string[]): Promise<void> {
  if (shipmentLines.length === 0) return;
  const taken = [...new Set(shipmentLines)].sort();
  const { rows } = await sql<{ mine: boolean }>`
    with inserted as (
      insert into core.statement_claim (shipment_line_id, statement_id)
      select each, ${statement}::uuid from unnest(${taken}::uuid[]) as each
      on conflict on constraint statement_claim_once do nothing returning shipment_line_id)
    select each in (select shipment_line_id from inserted)
      or exists (select from core.statement_claim c where c.shipment_line_id = each and c.statement_id = ${statement}::uuid) as mine
    from unnest(${taken}::uuid[]) as each`.execute(scope.tx);
  if (!rows.every(({ mine }) => mine)) throw statementErrors.claimed_elsewhere();
}

/** Gives back the shipment lines that no kept line of the statement states any more. */
export async function releaseClaims(scope: Scope, statement: RecordId, kept: readonly string[]): Promise<void> {
  await sql`delete from core.statement_claim where statement_id = ${statement} and not (shipment_line_id = any (${kept}::uuid[]))`.execute(
    scope.tx,
  );
}

/** Codes of those lots that are seen. */
export async function lotCodes(scope: Scope, lots: readonly RecordId[]): Promise<ReadonlyMap<string, string>> {
  if (lots.length === 0) return new Map();
  const { rows } = await sql<{
    id: string;
    code: string;
  }>`select id, code from core.lot where id = any (${[...new Set(lots)]}::uuid[])`.execute(scope.tx);
  return new Map(rows.map(({ id, code }) => [id, code]));
}

export interface StatementFilter {
  readonly side?: OrderSide | undefined;
  readonly counterparty?: OrganizationId | undefined;
  readonly state?: StatementState | undefined;
  /** Those whose period has a day in common with this one. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Confirmed ones whose day of payment is before this day. */
  readonly dueBefore?: string | undefined;
  readonly order?: string | undefined;
  readonly after: Keyset | null;
  readonly limit: number;
}

/** The latest moved first. */
export async function pageOfStatements(scope: Scope, filter: StatementFilter): Promise<StatementRow[]> {
  const { side, counterparty, state, from, to, dueBefore, order, after, limit } = filter;
  const db = tables(scope);
  let own = db.selectFrom('statement_party').selectAll().where('organization', '=', scope.organization);
  if (side) own = own.where('role', '=', side);
  if (counterparty) own = own.where('counterparty', '=', counterparty);
  if (state) own = own.where('state', '=', state);
  if (from) own = own.where('period_to', '>=', from);
  if (to) own = own.where('period_from', '<=', to);
  if (dueBefore) own = own.where('state', '=', 'confirmed').where('due_on', '<', dueBefore);
  if (order)
    own = own.where(sql<boolean>`statement_id in (select l.statement_id from core.statement_line l where l.order_id = ${order}::uuid)`);
  if (after) own = own.where(sql<boolean>`(changed_at, statement_id) < (${after.key}::timestamptz, ${after.id}::uuid)`);
  own = own
    .orderBy('changed_at', 'desc')
    .orderBy('statement_id', 'desc')
    .limit(limit + 1);
  return db
    .selectFrom(own.as('own'))
    .innerJoin('statement', 'statement.id', 'own.statement_id')
    .selectAll('statement')
    .orderBy('own.changed_at', 'desc')
    .orderBy('own.statement_id', 'desc')
    .execute();
}

export interface AgeingRow {
  readonly role: OrderSide;
  readonly currency: string;
  /** Days since the day of payment; zero and less is not due yet. */
  readonly bucket: number;
  readonly statements: number;
  readonly gross: string;
}

/** What is confirmed and not paid, by side, currency and how long it has been due. */
export async function ageing(
  scope: Scope,
  today: string,
  counterparty: OrganizationId | undefined,
  edges: readonly number[],
): Promise<AgeingRow[]> {
  const { rows } = await sql<AgeingRow>`
    select p.role, s.currency, width_bucket(${today}::date - p.due_on, ${edges}::integer[]) as bucket, count(*)::integer as statements, sum(s.gross) as gross
    from core.statement_party p join core.statement s on s.id = p.statement_id
    where p.organization = ${scope.organization} and p.state = 'confirmed'
      ${counterparty === undefined ? sql`` : sql`and p.counterparty = ${counterparty}`}
    group by p.role, s.currency, bucket order by p.role, s.currency, bucket`.execute(scope.tx);
  return rows;
}
