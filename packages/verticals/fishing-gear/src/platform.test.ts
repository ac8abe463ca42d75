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
import { drawingSchema, enableVertical, type LoadedVertical, loadVerticals, runEvaluators } from '@yunfab/core/verticals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoDesigns, demoPrepregs } from './demo-catalogue.js';
import { fishingGear } from './index.js';
import { fishingGearStory } from './story.js';

const verticals = loadVerticals([{ source: '@yunfab/vertical-fishing-gear', exported: fishingGear }], { platformVersion: '0.1.0' });
const createCaller = createCallerFactory(createCore({ verticals }).router);
const [fly] = demoDesigns;
if (!fly) throw new Error('a design');
let db: TestDatabase;
const organizations = new Map<string, TestOrganization>();

/** A procedure by its path, as a transport calls it. */
async function say(who: string, procedure: string, input: object): Promise<never> {
  const organization = organizations.get(who);
  if (!organization) throw new Error(`no organization ${who}`);
  const leaf = procedure
    .split('.')
    .reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], createCaller(testContext(db, organization)));
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

beforeAll(async () => {
  db = await createTestDatabase();
  await enableVertical(db.owner, verticals[0] as LoadedVertical);
  for (const code of [...fishingGearStory.organizations.map((each) => each.code), 'rival']) {
    organizations.set(code, await createTestOrganization(db, code));
    await say(code, 'verticals.enable', { vertical: 'fishing-gear' });
  }
  for (const { organization, code, name, model, parent } of fishingGearStory.equipment)
    await say(organization, 'equipment.create', { code, name, model, parent });
  for (const { organization, procedure, input, as } of fishingGearStory.calls) {
    const answer = await say(organization, procedure, resolve(input) as object);
    if (as !== undefined) answers[as] = answer;
  }
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
