import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCallerFactory, router } from '../../commands/index.js';
import { dayOf } from '../../measure/index.js';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization, testContext } from '../../testing/index.js';
import { createEquipmentRouter, createEquipmentService, type EquipmentModels, rollUp } from '../index.js';
import { thin } from './thinning.js';

const words = { en: 'Test', zh: '测试' };
const models: EquipmentModels = new Map([
  [
    'test.kiln',
    {
      words,
      signals: [
        { name: 'temperature', unit: 'Cel', kind: 'number', words },
        { name: 'burning', unit: '', kind: 'boolean', words },
        { name: 'program', unit: '', kind: 'text', words },
      ],
    },
  ],
]);
const createCaller = createCallerFactory(router(createEquipmentRouter(createEquipmentService({ models }))));
const minute = 60_000;
const hour = 60 * minute;
const start = Date.parse(dayOf(new Date())) - 5 * 24 * hour;

let db: TestDatabase;
let maker: TestOrganization;
beforeAll(async () => {
  db = await createTestDatabase();
  maker = await createTestOrganization(db, 'maker');
  for (const day of [0, 1, 2])
    await db.owner.pool.query('select telemetry.ensure_partition($1::date)', [dayOf(new Date(start + day * 24 * hour))]);
});
afterAll(() => db.close());

const caller = () => createCaller(testContext(db, maker));
let machines = 0;
const kiln = async () => (await caller().create({ code: `k-${++machines}`, name: 'K', model: 'test.kiln' })).id;

interface Sample {
  /** Milliseconds after the start. */
  readonly at: number;
  readonly value: number | null;
}

let ordinal = 0;
async function store(equipment: string, samples: readonly Sample[], signal = 'temperature', texts?: readonly string[]): Promise<void> {
  await db.owner.pool.query(
    `with n as (select s.id, to_timestamp($3::double precision / 1000) + at * interval '1 millisecond' as ts, value, text, n
       from unnest($4::float8[], $5::float8[], $6::text[]) with ordinality as g (at, value, text, n)
       join telemetry.series s on s.equipment_id = $1 and s.signal = $2),
     stored as (insert into telemetry.sample (series, ts, ordinal, value, text, quality) select id, ts, $7 + n, value, text, 192 from n)
     insert into telemetry.dirty_minute select distinct id, date_trunc('minute', ts) from n`,
    [equipment, signal, start, samples.map(({ at }) => at), samples.map(({ value }) => value), texts ?? null, ordinal],
  );
  ordinal += samples.length;
}

const downsample = async (
  equipment: string,
  asked: { from: number; to: number; points: number; method?: 'min_max' | 'lttb'; gapMs?: number },
) => {
  const { from, to, ...rest } = asked;
  const answer = await caller().telemetry.downsample({
    ...{ equipment, signals: ['temperature'], from: start + from, to: start + to },
    ...rest,
  });
  const found = answer.signals['temperature'];
  if (!found) throw new Error('no temperature');
  const { ts, value, ...said } = found;
  const gaps = said.gaps.map((gap) => ({ from: gap.from - start, to: gap.to - start }));
  return { ...said, gaps, samples: ts.map((at, index) => ({ at: at - start, value: value[index] })) };
};

/** First, last, lowest and highest of each bucket, reckoned from the samples alone. */
function m4(samples: readonly Sample[], from: number, to: number, buckets: number): { kept: Sample[]; widthMs: number } {
  const inside = samples.filter(({ at }) => at >= from && at < to).sort((a, b) => a.at - b.at);
  const exact = Math.ceil(((to - from) * 1000) / buckets) / 1000;
  const minutely = exact >= minute;
  const origin = minutely ? Math.floor(from / minute) * minute : from;
  const widthMs = minutely ? Math.ceil((to - origin) / minute / buckets) * minute : exact;
  const kept = new Set<Sample>();
  const filled = new Map<number, Sample[]>();
  for (const each of inside) {
    const place = Math.floor(((each.at - origin) * 1000) / (widthMs * 1000));
    filled.set(place, [...(filled.get(place) ?? []), each]);
  }
  for (const own of filled.values()) {
    const numbers = own.filter(({ value }) => value !== null);
    const by = (better: (a: number, b: number) => boolean) =>
      numbers.reduce<Sample | undefined>((best, each) => (best && !better(each.value ?? 0, best.value ?? 0) ? best : each), undefined);
    for (const each of [own[0], own.at(-1), by((a, b) => a < b), by((a, b) => a > b)]) if (each) kept.add(each);
  }
  return { kept: [...kept].filter(({ value }) => value !== null).sort((a, b) => a.at - b.at), widthMs };
}

describe('min_max', () => {
  it('is the first, last, lowest and highest of each stretch, from rollups or samples, whatever is rolled up yet', async () => {
    const sample = fc.record({
      at: fc.integer({ min: 0, max: 4 * 3600 }).map((seconds) => seconds * 1000),
      value: fc.option(fc.integer({ min: -9, max: 9 }), { freq: 9 }),
    });
    const history = fc.uniqueArray(sample, { selector: ({ at }) => at, minLength: 60, maxLength: 400, size: 'max' });
    await fc.assert(
      fc.asyncProperty(
        history,
        fc.integer({ min: 0, max: 400 }),
        fc.nat(7_199_999),
        fc.integer({ min: 1, max: 12 }),
        async (all, rolled, cut, buckets) => {
          const equipment = await kiln();
          await store(equipment, all.slice(0, rolled));
          await rollUp(db.database.system, new Date());
          await store(equipment, all.slice(rolled));
          for (const [from, to] of [
            [cut, 4 * hour - cut],
            [0, 5 * minute],
          ] as const) {
            const points = 4 * buckets;
            const { samples, thinned } = await downsample(equipment, { from, to, points });
            const inside = all.filter(({ at }) => at >= from && at < to).sort((a, b) => a.at - b.at);
            const whole = inside.length <= points;
            const expected = whole ? inside.filter(({ value }) => value !== null) : m4(all, from, to, buckets).kept;
            expect(samples).toEqual(expected);
            expect(samples.length).toBeLessThanOrEqual(points);
            expect(thinned).toBe(!whole);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('shows where nothing came and where "none" was said', async () => {
    const equipment = await kiln();
    const every = (from: number, to: number, value: number | null) =>
      Array.from({ length: (to - from) / 1000 }, (_, n) => ({ at: from + n * 1000, value: value === null ? null : value + (n % 7) }));
    await store(equipment, [
      ...every(0, 2 * hour, 0),
      ...every(3 * hour, 4 * hour, 10),
      ...every(4 * hour, 4 * hour + 5 * minute, null),
      ...every(4 * hour + 5 * minute, 5 * hour, 20),
    ]);
    await rollUp(db.database.system, new Date());
    for (const method of ['min_max', 'lttb'] as const)
      expect(await downsample(equipment, { from: 0, to: 5 * hour, points: 200, method })).toMatchObject({
        thinned: true,
        gaps: [
          { from: 2 * hour - 1000, to: 3 * hour },
          { from: 4 * hour - 1000, to: 4 * hour + 5 * minute },
        ],
      });
    expect((await downsample(equipment, { from: 0, to: 5 * hour, points: 200, gapMs: 2 * hour })).gaps).toEqual([
      { from: 4 * hour - 1000, to: 4 * hour + 5 * minute },
    ]);
  });

  it('has no gaps between the seconds of a device whose clock tells nothing finer', () => {
    const rows = Array.from({ length: 40 }, (_, n) => ({ signal: 't', ts: Math.floor(n / 2) * 1000, value: n, text: null, quality: 192 }));
    const late = rows.map((row, n) => (n < 20 ? row : { ...row, ts: row.ts + 6_000 }));
    const meaning = { signal: 't', unit: '1', kind: 'number' } as const;
    const of = (samples: typeof rows) => thin(meaning, { rows: samples, whole: true }, { points: 40, method: 'min_max' });
    expect(of(rows)).toMatchObject({ gaps: [], gapMs: 5_000 });
    expect(of(late).gaps).toEqual([{ from: 9_000, to: 16_000 }]);
    expect(of(rows.slice(0, 2))).toMatchObject({ gaps: [], gapMs: null });
  });

  it('reads of texts and booleans what they were, with unit and quality, and a short range whole', async () => {
    const equipment = await kiln();
    const at = Array.from({ length: 30 }, (_, n) => ({ at: n * 1000, value: n % 2 }));
    await store(equipment, at, 'burning');
    await store(
      equipment,
      at.map(({ at }) => ({ at, value: null })),
      'program',
      at.map((_, n) => `p${n}`),
    );
    const all = await caller().telemetry.downsample({ equipment, from: start, to: start + minute, points: 8 });
    expect(all.signals['temperature']).toEqual({ unit: 'Cel', ts: [], value: [], quality: [], thinned: false, gaps: [], gapMs: null });
    expect(all.signals['program']?.value).toEqual(['p0', 'p29']);
    expect(all.signals['burning']).toMatchObject({ value: [false, true, true], quality: [192, 192, 192], gaps: [], thinned: true });
    const whole = await caller().telemetry.downsample({ equipment, signals: ['program'], from: start, to: start + minute, points: 30 });
    expect(whole.signals['program']).toMatchObject({ value: at.map((_, n) => `p${n}`), thinned: false });
  });

  it.each([
    ['an empty range', { from: start, to: start, points: 10 }, 'equipment.range_empty'],
    ['more than a chart takes', { from: start, to: start + 1, points: 20_000 }, 'equipment.points_too_many'],
  ])('is refused for %s', async (_what, asked, code) => {
    const equipment = await kiln();
    await expect(caller().telemetry.downsample({ equipment, ...asked })).rejects.toMatchObject({ cause: { code } });
  });
});

/** The author's own (S. Steinarsson, Downsampling Time Series for Visual Representation, 2013), line by line; gives indices. */
function steinarsson(data: readonly (readonly [number, number])[], threshold: number): number[] {
  const of = (index: number) => data[index] as readonly [number, number];
  const every = (data.length - 2) / (threshold - 2);
  const sampled = [0];
  let a = 0;
  for (let i = 0; i < threshold - 2; i++) {
    const avgStart = Math.floor((i + 1) * every) + 1;
    const avgEnd = Math.min(Math.floor((i + 2) * every) + 1, data.length);
    let avgX = 0;
    let avgY = 0;
    for (let j = avgStart; j < avgEnd; j++) {
      avgX += of(j)[0];
      avgY += of(j)[1];
    }
    avgX /= avgEnd - avgStart;
    avgY /= avgEnd - avgStart;
    const [pointAX, pointAY] = of(a);
    let maxArea = -1;
    let nextA = 0;
    for (let j = Math.floor(i * every) + 1; j < Math.floor((i + 1) * every) + 1; j++) {
      const area = Math.abs((pointAX - avgX) * (of(j)[1] - pointAY) - (pointAX - of(j)[0]) * (avgY - pointAY)) * 0.5;
      if (area > maxArea) {
        maxArea = area;
        nextA = j;
      }
    }
    sampled.push(nextA);
    a = nextA;
  }
  return [...sampled, data.length - 1];
}

describe('lttb', () => {
  it('chooses what Steinarsson’s own algorithm chooses', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 20, maxLength: 300 }),
        fc.integer({ min: 4, max: 19 }),
        (values, points) => {
          // Where the width of a bucket rounds down, the library leaves the last but one out of its bucket.
          fc.pre(Math.floor((points - 2) * ((values.length - 2) / (points - 2))) === values.length - 2);
          const rows = values.map((value, n) => ({ signal: 't', ts: start + n * 1000 + (n % 3) * 100, value, text: null, quality: 192 }));
          const { ts } = thin({ signal: 't', unit: '1', kind: 'number' }, { rows, whole: true }, { points, method: 'lttb' });
          const expected = steinarsson(
            rows.map(({ ts: at, value }) => [at, value] as const),
            points,
          );
          expect(ts).toEqual(expected.map((index) => rows[index]?.ts));
        },
      ),
    );
  });

  it('keeps the first and the last sample, also where the width of its buckets rounds down', () => {
    for (let count = 20; count <= 120; count += 1)
      for (let points = 4; points < 20; points += 1) {
        const rows = Array.from({ length: count }, (_, n) => ({ signal: 't', ts: n, value: n % 7, text: null, quality: 192 }));
        const { ts } = thin({ signal: 't', unit: '1', kind: 'number' }, { rows, whole: true }, { points, method: 'lttb' });
        expect([ts.length, ts[0], ts.at(-1)]).toEqual([points, 0, count - 1]);
      }
  });

  it('of more than can be read chooses among the extremes of as many stretches, so that a single peak stays', async () => {
    const equipment = await kiln();
    const peak = 20 * hour + 1234_000;
    await store(
      equipment,
      Array.from({ length: 60_000 }, (_, n) => ({
        at: n * 2_000,
        value: n * 2_000 === peak ? 1_000 : Math.round(100 * Math.sin(n / 3_000)),
      })),
    );
    await rollUp(db.database.system, new Date());
    for (const method of ['min_max', 'lttb'] as const) {
      const { samples, gaps, thinned } = await downsample(equipment, { from: 0, to: 48 * hour, points: 400, method });
      expect(samples.length).toBeLessThanOrEqual(400);
      expect(samples.length).toBeGreaterThan(200);
      expect(samples[0]?.at).toBe(0);
      expect(samples.at(-1)?.at).toBe(59_999 * 2_000);
      expect(samples).toContainEqual({ at: peak, value: 1_000 });
      expect({ gaps, thinned }).toEqual({ gaps: [], thinned: true });
    }
  });
});
