import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import { createShop, failure } from '../shop.fixture.js';

let db: TestDatabase;
let as: ReturnType<typeof createShop>;
let maker: TestOrganization;
let rival: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  as = createShop(db);
  maker = await createTestOrganization(db, 'maker');
  rival = await createTestOrganization(db, 'rival');
});
afterAll(() => db.close());

const fair = (code: string) => ({
  code,
  name: 'Tackle Expo',
  edition: '2026',
  booth: 'A-118',
  startsOn: '2026-03-18',
  endsOn: '2026-03-21',
});
const met = (more: object = {}) => ({ key: randomUUID(), capturedAt: '2026-03-18T02:30:00Z', interest: '9 ft blanks', ...more });

describe('a lead', () => {
  it('is taken once by the key of its device, whatever is sent again and by whom of the organization', async () => {
    const { token } = await as(maker).commerce.campaigns.open(fair('once'));
    const [first, second] = [met({ campaign: token }), met({ campaign: token, interest: 'reel seats' })];
    const taken = await as(maker).commerce.leads.capture({ leads: [first, second] });
    expect(taken.leads.map(({ created }) => created)).toEqual([true, true]);
    const again = await as(maker).commerce.leads.capture({ leads: [{ ...first, interest: 'changed on the way' }, first, second] });
    expect(again.leads.map(({ created, lead }) => [created, lead])).toEqual([
      [false, taken.leads[0]?.lead],
      [false, taken.leads[0]?.lead],
      [false, taken.leads[1]?.lead],
    ]);
    expect(await as(maker).commerce.leads.get({ lead: taken.leads[0]?.lead as string })).toMatchObject({
      interest: '9 ft blanks',
      source: 'fair',
      campaign: { code: 'once' },
      capturedAt: '2026-03-18T02:30:00.000Z',
      owner: 'Tester of maker',
    });
  });

  it('is of a campaign of one’s own only', async () => {
    const { token } = await as(maker).commerce.campaigns.open(fair('own'));
    expect(token).toMatch(/^[\w-]{22}$/);
    expect(await failure(as(rival).commerce.leads.capture({ leads: [met({ campaign: token })] }))).toBe('commerce.campaign_unknown');
    expect(await failure(as(maker).commerce.campaigns.open(fair('own')))).toBe('commerce.campaign_code_taken');
    await expect(as(rival).commerce.campaigns.open(fair('own'))).resolves.toMatchObject({ code: 'own' });
  });

  it('keeps a contact only with consent, and erases it when that is withdrawn', async () => {
    expect(await failure(as(maker).commerce.leads.capture({ leads: [met({ contactName: 'Ann' })] }))).toBe('request.invalid');
    const { leads } = await as(maker).commerce.leads.capture({
      leads: [met({ consent: true, contactName: 'Ann Angler', email: 'ann@angler.example', note: 'tall, knows Ann B.' })],
    });
    const lead = leads[0]?.lead as string;
    expect((await as(maker).commerce.leads.get({ lead })).contact).toMatchObject({ name: 'Ann Angler', email: 'ann@angler.example' });
    const erased = await as(maker).commerce.leads.withdrawConsent({ lead, version: 1 });
    expect(erased).toMatchObject({ contact: null, note: null, consentedAt: null, version: 2 });
    const { rows } = await db.owner.pool.query(`select l::text as row from core.lead l where id = $1`, [lead]);
    expect(JSON.stringify(rows)).not.toMatch(/Ann/);
    const told = await db.owner.pool.query(`select body::text from core.event where body::text like '%Ann%' or body::text like '%angler%'`);
    expect(told.rows).toEqual([]);
  });

  it('moves by its table, says why it is lost, and counts into the funnel where it ever came', async () => {
    const { id: campaign, token } = await as(maker).commerce.campaigns.open(fair('funnel'));
    const { leads } = await as(maker).commerce.leads.capture({
      leads: [met({ campaign: token }), met({ campaign: token }), met({ campaign: token })],
    });
    const [a, b] = leads.map(({ lead }) => lead) as [string, string];
    const move = (lead: string, version: number, name: 'contact' | 'sample' | 'quote' | 'win' | 'lose' | 'reopen', reason?: string) =>
      as(maker).commerce.leads.move({ lead, version, move: name, ...(reason ? { reason } : {}) });
    await move(a, 1, 'contact');
    await move(a, 2, 'sample');
    expect(await failure(move(a, 2, 'quote'))).toBe('commerce.version_stale');
    expect(await failure(move(a, 3, 'win'))).toBe('commerce.wrong_state');
    await move(b, 1, 'contact');
    expect(await failure(move(b, 2, 'lose'))).toBe('request.invalid');
    expect(await move(b, 2, 'lose', 'bought elsewhere')).toMatchObject({ state: 'lost', reason: 'bought elsewhere' });
    await move(b, 3, 'reopen');
    expect(await as(maker).commerce.leads.funnel({ campaign })).toEqual({
      captured: 3,
      contacted: 2,
      sampled: 1,
      quoted: 0,
      won: 0,
      lost: 1,
    });
    expect((await as(maker).commerce.leads.get({ lead: b })).history.map(({ move: name, to }) => `${name} ${to}`)).toEqual([
      'contact contacted',
      'lose lost',
      'reopen contacted',
    ]);
    expect(await failure(as(rival).commerce.leads.move({ lead: a, version: 3, move: 'quote' }))).toBe('request.not_found');
  });

  it('is found when its follow-up is due, page by page', async () => {
    const { token, id: campaign } = await as(maker).commerce.campaigns.open(fair('due'));
    const leads = ['2026-04-01', '2026-04-02', '2026-05-01'].map((followUpOn) => met({ campaign: token, followUpOn }));
    await as(maker).commerce.leads.capture({ leads });
    const due = await as(maker).commerce.leads.list({ campaign, dueBy: '2026-04-15', limit: 1 });
    expect(due.items).toHaveLength(1);
    const rest = await as(maker).commerce.leads.list({ campaign, dueBy: '2026-04-15', limit: 5, cursor: due.next as string });
    expect([...due.items, ...rest.items].map(({ followUpOn }) => followUpOn).toSorted()).toEqual(['2026-04-01', '2026-04-02']);
    const [first] = due.items;
    const followed = await as(maker).commerce.leads.follow({
      lead: first?.id as string,
      version: 1,
      owner: 'Li',
      followUpOn: '2026-06-01',
    });
    expect(followed).toMatchObject({ owner: 'Li', followUpOn: '2026-06-01', version: 2 });
  });
});
