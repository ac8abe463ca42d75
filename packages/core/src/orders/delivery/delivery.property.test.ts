import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import { createFloor, type Floor, failure } from '../floor.fixture.js';
import { findLedgerViolations } from '../ledger/invariants.js';
import type { OrderView } from '../order/schema.js';
import { createDelivery, type Delivery, type Stocked } from './delivery.fixture.js';

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

interface World extends Stocked {
  readonly seen: OrderView;
  readonly differences: readonly string[];
}
type Step = [name: string, run: (world: World, as: (side: 'buyer' | 'supplier') => ReturnType<Floor['as']>) => Promise<unknown>];

const nowhere = '018f0000-0000-7000-8000-000000000000';
const pick = <Item>(items: readonly Item[], at: number): Item | undefined => items[at % Math.max(1, items.length)];
const amount = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 4 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('0', '0.5', '30', '999999999999') },
);
const seldom = fc.option(amount, { freq: 2 });
const place = fc.nat({ max: 4 });
const by = (side: 'buyer' | 'supplier') =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(side) }, { weight: 1, arbitrary: fc.constantFrom('buyer' as const, 'supplier' as const) });
const on = ({ order, seen }: World, old = 0) => ({ order, version: seen.version - old });
const lineAt = ({ seen }: World, at: number) =>
  pick(
    seen.shipments.flatMap((shipment) => shipment.lines.map((line) => ({ shipment: shipment.id, shipmentLine: line.id }))),
    at,
  ) ?? { shipment: nowhere, shipmentLine: nowhere };

const steps: fc.Arbitrary<Step>[] = [
  fc.tuple(by('supplier'), amount, fc.constantFrom('whole', 'less', null)).map(
    ([side, quantity, packed]): Step => [
      `ship ${quantity} packed ${packed}`,
      (world, as) =>
        as(side).orders.ship({
          ...on(world),
          lines: [{ line: world.line, lot: world.lot, quantity }],
          ...(packed ? { packages: [{ type: 'CT', contents: [{ line: 0, quantity: packed === 'whole' ? quantity : '0.5' }] }] } : {}),
        }),
    ],
  ),
  ...[1, 2, 3].map(() =>
    fc.tuple(by('buyer'), place, amount, seldom, seldom, fc.constantFrom('lost' as const, 'miscounted' as const, 'damaged' as const)).map(
      ([side, at, quantity, missing, surplus, reason]): Step => [
        `receive ${quantity}, ${missing} ${reason}, ${surplus} too much`,
        (world, as) => {
          const { shipment, shipmentLine } = lineAt(world, at);
          const told = {
            ...(missing ? { missing: { quantity: missing, reason } } : {}),
            ...(surplus ? { surplus: { quantity: surplus } } : {}),
          };
          return as(side).orders.receive({ ...on(world), shipment, lines: [{ shipmentLine, quantity, ...told }] });
        },
      ],
    ),
  ),
  ...(['acknowledge', 'acknowledge', 'contest', 'contest', 'withdraw'] as const).map((move) =>
    fc
      .tuple(by(move === 'withdraw' ? 'buyer' : 'supplier'), place)
      .map(
        ([side, at]): Step => [
          move,
          (world, as) =>
            as(side).orders.differences[move]({ ...on(world), difference: pick(world.differences, at) ?? nowhere, reason: 'no' }),
        ],
      ),
  ),
  ...[1, 2].map(() =>
    fc.tuple(by('buyer'), place, amount, seldom, seldom).map(
      ([side, at, accepted, conceded, rejected]): Step => [
        `inspect ${accepted} good, ${conceded} conceded, ${rejected} bad`,
        (world, as) => {
          const concession = conceded && Number(conceded) > 0 ? { conceded, concession: { reason: 'x', priceReduction: '5' } } : {};
          const line = {
            shipmentLine: lineAt(world, at).shipmentLine,
            accepted,
            ...concession,
            ...(rejected ? { rejected, reason: 'x' } : {}),
          };
          return as(side).orders.inspect({ ...on(world), lines: [line] });
        },
      ],
    ),
  ),
  fc
    .tuple(by('buyer'), place, amount)
    .map(
      ([side, at, quantity]): Step => [
        `return ${quantity}`,
        (world, as) =>
          as(side).orders.return({ ...on(world), reason: 'x', lines: [{ shipmentLine: lineAt(world, at).shipmentLine, quantity }] }),
      ],
    ),
  fc.tuple(by('buyer'), place, amount).map(
    ([side, at, quantity]): Step => [
      `reverse ${quantity}`,
      async (world, as) => {
        const { items } = await as('buyer').orders.ledger({ order: world.order });
        return as(side).orders.reverse({ ...on(world), entry: pick(items, at)?.id ?? nowhere, quantity, reason: 'x' });
      },
    ],
  ),
  fc
    .tuple(by('buyer'), fc.constantFrom(0, 0, 0, 1))
    .map(([side, old]): Step => ['close', (world, as) => as(side).orders.close(on(world, old))]),
];

it('whatever both sides tell of a delivery, quantities are conserved and every refusal has its code', { timeout: 240_000 }, async () => {
  const story = fc.array(fc.oneof(...steps), { minLength: 12, maxLength: 24 });
  const happened = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(story, async (told) => {
      const goods = await delivery.stocked({ quantity: '12', overTolerance: '25', underTolerance: '10', made: '16' });
      await delivery.ship(goods, '8');
      for (const [name, run] of told) {
        const seen = await floor.as(buyer).orders.get({ order: goods.order });
        const shipments = await Promise.all(
          seen.shipments.map(({ id }) => floor.as(buyer).orders.shipments.get({ order: goods.order, shipment: id })),
        );
        const differences = shipments.flatMap((each) => each.differences.map(({ id }) => id));
        const code = await failure(run({ ...goods, seen, differences }, (side) => floor.as(side === 'buyer' ? buyer : supplier)));
        expect(`${name}: ${code}`).toMatch(
          /: (nothing failed|(orders|delivery|measure|lifecycle|request)\.(?!internal|unavailable)[a-z_]+)$/,
        );
        if (code === 'nothing failed') happened.set(name.split(' ')[0] ?? '', (happened.get(name.split(' ')[0] ?? '') ?? 0) + 1);
        expect(await findLedgerViolations(db.owner)).toEqual([]);
      }
    }),
    { numRuns: 20, seed: 20261128, endOnFailure: true },
  );
  // A story in which nothing ever succeeds would prove nothing.
  for (const move of ['ship', 'receive', 'acknowledge', 'contest', 'withdraw', 'inspect', 'return', 'reverse'])
    expect([move, happened.get(move) ?? 0]).not.toEqual([move, 0]);
});
