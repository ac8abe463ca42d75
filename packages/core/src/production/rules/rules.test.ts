import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inScope } from '../../database/index.js';
import { createFloor, type Floor, failure, proposal } from '../../orders/floor.fixture.js';
import { findLedgerViolations, orderProgress } from '../../orders/index.js';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import type { RunEvaluator } from '../runs/evaluators.js';
import { deriveRuns, lastMinute, silenceGraceMs } from './deriving.js';
import { rulesToDerive } from './rule-repository.js';
import { endedBySilence, type RuleDefinition, step, underWay, untouched, type WalkedRun } from './walk.js';

/** Passes when no temperature of the run is below 40. */
const warm: RunEvaluator = {
  id: 'test.warm',
  version: '1.0.0',
  signals: ['temperature'],
  tailMs: 10_000,
  async evaluate(_scope, { samples }) {
    const { value = [] } = samples['temperature'] ?? {};
    return { verdict: value.every((each) => each >= 40) ? 'pass' : 'fail', values: {}, curves: [], findings: [] };
  },
};
const evaluators = { find: async () => warm };

let db: TestDatabase;
let floor: Floor;
let buyer: TestOrganization;
let supplier: TestOrganization;
let rival: TestOrganization;
const first = Date.UTC(2026, 5, 1, 8);
let now = new Date(first);
const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
  return now;
};
beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db, { now: () => now, evaluators });
  [buyer, supplier, rival] = [
    await createTestOrganization(db, 'buyer'),
    await createTestOrganization(db, 'supplier'),
    await createTestOrganization(db, 'rival'),
  ];
  for (let day = 0; day < 12; day++)
    await db.owner.pool.query("select telemetry.ensure_day('sample', $1::date)", [new Date(first + day * 86_400_000)]);
});
afterAll(async () => {
  expect(await findLedgerViolations(db.owner)).toEqual([]);
  expect(floor.problems).toEqual([]);
  await db.close();
});
beforeEach(() => {
  later(86_400_000);
});

interface Sample {
  /** Unix ms. */
  readonly ts: number;
  readonly value: number;
}

let ordinal = 0;
/** As the gateway commits: samples and the marks of their minutes, in one transaction. */
async function store(equipment: string, samples: readonly Sample[]): Promise<void> {
  const client = await db.database.ingest.pool.connect();
  const { rows } = await db.owner.pool.query<{ id: number }>('select id from telemetry.series where equipment_id = $1', [equipment]);
  const series = rows[0]?.id;
  try {
    await client.query('begin');
    await client.query(
      `insert into telemetry.sample (series, ts, ordinal, value, quality)
       select $1, to_timestamp(t / 1000), o, v, 192 from unnest($2::double precision[], $3::double precision[], $4::bigint[]) as n (t, v, o)`,
      [series, samples.map(({ ts }) => ts), samples.map(({ value }) => value), samples.map(() => ++ordinal)],
    );
    await client.query('insert into telemetry.dirty_minute select $1, to_timestamp(m::bigint * 60) from unnest($2::int[]) m', [
      series,
      [...new Set(samples.map(({ ts }) => Math.floor(ts / 60_000)))],
    ]);
    await client.query('commit');
  } finally {
    client.release();
  }
}
const levels = (from: number, values: readonly number[], stepMs = 1_000): Sample[] =>
  values.map((value, n) => ({ ts: from + n * stepMs, value }));
const times = (count: number, value: number): number[] => Array<number>(count).fill(value);

const hot = (is: 'above' | 'below', value: number, forMs: number) => ({
  match: 'all' as const,
  conditions: [{ signal: 'temperature', is, value, deadband: 0 }],
  forMs,
});
const rule: RuleDefinition = {
  opens: hot('above', 100, 5_000),
  closes: hot('below', 50, 10_000),
  minimumMs: 0,
  silenceMs: 600_000,
  program: null,
};
const named = { code: 'heat', words: { en: 'Heat', zh: '加热' } };
const asSent = ({ opens, closes, ...rest }: RuleDefinition) => ({
  ...rest,
  opens: { ...opens, conditions: [...opens.conditions] },
  closes: { ...closes, conditions: [...closes.conditions] },
});

const own = () => floor.as(supplier).production;
const drain = () => floor.projector.drain();
/** As a walk gives them. */
const derived = async (equipment: string): Promise<WalkedRun[]> =>
  (await own().runs.list({ equipment })).items
    .filter(({ withdrawnAt }) => withdrawnAt === null)
    .map(({ startedAt, endedAt, program, endedBySilence }) => ({
      ...{ startedAt: Date.parse(startedAt ?? ''), endedAt: endedAt === null ? null : Date.parse(endedAt) },
      ...{ program, endedBySilence },
    }))
    .reverse();
const bounds = async (equipment: string) => (await derived(equipment)).map(({ startedAt, endedAt }) => [startedAt, endedAt]);

describe('runs by a rule on signals', () => {
  it('open while they go on, end, and are judged; a sample that comes late moves one and has it judged again', async () => {
    const equipment = await floor.machine(supplier);
    const { id: order, lines } = await floor.as(buyer).orders.propose(proposal('supplier', 'RULE-1'));
    await floor.as(supplier).orders.accept({ order, version: 1 });
    const { job, lot } = await floor.as(supplier).orders.start({ order, version: 2, line: lines[0]?.id as string, equipment });
    const set = await own().runRules.set({ equipment, ...named, ...asSent(rule) });
    const at = later(60_000).getTime();
    await store(equipment, levels(at, [...times(5, 20), ...times(30, 150)]));
    later(40_000);
    await drain();
    const [running] = (await own().runs.list({ equipment })).items;
    const start = new Date(at + 5_000).toISOString();
    expect(running).toMatchObject({ key: `heat@${start}`, state: 'running', startedAt: start, lot: { id: lot }, job: { id: job } });
    expect(running?.rule).toEqual({ id: set.id, ...named });
    expect((await own().runs.list({ rule: set.id })).items.map(({ id }) => id)).toEqual([running?.id]);
    const other = await own().runRules.set({ equipment, ...named, ...asSent(rule), code: 'other' });
    expect((await own().runs.list({ rule: other.id })).items).toEqual([]);
    await own().runRules.retire({ rule: other.id });

    await store(equipment, levels(at + 35_000, [...times(25, 150), ...times(11, 20)]));
    later(60_000);
    await drain();
    const run = running?.id as string;
    expect(await own().runs.get({ run })).toMatchObject({
      state: 'evaluated',
      endedAt: new Date(at + 60_000).toISOString(),
      verdict: 'fail',
      evaluation: { cause: 'ended', evidence: { samples: 65 } },
      earlierBounds: [],
    });

    await store(equipment, [{ ts: at + 65_500, value: 150 }]);
    later(1_000);
    await drain();
    expect(await own().runs.get({ run })).toMatchObject({
      state: 'running',
      endedAt: null,
      verdict: null,
      earlierBounds: [{ endedAt: new Date(at + 60_000).toISOString() }],
    });
    await store(equipment, levels(at + 71_000, times(10, 20)));
    later(1_000);
    await drain();
    expect(await own().runs.get({ run })).toMatchObject({
      endedAt: new Date(at + 66_000).toISOString(),
      evaluation: { cause: 'late_data' },
      earlier: [{ cause: 'ended', evidence: { samples: 65 } }],
    });
  });

  it('of which nothing is left are withdrawn with what was said of them, hold a released lot back, and come back', async () => {
    const equipment = await floor.machine(supplier);
    const { id: order, lines } = await floor.as(buyer).orders.propose(proposal('supplier', 'RULE-2'));
    await floor.as(supplier).orders.accept({ order, version: 1 });
    const { job, lot } = await floor.as(supplier).orders.start({ order, version: 2, line: lines[0]?.id as string, equipment });
    await own().runRules.set({ equipment, ...named, ...asSent({ ...rule, closes: hot('below', 60, 1_000) }) });
    const at = later(60_000).getTime();
    await store(equipment, [...levels(at, times(10, 150)), ...levels(at + 10_000, [55, 55], 1_000)]);
    await floor.publish(equipment, [{ type: 'count', good: 10, ts: new Date(at + 5_000) }]);
    later(60_000);
    await drain();
    const [{ id: run } = { id: '' }] = (await own().runs.list({ lot })).items;
    expect(await own().runs.get({ run })).toMatchObject({ verdict: 'pass', state: 'evaluated' });
    const { version } = await own().jobs.get({ job });
    await own().lots.close({ job, version, lot });
    const closed = await floor.as(supplier).lifecycle.lots.get({ lot });
    await floor.as(supplier).lifecycle.lots.release({ lot, version: closed.version });

    await store(
      equipment,
      [2_500, 4_500, 7_500].map((ms) => ({ ts: at + ms, value: 70 })),
    );
    later(60_000);
    await drain();
    expect(await own().runs.get({ run })).toMatchObject({
      withdrawnAt: now.toISOString(),
      stateWords: { en: 'Withdrawn: later samples show no such run' },
      evaluation: { verdict: 'pass', provisional: false },
      earlierBounds: [{ startedAt: new Date(at).toISOString(), withdrawn: false }],
    });
    expect(await floor.as(supplier).lifecycle.lots.get({ lot })).toMatchObject({ state: 'blocked' });
    expect(await failure(own().runs.reevaluate({ run }))).toBe('production.run_withdrawn');

    await store(
      equipment,
      [2_500, 4_500, 7_500].map((ms) => ({ ts: at + ms + 0.4, value: 150 })),
    );
    later(60_000);
    await drain();
    expect(await own().runs.get({ run })).toMatchObject({ withdrawnAt: null, verdict: 'pass', earlierBounds: [{ withdrawn: true }, {}] });
  });

  it('are derived from what is stored when a rule begins in the past, end with it, and a preview tells them beforehand', async () => {
    const equipment = await floor.machine(supplier);
    const at = now.getTime();
    const cycle = [...times(20, 150), ...times(20, 20)];
    await store(equipment, levels(at, [...cycle, ...cycle, ...times(30, 150)]));
    later(200_000);
    const expected = [
      [at, at + 20_000],
      [at + 40_000, at + 60_000],
    ];
    const previewed = await own().runRules.preview({
      equipment,
      ...asSent(rule),
      from: new Date(at).toISOString(),
      to: now.toISOString(),
    });
    expect(previewed).toMatchObject({ samples: 110, runs: [{}, {}, { startedAt: new Date(at + 80_000).toISOString(), endedAt: null }] });
    await drain();
    expect(await bounds(equipment)).toEqual([]);
    const set = await own().runRules.set({ equipment, ...named, ...asSent(rule), since: new Date(at).toISOString() });
    await drain();
    expect(await bounds(equipment)).toEqual([...expected, [at + 80_000, null]]);
    const retired = await own().runRules.retire({ rule: set.id });
    expect(retired.until).toBe(now.toISOString());
    await drain();
    expect(await bounds(equipment)).toEqual([...expected, [at + 80_000, at + 109_000]]);
    await store(equipment, [...levels(at + 10_500, [20, 20, 20, 20], 100), ...levels(now.getTime() + 1_000, times(20, 150))]);
    later(100_000);
    await drain();
    expect(await bounds(equipment)).toEqual([...expected, [at + 80_000, at + 109_000]]);
    expect(await failure(own().runRules.retire({ rule: set.id }))).toBe('run_rules.already_retired');
    expect((await own().runRules.list({ equipment })).items).toEqual([]);
    expect((await own().runRules.list({ equipment, ended: true })).items).toMatchObject([{ id: set.id }]);
  });

  it('miss no late sample behind one that changes nothing, hours before it', async () => {
    const equipment = await floor.machine(supplier);
    await own().runRules.set({ equipment, ...named, ...asSent({ ...rule, silenceMs: 4 * 3_600_000 }) });
    const at = now.getTime();
    const hour = (n: number) => at + n * 3_600_000;
    await store(
      equipment,
      [0, 1, 2, 3, 4].flatMap((n) => levels(hour(n), [...times(20, 150), ...times(20, 20)])),
    );
    later(5 * 3_600_000);
    await drain();
    const before = await bounds(equipment);
    expect(before).toEqual([0, 1, 2, 3, 4].map((n) => [hour(n), hour(n) + 20_000]));
    await store(equipment, [
      { ts: hour(0) + 1_500, value: 150 },
      { ts: hour(3) - 2_000, value: 150 },
    ]);
    later(1_000);
    await drain();
    expect(await bounds(equipment)).toEqual(before.with(3, [hour(3) - 2_000, hour(3) + 20_000]));
  });

  it('end with the last sample once nothing has come for too long, are judged, and go on where samples come after all', async () => {
    const equipment = await floor.machine(supplier);
    await own().runRules.set({ equipment, ...named, ...asSent(rule) });
    const at = later(60_000).getTime();
    await store(equipment, levels(at, times(30, 150)));
    later(30_000);
    await drain();
    const [{ id: run } = { id: '' }] = (await own().runs.list({ equipment })).items;
    later(600_000);
    await drain();
    expect(await own().runs.get({ run })).toMatchObject({ state: 'running', endedBySilence: false });
    later(silenceGraceMs + 1);
    await drain();
    const end = new Date(at + 29_000).toISOString();
    expect(await own().runs.get({ run })).toMatchObject({
      state: 'evaluated',
      endedAt: end,
      endedBySilence: true,
      evaluation: { cause: 'ended', evidence: { samples: 30 } },
      earlierBounds: [],
    });
    const preview = { equipment, ...asSent(rule), from: new Date(at).toISOString(), to: new Date(at + 3_600_000).toISOString() };
    expect((await own().runRules.preview(preview)).runs).toMatchObject([{ endedAt: end, endedBySilence: true }]);

    // What comes late and lies before the end does not begin the silence anew.
    await store(equipment, [{ ts: at + 500, value: 150 }]);
    later(5_000);
    await drain();
    expect(await own().runs.get({ run })).toMatchObject({ endedAt: end, evaluation: { cause: 'late_data' }, earlierBounds: [] });

    await store(equipment, levels(at + 30_000, [...times(10, 150), ...times(5, 20)]));
    later(1_000);
    await drain();
    const gone = new Date(at + 40_000).toISOString();
    expect(await own().runs.get({ run })).toMatchObject({
      state: 'running',
      endedBySilence: false,
      earlierBounds: [{ endedAt: end, endedBySilence: true }],
    });
    later(600_000 + silenceGraceMs + 1);
    await drain();
    expect(await own().runs.get({ run })).toMatchObject({ endedAt: gone, endedBySilence: true });
    const judged = (await own().runs.get({ run })).evaluation;

    await store(equipment, levels(at + 45_000, times(10, 20)));
    later(1_000);
    await drain();
    const settled = await own().runs.get({ run });
    expect(settled).toMatchObject({ endedAt: gone, endedBySilence: false, evaluation: judged });
    expect(settled.earlierBounds).toHaveLength(1);
  });

  it('that late samples begin before a silence that was found already end by it', async () => {
    const equipment = await floor.machine(supplier);
    await own().runRules.set({ equipment, ...named, ...asSent(rule) });
    const at = later(60_000).getTime();
    await store(equipment, levels(at + 20_000, times(3, 75)));
    later(30_000);
    await drain();
    later(600_000 + silenceGraceMs + 1);
    await drain();
    expect(await derived(equipment)).toEqual([]);
    await store(equipment, levels(at, times(10, 150)));
    later(1_000);
    await drain();
    expect(await derived(equipment)).toEqual([{ startedAt: at, endedAt: at + 22_000, program: null, endedBySilence: true }]);
  });

  it('of a device whose clock is slow, or that sends what it kept, do not end while it is sending', async () => {
    const equipment = await floor.machine(supplier);
    await own().runRules.set({ equipment, ...named, ...asSent(rule), since: new Date(now.getTime() - 3_600_000).toISOString() });
    const at = now.getTime() - 3_600_000;
    for (let n = 0; n < 8; n++) {
      await store(equipment, levels(at + n * 300_000, times(10, 150), 30_000));
      later(300_000);
      await drain();
      expect((await own().runs.list({ equipment })).items).toMatchObject([{ state: 'running' }]);
    }
    later(600_000 + silenceGraceMs + 1);
    await drain();
    expect(await bounds(equipment)).toEqual([[at, at + 7 * 300_000 + 9 * 30_000]]);
  });

  it('without a limit of silence go on until something ends them', async () => {
    const equipment = await floor.machine(supplier);
    await own().runRules.set({ equipment, ...named, ...asSent({ ...rule, silenceMs: null }) });
    const at = now.getTime();
    await store(equipment, levels(at, times(10, 150)));
    later(20 * 3_600_000);
    await drain();
    expect(await bounds(equipment)).toEqual([[at, null]]);
    await store(equipment, levels(now.getTime() - 60_000, times(11, 20)));
    await drain();
    expect(await bounds(equipment)).toEqual([[at, now.getTime() - 60_000]]);
  });

  it('stay as they are where the samples that they came of are no longer kept', async () => {
    const equipment = await floor.machine(supplier);
    const midnight = Math.ceil(now.getTime() / 86_400_000) * 86_400_000;
    await own().runRules.set({ equipment, ...named, ...asSent(rule) });
    const at = midnight - 600_000;
    now = new Date(midnight + 3 * 3_600_000);
    await store(equipment, [
      ...levels(at, [...times(20, 150), ...times(20, 20)]),
      ...levels(now.getTime() - 100_000, [...times(20, 150), ...times(20, 20)]),
    ]);
    await drain();
    const kept = await bounds(equipment);
    expect(kept).toHaveLength(2);
    // As retention does: samples of whole days go, and from when they are kept is known.
    await db.owner.pool.query('update telemetry.retention set samples_from = $1', [new Date(midnight)]);
    await db.owner.pool.query('delete from telemetry.sample where ts < $1', [new Date(midnight)]);
    await store(equipment, [
      { ts: midnight + 60_000, value: 150 },
      { ts: now.getTime() - 79_500, value: 150 },
    ]);
    later(60_000);
    await drain();
    await db.owner.pool.query('update telemetry.retention set samples_from = null');
    expect(await bounds(equipment)).toEqual([kept[0], [kept[1]?.[0], now.getTime() - 139_000]]);
  });

  it.each<[string, Partial<RuleDefinition> & { since?: string }, string]>([
    ['a signal that is not there', { program: 'recipe' }, 'run_rules.signal_unknown'],
    [
      'a number compared with a text',
      { closes: { match: 'all', forMs: 0, conditions: [{ signal: 'temperature', is: 'equal', value: 'hot' }] } },
      'run_rules.kind_differs',
    ],
    ['an instant to come', { since: '2030-01-01T00:00:00Z' }, 'run_rules.since_ahead'],
  ])('are not declared on %s', async (_what, { since, ...change }, code) => {
    const equipment = await floor.machine(supplier);
    const definition = asSent({ ...rule, ...change });
    expect(await failure(own().runRules.set({ equipment, ...named, ...definition, ...(since ? { since } : {}) }))).toBe(code);
  });

  it('take their rule from many who set it at once: each takes the place of the one before', async () => {
    const equipment = await floor.machine(supplier);
    let ticks = 0;
    const ticking = createFloor(db, { now: () => new Date(now.getTime() + ++ticks), evaluators });
    const set = () => ticking.as(supplier).production.runRules.set({ equipment, ...named, ...asSent(rule) });
    await Promise.all(Array.from({ length: 8 }, set));
    const all = (await own().runRules.list({ equipment, ended: true })).items;
    expect(all.map(({ since }) => since).sort()).toEqual([
      expect.any(String),
      ...all
        .map(({ until }) => until)
        .filter((until) => until !== null)
        .sort(),
    ]);
    expect(all).toHaveLength(8);
    const behind = await own().runRules.set({ equipment, ...named, ...asSent(rule) });
    expect((await own().runRules.list({ equipment })).items).toEqual([behind]);
    expect(await own().runRules.retire({ rule: behind.id })).toMatchObject({ until: behind.since });
    expect(Date.parse(behind.since)).toBeGreaterThan(now.getTime());
  });

  it('whose rule compares with what no text can be are not begun: its field is named', async () => {
    const equipment = await floor.machine(supplier);
    const conditions = [{ signal: 'temperature', is: 'equal' as const, value: '\ud800' }];
    const setting = own().runRules.set({ equipment, ...named, ...asSent({ ...rule, opens: { ...rule.opens, conditions } }) });
    await expect(setting).rejects.toMatchObject({
      cause: { code: 'request.invalid', details: { field: 'opens.conditions.0.value' } },
    });
  });

  it('belong to the owner of the equipment alone', async () => {
    const equipment = await floor.machine(supplier);
    const { id } = await own().runRules.set({ equipment, ...named, ...asSent(rule) });
    const theirs = floor.as(rival).production.runRules;
    expect(await failure(theirs.get({ rule: id }))).toBe('request.not_found');
    expect(await failure(theirs.retire({ rule: id }))).toBe('request.not_found');
    expect(await failure(theirs.set({ equipment, ...named, ...asSent(rule) }))).toBe('request.not_found');
  });
});

it('whatever the order in which samples come, however late, and wherever it dies, runs are what a walk over all samples gives', async () => {
  // Silent only for long, so that what is under way is carried over hours and their checkpoints.
  const patient: RuleDefinition = { ...rule, silenceMs: 4 * 3_600_000 };
  const walked = (samples: readonly Sample[], silentSince: number): WalkedRun[] => {
    const runs: WalkedRun[] = [];
    let state = untouched;
    for (const { ts, value } of [...samples].sort((a, b) => a.ts - b.ts)) {
      const { state: next, closed } = step(patient, state, { ts, values: { temperature: value } });
      if (closed) runs.push(closed);
      state = next;
    }
    const open = (state.at ?? 0) <= silentSince ? endedBySilence(patient, state) : underWay(patient, state);
    return open ? [...runs, open] : runs;
  };
  const ports = { evaluators, progress: orderProgress };
  const scoped = (work: Parameters<typeof inScope<boolean>>[2]) =>
    inScope(db.database.runtime, { organization: supplier.id, actor: { kind: 'system', id: 'test', label: 'test' }, now }, work);
  const boom = new Error('died before its commit');
  let compared = 0;

  await fc.assert(
    fc.asyncProperty(
      // Few levels and steps of some seconds to most of an hour: holds, and hours with checkpoints to fall back upon.
      fc.array(
        fc.record({ gap: fc.constantFrom(1, 2_000, 4_000, 30_000, 700_000, 1_800_000, 3_000_000), value: fc.constantFrom(20, 75, 150) }),
        {
          minLength: 1,
          maxLength: 40,
        },
      ),
      fc.infiniteStream(fc.nat()),
      fc.array(
        fc.record({
          size: fc.integer({ min: 1, max: 12 }),
          next: fc.constantFrom('nothing', 'derive', 'die', 'derive a little', 'fall silent'),
        }),
        {
          minLength: 1,
          maxLength: 8,
        },
      ),
      async (steps, dice, batches) => {
        const equipment = await floor.machine(supplier);
        const since = now.getTime();
        const { id } = await own().runRules.set({ equipment, ...named, ...asSent(patient) });
        let ts = since;
        const samples = steps.map(({ gap, value }) => ({ ts: (ts += gap), value }));
        for (let day = since; day < ts + 86_400_000; day += 86_400_000)
          await db.owner.pool.query("select telemetry.ensure_day('sample', $1::date)", [new Date(day)]);
        now = new Date(Math.max(now.getTime(), ts));
        const waiting = [...samples];
        const arrived: Sample[] = [];
        /** The last sample that was there when all signals had been found silent. */
        let silentSince = 0;
        const all = { size: samples.length, next: 'fall silent' };
        for (const { size, next } of [...batches, all]) {
          const batch: Sample[] = [];
          while (batch.length < size && waiting.length > 0)
            batch.push(...waiting.splice((dice.next().value as number) % waiting.length, 1));
          if (batch.length > 0) await store(equipment, batch);
          arrived.push(...batch);
          if (next === 'die')
            await scoped(async (scope) => {
              await deriveRuns(scope, id, ports);
              throw boom;
            }).catch((error: unknown) => expect(error).toBe(boom));
          if (next === 'derive a little') await scoped((scope) => deriveRuns(scope, id, ports, 3));
          if (next !== 'derive' && next !== 'fall silent') continue;
          while (await scoped((scope) => deriveRuns(scope, id, ports, 5)));
          if (next === 'fall silent') {
            later((patient.silenceMs ?? 0) + silenceGraceMs + 1);
            while (await scoped((scope) => deriveRuns(scope, id, ports, 5)));
            silentSince = Math.max(0, ...arrived.map((sample) => sample.ts));
          }
          compared += 1;
          expect(await derived(equipment)).toEqual(walked(arrived, silentSince));
        }
        expect((await bounds(equipment)).filter(([, endedAt]) => endedAt === null)).toEqual([]);
        const waitingRules = await rulesToDerive(db.database.system, { upTo: lastMinute(now), now });
        expect(waitingRules.map((each) => each.rule)).not.toContain(id);
      },
    ),
    { numRuns: 25 },
  );
  expect(compared).toBeGreaterThan(25);
});
