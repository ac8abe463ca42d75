import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startSequencer } from '../../events/index.js';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import { createFloor, type Floor, failure } from '../floor.fixture.js';
import { findLedgerViolations } from '../index.js';
import { createTrade, type Trade } from './chain.fixture.js';

let db: TestDatabase;
let floor: Floor;
let trade: Trade;
let buyer: TestOrganization;
let contractor: TestOrganization;
let factory: TestOrganization;
let other: TestOrganization;
let deep: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db);
  trade = createTrade(floor);
  buyer = await createTestOrganization(db, 'hush-buyer');
  contractor = await createTestOrganization(db, 'contractor');
  factory = await createTestOrganization(db, 'hush-factory');
  other = await createTestOrganization(db, 'hush-other');
  deep = await createTestOrganization(db, 'hush-deep');
});
afterAll(() => db.close());

let order: string;
let line: string;
beforeEach(async () => {
  const agreed = await trade.agreed(buyer, contractor, ['10']);
  order = agreed.id;
  line = agreed.lines[0]?.id ?? '';
});
const sound = async () => expect(await findLedgerViolations(db.owner)).toEqual([]);
const of = (who: TestOrganization, id: string) => floor.as(who).orders.subcontract.of({ order: id });
const progress = async (who: TestOrganization, id = order) => (await trade.seen(who, id)).lines[0]?.progress;

describe('a sub-order', () => {
  it('takes its part of the line, and the buyer sees that production started and nothing else', async () => {
    const before = await trade.seen(buyer, order);
    const { subOrder } = await trade.subOrder(contractor, order, line, factory, '6');
    const asContractor = await of(contractor, order);
    expect(asContractor.lines[0]).toMatchObject({ subcontracted: '6', own: '4', allocated: { value: '10' } });
    expect(asContractor.allocations).toMatchObject([
      {
        factory: { code: factory.code },
        quantity: '6',
        released: '0',
        credited: '0',
        operations: null,
        subOrder: { id: subOrder.id, state: 'proposed' },
      },
    ]);
    expect((await of(contractor, subOrder.id)).serves).toMatchObject([{ order: { id: order }, line, quantity: '6' }]);
    const after = await trade.seen(buyer, order);
    expect({ ...after, state: 0, stateWords: 0, version: 0, changedAt: 0, moves: 0, waitingFor: 0 }).toEqual({
      ...{ ...before, state: 0, stateWords: 0, version: 0, changedAt: 0, moves: 0, waitingFor: 0 },
    });
    expect(after.state).toBe('in_production');
    // As for a job order of its own: what is given away is not started again.
    expect(await failure(floor.as(contractor).orders.start({ ...(await trade.at(contractor, order)), line, quantity: '5' }))).toBe(
      'orders.starts_more_than_owed',
    );
    await sound();
  });

  it('is listed as one by its contractor alone', async () => {
    const { subOrder } = await trade.subOrder(contractor, order, line, factory, '2');
    const listed = async (who: TestOrganization, more: { text?: string; state?: 'proposed' | 'declined' } = {}) =>
      (await floor.as(who).orders.list({ subOrders: true, limit: 100, ...more })).items.map(({ id }) => id);
    expect(await listed(contractor)).toContain(subOrder.id);
    expect(await listed(contractor)).not.toContain(order);
    expect(await listed(contractor, { text: subOrder.number.toUpperCase(), state: 'proposed' })).toEqual([subOrder.id]);
    expect(await listed(contractor, { text: 'nothing like it' })).toEqual([]);
    expect(await listed(contractor, { text: subOrder.number, state: 'declined' })).toEqual([]);
    expect([...(await listed(factory)), ...(await listed(buyer))]).toEqual([]);
  });

  it('gives its part back when it is declined, withdrawn, canceled or taken away', async () => {
    const declined = await trade.subOrder(contractor, order, line, factory, '10');
    expect(await failure(trade.subOrder(contractor, order, line, other, '1'))).toBe('subcontract.exceeds_allocated');
    await floor.as(factory).orders.decline({ ...(await trade.at(factory, declined.subOrder.id)), reason: 'full' });
    const withdrawn = await trade.subOrder(contractor, order, line, other, '10');
    await floor.as(contractor).orders.withdraw(await trade.at(contractor, withdrawn.subOrder.id));
    const canceled = await trade.subOrder(contractor, order, line, factory, '10');
    await floor.as(factory).orders.accept(await trade.at(factory, canceled.subOrder.id));
    await sound();
    const end = { kind: 'cancellation' as const, reason: 'no steel' };
    await floor.as(factory).orders.changes.proposeEnd({ ...(await trade.at(factory, canceled.subOrder.id)), ...end });
    const { change: pending } = await trade.seen(contractor, canceled.subOrder.id);
    await floor.as(contractor).orders.changes.accept({ ...(await trade.at(contractor, canceled.subOrder.id)), change: pending?.id ?? '' });
    expect((await of(contractor, order)).lines[0]).toMatchObject({ subcontracted: '0', own: '10' });
    const taken = await trade.subOrder(contractor, order, line, factory, '7');
    const view = await floor
      .as(contractor)
      .orders.subcontract.release({ order, allocation: taken.allocation, quantity: '3', reason: 'made here' });
    expect(view.lines[0]).toMatchObject({ subcontracted: '4', own: '6' });
    expect(
      await failure(floor.as(contractor).orders.subcontract.release({ order, allocation: taken.allocation, quantity: '5', reason: 'x' })),
    ).toBe('subcontract.already_delivered');
    await sound();
  });

  it('shrinks with the line when both sides agree to less, silently', async () => {
    const { subOrder } = await trade.subOrder(contractor, order, line, factory, '8');
    await floor.as(buyer).orders.changes.proposeEnd({ ...(await trade.at(buyer, order)), kind: 'cancellation', reason: 'sold out' });
    const { change } = await trade.seen(contractor, order);
    await floor.as(contractor).orders.changes.accept({ ...(await trade.at(contractor, order)), change: change?.id ?? '' });
    expect((await of(contractor, order)).allocations).toMatchObject([{ quantity: '8', released: '8' }]);
    // The sub-order is a contract of its own, and stays.
    expect((await trade.seen(factory, subOrder.id)).state).toBe('proposed');
    await sound();
  });

  it('does not go back to the buyer of the line, and asks nobody further', async () => {
    expect(await failure(trade.subOrder(contractor, order, line, buyer, '1'))).toBe('subcontract.back_to_buyer');
    const first = await trade.subOrder(contractor, order, line, factory, '5');
    await floor.as(factory).orders.accept(await trade.at(factory, first.subOrder.id));
    expect(await failure(trade.subOrder(factory, first.subOrder.id, first.subOrder.line, contractor, '1'))).toBe(
      'subcontract.back_to_buyer',
    );
    // The factory does not know the buyer, and is not told: the answer is the one that any organization gets.
    const round = await trade.subOrder(factory, first.subOrder.id, first.subOrder.line, buyer, '1');
    expect(round.subOrder.version).toBe(1);
    await sound();
  });

  it('belongs to the contractor: refusals for everybody else', async () => {
    const create = (who: TestOrganization) => failure(trade.subOrder(who, order, line, other, '1'));
    expect(await create(buyer)).toBe('orders.not_your_move');
    expect(await failure(floor.as(other).orders.subcontract.of({ order }))).toBe('request.not_found');
    expect(
      await failure(
        floor.as(other).orders.subcontract.create({
          ...{ order, version: 1, line, factory: factory.code, quantity: '1', unitPrice: '1', currency: 'CNY', dueOn: '2099-01-01' },
        }),
      ),
    ).toBe('request.not_found');
    const { allocation } = await trade.subOrder(contractor, order, line, factory, '1');
    expect(await failure(floor.as(buyer).orders.subcontract.release({ order, allocation, reason: 'x' }))).toBe(
      'subcontract.allocation_unknown',
    );
  });
});

describe('what a subcontractor delivers', () => {
  it('is credited on acceptance, shipped on from a lot of the contractor, and traced by the contractor alone', async () => {
    const { subOrder } = await trade.subOrder(contractor, order, line, factory, '6');
    const made = await trade.delivered(contractor, factory, subOrder, '6');
    expect(await progress(buyer)).toMatchObject({ allocated: '10', produced: '6', shipped: '0' });
    expect((await of(contractor, order)).allocations).toMatchObject([{ credited: '6' }]);
    await sound();
    const own = (await floor.as(contractor).lifecycle.lots.list({ limit: 1 })).items[0]?.id ?? '';
    await trade.ship(contractor, order, line, own, '6');
    await trade.accept(buyer, order, '6');
    await sound();
    const back = await floor.as(contractor).lifecycle.trace({ thing: own, direction: 'backward', limit: 50 });
    expect(back.nodes.map(({ node }) => node)).toEqual([own, made]);
    const asBuyer = await floor.as(buyer).lifecycle.trace({ thing: own, direction: 'both', limit: 50 });
    expect(asBuyer.nodes.map(({ node }) => node)).toEqual([own]);
    expect(asBuyer.cut.backward).toEqual({ shown: 0, reached: 0 });
  });

  it('leaves the line again when its acceptance is taken back, unless it went on', async () => {
    const { subOrder } = await trade.subOrder(contractor, order, line, factory, '6');
    await trade.delivered(contractor, factory, subOrder, '6');
    const own = (await floor.as(contractor).lifecycle.lots.list({ limit: 1 })).items[0]?.id ?? '';
    await trade.ship(contractor, order, line, own, '4');
    const accepted = (await floor.as(contractor).orders.ledger({ order: subOrder.id, kind: 'accepted', limit: 5 })).items[0]?.id ?? '';
    const reverse = async (quantity: string) =>
      floor
        .as(contractor)
        .orders.reverse({ ...(await trade.at(contractor, subOrder.id)), entry: accepted, quantity, reason: 'cracks found' });
    expect(await failure(reverse('3'))).toBe('subcontract.credit_used');
    await reverse('2');
    expect(await progress(buyer)).toMatchObject({ produced: '4', shipped: '4' });
    expect((await of(contractor, order)).allocations).toMatchObject([{ credited: '4' }]);
    expect((await floor.as(contractor).lifecycle.lots.get({ lot: own })).used).toBe('2');
    await sound();
    // Judged anew, it comes in again.
    const sub = await trade.seen(contractor, subOrder.id);
    const shipmentLine = sub.shipments[0]?.lines[0]?.id ?? '';
    await floor.as(contractor).orders.inspect({ order: sub.id, version: sub.version, lines: [{ shipmentLine, accepted: '2' }] });
    expect(await progress(buyer)).toMatchObject({ produced: '6' });
    await sound();
    const send = async (value: string) =>
      floor.as(contractor).orders.return({
        ...{ ...(await trade.at(contractor, subOrder.id)), reason: 'rust', lines: [{ shipmentLine, quantity: value }] },
      });
    expect(await failure(send('3'))).toBe('subcontract.credit_used');
    await send('2');
    expect(await progress(buyer)).toMatchObject({ produced: '4', shipped: '4' });
    expect(await progress(factory, subOrder.id)).toMatchObject({ accepted: '6', returned: '2' });
    await sound();
  });

  it('with serial numbers of its maker is named when it is taken in, and does not go on under them', async () => {
    const { subOrder, allocation } = await trade.subOrder(contractor, order, line, factory, '2');
    await floor.as(factory).orders.accept(await trade.at(factory, subOrder.id));
    const { job, lot } = await floor.as(factory).orders.start({ ...(await trade.at(factory, subOrder.id)), line: subOrder.line });
    const { version } = await floor.as(factory).production.countByHand({ job, version: 1, good: '2', reason: 'made' });
    await floor.as(factory).production.units.make({ job, lot, serials: ['S-1', 'S-2'] });
    await floor.as(factory).production.lots.close({ job, version, lot, openNext: false });
    await floor.as(factory).lifecycle.lots.release({ lot, version: (await floor.as(factory).lifecycle.lots.get({ lot })).version });
    await trade.ship(factory, subOrder.id, subOrder.line, lot, '2');
    const { version: now, shipments } = await trade.accept(contractor, subOrder.id, '2');
    expect((await of(contractor, order)).allocations[0]?.credited).toBe('0');
    const credit = { order: subOrder.id, version: now, shipmentLine: shipments[0]?.lines[0]?.id ?? '', allocation, quantity: '1' };
    expect(await failure(floor.as(contractor).orders.subcontract.credit(credit))).toBe('lifecycle.units_to_name');
    await floor.as(contractor).orders.subcontract.credit({ ...credit, units: ['S-1'] });
    expect(await failure(floor.as(contractor).orders.subcontract.credit({ ...credit, quantity: '2' }))).toBe(
      'subcontract.nothing_to_credit',
    );
    const own = (await floor.as(contractor).lifecycle.lots.list({ limit: 1 })).items[0]?.id ?? '';
    expect(await failure(trade.ship(contractor, order, line, own, '1'))).toBe('subcontract.makers_shown');
    await sound();
  });

  it('goes through two levels, and serves several lines', async () => {
    const second = await trade.agreed(buyer, contractor, ['4']);
    const { subOrder } = await trade.subOrder(contractor, order, line, factory, '5', { orderQuantity: '8' });
    const secondLine = second.lines[0]?.id ?? '';
    const allocate = async (quantity: string) =>
      floor.as(contractor).orders.subcontract.allocate({
        ...{ ...(await trade.at(contractor, second.id)), line: secondLine, subLine: subOrder.line, quantity },
      });
    expect(await failure(allocate('4'))).toBe('subcontract.sub_line_taken');
    await allocate('3');
    await floor.as(factory).orders.accept(await trade.at(factory, subOrder.id));
    const below = await trade.subOrder(factory, subOrder.id, subOrder.line, deep, '6');
    const bottom = await trade.delivered(factory, deep, below.subOrder, '6');
    await sound();
    const middle = (await floor.as(factory).lifecycle.lots.list({ limit: 1 })).items[0]?.id ?? '';
    await trade.ship(factory, subOrder.id, subOrder.line, middle, '6');
    await trade.accept(contractor, subOrder.id, '6');
    expect(await progress(buyer)).toMatchObject({ produced: '5' });
    expect(await progress(buyer, second.id)).toMatchObject({ produced: '1' });
    expect((await of(contractor, subOrder.id)).serves.map(({ quantity, credited }) => [quantity, credited])).toEqual([
      ['5', '5'],
      ['3', '1'],
    ]);
    await sound();
    // Each knows its own neighbours.
    const top = (await floor.as(contractor).lifecycle.lots.list({ limit: 2 })).items.map(({ id }) => id);
    const back = await floor.as(contractor).lifecycle.trace({ thing: top[0] ?? '', direction: 'backward', limit: 50 });
    expect(back.nodes.map(({ node }) => node)).not.toContain(bottom);
    expect(await failure(floor.as(contractor).orders.get({ order: below.subOrder.id }))).toBe('request.not_found');
  });
});

it('the buyer and the subcontractors read nothing of each other, in rows, timeline, ledger, feed and errors', async () => {
  // Companies that meet nowhere else.
  const [buyer, factory, other] = await Promise.all(['hush-1', 'hush-2', 'hush-3'].map((code) => createTestOrganization(db, code)));
  if (!buyer || !factory || !other) throw new Error('no companies');
  const { id: order, lines } = await trade.agreed(buyer, contractor, ['10']);
  const line = lines[0]?.id ?? '';
  const first = await trade.subOrder(contractor, order, line, factory, '4');
  const second = await trade.subOrder(contractor, order, line, other, '3');
  await trade.delivered(contractor, factory, first.subOrder, '4');
  await floor.as(other).orders.decline({ ...(await trade.at(other, second.subOrder.id)), reason: 'full' });
  const own = (await floor.as(contractor).lifecycle.lots.list({ limit: 1 })).items[0]?.id ?? '';
  await trade.ship(contractor, order, line, own, '4');
  await trade.accept(buyer, order, '3', '1');
  const sequencer = startSequencer({ system: db.database.system });
  sequencer.wake();
  await vi.waitFor(async () => expect((await db.owner.pool.query('select 1 from core.event_pending limit 1')).rowCount).toBe(0), 20_000);
  await sequencer.stop();

  const everything = async (who: TestOrganization, id: string, lot: string) => ({
    order: await trade.seen(who, id),
    orders: await floor.as(who).orders.list({ limit: 100 }),
    timeline: await floor.as(who).orders.timeline({ order: id, limit: 100 }),
    ledger: await floor.as(who).orders.ledger({ order: id, limit: 100 }),
    subcontract: await of(who, id),
    lot: await floor.as(who).lifecycle.lots.get({ lot }),
    trace: await floor.as(who).lifecycle.trace({ thing: lot, direction: 'both', limit: 100 }),
    activities: await floor.as(who).lifecycle.activities.list({ thing: lot, limit: 100 }),
    contents: await floor.as(who).lifecycle.lots.contents({ lot }),
    errors: [
      await failure(floor.as(who).orders.get({ order: who === buyer ? first.subOrder.id : order })),
      await failure(floor.as(who).orders.subcontract.release({ order: id, allocation: first.allocation, reason: 'x' })),
    ],
  });
  const asBuyer = JSON.stringify(await everything(buyer, order, own));
  for (const secret of [
    factory.code,
    other.code,
    factory.id,
    other.id,
    first.subOrder.id,
    first.subOrder.number,
    first.subOrder.line,
    second.subOrder.id,
  ])
    expect(asBuyer.includes(secret), secret).toBe(false);
  expect((await of(buyer, order)).lines).toEqual([]);
  const made = (await floor.as(factory).lifecycle.lots.list({ limit: 1 })).items[0]?.id ?? '';
  const asFactory = JSON.stringify(await everything(factory, first.subOrder.id, made));
  for (const secret of [buyer.code, buyer.id, other.code, order, line, own, second.subOrder.id])
    expect(asFactory.includes(secret), secret).toBe(false);
  const { rows } = await db.owner.pool.query<{ code: string; bodies: string }>(
    `select r.code, coalesce(string_agg(e.type || e.body::text, ' '), '') as bodies from core.organization_registry r
       left join core.feed f on f.organization = r.id left join core.event e on e.id = f.event_id
     where r.code = any($1) group by r.code`,
    [[buyer.code, factory.code, other.code]],
  );
  for (const { code, bodies } of rows) {
    expect(bodies, code).not.toContain('subcontract.');
    const secrets = code === buyer.code ? [first.subOrder.id, factory.code, other.code] : [order, buyer.code];
    for (const secret of secrets) expect(bodies, code).not.toContain(secret);
  }
  await sound();
});

it('of two who take the last quantity at once one wins', async () => {
  const both = await Promise.all([
    failure(trade.subOrder(contractor, order, line, factory, '10')),
    failure(trade.subOrder(contractor, order, line, other, '10')),
  ]);
  expect(both.filter((outcome) => outcome === 'nothing failed')).toHaveLength(1);
  await sound();
});
