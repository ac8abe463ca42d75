import { randomUUID } from 'node:crypto';
import type { SharedWorldPorts } from './shared-world.js';
import type { VisibilityMatrix } from './visibility-matrix.js';

interface Identified {
  readonly id: string;
}

interface OrderTerms {
  readonly items: readonly { readonly attachment: string }[];
}

/** What a platform owes whoever works on it, around one order of the world: terms. */
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
  return {
    secrets: [terms, proposed, attachment],
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
    },
    exempt: { 'orders.terms.draft': 'makes something of the caller’s own' },
  };
}
