import { randomUUID } from 'node:crypto';
import type { SharedWorldPorts } from './shared-world.js';
import type { VisibilityMatrix } from './visibility-matrix.js';

interface Shipped {
  readonly version: number;
  readonly shipments: readonly { readonly id: string; readonly lines: readonly { readonly id: string }[] }[];
}

/** An order of its own that was shipped in one package and received short, with the claim still open. */
export async function createSharedDelivery({
  invoke,
  codes,
  mark,
}: Pick<SharedWorldPorts, 'invoke' | 'codes'> & { readonly mark: string }): Promise<Pick<VisibilityMatrix, 'probes' | 'secrets'>> {
  const proposed = await invoke<{ id: string; lines: { id: string }[] }>('buyer', 'orders.propose', {
    supplier: codes.party,
    ownNumber: `PO-delivered-${mark}`,
    currency: 'CNY',
    dueOn: '2099-12-24',
    lines: [{ description: `Delivered ${mark}`, quantity: { value: '3', unit: 'H87' }, unitPrice: '1' }],
  });
  const order = proposed.id;
  const line = proposed.lines[0]?.id ?? '';
  await invoke('party', 'orders.accept', { order, version: 1 });
  const { job, lot } = await invoke<{ job: string; lot: string }>('party', 'orders.start', { order, version: 2, line });
  await invoke('party', 'production.countByHand', { job, version: 1, good: '3', reason: 'x' });
  const counted = await invoke<{ version: number }>('party', 'production.jobs.get', { job });
  await invoke('party', 'production.lots.close', { job, version: counted.version, lot });
  const closed = await invoke<{ version: number }>('party', 'lifecycle.lots.get', { lot });
  await invoke('party', 'lifecycle.lots.release', { lot, version: closed.version });
  const { version } = await invoke<Shipped>('party', 'orders.get', { order });
  const number = `CTN-${mark}`;
  const shipped = await invoke<Shipped>('party', 'orders.ship', {
    order,
    version,
    lines: [{ line, lot, quantity: '3' }],
    packages: [{ type: 'CT', number, contents: [{ line: 0, quantity: '3' }] }],
  });
  const shipment = shipped.shipments[0]?.id ?? '';
  const shipmentLine = shipped.shipments[0]?.lines[0]?.id ?? '';
  const missing = { quantity: '1', reason: 'lost' };
  await invoke('buyer', 'orders.receive', { order, version: shipped.version, shipment, lines: [{ shipmentLine, quantity: '2', missing }] });
  const { differences } = await invoke<{ differences: { id: string }[] }>('party', 'orders.shipments.get', { order, shipment });
  const difference = differences[0]?.id ?? '';
  const onClaim = { input: { order, version: 99, difference }, ids: [order, difference] };
  const ofShipment = { input: { order, shipment }, ids: [order, shipment] };
  return {
    secrets: [order, lot, shipment, shipmentLine, difference, number],
    probes: {
      'orders.packages.find': { input: { code: number }, ids: [number], absent: () => `CTN-${randomUUID().slice(0, 8)}` },
      'orders.shipments.get': ofShipment,
      'orders.shipments.paper': ofShipment,
      'orders.differences.acknowledge': onClaim,
      'orders.differences.contest': { ...onClaim, input: { ...onClaim.input, reason: 'x' } },
      'orders.differences.withdraw': onClaim,
      'orders.return': { input: { order, version: 99, reason: 'x', lines: [{ shipmentLine, quantity: '1' }] }, ids: [order, shipmentLine] },
    },
  };
}
