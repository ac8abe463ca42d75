import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createCallerFactory, router } from '../../commands/index.js';
import { newId } from '../../database/index.js';
import { dayOf } from '../../measure/index.js';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization, testContext } from '../../testing/index.js';
import { createEquipmentRouter, createEquipmentService, forgetOldRecords, moveKeptFrom, type TelemetryKept } from '../index.js';

const createCaller = createCallerFactory(router(createEquipmentRouter(createEquipmentService({ models: new Map() }))));
const dayMs = 86_400_000;
const now = new Date();
const today = Date.parse(dayOf(now));
const noon = (ago: number) => new Date(today - ago * dayMs + dayMs / 2);

let db: TestDatabase;
let maker: TestOrganization;
let equipment: string;
let deviceId: string;
beforeAll(async () => {
  db = await createTestDatabase();
  maker = await createTestOrganization(db, 'maker');
  ({ id: equipment } = await caller().create({ code: 'press', name: 'Press', model: 'machine' }));
  await caller().devices.create({ equipment, device: 'press' });
  const [device] = await sql<{ id: string }>('select id from core.device');
  deviceId = device?.id ?? '';
});
afterAll(() => db.close());
beforeEach(async () => {
  await sql("update telemetry.retention set events_from = null, letters_from = null, commands_from = null, events_dropped = '-infinity'");
  for (const table of ['telemetry.device_event_pending', 'telemetry.device_event', 'telemetry.dead_letter'])
    await sql(`delete from ${table}`);
});

const caller = () => createCaller(testContext(db, maker));
const sql = async <Row extends object>(text: string, ...values: unknown[]) => (await db.owner.pool.query<Row>(text, values)).rows;
const keepsAll: TelemetryKept = {
  samplesDays: null,
  minutesDays: null,
  hoursDays: null,
  eventsDays: null,
  lettersDays: null,
  commandsDays: null,
};
const keep = (days: Partial<TelemetryKept>) => moveKeptFrom(db.database.system, { ...keepsAll, ...days }, now);
const forget = (atOnce?: number) => forgetOldRecords(db.database.system, now, undefined, atOnce);

let ordinal = 0;
/** As a gateway stores one. */
async function event(ts: Date, { pending = false } = {}): Promise<string> {
  const id = newId();
  await db.database.ingest.pool.query(
    `insert into telemetry.device_event (id, organization, device_id, equipment_id, ts, ordinal, seq, type, body, quality, received_at)
     values ($1, $2, $3, $4, $5, $6, null, 'state', '{}', 192, $5)`,
    [id, maker.id, deviceId, equipment, ts, ++ordinal],
  );
  if (pending)
    await db.database.ingest.pool.query('insert into telemetry.device_event_pending (organization, event_id) values ($1, $2)', [
      maker.id,
      id,
    ]);
  return id;
}
const standing = async (table: 'device_event' | 'dead_letter') =>
  new Set((await sql<{ id: string }>(`select id from telemetry.${table}`)).map(({ id }) => id));

async function letter(lastAt: Date, replayAskedAt: Date | null = null): Promise<string> {
  const id = newId();
  await sql(
    `insert into telemetry.dead_letter (id, fingerprint, organization, device, topic, payload, size, reason, detail, first_at, last_at, replay_asked_at)
     values ($1::uuid, sha256(convert_to($1::uuid::text, 'UTF8')), $2, 'press', 't', '', 0, 'not_json', 'd', $3, $3, $4)`,
    id,
    maker.id,
    lastAt,
    replayAskedAt,
  );
  return id;
}

it('events go by the batch, with why they were not used; those that wait or lie in an open run stay', async () => {
  const old = await Promise.all([5, 5, 6, 7, 8].map((ago) => event(noon(ago))));
  const waiting = await event(noon(9), { pending: true });
  const kept = await Promise.all([4, 0].map((ago) => event(noon(ago))));
  await sql(
    `insert into core.device_event_unused (event_id, organization, equipment_id, type, reason, at)
     select unnest($1::uuid[]), $2, $3, 'count', 'r', now()`,
    [old[0], kept[0]],
    maker.id,
    equipment,
  );
  expect(await forget(2)).toEqual({ events: 0, letters: 0, commands: 0 });
  expect(await keep({ eventsDays: 4 })).toBe(true);
  expect(await keep({ eventsDays: 4 })).toBe(false);
  expect(await forget(2)).toEqual({ events: 5, letters: 0, commands: 0 });
  expect(await standing('device_event')).toEqual(new Set([waiting, ...kept]));
  expect(await sql('select event_id from core.device_event_unused')).toEqual([{ event_id: kept[0] }]);
  await sql('delete from telemetry.device_event_pending');
  expect((await forget()).events).toBe(1);

  const run = newId();
  await sql(
    `insert into core.process_run (id, organization, equipment_id, key, state, started_at, seen_at) values ($1, $2, $3, 'r', 'running', $4, $4)`,
    run,
    maker.id,
    equipment,
    noon(4),
  );
  const before = await event(noon(4.4));
  expect(await keep({ eventsDays: 2 })).toBe(true);
  const during = kept[0] as string;
  expect((await forget()).events).toBe(1);
  expect(await standing('device_event')).toEqual(new Set(kept));
  expect(kept).not.toContain(before);
  await sql("update core.process_run set state = 'ended', ended_at = $2 where id = $1", run, noon(3));
  expect((await forget()).events).toBe(1);
  expect(await standing('device_event')).not.toContain(during);
});

it('an event from before they are kept is refused by the database itself, so that none is counted twice', async () => {
  await event(noon(5));
  await keep({ eventsDays: 4 });
  const late = await event(noon(6));
  await forget();
  expect(await standing('device_event')).not.toContain(late);
  await expect(event(noon(5))).rejects.toMatchObject({ code: '22008', message: expect.stringContaining('no longer kept') });
  await event(noon(4));
});

it('events wait for a commit that is under way, which then is dropped with the rest', async () => {
  await event(noon(5));
  await keep({ eventsDays: 4 });
  const client = await db.database.ingest.pool.connect();
  let forgetting: ReturnType<typeof forget> | undefined;
  try {
    await client.query('begin');
    await client.query(
      `insert into telemetry.device_event (id, organization, device_id, equipment_id, ts, ordinal, seq, type, body, quality, received_at)
       values ($1, $2, $3, $4, $5, 0, null, 'state', '{}', 192, $5)`,
      [newId(), maker.id, deviceId, equipment, noon(5)],
    );
    await expect(db.database.system.pool.query("select telemetry.forget_records('events', 10)")).rejects.toMatchObject({ code: '55P03' });
    forgetting = forget();
    await client.query('commit');
  } finally {
    client.release();
  }
  expect((await forgetting)?.events).toBe(2);
  expect(await standing('device_event')).toEqual(new Set());
});

it('dead letters go since they last came, but not one that is to be replayed, and the list says where it begins', async () => {
  await letter(noon(5));
  const [asked, kept] = [await letter(noon(5), now), await letter(noon(1))];
  expect((await caller().deadLetters.list({})).keptFrom).toBeNull();
  await keep({ lettersDays: 3 });
  expect(await forget()).toEqual({ events: 0, letters: 1, commands: 0 });
  expect(await standing('dead_letter')).toEqual(new Set([asked, kept]));
  expect((await caller().deadLetters.list({})).keptFrom).toBe(new Date(today - 3 * dayMs).toISOString());
});

it('commands go since they ended, with their trails, and the list says where it begins', async () => {
  const send = async () => (await caller().commands.send({ device: 'press', name: 'preheat' })).id;
  const [old, recent, open] = [await send(), await send(), await send()];
  for (const command of [old, recent]) await caller().commands.cancel({ command });
  await sql('update core.device_command set created_at = $1', noon(9));
  await sql('update core.device_command set ended_at = $2 where id = $1', old, noon(5));
  await keep({ commandsDays: 3 });
  expect(await forget()).toEqual({ events: 0, letters: 0, commands: 1 });
  const { items, keptFrom } = await caller().commands.list({});
  expect(new Set(items.map(({ id }) => id))).toEqual(new Set([recent, open]));
  expect(keptFrom).toBe(new Date(today - 3 * dayMs).toISOString());
  expect(await sql('select from core.device_command_step where command = $1', old)).toEqual([]);
  expect((await caller().commands.get({ command: recent })).trail).toHaveLength(2);
});

it('no beginning moves back or reaches today', async () => {
  await keep({ lettersDays: 2 });
  expect(await keep({ lettersDays: 30 })).toBe(false);
  const tomorrow = new Date(now.getTime() + 2 * dayMs);
  await expect(moveKeptFrom(db.database.system, { ...keepsAll, eventsDays: 1 }, tomorrow)).rejects.toMatchObject({ code: '22023' });
});
