import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  asOrganization,
  createTestDatabase,
  createTestOrganization,
  type TestDatabase,
  type TestOrganization,
} from '../../../testing/index.js';
import { createFloor, type Floor, failure } from '../../floor.fixture.js';
import { createDelivery, type Delivery, progressOf, type Stocked } from '../delivery.fixture.js';
import { concessionsOf } from './repository.js';
import { codeLetterOf, sampleSizeOf } from './sampling.js';

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

async function received(quantity: string, serials?: string[]) {
  const goods = await delivery.stocked({ quantity, ...(serials ? { serials } : {}) });
  const shipped = await delivery.shipped(goods, quantity);
  await delivery.receive(goods, shipped.shipment);
  return { goods, ...shipped };
}
const detail = ({ order }: Stocked, shipment: string) => floor.as(supplier).orders.shipments.get({ order, shipment });
const concession = { reason: '色差轻微，可用', priceReduction: '8.5' };

describe('an inspection', () => {
  it('accepts, concedes and rejects by quantity, each with its reason, for both sides to read', async () => {
    const { goods, shipment, shipmentLine } = await received('10');
    const order = await delivery.inspect(goods, {
      shipmentLine,
      ...{ accepted: '5', conceded: '3', concession, rejected: '2', reasonCode: 'dimension', reason: 'bore 0.2 mm too wide' },
    });
    expect(progressOf(order)).toMatchObject({ received: '10', accepted: '5', conceded: '3', rejected: '2' });
    expect((await detail(goods, shipment)).inspections).toMatchObject([
      {
        accepted: { value: '5' },
        conceded: { value: '3' },
        rejected: { value: '2' },
        rejection: { code: 'dimension', codeWords: { zh: '尺寸超差' }, reason: 'bore 0.2 mm too wide' },
        concession,
      },
    ]);
    const { items } = await floor.as(supplier).orders.timeline({ order: goods.order, limit: 1 });
    expect(items[0]).toMatchObject({
      type: 'orders.inspected',
      body: { lines: [{ conceded: { value: '3' }, concession, reasonCode: 'dimension' }] },
    });
  });

  it('no more than was received, all three together', async () => {
    const { goods, shipmentLine } = await received('10');
    expect(
      await failure(delivery.inspect(goods, { shipmentLine, accepted: '5', conceded: '3', concession, rejected: '3', reason: 'x' })),
    ).toBe('orders.inspects_more_than_received');
  });

  it.each([
    ['a concession without a reason', { conceded: '1' }],
    ['a reason without a concession', { accepted: '1', concession }],
    ['a rejection without a reason', { rejected: '1' }],
    ['nothing', {}],
    ['a reduction above the price', { conceded: '1', concession: { reason: 'x', priceReduction: '100.5' } }],
  ])('%s is refused', async (_, line) => {
    const { goods, shipmentLine } = await received('1');
    expect(await failure(delivery.inspect(goods, { shipmentLine, ...line }))).toBe('request.invalid');
  });

  it('a concession that is reversed is billed as what is left of it', async () => {
    const { goods, shipmentLine } = await received('10');
    await delivery.inspect(goods, { shipmentLine, conceded: '6', concession });
    await delivery.inspect(goods, { shipmentLine, conceded: '4', concession: { reason: 'late' } });
    const standing = () => asOrganization(db, supplier, (scope) => concessionsOf(scope, [shipmentLine]));
    expect(await standing()).toMatchObject([
      { quantity: '6.000000', priceReduction: '8.500' },
      { quantity: '4.000000', priceReduction: '0.000' },
    ]);
    const { items } = await floor.as(buyer).orders.ledger({ order: goods.order, kind: 'conceded' });
    const entry = items.find((each) => each.quantity.value === '6')?.id ?? '';
    await delivery.check(
      floor.as(buyer).orders.reverse({ ...(await delivery.seen(goods.order)), entry, quantity: '2', reason: 'counted again' }),
    );
    expect(await standing()).toMatchObject([{ quantity: '4.000000' }, { quantity: '4.000000' }]);
  });
});

describe('sampling', () => {
  // GOST R ISO 2859-1-2007, table 1, level II, as published; both ends of each row.
  it.each([
    ['A', 2, 8],
    ['B', 9, 15],
    ['C', 16, 25],
    ['D', 26, 50],
    ['E', 51, 90],
    ['F', 91, 150],
    ['G', 151, 280],
    ['H', 281, 500],
    ['J', 501, 1200],
    ['K', 1201, 3200],
    ['L', 3201, 10_000],
    ['M', 10_001, 35_000],
    ['N', 35_001, 150_000],
    ['P', 150_001, 500_000],
    ['Q', 500_001, 9_000_000],
  ])('ISO 2859-1 table 1: code letter %s from %i to %i', (letter, smallest, largest) => {
    expect([codeLetterOf(smallest), codeLetterOf(largest)]).toEqual([letter, letter]);
  });

  it('has a sample size for each code letter, and no code letter for one item', () => {
    expect(sampleSizeOf(codeLetterOf(1000))).toBe(80);
    expect(() => codeLetterOf(1)).toThrow(RangeError);
  });

  const plan = {
    standard: 'GB/T 2828.1',
    lotSize: 300,
    aql: '1.0',
    codeLetter: 'H',
    sampleSize: 50,
    acceptAt: 1,
    rejectAt: 2,
    nonconforming: 1,
  };

  it('is kept with the inspection as it was given', async () => {
    const { goods, shipment, shipmentLine } = await received('300');
    await delivery.inspect(goods, { shipmentLine, accepted: '300', sampling: plan });
    expect((await detail(goods, shipment)).inspections[0]?.sampling).toEqual({ ...plan, level: 'II' });
  });

  it('that fails lets nothing be simply accepted', async () => {
    const { goods, shipmentLine } = await received('300');
    const failing = { ...plan, nonconforming: 2 };
    await expect(delivery.inspect(goods, { shipmentLine, accepted: '300', sampling: failing })).rejects.toMatchObject({
      cause: { code: 'delivery.sample_fails', details: { field: 'lines.0.accepted' } },
    });
    await delivery.inspect(goods, { shipmentLine, conceded: '300', concession, sampling: failing });
  });

  it.each([
    ['a code letter that is not the lot’s', { codeLetter: 'J' }, 'delivery.code_letter_differs'],
    ['a rejection number at the acceptance number', { rejectAt: 1 }, 'request.invalid'],
    ['more nonconforming than sampled', { nonconforming: 51 }, 'request.invalid'],
    ['a sample larger than the lot', { sampleSize: 301 }, 'request.invalid'],
  ])('%s is refused', async (_, change, code) => {
    const { goods, shipmentLine } = await received('1');
    expect(await failure(delivery.inspect(goods, { shipmentLine, accepted: '1', sampling: { ...plan, ...change } }))).toBe(code);
  });
});

describe('a return', () => {
  const giveBack = async ({ order }: Stocked, line: object) =>
    delivery.check(floor.as(buyer).orders.return({ ...(await delivery.seen(order)), reason: '装配后异响', lines: [line as never] }));

  it('sends accepted goods back: the ledger, both timelines and the lot know', async () => {
    const { goods, shipmentLine } = await received('10');
    await delivery.inspect(goods, { shipmentLine, accepted: '7', conceded: '3', concession });
    const order = await giveBack(goods, { shipmentLine, quantity: '4' });
    expect(progressOf(order)).toMatchObject({ accepted: '7', conceded: '3', returned: '4' });
    const { items } = await floor.as(supplier).orders.timeline({ order: goods.order, limit: 1 });
    expect(items[0]).toMatchObject({
      type: 'orders.returned',
      words: { zh: '已退货' },
      body: { reason: '装配后异响', lines: [{ quantity: { value: '4' } }] },
    });
    expect(await failure(floor.as(buyer).orders.close(await delivery.seen(goods.order)))).toBe('orders.not_fully_accepted');
    const refused = giveBack(goods, { shipmentLine, quantity: '7' });
    await expect(refused).rejects.toMatchObject({
      cause: { code: 'delivery.returns_more', details: { left: '6', asked: '7', returned: '4' } },
    });
    const lot = await delivery.make({ ...goods, quantity: '4' });
    await delivery.ship({ ...goods, lot }, '4');
  });

  it('only what was accepted, by the buyer only', async () => {
    const { goods, shipmentLine } = await received('10');
    expect(await failure(giveBack(goods, { shipmentLine, quantity: '1' }))).toBe('orders.nothing_to_return');
    await delivery.inspect(goods, { shipmentLine, accepted: '8', rejected: '2', reason: 'x' });
    expect(await failure(giveBack(goods, { shipmentLine, quantity: '9' }))).toBe('delivery.returns_more');
    const given = { ...(await delivery.seen(goods.order)), reason: 'x', lines: [{ shipmentLine, quantity: '1' }] };
    expect(await failure(floor.as(supplier).orders.return(given))).toBe('orders.not_your_move');
  });

  it('of units names them: they are with their maker again, and their history says why', async () => {
    const { goods, shipmentLine } = await received('3', ['R-1', 'R-2', 'R-3']);
    await delivery.inspect(goods, { shipmentLine, accepted: '3' });
    expect(await failure(giveBack(goods, { shipmentLine, quantity: '1' }))).toBe('lifecycle.units_to_name');
    await giveBack(goods, { shipmentLine, quantity: '1', units: ['R-2'] });
    const held = async (who: TestOrganization) =>
      (await floor.as(who).lifecycle.units.list({})).items.map(({ serial }) => serial).filter((serial) => serial.startsWith('R-'));
    expect(await held(supplier)).toEqual(['R-2']);
    expect((await held(buyer)).sort()).toEqual(['R-1', 'R-3']);
    const [unit] = (await floor.as(supplier).lifecycle.units.list({})).items;
    const page = await floor.as(supplier).lifecycle.units.get({ unit: unit?.id ?? '' });
    expect(page.timeline.items[0]).toMatchObject({
      kind: 'shipped',
      performer: { code: 'buyer' },
      receiver: { code: 'supplier' },
      note: '装配后异响',
    });
  });

  it('goes through although the maker has blocked the rest of the lot', async () => {
    const goods = await delivery.stocked({ quantity: '10' });
    const { shipment, shipmentLine } = await delivery.shipped(goods, '6');
    await delivery.receive(goods, shipment);
    await delivery.inspect(goods, { shipmentLine, accepted: '6' });
    const { version } = await floor.as(supplier).lifecycle.lots.get({ lot: goods.lot });
    await floor.as(supplier).lifecycle.lots.block({ lot: goods.lot, version, reason: 'recall' });
    expect(progressOf(await giveBack(goods, { shipmentLine, quantity: '6' })).returned).toBe('6');
  });
});
