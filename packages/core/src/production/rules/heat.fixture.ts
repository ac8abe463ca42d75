import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { createFloor, type Floor } from '../../orders/floor.fixture.js';
import { findLedgerViolations } from '../../orders/index.js';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import { type RunEvaluator } from '../runs/evaluators.js';
import { type RuleDefinition, type WalkedRun } from './walk.js';

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
export const evaluators = { find: async () => warm };

export let db: TestDatabase;
export let floor: Floor;
export let buyer: TestOrganization;
export let supplier: TestOrganization;
export let rival: TestOrganization;
const first = Date.UTC(2026, 5, 1, 8);
export let now = new Date(first);
export const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
  return now;
};
export function setNow(at: Date): void {
  now = at;
}

/** For the tests of a file: a floor with a buyer, a supplier and a rival; each test begins a day after the one before. */
export function onHeatFloor(): void {
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
}

export interface Sample {
  /** Unix ms. */
  readonly ts: number;
  readonly value: number;
}

let ordinal = 0;
/** As the gateway commits: samples and the marks of their minutes, in one transaction. */
export async function store(equipment: string, samples: readonly Sample[]): Promise<void> {
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
export const levels = (from: number, values: readonly number[], stepMs = 1_000): Sample[] =>
  values.map((value, n) => ({ ts: from + n * stepMs, value }));
export const times = (count: number, value: number): number[] => Array<number>(count).fill(value);

export const hot = (is: 'above' | 'below', value: number, forMs: number) => ({
  match: 'all' as const,
  conditions: [{ signal: 'temperature', is, value, deadband: 0 }],
  forMs,
});
export const rule: RuleDefinition = {
  opens: hot('above', 100, 5_000),
  closes: hot('below', 50, 10_000),
  minimumMs: 0,
  silenceMs: 600_000,
  program: null,
};
export const named = { code: 'heat', words: { en: 'Heat', zh: '加热' } };
export const asSent = ({ opens, closes, ...rest }: RuleDefinition) => ({
  ...rest,
  opens: { ...opens, conditions: [...opens.conditions] },
  closes: { ...closes, conditions: [...closes.conditions] },
});

export const own = () => floor.as(supplier).production;
export const drain = () => floor.projector.drain();
/** As a walk gives them. */
export const derived = async (equipment: string): Promise<WalkedRun[]> =>
  (await own().runs.list({ equipment })).items
    .filter(({ withdrawnAt }) => withdrawnAt === null)
    .map(({ startedAt, endedAt, program, endedBySilence }) => ({
      ...{ startedAt: Date.parse(startedAt ?? ''), endedAt: endedAt === null ? null : Date.parse(endedAt) },
      ...{ program, endedBySilence },
    }))
    .reverse();
export const bounds = async (equipment: string) => (await derived(equipment)).map(({ startedAt, endedAt }) => [startedAt, endedAt]);
