import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import { createFloor, type Floor, failure } from '../floor.fixture.js';
import { findLedgerViolations } from '../index.js';
import { createTrade, type Trade } from './chain.fixture.js';

let db: TestDatabase;
let floor: Floor;
let trade: Trade;
let buyer: TestOrganization;
let contractor: TestOrganization;
let factories: TestOrganization[];
let deep: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db);
  trade = createTrade(floor);
  buyer = await createTestOrganization(db, 'buyer');
  contractor = await createTestOrganization(db, 'contractor');
  factories = [await createTestOrganization(db, 'factory-1'), await createTestOrganization(db, 'factory-2')];
  deep = await createTestOrganization(db, 'deep');
});
afterAll(() => db.close());

interface Sub {
  readonly id: string;
  readonly line: string;
  readonly by: TestOrganization;
  readonly of: TestOrganization;
  readonly parent: string;
  readonly allocation: string;
}
interface World {
  readonly orders: { readonly id: string; readonly line: string }[];
  readonly subs: Sub[];
  /** Those of which something was accepted. */
  readonly delivered: Sub[];
}
type Step = (world: World) => Promise<unknown>;

class NothingThere extends Error {}
const pick = <Item>(items: readonly Item[], i: number): Item => {
  const item = items[i % Math.max(1, items.length)];
  if (item === undefined) throw new NothingThere();
  return item;
};
const index = fc.nat({ max: 7 });
const quantity = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 7 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('0.5', '99') },
);

/** One of a sub-order's own, or of the first level when there is none. */
const steps: fc.Arbitrary<[string, Step]>[] = [
  ...[1, 2].map(() =>
    fc.tuple(index, index, quantity, fc.option(quantity), fc.boolean()).map(([i, f, value, more, partly]): [string, Step] => [
      `contractor gives ${value}${partly ? ' of some operations' : ''}, orders ${more}`,
      async ({ orders, subs }) => {
        const { id, line } = pick(orders, i);
        const of = pick(factories, f);
        const { subOrder, allocation } = await trade.subOrder(contractor, id, line, of, value, {
          ...(more ? { orderQuantity: more } : {}),
          ...(partly ? { operations: { from: 10 * (1 + (f % 3)), to: 10 * (2 + (i % 3)) } } : {}),
        });
        subs.push({ ...subOrder, by: contractor, of, parent: id, allocation });
      },
    ]),
  ),
  fc.tuple(index, quantity).map(([i, value]) => [
    `factory gives ${value} on`,
    async ({ subs }) => {
      const above = pick(
        subs.filter(({ by }) => by === contractor),
        i,
      );
      const { subOrder, allocation } = await trade.subOrder(above.of, above.id, above.line, deep, value);
      subs.push({ ...subOrder, by: above.of, of: deep, parent: above.id, allocation });
    },
  ]),
  fc.tuple(index, index, quantity).map(([i, s, value]) => [
    `another line is served with ${value}`,
    async ({ orders, subs }) => {
      const { id, line } = pick(orders, i);
      await floor.as(contractor).orders.subcontract.allocate({
        ...{ ...(await trade.at(contractor, id)), line, subLine: pick(subs, s).line, quantity: value },
      });
    },
  ]),
  ...[1, 2].map(() =>
    fc
      .tuple(index)
      .map(([s]): [string, Step] => [
        'accept',
        async ({ subs }) => floor.as(pick(subs, s).of).orders.accept(await trade.at(pick(subs, s).of, pick(subs, s).id)),
      ]),
  ),
  fc
    .tuple(index)
    .map(([s]) => [
      'decline',
      async ({ subs }) =>
        floor.as(pick(subs, s).of).orders.decline({ ...(await trade.at(pick(subs, s).of, pick(subs, s).id)), reason: 'full' }),
    ]),
  fc
    .tuple(index)
    .map(([s]) => [
      'withdraw',
      async ({ subs }) => floor.as(pick(subs, s).by).orders.withdraw(await trade.at(pick(subs, s).by, pick(subs, s).id)),
    ]),
  fc.tuple(index, fc.constantFrom<'cancellation' | 'short_close'>('cancellation', 'short_close')).map(([s, kind]) => [
    kind,
    async ({ subs }) => {
      const { of, by, id } = pick(subs, s);
      await floor.as(of).orders.changes.proposeEnd({ ...(await trade.at(of, id)), kind, reason: 'no steel' });
      const { change } = await trade.seen(by, id);
      await floor.as(by).orders.changes.accept({ ...(await trade.at(by, id)), change: change?.id ?? '' });
    },
  ]),
  fc.tuple(index, quantity).map(([i, value]) => [
    `the buyer takes less: ${value}`,
    async ({ orders }) => {
      const { id, line } = pick(orders, i);
      const terms = { lines: [{ line, quantity: value }] };
      await floor.as(buyer).orders.changes.propose({ ...(await trade.at(buyer, id)), reason: 'less', terms });
      const { change } = await trade.seen(contractor, id);
      await floor.as(contractor).orders.changes.accept({ ...(await trade.at(contractor, id)), change: change?.id ?? '' });
    },
  ]),
  ...[1, 2, 3].map(() =>
    fc.tuple(index, quantity, index).map(([s, value, bad]): [string, Step] => [
      `deliver ${value}, ${bad} bad`,
      async ({ subs, delivered }) => {
        const { of, by, id, line } = pick(subs, s);
        const lot = await trade.make(of, id, line, value);
        await trade.ship(of, id, line, lot, value);
        const rejected = Math.min(bad % 3, Number(value));
        await trade.accept(by, id, String(Number(value) - rejected), String(rejected));
        delivered.push(pick(subs, s));
      },
    ]),
  ),
  fc.tuple(index, quantity).map(([s, value]) => [
    `acceptance of ${value} taken back`,
    async ({ delivered }) => {
      const { by, id } = pick(delivered, s);
      const { items } = await floor.as(by).orders.ledger({ order: id, kind: 'accepted', limit: 5 });
      await floor.as(by).orders.reverse({ ...(await trade.at(by, id)), entry: items[0]?.id ?? id, quantity: value, reason: 'cracks' });
    },
  ]),
  fc.tuple(index, quantity).map(([s, value]) => [
    `sent back ${value}`,
    async ({ delivered }) => {
      const { by, id } = pick(delivered, s);
      const { shipments } = await trade.seen(by, id);
      const lines = [{ shipmentLine: shipments[0]?.lines[0]?.id ?? id, quantity: value }];
      await floor.as(by).orders.return({ ...(await trade.at(by, id)), reason: 'rust', lines });
    },
  ]),
  fc.tuple(index, quantity).map(([s, value]) => [
    `release ${value}`,
    async ({ subs }) => {
      const { by, parent, allocation } = pick(subs, s);
      await floor.as(by).orders.subcontract.release({ order: parent, allocation, quantity: value, reason: 'made here' });
    },
  ]),
  fc.tuple(index, index, quantity).map(([i, l, value]) => [
    `contractor ships ${value}`,
    async ({ orders }) => {
      const { id, line } = pick(orders, i);
      const lots = (await floor.as(contractor).lifecycle.lots.list({ limit: 8 })).items;
      await trade.ship(contractor, id, line, pick(lots, l).id, value);
    },
  ]),
  fc
    .tuple(index, quantity)
    .map(([i, value]) => [
      `contractor makes ${value} itself`,
      async ({ orders }) => trade.make(contractor, pick(orders, i).id, pick(orders, i).line, value),
    ]),
];

/** Two sub-orders under way, of which one has a sub-order of its own, so that what follows finds something. */
async function beginning({ orders, subs, delivered }: World): Promise<[string, Step][]> {
  const [first, second] = orders;
  const give = async (by: TestOrganization, of: TestOrganization, parent: { id: string; line: string }, value: string) => {
    const { subOrder, allocation } = await trade.subOrder(by, parent.id, parent.line, of, value);
    subs.push({ ...subOrder, by, of, parent: parent.id, allocation });
    await floor.as(of).orders.accept(await trade.at(of, subOrder.id));
    return subOrder;
  };
  const [one, two] = [pick(factories, 0), pick(factories, 1)];
  const given = await give(contractor, one, first ?? pick(orders, 0), '6');
  await give(contractor, two, second ?? pick(orders, 1), '4');
  const below = await give(one, deep, given, '3');
  const lot = await trade.make(deep, below.id, below.line, '3');
  await trade.ship(deep, below.id, below.line, lot, '3');
  await trade.accept(one, below.id, '2', '1');
  delivered.push(...subs.filter(({ id }) => id === below.id));
  return [['looked at', async () => undefined]];
}

it('every interleaving of n:m allocations over two levels conserves quantities', { timeout: 400_000 }, async () => {
  const happened = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(...steps), { minLength: 14, maxLength: 18 }), async (story) => {
      const orders = [];
      for (const value of ['10', '6']) {
        const agreed = await trade.agreed(buyer, contractor, [value]);
        orders.push({ id: agreed.id, line: agreed.lines[0]?.id ?? '' });
      }
      const world: World = { orders, subs: [], delivered: [] };
      const told: string[] = [];
      for (const [name, step] of [...(await beginning(world)), ...story]) {
        const outcome = await failure(
          step(world).catch((error: unknown) => (error instanceof NothingThere ? undefined : Promise.reject(error))),
        );
        told.push(`${name}: ${outcome}`);
        const key = outcome === 'nothing failed' ? name.replace(/[\d.].*/, '').trim() : outcome;
        happened.set(key, (happened.get(key) ?? 0) + 1);
        expect(outcome, told.join('\n')).not.toBe('request.internal');
        expect(await findLedgerViolations(db.owner), told.join('\n')).toEqual([]);
      }
    }),
    {
      numRuns: Number(process.env['YUNFAB_PROPERTY_RUNS'] ?? 8),
      seed: Number(process.env['YUNFAB_PROPERTY_SEED'] ?? 20261128),
      endOnFailure: !process.env['YUNFAB_PROPERTY_SHRINK'],
    },
  );
  const seen = JSON.stringify([...happened]);
  for (const what of ['contractor gives', 'deliver', 'the buyer takes less:'])
    expect(happened.get(what) ?? 0, `${what} of ${seen}`).toBeGreaterThan(0);
});
