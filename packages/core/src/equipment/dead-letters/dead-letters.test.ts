import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCallerFactory, router } from '../../commands/index.js';
import { inScope, newId, type Scope } from '../../database/index.js';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization, testContext } from '../../testing/index.js';
import { readDeviceTraffic } from '../gateways/repository.js';
import { createEquipmentRouter, createEquipmentService } from '../index.js';
import { pageOfLetters } from './repository.js';

const createCaller = createCallerFactory(router(createEquipmentRouter(createEquipmentService({ models: new Map() }))));
const devices = ['press', 'oven'];
const actor = { kind: 'system', id: 'test', label: 'Test' } as const;

let db: TestDatabase;
let maker: TestOrganization;
beforeAll(async () => {
  db = await createTestDatabase();
  maker = await createTestOrganization(db, 'maker');
  for (const code of devices) {
    const { id } = await caller().create({ code, name: code, model: 'machine' });
    await caller().devices.create({ equipment: id, device: code });
  }
});
afterAll(() => db.close());

const caller = () => createCaller(testContext(db, maker));
const scoped = <Answer>(run: (scope: Scope) => Promise<Answer>) =>
  inScope(db.database.runtime, { organization: maker.id, actor, now: new Date() }, run);

/** So many letters, the next always three microseconds older; gives their ids, the newest first. */
async function letters(count: number, newest: string): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  await db.owner.pool.query(
    `insert into telemetry.dead_letter (id, fingerprint, organization, device, topic, payload, size, reason, detail, first_at, last_at)
     select id, sha256(convert_to(id::text, 'UTF8')), $2, ($4::text[])[1 + n % 2], 't', '', 0, 'not_json', 'd', at, at
     from unnest($1::uuid[]) with ordinality as given (id, n), lateral (select $3::timestamptz - n * interval '3 microseconds' as at) when_`,
    [ids, maker.id, newest, devices],
  );
  return ids;
}

it('letters of one millisecond are listed in the order of their time, each once', async () => {
  const ids = await letters(40, '2026-11-20T08:00:00.5009Z');
  const listed: string[] = [];
  let cursor: string | undefined;
  do {
    const { items, next } = await caller().deadLetters.list({ limit: 7, cursor });
    listed.push(...items.map(({ id }) => id));
    cursor = next ?? undefined;
  } while (cursor);
  expect(listed).toEqual(ids);
});

it('a page reads no more letters than it shows, and one to see whether there are more', async () => {
  const ids = await letters(5_000, '2026-11-21T08:00:00Z');
  await db.owner.pool.query('analyze telemetry.dead_letter');
  const read = async (scope: Scope) => {
    const { rows } = await sql<{ read: string }>`select seq_tup_read + idx_tup_fetch as read from pg_stat_xact_all_tables
      where relid = 'telemetry.dead_letter'::regclass`.execute(scope.tx);
    return Number(rows[0]?.read);
  };
  await scoped(async (scope) => {
    const all = { reason: undefined, device: undefined, limit: 10 };
    const first = await pageOfLetters(scope, { ...all, limit: 3_000, after: null });
    const { sort_key: key = '', id = '' } = first.at(-1) ?? {};
    const before = await read(scope);
    const page = await pageOfLetters(scope, { ...all, after: { key, id } });
    expect(page.map((each) => each.id)).toEqual(ids.slice(3_001, 3_012));
    expect((await read(scope)) - before).toBe(11);
  });
});

it('the letters of each device are counted among the newest', async () => {
  const traffic = (lettersAmong: number) =>
    scoped(async (scope) => {
      const rows = await readDeviceTraffic(scope, {
        since: new Date('2026-11-21T00:00:00Z'),
        equipment: undefined,
        limit: 10,
        lettersAmong,
      });
      return rows.map(({ device, letters: recent, letters_waiting }) => [device, Number(recent), Number(letters_waiting)]);
    });
  expect(await traffic(100_000)).toEqual([
    ['oven', 2_500, 2_520],
    ['press', 2_500, 2_520],
  ]);
  expect(await traffic(7)).toEqual([
    ['oven', 4, 4],
    ['press', 3, 3],
  ]);
});
