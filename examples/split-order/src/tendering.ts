import { type Cast, type Factory, found, inDays } from './cast.js';

/** What one factory asks for the brackets: unit prices from a quantity on, and the days it takes. */
interface Offer {
  readonly prices: readonly { from: string; unitPrice: string }[];
  readonly leadDays: number;
}

const offers: readonly Offer[] = [
  {
    prices: [
      { from: '1', unitPrice: '13.20' },
      { from: '500', unitPrice: '12.50' },
    ],
    leadDays: 25,
  },
  { prices: [{ from: '1', unitPrice: '11.80' }], leadDays: 10 },
  { prices: [{ from: '1', unitPrice: '13.00' }], leadDays: 15 },
];

export interface Tender {
  readonly rfq: string;
  readonly line: string;
  /** One for each factory, in their order. */
  readonly quotes: readonly { readonly quote: string; readonly revision: number }[];
}

/** The buyer asks three factories for a thousand brackets; none of them learns of the others. */
export async function tender({ buyer, factories, say }: Cast, name: string): Promise<Tender> {
  // #region ask
  const draft = await buyer.orders.rfq.create({
    number: `${name}-RFQ`,
    title: 'Welded bracket',
    currency: 'CNY',
    respondBy: new Date(Date.now() + 3_600_000).toISOString(),
    wantedOn: inDays(45),
    delivery: { rule: 'DAP', place: 'Weihai' },
    confidentiality: { version: '2026-1', text: 'Drawings are for quoting only and stay with the supplier.' },
    lines: [{ description: 'Bracket', quantity: { value: '1000', unit: 'H87' }, breaks: ['500'] }],
  });
  const { rfq, invitations } = await buyer.orders.rfq.open({
    rfq: draft.id,
    version: draft.version,
    suppliers: factories.map(({ code }) => code),
  });
  // #endregion
  const line = found(rfq.lines[0], 'the line of the request').id;
  say(`The buyer asks ${factories.length} factories for 1000 brackets; each sees only its own invitation.`);
  const quotes = [];
  for (const [index, factory] of factories.entries()) {
    quotes.push(await answer(factory, found(invitations[index], 'the invitation'), line, found(offers[index], 'the offer'), name));
    say(`${factory.code} accepts the confidentiality terms, reads the line and quotes.`);
  }
  const { offers: compared } = await buyer.orders.rfq.compare({ rfq: rfq.id });
  for (const { supplier, offer } of compared)
    if (offer)
      say(
        `  ${supplier.code}: ${offer.landed.amount} ${offer.landed.currency} landed${offer.best ? ', the least' : ''}, in ${offer.longestLeadDays} days.`,
      );
  return { rfq: rfq.id, line, quotes };
}

async function answer({ yunfab }: Factory, invitation: string, line: string, { prices, leadDays }: Offer, name: string) {
  // #region quote
  const invited = await yunfab.orders.rfq.invitations.get({ invitation });
  const admitted = await yunfab.orders.rfq.invitations.acceptConfidentiality({
    invitation,
    version: invited.version,
    terms: found(invited.confidentiality, 'the confidentiality terms').version,
  });
  const { id, revision } = await yunfab.orders.rfq.quotes.submit({
    invitation,
    version: admitted.version,
    number: `${name}-Q`,
    currency: 'CNY',
    delivery: { rule: 'DAP', place: 'Weihai' },
    paymentDays: 30,
    taxRate: '13',
    validUntil: new Date(Date.now() + 30 * 86_400_000).toISOString(),
    lines: [{ line, prices: [...prices], leadDays }],
  });
  // #endregion
  return { quote: id, revision };
}
