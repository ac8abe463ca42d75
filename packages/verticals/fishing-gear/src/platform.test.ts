import { createCore } from '@yunfab/core';
import { createCallerFactory, toWireError } from '@yunfab/core/commands';
import {
  asOrganization,
  createTestDatabase,
  createTestOrganization,
  type TestDatabase,
  type TestOrganization,
  testContext,
} from '@yunfab/core/testing';
import { type DemoCall, drawingSchema, enableVertical, type LoadedVertical, loadVerticals, runEvaluators } from '@yunfab/core/verticals';
import type { Machine } from '@yunfab/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoDesigns, demoPrepregs } from './demo-catalogue.js';
import { fishingGear } from './index.js';
import { createBench } from './simulator/bench.js';
import { createOven } from './simulator/oven.js';
import { fishingGearStory } from './story.js';

const verticals = loadVerticals([{ source: '@yunfab/vertical-fishing-gear', exported: fishingGear }], { platformVersion: '0.1.0' });
const core = createCore({ verticals });
const createCaller = createCallerFactory(core.router);
const [fly] = demoDesigns;
if (!fly) throw new Error('a design');
let db: TestDatabase;
/** The story begins before the machines' past, so that this counts for its order. */
let clock = () => new Date(Date.now() - 6 * 3_600_000);
const organizations = new Map<string, TestOrganization>();

/** A procedure by its path, as a transport calls it. */
async function say(who: string, procedure: string, input: object): Promise<never> {
  const organization = organizations.get(who);
  if (!organization) throw new Error(`no organization ${who}`);
  const leaf = procedure
    .split('.')
    .reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], createCaller(testContext(db, organization, { clock })));
  return (await (leaf as (input: object) => Promise<unknown>)(input)) as never;
}
const failure = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'nothing failed',
    (error: unknown) => toWireError(error, '').body.error.code,
  );

const answers: Record<string, unknown> = {};
function resolve(given: unknown): unknown {
  if (typeof given === 'string' && given.startsWith('$')) {
    const found = given
      .slice(1)
      .split('.')
      .reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], answers);
    if (found === undefined) throw new Error(`nothing answered ${given}`);
    return found;
  }
  if (Array.isArray(given)) return given.map(resolve);
  if (typeof given !== 'object' || given === null) return given;
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, resolve(value)]));
}

/** What the gateway writes of a machine's last cycles, the last of them ending a minute ago. */
async function tellPast(equipment: string, machine: Machine, cycles: number): Promise<void> {
  const seconds = cycles * machine.cycleSeconds();
  const from = Date.now() - 60_000 - seconds * 1000;
  const days = [0, seconds * 1000].map((offset) => new Date(from + offset).toISOString().slice(0, 10));
  for (const day of new Set(days)) await db.database.ingest.pool.query('select telemetry.ensure_partition($1::date)', [day]);
  const samples: Record<string, { ts: Date[]; value: number[] }> = {};
  let ordinal = 0;
  for (let second = 1; second <= seconds; second++) {
    const ts = new Date(from + second * 1000);
    const { values, events } = machine.next(ts.getTime());
    for (const [signal, value] of Object.entries(values ?? {})) {
      const series = (samples[signal] ??= { ts: [], value: [] });
      series.ts.push(ts);
      series.value.push(Number(value));
    }
    for (const { type, ...body } of events)
      await db.owner.pool.query(
        `with e as (insert into telemetry.device_event (id, organization, device_id, equipment_id, ts, ordinal, seq, type, body, quality, received_at)
           select gen_random_uuid(), d.organization, d.id, d.equipment_id, $2, $3, null, $4, $5, 192, $2 from core.device d where d.equipment_id = $1
           returning id, organization)
         insert into telemetry.device_event_pending (organization, event_id) select organization, id from e`,
        [equipment, ts, ++ordinal, type, JSON.stringify(body)],
      );
  }
  for (const [signal, { ts, value }] of Object.entries(samples))
    await db.owner.pool.query(
      `insert into telemetry.sample (series, ts, ordinal, value, quality)
       select s.id, t, n, v, 192 from telemetry.series s, unnest($3::timestamptz[], $4::double precision[]) with ordinality as u (t, v, n)
       where s.equipment_id = $1 and s.signal = $2`,
      [equipment, signal, ts, value],
    );
}

async function tell(calls: readonly DemoCall[]): Promise<void> {
  for (const { organization, procedure, input, as } of calls) {
    const answer = await say(organization, procedure, resolve(input) as object);
    if (as !== undefined) answers[as] = answer;
  }
}

beforeAll(async () => {
  db = await createTestDatabase();
  await enableVertical(db.owner, verticals[0] as LoadedVertical);
  for (const code of [...fishingGearStory.organizations.map((each) => each.code), 'rival']) {
    organizations.set(code, await createTestOrganization(db, code));
    await say(code, 'verticals.enable', { vertical: 'fishing-gear' });
  }
  for (const { organization, code, name, model, parent } of fishingGearStory.equipment)
    await say(organization, 'equipment.create', { code, name, model, parent });
  await tell(fishingGearStory.calls);
  clock = () => new Date();
}, 60_000);
afterAll(() => db.close());

describe('the story of a lead', () => {
  it('goes from the booth to an order of the quoted lines under way', async () => {
    const { leads } = answers['fishingLeads'] as { leads: { lead: string }[] };
    expect(await say('haiyan', 'commerce.leads.get', { lead: leads[0]?.lead })).toMatchObject({
      state: 'won',
      campaign: { code: 'expo-2026' },
    });
    const { order } = answers['fishingBought'] as { order: string };
    expect(await say('fjordfly', 'orders.get', { order })).toMatchObject({
      state: 'in_production',
      number: 'FF-PO-2601',
      // 300 pieces CIF at 17.16, as the costing says.
      total: { amount: '5148', currency: 'USD' },
      note: 'HY-Q-260118/1 CIF Oslo (Incoterms 2020)',
      lines: [{ specification: { schema: 'fishing-gear/blank@1', value: { design: 'FLY-905-4', ern_tolerance: 0.3 } } }],
    });
    expect(await say('haiyan', 'fishing-gear.booth.funnel', { campaign: 'expo-2026' })).toMatchObject({
      captured: 5,
      won: 1,
      conversion: '20.0 %',
      funnel: {
        series: [
          {
            points: [
              [expect.any(String), 5],
              [expect.any(String), 3],
              [expect.any(String), 1],
              [expect.any(String), 2],
              [expect.any(String), 1],
            ],
          },
        ],
      },
    });
  });

  it('keeps the costing with the supplier', async () => {
    const { quotation } = answers['fishingQuote'] as { quotation: string };
    expect(await say('haiyan', 'commerce.quotations.get', { quotation })).toMatchObject({
      cost: { costing: { purchase: '113' }, price: { exportCost: '100', costOfExchange: '6.48' } },
    });
    const read = await say('fjordfly', 'commerce.quotations.get', { quotation });
    expect(read).toMatchObject({ cost: null });
    expect(JSON.stringify(read)).not.toMatch(/6\.48|"113"/);
    expect(await say('haiyan', 'fishing-gear.quotations.list', {})).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ number: 'HY-Q-260118', total: 'USD 5148', delivery: 'CIF Oslo' })]),
    });
    expect(await failure(say('haiyan', 'fishing-gear.quotations.price', { ...costing, premiumRate: '0.95' }))).toBe(
      'fishing-gear.price_impossible',
    );
  });

  it('shows the code of the booth to its own organization only', async () => {
    const { code } = (await say('haiyan', 'fishing-gear.booth.code', { campaign: 'expo-2026' })) as { code: unknown };
    expect(drawingSchema.safeParse(code).success).toBe(true);
    expect(await failure(say('rival', 'fishing-gear.booth.code', { campaign: 'expo-2026' }))).toBe('fishing-gear.campaign_unknown');
    expect(await say('rival', 'fishing-gear.booth.leads', {})).toEqual({ items: [], next: null });
    await say('haiyan', 'fishing-gear.booth.take', { campaign: 'expo-2026', interest: 'Reel seats', company: 'Walk-in' });
    expect(await say('haiyan', 'fishing-gear.booth.leads', { limit: 1 })).toMatchObject({
      items: [{ company: 'Walk-in', state: { en: 'New' } }],
    });
  });
});

const costing = {
  purchase: '113',
  exchangeRate: '7.2',
  quantity: '300',
  perCarton: 40,
  cartonLength: '1420',
  cartonWidth: '260',
  cartonHeight: '240',
  cartonGrossWeight: '6.4',
};

describe('designs', () => {
  it('are saved once, from prepregs that there are, and seen by their own organization only', async () => {
    expect(await failure(say('haiyan', 'fishing-gear.designs.save', fly))).toBe('fishing-gear.design_taken');
    expect(await failure(say('haiyan', 'fishing-gear.prepregs.save', demoPrepregs[0] as object))).toBe('fishing-gear.prepreg_taken');
    expect(await failure(say('rival', 'fishing-gear.designs.save', fly))).toBe('fishing-gear.prepreg_unknown');
    expect(await failure(say('rival', 'fishing-gear.designs.bend', { code: fly.code }))).toBe('fishing-gear.design_unknown');
    expect(await say('rival', 'fishing-gear.designs.list', {})).toEqual({ items: [], next: null });
    const first = (await say('haiyan', 'fishing-gear.prepregs.list', { limit: 2 })) as { items: { code: string }[]; next: string };
    const rest = (await say('haiyan', 'fishing-gear.prepregs.list', { cursor: first.next })) as { items: { code: string }[]; next: null };
    expect([...first.items, ...rest.items].map(({ code }) => code)).toEqual(['SCRIM-30', 'UD-24T-125', 'UD-40T-100']);
  });

  it('are bent by Common Cents, drawn to scale', async () => {
    const bent = (await say('haiyan', 'fishing-gear.designs.bend', { code: fly.code })) as { ern: number; bent: unknown; load: number };
    expect(bent).toMatchObject({
      ern: 5.3,
      actionAngle: 65.4,
      action: { en: 'moderate-fast' },
      bendingIndex: '5.3 / 65°',
      deflection: 853,
    });
    expect(drawingSchema.safeParse(bent.bent).success).toBe(true);
    expect(await say('haiyan', 'fishing-gear.designs.bend', { code: fly.code, load: 20 })).toMatchObject({ load: 20, ern: 5.3 });
    expect(await say('haiyan', 'fishing-gear.guides.space', { guides: 9, first: 4, stripper: 66 })).toMatchObject({ step: 0.83 });
  });

  it('are what a run is judged by: that of the order before that of the machine', async () => {
    const run = { key: 'r1', program: 'LURE-702-2', startedAt: 0, endedAt: 600_000, until: 600_000 };
    const judge = (who: string, specification: { schema: string; value: object } | null) =>
      asOrganization(db, organizations.get(who) as TestOrganization, async (scope) =>
        (await runEvaluators(verticals).find(scope, 'fishing-gear.deflection-bench'))?.evaluate(scope, {
          run,
          samples: {},
          specification: specification as never,
        }),
      );
    const codes = (result: Awaited<ReturnType<typeof judge>>) => result?.findings.filter(({ holds }) => !holds).map(({ code }) => code);
    const value = { design: fly.code, length: 2650, sections: 4, ern: 5.3, action_angle: 65 };
    expect(codes(await judge('haiyan', { schema: 'fishing-gear/blank@1', value }))).toContain('program');
    expect(codes(await judge('haiyan', null))).not.toContain('program');
    expect(codes(await judge('rival', null))).toEqual(['design']);
    expect(await failure(say('haiyan', 'fishing-gear.bench.run', { run: crypto.randomUUID() }))).toBe('request.not_found');
    expect(await say('haiyan', 'fishing-gear.bench.list', {})).toEqual({ items: [], next: null });
    expect(await say('haiyan', 'fishing-gear.bench.capability', { design: fly.code })).toMatchObject({ count: 0, cpk: null });
  });
});

describe('the end of the story', () => {
  it('is blanks that were cured, tested one by one, released on that, shipped and accepted', { timeout: 60_000 }, async () => {
    const started = answers['fishingStarted'] as { lot: string };
    const { items: machines } = answers['fishingMachines'] as { items: { id: string; code: string }[] };
    const machineOf = (code: string) => machines.find((each) => each.code === code)?.id ?? '';
    for (const device of ['bench-01', 'oven-01']) await say('haiyan', 'equipment.devices.create', { equipment: machineOf(device), device });
    await tellPast(machineOf('oven-01'), createOven({ seed: 3, program: fly.code, faults: [] }), 1);
    await tellPast(machineOf('bench-01'), createBench({ seed: 3, program: fly.code, faults: [] }), 4);
    const log = { warn() {}, error() {} };
    await core.createProjector({ database: db.database, clock, log }).drain();

    const check = (await say('haiyan', 'lifecycle.lots.checkRelease', { lot: started.lot })) as {
      findings: { predicate: string; holds: boolean }[];
    };
    expect(check.findings.find(({ predicate }) => predicate === 'fishing-gear.blank')).toMatchObject({
      holds: false,
      words: { en: expect.stringMatching(/^No oven cure stands behind lot HY-L-118/) },
    });
    const bench = (await say('haiyan', 'fishing-gear.bench.list', {})) as { items: { run: string }[] };
    expect(bench.items).toHaveLength(4);
    const charge = (run: string | undefined) => failure(say('haiyan', 'fishing-gear.ovens.charge', { run, lot: started.lot }));
    expect(await charge(bench.items[0]?.run)).toBe('fishing-gear.not_an_oven_run');
    expect(await charge(crypto.randomUUID())).toBe('request.not_found');
    const withoutCure = { oven: machineOf('table-01'), lot: started.lot };
    expect(await failure(say('haiyan', 'fishing-gear.ovens.charge', withoutCure))).toBe('fishing-gear.no_cure_yet');
    expect(await failure(say('haiyan', 'fishing-gear.ovens.charge', { lot: started.lot }))).toBe('request.invalid');

    await tell(fishingGearStory.epilogue ?? []);
    const { order } = answers['fishingBought'] as { order: string };
    expect(await say('fjordfly', 'orders.get', { order })).toMatchObject({
      state: 'in_delivery',
      lines: [{ progress: { produced: '4', shipped: '4', received: '4', accepted: '4', rejected: '0' } }],
    });
    expect(await say('haiyan', 'fishing-gear.ovens.charges', {})).toMatchObject({
      items: [{ lot: started.lot, verdict: 'pass' }],
      next: null,
    });
    expect(await say('rival', 'fishing-gear.ovens.charges', {})).toEqual({ items: [], next: null });
    const { run } = ((await say('haiyan', 'fishing-gear.bench.list', { limit: 1 })) as { items: { run: string }[] }).items[0] ?? {
      run: '',
    };
    expect(await say('haiyan', 'fishing-gear.bench.run', { run })).toMatchObject({
      verdict: 'pass',
      design: fly.code,
      bend: { series: [{ words: { en: 'Measured' } }, { words: { en: 'By the lay-up' } }] },
    });
    expect(await say('haiyan', 'fishing-gear.bench.capability', { design: fly.code })).toMatchObject({
      count: 4,
      ernMean: expect.any(Number),
      cpk: expect.any(Number),
    });
  });
});
