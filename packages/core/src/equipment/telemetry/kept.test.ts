import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCallerFactory, router } from '../../commands/index.js';
import { advisoryLocks } from '../../database/index.js';
import { dayOf } from '../../measure/index.js';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization, testContext } from '../../testing/index.js';
import {
  createEquipmentRouter,
  createEquipmentService,
  dropOldTelemetry,
  listPartitions,
  makePartitionsAhead,
  moveKeptFrom,
  rollUp,
  startTelemetryUpkeep,
} from '../index.js';

const createCaller = createCallerFactory(router(createEquipmentRouter(createEquipmentService({ models: new Map() }))));
const hour = 3_600_000;
const dayMs = 24 * hour;
const today = Date.parse(dayOf(new Date()));
/** Noon of the day so many days ago. */
const noon = (ago: number) => today - ago * dayMs + 12 * hour;
const now = new Date(today + 12 * hour);
const nameOf = (ago: number) => `sample_${dayOf(new Date(noon(ago))).replaceAll('-', '')}`;

let db: TestDatabase;
let maker: TestOrganization;
beforeAll(async () => {
  db = await createTestDatabase();
  maker = await createTestOrganization(db, 'maker');
});
afterAll(() => db.close());

const caller = () => createCaller(testContext(db, maker));
const sql = async <Row extends object>(text: string, ...values: unknown[]) => (await db.owner.pool.query<Row>(text, values)).rows;

type Page = Awaited<ReturnType<ReturnType<typeof caller>['telemetry']['range']>>;

let machines = 0;
async function machine(): Promise<{ equipment: string; series: number }> {
  machines += 1;
  const { id: equipment } = await caller().create({ code: `m-${machines}`, name: 'M', model: 'machine' });
  const [row] = await sql<{ id: number }>("select id from telemetry.series where equipment_id = $1 and signal = 'temperature'", equipment);
  return { equipment, series: row?.id ?? 0 };
}

let ordinal = 0;
/** As the gateway commits: a sample and the mark of its minute; `before` runs while the transaction is open. */
async function store(series: number, at: number, value: number, before: () => Promise<unknown> = async () => {}): Promise<void> {
  const client = await db.database.ingest.pool.connect();
  try {
    await client.query('begin');
    await client.query(
      'insert into telemetry.sample (series, ts, ordinal, value, quality) values ($1, to_timestamp($2::double precision / 1000), $3, $4, 192)',
      [series, at, ++ordinal, value],
    );
    await client.query('insert into telemetry.dirty_minute values ($1, to_timestamp(($2::bigint / 60000) * 60))', [series, Math.floor(at)]);
    await before();
    await client.query('commit');
  } finally {
    client.release();
  }
}

const samplePartitions = async () =>
  (await listPartitions(db.database.system)).filter(({ parent }) => parent === 'sample').map(({ child }) => child);
const ensureDay = (ago: number) =>
  db.database.ingest.pool.query('select telemetry.ensure_partition($1::date)', [dayOf(new Date(noon(ago)))]);
const drop = () => dropOldTelemetry(db.database.system, now);
const keepsAll = { samplesDays: null, minutesDays: null, hoursDays: null, eventsDays: null, lettersDays: null, commandsDays: null };
const keep = (samplesDays: number, minutesDays: number | null = null, hoursDays: number | null = null) =>
  moveKeptFrom(db.database.system, { ...keepsAll, samplesDays, minutesDays, hoursDays }, now);
const patience = { timeout: 20_000, interval: 50 };
const rangeOf = (equipment: string) =>
  caller().telemetry.range({ equipment, signals: ['temperature'], from: today - 400 * dayMs, to: today + dayMs });
const dayBuckets = async (equipment: string, daysAgo: number) => {
  const from = today - daysAgo * dayMs;
  const { signals } = await caller().telemetry.aggregate({ equipment, signals: ['temperature'], from, to: today, bucketMs: dayMs });
  return signals['temperature'];
};

describe('partitions ahead', () => {
  it('are there for today and two days before anything is stored on them, once', async () => {
    await Promise.all([makePartitionsAhead(db.database.system, now), makePartitionsAhead(db.database.system, now)]);
    const all = await listPartitions(db.database.system);
    for (const ahead of [0, 1, 2]) {
      const at = new Date(noon(-ahead));
      const covered = all.filter(({ begins, ends }) => begins <= at && at < ends).map(({ parent }) => parent);
      expect(covered).toEqual(['receipt', 'rollup_hour', 'rollup_minute', 'sample']);
    }
    const { series } = await machine();
    await store(series, noon(-2), 1);
  });

  it('and retention are nobody’s but the role system’s', async () => {
    for (const role of [db.database.runtime, db.database.ingest])
      for (const call of [
        "keep_records_from('2026-01-01', null, null)",
        "forget_records('events', 1)",
        "make_ahead('2026-01-01')",
        "keep_from('2026-01-01', null, null)",
        "drop_oldest('sample')",
        'partitions()',
      ])
        await expect(role.pool.query(`select telemetry.${call}`)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('retention', () => {
  beforeEach(async () => {
    await sql("update telemetry.retention set samples_from = null, minutes_from = null, hours_from = null, samples_dropped = '-infinity'");
    for (const ago of [5, 4, 3, 2, 1, 0]) await ensureDay(ago);
  });

  it('drops whole days, keeps what they came to, and says where data begin', async () => {
    const { equipment, series } = await machine();
    for (const ago of [5, 4, 3, 1]) await store(series, noon(ago), ago * 10);
    expect(await keep(3)).toBe(true);
    expect(await keep(3)).toBe(false);
    const before = await samplePartitions();
    expect(before).toEqual(expect.arrayContaining([nameOf(5), nameOf(4)]));
    // Nothing was rolled up yet: it is before its samples go.
    expect(await drop()).toEqual(before.filter((name) => name < nameOf(3)));
    expect(await samplePartitions()).toEqual(before.filter((name) => name >= nameOf(3)));
    const kept = await rangeOf(equipment);
    expect(kept.signals['temperature']?.value).toEqual([30, 10]);
    expect(kept.keptFrom).toBe(today - 3 * dayMs);
    expect(await dayBuckets(equipment, 5)).toMatchObject({ count: [1, 1, 1, 0, 1], low: [50, 40, 30, null, 10] });
    expect(await drop()).toEqual([]);
  });

  it('lets no mark of a minute whose samples are gone erase what they came to', async () => {
    const { equipment, series } = await machine();
    await store(series, noon(4), 7);
    await keep(3);
    await drop();
    await sql('insert into telemetry.dirty_minute values ($1, to_timestamp($2::double precision / 1000))', series, noon(4));
    expect(await dayBuckets(equipment, 4)).toMatchObject({ count: [1, 0, 0, 0], average: [7, null, null, null] });
    await rollUp(db.database.system, now);
    expect(await dayBuckets(equipment, 4)).toMatchObject({ count: [1, 0, 0, 0], average: [7, null, null, null] });
    expect(await sql('select from telemetry.dirty_minute where series = $1', series)).toEqual([]);
  });

  it('makes no partition anew for what is too late, and says so', async () => {
    await keep(3);
    await drop();
    await expect(ensureDay(4)).rejects.toMatchObject({ code: '22008', message: expect.stringContaining('no longer kept') });
    expect(await samplePartitions()).not.toContain(nameOf(4));
    await ensureDay(3);
  });

  it('waits for a commit that is under way, loses nothing of it, and stops no other meanwhile', async () => {
    const { equipment, series } = await machine();
    const other = await machine();
    await keep(3);
    let dropping: Promise<string[]> | undefined;
    await store(series, noon(4), 44, async () => {
      let dropped = false;
      dropping = drop().finally(() => {
        dropped = true;
      });
      for (let n = 0; n < 5; n++) await store(other.series, noon(0) + n, n);
      expect(dropped).toBe(false);
      expect(await samplePartitions()).toContain(nameOf(4));
    });
    expect(await dropping).toContain(nameOf(4));
    expect((await dayBuckets(equipment, 4))?.low).toEqual([44, null, null, null]);
    expect((await rangeOf(other.equipment)).signals['temperature']?.value).toEqual([0, 1, 2, 3, 4]);
  });

  it('is asked for again while another process drops, and never taken for done', async () => {
    const client = await db.owner.pool.connect();
    let dropping: Promise<string[]> | undefined;
    try {
      await keep(3);
      await client.query(`select pg_advisory_lock(${advisoryLocks.retention})`);
      await expect(sql("select telemetry.drop_oldest('sample')")).rejects.toMatchObject({
        code: '55P03',
        message: expect.stringContaining('another process'),
      });
      let dropped = false;
      dropping = drop().finally(() => {
        dropped = true;
      });
      expect(dropped).toBe(false);
      expect(await samplePartitions()).toContain(nameOf(4));
    } finally {
      await client.query(`select pg_advisory_unlock(${advisoryLocks.retention})`);
      client.release();
    }
    expect(await dropping).toContain(nameOf(4));
  });

  it('drops whole months of minutes and of hours when they are not kept either', async () => {
    const { equipment, series } = await machine();
    await ensureDay(100);
    await store(series, noon(100), 1);
    await store(series, noon(1), 2);
    await rollUp(db.database.system, now);
    await keep(2, 40, 200);
    const month = dayOf(new Date(noon(100)))
      .slice(0, 7)
      .replace('-', '');
    const dropped = await drop();
    expect(dropped).toEqual(expect.arrayContaining([nameOf(100), `rollup_minute_${month}`]));
    expect(dropped).not.toContain(`rollup_hour_${month}`);
    const minutes = await caller().telemetry.aggregate({ equipment, from: noon(100), to: noon(100) + 600_000, bucketMs: 60_000 });
    expect(minutes.keptFrom).toBe(today - 40 * dayMs);
    expect(minutes.signals['temperature']?.count[0]).toBe(0);
    expect((await dayBuckets(equipment, 100))?.count).toEqual([1, ...Array(98).fill(0), 1]);
    await keep(2, 40, 41);
    const later = await drop();
    expect(later).toContain(`rollup_hour_${month}`);
    expect(await dayBuckets(equipment, 100)).toMatchObject({ count: [...Array(99).fill(0), 1] });
  });

  it('is done by the worker, once gateways had time to hear of it, and the worker stops while it waits', async () => {
    const kept = { ...keepsAll, samplesDays: 3 };
    const options = { system: db.database.system, clock: () => now, kept };
    const said: object[] = [];
    const log = { info: (details: object) => void said.push(details), warn: (details: object) => void said.push(details) };
    const { equipment } = await machine();
    const waiting = startTelemetryUpkeep({ ...options, log });
    await vi.waitFor(async () => expect((await rangeOf(equipment)).keptFrom).not.toBeNull(), patience);
    await waiting.stop();
    expect(await samplePartitions()).toContain(nameOf(4));
    const working = startTelemetryUpkeep({ ...options, settleMs: 0, log });
    await vi.waitFor(() => expect(said).toHaveLength(1), patience);
    await working.stop();
    expect(said).toEqual([{ dropped: expect.arrayContaining([nameOf(5), nameOf(4)]) }]);
  });

  it('never moves back, never reaches today, and keeps sums at least as long', async () => {
    await keep(2);
    expect(await keep(30)).toBe(false);
    const { equipment } = await machine();
    expect((await rangeOf(equipment)).keptFrom).toBe(today - 2 * dayMs);
    const tomorrow = new Date(today + 2 * dayMs);
    await expect(moveKeptFrom(db.database.system, { ...keepsAll, samplesDays: 1 }, tomorrow)).rejects.toMatchObject({
      code: '22023',
    });
    await expect(keep(10, 5)).rejects.toMatchObject({ code: '22023' });
    await expect(keep(10, null, 20)).rejects.toMatchObject({ code: '22023' });
  });
});

it('pages of a range lose and repeat nothing, however many samples share an instant', async () => {
  await makePartitionsAhead(db.database.system, now);
  const names = ['temperature', 'power'];
  // Microseconds after noon: within one millisecond and across several, several samples at each.
  const samples = fc.array(
    fc.record({ us: fc.oneof(fc.constant(1_001), fc.integer({ min: 0, max: 2_500 })), signal: fc.constantFrom(0, 1) }),
    {
      minLength: 1,
      maxLength: 40,
    },
  );
  await fc.assert(
    fc.asyncProperty(samples, fc.integer({ min: 2, max: 30 }), async (stored, limit) => {
      const { equipment } = await machine();
      await sql(
        `insert into telemetry.sample (series, ts, ordinal, value, quality)
         select s.id, to_timestamp($2::double precision / 1000) + us * interval '1 microsecond', n, n, 192
         from unnest($3::int[], $4::text[]) with ordinality as g (us, signal, n) join telemetry.series s on s.equipment_id = $1 and s.signal = g.signal`,
        equipment,
        noon(0),
        stored.map(({ us }) => us),
        stored.map(({ signal }) => names[signal]),
      );
      const expected = (signal: number) =>
        stored
          .flatMap((sample, index) => (sample.signal === signal ? [{ us: sample.us, n: index + 1 }] : []))
          .sort((a, b) => a.us - b.us || a.n - b.n);
      const seen: unknown[][] = names.map(() => []);
      let cursor: string | undefined;
      for (;;) {
        const page: Page = await caller().telemetry.range({ equipment, signals: names, from: noon(0), to: noon(0) + 10, cursor, limit });
        expect(names.flatMap((name) => page.signals[name]?.ts ?? []).length).toBeLessThanOrEqual(limit);
        for (const [index, name] of names.entries()) {
          const columns = page.signals[name];
          for (const [place, ts] of (columns?.ts ?? []).entries())
            seen[index]?.push({ us: Math.round((ts - noon(0)) * 1000), n: columns?.value[place] });
        }
        if (page.next === null) break;
        cursor = page.next;
      }
      expect(seen).toEqual([expected(0), expected(1)]);
    }),
    { numRuns: 25 },
  );
});
