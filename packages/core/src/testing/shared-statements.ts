import { randomUUID } from 'node:crypto';
import type { SharedWorldPorts } from './shared-world.js';
import type { VisibilityMatrix } from './visibility-matrix.js';

interface Identified {
  readonly id: string;
}

interface Order extends Identified {
  readonly version: number;
  readonly lines: readonly Identified[];
  readonly shipments: readonly (Identified & { readonly lines: readonly Identified[] })[];
}

/** An order of the party that was delivered and accepted, and the statement that bills it. */
export async function createSharedStatement({
  invoke,
  codes,
  mark,
}: Pick<SharedWorldPorts, 'invoke' | 'codes'> & { readonly mark: string }): Promise<
  Pick<VisibilityMatrix, 'probes' | 'secrets'> & { readonly record: string }
> {
  const own = <Output>(procedure: string, input: object) => invoke<Output>('party', procedure, input);
  const { id: order, lines } = await invoke<Order>('buyer', 'orders.propose', {
    supplier: codes.party,
    ownNumber: `PO-billed-${mark}`,
    currency: 'USD',
    dueOn: '2099-12-24',
    lines: [{ description: `Billed ${mark}`, quantity: { value: '2', unit: 'H87' }, unitPrice: '7' }],
  });
  const line = lines[0]?.id ?? '';
  await own('orders.accept', { order, version: 1 });
  const { job, lot } = await own<{ job: string; lot: string }>('orders.start', { order, version: 2, line });
  await own('production.countByHand', { job, version: 1, good: '2', reason: 'x' });
  await own('production.lots.close', { job, version: 2, lot });
  const { version } = await own<{ version: number }>('lifecycle.lots.get', { lot });
  await own('lifecycle.lots.release', { lot, version });
  const shipped = await own<Order>('orders.ship', { order, version: 3, lines: [{ line, lot, quantity: '2' }] });
  const shipment = shipped.shipments[0];
  const shipmentLine = shipment?.lines[0]?.id ?? '';
  await invoke('buyer', 'orders.receive', { order, version: 4, shipment: shipment?.id });
  await invoke('buyer', 'orders.inspect', { order, version: 5, lines: [{ shipmentLine, accepted: '2' }] });
  const { id: statement, lines: stated } = await own<Order>('orders.statements.draft', {
    buyer: codes.buyer,
    from: '2000-01-01',
    to: '2099-12-31',
    currency: 'USD',
    number: `ST-${mark}`,
  });
  const statementLine = stated[0]?.id ?? '';
  const onStatement = { statement, version: 99 };
  const about = { ids: [statement] };
  const onLine = { ...onStatement, line: statementLine };
  const aboutLine = { ids: [statement, statementLine] };
  const proposal = { ...onStatement, reason: 'x', amount: '1' };
  return {
    record: statement,
    secrets: [statement, statementLine, order, lot, shipmentLine],
    probes: {
      'orders.statements.refresh': { input: onStatement, ...about },
      'orders.statements.send': { input: onStatement, ...about },
      'orders.statements.cancel': { input: { ...onStatement, reason: 'x' }, ...about },
      'orders.statements.confirm': { input: { ...onStatement, lines: [statementLine] }, ...aboutLine },
      'orders.statements.dispute': { input: { ...onLine, reason: 'x' }, ...aboutLine },
      'orders.statements.withdrawDispute': { input: onLine, ...aboutLine },
      'orders.statements.adjust': { input: { ...onLine, reason: 'x', quantity: '1' }, ...aboutLine },
      'orders.statements.exclude': { input: { ...onLine, reason: 'x' }, ...aboutLine },
      'orders.statements.deduct': {
        input: { ...proposal, type: 'nonconformance', evidence: { shipmentLine } },
        ids: [statement, shipmentLine],
      },
      'orders.statements.add': { input: { ...proposal, type: 'freight', evidence: { order } }, ids: [statement, order] },
      'orders.statements.pay': { input: { ...onStatement, paidOn: '2026-01-01', reference: 'x' }, ...about },
      'orders.statements.refusePayment': { input: { ...onStatement, reason: 'x' }, ...about },
      'orders.statements.acknowledge': { input: onStatement, ...about },
      'orders.statements.get': { input: { statement }, ...about, granted: true },
      'orders.statements.timeline': { input: { statement }, ...about, granted: true },
      'orders.statements.list': { input: {} },
      'orders.statements.list (of an order)': { input: { order } },
      'orders.statements.list (with the party, overdue)': { input: { counterparty: codes.party, overdue: true } },
      'orders.statements.ageing': { input: {} },
      'orders.statements.ageing (with the party)': { input: { counterparty: codes.party } },
      // Whatever the buyer and the party have between them, another who asks the same finds nothing.
      'orders.statements.draft': {
        input: { buyer: codes.buyer, from: '2000-01-01', to: '2099-12-31', currency: 'EUR', number: `ST-${randomUUID()}` },
      },
      'orders.statements.request': { input: { supplier: codes.party, from: '2000-01-01', to: '2099-12-31', currency: 'USD' } },
      'orders.settle': { input: { order, version: 99 }, ids: [order] },
    },
  };
}
