import { randomUUID } from 'node:crypto';
import type { SharedWorldPorts } from './shared-world.js';
import type { VisibilityMatrix } from './visibility-matrix.js';

interface Proposed {
  readonly id: string;
  readonly lines: readonly { readonly id: string }[];
}

/** An order that the party supplies to the buyer and has given to another factory in part: the unrelated organization. */
export async function createSharedSubcontract({
  invoke,
  codes,
  mark,
}: Pick<SharedWorldPorts, 'invoke' | 'codes'> & { readonly mark: string }): Promise<Pick<VisibilityMatrix, 'probes' | 'secrets'>> {
  const line = (what: string) => ({ description: what, quantity: { value: '10', unit: 'H87' }, unitPrice: '12.5' });
  const ordering = { currency: 'CNY', dueOn: '2099-12-24' };
  const { id: order, lines } = await invoke<Proposed>('buyer', 'orders.propose', {
    ...{ supplier: codes.party, ownNumber: `PO-sub-${mark}`, ...ordering },
    lines: [line(`Subcontracted ${mark}`)],
  });
  await invoke('party', 'orders.accept', { order, version: 1 });
  const orderLine = lines[0]?.id ?? '';
  const part = { line: orderLine, quantity: '4', unitPrice: '9', ...ordering };
  const made = await invoke<{ allocation: string }>('party', 'orders.subcontract.create', {
    ...{ order, version: 2, ...part, factory: codes.granted },
    ...{ description: `Part of ${mark}`, ownNumber: `SUB-${mark}` },
  });
  const providing = { description: `Steel ${mark}`, unit: 'KGM' };
  const { materials } = await invoke<{ materials: { id: string }[] }>('buyer', 'orders.suppliedMaterial.agree', {
    order,
    version: 3,
    ...providing,
  });
  const material = materials[0]?.id ?? '';
  const { id: lot } = await invoke<{ id: string }>('buyer', 'lifecycle.lots.register', {
    code: `STEEL-${mark}`,
    quantity: { value: '9', unit: 'KGM' },
  });
  const onMaterial = { order, material, version: 99 };
  const ofLot = { ...onMaterial, lot, quantity: '1' };
  // The unrelated organization supplies an order of its own, and so has a place from which to name what is hidden.
  const theirs = await invoke<Proposed>('buyer', 'orders.propose', {
    ...{ supplier: codes.unrelated, ownNumber: 'PO-sub-other', ...ordering },
    lines: [line('Their part')],
  });
  await invoke('unrelated', 'orders.accept', { order: theirs.id, version: 1 });
  const onOrder = { order, version: 99 };
  const onTheirs = { order: theirs.id, version: 2 };
  const theirLine = theirs.lines[0]?.id ?? '';
  const about = { ids: [order] };
  return {
    secrets: [order, orderLine, made.allocation, material, lot],
    probes: {
      'orders.subcontract.create': { input: { ...onOrder, ...part, factory: codes.unrelated }, ids: [order, orderLine] },
      'orders.subcontract.create (of the line of another)': {
        input: { ...onTheirs, ...part, factory: codes.party },
        ids: [orderLine],
        strangersOnly: true,
      },
      'orders.subcontract.allocate': {
        input: { ...onOrder, line: orderLine, subLine: randomUUID(), quantity: '1' },
        ids: [order, orderLine],
      },
      'orders.subcontract.allocate (by the line of another)': {
        input: { ...onTheirs, line: theirLine, subLine: orderLine, quantity: '1' },
        ids: [orderLine],
        strangersOnly: true,
      },
      'orders.subcontract.release': { input: { order, allocation: made.allocation, reason: 'x' }, ids: [order, made.allocation] },
      'orders.subcontract.release (of another)': {
        input: { order: theirs.id, allocation: made.allocation, reason: 'x' },
        ids: [made.allocation],
        strangersOnly: true,
      },
      'orders.subcontract.credit': {
        input: { ...onOrder, shipmentLine: randomUUID(), allocation: made.allocation, quantity: '1' },
        ids: [order, made.allocation],
      },
      'orders.suppliedMaterial.agree': { input: { order, version: 99, ...providing }, ...about },
      'orders.suppliedMaterial.send': { input: ofLot, ids: [order, material, lot] },
      'orders.suppliedMaterial.receive': { input: ofLot, ids: [order, material, lot] },
      'orders.suppliedMaterial.use': { input: { ...ofLot, reason: 'x' }, ids: [order, material, lot] },
      'orders.suppliedMaterial.scrap': { input: { ...ofLot, reason: 'x' }, ids: [order, material, lot] },
      'orders.suppliedMaterial.return': { input: ofLot, ids: [order, material, lot] },
      'orders.suppliedMaterial.writeOff': { input: { ...ofLot, reason: 'x' }, ids: [order, material, lot] },
      'orders.suppliedMaterial.reverse': {
        input: { ...onMaterial, entry: randomUUID(), quantity: '1', reason: 'x' },
        ids: [order, material],
      },
      'orders.suppliedMaterial.of': { input: { order }, ...about },
      'orders.subcontract.endOperations': { input: { order }, ...about },
      'orders.subcontract.of': { input: { order }, ...about },
    },
  };
}
