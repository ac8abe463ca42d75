import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { partiesOf } from '../../access/index.js';
import { createCallerFactory, createEventsRouter, router, toWireError } from '../../commands/index.js';
import type { RecordId } from '../../database/index.js';
import {
  asOrganization,
  createTestDatabase,
  createTestOrganization,
  type TestDatabase,
  type TestOrganization,
  testContext,
} from '../../testing/index.js';
import { type Bench, createBench } from '../bench.fixture.js';
import { engineeringEvents } from '../events.js';

let db: TestDatabase;
let bench: Bench;
let owner: TestOrganization;
let alpha: TestOrganization;
let beta: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  bench = createBench(db);
  owner = await createTestOrganization(db, 'owner');
  alpha = await createTestOrganization(db, 'alpha');
  beta = await createTestOrganization(db, 'beta');
});
afterAll(() => db.close());

const as = (who: TestOrganization, key?: string) => bench.as(who, key);
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => ({ code: 'nothing failed', details: {} }),
    (error: unknown) => toWireError(error, '').body.error,
  );
const code = async (promise: Promise<unknown>) => (await failure(promise)).code;

let numbers = 0;
/** A released revision A of an item and a draft B that shall take its place, in a draft change. */
async function drafted() {
  numbers += 1;
  const item = await bench.item(owner, `EC-item-${numbers}`);
  const a = await bench.revision(owner, item, 'A');
  await as(owner).revisions.release({ revision: a.id, version: a.version });
  const b = await bench.revision(owner, item, 'B');
  const affected = [
    { revision: a.id, effect: 'retire' as const },
    { revision: b.id, effect: 'release' as const },
  ];
  const change = await as(owner).changes.draft({ number: `EC-${numbers}`, title: 'Thicker wall', reason: 'It cracked.', affected });
  return { item, a: a.id, b: b.id, change: change.id, number: change.number };
}

const partners = [{ organization: 'alpha' }, { organization: 'beta', required: false }];
const requestOf = async (who: TestOrganization, change: string) => {
  const [request] = (await as(who).changes.get({ change })).requests;
  if (!request) throw new Error('no request');
  return { request: request.id, version: request.version };
};
const feedOf = async (who: TestOrganization): Promise<{ type: string; body: unknown }[]> => {
  await db.database.system.pool.query('select core.sequence_events(1000)');
  const caller = createCallerFactory(router({ events: createEventsRouter() }))(testContext(db, who));
  return (await caller.events.list({ limit: 100 })).events;
};

describe('an engineering change', () => {
  it('is acknowledged by its partners before it is released, and then takes effect as one', async () => {
    const { a, b, change, item } = await drafted();
    expect(await code(as(alpha).changes.get({ change }))).toBe('request.not_found');
    expect(await code(as(alpha).revisions.get({ revision: b }))).toBe('request.not_found');

    const submitted = await as(owner).changes.submit({ change, version: 1, partners });
    expect(submitted).toMatchObject({ state: 'submitted', version: 2, side: 'owner' });
    expect(submitted.requests.map(({ partner, required, answer }) => [partner.code, required, answer]).sort()).toEqual([
      ['alpha', true, 'pending'],
      ['beta', false, 'pending'],
    ]);
    const seen = await as(alpha).changes.get({ change });
    expect(seen).toMatchObject({ side: 'partner', requests: [{ partner: { code: 'alpha' } }], waitingFor: { own: true } });
    expect(seen.affected.map(({ effect, revision }) => [effect, revision.label]).sort()).toEqual([
      ['release', 'B'],
      ['retire', 'A'],
    ]);
    expect(seen.affected.every(({ contentHash }) => /^[0-9a-f]{64}$/.test(contentHash ?? ''))).toBe(true);
    expect((await as(alpha).revisions.get({ revision: b })).state).toBe('draft');

    expect(await failure(as(owner).revisions.edit({ revision: b, version: 2, note: 'slipped in' }))).toMatchObject({
      code: 'engineering.under_change',
    });
    expect(await code(as(owner).revisions.release({ revision: b, version: 2 }))).toBe('engineering.under_change');
    expect(await code(as(owner).changes.release({ change, version: 2 }))).toBe('engineering.change_wrong_state');

    const approved = await as(owner).changes.approve({ change, version: 2 });
    expect(approved.moves.find(({ move }) => move === 'release')).toMatchObject({
      allowed: false,
      reason: { code: 'engineering.answers_missing' },
    });
    expect(await code(as(owner).changes.release({ change, version: 3 }))).toBe('engineering.answers_missing');
    const answered = await as(alpha).changes.acknowledge(await requestOf(alpha, change));
    expect(answered).toMatchObject({ version: 3, requests: [{ answer: 'acknowledged', answeredBy: 'Tester of alpha' }] });
    expect(await code(as(alpha).changes.acknowledge(await requestOf(alpha, change)))).toBe('engineering.already_answered');

    const released = await as(owner).changes.release({ change, version: 3 });
    expect(released).toMatchObject({ state: 'released', version: 4, moves: [] });
    expect((await as(owner).revisions.list({ item })).revisions.map(({ label, state }) => [label, state])).toEqual([
      ['B', 'released'],
      ['A', 'obsolete'],
    ]);
    const hashes = new Map(released.affected.map(({ revision, contentHash }) => [revision.id, contentHash]));
    expect((await as(owner).revisions.get({ revision: b })).contentHash).toBe(hashes.get(b));
    expect((await as(owner).revisions.get({ revision: a })).contentHash).toBe(hashes.get(a));
    expect(await as(owner).changes.release({ change, version: 3 })).toMatchObject({ state: 'released', version: 4 });
    expect(await code(as(owner).changes.release({ change, version: 1 }))).toBe('engineering.version_stale');
    expect(await code(as(beta).changes.decline({ ...(await requestOf(beta, change)), reason: 'too late' }))).toBe(
      'engineering.change_wrong_state',
    );
  });

  it('that a required partner declines waits until that partner agrees', async () => {
    const { change } = await drafted();
    await as(owner).changes.submit({ change, version: 1, partners });
    await as(alpha).changes.decline({ ...(await requestOf(alpha, change)), reason: 'The mould does not allow it.' });
    await as(beta).changes.decline({ ...(await requestOf(beta, change)), reason: 'Not for us.' });
    await as(owner).changes.approve({ change, version: 2 });
    expect(await code(as(owner).changes.release({ change, version: 3 }))).toBe('engineering.answer_declined');
    const told = (await as(owner).changes.get({ change })).requests.find(({ partner }) => partner.code === 'alpha');
    expect(told).toMatchObject({ answer: 'declined', reason: 'The mould does not allow it.' });
    await as(alpha).changes.acknowledge(await requestOf(alpha, change));
    expect((await as(owner).changes.release({ change, version: 3 })).state).toBe('released');
  });

  it('hides its partners from each other: no answer, party, event, version or refusal tells', async () => {
    const { b, change } = await drafted();
    await as(owner).changes.submit({ change, version: 1, partners });
    const before = await as(beta).changes.get({ change });
    await as(alpha).changes.decline({ ...(await requestOf(alpha, change)), reason: 'alpha objects' });
    expect(await as(beta).changes.get({ change })).toEqual(before);
    expect(before.waitingFor).toEqual((await as(beta).changes.get({ change })).waitingFor);
    for (const text of [JSON.stringify(before), JSON.stringify(await feedOf(beta))]) expect(text).not.toContain('alpha');
    const request = await requestOf(alpha, change);
    expect(await code(as(beta).changes.acknowledge(request))).toBe('request.not_found');
    for (const record of [change, b]) {
      const parties = await asOrganization(db, beta, (scope) => partiesOf(scope, record as RecordId));
      expect(parties.filter(({ organization }) => organization === alpha.id)).toEqual([]);
    }
    const rows = await asOrganization(db, beta, (scope) =>
      sql<{ partner: string }>`select partner from core.engineering_change_request where change_id = ${change}`.execute(scope.tx),
    );
    expect(rows.rows).toEqual([{ partner: beta.id }]);
    const grants = await asOrganization(db, beta, (scope) =>
      sql<{ organization: string }>`select organization from core.grant_given where record_id = ${b}`.execute(scope.tx),
    );
    expect(grants.rows).toEqual([{ organization: beta.id }]);
  });

  it('that comes to nothing takes back what it showed, and lets its revisions go', async () => {
    const { b, change } = await drafted();
    await as(owner).changes.submit({ change, version: 1, partners });
    expect((await as(beta).revisions.get({ revision: b })).label).toBe('B');
    await as(owner).changes.reject({ change, version: 2 });
    expect(await code(as(beta).revisions.get({ revision: b }))).toBe('request.not_found');
    expect(await as(beta).changes.get({ change })).toMatchObject({ state: 'rejected', affected: [], moves: [] });
    expect((await as(owner).revisions.edit({ revision: b, version: 2, note: 'again' })).note).toBe('again');
    const other = await drafted();
    await as(owner).changes.cancel({ change: other.change, version: 1 });
    expect(await code(as(owner).changes.submit({ change: other.change, version: 2, partners: [] }))).toBe('engineering.change_wrong_state');
  });

  it('refuses what it cannot do', async () => {
    const { a, b, change, number } = await drafted();
    const draft = (affected: { revision: string; effect: 'release' | 'retire' }[], own = `X-${numbers++}`) =>
      failure(as(owner).changes.draft({ number: own, title: 't', reason: 'r', affected }));
    expect((await draft([], number)).code).toBe('engineering.change_number_taken');
    expect(await draft([{ revision: a, effect: 'release' }])).toMatchObject({ code: 'engineering.affected_state' });
    expect(
      (
        await draft([
          { revision: b, effect: 'release' },
          { revision: b, effect: 'release' },
        ])
      ).code,
    ).toBe('engineering.revision_unknown');
    const theirs = await bench.revision(alpha, await bench.item(alpha, `theirs-${numbers}`), 'A');
    expect((await draft([{ revision: theirs.id, effect: 'release' }])).code).toBe('engineering.revision_unknown');
    const submit = (given: { organization: string }[]) => code(as(owner).changes.submit({ change, version: 1, partners: given }));
    expect(await submit([{ organization: 'nobody' }])).toBe('engineering.partner_unknown');
    expect(await submit([{ organization: 'owner' }])).toBe('engineering.partner_twice');
    expect(await submit([{ organization: 'alpha' }, { organization: 'alpha' }])).toBe('engineering.partner_twice');
    const empty = await as(owner).changes.draft({ number: `E-${numbers}`, title: 't', reason: 'r' });
    expect(await code(as(owner).changes.submit({ change: empty.id, version: 1 }))).toBe('engineering.nothing_affected');
    const rival = await as(owner).changes.draft({
      number: `R-${numbers}`,
      title: 't',
      reason: 'r',
      affected: [{ revision: b, effect: 'release' }],
    });
    expect(await submit([{ organization: 'alpha' }])).toBe('nothing failed');
    expect(await code(as(owner).changes.submit({ change: rival.id, version: 1 }))).toBe('engineering.under_change');
    expect(await code(as(owner).changes.edit({ change, version: 2, title: 'u' }))).toBe('engineering.change_wrong_state');
    expect(await code(as(owner).changes.acknowledge(await requestOf(owner, change)))).toBe('engineering.not_your_move');
    expect(await code(as(alpha).changes.approve({ change, version: 2 }))).toBe('request.not_found');
    const forge = asOrganization(db, owner, (scope) =>
      sql`update core.engineering_change_request set answer = 'acknowledged', answered_at = now(), answered_by = 'me' where change_id = ${change}`.execute(
        scope.tx,
      ),
    );
    await expect(forge).rejects.toThrow(/only the partner answers/);
  });

  it('decided and answered at once comes out one way: a release never passes a refusal', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { change } = await drafted();
      await as(owner).changes.submit({ change, version: 1, partners: [{ organization: 'alpha' }] });
      await as(alpha).changes.acknowledge(await requestOf(alpha, change));
      await as(owner).changes.approve({ change, version: 2 });
      const answer = await requestOf(alpha, change);
      const [release, decline] = await Promise.all([
        code(as(owner).changes.release({ change, version: 3 })),
        code(as(alpha).changes.decline({ ...answer, reason: 'stop' })),
      ]);
      expect([
        ['nothing failed', 'engineering.change_wrong_state'],
        ['engineering.answer_declined', 'nothing failed'],
      ]).toContainEqual([release, decline]);
    }
  });

  it('is listed for its owner and for those whom it asks', async () => {
    const { change } = await drafted();
    const listed = async (who: TestOrganization) => (await as(who).changes.list({ limit: 100 })).items.find(({ id }) => id === change);
    expect(await listed(owner)).toMatchObject({ state: 'draft', side: 'owner' });
    expect(await listed(alpha)).toBeUndefined();
    await as(owner).changes.submit({ change, version: 1, partners });
    expect(await listed(alpha)).toMatchObject({ state: 'submitted', side: 'partner', owner: { code: 'owner' } });
    await as(owner).changes.cancel({ change, version: 2 });
    expect(await listed(beta)).toMatchObject({ state: 'canceled' });
    expect((await as(beta).changes.list({ state: 'canceled' })).items.map(({ id }) => id)).toContain(change);
    expect((await as(beta).changes.list({ state: 'submitted' })).items.map(({ id }) => id)).not.toContain(change);
  });
});

it('writes every event that it declares for changes, as declared', async () => {
  const { rows } = await db.owner.pool.query<{ type: keyof typeof engineeringEvents; body: unknown }>(
    `select type, body from core.event where type like 'engineering.change_%'`,
  );
  for (const { type, body } of rows) expect(engineeringEvents[type].safeParse(body).error, type).toBeUndefined();
  const declared = Object.keys(engineeringEvents).filter((type) => type.includes('.change_'));
  expect([...new Set(rows.map(({ type }) => type as string)), 'engineering.change_edited'].sort()).toEqual(declared.sort());
});
