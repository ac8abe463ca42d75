import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../../testing/index.js';
import { createFloor, type Floor, failure } from '../../floor.fixture.js';
import { orderSides } from '../../order/states.js';
import { createDelivery, type Delivery, progressOf, type Stocked } from '../delivery.fixture.js';
import { differenceMoves, differenceStates, nextDifferenceState } from './states.js';

let db: TestDatabase;
let floor: Floor;
let delivery: Delivery;
let buyer: TestOrganization;
let supplier: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db);
  buyer = await createTestOrganization(db, 'buyer');
  supplier = await createTestOrganization(db, 'supplier');
  delivery = createDelivery(db, floor, { buyer, supplier });
});
afterAll(() => db.close());

describe('the transition table of a receipt difference', () => {
  const allowed = new Map([
    ['open acknowledge supplier', 'acknowledged'],
    ['open contest supplier', 'contested'],
    ['open withdraw buyer', 'withdrawn'],
    ['contested acknowledge supplier', 'acknowledged'],
    ['contested withdraw buyer', 'withdrawn'],
  ]);
  const pairs = differenceStates.flatMap((state) => differenceMoves.flatMap((move) => orderSides.map((side) => ({ state, move, side }))));
  it.each(pairs)('$state × $move × $side', ({ state, move, side }) => {
    expect(nextDifferenceState(state, move, side)).toBe(allowed.get(`${state} ${move} ${side}`) ?? null);
  });
});

const detail = async ({ order }: Stocked, shipment: string, who = buyer) => floor.as(who).orders.shipments.get({ order, shipment });
const answer = async ({ order }: Stocked, difference: string) => ({ ...(await delivery.seen(order)), difference });
const differenceOf = async (goods: Stocked, shipment: string) => (await detail(goods, shipment)).differences[0]?.id ?? '';

/** Ten shipped, eight came, two are said to be missing. */
async function short(reason: 'lost' | 'miscounted' | 'damaged') {
  const goods = await delivery.stocked({ quantity: '10' });
  const { shipment, shipmentLine } = await delivery.shipped(goods, '10');
  await delivery.receive(goods, shipment, [{ shipmentLine, quantity: '8', missing: { quantity: '2', reason, note: 'two are not there' } }]);
  return { goods, shipment, shipmentLine, difference: await differenceOf(goods, shipment) };
}

describe('a shortage', () => {
  it('is seen by both sides, with the moves of each', async () => {
    const { goods, shipment } = await short('lost');
    const [forBuyer] = (await detail(goods, shipment)).differences;
    const [forSupplier] = (await detail(goods, shipment, supplier)).differences;
    expect(forBuyer).toMatchObject({
      kind: 'shortage',
      reason: 'lost',
      quantity: { value: '2', unit: 'H87' },
      state: 'open',
      note: 'two are not there',
    });
    expect(forBuyer?.moves.map(({ move }) => move)).toEqual(['withdraw']);
    expect(forSupplier?.moves.map(({ move }) => move)).toEqual(['acknowledge', 'contest']);
    expect((await detail(goods, shipment)).lines[0]).toMatchObject({ shipped: '10', received: '8', claimed: '2' });
  });

  it('cannot be received as well, nor claimed twice, nor closed over', async () => {
    const { goods, shipment, shipmentLine } = await short('lost');
    expect(await failure(delivery.receive(goods, shipment, [{ shipmentLine, quantity: '1' }]))).toBe('delivery.already_claimed');
    expect(await failure(delivery.receive(goods, shipment, [{ shipmentLine, missing: { quantity: '1', reason: 'lost' } }]))).toBe(
      'delivery.already_claimed',
    );
    expect(await failure(delivery.receive(goods, shipment))).toBe('orders.nothing_to_receive');
    await delivery.inspect(goods, { shipmentLine, accepted: '8' });
    expect(await failure(floor.as(buyer).orders.close(await delivery.seen(goods.order)))).toBe('orders.not_inspected');
  });

  it('lost: acknowledged, it is owed and made again, while the lot has shipped what it has shipped', async () => {
    const { goods, shipment, shipmentLine, difference } = await short('lost');
    const order = await delivery.check(floor.as(supplier).orders.differences.acknowledge(await answer(goods, difference)));
    expect(progressOf(order)).toMatchObject({ shipped: '8', received: '8' });
    expect(await floor.as(supplier).lifecycle.lots.get({ lot: goods.lot })).toMatchObject({ shipped: '10', state: 'shipped' });
    expect(await failure(delivery.ship(goods, '2'))).toBe('lifecycle.not_released');
    const lot = await delivery.make({ ...goods, quantity: '2' });
    const again = await delivery.shipped({ ...goods, lot }, '2');
    await delivery.receive(goods, again.shipment);
    await delivery.inspect(goods, { shipmentLine, accepted: '8' });
    await delivery.inspect(goods, { shipmentLine: again.shipmentLine, accepted: '2' });
    expect((await delivery.check(floor.as(buyer).orders.close(await delivery.seen(goods.order)))).state).toBe('closed');
    expect((await detail(goods, shipment)).lines[0]).toMatchObject({ quantity: { value: '10' }, shipped: '8', claimed: '0' });
  });

  it('miscounted: acknowledged, it is in its lot again and ships from there', async () => {
    const { goods, difference } = await short('miscounted');
    await delivery.check(floor.as(supplier).orders.differences.acknowledge(await answer(goods, difference)));
    expect(await floor.as(supplier).lifecycle.lots.get({ lot: goods.lot })).toMatchObject({ shipped: '8', state: 'released' });
    const order = await delivery.ship(goods, '2');
    expect(progressOf(order)).toMatchObject({ shipped: '10', received: '8' });
  });

  it('contested it stays claimed; withdrawn it can be received', async () => {
    const { goods, shipment, shipmentLine, difference } = await short('lost');
    await delivery.check(
      floor.as(supplier).orders.differences.contest({ ...(await answer(goods, difference)), reason: 'the carrier signed for ten' }),
    );
    expect((await detail(goods, shipment)).differences[0]).toMatchObject({ state: 'contested', answer: 'the carrier signed for ten' });
    expect(await failure(delivery.receive(goods, shipment, [{ shipmentLine, quantity: '2' }]))).toBe('delivery.already_claimed');
    await delivery.check(floor.as(buyer).orders.differences.withdraw(await answer(goods, difference)));
    expect(progressOf(await delivery.receive(goods, shipment))).toMatchObject({ shipped: '10', received: '10' });
    expect(await failure(floor.as(supplier).orders.differences.acknowledge(await answer(goods, difference)))).toBe(
      'delivery.difference_state',
    );
  });

  it('is answered by the right side, from the version it saw, about this order', async () => {
    const { goods, difference } = await short('lost');
    const given = await answer(goods, difference);
    expect(await failure(floor.as(buyer).orders.differences.acknowledge(given))).toBe('delivery.difference_state');
    expect(await failure(floor.as(supplier).orders.differences.withdraw(given))).toBe('delivery.difference_state');
    expect(await failure(floor.as(supplier).orders.differences.acknowledge({ ...given, version: 1 }))).toBe('orders.version_stale');
    const other = await delivery.stocked({ quantity: '1' });
    expect(await failure(floor.as(supplier).orders.differences.acknowledge({ ...given, ...(await delivery.seen(other.order)) }))).toBe(
      'delivery.difference_unknown',
    );
  });

  it('of serial numbers names them, and they are with the supplier again', async () => {
    const serials = ['A-1', 'A-2', 'A-3'];
    const goods = await delivery.stocked({ quantity: '3', serials });
    const { shipment, shipmentLine } = await delivery.shipped(goods, '3');
    await delivery.receive(goods, shipment, [{ shipmentLine, quantity: '2', missing: { quantity: '1', reason: 'lost', units: ['A-2'] } }]);
    const difference = await differenceOf(goods, shipment);
    await delivery.check(floor.as(supplier).orders.differences.acknowledge(await answer(goods, difference)));
    const held = async (who: TestOrganization) =>
      (await floor.as(who).lifecycle.units.list({})).items.map(({ serial, state }) => `${serial} ${state}`).sort();
    expect(await held(buyer)).toEqual(['A-1 shipped', 'A-3 shipped']);
    expect(await held(supplier)).toEqual(['A-2 blocked']);
  });

  it('of serial numbers without their names is refused when it is acknowledged', async () => {
    const goods = await delivery.stocked({ quantity: '2', serials: ['B-1', 'B-2'] });
    const { shipment, shipmentLine } = await delivery.shipped(goods, '2');
    await delivery.receive(goods, shipment, [{ shipmentLine, quantity: '1', missing: { quantity: '1', reason: 'lost' } }]);
    const difference = await differenceOf(goods, shipment);
    expect(await failure(floor.as(supplier).orders.differences.acknowledge(await answer(goods, difference)))).toBe(
      'lifecycle.units_to_name',
    );
  });
});

describe('a surplus', () => {
  it('is told, never received before it is shipped; acknowledged it is a line of its own', async () => {
    const goods = await delivery.stocked({ quantity: '10', overTolerance: '20', made: '12' });
    const { shipment, shipmentLine } = await delivery.shipped(goods, '10');
    expect(await failure(delivery.receive(goods, shipment, [{ shipmentLine, quantity: '11' }]))).toBe('orders.receives_more_than_shipped');
    await delivery.receive(goods, shipment, [{ shipmentLine, quantity: '10', surplus: { quantity: '1' } }]);
    const difference = await differenceOf(goods, shipment);
    const order = await delivery.check(floor.as(supplier).orders.differences.acknowledge(await answer(goods, difference)));
    expect(progressOf(order)).toMatchObject({ shipped: '11', received: '10' });
    const [, correction] = (await detail(goods, shipment)).lines;
    expect(correction).toMatchObject({ quantity: { value: '1' }, corrects: difference });
    expect(progressOf(await delivery.receive(goods, shipment))).toMatchObject({ received: '11' });
  });

  it('beyond what is owed and tolerated cannot be acknowledged', async () => {
    const goods = await delivery.stocked({ quantity: '10', made: '12' });
    const { shipment, shipmentLine } = await delivery.shipped(goods, '10');
    await delivery.receive(goods, shipment, [{ shipmentLine, quantity: '10', surplus: { quantity: '1' } }]);
    const difference = await differenceOf(goods, shipment);
    expect(await failure(floor.as(supplier).orders.differences.acknowledge(await answer(goods, difference)))).toBe(
      'orders.ships_more_than_owed',
    );
  });
});

describe('damage', () => {
  it('is received and noted; more damaged than came is refused', async () => {
    const goods = await delivery.stocked({ quantity: '10' });
    const { shipment, shipmentLine } = await delivery.shipped(goods, '10');
    expect(await failure(delivery.receive(goods, shipment, [{ shipmentLine, quantity: '2', damaged: { quantity: '3' } }]))).toBe(
      'delivery.more_damaged',
    );
    expect(await failure(delivery.receive(goods, shipment, [{ shipmentLine }]))).toBe('delivery.nothing_told');
    const order = await delivery.receive(goods, shipment, [
      { shipmentLine, quantity: '10', damaged: { quantity: '3', note: 'corner dented' } },
    ]);
    expect(progressOf(order).received).toBe('10');
    const difference = await differenceOf(goods, shipment);
    expect(
      progressOf(await delivery.check(floor.as(supplier).orders.differences.acknowledge(await answer(goods, difference)))),
    ).toMatchObject({ shipped: '10' });
  });
});
