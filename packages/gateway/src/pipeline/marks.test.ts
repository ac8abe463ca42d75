import { rollUp } from '@yunfab/core/equipment';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createPlant, type Plant } from '../testing/plant.js';
import { createMarks, type Marks } from './marks.js';
import { writeDirtyMinutes } from './statements.js';

let plant: Plant;
let series: number[];
const rule = '00000000-0000-7000-8000-000000000001';
beforeAll(async () => {
  plant = await createPlant();
  series = [];
  for (const code of ['oven-1', 'oven-2', 'oven-3']) {
    const { equipment } = await plant.addDevice(code);
    const rows = await plant.sql<{ id: number }>(
      "select id from telemetry.series where equipment_id = $1 and signal = 'temperature'",
      equipment,
    );
    series.push(...rows.map(({ id }) => id));
  }
  await plant.sql("select telemetry.ensure_day('sample', to_timestamp($1)::date)", start * 60);
});
afterAll(() => plant.close());

/** Noon of today, in minutes since 1970. */
const start = Math.floor(Date.now() / 86_400_000) * 1440 + 720;
const clockAt = (minute: number) => new Date((start + minute) * 60_000 + 10_000);
const roll = (minute: number) => rollUp(plant.database.system, clockAt(minute));
let ordinal = 0;
/** Who waits for the lock of commits, in this database. */
const waiting = `select from pg_locks l join pg_database d on d.oid = l.database
  where d.datname = current_database() and l.locktype = 'advisory' and not l.granted`;

interface Samples {
  /** Of which series, in which minutes after the start. */
  readonly of: number;
  readonly minutes: readonly number[];
}

/** As the gateway commits; `before` is done when all is written and nothing committed. Gives how many marks it set. */
async function store(marks: Marks, { of, minutes }: Samples, before: () => unknown = () => {}): Promise<number> {
  const client = await plant.database.ingest.pool.connect();
  try {
    await client.query('begin');
    const entered = await marks.enter(client);
    for (const minute of minutes)
      await client.query('insert into telemetry.sample (series, ts, ordinal, value, quality) values ($1, to_timestamp($2), $3, 1, 192)', [
        series[of],
        (start + minute) * 60,
        ++ordinal,
      ]);
    const due = marks.due(new Map([[series[of] ?? 0, [...new Set(minutes)].map((minute) => start + minute)]]), entered);
    await writeDirtyMinutes(client, due);
    await before();
    await client.query('commit');
    marks.stand(due, entered);
    return due.length;
  } finally {
    client.release();
  }
}

/** Minutes that are neither marked nor counted as they are. */
const wrong = () =>
  plant.sql(`select s.series, s.minute, s.count, m.count as counted from (
      select series, date_trunc('minute', ts) as minute, count(*)::integer as count from telemetry.sample group by 1, 2
    ) s left join telemetry.rollup_minute m on m.series = s.series and m.bucket = s.minute
    where m.count is distinct from s.count
      and not exists (select from telemetry.dirty_minute d where d.series = s.series and d.minute = s.minute)`);
const marked = async () => (await plant.sql<{ n: number }>('select count(*)::integer as n from telemetry.dirty_minute'))[0]?.n;

describe('marks', () => {
  it('stand for what every process stored, whenever it is rolled up and whichever way the clock goes', async () => {
    const minutes = fc.array(fc.constantFrom(0, 70, 140, 210), { minLength: 1, maxLength: 3 });
    const samples = fc.record({ of: fc.integer({ min: 0, max: 1 }), minutes });
    const step = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          by: fc.integer({ min: 0, max: 1 }),
          samples,
          rolling: fc.option(fc.integer({ min: 0, max: 250 }), { freq: 3 }),
        }),
      },
      { weight: 1, arbitrary: fc.record({ roll: fc.integer({ min: 0, max: 250 }) }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
        const processes = [createMarks(), createMarks()];
        for (const one of steps) {
          if ('roll' in one) await roll(one.roll);
          else {
            let rolling: Promise<unknown> | undefined;
            await store(processes[one.by] as Marks, one.samples, () => {
              if (one.rolling !== null) rolling = roll(one.rolling);
            });
            await rolling;
          }
          expect(await wrong()).toEqual([]);
        }
        await roll(300);
        expect(await wrong()).toEqual([]);
        expect(await marked()).toBe(0);
      }),
      { numRuns: 15 },
    );
  });

  it('are set once for a minute under way, and each time for one that may be rolled up', async () => {
    const marks = createMarks();
    await roll(400);
    expect(await store(marks, { of: 0, minutes: [410, 399] })).toBe(2);
    expect(await store(marks, { of: 0, minutes: [410, 399] })).toBe(1);
    expect(await store(marks, { of: 1, minutes: [410] })).toBe(1);
    marks.forget();
    expect(await store(marks, { of: 0, minutes: [410] })).toBe(1);
    await roll(411);
    expect(await store(marks, { of: 0, minutes: [410] })).toBe(1);
    await roll(412);
    expect(await wrong()).toEqual([]);
  });

  it('no longer stand when a clock was hours ahead, and is followed back', async () => {
    const marks = createMarks();
    await roll(400);
    expect(await store(marks, { of: 0, minutes: [500] })).toBe(1);
    await roll(700);
    await roll(450);
    expect(await store(marks, { of: 0, minutes: [500] })).toBe(1);
    expect(await wrong()).toEqual([]);
    await roll(700);
    await roll(400);
  });

  it('do not stand when their commit failed', async () => {
    const marks = createMarks();
    const failing = store(marks, { of: 0, minutes: [420] }, () => Promise.reject(new Error('the network')));
    await expect(failing).rejects.toThrow('the network');
    expect(await store(marks, { of: 0, minutes: [420] })).toBe(1);
  });

  it('are set by every commit of a series that a rule watches, from the moment it does and until it no longer does', async () => {
    const marks = createMarks();
    const heard = () => plant.sql('delete from telemetry.watch_mark where rule = $1 returning minute', rule);
    expect(await store(marks, { of: 2, minutes: [430] })).toBe(1);
    expect(await store(marks, { of: 2, minutes: [430] })).toBe(0);
    const [watched] = await plant.sql<{ organization: string }>('select organization from telemetry.series where id = $1', series[2]);
    await plant.sql(
      'insert into telemetry.watched_series (series, rule, organization) values ($1, $2, $3)',
      series[2],
      rule,
      watched?.organization,
    );
    await plant.sql('update telemetry.marking set generation = generation + 1');
    for (let n = 0; n < 3; n++) {
      expect(await store(marks, { of: 2, minutes: [430] })).toBe(1);
      expect(await heard()).toHaveLength(1);
    }
    await plant.sql('update telemetry.watched_series set until = to_timestamp($1) where rule = $2', (start + 430) * 60, rule);
    await plant.sql('update telemetry.marking set generation = generation + 1');
    expect(await store(marks, { of: 2, minutes: [430] })).toBe(1);
    expect(await store(marks, { of: 2, minutes: [430] })).toBe(0);
    expect(await heard()).toEqual([]);
  });

  it('let a commit that is under way end before its minute is rolled up, and hold up no other meanwhile', async () => {
    const [slow, other] = [createMarks(), createMarks()];
    await store(slow, { of: 0, minutes: [440] });
    let rolled: Promise<number> | undefined;
    const set = await store(slow, { of: 0, minutes: [440] }, async () => {
      rolled = roll(441);
      await vi.waitFor(
        async () => {
          expect(await plant.sql(waiting)).toHaveLength(1);
        },
        { timeout: 20_000, interval: 5 },
      );
      expect(await store(other, { of: 1, minutes: [440] })).toBe(1);
    });
    expect(set).toBe(0);
    await rolled;
    await roll(441);
    expect(await wrong()).toEqual([]);
  });
});
