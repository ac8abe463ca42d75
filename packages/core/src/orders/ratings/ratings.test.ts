import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import { createFloor, type Floor, failure, proposal } from '../floor.fixture.js';
import { publishedPeriod, publishSupplierScores } from './publishing.js';

let db: TestDatabase;
let as: Floor['as'];
let buyer: TestOrganization;
let maker: TestOrganization;
let stranger: TestOrganization;
let now = new Date('2026-11-02T02:00:00Z');
const at = (instant: string) => {
  now = new Date(instant);
};

beforeAll(async () => {
  db = await createTestDatabase();
  ({ as } = createFloor(db, { now: () => now }));
  const made = await Promise.all(['buyer', 'maker', 'stranger'].map((code) => createTestOrganization(db, code)));
  [buyer, maker, stranger] = made as [TestOrganization, TestOrganization, TestOrganization];
});
afterAll(() => db.close());

let numbers = 0;

/** An order proposed and accepted now; `schedule` says which part is due when. */
async function agreed(
  by: TestOrganization,
  {
    supplier = maker,
    dueOn = '2026-11-10',
    schedule,
    quantity = '10',
  }: {
    readonly supplier?: TestOrganization;
    readonly dueOn?: string;
    readonly schedule?: readonly { readonly dueOn: string; readonly quantity: string }[];
    readonly quantity?: string;
  } = {},
) {
  const order = proposal(supplier.code, `R-${++numbers}`, quantity);
  const lines = order.lines.map((line) => ({ ...line, ...(schedule ? { schedule: [...schedule] } : {}) }));
  const { id } = await as(by).orders.propose({ ...order, dueOn, lines });
  return { id, by, supplier };
}

type Order = Awaited<ReturnType<typeof agreed>>;

const version = async ({ id, by }: Order) => (await as(by).orders.get({ order: id })).version;

/** Made by hand, released and shipped now; the shipment and its only line. */
async function shipped(order: Order, quantity: string) {
  const { id, supplier, by } = order;
  const line = (await as(by).orders.get({ order: id })).lines[0]?.id as string;
  const { job, lot } = await as(supplier).orders.start({ order: id, version: await version(order), line, quantity });
  await as(supplier).production.countByHand({ job, version: 1, good: quantity, reason: 'test' });
  await as(supplier).production.lots.close({ job, version: 2, lot });
  const { lot: closed } = await as(supplier).lifecycle.lots.checkRelease({ lot });
  await as(supplier).lifecycle.lots.release({ lot, version: closed.version });
  const { shipments } = await as(supplier).orders.ship({ order: id, version: await version(order), lines: [{ line, lot, quantity }] });
  const shipment = shipments.at(-1);
  return { shipment: shipment?.id as string, shipmentLine: shipment?.lines[0]?.id as string };
}

const receive = async (order: Order, shipment: string) =>
  as(order.by).orders.receive({ order: order.id, version: await version(order), shipment });
const inspect = async (order: Order, shipmentLine: string, accepted: string, rejected = '0') =>
  as(order.by).orders.inspect({
    order: order.id,
    version: await version(order),
    lines: [{ shipmentLine, accepted, rejected, ...(rejected === '0' ? {} : { reason: 'scratched' }) }],
  });

/** From proposal to acceptance of everything, at this instant. */
async function delivered(by: TestOrganization, given: Parameters<typeof agreed>[1] = {}): Promise<Order> {
  const order = await agreed(by, given);
  await as(order.supplier).orders.accept({ order: order.id, version: 1 });
  const { shipment, shipmentLine } = await shipped(order, '10');
  await receive(order, shipment);
  await inspect(order, shipmentLine, '10');
  return order;
}

const good = { delivery: 5, quality: 4, communication: 3 };

describe('a rating', () => {
  it('is given once by each side, and only once something is accepted', async () => {
    at('2026-11-02T02:00:00Z');
    const order = await agreed(buyer);
    await as(maker).orders.accept({ order: order.id, version: 1 });
    const rate = (who: TestOrganization) => as(who).orders.ratings.rate({ order: order.id, ...good });
    for (const who of [buyer, maker]) expect(await failure(rate(who))).toBe('ratings.nothing_accepted');
    expect(await as(buyer).orders.ratings.ofOrder({ order: order.id })).toMatchObject({ mayRate: false, waitsForAcceptance: true });
    const { shipment, shipmentLine } = await shipped(order, '4');
    await receive(order, shipment);
    expect(await failure(rate(buyer))).toBe('ratings.nothing_accepted');
    await inspect(order, shipmentLine, '1');
    const rated = await rate(buyer);
    expect(rated.items).toMatchObject([{ side: 'buyer', ...good, by: 'Tester of buyer', mayRevise: true, mayAnswer: false, earlier: [] }]);
    expect(await failure(rate(buyer))).toBe('ratings.already_rated');
    expect((await rate(maker)).items.map(({ side }) => side)).toEqual(['buyer', 'supplier']);
    expect(await failure(rate(stranger))).toBe('request.not_found');
    expect(await failure(as(stranger).orders.ratings.ofOrder({ order: order.id }))).toBe('request.not_found');
  });

  it('waits again when the acceptance is taken back', async () => {
    at('2026-11-02T02:00:00Z');
    const order = await delivered(buyer);
    const [entry] = (await as(buyer).orders.ledger({ order: order.id, kind: 'accepted' })).items;
    const taken = { order: order.id, version: await version(order), entry: entry?.id as string, quantity: '10', reason: 'mistaken' };
    await as(buyer).orders.reverse(taken);
    expect(await failure(as(buyer).orders.ratings.rate({ order: order.id, ...good }))).toBe('ratings.nothing_accepted');
  });

  it('is revised for 30 days from the revision that was read, and keeps what it was', async () => {
    at('2026-11-02T02:00:00Z');
    const { id: order } = await delivered(buyer);
    await as(buyer).orders.ratings.rate({ order, ...good, text: 'Prompt.' });
    at('2026-12-02T01:59:59Z');
    const revise = (revision: number, quality: number) => as(buyer).orders.ratings.revise({ order, ...good, quality, revision });
    const revised = await revise(1, 1);
    expect(revised.items[0]).toMatchObject({
      revision: 2,
      quality: 1,
      text: null,
      earlier: [{ revision: 1, quality: 4, text: 'Prompt.' }],
    });
    expect(await failure(revise(1, 2))).toBe('ratings.revision_stale');
    expect(await failure(as(maker).orders.ratings.revise({ order, ...good, revision: 2 }))).toBe('ratings.rating_unknown');
    at('2026-12-02T02:00:00Z');
    expect(await failure(revise(2, 5))).toBe('ratings.too_late');
    expect((await as(buyer).orders.ratings.ofOrder({ order })).items[0]).toMatchObject({ mayRevise: false });
  });

  it('is answered once, by the side that was rated', async () => {
    at('2026-11-02T02:00:00Z');
    const { id: order } = await delivered(buyer);
    await as(buyer).orders.ratings.rate({ order, ...good });
    expect(await failure(as(buyer).orders.ratings.answer({ order, reply: 'x' }))).toBe('ratings.rating_unknown');
    const answered = await as(maker).orders.ratings.answer({ order, reply: 'Thank you.' });
    expect(answered.items[0]).toMatchObject({ reply: { text: 'Thank you.', by: 'Tester of maker' }, mayAnswer: false });
    expect(await failure(as(maker).orders.ratings.answer({ order, reply: 'More.' }))).toBe('ratings.already_answered');
  });

  it('cannot be written for the other side past the service', async () => {
    at('2026-11-02T02:00:00Z');
    const { id: order } = await delivered(buyer);
    await as(buyer).orders.ratings.rate({ order, ...good });
    const attempt = async (who: TestOrganization, statement: string) => {
      const client = await db.database.runtime.pool.connect();
      try {
        await client.query(`begin; select core.enter('${who.id}')`);
        return await client.query(statement, [order]);
      } finally {
        await client.query('rollback');
        client.release();
      }
    };
    const grades = 'update core.order_rating set quality = 5, revision = 2 where order_id = $1';
    const reply = `update core.order_rating set reply = 'mine', replied_by = 'x', replied_at = now() where order_id = $1`;
    await expect(attempt(maker, grades)).rejects.toThrow(/whoever gave it/);
    await expect(attempt(buyer, reply)).rejects.toThrow(/whoever was rated/);
    await expect(attempt(buyer, 'delete from core.order_rating_revision where order_id = $1')).rejects.toThrow(/permission denied/);
    expect((await attempt(stranger, grades)).rowCount).toBe(0);
  });
});

describe('a score', () => {
  it('adds up to the numbers of a hand-computed month, with the items that make them', async () => {
    const own = await createTestOrganization(db, 'scored-buyer');
    const supplier = await createTestOrganization(db, 'scored-maker');
    // Ordered on the 1st and accepted 6 h later: 4 due on the 10th, 6 on the 20th.
    at('2026-09-01T00:00:00Z');
    const schedule = [
      { dueOn: '2026-09-10', quantity: '4' },
      { dueOn: '2026-09-20', quantity: '6' },
    ];
    const first = await agreed(own, { supplier, schedule, dueOn: '2026-09-20' });
    at('2026-09-01T06:00:00Z');
    await as(supplier).orders.accept({ order: first.id, version: 1 });
    // 5 arrive on the 10th at 23:30 in Shanghai, in time, and are inspected five days later: 3 good, 2 rejected.
    at('2026-09-09T00:00:00Z');
    const one = await shipped(first, '5');
    at('2026-09-10T15:30:00Z');
    await receive(first, one.shipment);
    at('2026-09-15T00:00:00Z');
    await inspect(first, one.shipmentLine, '3', '2');
    // 7 arrive half an hour after the 20th has ended, and are all good.
    at('2026-09-18T00:00:00Z');
    const two = await shipped(first, '7');
    at('2026-09-20T16:30:00Z');
    await receive(first, two.shipment);
    await inspect(first, two.shipmentLine, '7');
    // A second order, declined after 2 h.
    at('2026-09-02T00:00:00Z');
    const second = await agreed(own, { supplier });
    at('2026-09-02T02:00:00Z');
    await as(supplier).orders.decline({ order: second.id, version: 1, reason: 'full' });

    at('2026-10-01T00:00:00Z');
    const asked = { supplier: supplier.code, since: '2026-09-01', until: '2026-09-30' };
    const score = await as(own).orders.ratings.score(asked);
    const of = (metric: string) => score.metrics.find((each) => each.metric === metric);
    // By the 10th: 3 of 4. By the 20th: the 3 again, of 10; so 0 of the further 6. Together 3 of 10.
    expect(of('on_time')).toMatchObject({ items: 2, rate: '0.300000', byUnit: [{ unit: 'H87', numerator: '3', denominator: '10' }] });
    expect(of('acceptance')).toMatchObject({ items: 2, rate: '0.833333', byUnit: [{ numerator: '10', denominator: '12' }] });
    expect(of('rejection')).toMatchObject({ items: 2, rate: '0.166667', byUnit: [{ numerator: '2', denominator: '12' }] });
    expect(of('response')).toMatchObject({ items: 2, rate: '4.000000', byUnit: [{ unit: 'HUR', numerator: '8', denominator: '2' }] });
    expect(score).toMatchObject({ of: 'bought', ratings: { count: 0, quality: null } });

    const page = await as(own).orders.ratings.evidence({ ...asked, metric: 'on_time', limit: 1 });
    const rest = await as(own).orders.ratings.evidence({ ...asked, metric: 'on_time', limit: 5, cursor: page.next as string });
    expect(
      [...page.items, ...rest.items].map(({ at: due, numerator, denominator, order }) => [due, numerator, denominator, order.id]),
    ).toEqual([
      ['2026-09-19T16:00:00.000Z', '0', '6', first.id],
      ['2026-09-09T16:00:00.000Z', '3', '4', first.id],
    ]);
    // The same to the supplier itself, and nothing to whoever bought nothing there.
    expect((await as(supplier).orders.ratings.score(asked)).metrics).toEqual(score.metrics);
    const empty = await as(stranger).orders.ratings.score(asked);
    expect(empty.metrics.map(({ items, rate }) => `${items} ${rate}`)).toEqual(Array.from({ length: 4 }, () => '0 null'));
    expect((await as(stranger).orders.ratings.evidence({ ...asked, metric: 'response' })).items).toEqual([]);
    // A day that is not over is not due yet.
    at('2026-09-20T15:59:00Z');
    const earlier = await as(own).orders.ratings.score(asked);
    expect(earlier.metrics[0]).toMatchObject({ metric: 'on_time', items: 1 });
  });

  it('refuses a period that ends before it begins, or spans more than a year', async () => {
    const ask = (since: string, until: string) => failure(as(buyer).orders.ratings.score({ supplier: 'maker', since, until }));
    expect(await ask('2026-02-01', '2026-01-01')).toBe('ratings.period_invalid');
    expect(await ask('2025-01-01', '2026-06-01')).toBe('ratings.period_invalid');
    expect(await failure(as(buyer).orders.ratings.score({ supplier: 'nobody' }))).toBe('ratings.organization_unknown');
  });
});

describe('what the platform publishes', () => {
  it('is of the twelve whole months before', () => {
    expect(publishedPeriod(new Date('2026-11-28T00:00:00Z'))).toEqual({ since: '2025-11-01', until: '2026-10-31' });
    // It is January in Shanghai while it is still December in UTC.
    expect(publishedPeriod(new Date('2026-12-31T17:00:00Z'))).toEqual({ since: '2026-01-01', until: '2026-12-31' });
    expect(publishedPeriod(new Date('2024-03-01T00:00:00Z'))).toEqual({ since: '2023-03-01', until: '2024-02-29' });
  });

  it('needs five rated or finished orders of three buyers, is rounded, names no buyer, and is made once a month', async () => {
    const supplier = await createTestOrganization(db, 'public-maker');
    const buyers = await Promise.all([1, 2, 3].map((n) => createTestOrganization(db, `public-buyer-${n}`)));
    at('2027-03-10T00:00:00Z');
    const bought = (n: number) => delivered(buyers[n] as TestOrganization, { supplier, dueOn: '2027-03-12' });
    // Five of two buyers: too few buyers.
    const orders = [await bought(0), await bought(0), await bought(0), await bought(1), await bought(1)];
    for (const { id, by } of orders) await as(by).orders.ratings.rate({ order: id, delivery: 4, quality: 5, communication: 3 });
    const published = () => as(stranger).orders.ratings.published({ supplier: supplier.code });
    expect(await publishSupplierScores(db.database.system, new Date('2027-04-02T00:00:00Z'))).toBe(0);
    expect(await published()).toMatchObject({ score: null, leastOrders: 5, leastBuyers: 3 });
    // A sixth of a third buyer; closed and never rated is enough for the evidence, and opinions stay with two buyers.
    const sixth = await bought(2);
    await as(sixth.by).orders.close({ order: sixth.id, version: await version(sixth) });
    // The month has been published; only the next one brings it.
    expect(await publishSupplierScores(db.database.system, new Date('2027-04-03T00:00:00Z'))).toBe(0);
    expect(await publishSupplierScores(db.database.system, new Date('2027-05-01T00:00:00Z'))).toBe(1);
    const told = await published();
    expect(told.score).toEqual({
      since: '2026-05-01',
      until: '2027-04-30',
      orders: 5,
      buyers: 3,
      onTimePercent: 100,
      acceptedPercent: 100,
      rejectedPpm: 0,
      responseHours: 0,
      delivery: null,
      quality: null,
      communication: null,
      publishedAt: '2027-05-01T00:00:00.000Z',
    });
    expect(JSON.stringify(told)).not.toMatch(/public-buyer/);
    await as(sixth.by).orders.ratings.rate({ order: sixth.id, delivery: 1, quality: 5, communication: 3 });
    await publishSupplierScores(db.database.system, new Date('2027-06-01T00:00:00Z'));
    // (5 × 4 + 1) / 6 = 3.5
    expect((await published()).score).toMatchObject({ delivery: '3.5', quality: '5.0', communication: '3.0' });
    await expect(db.database.runtime.pool.query('insert into core.supplier_score_run values (now(), now())')).rejects.toThrow(
      /permission denied/,
    );
  });
});
