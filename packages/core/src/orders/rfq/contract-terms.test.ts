import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordId } from '../../database/index.js';
import { filesOf } from '../../files/index.js';
import {
  asOrganization,
  createTestDatabase,
  createTestOrganization,
  type TestDatabase,
  type TestOrganization,
} from '../../testing/index.js';
import { createFloor, type Floor, failure } from '../floor.fixture.js';
import { drawing, offer, openRequest, request, uploadDrawing } from './rfq.fixture.js';

let db: TestDatabase;
let as: Floor['as'];
let floor: Floor;
let buyer: TestOrganization;
let supplier: TestOrganization;
let rival: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db, { now: () => new Date('2026-12-01T08:00:00.000Z') });
  ({ as } = floor);
  const made = await Promise.all(['buyer', 'supplier', 'rival'].map((code) => createTestOrganization(db, code)));
  [buyer, supplier, rival] = made as [TestOrganization, TestOrganization, TestOrganization];
  await uploadDrawing(db, buyer);
});
afterAll(() => db.close());

async function drafted(who: TestOrganization, code: string) {
  const title = { en: `Purchase terms ${code}`, zh: `采购条款 ${code}` };
  return as(who).orders.terms.draft({ code, title, text: { en: '1. Quality.', zh: '一、质量。' } });
}
const published = async (who: TestOrganization, code: string) =>
  as(who).orders.terms.publish({ terms: (await drafted(who, code)).id, revision: 1 });
const secret = { version: 'NDA-1', text: 'Keep it to yourselves.' };

describe('contract terms of an RFQ', () => {
  it('are read by an admitted supplier before it quotes, and by nobody else', async () => {
    const { id, sha256 } = await published(buyer, 'read');
    const { invitations } = await openRequest(floor, buyer, [supplier, rival], request('T-1', { terms: [id], confidentiality: secret }));
    const [invitation] = invitations;
    const readText = (who: TestOrganization) => failure(as(who).orders.terms.get({ terms: id }));
    expect(await readText(supplier)).toBe('request.not_found');
    const opened = await as(supplier).orders.rfq.invitations.acceptConfidentiality({ invitation, version: 1, terms: 'NDA-1' });
    expect(opened.content?.terms).toMatchObject([{ id, sha256, code: 'read', number: 1, state: 'published' }]);
    expect(await as(supplier).orders.terms.get({ terms: id })).toMatchObject({ text: { zh: '一、质量。' } });
    expect(await readText(rival)).toBe('request.not_found');
  });

  it('go to every order of its award, accepted by the buyer with it and by the supplier with the order', async () => {
    const { id } = await published(buyer, 'award');
    const { id: rfq, lines, invitations } = await openRequest(floor, buyer, [supplier, rival], request('T-2', { terms: [id] }));
    const quotes = await Promise.all(
      [supplier, rival].map((who, index) =>
        as(who).orders.rfq.quotes.submit({ invitation: invitations[index] as string, version: 1, number: 'Q-2', ...offer(lines, '4') }),
      ),
    );
    const { orders } = await as(buyer).orders.rfq.award({
      rfq,
      orders: quotes.map((quote, index) => ({
        ...{ quote: quote.id, revision: 1, ownNumber: `T-2-${index}` },
        lines: [{ line: lines[index] as string }],
      })),
    });
    for (const { order } of orders)
      expect((await as(buyer).orders.terms.ofOrder({ order })).items.map(({ terms }) => terms.id)).toEqual([id]);
    const [{ order } = { order: '' }] = orders;
    expect(await as(buyer).orders.terms.ofOrder({ order })).toMatchObject({ agreed: false, items: [{ accepted: [{ side: 'buyer' }] }] });
    await as(supplier).orders.accept({ order, version: 1 });
    expect(await as(buyer).orders.terms.ofOrder({ order })).toMatchObject({ agreed: true });
  });

  it('are own ones or those of the platform, published and in force', async () => {
    const create = (number: string, terms: string[]) => failure(as(buyer).orders.rfq.create(request(number, { terms })));
    expect(await create('T-3', [(await published(rival, 'theirs')).id])).toBe('terms.terms_unknown');
    expect(await create('T-4', [(await drafted(buyer, 'draft')).id])).toBe('terms.not_published');
    const { id } = await published(buyer, 'twice');
    expect(await create('T-5', [id, id])).toBe('request.invalid');
    const rfq = await as(buyer).orders.rfq.create(request('T-6', { terms: [id] }));
    const { number: _number, ...content } = request('T-6');
    expect((await as(buyer).orders.rfq.revise({ rfq: rfq.id, version: 1, ...content })).terms).toEqual([]);
  });

  it('that were retired meanwhile are replaced in the award', async () => {
    const [old, next] = [await published(buyer, 'old'), await published(buyer, 'next')];
    const { id: rfq, lines, invitations } = await openRequest(floor, buyer, [supplier], request('T-7', { terms: [old.id] }));
    const quote = await as(supplier).orders.rfq.quotes.submit({
      invitation: invitations[0],
      version: 1,
      number: 'Q-7',
      ...offer(lines, '4'),
    });
    await as(buyer).orders.terms.retire({ terms: old.id, revision: old.revision });
    const wanted = { quote: quote.id, revision: 1, ownNumber: 'T-7-1' };
    expect(await failure(as(buyer).orders.rfq.award({ rfq, orders: [wanted] }))).toBe('terms.retired');
    const { orders } = await as(buyer).orders.rfq.award({ rfq, orders: [{ ...wanted, terms: [next.id] }] });
    const order = orders[0]?.order as string;
    expect((await as(supplier).orders.terms.ofOrder({ order })).items.map(({ terms }) => terms.id)).toEqual([next.id]);
  });
});

it('a drawing keeps its revision from the RFQ to the invitation and the order', async () => {
  const lines = [
    {
      ...{ description: 'Housing', quantity: { value: '10', unit: 'H87' as const } },
      files: [{ name: 'housing.step', sha256: drawing, revision: 'B' }],
    },
  ];
  const { id: rfq, lines: ids, invitations } = await openRequest(floor, buyer, [supplier], request('T-8', { lines }));
  const [invitation] = invitations;
  const seen = await as(supplier).orders.rfq.invitations.get({ invitation });
  expect(seen.content?.lines[0]?.files).toEqual([{ name: 'housing.step', sha256: drawing, revision: 'B' }]);
  const quote = await as(supplier).orders.rfq.quotes.submit({ invitation, version: 1, number: 'Q-8', ...offer(ids, '4') });
  const { orders } = await as(buyer).orders.rfq.award({ rfq, orders: [{ quote: quote.id, revision: 1, ownNumber: 'T-8-1' }] });
  for (const record of [invitation, orders[0]?.order] as RecordId[])
    expect(await asOrganization(db, supplier, (scope) => filesOf(scope, record))).toMatchObject([
      { name: 'housing.step', revision: 'B', role: 'drawing' },
    ]);
});
