import { randomUUID } from 'node:crypto';
import type { SharedWorldPorts } from './shared-world.js';
import type { VisibilityMatrix } from './visibility-matrix.js';

interface Identified {
  readonly id: string;
}

interface Opened {
  readonly rfq: { readonly lines: readonly Identified[] };
  readonly invitations: readonly string[];
}

/** Two requests for quotes: one that the party asks of the buyer, with a question and a quote, and one that the buyer asks of the party. */
export async function createSharedRfq({
  invoke,
  codes,
  mark,
}: Pick<SharedWorldPorts, 'invoke' | 'codes'> & { readonly mark: string }): Promise<{
  readonly records: readonly string[];
  readonly secrets: readonly string[];
  readonly probes: VisibilityMatrix['probes'];
  readonly exempt: VisibilityMatrix['exempt'];
}> {
  const content = {
    title: `Mould ${mark}`,
    currency: 'CNY',
    respondBy: '2099-01-01T00:00:00Z',
    confidentiality: { version: `NDA-${mark}`, text: `Tell nobody of ${mark}` },
    lines: [{ description: `Cavity ${mark}`, quantity: { value: '10', unit: 'H87' } }],
  };
  const delivery = { rule: 'EXW', place: mark };
  const quoted = (line: string) => ({
    currency: 'CNY',
    delivery,
    paymentDays: 30,
    taxRate: '13',
    validUntil: '2099-01-01T00:00:00Z',
    lines: [{ line, prices: [{ from: '1', unitPrice: '77.31' }], leadDays: 7 }],
  });
  const ask = async (who: 'buyer' | 'party', supplier: 'buyer' | 'party') => {
    const { id } = await invoke<Identified>(who, 'orders.rfq.create', { ...content, number: `RFQ-${mark}` });
    const { rfq, invitations } = await invoke<Opened>(who, 'orders.rfq.open', { rfq: id, version: 1, suppliers: [codes[supplier]] });
    const invitation = invitations[0] ?? '';
    await invoke(supplier, 'orders.rfq.invitations.acceptConfidentiality', { invitation, version: 1, terms: `NDA-${mark}` });
    return { id, line: rfq.lines[0]?.id ?? '', invitation };
  };
  const own = await ask('party', 'buyer');
  const asked = await invoke<{ questions: readonly Identified[] }>('buyer', 'orders.rfq.invitations.ask', {
    invitation: own.invitation,
    version: 2,
    text: `What is ${mark}?`,
  });
  const question = asked.questions[0]?.id ?? '';
  const theirs = await ask('buyer', 'party');
  const submit = { invitation: theirs.invitation, version: 2, number: `QUOTE-${mark}`, ...quoted(theirs.line) };
  const { id: quote } = await invoke<Identified>('party', 'orders.rfq.quotes.submit', submit);
  await invoke('party', 'orders.rfq.rates.set', { from: 'USD', to: 'CNY', rate: '7.1', asOf: '2026-01-01', source: `bank ${mark}` });
  const draft = await invoke<Identified>('party', 'orders.rfq.create', { ...content, number: `DRAFT-${mark}` });

  const onOwn = { rfq: own.id, version: 99 };
  const aboutOwn = { ids: [own.id] };
  const onTheirs = { invitation: theirs.invitation, version: 99 };
  const aboutTheirs = { ids: [theirs.invitation] };
  const onQuote = { quote, version: 99 };
  const aboutQuote = { ids: [quote] };
  return {
    // The invitation and the quote are shared on purpose by the party, and so readable to the granted organization.
    records: [own.id, theirs.invitation, quote],
    secrets: [own.id, own.line, own.invitation, question, theirs.id, theirs.line, theirs.invitation, quote, draft.id],
    exempt: { 'orders.rfq.create': 'makes something of the caller’s own', 'orders.rfq.rates.set': 'makes something of the caller’s own' },
    probes: {
      'orders.rfq.revise': { input: { ...content, rfq: draft.id, version: 99 }, ids: [draft.id] },
      'orders.rfq.open': { input: { rfq: draft.id, version: 99, suppliers: [codes.buyer] }, ids: [draft.id] },
      'orders.rfq.invite': { input: { ...onOwn, suppliers: [codes.unrelated] }, ...aboutOwn },
      'orders.rfq.extend': { input: { ...onOwn, respondBy: '2099-02-01T00:00:00Z' }, ...aboutOwn },
      'orders.rfq.assess': { input: { ...onOwn, invitation: own.invitation, dutyRate: '5' }, ids: [own.id, own.invitation] },
      'orders.rfq.answer': { input: { question, answer: 'x', to: 'asker' }, ids: [question] },
      'orders.rfq.compare': { input: { rfq: own.id }, ...aboutOwn },
      'orders.rfq.award': { input: { rfq: own.id, orders: [{ quote: randomUUID(), revision: 1, ownNumber: 'x' }] }, ...aboutOwn },
      'orders.rfq.conclude': { input: onOwn, ...aboutOwn },
      'orders.rfq.close': { input: onOwn, ...aboutOwn },
      'orders.rfq.reopen': { input: onOwn, ...aboutOwn },
      'orders.rfq.cancel': { input: { ...onOwn, reason: 'x' }, ...aboutOwn },
      'orders.rfq.get': { input: { rfq: own.id }, ...aboutOwn, granted: true },
      'orders.rfq.list': { input: {} },
      'orders.rfq.timeline': { input: { rfq: own.id }, ...aboutOwn, granted: true },
      'orders.rfq.invitations.get': { input: { invitation: theirs.invitation }, ...aboutTheirs, granted: true },
      'orders.rfq.invitations.get (of another’s request)': { input: { invitation: own.invitation }, ids: [own.invitation] },
      'orders.rfq.invitations.list': { input: {} },
      'orders.rfq.invitations.timeline': { input: { invitation: theirs.invitation }, ...aboutTheirs, granted: true },
      'orders.rfq.invitations.acceptConfidentiality': { input: { ...onTheirs, terms: 'x' }, ...aboutTheirs },
      'orders.rfq.invitations.ask': { input: { ...onTheirs, text: 'x' }, ...aboutTheirs },
      'orders.rfq.invitations.decline': { input: { ...onTheirs, reason: 'x' }, ...aboutTheirs },
      'orders.rfq.quotes.submit': {
        input: { ...onTheirs, number: 'x', ...quoted(theirs.line) },
        ids: [theirs.invitation, theirs.line],
      },
      'orders.rfq.quotes.revise': { input: { ...onQuote, ...quoted(theirs.line) }, ids: [quote, theirs.line] },
      'orders.rfq.quotes.withdraw': { input: onQuote, ...aboutQuote },
      'orders.rfq.quotes.get': { input: { quote }, ...aboutQuote, granted: true },
      'orders.rfq.quotes.price': { input: { quote, lines: [{ line: theirs.line, quantity: '1' }] }, ids: [quote, theirs.line] },
      'orders.rfq.rates.list': { input: {} },
    },
  };
}
