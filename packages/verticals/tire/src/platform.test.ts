import { createCore } from '@yunfab/core';
import { createCallerFactory } from '@yunfab/core/commands';
import { encodeSgtin96 } from '@yunfab/core/gs1';
import {
  asOrganization,
  createTestDatabase,
  createTestOrganization,
  type TestDatabase,
  type TestOrganization,
  testContext,
} from '@yunfab/core/testing';
import { enableVertical, type LoadedVertical, loadVerticals, runEvaluators } from '@yunfab/core/verticals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passengerRecipe } from './cure/recipe.js';
import { tellFloor } from './floor.fixture.js';
import { tire } from './index.js';
import { createPress } from './simulator/press.js';
import { createUniformityMachine } from './simulator/uniformity.js';
import { demoLimits } from './story.js';

const verticals = loadVerticals([{ source: '@yunfab/vertical-tire', exported: tire }], { platformVersion: '0.1.0' });
const createCaller = createCallerFactory(createCore({ verticals }).router);
let db: TestDatabase;
let maker: TestOrganization;
let rival: TestOrganization;
// The vertical's procedures are known to clients by its ref, not to the core that hosts it.
const as = (who: TestOrganization) => (createCaller(testContext(db, who)) as unknown as { tire: TireCaller }).tire;

interface Page {
  items: { code?: string; grade?: string; machine?: string; number?: number; kind?: string }[];
  next: string | null;
}

interface TireCaller {
  readonly tires: {
    mark(input: object): Promise<{ tin: string; tires: number; first: string }>;
    retread(input: object): Promise<{ tin: string; births: string[]; retreads: string[] }>;
    life(
      input: object,
    ): Promise<{ serial: string; births: string[]; retreads: string[]; bornInWeekOf: string | null; sgtin96: string | null }>;
  };
  readonly uniformity: {
    readonly limits: { create(input: object): Promise<{ id: string }>; list(input: object): Promise<Page> };
    faults(input: object): Promise<Page>;
    overview(input: object): Promise<{ tires: number; rejected: number; scatter: object | null; fault: { en: string } | null }>;
    tire(input: object): Promise<{ verdict: string; harmonics: { series: unknown[] } | null }>;
  };
  readonly energy: { perTire(input: object): Promise<{ runs: number; tires: number; energyPerTire: number | null; energy: number }> };
  readonly recipes: {
    create(input: object): Promise<{ code: string; id: string }>;
    list(input: object): Promise<{ items: { code: string }[]; next: string | null }>;
  };
  readonly runs: { cure(input: object): Promise<unknown> };
  readonly size: {
    fits(input: object): Promise<{ fits: boolean; issues: unknown[] }>;
    parse(input: object): Promise<{ size: { overallDiameter: number } | null; issues: unknown[] }>;
  };
  readonly tin: { parse(input: object): Promise<{ identification: { week: number } | null; issues: { at: string }[] }> };
}

beforeAll(async () => {
  db = await createTestDatabase();
  maker = await createTestOrganization(db, 'maker');
  rival = await createTestOrganization(db, 'rival');
  await enableVertical(db.owner, verticals[0] as LoadedVertical);
  for (const who of [maker, rival]) await createCaller(testContext(db, who)).verticals.enable({ vertical: 'tire' });
});
afterAll(() => db.close());

const tag = { filter: 0, companyPrefix: '0614141', itemReference: '812345' };
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'nothing failed',
    (error: { cause?: { code?: string }; code?: string }) => error.cause?.code ?? error.code,
  );

describe('the tire cloud on the platform', () => {
  it('keeps cure recipes of each maker by code, in pages', async () => {
    for (const code of ['b', 'a', 'c']) await as(maker).recipes.create({ ...passengerRecipe, code });
    const first = await as(maker).recipes.list({ limit: 2 });
    expect(first.items.map(({ code }) => code)).toEqual(['a', 'b']);
    expect((await as(maker).recipes.list({ limit: 2, cursor: first.next })).items.map(({ code }) => code)).toEqual(['c']);
    expect((await as(rival).recipes.list({})).items).toEqual([]);
    expect(await codeOf(as(maker).recipes.create({ ...passengerRecipe, code: 'a' }))).toBe('tire.recipe_taken');
    expect(await codeOf(as(maker).recipes.create({ ...passengerRecipe, code: 'd', target_low: 30 }))).toBe('BAD_REQUEST');
  });

  it('judges a cure by the recipe that the order names before the one that the press ran', async () => {
    await as(maker).recipes.create(passengerRecipe);
    const run = { key: 'r1', program: 'a', startedAt: 0, endedAt: 600_000, until: 600_000 };
    const judge = (specification: { schema: string; value: { cure_recipe: string } } | null) =>
      asOrganization(db, maker, async (scope) =>
        (await runEvaluators(verticals).find(scope, 'tire.curing-press'))?.evaluate(scope, { run, samples: {}, specification }),
      );
    const codes = (result: Awaited<ReturnType<typeof judge>>) => result?.findings.filter(({ holds }) => !holds).map(({ code }) => code);
    expect(codes(await judge({ schema: 'tire/passenger@1', value: { cure_recipe: passengerRecipe.code } }))).toContain('program');
    expect(codes(await judge(null))).not.toContain('program');
    expect(codes(await judge({ schema: 'tire/passenger@1', value: { cure_recipe: 'secret' } }))).toEqual(['recipe']);
  });

  it('reads sizes and identification numbers, and hides runs it may not see', async () => {
    expect(await as(maker).size.parse({ size: '205/55R16 91V' })).toMatchObject({ size: { overallDiameter: 631.9 }, issues: [] });
    expect(await as(maker).tin.parse({ tin: 'DOT 1AB C1DEF2 3208' })).toMatchObject({
      identification: { week: 32, weekBegins: '2008-08-10' },
    });
    expect(await as(maker).tin.parse({ tin: '5R5691439T' })).toMatchObject({ identification: null, issues: [{ at: 'date' }] });
    expect(await codeOf(as(maker).runs.cure({ run: crypto.randomUUID() }))).toMatch(/not_found$/);
  });

  it('keeps uniformity limits by code and grade, and refuses a better grade that allows more', async () => {
    const limits = () => as(maker).uniformity.limits;
    for (const each of demoLimits.toReversed()) await limits().create({ ...each });
    const first = await limits().list({ limit: 2 });
    expect(first.items.map(({ grade }) => grade)).toEqual(['A', 'B']);
    expect((await limits().list({ limit: 2, cursor: first.next })).items.map(({ grade }) => grade)).toEqual(['C']);
    expect((await as(rival).uniformity.limits.list({})).items).toEqual([]);
    expect(await codeOf(limits().create({ ...demoLimits[0] }))).toBe('tire.limits_taken');
    expect(await codeOf(limits().create({ ...demoLimits[0], grade: 'B', conicity: 1 }))).toBe('tire.limits_out_of_order');
  });

  it('names the building drum with the open splice from the runs of its uniformity machine, to its own people alone', async () => {
    const floor = tellFloor(db, maker);
    const machine = await floor.machine('tuo-01', 'tire.uniformity-machine');
    await floor.tell(machine, createUniformityMachine({ faults: ['splice_open'] }), 75 * 60_000);
    const faults = await as(maker).uniformity.faults({});
    expect(faults.items.map(({ kind, machine: what, number }) => [kind, what, number])).toEqual([['first_harmonic', 'building_drum', 2]]);
    expect(await as(maker).uniformity.overview({})).toMatchObject({ tires: 50, rejected: 0 });
    expect((await as(maker).uniformity.overview({})).fault?.en).toContain('splice of building drum 2');
    expect((await as(maker).uniformity.overview({ program: 'other' })).scatter).toBeNull();
    const run = await floor.lastRun(machine);
    expect(await as(maker).uniformity.tire({ run })).toMatchObject({ verdict: 'pass', harmonics: { series: [{}, {}] } });
    expect((await as(rival).uniformity.faults({})).items).toEqual([]);
    expect(await codeOf(as(rival).uniformity.tire({ run }))).toMatch(/not_found$/);
  });

  it('tells kWh per tire of a lot from the meters of its press', async () => {
    const floor = tellFloor(db, maker);
    const press = await floor.machine('press-01', 'tire.curing-press');
    const lot = await floor.startJob(rival, press);
    await floor.tell(press, createPress({ recipe: passengerRecipe }), 40 * 60_000);
    const told = await as(maker).energy.perTire({ lot });
    expect(told).toMatchObject({ runs: 3, tires: 3 });
    expect(told.energyPerTire).toBeCloseTo(told.energy / 3, 2);
    expect(told.energyPerTire).toBeGreaterThan(0.5);
    expect(await codeOf(as(maker).uniformity.tire({ run: await floor.lastRun(press) }))).toBe('tire.no_uniformity_run');
    expect(await as(maker).size.fits({ size: '205/55R16 91V', axleLoad: 1200, speed: 210 })).toMatchObject({ fits: true, issues: [] });
    expect(await as(maker).size.fits({ size: 'soup', axleLoad: 1200, speed: 210 })).toMatchObject({
      fits: false,
      issues: [{ at: 'size' }],
    });
  });

  it('numbers every tire of a lot, and a retread keeps the TIN of its birth', async () => {
    const floor = tellFloor(db, maker);
    const press = await floor.machine('press-02', 'tire.curing-press');
    const lot = await floor.startJob(rival, press, 'PO-2');
    await floor.tell(press, createPress({ recipe: passengerRecipe }), 40 * 60_000);
    const mark = { lot, plant: '1KH', manufacturerCode: 'VT2055', madeOn: '2026-01-04' };
    const rfid = { gtin: '80614141123458', companyPrefixLength: 7, firstSerial: 6789 };
    expect(await codeOf(as(maker).tires.mark({ ...mark, rfid: { ...rfid, gtin: '80614141123459' } }))).toBe('tire.gtin_refused');
    expect(await as(maker).tires.mark({ ...mark, rfid })).toMatchObject({ tin: '1KHVT20550126', tires: 3 });
    expect(await codeOf(as(maker).tires.mark(mark))).toBe('tire.all_marked');
    expect(await codeOf(as(maker).tires.mark({ ...mark, plant: 'SOS' }))).toBe('BAD_REQUEST');
    const other = await floor.startJob(rival, await floor.machine('press-03', 'tire.curing-press'), 'PO-3');
    expect(await codeOf(as(maker).tires.mark({ ...mark, lot: other }))).toBe('tire.all_marked');
    const [unit = ''] = await floor.units(lot);
    const early = { unit, plant: '2RT', retreadedOn: '2099-01-01' };
    expect(await codeOf(as(maker).tires.retread(early))).toBe('tire.tin_refused');
    const retreaded = await as(maker).tires.retread({ unit, plant: '2RT', retreadedOn: '2026-10-14' });
    expect(retreaded).toEqual({ tin: '2RT4126', births: ['1KHVT20550126'], retreads: ['2RT4126'] });
    expect(await as(maker).tires.life({ unit })).toMatchObject({
      births: ['1KHVT20550126'],
      retreads: ['2RT4126'],
      bornInWeekOf: '2026-01-04',
    });
    // EPC Tag Data Standard, appendix: urn:epc:id:sgtin:0614141.812345.6789, here with filter 0.
    const tags = await Promise.all((await floor.units(lot)).map(async (each) => (await as(maker).tires.life({ unit: each })).sgtin96));
    expect(tags.toSorted()).toEqual([6789, 6790, 6791].map((serial) => encodeSgtin96({ ...tag, serial: String(serial) })));
    expect(tags.toSorted()[0]).toBe('3014257BF7194E4000001A85');
    expect(await codeOf(as(rival).tires.life({ unit }))).toMatch(/not_found$/);
  });
});
