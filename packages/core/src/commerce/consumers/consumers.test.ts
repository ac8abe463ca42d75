import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  asOrganization,
  createTestDatabase,
  createTestOrganization,
  type TestDatabase,
  type TestOrganization,
} from '../../testing/index.js';
import { createShop, failure } from '../shop.fixture.js';

let db: TestDatabase;
let as: ReturnType<typeof createShop>;
let brand: TestOrganization;
let maker: TestOrganization;
let rival: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  as = createShop(db);
  brand = await createTestOrganization(db, 'brand');
  maker = await createTestOrganization(db, 'maker');
  rival = await createTestOrganization(db, 'rival');
});
afterAll(() => db.close());

const placed = (number: string, more: object = {}) =>
  as(brand).commerce.consumerOrders.place({
    number,
    description: 'One of a kind',
    price: { amount: '1980.00', currency: 'CNY' },
    person: { name: 'Wang Xiaoming', email: 'wang@person.example', address: '威海' },
    measurements: { chest_girth: { value: '96.5', unit: 'CMT' } },
    consent: { text: 'To make this one for me.', givenAt: '2026-04-01T08:00:00Z' },
    ...more,
  });

describe('the order of a person', () => {
  it('is seen by its seller, and by a maker that was let in, without who placed it', async () => {
    const order = await placed('C-1');
    expect(order).toMatchObject({ state: 'placed', price: { amount: '1980', currency: 'CNY' }, seller: { code: 'brand' } });
    expect(JSON.stringify(order)).not.toMatch(/Wang|96\.5/);
    const id = { consumerOrder: order.id };
    expect(await as(brand).commerce.consumerOrders.person(id)).toMatchObject({
      name: 'Wang Xiaoming',
      measurements: { chest_girth: { value: '96.5', unit: 'CMT' } },
    });
    expect(await failure(as(maker).commerce.consumerOrders.get(id))).toBe('request.not_found');
    await db.owner.pool.query(
      `insert into core.grant_given (id, record_id, organization, granted_by, reason, created_at) values (gen_random_uuid(), $1, $2, $3, 'makes it', now())`,
      [order.id, maker.id, brand.id],
    );
    expect(await as(maker).commerce.consumerOrders.get(id)).toMatchObject({ number: 'C-1', moves: [] });
    expect(await failure(as(maker).commerce.consumerOrders.person(id))).toBe('request.not_found');
    expect(await failure(as(maker).commerce.consumerOrders.move({ ...id, version: 1, move: 'confirm' }))).toBe('request.not_found');
    expect(await failure(as(rival).commerce.consumerOrders.get(id))).toBe('request.not_found');
  });

  it('takes measurements only with consent, and erases them when that is withdrawn', async () => {
    expect(await failure(placed('C-2', { consent: undefined }))).toBe('commerce.consent_missing');
    const { id: consumerOrder } = await placed('C-2');
    const person = await as(brand).commerce.consumerOrders.withdrawConsent({ consumerOrder, version: 1 });
    expect(person).toMatchObject({ measurements: null, consent: { text: 'To make this one for me.' } });
    expect(person.consent?.withdrawnAt).not.toBeNull();
    expect(await failure(as(brand).commerce.consumerOrders.withdrawConsent({ consumerOrder, version: 2 }))).toBe(
      'commerce.consent_not_given',
    );
    const { rows } = await db.owner.pool.query('select measurements from core.consumer_person where consumer_order_id = $1', [
      consumerOrder,
    ]);
    expect(rows).toEqual([{ measurements: null }]);
    expect(await as(brand).commerce.consumerOrders.get({ consumerOrder })).toMatchObject({ state: 'placed', version: 2 });
  });

  it('goes from placed to delivered, or is canceled before anything is made', async () => {
    const { id: consumerOrder } = await placed('C-3');
    const states: string[] = [];
    for (const [index, move] of (['confirm', 'start', 'ship', 'deliver'] as const).entries())
      states.push((await as(brand).commerce.consumerOrders.move({ consumerOrder, version: index + 1, move })).state);
    expect(states).toEqual(['confirmed', 'in_production', 'shipped', 'delivered']);
    const cancel = { consumerOrder, version: 5, move: 'cancel' as const, reason: 'changed my mind' };
    expect(await failure(as(brand).commerce.consumerOrders.move(cancel))).toBe('commerce.wrong_state');
    const { id: other } = await placed('C-4');
    expect(await as(brand).commerce.consumerOrders.move({ ...cancel, consumerOrder: other, version: 1 })).toMatchObject({
      state: 'canceled',
      reason: 'changed my mind',
      moves: [],
    });
    expect(await failure(placed('C-4'))).toBe('commerce.consumer_number_taken');
  });

  it('is linked to what makes it, as far as its seller sees that', async () => {
    const { id: consumerOrder } = await placed('C-5');
    const order = await as(brand).orders.propose({
      supplier: 'maker',
      ownNumber: 'PO-C-5',
      currency: 'CNY',
      dueOn: '2026-12-24',
      lines: [{ description: 'One', quantity: { value: '1', unit: 'H87' }, unitPrice: '900' }],
    });
    const line = order.lines[0]?.id as string;
    const linked = await as(brand).commerce.consumerOrders.link({ consumerOrder, version: 1, order: order.id, orderLine: line });
    expect(linked).toMatchObject({ order: order.id, orderLine: line, version: 2 });
    expect((await as(brand).commerce.consumerOrders.list({ order: order.id })).items.map(({ number }) => number)).toEqual(['C-5']);
    const theirs = await as(rival).orders.propose({
      supplier: 'maker',
      ownNumber: 'PO-R',
      currency: 'CNY',
      dueOn: '2026-12-24',
      lines: [{ description: 'One', quantity: { value: '1', unit: 'H87' }, unitPrice: '900' }],
    });
    const link = (more: object) => failure(as(brand).commerce.consumerOrders.link({ consumerOrder, version: 2, ...more }));
    expect(await link({ order: theirs.id })).toBe('commerce.link_unknown');
    expect(await link({ order: order.id, orderLine: theirs.lines[0]?.id })).toBe('commerce.link_unknown');
    expect(await link({ unit: order.id })).toBe('commerce.link_unknown');
  });

  it('leaves no personal word in the log', async () => {
    const { rows } = await db.owner.pool.query(`select body::text as body from core.event`);
    expect(rows.length).toBeGreaterThan(5);
    expect(JSON.stringify(rows)).not.toMatch(/Wang|person\.example|96\.5|威海/);
    const kept = await asOrganization(db, rival, ({ tx }) =>
      tx.withTables<{ consumer_person: { name: string } }>().selectFrom('consumer_person').selectAll().execute(),
    );
    expect(kept).toEqual([]);
  });
});
