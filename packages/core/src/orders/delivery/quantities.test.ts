import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, createTestOrganization, type TestDatabase } from '../../testing/index.js';
import { createFloor, type Floor, failure } from '../floor.fixture.js';
import { createDelivery, type Delivery, progressOf } from './delivery.fixture.js';

let db: TestDatabase;
let floor: Floor;
let delivery: Delivery;
let buyer: Awaited<ReturnType<typeof createTestOrganization>>;

beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db);
  buyer = await createTestOrganization(db, 'buyer');
  delivery = createDelivery(db, floor, { buyer, supplier: await createTestOrganization(db, 'supplier') });
});
afterAll(() => db.close());

describe('quantities in another unit', () => {
  it('tonnes of a line in kilograms: the ledger holds the line’s unit, exactly', async () => {
    const goods = await delivery.stocked({ quantity: '2500', unit: 'KGM' });
    const order = await delivery.ship(goods, '1.234567', { unit: 'TNE' });
    expect(progressOf(order).shipped).toBe('1234.567');
    const shipment = order.shipments[0];
    const shipmentLine = shipment?.lines[0]?.id ?? '';
    await delivery.receive(goods, shipment?.id ?? '', [{ shipmentLine, quantity: '1234567', unit: 'GRM' }]);
    const inspected = await delivery.inspect(goods, { shipmentLine, unit: 'TNE', accepted: '1.2', rejected: '0.034567', reason: 'wet' });
    expect(progressOf(inspected)).toMatchObject({ received: '1234.567', accepted: '1200', rejected: '34.567' });
  });

  it('dozens of a line in pieces, and never half a piece', async () => {
    const goods = await delivery.stocked({ quantity: '30' });
    expect(progressOf(await delivery.ship(goods, '2', { unit: 'DZN' })).shipped).toBe('24');
    expect(await failure(delivery.ship(goods, '1', { unit: 'DZN' }))).toBe('orders.ships_more_than_owed');
    expect(await failure(delivery.ship(goods, '0.3', { unit: 'DZN' }))).toBe('orders.not_whole');
    expect(progressOf(await delivery.ship(goods, '0.5', { unit: 'DZN' })).shipped).toBe('30');
  });

  it('units of another kind are refused by name', async () => {
    const goods = await delivery.stocked({ quantity: '30' });
    const refused = delivery.ship(goods, '1', { unit: 'KGM' });
    await expect(refused).rejects.toMatchObject({
      cause: { code: 'measure.not_convertible', details: { value: '1', from: 'KGM', to: 'H87', field: 'lines.0.quantity' } },
    });
    expect(await failure(delivery.ship(goods, '1', { unit: 'PR' }))).toBe('measure.not_convertible');
  });
});

describe('tolerances', () => {
  it('over: shipped up to the percent above what was ordered, and not a gram more', async () => {
    const goods = await delivery.stocked({ quantity: '1000', unit: 'KGM', overTolerance: '2.5', made: '1100' });
    await delivery.ship(goods, '700');
    expect(await failure(delivery.ship(goods, '325.000001'))).toBe('orders.ships_more_than_owed');
    await delivery.ship(goods, '325');
    expect(await failure(delivery.ship(goods, '0.000001'))).toBe('orders.nothing_to_ship');
  });

  it('over: what is rejected may be shipped anew, tolerance and all', async () => {
    const goods = await delivery.stocked({ quantity: '10', overTolerance: '10', made: '20' });
    const { shipment, shipmentLine } = await delivery.shipped(goods, '11');
    await delivery.receive(goods, shipment);
    await delivery.inspect(goods, { shipmentLine, accepted: '8', rejected: '3', reason: 'scratched' });
    expect(await failure(delivery.ship(goods, '4'))).toBe('orders.ships_more_than_owed');
    await delivery.ship(goods, '3');
  });

  it('without a tolerance one more is one too many', async () => {
    const goods = await delivery.stocked({ quantity: '10', made: '11' });
    const refused = delivery.ship(goods, '11');
    await expect(refused).rejects.toMatchObject({
      cause: { code: 'orders.ships_more_than_owed', details: { left: '10', ordered: '10', tolerance: '0', asked: '11' } },
    });
    await delivery.ship(goods, '10');
  });

  it('under: closed when what was kept reaches the percent below, and not before', async () => {
    const goods = await delivery.stocked({ quantity: '1000', unit: 'KGM', underTolerance: '3' });
    const first = await delivery.shipped(goods, '969.999999');
    await delivery.receive(goods, first.shipment);
    await delivery.inspect(goods, {
      shipmentLine: first.shipmentLine,
      accepted: '900',
      conceded: '69.999999',
      concession: { reason: 'damp' },
    });
    const close = async () => floor.as(buyer).orders.close(await delivery.seen(goods.order));
    expect(await failure(close())).toBe('orders.not_fully_accepted');
    const second = await delivery.shipped(goods, '0.000001');
    await delivery.receive(goods, second.shipment);
    expect(await failure(close())).toBe('orders.not_inspected');
    await delivery.inspect(goods, { shipmentLine: second.shipmentLine, accepted: '0.000001' });
    expect((await delivery.check(close())).state).toBe('closed');
  });
});
