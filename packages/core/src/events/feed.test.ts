import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createRecord } from '../access/index.js';
import { connect, newId, type RecordId, type Scope } from '../database/index.js';
import { asOrganization, createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../testing/index.js';
import { appendEvent, listenFeed, readFeed, readFeedLag, readTimeline, startSequencer, verifyFeed, type WireEvent } from './index.js';

let db: TestDatabase;
let buyer: TestOrganization;
let supplier: TestOrganization;
let rival: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  buyer = await createTestOrganization(db, 'buyer');
  supplier = await createTestOrganization(db, 'supplier');
  rival = await createTestOrganization(db, 'rival');
});
afterAll(() => db.close());

async function sharedRecord(): Promise<RecordId> {
  const id = newId<'record'>();
  const parties = [
    { organization: buyer.id, role: 'buyer' },
    { organization: supplier.id, role: 'supplier' },
  ];
  await asOrganization(db, buyer, (scope) => createRecord(scope, { id, kind: 'order', parties }));
  return id;
}

async function wholeFeed(who: TestOrganization): Promise<WireEvent[]> {
  const events: WireEvent[] = [];
  for (let after = 0; ; ) {
    const page = await asOrganization(db, who, (scope) => readFeed(scope, { after, limit: 200 }));
    events.push(...page.events);
    if (page.next === after) return events;
    after = page.next;
  }
}

const lockRecord = (scope: Scope, record: RecordId) => sql`select pg_advisory_xact_lock(hashtextextended(${record}, 0))`.execute(scope.tx);
const drained = () =>
  vi.waitFor(async () => expect((await readFeedLag(db.database.system)).pending).toBe(0), { timeout: 20_000, interval: 20 });

it('delivers an event to those who see the record, a private one to its author, and tells who did what', async () => {
  const record = await sharedRecord();
  await asOrganization(db, supplier, async (scope) => {
    await appendEvent(scope, { type: 'test.shared', record, body: { n: 1, text: '轮胎' } });
    await appendEvent(scope, { type: 'test.private', record, private: true, body: {} });
    await appendEvent(scope, { type: 'test.own', record: null, body: {} });
  });
  const sequencer = startSequencer({ system: db.database.system });
  sequencer.wake();
  await drained();
  await sequencer.stop();
  const seen = async (who: TestOrganization) => (await wholeFeed(who)).map((event) => event.type);
  expect(await seen(buyer)).toEqual(['test.shared']);
  expect(await seen(supplier)).toEqual(['test.shared', 'test.private', 'test.own']);
  expect(await seen(rival)).toEqual([]);
  const [event] = await wholeFeed(buyer);
  expect(event).toMatchObject({
    cursor: 1,
    record,
    recordKind: 'order',
    organization: 'supplier',
    actor: { kind: 'person', label: 'Tester of supplier' },
    body: { n: 1, text: '轮胎' },
  });
});

it('pages the timeline of a record newest first, and shows a stranger nothing', async () => {
  const record = await sharedRecord();
  for (let n = 1; n <= 5; n += 1)
    await asOrganization(db, buyer, (scope) => appendEvent(scope, { type: 'test.step', record, body: { n } }));
  const first = await asOrganization(db, supplier, (scope) => readTimeline(scope, record, { limit: 3 }));
  const rest = await asOrganization(db, supplier, (scope) => readTimeline(scope, record, { cursor: first.next ?? undefined, limit: 3 }));
  expect([...first.items, ...rest.items].map((entry) => entry.body['n'])).toEqual([5, 4, 3, 2, 1]);
  expect(rest.next).toBeNull();
  expect(await asOrganization(db, rival, (scope) => readTimeline(scope, record, { limit: 3 }))).toEqual({ items: [], next: null });
});

it('refuses an event on a record that its author does not see', async () => {
  const record = await sharedRecord();
  await expect(asOrganization(db, rival, (scope) => appendEvent(scope, { type: 'test.intruder', record, body: {} }))).rejects.toThrow(
    /does not see/,
  );
  await expect(
    asOrganization(db, rival, (scope) => appendEvent(scope, { type: 'test.intruder', record: newId<'record'>(), body: {} })),
  ).rejects.toThrow(/does not see/);
});

it('leaves out what is hidden or erased now, and moves the cursor past it', async () => {
  const record = await sharedRecord();
  await asOrganization(db, buyer, (scope) => appendEvent(scope, { type: 'test.erased', record, body: { secret: 1 } }));
  await asOrganization(db, buyer, (scope) => appendEvent(scope, { type: 'test.hidden', record, body: {} }));
  const sequencer = startSequencer({ system: db.database.system });
  await drained();
  await sequencer.stop();
  const end = (await wholeFeed(supplier)).at(-1)?.cursor ?? 0;
  await db.owner.pool.query(`update core.event set body = null where type = 'test.erased'`);
  await db.owner.pool.query(`update core.event set audience = array[organization] where type = 'test.hidden'`);
  const page = await asOrganization(db, supplier, (scope) => readFeed(scope, { after: end - 2, limit: 10 }));
  expect(page).toEqual({ events: [], next: end });
  expect((await verifyFeed(db.database.system)).bad).toEqual([]);
});

it('loses nothing and keeps the order of the locks under 8 writers, a long transaction and killed sequencers', async () => {
  const records = await Promise.all([sharedRecord(), sharedRecord(), sharedRecord()]);
  const lastUnderLock = new Map<RecordId, number>(records.map((record) => [record, 0]));
  const own = { buyer: 0, supplier: 0 };
  const before = { buyer: (await wholeFeed(buyer)).length, supplier: (await wholeFeed(supplier)).length };
  const eachWrites = 60;

  let endLong = () => {};
  const long = asOrganization(db, rival, async (scope) => {
    await appendEvent(scope, { type: 'test.long', record: null, body: {} });
    await new Promise<void>((resolve) => {
      endLong = resolve;
    });
  });

  const write = async (writer: number) => {
    const who = writer % 2 === 0 ? buyer : supplier;
    for (let i = 0; i < eachWrites; i += 1) {
      const record = records[(writer + i) % records.length] as RecordId;
      await asOrganization(db, who, async (scope) => {
        await lockRecord(scope, record);
        const n = (lastUnderLock.get(record) ?? 0) + 1;
        lastUnderLock.set(record, n);
        await appendEvent(scope, { type: 'test.ordered', record, body: { n } });
        if (i % 4 === 0) {
          own[who.code as keyof typeof own] += 1;
          await appendEvent(scope, { type: 'test.noted', record, private: true, body: { n } });
        }
      });
    }
  };
  const writers = Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)));

  const killed: ChildProcess[] = [];
  for (let round = 0; round < 3; round += 1) {
    const child = await spawnSequencer();
    killed.push(child);
    await new Promise((resolve) => setTimeout(resolve, 150));
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  const two = [startSequencer({ system: db.database.system }), startSequencer({ system: db.database.system })];
  await writers;
  endLong();
  await long;
  await drained();
  await Promise.all(two.map((each) => each.stop()));

  expect(killed.every((child) => child.signalCode === 'SIGKILL')).toBe(true);
  for (const who of [buyer, supplier]) {
    const feed = (await wholeFeed(who)).slice(before[who.code as keyof typeof before]);
    const ordered = feed.filter((event) => event.type === 'test.ordered');
    for (const record of records) {
      const steps = ordered.filter((event) => event.record === record).map((event) => event.body['n']);
      expect(steps).toEqual(Array.from({ length: lastUnderLock.get(record) ?? 0 }, (_, i) => i + 1));
    }
    expect(feed.filter((event) => event.type === 'test.noted')).toHaveLength(own[who.code as keyof typeof own]);
    expect(new Set(feed.map((event) => event.id)).size).toBe(feed.length);
  }
  expect((await wholeFeed(rival)).map((event) => event.type)).toEqual(['test.long']);
  const { rows } = await db.owner.pool.query(
    'select organization from core.feed group by organization having min(seq) <> 1 or max(seq) <> count(*)',
  );
  expect(rows).toEqual([]);
  expect((await verifyFeed(db.database.system)).bad).toEqual([]);
}, 120_000);

it('goes on after its connections are cut, and so does the listener', async () => {
  const system = connect(db.urls.system, { max: 3, name: 'cut-me' });
  const sequencer = startSequencer({ system });
  const batches: (readonly string[] | null)[] = [];
  const listener = await listenFeed(system, (organizations) => batches.push(organizations));
  const superuser = connect(process.env['YUNFAB_TEST_SUPERUSER_URL'] ?? '', { max: 1 });
  await superuser.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cut-me'`);
  await superuser.close();
  await vi.waitFor(() => expect(batches).toContain(null), { timeout: 10_000 });
  const before = (await wholeFeed(rival)).length;
  await asOrganization(db, rival, (scope) => appendEvent(scope, { type: 'test.after_cut', record: null, body: {} }));
  sequencer.wake();
  await vi.waitFor(() => expect(batches).toContainEqual([rival.id]), { timeout: 10_000 });
  expect(await wholeFeed(rival)).toHaveLength(before + 1);
  await listener.stop();
  await sequencer.stop();
  await system.close();
});

it('lets runtime and ingest touch neither the log, nor what is pending, nor the feed', async () => {
  for (const role of ['runtime', 'ingest'] as const) {
    const { pool } = db.database[role];
    for (const statement of [
      'delete from core.event_pending',
      'select * from core.event_pending',
      `update core.event set body = '{}'`,
      'delete from core.event',
      'delete from core.feed',
      'insert into core.feed_head values (gen_random_uuid(), 1, null)',
      'delete from core.feed_block',
      'select core.sequence_events(1)',
      `select core.write_event(gen_random_uuid(), 'x.y', null, gen_random_uuid(), '{}', '{}', 'system', 'x', 'x', now())`,
      'select audience from core.event',
    ]) {
      await expect(pool.query(statement), `${role}: ${statement}`).rejects.toMatchObject({ code: '42501' });
    }
  }
});

/** A process of its own that drains as fast as it can; resolves once it has begun. */
async function spawnSequencer(): Promise<ChildProcess> {
  const events = fileURLToPath(new URL('./index.ts', import.meta.url));
  const database = fileURLToPath(new URL('../database/index.ts', import.meta.url));
  const program = `
    import { startSequencer } from ${JSON.stringify(events)};
    import { connect } from ${JSON.stringify(database)};
    startSequencer({ system: connect(${JSON.stringify(db.urls.system)}) });
    console.log('started');`;
  const child = spawn(process.execPath, ['--conditions=yunfab-source', '--import', 'tsx', '--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}
