import { type Selectable, sql } from 'kysely';
import type { RecordId, Scope } from '../../database/index.js';
import type { RfqTables } from './tables.js';

export type AwardRow = Selectable<RfqTables['rfq_award']>;

const tables = (scope: Scope) => scope.tx.withTables<RfqTables>();

export async function insertAwards(scope: Scope, awards: readonly Omit<AwardRow, 'reason'>[]): Promise<void> {
  await tables(scope)
    .insertInto('rfq_award')
    .values(awards.map((award) => ({ ...award, reason: null })))
    .execute();
}

export async function awardsOf(scope: Scope, rfq: RecordId): Promise<AwardRow[]> {
  return tables(scope).selectFrom('rfq_award').selectAll().where('rfq_id', '=', rfq).orderBy('id').execute();
}

/** Line → whether this quote holds an award of it now. */
export async function linesHeldBy(scope: Scope, quote: RecordId): Promise<ReadonlySet<string>> {
  const rows = await tables(scope)
    .selectFrom('rfq_award')
    .select('line_id')
    .where('quote_id', '=', quote)
    .groupBy('line_id')
    .having(sql<boolean>`sum(quantity) > 0`)
    .execute();
  return new Set(rows.map(({ line_id }) => line_id));
}
