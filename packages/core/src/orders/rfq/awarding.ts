import { organizationNames } from '../../access/index.js';
import type { CommandScope } from '../../commands/index.js';
import { newId } from '../../database/index.js';
import { canonical, Decimal, dayIn, money, type Quantity, subtract } from '../../measure/index.js';
import type { Specification } from '../../production/index.js';
import { proposeOrder } from '../agreement/proposing.js';
import { linesOf } from '../ledger/repository.js';
import type { ProposeInput } from '../order/schema.js';
import { conclude } from './asking.js';
import { insertAwards, linesHeldBy } from './award-repository.js';
import { nameDrawings } from './drawings.js';
import { rfqErrors } from './errors.js';
import { lockInvitationsOf } from './invitation-repository.js';
import { beginRfqMove, wrongState } from './moves.js';
import { priceLine } from './pricing.js';
import {
  findQuoteRevision,
  lockQuotesOf,
  type QuoteLineRow,
  type QuoteRevisionRow,
  type QuoteRow,
  quoteLines,
  updateQuote,
} from './quote-repository.js';
import { assertFits, belowMinimum, onceEach } from './quoting.js';
import { balancesOf, findContent, type RfqLineRow, type RfqRow, rfqFiles, rfqLines, termsOfRfq, updateRfq } from './repository.js';
import type { AwardInput } from './schema.js';
import type { RfqPorts, RfqService } from './service.js';
import { hasExpired, judgeQuote, quoteStateAt } from './states.js';
import { tellQuoted, tellRequest } from './telling.js';
import { referenceOf, viewRfq } from './view.js';
import type { Awarded } from './view-schema.js';
import { quoteMoveWords, quoteStateWords } from './words.js';

type Unit = Quantity['unit'];
type Wanted = AwardInput['orders'][number];

/** What is decided for one order, before anything is written. */
interface Decided {
  readonly wanted: Wanted;
  readonly quote: QuoteRow;
  readonly revision: QuoteRevisionRow;
  readonly lines: readonly {
    readonly ask: RfqLineRow;
    readonly offer: QuoteLineRow;
    readonly quantity: string;
    readonly unitPrice: string;
  }[];
}

/** The lines asked for, and what is left of each after what this award has taken so far. */
interface Left {
  readonly asks: ReadonlyMap<string, RfqLineRow>;
  readonly left: Map<string, string>;
}

export const createAwarding = (ports: RfqPorts): Pick<RfqService, 'award'> => ({
  /** Everything under the lock of the RFQ, so that of many awards of the last quantity one wins. */
  async award(scope, { rfq: id, orders, final }) {
    const { rfq } = await beginRfqMove(scope, { rfq: id }, 'award');
    await lockInvitationsOf(scope, rfq.id);
    const quotes = new Map((await lockQuotesOf(scope, rfq.id)).map((quote) => [quote.id as string, quote]));
    const left = await leftOf(scope, rfq);
    const twice = orders.find(({ quote }, index) => orders.findIndex((each) => each.quote === quote) !== index);
    if (twice) throw rfqErrors.quote_twice({ quote: twice.quote });
    const decided: Decided[] = [];
    for (const wanted of orders) decided.push(await decide(scope, quotes, left, wanted));
    const made: Awarded['orders'] = [];
    for (const each of decided) made.push(await placeOrder(scope, rfq, each, ports));
    const awarded = await updateRfq(scope, rfq, {});
    await tellRequest(scope, awarded, 'rfq.awarded', {});
    return { rfq: await viewRfq(scope, final ? await conclude(scope, awarded) : awarded), orders: made };
  },
});

async function leftOf(scope: CommandScope, rfq: RfqRow): Promise<Left> {
  const asks = new Map((await rfqLines(scope, rfq.id)).map((line) => [line.id, line]));
  const balances = await balancesOf(scope, rfq.id);
  return {
    asks,
    left: new Map([...asks.values()].map((line) => [line.id, subtract(line.quantity, balances.get(line.id)?.awarded ?? '0')])),
  };
}

async function decide(scope: CommandScope, quotes: ReadonlyMap<string, QuoteRow>, state: Left, wanted: Wanted): Promise<Decided> {
  const quote = quotes.get(wanted.quote);
  if (!quote) throw rfqErrors.quote_unknown({ quote: wanted.quote });
  assertAwardable(scope, quote, wanted.revision);
  const revision = await findQuoteRevision(scope, quote.id, quote.revision);
  if (!revision) throw rfqErrors.quote_unknown({ quote: wanted.quote });
  const offers = new Map((await quoteLines(scope, quote.id, quote.revision)).map((line) => [line.line_id, line]));
  const remaining = [...offers.keys()].filter((line) => new Decimal(state.left.get(line) ?? '0').gt(0));
  const named: NonNullable<Wanted['lines']> = wanted.lines ?? remaining.map((line) => ({ line }));
  onceEach(named.map(({ line }) => line));
  const lines = named.map(({ line, quantity }) => {
    const ask = state.asks.get(line);
    if (!ask) throw rfqErrors.line_unknown({ line });
    const offer = offers.get(line);
    if (!offer) throw rfqErrors.line_not_quoted({ number: quote.number, line: ask.position });
    return { ask, offer, ...take(quote, state.left, ask, offer, revision, quantity) };
  });
  if (lines.length === 0) throw rfqErrors.nothing_to_award({ number: quote.number });
  return { wanted, quote, revision, lines: lines.toSorted((a, b) => a.ask.position - b.ask.position) };
}

function assertAwardable(scope: CommandScope, quote: QuoteRow, revision: number): void {
  const state = quoteStateAt(quote.state, quote.valid_until, scope.now);
  if (['submitted', 'expired', 'awarded'].includes(state) && hasExpired(quote.valid_until, scope.now))
    throw rfqErrors.quote_expired({ number: quote.number, validUntil: quote.valid_until.toISOString() });
  if (!judgeQuote(state, 'award', 'buyer').allowed)
    throw wrongState(quoteMoveWords.award, { en: 'quote', zh: '报价' }, quoteStateWords[state], []);
  if (quote.revision !== revision) throw rfqErrors.quote_revised({ number: quote.number, current: quote.revision, sent: revision });
}

/** Takes the quantity from what is left, at the price of its break. */
function take(
  quote: QuoteRow,
  left: Map<string, string>,
  ask: RfqLineRow,
  offer: QuoteLineRow,
  { currency }: QuoteRevisionRow,
  given: string | undefined,
): { readonly quantity: string; readonly unitPrice: string } {
  const remaining = left.get(ask.id) ?? '0';
  const quantity = canonical(given ?? remaining);
  if (new Decimal(quantity).gt(remaining) || new Decimal(quantity).lte(0))
    throw rfqErrors.awards_more_than_asked({
      line: ask.position,
      left: canonical(remaining),
      asked: canonical(ask.quantity),
      wanted: quantity,
    });
  assertFits(quantity, ask.unit);
  const priced = priceLine({ prices: offer.prices, minimumLot: offer.minimum_lot }, quantity, currency);
  if (!priced || priced.belowMinimumLot) throw belowMinimum(quote, offer, ask.position, quantity);
  left.set(ask.id, subtract(remaining, quantity));
  return { quantity, unitPrice: priced.unitPrice };
}

/** One order in state `proposed`, its awards in the ledger, and the quote told. */
async function placeOrder(scope: CommandScope, rfq: RfqRow, decided: Decided, ports: RfqPorts): Promise<Awarded['orders'][number]> {
  const { quote, revision, lines } = decided;
  const names = await organizationNames(scope, [quote.supplier]);
  const supplier = referenceOf(names, quote.supplier);
  const order = await proposeOrder(scope, await proposalOf(scope, rfq, decided, supplier.code), ports, { quote: quote.id });
  const made = await linesOf(scope, [order.id]);
  await insertAwards(
    scope,
    lines.map(({ ask, quantity }, index) => ({
      id: newId() as string,
      rfq_id: rfq.id,
      buyer: scope.organization,
      line_id: ask.id,
      quote_id: quote.id,
      revision: revision.revision,
      order_id: order.id,
      order_line_id: made[index]?.id as string,
      quantity,
      entered_at: scope.now,
      entered_by: scope.actor.label,
    })),
  );
  const awardedLines = lines.map(({ ask }) => ask.id);
  const drawings = (await rfqFiles(scope, rfq.id)).filter(({ line_id }) => awardedLines.includes(line_id));
  await nameDrawings(scope, order.id, drawings);
  await tellQuoted(scope, await updateQuote(scope, quote, { state: 'awarded' }), 'rfq.quote_awarded', { order: order.id });
  return { quote: quote.id, order: order.id, number: order.number, supplier, total: money(order.total, order.currency) };
}

/** Lines in the order of the award, then tooling: once for each line of a quote, whatever share of it follows later. */
async function proposalOf(
  scope: CommandScope,
  rfq: RfqRow,
  { wanted, quote, revision, lines }: Decided,
  supplier: string,
): Promise<ProposeInput> {
  const paid = await linesHeldBy(scope, quote.id);
  const tooled = wanted.tooling === 'omit' ? [] : lines.filter(({ ask, offer }) => new Decimal(offer.tooling).gt(0) && !paid.has(ask.id));
  const taxRate = canonical(revision.tax_rate);
  const longest = Math.max(...lines.map(({ offer }) => offer.lead_days));
  return {
    supplier,
    ownNumber: wanted.ownNumber,
    currency: revision.currency,
    dueOn: wanted.dueOn ?? (await dueOn(scope, rfq, longest)),
    incoterms: { rule: revision.incoterms, place: revision.incoterms_place },
    paymentDays: revision.payment_days,
    terms: wanted.terms ?? (await termsOfRfq(scope, rfq.id)),
    note: [`${rfq.number} · ${quote.number}/${revision.revision}`, wanted.note ?? ''].filter((text) => text !== '').join('\n'),
    lines: [
      ...lines.map(({ ask, quantity, unitPrice }) => ({
        description: ask.description,
        ...(ask.specification === null ? {} : { specification: ask.specification as Specification }),
        quantity: { value: quantity, unit: ask.unit as Unit },
        unitPrice,
        taxRate,
      })),
      ...tooled.map(({ ask, offer }) => ({
        description: `Tooling / 模具: ${ask.description}`.slice(0, 200),
        quantity: { value: '1', unit: 'SET' as const },
        unitPrice: canonical(offer.tooling),
        taxRate,
      })),
    ],
  };
}

/** The wanted date when the lead time reaches it, else the first day that it does. */
async function dueOn(scope: CommandScope, rfq: RfqRow, leadDays: number): Promise<string> {
  const first = dayIn(new Date(scope.now.getTime() + leadDays * 86_400_000), scope.actor.timeZone);
  const wanted = (await findContent(scope, rfq.id))?.wanted_on ?? first;
  return wanted > first ? wanted : first;
}
