import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createCallerFactory, router } from '../../commands/index.js';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization, testContext } from '../../testing/index.js';
import { createEquipmentRouter, createEquipmentService, rollUp } from '../index.js';

const createCaller = createCallerFactory(router(createEquipmentRouter(createEquipmentService({ models: new Map() }))));
const hour = 3_600_000;
const patience = { timeout: 20_000, interval: 50 };
const start = Date.UTC(2026, 10, 1);

let db: TestDatabase;
let maker: TestOrganization;
beforeAll(async () => {
  db = await createTestDatabase();
  maker = await createTestOrganization(db, 'maker');
  for (const day of ['2026-11-01', '2026-11-02']) await db.owner.pool.query("select telemetry.ensure_day('sample', $1::date)", [day]);
});
afterAll(() => db.close());

const caller = () => createCaller(testContext(db, maker));
let machines = 0;
async function machine(): Promise<{ equipment: string; series: number }> {
  machines += 1;
  const { id: equipment } = await caller().create({ code: `m-${machines}`, name: 'M', model: 'machine' });
  const { rows } = await db.owner.pool.query<{ id: number }>(
    "select id from telemetry.series where equipment_id = $1 and signal = 'temperature'",
    [equipment],
  );
  return { equipment, series: rows[0]?.id ?? 0 };
}

interface Sample {
  /** Milliseconds after the start. */
  readonly at: number;
  readonly value: number | null;
  /** OPC DA; good when left out. */
  readonly quality?: number;
}

const good = 192;
let ordinal = 0;
/** As the gateway commits: samples and the marks of their minutes, in one transaction. */
async function store(series: number, samples: readonly Sample[], before: () => Promise<unknown> = async () => {}): Promise<void> {
  const client = await db.database.ingest.pool.connect();
  try {
    await client.query('begin');
    for (const { at, value, quality = good } of samples)
      await client.query(
        'insert into telemetry.sample (series, ts, ordinal, value, quality) values ($1, to_timestamp($2::double precision / 1000), $3, $4, $5)',
        [series, start + at, ++ordinal, value, quality],
      );
    const minutes = [...new Set(samples.map(({ at }) => Math.floor((start + at) / 60_000)))];
    await client.query('insert into telemetry.dirty_minute select $1, to_timestamp(m::bigint * 60) from unnest($2::int[]) m', [
      series,
      minutes,
    ]);
    await before();
    await client.query('commit');
  } finally {
    client.release();
  }
}

const later = new Date(start + 100 * 24 * hour);
const roll = (now = later) => rollUp(db.database.system, now);
const aggregate = async (equipment: string, from: number, to: number, bucketMs: number) =>
  (await caller().telemetry.aggregate({ equipment, signals: ['temperature'], from: start + from, to: start + to, bucketMs })).signals[
    'temperature'
  ];

/** The same, reckoned here from the samples alone. */
function reckoned(samples: readonly Sample[], from: number, to: number, bucketMs: number) {
  const places = Array.from({ length: Math.ceil((to - from) / bucketMs) }, (_, place) =>
    samples.filter(({ at }) => at >= from && at < to && Math.floor((at - from) / bucketMs) === place).sort((a, b) => a.at - b.at),
  );
  const numbers = places.map((own) => own.flatMap(({ value }) => value ?? []));
  return {
    unit: 'Cel',
    count: places.map((own) => own.length),
    average: numbers.map((own) => (own.length > 0 ? own.reduce((sum, value) => sum + value, 0) / own.length : null)),
    low: numbers.map((own) => (own.length > 0 ? Math.min(...own) : null)),
    high: numbers.map((own) => (own.length > 0 ? Math.max(...own) : null)),
    first: numbers.map((own) => own[0] ?? null),
    last: numbers.map((own) => own.at(-1) ?? null),
    quality: places.map((own) => (own.length > 0 ? Math.min(...own.map(({ quality = good }) => quality)) : null)),
  };
}

const widths = [1_000, 1_100, 60_000, 300_000, hour, 2 * hour];

describe('buckets', () => {
  it('are what their samples are, rolled up or not, however late these came', async () => {
    // Whole numbers, so that sums do not depend on their order; some of one instant, of which the later ordinal is the later.
    const at = fc.oneof(fc.integer({ min: 0, max: 4 * 36_000 - 1 }), fc.constantFrom(36_000, 36_033, 36_599));
    const value = fc.option(fc.integer({ min: -50, max: 50 }));
    const batch = fc.array(fc.record({ at, value, quality: fc.constantFrom(0, 64, good) }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(batch, fc.constant('roll' as const)), { minLength: 1, maxLength: 8 }), async (steps) => {
        const { equipment, series } = await machine();
        const kept: Sample[] = [];
        for (const step of steps) {
          if (step === 'roll') await roll();
          else {
            const fresh = step.map((sample) => ({ ...sample, at: sample.at * 100 }));
            if (fresh.length > 0) await store(series, fresh);
            kept.push(...fresh);
          }
          for (const width of widths) {
            const [from, to] = width < 60_000 ? [hour, hour + 550_000] : [0, 4 * hour];
            expect(await aggregate(equipment, from, to, width)).toEqual(reckoned(kept, from, to, width));
          }
        }
      }),
      { numRuns: 12 },
    );
  });

  it('of many series that were stored in the same minutes come to the same, whether minutes are read whole or series by series', async () => {
    const machines: Awaited<ReturnType<typeof machine>>[] = [];
    for (let n = 0; n < 60; n += 1) machines.push(await machine());
    let hours = 4;
    const own = fc.array(
      fc.record({
        ...{ at: fc.integer({ min: 0, max: 150 }), value: fc.option(fc.integer({ min: -50, max: 50 }), { freq: 2 }) },
        quality: fc.constantFrom(0, 64, good),
      }),
      { maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(own, { minLength: 60, maxLength: 60 }), own, async (samples, late) => {
        hours += 2;
        const place = (given: readonly Sample[]) => given.map(({ at, ...rest }) => ({ at: hours * hour + at * 1000, ...rest }));
        const kept = samples.map(place);
        for (const [n, { series }] of machines.entries()) if (kept[n]?.length) await store(series, kept[n]);
        await roll();
        const [first] = machines;
        if (first && late.length > 0) await store(first.series, place(late));
        kept[0]?.push(...place(late));
        await roll();
        const [from, to] = [hours * hour, (hours + 1) * hour];
        for (const [n, { equipment }] of machines.entries())
          for (const width of [60_000, hour])
            expect(await aggregate(equipment, from, to, width)).toEqual(reckoned(kept[n] ?? [], from, to, width));
      }),
      { numRuns: 4 },
    );
    const { rows } = await db.owner.pool.query('select from telemetry.dirty_minute');
    expect(rows).toEqual([]);
  });

  it('miss nothing that was being committed while they were rolled up', async () => {
    const { equipment, series } = await machine();
    await store(series, [{ at: 1_000, value: 1 }]);
    await store(series, [{ at: 2_000, value: 5 }], () => roll());
    expect((await aggregate(equipment, 0, 60_000, 60_000))?.count).toEqual([2]);
    expect(await roll()).toBe(1);
    expect(await aggregate(equipment, 0, hour, hour)).toMatchObject({ count: [2], average: [3], first: [1], last: [5] });
    expect(await roll()).toBe(0);
  });

  it('come from the rollups alone once nothing is dirty', async () => {
    const { equipment, series } = await machine();
    await store(series, [
      { at: 10_000, value: 20 },
      { at: 70_000, value: 40 },
    ]);
    await roll();
    const { rows } = await db.owner.pool.query<{ level: string; n: number }>(
      `select 'minute' as level, count(*)::int as n from telemetry.rollup_minute where series = $1
       union all select 'hour', count(*)::int from telemetry.rollup_hour where series = $1 order by level`,
      [series],
    );
    expect(rows).toEqual([
      { level: 'hour', n: 1 },
      { level: 'minute', n: 2 },
    ]);
    await db.owner.pool.query('delete from telemetry.sample where series = $1', [series]);
    expect(await aggregate(equipment, 0, hour, hour)).toMatchObject({ count: [2], low: [20], high: [40] });
    expect(await aggregate(equipment, 0, 180_000, 60_000)).toMatchObject({ count: [1, 1, 0], average: [20, 40, null] });
  });

  it('are left for the next time when the process is to end, in the middle of a long past', async () => {
    const { series } = await machine();
    await db.owner.pool.query(
      "insert into telemetry.dirty_minute select $1, to_timestamp($2::double precision / 1000) + n * interval '1 minute' from generate_series(0, 5000) n",
      [series, start],
    );
    expect(await rollUp(db.database.system, later, AbortSignal.abort())).toBe(0);
    const stopping = new AbortController();
    const held = await db.owner.pool.connect();
    try {
      await held.query('begin; lock table telemetry.rollup_minute in access exclusive mode');
      const rolling = rollUp(db.database.system, later, stopping.signal);
      await vi.waitFor(async () => {
        const { rows } = await db.owner.pool.query(
          `select from pg_locks l join pg_database d on d.oid = l.database
           where d.datname = current_database() and l.relation = 'telemetry.rollup_minute'::regclass and not l.granted`,
        );
        expect(rows).toHaveLength(1);
      }, patience);
      stopping.abort();
      expect(await rolling).toBe(0);
    } finally {
      await held.query('rollback');
      held.release();
    }
    expect(await roll()).toBe(5_001);
  });

  it('leave the minute that is under way for later', async () => {
    const { series } = await machine();
    await store(series, [{ at: 5 * hour, value: 1 }]);
    expect(await roll(new Date(start + 5 * hour + 65_000))).toBe(0);
    expect(await roll(new Date(start + 5 * hour + 70_000))).toBe(1);
  });

  it.each([
    ['an empty range', { from: start, to: start, bucketMs: 1_000 }, 'equipment.range_empty'],
    ['half minutes', { from: start, to: start + hour, bucketMs: 90_000 }, 'equipment.buckets_misaligned'],
    ['a beginning within a minute', { from: start + 1, to: start + hour, bucketMs: 60_000 }, 'equipment.buckets_misaligned'],
    ['more than a page can show', { from: start, to: start + 100 * hour, bucketMs: 1_000 }, 'equipment.buckets_too_many'],
  ])('are refused for %s', async (_what, asked, code) => {
    const { equipment } = await machine();
    await expect(caller().telemetry.aggregate({ equipment, ...asked })).rejects.toMatchObject({ cause: { code } });
  });
});
