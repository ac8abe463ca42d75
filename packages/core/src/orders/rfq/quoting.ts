import { createRecord } from '../../access/index.js';
import { type CommandScope, requestErrors } from '../../commands/index.js';
import { newId, type Scope } from '../../database/index.js';
import { canonical, decimalSchema, fitsUnit, money, quantity } from '../../measure/index.js';
import { rfqErrors } from './errors.js';
import { findInvitation, updateInvitation } from './invitation-repository.js';
import { beginInvitationMove, notYourMove, versionStale, wrongState } from './moves.js';
import { priceLine, rounded, totalsOf } from './pricing.js';
import {
  findQuote,
  findQuoteRevision,
  insertQuote,
  insertQuoteRevision,
  lockQuote,
  type QuoteLineRow,
  type QuoteRow,
  quoteLines,
  updateQuote,
} from './quote-repository.js';
import { rfqLines } from './repository.js';
import type { QuoteContentInput } from './schema.js';
import type { RfqService } from './service.js';
import { judgeQuote, type QuoteMove, quoteMoves, quoteStateAt, type StoredQuoteState } from './states.js';
import { tellQuoted } from './telling.js';
import { viewQuote } from './view.js';
import { quoteMoveWords, quoteStateWords } from './words.js';

/** How a supplier prices what it was asked: a quote of its own, whose revisions are all kept. */
export const quoting: Pick<RfqService, 'submitQuote' | 'reviseQuote' | 'withdrawQuote' | 'getQuote' | 'priceQuote'> = {
  async submitQuote(scope, { invitation: id, version, number, ...content }) {
    const { invitation, next } = await beginInvitationMove(scope, { invitation: id, version }, 'quote');
    const quote: Omit<QuoteRow, 'version'> = {
      id: newId<'record'>(),
      invitation_id: invitation.id,
      rfq_id: invitation.rfq_id,
      buyer: invitation.buyer,
      supplier: invitation.supplier,
      number,
      state: 'submitted',
      revision: 1,
      valid_until: validLater(scope, content.validUntil),
      created_at: scope.now,
      changed_at: scope.now,
    };
    await createRecord(scope, {
      id: quote.id,
      kind: 'quote',
      parties: [
        { organization: invitation.supplier, role: 'supplier' },
        { organization: invitation.buyer, role: 'buyer' },
      ],
    });
    await insertQuote(scope, quote);
    const made = { ...quote, version: 1 };
    await writeRevision(scope, made, content);
    await updateInvitation(scope, invitation, { state: next });
    await tellQuoted(scope, made, 'rfq.quote_submitted', {});
    return viewQuote(scope, made);
  },

  async reviseQuote(scope, { quote: id, version, ...content }) {
    const { quote, next } = await beginQuoteMove(scope, { quote: id, version }, 'revise');
    const revised = await updateQuote(scope, quote, {
      state: next,
      revision: quote.revision + 1,
      valid_until: validLater(scope, content.validUntil),
    });
    await writeRevision(scope, revised, content);
    await tellQuoted(scope, revised, 'rfq.quote_revised', {});
    return viewQuote(scope, revised);
  },

  async withdrawQuote(scope, input) {
    const { quote, next } = await beginQuoteMove(scope, input, 'withdraw');
    const withdrawn = await updateQuote(scope, quote, { state: next });
    await tellQuoted(scope, withdrawn, 'rfq.quote_withdrawn', {});
    return viewQuote(scope, withdrawn);
  },

  async getQuote(scope, { quote: id, revision }) {
    return viewQuote(scope, await visibleQuote(scope, id), revision);
  },

  async priceQuote(scope, { quote: id, revision: asked, lines: wanted }) {
    const quote = await visibleQuote(scope, id);
    const revision = await findQuoteRevision(scope, quote.id, asked ?? quote.revision);
    if (!revision) throw requestErrors.not_found({ kind: 'quote' });
    const { currency } = revision;
    const offered = new Map((await quoteLines(scope, quote.id, revision.revision)).map((line) => [line.line_id, line]));
    const asks = new Map((await rfqLines(scope, quote.rfq_id)).map((line) => [line.id, line]));
    const lines = wanted.map(({ line, quantity: value }) => {
      const ask = asks.get(line);
      if (!ask) throw rfqErrors.line_unknown({ line });
      const offer = offered.get(line);
      if (!offer) throw rfqErrors.line_not_quoted({ number: quote.number, line: ask.position });
      assertFits(value, ask.unit);
      return { line, quantity: quantity(value, ask.unit), ...pricedOffer(quote, offer, ask.position, value, currency) };
    });
    onceEach(wanted.map(({ line }) => line));
    const totals = totalsOf({
      currency,
      rule: revision.incoterms,
      amounts: lines.map(({ amount }) => amount.amount),
      tooling: lines.map(({ tooling }) => tooling.amount),
      freight: revision.freight,
      taxRate: revision.tax_rate,
      dutyRate: '0',
    });
    return {
      quote: quote.id,
      revision: revision.revision,
      lines,
      goods: money(bounded(totals.goods), currency),
      tooling: money(bounded(totals.tooling), currency),
      freight: money(totals.freight, currency),
      tax: money(bounded(totals.tax), currency),
      total: money(bounded(totals.total), currency),
    };
  },
};

function pricedOffer(quote: QuoteRow, offer: QuoteLineRow, position: number, value: string, currency: Parameters<typeof priceLine>[2]) {
  const found = priceLine({ prices: offer.prices, minimumLot: offer.minimum_lot }, value, currency);
  if (!found) throw belowMinimum(quote, offer, position, value);
  return {
    from: found.from,
    unitPrice: money(found.unitPrice, currency),
    amount: money(bounded(found.amount), currency),
    tooling: money(offer.tooling, currency),
    belowMinimumLot: found.belowMinimumLot,
    leadDays: offer.lead_days,
  };
}

/** The least that a quote supplies of a line: its minimum lot, or its first break. */
export function belowMinimum({ number }: QuoteRow, { prices, minimum_lot }: QuoteLineRow, line: number, asked: string) {
  return rfqErrors.below_minimum({ number, line, minimum: canonical(minimum_lot ?? prices[0]?.from ?? '0'), asked: canonical(asked) });
}

export function bounded(amount: string, whatEn = 'the quote', whatZh = '报价'): string {
  if (!decimalSchema.safeParse(amount).success) throw rfqErrors.amount_too_large({ amount, whatEn, whatZh });
  return amount;
}

export function assertFits(value: string, unit: string): void {
  if (!fitsUnit(value, unit)) throw rfqErrors.not_whole({ value, unit });
}

export function onceEach(lines: readonly string[]): void {
  const twice = lines.find((line, index) => lines.indexOf(line) !== index);
  if (twice !== undefined) throw rfqErrors.line_twice({ line: twice });
}

async function visibleQuote(scope: Scope, id: string): Promise<QuoteRow> {
  const quote = await findQuote(scope, id);
  if (!quote) throw requestErrors.not_found({ kind: 'quote' });
  return quote;
}

/** Locks the invitation, then the quote, and asks both tables. */
async function beginQuoteMove(
  scope: Scope,
  input: { readonly quote: string; readonly version: number },
  move: Extract<QuoteMove, 'revise' | 'withdraw'>,
): Promise<{ readonly quote: QuoteRow; readonly next: StoredQuoteState }> {
  const seen = await visibleQuote(scope, input.quote);
  const what = { en: 'quote', zh: '报价' };
  const invitation = await findInvitation(scope, seen.invitation_id);
  if (seen.supplier !== scope.organization || !invitation) throw notYourMove(quoteMoveWords[move], { en: 'supplier', zh: '供应方' }, what);
  await beginInvitationMove(scope, { invitation: invitation.id }, move);
  const quote = (await lockQuote(scope, input.quote)) ?? seen;
  if (quote.version !== input.version) throw versionStale(what, quote.version, input.version);
  const state = quoteStateAt(quote.state, quote.valid_until, scope.now);
  const judged = judgeQuote(state, move, 'supplier');
  if (judged.allowed) return { quote, next: judged.next };
  const possible = quoteMoves.filter((each) => judgeQuote(state, each, 'supplier').allowed).map((each) => quoteMoveWords[each]);
  throw wrongState(quoteMoveWords[move], what, quoteStateWords[state], possible);
}

function validLater(scope: Scope, validUntil: string): Date {
  const until = new Date(validUntil);
  if (until <= scope.now) throw rfqErrors.validity_past({ validUntil });
  return until;
}

/** Prices and amounts are checked against the lines asked for; everything a total needs is kept, and no total. */
async function writeRevision(scope: CommandScope, quote: QuoteRow, content: QuoteContentInput): Promise<void> {
  const asks = new Map((await rfqLines(scope, quote.rfq_id)).map((line) => [line.id, line]));
  onceEach(content.lines.map(({ line }) => line));
  const { currency } = content;
  const lines = content.lines.map(({ line, prices, tooling, minimumLot, leadDays, note }) => {
    const ask = asks.get(line);
    if (!ask) throw rfqErrors.line_unknown({ line });
    for (const { from } of prices) assertFits(from, ask.unit);
    if (minimumLot !== undefined) assertFits(minimumLot, ask.unit);
    const priced = priceLine({ prices, minimumLot: null }, ask.quantity, currency);
    if (priced) bounded(priced.amount, `line ${ask.position}`, `第 ${ask.position} 行`);
    return {
      line_id: line,
      prices,
      tooling: rounded(tooling, currency),
      minimum_lot: minimumLot === undefined ? null : canonical(minimumLot),
      lead_days: leadDays,
      note: note || null,
    };
  });
  await insertQuoteRevision(
    scope,
    {
      quote_id: quote.id,
      revision: quote.revision,
      currency,
      incoterms: content.delivery.rule,
      incoterms_place: content.delivery.place,
      payment_days: content.paymentDays,
      tax_rate: canonical(content.taxRate),
      freight: rounded(content.freight, currency),
      valid_until: quote.valid_until,
      note: content.note || null,
      submitted_at: scope.now,
      submitted_by: scope.actor.label,
    },
    lines,
  );
}
