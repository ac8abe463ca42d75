import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import { commerceEvents } from '../index.js';
import { createShop, failure } from '../shop.fixture.js';

let db: TestDatabase;
let as: ReturnType<typeof createShop>;
let now = new Date('2026-04-01T08:00:00Z');
let supplier: TestOrganization;
let buyer: TestOrganization;
let rival: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  as = createShop(db, () => now);
  supplier = await createTestOrganization(db, 'supplier');
  buyer = await createTestOrganization(db, 'buyer');
  rival = await createTestOrganization(db, 'rival');
});
afterAll(() => db.close());

const content = (unitPrice = '12.345') => ({
  currency: 'USD' as const,
  delivery: { incoterm: 'FOB' as const, place: 'Qingdao' },
  validUntil: '2026-05-01T00:00:00Z',
  lines: [
    { description: 'Blank 9 ft', quantity: { value: '300', unit: 'H87' as const }, unitPrice },
    { description: 'Rod tube', quantity: { value: '7', unit: 'H87' as const }, unitPrice: '1.115' },
  ],
  cost: { purchase: '113', rebate: '13' },
});
const draft = (number: string) => as(supplier).commerce.quotations.draft({ ...content(), number, buyer: 'buyer' });

describe('a quotation', () => {
  it('is reckoned by the platform, and nobody else’s until it is sent', async () => {
    const drafted = await draft('Q-1');
    expect(drafted.lines.map(({ amount }) => amount.amount)).toEqual(['3703.5', '7.8']);
    expect(drafted).toMatchObject({ total: { amount: '3711.3', currency: 'USD' }, side: 'supplier', cost: { purchase: '113' } });
    expect(await failure(as(buyer).commerce.quotations.get({ quotation: drafted.id }))).toBe('request.not_found');
    expect((await as(buyer).commerce.quotations.list({})).items).toEqual([]);
    await as(supplier).commerce.quotations.send({ quotation: drafted.id, version: 1 });
    const read = await as(buyer).commerce.quotations.get({ quotation: drafted.id });
    expect(read).toMatchObject({ state: 'sent', side: 'buyer', cost: null, lead: null, delivery: { incoterm: 'FOB', place: 'Qingdao' } });
    expect(read.moves.map(({ move }) => move)).toEqual(['accept', 'decline']);
    expect((await as(buyer).commerce.quotations.list({ side: 'buyer', state: 'sent' })).items).toHaveLength(1);
    expect(await failure(as(rival).commerce.quotations.get({ quotation: drafted.id }))).toBe('request.not_found');
    expect(await failure(draft('Q-1'))).toBe('commerce.quotation_number_taken');
  });

  it('keeps every revision, and shows a buyer only those that were sent', async () => {
    const { id: quotation } = await draft('Q-2');
    await as(supplier).commerce.quotations.send({ quotation, version: 1 });
    const revised = await as(supplier).commerce.quotations.revise({ ...content('10'), quotation, version: 2 });
    expect(revised).toMatchObject({ state: 'draft', revision: 2, total: { amount: '3007.8' } });
    const meanwhile = await as(buyer).commerce.quotations.get({ quotation });
    expect(meanwhile).toMatchObject({ state: 'draft', revision: 1, total: { amount: '3711.3' }, moves: [] });
    expect(meanwhile.revisions.map(({ revision }) => revision)).toEqual([1]);
    expect(await failure(as(buyer).commerce.quotations.get({ quotation, revision: 2 }))).toBe('request.not_found');
    await as(supplier).commerce.quotations.send({ quotation, version: 3 });
    expect((await as(buyer).commerce.quotations.get({ quotation })).revisions.map(({ revision }) => revision)).toEqual([2, 1]);
    expect(await as(buyer).commerce.quotations.get({ quotation, revision: 1 })).toMatchObject({ total: { amount: '3711.3' } });
    const stale = { quotation, version: 4, revision: 1, ownNumber: 'PO-2', dueOn: '2026-07-01' };
    expect(await failure(as(buyer).commerce.quotations.accept(stale))).toBe('commerce.quotation_revised');
  });

  it('becomes an order of the same lines when the buyer accepts it, and wins its lead', async () => {
    const { leads } = await as(supplier).commerce.leads.capture({
      leads: [{ key: randomUUID(), capturedAt: '2026-03-18T02:30:00Z', interest: 'blanks', company: 'Buyer' }],
    });
    const lead = leads[0]?.lead as string;
    const { id: quotation } = await as(supplier).commerce.quotations.draft({ ...content(), number: 'Q-3', buyer: 'buyer', lead });
    await as(supplier).commerce.quotations.send({ quotation, version: 1 });
    expect(await as(supplier).commerce.leads.get({ lead })).toMatchObject({ state: 'quoted' });
    const input = { quotation, version: 2, revision: 1, ownNumber: 'PO-3', dueOn: '2026-07-01' };
    expect(await failure(as(supplier).commerce.quotations.accept(input))).toBe('commerce.not_your_move');
    expect(await failure(as(supplier).commerce.quotations.recordAnswer({ quotation, version: 2, answer: 'accepted' }))).toBe(
      'commerce.answers_itself',
    );
    const accepted = await as(buyer).commerce.quotations.accept(input);
    expect(accepted).toMatchObject({ state: 'accepted', moves: [] });
    const order = await as(supplier).orders.get({ order: accepted.order as string });
    expect(order).toMatchObject({ state: 'proposed', side: 'supplier', number: 'PO-3', total: { amount: '3711.3', currency: 'USD' } });
    expect(order.note).toBe('Q-3/1 FOB Qingdao (Incoterms 2020)');
    expect(order.lines.map(({ amount }) => amount.amount)).toEqual(['3703.5', '7.8']);
    const won = await as(supplier).commerce.leads.get({ lead });
    expect(won).toMatchObject({ state: 'won' });
    expect(won.history.map(({ move, reason }) => [move, reason])).toEqual([
      ['quote', 'Q-3'],
      ['win', 'Q-3'],
    ]);
    expect(await failure(as(buyer).commerce.quotations.accept({ ...input, version: 3, ownNumber: 'PO-3b' }))).toBe('commerce.wrong_state');
  });

  it('that fails to become an order stays as it was', async () => {
    const { id: quotation } = await draft('Q-4');
    await as(supplier).commerce.quotations.send({ quotation, version: 1 });
    const taken = { quotation, version: 2, revision: 1, ownNumber: 'PO-3', dueOn: '2026-07-01' };
    expect(await failure(as(buyer).commerce.quotations.accept(taken))).toBe('orders.own_number_taken');
    expect(await as(buyer).commerce.quotations.get({ quotation })).toMatchObject({ state: 'sent', version: 2 });
    const declined = await as(buyer).commerce.quotations.decline({ quotation, version: 2, reason: 'too dear' });
    expect(declined).toMatchObject({ state: 'declined', reason: 'too dear' });
    expect(await as(supplier).commerce.quotations.revise({ ...content('9'), quotation, version: 3 })).toMatchObject({ reason: null });
  });

  it('expires by the server’s clock, without anybody doing anything', async () => {
    const { id: quotation } = await draft('Q-5');
    await as(supplier).commerce.quotations.send({ quotation, version: 1 });
    const before = now;
    now = new Date('2026-05-01T00:00:00Z');
    try {
      expect(await as(buyer).commerce.quotations.get({ quotation })).toMatchObject({ state: 'expired', moves: [] });
      const input = { quotation, version: 2, revision: 1, ownNumber: 'PO-5', dueOn: '2026-07-01' };
      expect(await failure(as(buyer).commerce.quotations.accept(input))).toBe('commerce.quotation_expired');
      expect((await as(supplier).commerce.quotations.list({ state: 'expired' })).items.map(({ number }) => number)).toContain('Q-5');
      expect((await as(supplier).commerce.quotations.list({ state: 'sent' })).items.map(({ number }) => number)).not.toContain('Q-5');
      expect(await failure(draft('Q-late'))).toBe('commerce.validity_past');
    } finally {
      now = before;
    }
  });

  it('to somebody outside is answered in writing by its supplier', async () => {
    const contact = { name: 'Olaf Fisk', company: 'Fjord Tackle', country: 'NO' };
    const { id: quotation, ...drafted } = await as(supplier).commerce.quotations.draft({ ...content(), number: 'Q-6', contact });
    expect(drafted).toMatchObject({ buyer: null, contact });
    await as(supplier).commerce.quotations.send({ quotation, version: 1 });
    const accepted = await as(supplier).commerce.quotations.recordAnswer({ quotation, version: 2, answer: 'accepted' });
    expect(accepted).toMatchObject({ state: 'accepted', order: null });
  });

  it('refuses recipients that there are not, and leads of others', async () => {
    const to = (recipient: object) => failure(as(supplier).commerce.quotations.draft({ ...content(), number: 'Q-7', ...recipient }));
    expect(await to({ buyer: 'nobody' })).toBe('commerce.recipient_unknown');
    expect(await to({ buyer: 'supplier' })).toBe('commerce.recipient_is_self');
    expect(await to({ buyer: 'buyer', lead: randomUUID() })).toBe('commerce.lead_unknown');
    expect(await to({})).toBe('request.invalid');
    expect(await to({ buyer: 'buyer', contact: { name: 'x' } })).toBe('request.invalid');
    const huge = [{ description: 'x', quantity: { value: '999999999999', unit: 'H87' as const }, unitPrice: '999' }];
    expect(await to({ buyer: 'buyer', lines: huge })).toBe('commerce.amount_too_large');
  });

  it('tells both sides by events that their schemas accept, and nothing of a cost', async () => {
    const { rows } = await db.owner.pool.query<{ type: string; body: unknown }>(
      `select type, body from core.event where type like 'commerce.quotation%'`,
    );
    expect(rows.length).toBeGreaterThan(10);
    for (const { type, body } of rows) expect(commerceEvents[type as keyof typeof commerceEvents].safeParse(body).error).toBeUndefined();
    // As a word of its own: the digits of an id may hold it by chance.
    expect(JSON.stringify(rows)).not.toMatch(/\b113\b/);
  });
});
