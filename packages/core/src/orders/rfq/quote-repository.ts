import type { Selectable } from 'kysely';
import { isUniqueViolation, type RecordId, type Scope } from '../../database/index.js';
import { canonical } from '../../measure/index.js';
import { rfqErrors } from './errors.js';
import type { PriceBreak } from './pricing.js';
import type { RfqTables } from './tables.js';

export type QuoteRow = Selectable<RfqTables['rfq_quote']>;
export type QuoteRevisionRow = Selectable<RfqTables['rfq_quote_revision']>;
export type QuoteLineRow = Selectable<RfqTables['rfq_quote_line']> & { readonly prices: readonly PriceBreak[] };

const tables = (scope: Scope) => scope.tx.withTables<RfqTables>();

export async function insertQuote(scope: Scope, quote: Omit<QuoteRow, 'version'>): Promise<void> {
  try {
    await tables(scope).insertInto('rfq_quote').values(quote).execute();
  } catch (error) {
    if (isUniqueViolation(error, 'rfq_quote_number')) throw rfqErrors.quote_number_taken({ number: quote.number }, error);
    throw error;
  }
}

export async function insertQuoteRevision(
  scope: Scope,
  revision: QuoteRevisionRow,
  lines: readonly Omit<QuoteLineRow, 'quote_id' | 'revision'>[],
) {
  const of = { quote_id: revision.quote_id, revision: revision.revision };
  const db = tables(scope);
  await db.insertInto('rfq_quote_revision').values(revision).execute();
  await db
    .insertInto('rfq_quote_line')
    .values(lines.map(({ prices: _prices, ...line }) => ({ ...of, ...line })))
    .execute();
  await db
    .insertInto('rfq_quote_price')
    .values(
      lines.flatMap(({ line_id, prices }) =>
        prices.map(({ from, unitPrice }) => ({ ...of, line_id, from_quantity: canonical(from), unit_price: canonical(unitPrice) })),
      ),
    )
    .execute();
}

export async function findQuote(scope: Scope, id: string): Promise<QuoteRow | undefined> {
  return tables(scope)
    .selectFrom('rfq_quote')
    .selectAll()
    .where('id', '=', id as RecordId)
    .executeTakeFirst();
}

export async function quoteOfInvitation(scope: Scope, invitation: RecordId): Promise<QuoteRow | undefined> {
  return tables(scope).selectFrom('rfq_quote').selectAll().where('invitation_id', '=', invitation).executeTakeFirst();
}

/** Of the buyer: every quote that answers its RFQ. */
export async function quotesOf(scope: Scope, rfq: RecordId): Promise<QuoteRow[]> {
  return tables(scope)
    .selectFrom('rfq_quote')
    .selectAll()
    .where('rfq_id', '=', rfq)
    .where('buyer', '=', scope.organization)
    .orderBy('id')
    .execute();
}

/** The same, locked in the order of their ids. Lock the invitations first: suppliers do. */
export async function lockQuotesOf(scope: Scope, rfq: RecordId): Promise<QuoteRow[]> {
  return tables(scope)
    .selectFrom('rfq_quote')
    .selectAll()
    .where('rfq_id', '=', rfq)
    .where('buyer', '=', scope.organization)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
}

export async function lockQuote(scope: Scope, id: string): Promise<QuoteRow | undefined> {
  return tables(scope)
    .selectFrom('rfq_quote')
    .selectAll()
    .where('id', '=', id as RecordId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

export async function updateQuote(
  scope: Scope,
  quote: QuoteRow,
  change: Partial<Pick<QuoteRow, 'state' | 'revision' | 'valid_until'>>,
): Promise<QuoteRow> {
  return tables(scope)
    .updateTable('rfq_quote')
    .set({ ...change, version: quote.version + 1, changed_at: scope.now })
    .where('id', '=', quote.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Newest first. */
export async function revisionsOfQuote(scope: Scope, quote: RecordId): Promise<QuoteRevisionRow[]> {
  return tables(scope).selectFrom('rfq_quote_revision').selectAll().where('quote_id', '=', quote).orderBy('revision', 'desc').execute();
}

export async function findQuoteRevision(scope: Scope, quote: RecordId, revision: number): Promise<QuoteRevisionRow | undefined> {
  return tables(scope)
    .selectFrom('rfq_quote_revision')
    .selectAll()
    .where('quote_id', '=', quote)
    .where('revision', '=', revision)
    .executeTakeFirst();
}

export async function quoteLines(scope: Scope, quote: RecordId, revision: number): Promise<QuoteLineRow[]> {
  const db = tables(scope);
  const lines = await db.selectFrom('rfq_quote_line').selectAll().where('quote_id', '=', quote).where('revision', '=', revision).execute();
  const prices = await db
    .selectFrom('rfq_quote_price')
    .selectAll()
    .where('quote_id', '=', quote)
    .where('revision', '=', revision)
    .orderBy('from_quantity')
    .execute();
  return lines.map((line) => ({
    ...line,
    prices: prices
      .filter(({ line_id }) => line_id === line.line_id)
      .map(({ from_quantity, unit_price }) => ({ from: canonical(from_quantity), unitPrice: canonical(unit_price) })),
  }));
}
