import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import { createFloor, type Floor, failure, proposal } from '../floor.fixture.js';

let db: TestDatabase;
let floor: Floor;
let buyer: TestOrganization;
let supplier: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db);
  buyer = await createTestOrganization(db, 'buyer');
  supplier = await createTestOrganization(db, 'supplier');
});
afterAll(() => db.close());

it('a lot with serial numbers ships by its units: the buyer sees those that came, with what befell them, and no other', async () => {
  const { id: order, lines } = await floor.as(buyer).orders.propose(proposal('supplier', 'PO-1'));
  const line = lines[0]?.id ?? '';
  await floor.as(supplier).orders.accept({ order, version: 1 });
  const { lot, job } = await floor.as(supplier).orders.start({ order, version: 2, line, quantity: '4' });
  await floor.as(supplier).production.countByHand({ job, version: 1, good: '4', reason: 'by eye' });
  const serials = ['A-1', 'A-2', 'A-3', 'A-4'];
  const { units } = await floor.as(supplier).lifecycle.units.make({ lot, serials });
  const { version } = await floor.as(supplier).production.jobs.get({ job });
  await floor.as(supplier).production.lots.close({ job, version, lot });
  const closed = await floor.as(supplier).lifecycle.lots.get({ lot });
  await floor.as(supplier).lifecycle.lots.release({ lot, version: closed.version });

  const ship = async (quantity: string, named?: string[]) => {
    const { version: seen } = await floor.as(supplier).orders.get({ order });
    const lineToShip = { line, lot, quantity, ...(named ? { units: named } : {}) };
    return floor.as(supplier).orders.ship({ order, version: seen, lines: [lineToShip] });
  };
  expect(await failure(ship('2'))).toBe('lifecycle.units_to_name');
  expect(await failure(ship('2', ['A-1', 'B-9']))).toBe('lifecycle.units_not_of_lot');
  await ship('2', ['A-3', units[0]?.id ?? '']);
  const seen = async () => (await floor.as(buyer).lifecycle.lots.contents({ lot })).units.map(({ serial, state }) => `${serial} ${state}`);
  expect(await seen()).toEqual(['A-1 shipped', 'A-3 shipped']);
  const page = await floor.as(buyer).lifecycle.units.get({ unit: units[2]?.id ?? '' });
  expect(page.timeline.items).toMatchObject([{ kind: 'shipped', receiver: { code: 'buyer' }, performer: { code: 'supplier' } }]);
  // The process runs of the lot are the maker's own.
  expect(page.evidence).toEqual([]);

  await ship('2');
  expect(await seen()).toEqual(['A-1 shipped', 'A-2 shipped', 'A-3 shipped', 'A-4 shipped']);
  expect((await floor.as(supplier).lifecycle.lots.get({ lot })).state).toBe('shipped');
  expect((await floor.as(supplier).lifecycle.units.list({})).items).toEqual([]);
});
