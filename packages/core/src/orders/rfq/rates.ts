import { type Selectable, sql } from 'kysely';
import { type CommandScope, decodeCursor, page } from '../../commands/index.js';
import { newId } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { type Currency, canonical, dayIn } from '../../measure/index.js';
import { rfqErrors } from './errors.js';
import type { RfqEventBody } from './events.js';
import type { RfqService } from './service.js';
import type { RfqTables } from './tables.js';
import type { CurrencyRate } from './view-schema.js';

export type RateRow = Selectable<RfqTables['rfq_rate']>;

export const rates: Pick<RfqService, 'setRate' | 'listRates'> = {
  async setRate(scope, { from, to, rate, asOf, source }) {
    if (from === to) throw rfqErrors.rate_same_currency({ currency: from });
    const row: RateRow = {
      id: newId(),
      organization: scope.organization,
      from_currency: from,
      to_currency: to,
      as_of: asOf,
      rate: canonical(rate),
      source,
      entered_at: scope.now,
      entered_by: scope.actor.label,
    };
    await scope.tx.withTables<RfqTables>().insertInto('rfq_rate').values(row).execute();
    const body: RfqEventBody<'rfq.rate_set'> = { from, to, rate: row.rate, asOf, source };
    await appendEvent(scope, { type: 'rfq.rate_set', record: null, body });
    return viewRate(row);
  },

  async listRates(scope, { limit, cursor }) {
    const after = decodeCursor(cursor);
    let own = scope.tx.withTables<RfqTables>().selectFrom('rfq_rate').selectAll().where('organization', '=', scope.organization);
    if (after) own = own.where(sql<boolean>`(entered_at, id) < (${after.key}::timestamptz, ${after.id}::uuid)`);
    const rows = await own
      .orderBy('entered_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute();
    return page(rows, limit, (row) => ({ key: row.entered_at.toISOString(), id: row.id }), viewRate);
  },
};

/** Currency → the organization's latest rate into `to` that is not of a later day than today, in its own time zone. */
export async function ratesInto(scope: CommandScope, to: Currency): Promise<ReadonlyMap<Currency, RateRow>> {
  const today = dayIn(scope.now, scope.actor.timeZone);
  const { rows } = await sql<RateRow>`
    select distinct on (from_currency) * from core.rfq_rate
    where organization = ${scope.organization} and to_currency = ${to} and as_of <= ${today}::date
    order by from_currency, as_of desc, entered_at desc, id desc`.execute(scope.tx);
  return new Map(rows.map((row) => [row.from_currency, row]));
}

export const rateOf = ({ from_currency, to_currency, rate, as_of, source }: RateRow) => ({
  from: from_currency,
  to: to_currency,
  rate: canonical(rate),
  asOf: as_of,
  source,
});

function viewRate(row: RateRow): CurrencyRate {
  return { ...rateOf(row), id: row.id, enteredAt: row.entered_at.toISOString(), enteredBy: row.entered_by };
}
