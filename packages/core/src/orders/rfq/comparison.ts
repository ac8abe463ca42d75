import { organizationNames } from '../../access/index.js';
import { type CommandScope, requestErrors } from '../../commands/index.js';
import { type Currency, canonical, Decimal, money, quantity, subtract } from '../../measure/index.js';
import { rfqErrors } from './errors.js';
import { assessmentsOf, type InvitationRow, invitationsOf } from './invitation-repository.js';
import { notYourMove } from './moves.js';
import { converted, priceLine, totalsOf } from './pricing.js';
import { findQuoteRevision, type QuoteLineRow, type QuoteRevisionRow, type QuoteRow, quoteLines, quotesOf } from './quote-repository.js';
import { assertFits, bounded, onceEach } from './quoting.js';
import { type RateRow, rateOf, ratesInto } from './rates.js';
import { balancesOf, findContent, findRfq, type RfqLineRow, rfqLines } from './repository.js';
import type { RfqService } from './service.js';
import { hasExpired, quoteStateAt } from './states.js';
import { quoteHeadOf, referenceOf } from './view.js';
import type { Comparison } from './view-schema.js';
import { invitationStateWords } from './words.js';

interface Ask {
  readonly line: RfqLineRow;
  /** What is compared. */
  readonly quantity: string;
}

interface Answer {
  readonly invitation: InvitationRow;
  readonly quote: QuoteRow;
  readonly revision: QuoteRevisionRow;
  readonly lines: ReadonlyMap<string, QuoteLineRow>;
  /** Null: no rate into the currency of the RFQ. */
  readonly rate: RateRow | 'same' | null;
  readonly dutyRate: string;
  /** Whether it can be awarded now. */
  readonly valid: boolean;
}

type OfferedLine = Comparison['lines'][number]['offers'][number];
type Offer = NonNullable<Comparison['offers'][number]['offer']>;

/** Every answer side by side, for the buyer alone: each amount reckoned here, each total with the rate and its date. */
export const comparing: Pick<RfqService, 'compare'> = {
  async compare(scope, { rfq: id, quantities = [] }) {
    const rfq = await findRfq(scope, id);
    if (!rfq) throw requestErrors.not_found({ kind: 'rfq' });
    if (rfq.buyer !== scope.organization)
      throw notYourMove({ en: 'Compare', zh: '比价' }, { en: 'buyer', zh: '采购方' }, { en: 'RFQ', zh: '询价单' });
    const currency = (await findContent(scope, rfq.id))?.currency ?? 'CNY';
    const asks = asksOf(await rfqLines(scope, rfq.id), quantities);
    const balances = await balancesOf(scope, rfq.id);
    const invitations = await invitationsOf(scope, rfq.id);
    const answers = await answersTo(scope, rfq.id, invitations, currency);
    const names = await organizationNames(
      scope,
      invitations.map(({ supplier }) => supplier),
    );
    const offers = new Map(answers.map((answer) => [answer.invitation.id as string, offerOf(scope, answer, asks, currency)]));
    markBest([...offers.values()], ({ landedInRfqCurrency, missing, expired, state }) =>
      expired || missing.length > 0 || state === 'lost' ? null : landedInRfqCurrency,
    );
    return {
      rfq: rfq.id,
      number: rfq.number,
      currency,
      at: scope.now.toISOString(),
      lines: asks.map((ask) => ({
        line: ask.line.id,
        position: ask.line.position,
        description: ask.line.description,
        quantity: quantity(ask.quantity, ask.line.unit),
        left: subtract(ask.line.quantity, balances.get(ask.line.id)?.awarded ?? '0'),
        offers: offeredLines(answers, ask, currency),
      })),
      offers: invitations.map(({ id: invitation, supplier, state, reason }) => ({
        invitation,
        supplier: referenceOf(names, supplier),
        state,
        stateWords: invitationStateWords[state],
        reason,
        offer: offers.get(invitation) ?? null,
      })),
    };
  },
};

function asksOf(lines: readonly RfqLineRow[], quantities: readonly { line: string; quantity: string }[]): Ask[] {
  onceEach(quantities.map(({ line }) => line));
  for (const { line, quantity: value } of quantities) {
    const asked = lines.find(({ id }) => id === line);
    if (!asked) throw rfqErrors.line_unknown({ line });
    assertFits(value, asked.unit);
  }
  return lines.map((line) => ({
    line,
    quantity: canonical(quantities.find((each) => each.line === line.id)?.quantity ?? line.quantity),
  }));
}

async function answersTo(
  scope: CommandScope,
  rfq: QuoteRow['rfq_id'],
  invitations: readonly InvitationRow[],
  currency: Currency,
): Promise<Answer[]> {
  const rates = await ratesInto(scope, currency);
  const duties = await assessmentsOf(scope, rfq);
  const answers: Answer[] = [];
  for (const quote of await quotesOf(scope, rfq)) {
    const invitation = invitations.find(({ id }) => id === quote.invitation_id);
    const revision = await findQuoteRevision(scope, quote.id, quote.revision);
    if (!invitation || !revision || quote.state === 'withdrawn') continue;
    const lines = await quoteLines(scope, quote.id, quote.revision);
    answers.push({
      invitation,
      quote,
      revision,
      lines: new Map(lines.map((line) => [line.line_id, line])),
      rate: revision.currency === currency ? 'same' : (rates.get(revision.currency) ?? null),
      dutyRate: duties.get(invitation.id) ?? '0',
      valid:
        ['submitted', 'awarded'].includes(quoteStateAt(quote.state, quote.valid_until, scope.now)) &&
        !hasExpired(quote.valid_until, scope.now),
    });
  }
  return answers;
}

function offeredLines(answers: readonly Answer[], { line: ask, quantity: value }: Ask, currency: Currency): OfferedLine[] {
  const offers = answers.flatMap((answer): (OfferedLine & { valid: boolean })[] => {
    const line = answer.lines.get(ask.id);
    const of = answer.revision.currency;
    const found = line && priceLine({ prices: line.prices, minimumLot: line.minimum_lot }, value, of);
    if (!line || !found) return [];
    const tooled = new Decimal(found.amount).plus(line.tooling);
    return [
      {
        invitation: answer.invitation.id,
        quote: answer.quote.id,
        unitPrice: money(found.unitPrice, of),
        amount: money(bounded(found.amount), of),
        tooling: money(line.tooling, of),
        compared: inCurrency(canonical(tooled), answer.rate, currency),
        minimumLot: line.minimum_lot === null ? null : canonical(line.minimum_lot),
        belowMinimumLot: found.belowMinimumLot,
        leadDays: line.lead_days,
        atBreaks: ask.breaks.flatMap((at) => {
          const there = priceLine({ prices: line.prices, minimumLot: null }, at, of);
          return there ? [{ quantity: at, unitPrice: money(there.unitPrice, of), amount: money(bounded(there.amount), of) }] : [];
        }),
        best: false,
        valid: answer.valid,
      },
    ];
  });
  markBest(offers, ({ compared, belowMinimumLot, valid }) => (valid && !belowMinimumLot ? compared : null));
  return offers.map(({ valid: _valid, ...offer }) => offer);
}

function offerOf(scope: CommandScope, answer: Answer, asks: readonly Ask[], currency: Currency): Offer {
  const { quote, revision, rate, dutyRate } = answer;
  const supplied = asks.flatMap(({ line, quantity: value }) => {
    const offered = answer.lines.get(line.id);
    const found = offered && priceLine({ prices: offered.prices, minimumLot: offered.minimum_lot }, value, revision.currency);
    return offered && found && !found.belowMinimumLot ? [{ position: line.position, offered, amount: found.amount }] : [];
  });
  const totals = totalsOf({
    currency: revision.currency,
    rule: revision.incoterms,
    amounts: supplied.map(({ amount }) => amount),
    tooling: supplied.map(({ offered }) => offered.tooling),
    freight: revision.freight,
    taxRate: revision.tax_rate,
    dutyRate,
  });
  const of = (amount: string) => money(bounded(amount), revision.currency);
  const left = Math.max(0, Math.floor((revision.valid_until.getTime() - scope.now.getTime()) / 1000));
  return {
    ...quoteHeadOf(scope, quote, revision),
    delivery: { rule: revision.incoterms, place: revision.incoterms_place },
    paymentDays: revision.payment_days,
    taxRate: canonical(revision.tax_rate),
    validForSeconds: left,
    longestLeadDays: Math.max(0, ...supplied.map(({ offered }) => offered.lead_days)),
    goods: of(totals.goods),
    tooling: of(totals.tooling),
    freight: of(totals.freight),
    tax: of(totals.tax),
    total: of(totals.total),
    dutyRate: canonical(dutyRate),
    duty: of(totals.duty),
    landed: of(totals.landed),
    rate: rate === null || rate === 'same' ? null : rateOf(rate),
    rateMissing: rate === null,
    landedInRfqCurrency: inCurrency(totals.landed, rate, currency),
    missing: asks.filter(({ line }) => !supplied.some(({ position }) => position === line.position)).map(({ line }) => line.position),
    best: false,
  };
}

const inCurrency = (amount: string, rate: Answer['rate'], currency: Currency) =>
  rate === null ? null : money(bounded(rate === 'same' ? amount : converted(amount, rate.rate, currency)), currency);

/** Marks the least, and every one that equals it. */
function markBest<Item extends { best: boolean }>(
  items: readonly Item[],
  amountOf: (item: Item) => { readonly amount: string } | null,
): void {
  const least = items.reduce<Decimal | null>((best, item) => {
    const amount = amountOf(item);
    return amount && (best === null || best.gt(amount.amount)) ? new Decimal(amount.amount) : best;
  }, null);
  for (const item of items) {
    const amount = amountOf(item);
    item.best = least !== null && amount !== null && least.eq(amount.amount);
  }
}
