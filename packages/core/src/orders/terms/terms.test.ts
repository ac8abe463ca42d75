import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setOperator } from '../../access/index.js';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import { createFloor, type Floor, failure, proposal } from '../floor.fixture.js';
import { type OrderState, orderStates } from '../order/states.js';
import { mayDoTerms, type TermsMove, termsAccepted, termsMoves } from './states.js';

let db: TestDatabase;
let as: Floor['as'];
let buyer: TestOrganization;
let maker: TestOrganization;
let stranger: TestOrganization;
let operator: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  ({ as } = createFloor(db));
  const made = await Promise.all(['buyer', 'maker', 'stranger', 'operator'].map((code) => createTestOrganization(db, code)));
  [buyer, maker, stranger, operator] = made as [TestOrganization, TestOrganization, TestOrganization, TestOrganization];
  await setOperator(db.owner, 'operator', new Date());
});
afterAll(() => db.close());

const content = (more = '') => ({
  title: { en: 'Purchase terms', zh: '采购条款' },
  text: { en: `1. Quality.\n2. Payment.${more}`, zh: `一、质量。\n二、付款。${more}` },
});

async function published(who: TestOrganization, code: string, more = '') {
  const draft = await as(who).orders.terms.draft({ code, ...content(more) });
  return as(who).orders.terms.publish({ terms: draft.id, revision: 1 });
}

let numbers = 0;
const proposed = () => as(buyer).orders.propose(proposal('maker', `T-${++numbers}`));

describe('a text', () => {
  it('is hashed as its schema says, over both languages', async () => {
    const { sha256, text, title } = await published(buyer, 'hashed');
    const bytes = `${title.en}\n${title.zh}\n${text.en}\f${text.zh}`;
    expect(sha256).toBe(createHash('sha256').update(bytes, 'utf8').digest('hex'));
  });

  it('is edited while a draft, from the revision that was read, and never again once published', async () => {
    const draft = await as(buyer).orders.terms.draft({ code: 'general', ...content() });
    expect(draft).toMatchObject({ number: 1, revision: 1, state: 'draft', platform: false });
    expect(await failure(as(buyer).orders.terms.draft({ code: 'general', ...content() }))).toBe('terms.draft_exists');
    const edited = await as(buyer).orders.terms.edit({ terms: draft.id, revision: 1, ...content(' 3. Law.') });
    expect(edited.sha256).not.toBe(draft.sha256);
    expect(await failure(as(buyer).orders.terms.publish({ terms: draft.id, revision: 1 }))).toBe('terms.version_stale');
    const done = await as(buyer).orders.terms.publish({ terms: draft.id, revision: 2 });
    expect(done).toMatchObject({ state: 'published', publishedBy: 'Tester of buyer', sha256: edited.sha256 });
    expect(await failure(as(buyer).orders.terms.edit({ terms: draft.id, revision: 3, ...content('x') }))).toBe('terms.already_published');
    expect(await as(buyer).orders.terms.draft({ code: 'general', ...content('y') })).toMatchObject({ number: 2 });
  });

  it('published stays the same against a writer who goes past the service, and against the owner’s own hand', async () => {
    const { id } = await published(buyer, 'immutable');
    for (const column of ['title_en', 'text_zh', 'published_by'])
      await expect(db.owner.pool.query(`update core.terms_version set ${column} = 'other' where id = $1`, [id])).rejects.toThrow(
        /do not change/,
      );
    await db.owner.pool.query(`update core.terms_version set sha256 = 'forged' where id = $1`, [id]);
    expect((await as(buyer).orders.terms.get({ terms: id })).sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('of another organization is not there, and the operator’s is there for everyone once published', async () => {
    const { id } = await published(buyer, 'private');
    const draft = await as(operator).orders.terms.draft({ code: 'standard', ...content() });
    for (const terms of [id, draft.id]) {
      expect(await failure(as(stranger).orders.terms.get({ terms }))).toBe('request.not_found');
      expect(await failure(as(stranger).orders.terms.publish({ terms, revision: 1 }))).toBe('request.not_found');
    }
    expect((await as(stranger).orders.terms.list({ from: 'platform' })).items).toEqual([]);
    await as(operator).orders.terms.publish({ terms: draft.id, revision: 1 });
    const shelf = await as(stranger).orders.terms.list({ from: 'platform' });
    expect(shelf.items).toMatchObject([{ id: draft.id, platform: true, publisher: { code: 'operator' } }]);
    expect(await failure(as(stranger).orders.terms.retire({ terms: draft.id, revision: 2 }))).toBe('request.not_found');
    expect((await as(stranger).orders.terms.list({})).items).toEqual([]);
  });

  it('is called the platform’s by no one but the operator', async () => {
    const row = `insert into core.terms_version (id, organization, code, number, title_en, title_zh, text_en, text_zh, platform, created_at, changed_at)
      values (gen_random_uuid(), '${stranger.id}', 'forged', 1, 'x', 'x', 'x', 'x', true, now(), now())`;
    const client = await db.database.runtime.pool.connect();
    try {
      await client.query(`begin; select core.enter('${stranger.id}')`);
      await expect(client.query(row)).rejects.toThrow(/row-level security/);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  it('is listed page by page', async () => {
    const codes = ['page-1', 'page-2', 'page-3'];
    for (const code of codes) await published(maker, code);
    const first = await as(maker).orders.terms.list({ limit: 2 });
    const rest = await as(maker).orders.terms.list({ limit: 2, cursor: first.next as string });
    expect([...first.items, ...rest.items].map(({ code }) => code)).toEqual(codes.toReversed());
    expect(rest.next).toBeNull();
  });
});

describe('the terms of an order', () => {
  it('are accepted by whoever attaches them, and by the other side with the hash of what it read', async () => {
    const { id: order } = await proposed();
    const terms = await published(maker, 'delivery');
    const attached = await as(maker).orders.terms.attach({ order, version: 1, terms: terms.id });
    expect(attached).toMatchObject({
      agreed: false,
      version: 2,
      items: [{ accepted: [{ side: 'supplier', sha256: terms.sha256 }], mayAccept: false, mayDetach: true }],
    });
    const seen = await as(buyer).orders.terms.ofOrder({ order });
    expect(seen.items[0]).toMatchObject({ mayAccept: true, mayDetach: false, terms: { code: 'delivery', number: 1 } });
    expect((await as(buyer).orders.terms.get({ terms: terms.id })).text).toEqual(content().text);
    const attachment = seen.items[0]?.attachment as string;
    const wrong = { order, version: 2, attachment, sha256: '0'.repeat(64) };
    expect(await failure(as(buyer).orders.terms.accept(wrong))).toBe('terms.hash_differs');
    expect(await failure(as(buyer).orders.terms.accept({ ...wrong, version: 1 }))).toBe('orders.version_stale');
    const agreed = await as(buyer).orders.terms.accept({ ...wrong, sha256: terms.sha256 });
    expect(agreed).toMatchObject({ agreed: true, version: 3 });
    expect(agreed.items[0]?.accepted).toMatchObject([
      { side: 'supplier', by: 'Tester of maker' },
      { side: 'buyer', by: 'Tester of buyer' },
    ]);
    expect(await failure(as(maker).orders.terms.detach({ order, version: 3, attachment }))).toBe('terms.already_agreed');
    const told = (await as(buyer).orders.timeline({ order })).items.map(({ words }) => words.en);
    expect(told.slice(0, 2)).toEqual(['Terms accepted', 'Terms attached']);
  });

  it('are accepted by accepting the order that names them; terms attached meanwhile make that acceptance stale', async () => {
    const { id: order } = await proposed();
    const terms = await published(buyer, 'purchase');
    await as(buyer).orders.terms.attach({ order, version: 1, terms: terms.id });
    expect(await failure(as(maker).orders.accept({ order, version: 1 }))).toBe('orders.version_stale');
    await as(maker).orders.accept({ order, version: 2 });
    const view = await as(maker).orders.terms.ofOrder({ order });
    expect(view).toMatchObject({ agreed: true, mayAttach: false });
    expect(view.items[0]?.accepted.map(({ side }) => side)).toEqual(['buyer', 'supplier']);
    const late = as(buyer).orders.terms.attach({ order, version: 3, terms: terms.id });
    expect(await failure(late)).toBe('terms.order_not_open');
  });

  it('come with the proposal, as a part of its first version, and only those that may be attached', async () => {
    const terms = await published(buyer, 'proposed-under');
    const draft = await as(buyer).orders.terms.draft({ code: 'not-yet', ...content() });
    const under = (id: string) => as(buyer).orders.propose({ ...proposal('maker', `T-${++numbers}`), terms: [id, id] });
    expect(await failure(under(draft.id))).toBe('terms.not_published');
    const { id: order, version } = await under(terms.id);
    expect(version).toBe(1);
    await as(maker).orders.accept({ order, version: 1 });
    const view = await as(maker).orders.terms.ofOrder({ order });
    expect(view.items.map(({ accepted }) => accepted.map(({ side }) => side))).toEqual([['buyer', 'supplier']]);
    expect(view.agreed).toBe(true);
    const told = (await as(maker).orders.timeline({ order })).items.map(({ type }) => type);
    expect(told.toReversed()).toEqual(['orders.proposed', 'orders.terms_attached', 'orders.accepted']);
  });

  it('are one’s own or the platform’s, published and in force, and each version once', async () => {
    const { id: order } = await proposed();
    const foreign = await published(stranger, 'foreign');
    const draft = await as(buyer).orders.terms.draft({ code: 'unready', ...content() });
    const old = await published(buyer, 'old');
    await as(buyer).orders.terms.retire({ terms: old.id, revision: 2 });
    const attach = (terms: string, version = 1) => as(buyer).orders.terms.attach({ order, version, terms });
    expect(await failure(attach(foreign.id))).toBe('terms.terms_unknown');
    expect(await failure(attach(draft.id))).toBe('terms.not_published');
    expect(await failure(attach(old.id))).toBe('terms.retired');
    const standard = (await as(buyer).orders.terms.list({ from: 'platform' })).items[0]?.id as string;
    await attach(standard);
    expect(await failure(attach(standard, 2))).toBe('terms.already_attached');
    // Seen through this order, the supplier's text is still not the buyer's to attach elsewhere.
    const theirs = await published(maker, 'theirs');
    await as(maker).orders.terms.attach({ order, version: 2, terms: theirs.id });
    const other = await proposed();
    const lent = as(buyer).orders.terms.attach({ order: other.id, version: 1, terms: theirs.id });
    expect(await failure(lent)).toBe('terms.terms_unknown');
  });

  it('are taken back only by the side that attached them', async () => {
    const { id: order } = await proposed();
    const terms = await published(maker, 'retracted');
    const { items } = await as(maker).orders.terms.attach({ order, version: 1, terms: terms.id });
    const attachment = items[0]?.attachment as string;
    expect(await failure(as(buyer).orders.terms.detach({ order, version: 2, attachment }))).toBe('terms.not_yours');
    const left = await as(maker).orders.terms.detach({ order, version: 2, attachment });
    expect(left).toMatchObject({ agreed: true, items: [{ detachedAt: expect.any(String), mayAccept: false }] });
    expect(await failure(as(buyer).orders.terms.accept({ order, version: 3, attachment, sha256: terms.sha256 }))).toBe(
      'terms.attachment_unknown',
    );
  });

  it('keep production waiting until both sides have accepted every text', async () => {
    const { id: order, lines } = await proposed();
    const line = lines[0]?.id as string;
    const terms = await published(maker, 'guard');
    const { items } = await as(maker).orders.terms.attach({ order, version: 1, terms: terms.id });
    const attachment = items[0]?.attachment as string;
    // The supplier accepts its own text by accepting the order; the buyer has said nothing yet.
    await as(maker).orders.accept({ order, version: 2 });
    const start = (await as(maker).orders.get({ order })).moves.find(({ move }) => move === 'start');
    expect(start).toMatchObject({ allowed: false, reason: { code: 'orders.terms_not_accepted' } });
    expect(await failure(as(maker).orders.start({ order, version: 3, line }))).toBe('orders.terms_not_accepted');
    await as(buyer).orders.terms.accept({ order, version: 3, attachment, sha256: terms.sha256 });
    await expect(as(maker).orders.start({ order, version: 4, line })).resolves.toMatchObject({ order: { state: 'in_production' } });
    expect(await failure(as(maker).orders.terms.detach({ order, version: 5, attachment }))).toBe('terms.order_not_open');
  });

  it('let production start again once the open text is taken back', async () => {
    const { id: order, lines } = await proposed();
    const terms = await published(maker, 'guard-retracted');
    const { items } = await as(maker).orders.terms.attach({ order, version: 1, terms: terms.id });
    await as(maker).orders.accept({ order, version: 2 });
    await as(maker).orders.terms.detach({ order, version: 3, attachment: items[0]?.attachment as string });
    await expect(as(maker).orders.start({ order, version: 4, line: lines[0]?.id as string })).resolves.toBeDefined();
  });

  it('are nothing to a stranger, and read by whoever was granted a look', async () => {
    const { id: order } = await proposed();
    const terms = await published(buyer, 'shown');
    const { items } = await as(buyer).orders.terms.attach({ order, version: 1, terms: terms.id });
    expect(await failure(as(stranger).orders.terms.ofOrder({ order }))).toBe('request.not_found');
    expect(await failure(as(stranger).orders.terms.get({ terms: terms.id }))).toBe('request.not_found');
    const insert = `insert into core.grant_given (id, record_id, organization, granted_by, reason, created_at) values (gen_random_uuid(), $1, $2, $3, 'audit', now())`;
    await db.owner.pool.query(insert, [order, stranger.id, buyer.id]);
    expect(await as(stranger).orders.terms.ofOrder({ order })).toMatchObject({
      mayAttach: false,
      items: [{ mayAccept: false, mayDetach: false }],
    });
    const attachment = items[0]?.attachment as string;
    const forced = as(stranger).orders.terms.accept({ order, version: 2, attachment, sha256: terms.sha256 });
    expect(await failure(forced)).toBe('terms.only_parties');
  });
});

describe('the table', () => {
  const allowed: Readonly<Record<TermsMove, readonly OrderState[]>> = {
    attach: ['proposed'],
    detach: ['proposed', 'confirmed'],
    accept: ['proposed', 'confirmed'],
  };
  it.each(termsMoves.flatMap((move) => orderStates.map((state) => [move, state] as const)))('%s in %s', (move, state) => {
    expect(mayDoTerms(move, state)).toBe(allowed[move].includes(state));
  });

  it('asks both sides for every text that still stands', () => {
    expect(termsAccepted([])).toBe(true);
    expect(termsAccepted([{ detached: true, acceptedBy: ['buyer'] }])).toBe(true);
    expect(termsAccepted([{ detached: false, acceptedBy: ['buyer', 'supplier'] }])).toBe(true);
    expect(
      termsAccepted([
        { detached: false, acceptedBy: ['buyer', 'supplier'] },
        { detached: false, acceptedBy: ['supplier'] },
      ]),
    ).toBe(false);
  });
});
