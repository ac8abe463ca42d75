import { afterAll, beforeAll, expect, it } from 'vitest';
import { inScope, type Scope } from '../../database/index.js';
import { createFloor, type Floor, failure } from '../../orders/floor.fixture.js';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import { evaluateRun } from './evaluation.js';
import type { RunEvaluator } from './evaluators.js';
import { findRun } from './run-repository.js';
import { drawnSamples, runSamples } from './samples.js';

/** Says how many values it was given, and the greatest. */
const counting: RunEvaluator = {
  id: 'test.counting',
  version: '1.0.0',
  signals: ['temperature'],
  tailMs: 0,
  async evaluate(_scope, { samples }) {
    const { value = [] } = samples['temperature'] ?? {};
    const words = { en: 'Values', zh: '数值' };
    return { verdict: 'pass', values: { count: { value: value.length, unit: '1', words } }, curves: [], findings: [] };
  },
};
const evaluators = { find: async () => counting };
const start = new Date('2026-06-01T08:00:00Z');
const measured = 12_345;
const end = new Date(start.getTime() + measured * 2);
let now = new Date(start.getTime() + 3_600_000);

let db: TestDatabase;
let floor: Floor;
let maker: TestOrganization;
let equipment: string;
let run: string;
beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db, { now: () => now, evaluators });
  maker = await createTestOrganization(db, 'maker');
  equipment = await floor.machine(maker);
  // Every 2 ms, one peak of one sample, one value of bad quality that would be the lowest.
  const values = Array.from({ length: measured }, (_, n) => (n === 9_876 ? 1_000 : n === 5_432 ? -1_000 : 100 + (n % 7)));
  await floor.samples(equipment, start, values, 2);
  await db.owner.pool.query('update telemetry.sample set quality = 0 where value = -1000');
  await floor.publish(equipment, [
    { type: 'run_started', run: 'long', ts: start },
    { type: 'run_ended', run: 'long', ts: end },
  ]);
  await floor.projector.drain();
  now = new Date(now.getTime() + 60_000);
  await floor.projector.drain();
  run = (await floor.as(maker).production.runs.list({ equipment })).items[0]?.id as string;
});
afterAll(async () => {
  expect(floor.problems).toEqual([]);
  await db.close();
});

const scoped = <Answer>(work: (scope: Scope) => Promise<Answer>) =>
  inScope(db.database.runtime, { organization: maker.id, actor: { kind: 'system', id: 'test', label: 'test' }, now }, work);
const window = () => ({ equipment, from: start.getTime(), to: end.getTime() });

it('samples of a run are read whole, however many there are, each once and in order', async () => {
  const { series, ...said } = await scoped((scope) => runSamples(scope, window(), ['temperature']));
  expect(said).toEqual({ count: measured, whole: true });
  const { ts = [], value = [] } = series['temperature'] ?? {};
  expect(ts).toEqual(Array.from({ length: measured }, (_, n) => start.getTime() + 2 * n).filter((_, n) => n !== 5_432));
  expect(Math.max(...value)).toBe(1_000);
  expect(Math.min(...value)).toBe(100);
});

it('a run is judged by all of them, or says that there are too many: never by a part', async () => {
  const kept = await floor.as(maker).production.runs.get({ run });
  expect(kept).toMatchObject({ verdict: 'pass', evaluation: { evidence: { samples: measured }, values: [{ value: measured - 1 }] } });
  const judged = (most: number) =>
    scoped(async (scope) => {
      const row = await findRun(scope, run);
      return row && (await evaluateRun(scope, row, evaluators, most))?.result;
    });
  expect(await judged(measured)).toMatchObject({ verdict: 'pass' });
  expect(await judged(measured - 1)).toMatchObject({
    verdict: 'inconclusive',
    values: {},
    findings: [{ code: 'too_many_samples', holds: false }],
  });
});

it('a verdict by all samples stands once some of them are no longer kept', async () => {
  const before = await floor.as(maker).production.runs.get({ run });
  await db.owner.pool.query('update telemetry.retention set samples_from = $1', [new Date(start.getTime() + 5_000)]);
  try {
    expect(await failure(floor.as(maker).production.runs.reevaluate({ run }))).toBe('production.samples_no_longer_kept');
    // Late data have it looked at once more.
    await db.owner.pool.query(`update core.process_run set evaluate_at = $1, state = 'ended', verdict = null where id = $2`, [now, run]);
    now = new Date(now.getTime() + 60_000);
    await floor.projector.drain();
    expect(await floor.as(maker).production.runs.get({ run })).toEqual(before);
  } finally {
    await db.owner.pool.query('update telemetry.retention set samples_from = null');
  }
});

it('a drawing has its peak of one sample, and nothing of bad quality', async () => {
  const drawn = await scoped((scope) => drawnSamples(scope, window(), 1_200));
  const { ts = [], value = [] } = drawn.get('temperature') ?? {};
  expect(ts.length).toBeLessThanOrEqual(1_200);
  expect([ts.at(0), ts.at(-1)]).toEqual([start.getTime(), end.getTime() - 2]);
  expect(Math.max(...value)).toBe(1_000);
  expect(Math.min(...value)).toBe(100);
  const whole = await scoped((scope) => drawnSamples(scope, { ...window(), to: start.getTime() + 2_400 }, 1_200));
  expect(whole.get('temperature')?.ts).toHaveLength(1_200);
});
