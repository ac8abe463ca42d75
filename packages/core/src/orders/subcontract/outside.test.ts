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
let plater: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db);
  trade = createTrade(floor);
  buyer = await createTestOrganization(db, 'hush-buyer');
  contractor = await createTestOrganization(db, 'contractor');
  plater = await createTestOrganization(db, 'plater');
});
afterAll(() => db.close());
const sound = async () => expect(await findLedgerViolations(db.owner)).toEqual([]);

it('one operation of a routing is performed elsewhere without a semi-finished item', { timeout: 120_000 }, async () => {
  const { id: order, lines } = await trade.agreed(buyer, contractor, ['10']);
  const line = lines[0]?.id ?? '';
  const words = (en: string) => ({ words: { en, zh: en } });
  const operations = [words('Turn'), words('Plate'), words('Pack')];
  const { job, lot } = await floor.as(contractor).orders.start({ ...(await trade.at(contractor, order)), line, operations });
  const seen = () => floor.as(contractor).production.jobs.get({ job });
  const [turn, plate, pack] = (await seen()).operations.map(({ id }) => id);
  const count = async (operation: string | undefined, good: string) =>
    floor.as(contractor).production.countByHand({ job, version: (await seen()).version, operation, good, reason: 'by hand' });
  const move = async (what: 'start' | 'finish', operation = '') =>
    floor.as(contractor).production.operations[what]({ job, version: (await seen()).version, operation });

  const given = { job: { job, operation: plate ?? '' }, description: 'Zinc plating', unitPrice: '1' };
  expect(await failure(trade.subOrder(contractor, order, line, plater, '10', { job: { job, operation: job } }))).toBe(
    'subcontract.operation_of_other',
  );
  const { subOrder, allocation } = await trade.subOrder(contractor, order, line, plater, '10', given);
  const before = await trade.seen(buyer, order);
  expect((await floor.as(contractor).orders.subcontract.of({ order })).allocations).toMatchObject([
    { id: allocation, operations: { from: 20, to: 20 }, job: { job, operation: plate } },
  ]);
  await sound();
  await floor.as(plater).orders.accept(await trade.at(plater, subOrder.id));
  const [material] = (await floor.as(plater).orders.suppliedMaterial.of({ order: subOrder.id })).materials;
  expect(material).toMatchObject({ inProcess: true, description: 'Zinc plating', perUnit: '1' });
  const send = async (quantity: string) => {
    const [at] = (await floor.as(contractor).orders.suppliedMaterial.of({ order: subOrder.id })).materials;
    return floor.as(contractor).orders.suppliedMaterial.send({
      ...{ order: subOrder.id, material: material?.id ?? '', version: at?.version ?? 1, lot, quantity },
    });
  };
  // Not before what comes before it is done.
  expect(await failure(send('10'))).toBe('production.operation_waits');
  await count(turn, '10');
  await move('finish', turn);
  await send('10');
  expect((await seen()).operations[1]).toMatchObject({ state: 'in_progress', outside: { supplier: plater.code, subOrder: subOrder.id } });
  expect(await failure(count(plate, '1'))).toBe('production.operation_outside');
  // The plater sees the lot under way, and plates it under its own number.
  expect((await floor.as(plater).lifecycle.lots.get({ lot })).own).toBe(false);
  const plated = await trade.make(plater, subOrder.id, subOrder.line, '10');
  await trade.ship(plater, subOrder.id, subOrder.line, plated, '10');
  expect((await floor.as(contractor).orders.suppliedMaterial.of({ order: subOrder.id })).materials[0]?.balance).toMatchObject({
    ...{ sent: '10', received: '10', used: '10', open: '0' },
  });
  await trade.accept(contractor, subOrder.id, '8', '2');
  expect((await seen()).operations[1]).toMatchObject({ good: '8', scrap: '0', state: 'in_progress' });
  await sound();

  // What was counted stays counted.
  const { items } = await floor.as(contractor).orders.ledger({ order: subOrder.id, kind: 'accepted', limit: 5 });
  const reversal = { entry: items[0]?.id ?? '', quantity: '1', reason: 'pores' };
  expect(await failure(floor.as(contractor).orders.reverse({ ...(await trade.at(contractor, subOrder.id)), ...reversal }))).toBe(
    'subcontract.operation_counted',
  );
  // Two come again and are good.
  const again = await trade.make(plater, subOrder.id, subOrder.line, '2');
  await trade.ship(plater, subOrder.id, subOrder.line, again, '2');
  await trade.accept(contractor, subOrder.id, '2');
  expect((await seen()).operations[1]).toMatchObject({ good: '10', scrap: '0' });
  await floor.as(contractor).orders.close(await trade.at(contractor, subOrder.id));
  expect((await seen()).operations[1]?.state).toBe('done');
  await sound();

  await move('start', pack);
  await count(pack, '10');
  const after = await trade.seen(buyer, order);
  expect(after.lines[0]?.progress).toMatchObject({ produced: '10' });
  expect(JSON.stringify([before, after, await floor.as(buyer).orders.timeline({ order, limit: 100 })])).not.toContain(plater.code);
  const back = await floor.as(contractor).lifecycle.trace({ thing: lot, direction: 'backward', limit: 50 });
  expect(back.nodes.map(({ node }) => node)).toEqual(expect.arrayContaining([lot, plated, again]));
  await sound();
});

it('an operation whose sub-order is declined is the contractor’s own again; one that is cut short loses what was rejected', {
  timeout: 60_000,
}, async () => {
  const { id: order, lines } = await trade.agreed(buyer, contractor, ['4']);
  const line = lines[0]?.id ?? '';
  const operations = [{ words: { en: 'Plate', zh: '电镀' }, outside: true }, { words: { en: 'Pack', zh: '包装' } }];
  const { job, lot } = await floor.as(contractor).orders.start({ ...(await trade.at(contractor, order)), line, operations });
  const seen = async () => (await floor.as(contractor).production.jobs.get({ job })).operations[0];
  const operation = (await seen())?.id ?? '';
  const first = await trade.subOrder(contractor, order, line, plater, '4', { job: { job, operation } });
  const end = (sub: string) => floor.as(contractor).orders.subcontract.endOperations({ order: sub });
  expect(await failure(end(first.subOrder.id))).toBe('subcontract.still_under_way');
  await floor.as(plater).orders.decline({ ...(await trade.at(plater, first.subOrder.id)), reason: 'bath is empty' });
  await end(first.subOrder.id);
  expect(await seen()).toMatchObject({ outside: null });
  const { subOrder } = await trade.subOrder(contractor, order, line, plater, '4', { job: { job, operation } });
  await floor.as(plater).orders.accept(await trade.at(plater, subOrder.id));
  const [material] = (await floor.as(plater).orders.suppliedMaterial.of({ order: subOrder.id })).materials;
  await floor
    .as(contractor)
    .orders.suppliedMaterial.send({ order: subOrder.id, material: material?.id ?? '', version: 1, lot, quantity: '4' });
  const plated = await trade.make(plater, subOrder.id, subOrder.line, '4');
  await trade.ship(plater, subOrder.id, subOrder.line, plated, '4');
  await trade.accept(contractor, subOrder.id, '3', '1');
  await floor
    .as(plater)
    .orders.changes.proposeEnd({ ...(await trade.at(plater, subOrder.id)), kind: 'short_close', reason: 'one is lost' });
  const { change } = await trade.seen(contractor, subOrder.id);
  await floor.as(contractor).orders.changes.accept({ ...(await trade.at(contractor, subOrder.id)), change: change?.id ?? '' });
  await end(subOrder.id);
  expect(await seen()).toMatchObject({ state: 'done', good: '3', scrap: '1' });
  await sound();
});

it('the same operations are not given away twice, others are', async () => {
  const { id: order, lines } = await trade.agreed(buyer, contractor, ['10']);
  const line = lines[0]?.id ?? '';
  const give = (from: number, to: number, quantity: string) =>
    failure(trade.subOrder(contractor, order, line, plater, quantity, { operations: { from, to } }));
  expect(await give(10, 20, '6')).toBe('nothing failed');
  expect(await give(20, 30, '5')).toBe('subcontract.exceeds_allocated');
  expect(await give(30, 40, '10')).toBe('nothing failed');
  expect(await give(20, 20, '4')).toBe('nothing failed');
  expect(await failure(trade.subOrder(contractor, order, line, plater, '1'))).toBe('subcontract.exceeds_allocated');
  expect((await trade.seen(buyer, order)).state).toBe('confirmed');
  await sound();
});
