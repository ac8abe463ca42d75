import { randomUUID } from 'node:crypto';
import type { SharedWorldPorts } from './shared-world.js';
import type { VisibilityMatrix } from './visibility-matrix.js';

interface Identified {
  readonly id: string;
}

interface OrderTerms {
  readonly items: readonly { readonly attachment: string }[];
}

/** What a platform owes whoever works on it, around one order of the world: terms, complaints and ratings. */
export async function createSharedDuties({
  invoke,
  codes,
  mark,
  order,
}: Pick<SharedWorldPorts, 'invoke' | 'codes'> & { readonly mark: string; readonly order: string }): Promise<
  Pick<VisibilityMatrix, 'probes' | 'exempt' | 'secrets'>
> {
  const words = { en: `Terms ${mark}`, zh: `条款 ${mark}` };
  const { id: terms } = await invoke<Identified>('party', 'orders.terms.draft', { code: `TERMS-${mark}`, title: words, text: words });
  await invoke('party', 'orders.terms.publish', { terms, revision: 1 });
  // Attached to another order of the two, which is still proposed.
  const { id: proposed } = await invoke<Identified>('buyer', 'orders.propose', {
    supplier: codes.party,
    ownNumber: `PO-terms-${mark}`,
    currency: 'CNY',
    dueOn: '2099-12-24',
    lines: [{ description: `Under terms ${mark}`, quantity: { value: '1', unit: 'H87' }, unitPrice: '1' }],
  });
  const attached = await invoke<OrderTerms>('party', 'orders.terms.attach', { order: proposed, version: 1, terms });
  const attachment = attached.items[0]?.attachment ?? '';
  const onProposed = { order: proposed, version: 99 };
  const aboutProposed = { ids: [proposed] };
  const open = { en: 'x', zh: 'x' };
  const { id: complaint } = await invoke<Identified>('buyer', 'orders.complaints.file', {
    order,
    category: 'quality',
    text: `scratched, ${mark}`,
  });
  await invoke('party', 'access.grants.give', {
    record: complaint,
    organization: codes.granted,
    reason: `audit ${mark}`,
    expiresAt: '2099-01-01T00:00:00Z',
  });
  const onComplaint = { complaint, version: 99 };
  const aboutComplaint = { ids: [complaint] };
  const said = { ...onComplaint, text: 'x' };
  return {
    secrets: [terms, proposed, attachment, complaint],
    probes: {
      'orders.terms.edit': { input: { terms, revision: 1, title: open, text: open }, ids: [terms] },
      'orders.terms.publish': { input: { terms, revision: 1 }, ids: [terms] },
      'orders.terms.retire': { input: { terms, revision: 1 }, ids: [terms] },
      'orders.terms.get': { input: { terms }, ids: [terms] },
      'orders.terms.list': { input: {} },
      'orders.terms.list (of the platform)': { input: { from: 'platform' } },
      'orders.terms.attach': { input: { ...onProposed, terms }, ...aboutProposed },
      'orders.terms.detach': { input: { ...onProposed, attachment }, ...aboutProposed },
      'orders.terms.accept': { input: { ...onProposed, attachment, sha256: '0'.repeat(64) }, ...aboutProposed },
      'orders.terms.ofOrder': { input: { order }, ids: [order], granted: true },
      'orders.terms.attach (to an order of one’s own)': {
        input: { order: randomUUID(), version: 1, terms },
        ids: [terms],
        strangersOnly: true,
      },
      'orders.complaints.file': { input: { order, category: 'other', text: 'x' }, ids: [order] },
      'orders.complaints.acknowledge': { input: onComplaint, ...aboutComplaint },
      'orders.complaints.assign': { input: { ...onComplaint, owner: 'x' }, ...aboutComplaint },
      'orders.complaints.answer': { input: said, ...aboutComplaint },
      'orders.complaints.accept': { input: onComplaint, ...aboutComplaint },
      'orders.complaints.escalate': { input: said, ...aboutComplaint },
      'orders.complaints.decide': { input: { ...said, outcome: 'upheld' }, ...aboutComplaint },
      'orders.complaints.close': { input: onComplaint, ...aboutComplaint },
      'orders.complaints.withdraw': { input: onComplaint, ...aboutComplaint },
      'orders.complaints.remark': { input: said, ...aboutComplaint },
      'orders.complaints.get': { input: { complaint }, ...aboutComplaint, granted: true },
      'orders.complaints.list': { input: {} },
      'orders.complaints.list (of an order)': { input: { order } },
      'orders.ratings.rate': { input: { order, delivery: 5, quality: 5, communication: 5 }, ids: [order] },
      'orders.ratings.revise': { input: { order, delivery: 5, quality: 5, communication: 5, revision: 1 }, ids: [order] },
      'orders.ratings.answer': { input: { order, reply: 'x' }, ids: [order] },
      'orders.ratings.ofOrder': { input: { order }, ids: [order], granted: true },
      'orders.ratings.score': { input: { supplier: codes.party } },
      'orders.ratings.evidence': { input: { supplier: codes.party, metric: 'response' } },
      'orders.ratings.published': { input: { supplier: codes.party } },
      'metering.months': { input: {} },
      'metering.month': { input: { month: '2026-01' } },
      'metering.csv': { input: { month: '2026-01' } },
    },
    exempt: { 'orders.terms.draft': 'makes something of the caller’s own' },
  };
}
