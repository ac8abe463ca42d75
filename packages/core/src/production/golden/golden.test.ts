import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFloor, type Floor, failure } from '../../orders/floor.fixture.js';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../testing/index.js';

let db: TestDatabase;
let floor: Floor;
let maker: TestOrganization;
let rival: TestOrganization;
let now = new Date('2026-06-01T08:00:00Z');
beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db, { now: () => now });
  maker = await createTestOrganization(db, 'maker');
  rival = await createTestOrganization(db, 'rival');
});
afterAll(async () => {
  expect(floor.problems).toEqual([]);
  await db.close();
});

const own = () => floor.as(maker).production;

/** A run of as many seconds as there are temperatures but one. */
async function run(equipment: string, key: string, temperatures: readonly number[], program: string | null = 'P7'): Promise<string> {
  const start = now;
  await floor.samples(equipment, start, temperatures);
  now = new Date(start.getTime() + (temperatures.length - 1) * 1_000);
  await floor.publish(equipment, [
    { type: 'run_started', run: key, ts: start, ...(program === null ? {} : { program }) },
    { type: 'run_ended', run: key, ts: now },
  ]);
  await floor.projector.drain();
  now = new Date(now.getTime() + 60_000);
  const { items } = await own().runs.list({ equipment });
  return items.find((each) => each.key === key)?.id as string;
}

it('the golden run of a model and program is what its others are measured by, on any machine of the model', async () => {
  const [one, other] = [await floor.machine(maker), await floor.machine(maker)];
  const best = await run(one, 'best', [20, 40, 60, 60, 60]);
  const late = await run(other, 'late', [20, 20, 40, 60, 60, 60]);
  expect(await failure(own().runs.compare({ run: late }))).toBe('golden_runs.none_declared');
  const golden = await own().goldenRuns.declare({ run: best, bands: { temperature: 5 }, note: 'Customer audit' });
  expect(golden).toMatchObject({
    model: 'test.machine',
    program: 'P7',
    run: { id: best, key: 'best' },
    bands: { temperature: 5 },
    retiredAt: null,
  });

  const compared = await own().runs.compare({ run: late });
  expect(compared).toMatchObject({ run: { id: late }, with: { id: best }, golden: golden.id, longerByMs: 1_000 });
  // 20 behind from the first second to the second, and outside ±5 for three quarters of the seconds before and after.
  expect(compared.signals).toEqual([
    {
      signal: 'temperature',
      unit: 'Cel',
      curve: { ts: [0, 1_000, 2_000, 3_000, 4_000, 5_000], value: [20, 20, 40, 60, 60, 60] },
      golden: { ts: [0, 1_000, 2_000, 3_000, 4_000], value: [20, 40, 60, 60, 60] },
      band: 5,
      max: -20,
      maxAtMs: 1_000,
      rms: Math.sqrt((400 / 3 + 400 + 400 / 3) / 4),
      outsideMs: 2_500,
      comparedMs: 4_000,
    },
  ]);
  expect(await own().runs.compare({ run: best, with: late })).toMatchObject({
    golden: null,
    signals: [{ max: 20, band: null, outsideMs: null }],
  });
});

it('another takes its place, and it can be retired', async () => {
  const machine = await floor.machine(maker);
  const [first, second, without] = [
    await run(machine, 'first', [1, 2, 3], 'P8'),
    await run(machine, 'second', [2, 3, 4], 'P8'),
    await run(machine, 'without', [2, 2], null),
  ];
  const before = await own().goldenRuns.declare({ run: first });
  const after = await own().goldenRuns.declare({ run: second });
  expect(await own().goldenRuns.get({ golden: before.id })).toMatchObject({ retiredAt: now.toISOString() });
  expect(await own().runs.compare({ run: first })).toMatchObject({ golden: after.id, signals: [{ max: -1, rms: 1 }] });
  expect(await failure(own().goldenRuns.retire({ golden: before.id }))).toBe('golden_runs.already_retired');
  expect(await failure(own().runs.compare({ run: without }))).toBe('golden_runs.none_declared');
  await own().goldenRuns.retire({ golden: after.id });
  expect(await failure(own().runs.compare({ run: first }))).toBe('golden_runs.none_declared');
  const listed = async (retired: boolean) => (await own().goldenRuns.list({ retired })).items.map(({ id }) => id);
  expect(await listed(false)).not.toContain(after.id);
  expect(await listed(true)).toEqual(expect.arrayContaining([before.id, after.id]));
});

it('declared by many at once, each takes the place of the one before', async () => {
  const machine = await floor.machine(maker);
  const ended = await run(machine, 'at once', [1, 2], 'P9');
  const began = now.getTime();
  let ticks = 0;
  const ticking = createFloor(db, { now: () => new Date(began + ++ticks) });
  await Promise.all(Array.from({ length: 8 }, () => ticking.as(maker).production.goldenRuns.declare({ run: ended })));
  const all = (await own().goldenRuns.list({ retired: true })).items.filter(({ program }) => program === 'P9');
  expect(all.map(({ declaredAt }) => declaredAt).sort()).toEqual([
    expect.any(String),
    ...all
      .map(({ retiredAt }) => retiredAt)
      .filter((at) => at !== null)
      .sort(),
  ]);
  expect(all).toHaveLength(8);
  now = new Date(began - 1);
  const last = await own().goldenRuns.declare({ run: ended });
  const inForce = (await own().goldenRuns.list({})).items.filter(({ program }) => program === 'P9');
  expect(inForce.map(({ id }) => id)).toEqual([last.id]);
  expect(Date.parse(last.declaredAt)).toBeGreaterThan(began);
});

it('is refused where it says nothing, and is nobody else’s', async () => {
  const machine = await floor.machine(maker);
  const ended = await run(machine, 'ended', [1, 2]);
  expect(await failure(own().goldenRuns.declare({ run: ended, bands: { pressure: 1 } }))).toBe('golden_runs.signal_unknown');
  await floor.publish(machine, [{ type: 'run_started', run: 'open' }]);
  await floor.projector.drain();
  const { items } = await own().runs.list({ equipment: machine });
  const open = items.find(({ key }) => key === 'open')?.id as string;
  expect(await failure(own().goldenRuns.declare({ run: open }))).toBe('production.run_not_ended');
  const { id: golden } = await own().goldenRuns.declare({ run: ended });
  const theirs = floor.as(rival).production;
  expect(await failure(theirs.goldenRuns.get({ golden }))).toBe('request.not_found');
  expect(await failure(theirs.goldenRuns.retire({ golden }))).toBe('request.not_found');
  expect(await failure(theirs.goldenRuns.declare({ run: ended }))).toBe('request.not_found');
  expect(await failure(theirs.runs.compare({ run: ended }))).toBe('request.not_found');
});
