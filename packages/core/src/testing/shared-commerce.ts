import { randomBytes, randomUUID } from 'node:crypto';
import type { SharedWorldPorts } from './shared-world.js';
import type { VisibilityMatrix } from './visibility-matrix.js';

interface Identified {
  readonly id: string;
}

/** What the party sells with: a campaign, its lead, a quotation sent to the buyer, and the order of a person. */
export async function createSharedCommerce({
  invoke,
  codes,
  mark,
}: Pick<SharedWorldPorts, 'invoke'> & { readonly codes: { readonly buyer: string }; readonly mark: string }): Promise<{
  readonly quotation: string;
  readonly consumerOrder: string;
  readonly lead: string;
  readonly token: string;
  readonly probes: VisibilityMatrix['probes'];
}> {
  const own = <Output>(procedure: string, input: object) => invoke<Output>('party', procedure, input);
  const fair = { code: `fair-${mark}`, name: `Fair ${mark}`, startsOn: '2099-01-01', endsOn: '2099-01-04' };
  const { id: campaign, token } = await own<Identified & { token: string }>('commerce.campaigns.open', fair);
  const taken = { key: randomUUID(), campaign: token, capturedAt: '2026-01-01T08:00:00Z', interest: `blanks ${mark}` };
  const person = { consent: true, contactName: mark, email: `${mark}@visitor.example` };
  const captured = await own<{ leads: { lead: string }[] }>('commerce.leads.capture', { leads: [{ ...taken, ...person }] });
  const lead = captured.leads[0]?.lead ?? '';
  const line = { description: `Blank ${mark}`, quantity: { value: '10', unit: 'H87' }, unitPrice: '12.5' };
  const content = { currency: 'USD', validUntil: '2099-01-01T00:00:00Z', lines: [line], cost: { purchase: mark } };
  // The buyer of the world reads it; to the strangers of the matrix it is hidden.
  const draft = { ...content, number: `Q-${mark}`, buyer: codes.buyer, lead };
  const { id: quotation } = await own<Identified>('commerce.quotations.draft', draft);
  await own('commerce.quotations.send', { quotation, version: 1 });
  const { id: consumerOrder } = await own<Identified>('commerce.consumerOrders.place', {
    number: `C-${mark}`,
    description: `One of a kind ${mark}`,
    price: { amount: '1999', currency: 'CNY' },
    person: { name: `Person ${mark}`, email: `${mark}@person.example` },
    measurements: { chest: { value: '96', unit: 'CMT' } },
    consent: { text: `for making it, ${mark}`, givenAt: '2026-01-01T08:00:00Z' },
  });

  const onQuotation = { quotation, version: 99 };
  const aboutQuotation = { ids: [quotation] };
  const onConsumer = { consumerOrder, version: 99 };
  const aboutConsumer = { ids: [consumerOrder] };
  const onLead = { lead, version: 99 };
  const absentToken = () => randomBytes(16).toString('base64url');
  return {
    quotation,
    consumerOrder,
    lead,
    token,
    probes: {
      'commerce.campaigns.list': { input: {} },
      'commerce.leads.capture': { input: { leads: [{ ...taken, key: randomUUID() }] }, ids: [token], absent: absentToken },
      'commerce.leads.get': { input: { lead }, ids: [lead] },
      'commerce.leads.list': { input: {} },
      'commerce.leads.list (of a campaign)': { input: { campaign }, ids: [campaign] },
      'commerce.leads.move': { input: { ...onLead, move: 'contact' }, ids: [lead] },
      'commerce.leads.follow': { input: { ...onLead, note: 'x' }, ids: [lead] },
      'commerce.leads.withdrawConsent': { input: onLead, ids: [lead] },
      'commerce.leads.funnel': { input: { campaign }, ids: [campaign] },
      'commerce.quotations.draft': { input: { ...content, number: 'Q-other', contact: { name: 'x' }, lead }, ids: [lead] },
      'commerce.quotations.revise': { input: { ...content, ...onQuotation }, ...aboutQuotation },
      'commerce.quotations.send': { input: onQuotation, ...aboutQuotation },
      'commerce.quotations.accept': { input: { ...onQuotation, revision: 1, ownNumber: 'x', dueOn: '2099-01-01' }, ...aboutQuotation },
      'commerce.quotations.decline': { input: { ...onQuotation, reason: 'x' }, ...aboutQuotation },
      'commerce.quotations.recordAnswer': { input: { ...onQuotation, answer: 'accepted' }, ...aboutQuotation },
      'commerce.quotations.get': { input: { quotation }, ...aboutQuotation, granted: true },
      'commerce.quotations.list': { input: {} },
      'commerce.consumerOrders.get': { input: { consumerOrder }, ...aboutConsumer, granted: true },
      'commerce.consumerOrders.person': { input: { consumerOrder }, ...aboutConsumer },
      'commerce.consumerOrders.list': { input: {} },
      'commerce.consumerOrders.move': { input: { ...onConsumer, move: 'confirm' }, ...aboutConsumer },
      'commerce.consumerOrders.link': { input: { ...onConsumer, order: null }, ...aboutConsumer },
      'commerce.consumerOrders.withdrawConsent': { input: onConsumer, ...aboutConsumer },
    },
  };
}
