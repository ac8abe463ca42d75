import { describe, expect, it } from 'vitest';
import { createFloor, failure, proposal } from '../../orders/floor.fixture.js';
import {
  asSent,
  bounds,
  buyer,
  db,
  drain,
  evaluators,
  floor,
  hot,
  later,
  levels,
  named,
  now,
  onHeatFloor,
  own,
  rival,
  rule,
  setNow,
  store,
  supplier,
  times,
} from './heat.fixture.js';
import { type RuleDefinition } from './walk.js';

onHeatFloor();

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

  it('stay as they are where the samples that they came of are no longer kept', async () => {
    const equipment = await floor.machine(supplier);
    const midnight = Math.ceil(now.getTime() / 86_400_000) * 86_400_000;
    await own().runRules.set({ equipment, ...named, ...asSent(rule) });
    const at = midnight - 600_000;
    setNow(new Date(midnight + 3 * 3_600_000));
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
