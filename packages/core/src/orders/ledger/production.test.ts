import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunEvaluator } from '../../production/index.js';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import { createFloor, type Floor, failure, proposal } from '../floor.fixture.js';
import { findLedgerViolations } from '../index.js';

/** Passes when the mean of the run's temperatures is at least 100. */
const hotEnough: RunEvaluator = {
  id: 'test.hot',
  version: '1.2.0',
  signals: ['temperature'],
  tailMs: 10_000,
  async evaluate(_scope, { samples, run }) {
    const { ts = [], value = [] } = samples['temperature'] ?? {};
    if (run.program === 'explode') throw new Error('boom');
    const mean = run.program === 'divide' ? Number.NaN : value.reduce((sum, v) => sum + v, 0) / Math.max(1, value.length);
    const words = { en: `Mean ${mean}`, zh: `均值 ${mean}` };
    return {
      verdict: value.length === 0 ? 'inconclusive' : mean >= 100 ? 'pass' : 'fail',
      values: { mean: { value: mean, unit: 'Cel', words } },
      curves: [{ name: 'temperature', words, unit: 'Cel', ts, value }],
      findings: [{ code: 'hot_enough', words, holds: mean >= 100 }],
    };
  },
};

let db: TestDatabase;
let floor: Floor;
let buyer: TestOrganization;
let supplier: TestOrganization;
let rival: TestOrganization;
let now = new Date('2026-06-01T08:00:00Z');
const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
  return now;
};
const after = (ms: number) => new Date(now.getTime() + ms);

beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db, { now: () => now, evaluators: { find: async (_scope, model) => (model === 'test.machine' ? hotEnough : null) } });
  buyer = await createTestOrganization(db, 'buyer');
  supplier = await createTestOrganization(db, 'supplier');
  rival = await createTestOrganization(db, 'rival');
});
afterAll(async () => {
  expect(await findLedgerViolations(db.owner)).toEqual([]);
  await db.close();
});
beforeEach(() => {
  later(86_400_000);
});

let orders = 0;
async function started(quantity = '10') {
  const equipment = await floor.machine(supplier);
  const { id: order, lines } = await floor.as(buyer).orders.propose(proposal('supplier', `P-${++orders}`, quantity));
  await floor.as(supplier).orders.accept({ order, version: 1 });
  const line = lines[0]?.id as string;
  const { job, lot } = await floor.as(supplier).orders.start({ order, version: 2, line, equipment });
  return { equipment, order, line, job, lot };
}

const onlyRun = async (equipment: string) => {
  const [run] = (await floor.as(supplier).production.runs.list({ equipment })).items;
  return floor.as(supplier).production.runs.get({ run: run?.id as string });
};

describe('a process run', () => {
  it('binds to the operation and lot under way, and is evaluated when its tail is over', async () => {
    const { equipment, job, lot } = await started();
    const start = later(1000);
    await floor.samples(equipment, start, [90, 100, 110, 120]);
    await floor.publish(equipment, [{ type: 'run_started', run: 'R1', program: 'P7', ts: start }]);
    await floor.projector.drain();
    later(4000);
    expect(await onlyRun(equipment)).toMatchObject({
      key: 'R1',
      program: 'P7',
      state: 'running',
      job: { id: job },
      lot: { id: lot },
      evaluation: { provisional: true, verdict: 'pass', evidence: { samples: 4 } },
      samples: [{ signal: 'temperature', value: [90, 100, 110, 120] }],
    });
    await floor.publish(equipment, [{ type: 'run_ended', run: 'R1', ts: now }]);
    await floor.projector.drain();
    expect(await onlyRun(equipment)).toMatchObject({ state: 'ended', verdict: null, evaluation: { provisional: true } });
    later(10_000);
    await floor.projector.drain();
    expect(await onlyRun(equipment)).toMatchObject({
      state: 'evaluated',
      verdict: 'pass',
      earlier: [],
      evaluation: {
        provisional: false,
        cause: 'ended',
        evaluator: { id: 'test.hot', version: '1.2.0' },
        evidence: { samples: 4, from: start.toISOString() },
      },
    });
  });

  it('leaves a lot that is closed under it, and ends in the next one', async () => {
    const { equipment, job, lot } = await started();
    await floor.publish(equipment, [
      { type: 'run_started', run: 'A' },
      { type: 'run_ended', run: 'A' },
      { type: 'count', run: 'A', good: 1 },
      { type: 'run_started', run: 'B', ts: after(1) },
    ]);
    later(20_000);
    await floor.projector.drain();
    const { version } = await floor.as(supplier).production.jobs.get({ job });
    const closed = await floor.as(supplier).production.lots.close({ job, version, lot, openNext: true });
    const next = closed.job.lots.find((each) => each.lot.id !== lot)?.lot.id;
    expect((await floor.as(supplier).production.runs.list({ lot })).items.map(({ key }) => key)).toEqual(['A']);
    await floor.publish(equipment, [
      { type: 'run_ended', run: 'B' },
      { type: 'count', run: 'B', good: 1 },
    ]);
    await floor.projector.drain();
    expect((await floor.as(supplier).production.runs.list({ lot: next as string })).items.map(({ key }) => key)).toEqual(['B']);
  });

  it('is evaluated again when samples come late, and the earlier result is kept', async () => {
    const { equipment, lot, job } = await started();
    const start = later(1000);
    await floor.samples(equipment, start, [120, 120]);
    await floor.publish(equipment, [
      { type: 'run_started', run: 7, ts: start },
      { type: 'run_ended', run: 7, ts: after(5000) },
      { type: 'count', good: 1, ts: after(5000) },
    ]);
    later(20_000);
    await floor.projector.drain();
    expect(await onlyRun(equipment)).toMatchObject({ verdict: 'pass' });
    const { version } = await floor.as(supplier).production.jobs.get({ job });
    await floor.as(supplier).production.lots.close({ job, version, lot });
    expect(await floor.as(supplier).lifecycle.lots.checkRelease({ lot })).toMatchObject({ releasable: true });

    await floor.samples(equipment, new Date(start.getTime() + 3000), [20, 20]);
    later(6000);
    await floor.projector.drain();
    expect(await onlyRun(equipment)).toMatchObject({
      verdict: 'fail',
      evaluation: { cause: 'late_data', evidence: { samples: 4 } },
      earlier: [{ verdict: 'pass', cause: 'ended', evidence: { samples: 2 } }],
    });
    const check = await floor.as(supplier).lifecycle.lots.checkRelease({ lot });
    expect(check.releasable).toBe(false);
    expect(check.findings[1]).toMatchObject({ predicate: 'production.runs_complete', holds: false, evidence: [{ kind: 'process_run' }] });
    expect(await failure(floor.as(supplier).lifecycle.lots.release({ lot, version: check.lot.version }))).toBe('lifecycle.gate_failed');

    later(3_600_000);
    await floor.projector.drain();
    expect((await onlyRun(equipment)).earlier).toHaveLength(1);
  });

  it('that fails on late samples takes back the release of its lot', async () => {
    const { equipment, lot, job, order, line } = await started();
    const start = later(1000);
    await floor.samples(equipment, start, [120]);
    await floor.publish(equipment, [
      { type: 'run_started', run: 1, ts: start },
      { type: 'run_ended', run: 1, ts: after(5000) },
      { type: 'count', good: 10, ts: after(5000) },
    ]);
    later(20_000);
    await floor.projector.drain();
    const closed = await floor.as(supplier).production.lots.close({ job, version: 1, lot });
    await floor.as(supplier).lifecycle.lots.release({ lot, version: closed.lot.version });
    await floor.samples(equipment, new Date(start.getTime() + 3000), [1, 1, 1]);
    later(6000);
    await floor.projector.drain();
    expect(await floor.as(supplier).lifecycle.lots.get({ lot })).toMatchObject({ state: 'blocked' });
    const ship = floor.as(supplier).orders.ship({ order, version: 3, lines: [{ line, lot, quantity: '10' }] });
    expect(await failure(ship)).toBe('lifecycle.not_released');
  });

  it('is the same whichever message comes first and however often', async () => {
    const { equipment } = await started();
    const start = later(1000);
    await floor.samples(equipment, start, [120]);
    const end = { type: 'run_ended', run: 'R', ts: after(2000) };
    const begin = { type: 'run_started', run: 'R', ts: start };
    await floor.publish(equipment, [end]);
    await floor.projector.drain();
    expect(await onlyRun(equipment)).toMatchObject({ state: 'ended', startedAt: null, evaluation: null });
    await floor.publish(equipment, [begin, begin, end]);
    later(20_000);
    await floor.projector.drain();
    expect((await floor.as(supplier).production.runs.list({ equipment })).items).toHaveLength(1);
    expect(await onlyRun(equipment)).toMatchObject({ state: 'evaluated', verdict: 'pass', startedAt: start.toISOString() });
  });

  it.each(['explode', 'divide'])('whose evaluator fails (%s) is inconclusive and says so', async (program) => {
    const { equipment } = await started();
    await floor.publish(equipment, [
      { type: 'run_started', run: 'R', program, ts: later(1000) },
      { type: 'run_ended', run: 'R', ts: after(1000) },
    ]);
    later(60_000);
    await floor.projector.drain();
    expect(await onlyRun(equipment)).toMatchObject({ verdict: 'inconclusive', evaluation: { findings: [{ code: 'evaluator_failed' }] } });
    const { id: run } = await onlyRun(equipment);
    expect(await floor.as(supplier).production.runs.reevaluate({ run })).toMatchObject({
      evaluation: { cause: 'requested' },
      earlier: [{ cause: 'ended' }],
    });
    expect(await failure(floor.as(buyer).production.runs.get({ run }))).toBe('request.not_found');
  });
});

describe('counts', () => {
  it('of a batch reach the order as one entry, those by hand marked', async () => {
    const { equipment, order, job } = await started();
    later(1000);
    await floor.publish(
      equipment,
      Array.from({ length: 5 }, () => ({ type: 'count', good: 1 })),
    );
    await floor.projector.drain();
    await floor.as(supplier).production.countByHand({ job, version: 1, good: '2', scrap: '1', reason: 'sensor was dirty' });
    const ledger = await floor.as(buyer).orders.ledger({ order, kind: 'produced' });
    expect(ledger.items.map(({ quantity, evidence, reason, lot }) => [quantity.value, evidence, reason, lot])).toEqual([
      ['2', 'person', 'sensor was dirty', null],
      ['5', 'device', null, null],
    ]);
    expect((await floor.as(buyer).orders.get({ order })).lines[0]?.progress).toMatchObject({ produced: '7', producedByHand: '2' });
    expect(await floor.as(supplier).production.jobs.get({ job })).toMatchObject({
      good: '7',
      scrap: '1',
      operations: [{ byHand: { good: '2', scrap: '1' } }],
    });
  });

  it('belong to the lot of their time as long as it is not released, else to the open one, which is opened when none is', async () => {
    const { equipment, job, lot } = await started();
    const first = later(1000);
    await floor.publish(equipment, [{ type: 'count', good: 1 }]);
    await floor.projector.drain();
    later(1000);
    await floor.as(supplier).production.lots.close({ job, version: 1, lot });
    await floor.publish(equipment, [{ type: 'count', good: 1, ts: first }]);
    later(1000);
    await floor.publish(equipment, [{ type: 'count', good: 1 }]);
    await floor.projector.drain();
    const { lots, version } = await floor.as(supplier).production.jobs.get({ job });
    expect(lots.map((made) => [made.good, made.lot.state])).toEqual([
      ['2', 'closed'],
      ['1', 'open'],
    ]);
    expect(await failure(floor.as(supplier).production.lots.open({ job, version }))).toBe('production.lot_open');
  });

  it('outside any operation and malformed ones are kept with the reason, and hold nothing up', async () => {
    const { equipment, job } = await started();
    const idle = await floor.machine(supplier);
    later(1000);
    await floor.publish(idle, [{ type: 'count', good: 1 }]);
    await floor.publish(equipment, [
      { type: 'count', good: -3 },
      { type: 'count', good: 0.5 },
      { type: 'run_started' },
      { type: 'state', state: 'idle' },
      { type: 'count', good: 1 },
    ]);
    await floor.projector.drain();
    expect(await floor.as(supplier).production.jobs.get({ job })).toMatchObject({ good: '1' });
    const { rows } = await db.owner.pool.query(
      'select reason from core.device_event_unused where equipment_id = any ($1) order by event_id',
      [[idle, equipment]],
    );
    expect(rows.map((row) => row.reason.split(/[:\n]/)[0])).toEqual([
      'no operation was under way on this equipment at that time',
      'malformed count',
      '0.5 good, 0 scrap, 0 rework',
      'malformed run_started',
    ]);
    expect(floor.problems).toEqual([]);
  });

  it('that the database refuses are set aside alone', async () => {
    const { equipment, job } = await started();
    await db.owner.pool.query(`
      create function core.refuse_thirteen() returns trigger language plpgsql as $$ begin raise exception 'thirteen' using errcode = '23514'; end $$;
      create trigger refuse_thirteen before insert on core.operation_count for each row when (new.good = 13) execute function core.refuse_thirteen()`);
    later(1000);
    await floor.publish(equipment, [{ type: 'count', good: 13 }]);
    await floor.projector.drain();
    await floor.publish(equipment, [{ type: 'count', good: 2 }]);
    await floor.projector.drain();
    await db.owner.pool.query('drop trigger refuse_thirteen on core.operation_count');
    expect(await floor.as(supplier).production.jobs.get({ job })).toMatchObject({ good: '2' });
    expect(floor.problems).toMatchObject([{ error: 'thirteen', type: 'count' }]);
    floor.problems.length = 0;
  });
});

describe('a job order', () => {
  it('holds its equipment until it is completed', async () => {
    const { equipment, job } = await started();
    const { id: order, lines } = await floor.as(buyer).orders.propose(proposal('supplier', `P-${++orders}`));
    await floor.as(supplier).orders.accept({ order, version: 1 });
    const start = { order, version: 2, line: lines[0]?.id as string, equipment };
    expect(await failure(floor.as(supplier).orders.start(start))).toBe('production.equipment_busy');
    expect(await failure(floor.as(supplier).orders.start({ ...start, equipment: await floor.machine(rival) }))).toBe(
      'production.equipment_unknown',
    );
    expect(await floor.as(supplier).production.jobs.complete({ job, version: 1 })).toMatchObject({
      state: 'completed',
      operations: [{ state: 'done' }],
    });
    expect(await failure(floor.as(supplier).production.countByHand({ job, version: 2, good: '1', reason: 'x' }))).toBe(
      'production.job_not_in_progress',
    );
    const next = await floor.as(supplier).orders.start(start);
    expect((await floor.as(supplier).production.jobs.list({ order })).items.map((item) => item.id)).toEqual([next.job]);
    expect(await failure(floor.as(buyer).production.jobs.get({ job: next.job }))).toBe('request.not_found');
    expect(await failure(floor.as(buyer).production.lots.open({ job: next.job, version: 1 }))).toBe('request.not_found');
  });
});
