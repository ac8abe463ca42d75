import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSscc } from '../../../gs1/index.js';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../../testing/index.js';
import { createFloor, type Floor, failure } from '../../floor.fixture.js';
import { findLedgerViolations } from '../../ledger/invariants.js';
import { createDelivery, type Delivery } from '../delivery.fixture.js';

let db: TestDatabase;
let floor: Floor;
let delivery: Delivery;
let buyer: TestOrganization;
let supplier: TestOrganization;
let stranger: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db);
  buyer = await createTestOrganization(db, 'buyer');
  supplier = await createTestOrganization(db, 'supplier');
  stranger = await createTestOrganization(db, 'stranger');
  delivery = createDelivery(db, floor, { buyer, supplier });
});
afterAll(() => db.close());

const carton = (quantity: string, more: object = {}) => ({ type: 'CT', contents: [{ line: 0, quantity }], ...more });
const pallet = { type: 'PX', grossKg: '640.2', netKg: '600', size: { lengthMm: '1200', widthMm: '1000', heightMm: '1450' } };

describe('packages of a shipment', () => {
  it('without a company prefix get internal numbers, with one SSCC, nested as they are', async () => {
    const goods = await delivery.stocked({ quantity: '60' });
    expect(await failure(delivery.ship(goods, '10', {}, { packages: [carton('10')], packageNumbers: 'sscc' }))).toBe(
      'delivery.no_gs1_prefix',
    );
    await delivery.ship(goods, '10', {}, { packages: [carton('10')] });
    await floor.as(supplier).orders.packaging.registerPrefix({ prefix: '4012345' });
    const { shipment, shipmentLine } = await delivery.shipped(
      goods,
      '24',
      {},
      { packages: [pallet, carton('20', { inside: 0 }), carton('4', { inside: 0, grossKg: '3.5' })] },
    );
    const { packages } = await floor.as(buyer).orders.shipments.get({ order: goods.order, shipment });
    expect(packages.map(({ number, sscc, inside }) => [number, sscc, inside])).toEqual([
      [makeSscc(0, '4012345', 0), true, null],
      [makeSscc(0, '4012345', 1), true, packages[0]?.id],
      [makeSscc(0, '4012345', 2), true, packages[0]?.id],
    ]);
    expect(packages[0]).toMatchObject({
      elementString: `00${makeSscc(0, '4012345', 0)}`,
      grossKg: '640.2',
      netKg: '600',
      typeWords: { zh: '托盘' },
      contents: [],
    });
    expect(packages[1]?.contents).toEqual([{ shipmentLine, quantity: { value: '20', unit: 'H87' }, serials: [] }]);
  });

  it('contents are given in the unit of the shipment', async () => {
    const goods = await delivery.stocked({ quantity: '36' });
    await delivery.ship(goods, '2', { unit: 'DZN' }, { packages: [carton('1'), carton('1')] });
    expect(await failure(delivery.ship(goods, '1', { unit: 'DZN' }, { packages: [carton('12')] }))).toBe('delivery.packed_differs');
  });

  it.each([
    ['too little is packed', [carton('9')], 'delivery.packed_differs'],
    ['too much is packed', [carton('9'), carton('2')], 'delivery.packed_differs'],
    ['a package is empty', [carton('10'), { type: 'CT' }], 'delivery.package_empty'],
    ['a package is inside itself', [carton('10', { inside: 0 })], 'delivery.package_inside'],
    ['a package is inside a later one', [carton('10', { inside: 1 }), pallet], 'delivery.package_inside'],
    ['a line is not there', [{ type: 'CT', contents: [{ line: 1, quantity: '10' }] }], 'delivery.package_line'],
    [
      'a line stands twice in one',
      [{ type: 'CT', contents: [5, 5].map((quantity) => ({ line: 0, quantity: String(quantity) })) }],
      'delivery.content_twice',
    ],
    ['half a piece is packed', [carton('9.5'), carton('0.5')], 'orders.not_whole'],
    [
      'a serial number was not shipped',
      [carton('10', { contents: [{ line: 0, quantity: '10', serials: Array.from({ length: 10 }, (_, at) => `X-${at}`) }] })],
      'delivery.serial_not_shipped',
    ],
    [
      'serial numbers are too few',
      [carton('10', { contents: [{ line: 0, quantity: '10', serials: ['X-1'] }] })],
      'delivery.serials_differ',
    ],
    ['it bears an SSCC with a wrong check digit', [carton('10', { sscc: '040123451111111117' })], 'request.invalid'],
    ['it bears two numbers', [carton('10', { sscc: '040123451111111110', number: 'C-1' })], 'request.invalid'],
    ['its number is no barcode', [carton('10', { number: '箱一' })], 'request.invalid'],
    ['it weighs less than its goods', [carton('10', { grossKg: '9', netKg: '9.5' })], 'request.invalid'],
  ])('when %s nothing ships', async (_, packages, code) => {
    const goods = await delivery.stocked({ quantity: '10' });
    expect(await failure(delivery.ship(goods, '10', {}, { packages }))).toBe(code);
    const { lines, shipments } = await floor.as(buyer).orders.get({ order: goods.order });
    expect([lines[0]?.progress.shipped, shipments]).toEqual(['0', []]);
    expect(await findLedgerViolations(db.owner)).toEqual([]);
  });

  it('serial numbers stand in one package each', async () => {
    const serials = ['S-1', 'S-2', 'S-3'];
    const goods = await delivery.stocked({ quantity: '3', serials });
    const holding = (...of: string[]) => ({ type: 'CT', contents: [{ line: 0, quantity: String(of.length), serials: of }] });
    const ship = (packages: object[]) => delivery.shipped(goods, '3', {}, { packages });
    expect(await failure(ship([holding('S-1', 'S-2'), holding('S-2')]))).toBe('delivery.serial_twice');
    const { shipment } = await ship([holding('S-1', 'S-2'), holding('S-3')]);
    const { packages } = await floor.as(buyer).orders.shipments.get({ order: goods.order, shipment });
    expect(packages.map(({ contents }) => contents[0]?.serials)).toEqual([['S-1', 'S-2'], ['S-3']]);
  });

  it('a number is used once by its supplier, an SSCC never again', async () => {
    const goods = await delivery.stocked({ quantity: '20' });
    const borne = '376130321109103420';
    await delivery.ship(goods, '5', {}, { packages: [carton('5', { sscc: borne })] });
    const again = delivery.ship(goods, '5', {}, { packages: [carton('5', { sscc: borne })] });
    await expect(again).rejects.toMatchObject({ cause: { code: 'delivery.package_number_taken', details: { number: borne } } });
    await delivery.ship(goods, '5', {}, { packages: [carton('5', { number: 'C-1' })] });
    expect(await failure(delivery.ship(goods, '5', {}, { packages: [carton('5', { number: 'C-1' })] }))).toBe(
      'delivery.package_number_taken',
    );
  });

  it('many packed shipments at once share no number', async () => {
    const goods = await Promise.all(Array.from({ length: 6 }, () => delivery.stocked({ quantity: '10' })));
    const shipped = await Promise.all(
      goods.map(async (each) => {
        const lines = [{ line: each.line, lot: each.lot, quantity: '10' }];
        const packages = [carton('5'), carton('5')] as never;
        const order = await floor.as(supplier).orders.ship({ ...(await delivery.seen(each.order)), lines, packages });
        return floor.as(supplier).orders.shipments.get({ order: each.order, shipment: order.shipments[0]?.id ?? '' });
      }),
    );
    const numbers = shipped.flatMap(({ packages }) => packages.map(({ number }) => number)).sort();
    const [first = ''] = numbers;
    const from = Number(first.slice(8, 17));
    expect(numbers).toEqual(Array.from({ length: 12 }, (_, at) => makeSscc(0, '4012345', from + at)).sort());
    expect(await findLedgerViolations(db.owner)).toEqual([]);
  });
});

describe('a scanned package', () => {
  it('is found by both parties, however the scanner writes it, with what is inside it', async () => {
    const goods = await delivery.stocked({ quantity: '10' });
    const { shipment } = await delivery.shipped(
      goods,
      '10',
      {},
      { packages: [pallet, carton('4', { inside: 0 }), carton('6', { inside: 0 })] },
    );
    const { packages } = await floor.as(buyer).orders.shipments.get({ order: goods.order, shipment });
    const sscc = packages[0]?.number ?? '';
    for (const code of [sscc, `(00)${sscc}`, `]C100${sscc}`, `00${sscc}`, `https://id.gs1.org/00/${sscc}`]) {
      const { items } = await floor.as(buyer).orders.packages.find({ code });
      expect(items).toMatchObject([{ order: goods.order, shipment, supplier: 'supplier', package: { number: sscc } }]);
      expect(items[0]?.within.map(({ number }) => number)).toEqual(packages.slice(1).map(({ number }) => number));
    }
    expect((await floor.as(supplier).orders.packages.find({ code: sscc })).items).toHaveLength(1);
  });

  it('is absent for everybody else, as one that does not exist', async () => {
    const goods = await delivery.stocked({ quantity: '1' });
    const { shipment } = await delivery.shipped(goods, '1', {}, { packages: [carton('1')] });
    const { packages } = await floor.as(buyer).orders.shipments.get({ order: goods.order, shipment });
    const code = packages[0]?.number ?? '';
    const refusal = (given: string) =>
      floor
        .as(stranger)
        .orders.packages.find({ code: given })
        .catch((error: Error) => [error.message, error.cause]);
    expect(await refusal(code)).toEqual(await refusal('040123451111111110'));
    expect(await failure(floor.as(stranger).orders.shipments.get({ order: goods.order, shipment }))).toBe('request.not_found');
    expect(await failure(floor.as(stranger).orders.shipments.paper({ order: goods.order, shipment }))).toBe('request.not_found');
  });
});
