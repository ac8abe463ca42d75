import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asOrganization, createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../testing/index.js';
import { appendEvent, signHeads, verifyCheckpoint, verifyFeed } from './index.js';

let db: TestDatabase;
let made = 0;
const { privateKey, publicKey } = generateKeyPairSync('ed25519');

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

/** An organization with a chain of three blocks: entries 1 to 2, 3 to 4, 5 to 6. */
async function withChain(): Promise<TestOrganization> {
  made += 1;
  const who = await createTestOrganization(db, `chain-${made}`);
  for (let block = 0; block < 3; block += 1) {
    await asOrganization(db, who, async (scope) => {
      await appendEvent(scope, { type: 'test.first', record: null, body: { z: 1, amount: '12.50', 名称: '轮胎' } });
      await appendEvent(scope, { type: 'test.second', record: null, body: { a: [1, 2.0, 1e3], b: null } });
    });
    await db.database.system.pool.query('select core.sequence_events(100)');
  }
  return who;
}

/** What the owner, who can change every row, does behind the platform's back. */
const asOwner = (statement: string, who: TestOrganization) => db.owner.pool.query(statement, [who.id]);
const eventAt = (seq: number) => `(select event_id from core.feed where organization = $1 and seq = ${seq})`;
const firstBad = async (who: TestOrganization) => {
  const { bad } = await verifyFeed(db.database.system, who.id);
  return bad.map(({ seq, what }) => ({ seq, what }));
};

it('verifies an honest chain, and counts what it read', async () => {
  const who = await withChain();
  expect(await verifyFeed(db.database.system, who.id)).toEqual({ organizations: 1, entries: 6, blocks: 3, bad: [] });
});

it('verifies a chain whose body was erased', async () => {
  const who = await withChain();
  await asOwner(`update core.event set body = null, actor_label = '' where id = ${eventAt(3)}`, who);
  expect(await firstBad(who)).toEqual([]);
});

it.each([
  ['an edited body', `update core.event set body = '{"amount": "99.00"}' where id = ${eventAt(4)}`, { seq: 4, what: 'body_edited' }],
  [
    'an edited name of who did it',
    `update core.event set actor_label = 'Somebody else' where id = ${eventAt(2)}`,
    { seq: 2, what: 'body_edited' },
  ],
  [
    'an edited body with its hash made to fit',
    `update core.event set body = '{}', body_hash = sha256(convert_to('{}' || E'\\n' || actor_label, 'UTF8')) where id = ${eventAt(4)}`,
    { seq: 4, what: 'event_altered' },
  ],
  ['an altered type', `update core.event set type = 'test.other' where id = ${eventAt(3)}`, { seq: 3, what: 'event_altered' }],
  [
    'an altered instant',
    `update core.event set occurred_at = occurred_at - interval '1 day' where id = ${eventAt(1)}`,
    { seq: 1, what: 'event_altered' },
  ],
  ['an altered author', `update core.event set actor_id = 'x' where id = ${eventAt(6)}`, { seq: 6, what: 'event_altered' }],
  [
    'an exchanged entry',
    `update core.feed set event_id = ${eventAt(1)} where organization = $1 and seq = 5`,
    { seq: 5, what: 'event_altered' },
  ],
  ['a deleted entry in the middle', 'delete from core.feed where organization = $1 and seq = 3', { seq: 3, what: 'entry_deleted' }],
  ['a deleted last entry', 'delete from core.feed where organization = $1 and seq = 6', { seq: 6, what: 'entry_deleted' }],
  ['a deleted block', 'delete from core.feed_block where organization = $1 and first_seq = 3', { seq: 3, what: 'entry_deleted' }],
  [
    'a forked block',
    `update core.feed_block set previous_hash = sha256('other') where organization = $1 and first_seq = 5`,
    { seq: 5, what: 'block_forked' },
  ],
  [
    'a rewritten block',
    `update core.feed_block set hash = sha256('other') where organization = $1 and first_seq = 3`,
    { seq: 3, what: 'block_forked' },
  ],
  [
    'a second block for the same entries',
    `insert into core.feed_block select organization, 4, 4, hash, hash, sealed_at from core.feed_block where organization = $1 and first_seq = 3`,
    { seq: 4, what: 'block_forked' },
  ],
  ['a moved head', 'update core.feed_head set seq = 9 where organization = $1', { seq: 7, what: 'entry_deleted' }],
  [
    'an entry outside every block',
    `insert into core.feed select organization, 7, event_id, event_hash from core.feed where organization = $1 and seq = 1`,
    { seq: 7, what: 'block_forked' },
  ],
])('names the first bad entry after %s', async (_what, tampering, expected) => {
  const who = await withChain();
  await asOwner(tampering, who);
  expect(await firstBad(who)).toEqual([expected]);
});

it('names an event that altered with every hash of its entry, by its block', async () => {
  const who = await withChain();
  await asOwner(
    `with altered as (update core.event set type = 'test.forged', hash = core.event_hash(id, 'test.forged', record_id, organization, actor_kind, actor_id, occurred_at, body_hash)
       where id = ${eventAt(4)} returning id, hash)
     update core.feed f set event_hash = a.hash from altered a where f.event_id = a.id and f.organization = $1`,
    who,
  );
  expect(await firstBad(who)).toEqual([{ seq: 3, what: 'block_forked' }]);
});

it('names a bad entry of each organization, and leaves the others in peace', async () => {
  const honest = await withChain();
  const wronged = await withChain();
  await asOwner(`update core.event set body = '{}' where id = ${eventAt(2)}`, wronged);
  const { bad } = await verifyFeed(db.database.system);
  expect(bad.some((each) => each.organization === honest.id)).toBe(false);
  expect(bad.filter((each) => each.organization === wronged.id)).toMatchObject([{ seq: 2, what: 'body_edited' }]);
});

it('sees a chain that was cut cleanly only against a signed checkpoint', async () => {
  const who = await withChain();
  const signed = await signHeads(db.database.system, { privateKey, at: new Date() });
  const token = signed.find((each) => each.organization === who.id)?.token ?? '';
  const checkpoint = verifyCheckpoint(token, publicKey);
  expect(checkpoint).toMatchObject({ organization: who.id, seq: 6 });
  expect((await verifyFeed(db.database.system, who.id, [checkpoint])).bad).toEqual([]);

  await asOwner('delete from core.feed where organization = $1 and seq > 4', who);
  await asOwner('delete from core.feed_block where organization = $1 and first_seq > 4', who);
  await asOwner(
    'update core.feed_head h set seq = b.last_seq, hash = b.hash from core.feed_block b where h.organization = $1 and b.organization = $1 and b.first_seq = 3',
    who,
  );
  expect(await firstBad(who)).toEqual([]);
  expect((await verifyFeed(db.database.system, who.id, [checkpoint])).bad).toMatchObject([{ seq: 5, what: 'truncated' }]);

  // Going on after the cut makes a chain that is longer, honest in itself, and not the signed one.
  await asOrganization(db, who, (scope) => appendEvent(scope, { type: 'test.first', record: null, body: {} }));
  await asOrganization(db, who, (scope) => appendEvent(scope, { type: 'test.second', record: null, body: {} }));
  await db.database.system.pool.query('select core.sequence_events(100)');
  expect(await firstBad(who)).toEqual([]);
  expect((await verifyFeed(db.database.system, who.id, [checkpoint])).bad).toMatchObject([{ seq: 5, what: 'block_forked' }]);
});

it('sees a chain that is gone altogether, against its checkpoint', async () => {
  const who = await withChain();
  const [checkpoint] = (await signHeads(db.database.system, { privateKey, at: new Date() })).filter((each) => each.organization === who.id);
  for (const table of ['feed', 'feed_block', 'feed_head']) await asOwner(`delete from core.${table} where organization = $1`, who);
  const { bad } = await verifyFeed(db.database.system, undefined, checkpoint ? [checkpoint] : []);
  expect(bad.filter((each) => each.organization === who.id)).toMatchObject([{ seq: 1, what: 'truncated' }]);
});

it('refuses a checkpoint that another key signed or that was changed', async () => {
  await withChain();
  const [checkpoint] = await signHeads(db.database.system, { privateKey, at: new Date() });
  const token = checkpoint?.token ?? '';
  const [head, , signature] = token.split('.');
  const payload = Buffer.from(JSON.stringify({ ...checkpoint, seq: 1 })).toString('base64url');
  expect(() => verifyCheckpoint(token, generateKeyPairSync('ed25519').publicKey)).toThrow(/was not signed/);
  for (const forged of [
    `${head}.${payload}.${signature}`,
    `${token}.x`,
    '',
    'a.b',
    `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`,
  ]) {
    expect(() => verifyCheckpoint(forged, publicKey)).toThrow(expect.objectContaining({ code: 'events.checkpoint_invalid' }));
  }
});
