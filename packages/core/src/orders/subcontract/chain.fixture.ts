import type { TestOrganization } from '../../testing/index.js';
import type { Floor } from '../floor.fixture.js';
import type { OrderView } from '../index.js';

let numbers = 0;
const next = (what: string) => `${what}-${++numbers}`;

/** Orders between companies, moved on by whoever's move it is, each at the version that is there. */
export function createTrade(floor: Floor) {
  const seen = (who: TestOrganization, order: string): Promise<OrderView> => floor.as(who).orders.get({ order });
  const at = async (who: TestOrganization, order: string) => ({ order, version: (await seen(who, order)).version });

  async function agreed(buyer: TestOrganization, supplier: TestOrganization, quantities: readonly string[]): Promise<OrderView> {
    const { id, version } = await floor.as(buyer).orders.propose({
      supplier: supplier.code,
      ownNumber: next('PO'),
      currency: 'CNY',
      dueOn: '2099-12-24',
      lines: quantities.map((value) => ({ description: 'Part', quantity: { value, unit: 'H87' as const }, unitPrice: '10' })),
    });
    return floor.as(supplier).orders.accept({ order: id, version });
  }

  /** The supplier makes a quantity of a line by hand and releases its lot. */
  async function make(supplier: TestOrganization, order: string, line: string, quantity: string): Promise<string> {
    const { job, lot } = await floor.as(supplier).orders.start({ ...(await at(supplier, order)), line, quantity });
    const { version } = await floor.as(supplier).production.countByHand({ job, version: 1, good: quantity, reason: 'made' });
    await floor.as(supplier).production.lots.close({ job, version, lot, openNext: false });
    await floor.as(supplier).lifecycle.lots.release({ lot, version: (await floor.as(supplier).lifecycle.lots.get({ lot })).version });
    return lot;
  }

  async function ship(supplier: TestOrganization, order: string, line: string, lot: string, quantity: string): Promise<OrderView> {
    return floor.as(supplier).orders.ship({ ...(await at(supplier, order)), lines: [{ line, lot, quantity }] });
  }

  /** The buyer receives all that is underway and judges it. */
  async function accept(buyer: TestOrganization, order: string, accepted: string, rejected = '0'): Promise<OrderView> {
    const before = await seen(buyer, order);
    const shipment = before.shipments.at(-1);
    const received = await floor.as(buyer).orders.receive({ order, version: before.version, shipment: shipment?.id ?? '' });
    const shipmentLine = shipment?.lines[0]?.id ?? '';
    const judged = { shipmentLine, accepted, rejected, ...(rejected === '0' ? {} : { reason: 'scratched' }) };
    return floor.as(buyer).orders.inspect({ order, version: received.version, lines: [judged] });
  }

  async function subOrder(
    contractor: TestOrganization,
    order: string,
    line: string,
    factory: TestOrganization,
    quantity: string,
    more: Partial<Parameters<ReturnType<Floor['as']>['orders']['subcontract']['create']>[0]> = {},
  ) {
    return floor.as(contractor).orders.subcontract.create({
      ...(await at(contractor, order)),
      ...{ line, factory: factory.code, quantity, unitPrice: '7', currency: 'CNY', dueOn: '2099-12-01' },
      ...more,
    });
  }

  /** A sub-order that is accepted, made, shipped and accepted by the contractor. */
  async function delivered(contractor: TestOrganization, factory: TestOrganization, sub: { id: string; line: string }, quantity: string) {
    await floor.as(factory).orders.accept(await at(factory, sub.id));
    const lot = await make(factory, sub.id, sub.line, quantity);
    await ship(factory, sub.id, sub.line, lot, quantity);
    await accept(contractor, sub.id, quantity);
    return lot;
  }

  return { seen, at, agreed, make, ship, accept, subOrder, delivered };
}
export type Trade = ReturnType<typeof createTrade>;
