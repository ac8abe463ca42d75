import { createCore } from '@yunfab/core';
import { createCallerFactory, toWireError } from '@yunfab/core/commands';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization, testContext } from '@yunfab/core/testing';
import { type Chart, type Drawing, enableVertical, type LoadedVertical, loadVerticals } from '@yunfab/core/verticals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { peripherals } from './index.js';

const verticals = loadVerticals([{ source: '@yunfab/vertical-peripherals', exported: peripherals }], { platformVersion: '0.1.0' });
const createCaller = createCallerFactory(createCore({ verticals }).router);
let db: TestDatabase;
let supplier: TestOrganization;
let maker: TestOrganization;
let shop: TestOrganization;
let rival: TestOrganization;

interface Failure {
  readonly case: string;
  readonly designator: string | null;
  readonly component: string | null;
}
/** The vertical's procedures, known to clients by its ref and not to the core that hosts it. */
interface PeripheralsCaller {
  readonly units: {
    assemble(input: object): Promise<{ complete: boolean; missing: string[] }>;
    genealogy(input: { serial: string }): Promise<{
      firmware: string | null;
      parts: { level: number; designator: string | null; code: string | null; hidden: boolean }[];
      failures: { designator: string | null }[];
      drawing: Drawing;
    }>;
    recordFirmware(input: object): Promise<{ version: string }>;
    firmware(input: { unit: string }): Promise<{ items: { version: string }[] }>;
    recordTest(input: object): Promise<{ passed: boolean }>;
  };
  readonly failures: {
    report(input: object): Promise<Failure>;
    diagnose(input: object): Promise<Failure>;
    list(input: object): Promise<{ items: Failure[] }>;
    pareto(
      input: object,
    ): Promise<{ items: { designator: string; componentCode: string; failures: number; exposed: number }[]; chart: Chart }>;
    exposed(input: { lot: string }): Promise<{ items: { serial: string }[] }>;
  };
  readonly supplies: {
    report(input: object): Promise<{ kept: number; told: { en: string } | null; issues: { at: string }[] }>;
    list(input: object): Promise<{ items: { printer: string; told: { en: string } }[]; next: string | null }>;
    forecast(
      input: object,
    ): Promise<{ p10: string | null; p50: string | null; reason: object | null; plan: { ship: boolean } | null; chart: Chart | null }>;
    replenish(input: object): Promise<{ items: { printer: string; generation: number }[] }>;
    replenishments(input: object): Promise<{ items: unknown[] }>;
  };
  readonly escpos: { decode(input: object): Promise<{ ready: boolean | null; conditions: { id: string }[]; issues: { at: string }[] }> };
  readonly cfx: { read(input: { message: string }): Promise<{ kind: string | null; issues: { at: string }[] }> };
}

beforeAll(async () => {
  db = await createTestDatabase();
  [supplier, maker, shop, rival] = (await Promise.all(
    ['supplier', 'maker', 'shop', 'rival'].map((code) => createTestOrganization(db, code)),
  )) as [TestOrganization, TestOrganization, TestOrganization, TestOrganization];
  await enableVertical(db.owner, verticals[0] as LoadedVertical);
  for (const who of [supplier, maker, shop, rival]) await core(who).verticals.enable({ vertical: 'peripherals' });
});
afterAll(() => db.close());

const core = (who: TestOrganization) => createCaller(testContext(db, who));
const as = (who: TestOrganization, clock?: () => Date) =>
  (createCaller(testContext(db, who, clock ? { clock } : {})) as unknown as { peripherals: PeripheralsCaller }).peripherals;
const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'accepted',
    (error: unknown) => toWireError(error, '').body.error.code,
  );

/** A lot of the supplier's in the maker's hands. */
async function delivered(code: string): Promise<string> {
  const lot = await core(supplier).lifecycle.lots.register({ code, quantity: { value: '100', unit: 'H87' } });
  await core(supplier).lifecycle.lots.release({ lot: lot.id, version: lot.version });
  await core(supplier).lifecycle.activities.record({ kind: 'shipped', inputs: [{ thing: lot.id, quantity: '50' }], receiver: 'maker' });
  return lot.id;
}

async function revisionOf(number: string, kind: string, designators: Readonly<Record<string, readonly string[]>>): Promise<string> {
  const parent = await core(maker).engineering.items.create({ number, kind, name: { en: number, zh: number }, unit: 'H87' });
  const lines = [];
  for (const [index, [component, places]] of Object.entries(designators).entries()) {
    const item = await core(maker).engineering.items.create({
      number: component,
      kind: 'part',
      name: { en: component, zh: component },
      unit: 'H87',
    });
    lines.push({
      position: (index + 1) * 10,
      item: item.id,
      quantity: { value: String(places.length), unit: 'H87' as const },
      designators: [...places],
    });
  }
  const made = await core(maker).engineering.revisions.create({ item: parent.id, label: 'A', lines });
  await core(maker).engineering.revisions.release({ revision: made.id, version: made.version });
  return made.id;
}

async function unitsOf(code: string, serials: readonly string[]): Promise<{ lot: string; version: number; units: string[] }> {
  const lot = await core(maker).lifecycle.lots.register({ code, quantity: { value: String(serials.length), unit: 'H87' } });
  const { units } = await core(maker).lifecycle.units.make({ lot: lot.id, serials: [...serials] });
  return { lot: lot.id, version: lot.version, units: units.map(({ id }) => id) };
}

describe('component lot → board by designator → serial → firmware → field failure', () => {
  it('is one chain, and leads from failures back to one lot and forward to every unit that holds it', async () => {
    const [bad, good, heads] = [await delivered('CAP-A'), await delivered('CAP-B'), await delivered('HEAD')];
    const boardRevision = await revisionOf('MB', 'peripherals/board', { CAP: ['C11', 'C12'], MCU: ['U1'] });
    const printerRevision = await revisionOf('T80', 'assembly', { MBX: ['MB1'], PH: ['PH1'] });
    const boards = await unitsOf('BOARDS', ['B-1', 'B-2', 'B-3']);
    const printers = await unitsOf('PRINTERS', ['P-1', 'P-2', 'P-3']);
    for (const [index, board] of boards.units.entries()) {
      const suspect = index < 2 ? bad : good;
      const first = await as(maker).units.assemble({
        unit: board,
        revision: boardRevision,
        parts: [
          { designator: 'C11', material: good },
          { designator: 'C12', material: suspect },
        ],
      });
      expect(first).toMatchObject({ complete: false, missing: ['U1'] });
      expect(
        await as(maker).units.assemble({ unit: board, revision: boardRevision, parts: [{ designator: 'U1', material: good }] }),
      ).toMatchObject({ complete: true });
      await as(maker).units.assemble({
        unit: printers.units[index],
        revision: printerRevision,
        parts: [
          { designator: 'MB1', material: board },
          { designator: 'PH1', material: heads },
        ],
      });
      await as(maker).units.recordFirmware({ unit: printers.units[index], version: '2.4.0' });
      await as(maker).units.recordFirmware({ unit: printers.units[index], version: '2.4.1' });
    }
    await core(maker).lifecycle.lots.release({ lot: printers.lot, version: printers.version });
    await core(maker).lifecycle.activities.record({
      kind: 'shipped',
      inputs: printers.units.slice(0, 2).map((thing) => ({ thing })),
      receiver: 'shop',
    });

    const known = await as(maker).units.genealogy({ serial: 'P-1' });
    expect(known.firmware).toBe('2.4.1');
    expect(known.parts.map(({ level, designator, code }) => `${level} ${designator} ${code}`).sort()).toEqual([
      '1 MB1 B-1',
      '1 PH1 HEAD',
      '2 C11 CAP-B',
      '2 C12 CAP-A',
      '2 U1 CAP-B',
    ]);
    const seen = await as(shop).units.genealogy({ serial: 'P-1' });
    expect(seen.firmware).toBe('2.4.1');
    expect(seen.parts.filter(({ code }) => code !== null)).toEqual([]);

    const failures = [];
    for (const serial of ['P-1', 'P-2'])
      failures.push(await as(shop).failures.report({ serial, symptom: 'It switches off.', designator: 'MB1' }));
    const [first, second] = failures as [Failure, Failure];
    expect((await core(maker).service.cases.get({ case: first.case })).evidence).toMatchObject([{ kind: 'unit', note: 'MB1' }]);
    expect(await refusal(as(maker).failures.diagnose({ case: first.case, designator: 'C99' }))).toBe('peripherals.designator_unknown');
    expect(await as(maker).failures.diagnose({ case: first.case, designator: 'MB1/C12' })).toMatchObject({ component: 'CAP-A' });
    await as(maker).failures.diagnose({ case: second.case, designator: 'MB1/C12' });
    expect((await core(shop).service.cases.get({ case: first.case })).evidence.map(({ kind }) => kind)).toEqual(['unit', 'lot']);

    const pareto = await as(maker).failures.pareto({});
    expect(pareto.items).toMatchObject([{ designator: 'MB1/C12', componentCode: 'CAP-A', failures: 2, exposed: 2 }]);
    expect(pareto.chart.series[0]?.points).toEqual([['CAP-A · MB1/C12', 2]]);
    expect((await as(maker).failures.exposed({ lot: bad })).items.map(({ serial }) => serial).sort()).toEqual(['P-1', 'P-2']);
    expect((await as(shop).failures.pareto({})).items).toEqual([]);
    expect((await as(shop).failures.list({})).items).toHaveLength(2);
    expect((await as(maker).failures.list({})).items[0]).toMatchObject({ designator: 'MB1/C12', component: 'CAP-A' });
    expect((await as(rival).failures.list({})).items).toEqual([]);
    expect((await as(maker).units.genealogy({ serial: 'P-1' })).failures).toMatchObject([{ designator: 'MB1/C12' }]);
  });

  it('refuses what the bill of materials does not hold, and serial numbers that nobody may see', async () => {
    const lot = await delivered('RES');
    const revision = await revisionOf('RB', 'peripherals/board', { RES: ['R1'] });
    const { units } = await unitsOf('RBOARDS', ['RB-1']);
    const bind = (designators: string[]) =>
      as(maker).units.assemble({ unit: units[0], revision, parts: designators.map((designator) => ({ designator, material: lot })) });
    expect(await refusal(bind(['R2']))).toBe('peripherals.designator_not_in_bom');
    expect(await refusal(bind(['R1', 'R1']))).toBe('peripherals.designator_twice');
    expect(await refusal(as(rival).units.genealogy({ serial: 'RB-1' }))).toBe('peripherals.serial_unknown');
    expect(await refusal(as(rival).failures.report({ serial: 'RB-1', symptom: 'x' }))).toBe('peripherals.serial_unknown');
    expect(await refusal(as(rival).units.firmware({ unit: units[0] as string }))).toBe('request.not_found');
    expect(await refusal(as(maker).failures.report({ serial: 'RB-1', symptom: 'x' }))).toBe('service.own_product');
  });

  it('judges a final test by its values', async () => {
    const { units } = await unitsOf('TESTED', ['T-1']);
    const measured = { supply_current: 1.6, dots_failed: 0, feed_error: 0.1, cut_time: 220 };
    expect(await as(maker).units.recordTest({ unit: units[0], measured: { ...measured, dots_failed: 2 } })).toMatchObject({
      passed: false,
      reasons: [{ en: 'Dots that fail 2, allowed 0 to 0' }],
    });
    expect(await as(maker).units.recordTest({ unit: units[0], measured })).toMatchObject({ passed: true });
  });
});

describe('supplies', () => {
  const now = Date.UTC(2026, 10, 27, 3);
  const clock = () => new Date(now);
  const readings = (perDay: number, left: number) =>
    Array.from({ length: 120 }, (_, index) => ({
      at: new Date(now - (119 - index) * 6 * 3_600_000).toISOString(),
      level: Math.min(100, Math.ceil((left + ((119 - index) * perDay) / 4) * 100)),
      maxCapacity: 100,
    }));

  it('are forecast, and shipped once for each supply', async () => {
    const reported = await as(shop, clock).supplies.report({ printer: 'P-1', supply: 1, readings: readings(0.02, 0.06) });
    expect(reported).toMatchObject({ kept: 120, told: { en: '6 %' }, issues: [] });
    expect((await as(shop, clock).supplies.report({ printer: 'P-1', supply: 1, readings: readings(0.02, 0.06) })).kept).toBe(0);
    await as(shop, clock).supplies.report({ printer: 'P-2', supply: 1, readings: readings(0.005, 0.7) });
    const forecast = await as(shop, clock).supplies.forecast({ printer: 'P-1', supply: 1 });
    expect(forecast).toMatchObject({ plan: { ship: true }, reason: null });
    expect(forecast.p10 && forecast.p10 >= '2026-11-28' && forecast.p10 <= '2026-11-30').toBe(true);
    expect(forecast.chart?.series).toHaveLength(4);
    expect((await as(shop, clock).supplies.replenish({})).items).toMatchObject([{ printer: 'P-1', generation: 0 }]);
    expect((await as(shop, clock).supplies.replenish({})).items).toEqual([]);
    expect((await as(shop, clock).supplies.replenishments({})).items).toHaveLength(1);
    expect((await as(rival, clock).supplies.list({})).items).toEqual([]);
    expect(await refusal(as(rival, clock).supplies.forecast({ printer: 'P-1', supply: 1 }))).toBe('peripherals.supply_unknown');
    const first = await as(shop, clock).supplies.list({ limit: 1 });
    const next = await as(shop, clock).supplies.list({ limit: 1, cursor: first.next });
    expect([...first.items, ...next.items].map(({ printer }) => printer)).toEqual(['P-1', 'P-2']);
  });

  it('that tell no percentage say so, and malformed rows are told with their path', async () => {
    const at = new Date(now).toISOString();
    const rows = [
      { at, level: -3, maxCapacity: -2 },
      { at, level: -9, maxCapacity: 100 },
    ];
    expect(await as(shop, clock).supplies.report({ printer: 'P-3', supply: 2, readings: rows })).toMatchObject({
      kept: 1,
      told: { en: 'OK, no percentage' },
      issues: [{ at: 'readings.1.level' }],
    });
    expect(await as(shop, clock).supplies.forecast({ printer: 'P-3', supply: 2 })).toMatchObject({ p50: null, plan: null, chart: null });
  });
});

describe('the line', () => {
  it('peripherals.md: decodes DLE EOT 1/2/4 answered 0x1A/0x32/0x7E', async () => {
    const decoded = await as(shop).escpos.decode({ dleEot1: '0x1A', dleEot2: '0x32', dleEot4: '0x7E' });
    expect(decoded.conditions.map(({ id }) => id)).toEqual(['offline', 'stopped_by_paper_end', 'paper_near_end', 'paper_end']);
    expect(await as(shop).escpos.decode({ asb: '10 00 00 00' })).toMatchObject({ ready: true, issues: [] });
    expect(await as(shop).escpos.decode({ dleEot1: 'zz', asb: '10 00' })).toMatchObject({
      ready: null,
      issues: [{ at: 'dleEot1' }, { at: 'asb' }],
    });
  });
  it('reads CFX messages, and says what is no message', async () => {
    const message = JSON.stringify({
      MessageName: 'CFX.Production.UnitsArrived',
      TimeStamp: '2026-11-28T08:00:00Z',
      MessageBody: { Units: [{ UnitIdentifier: 'P1', PositionNumber: 1 }] },
    });
    expect(await as(shop).cfx.read({ message })).toMatchObject({ kind: 'units_arrived', issues: [] });
    expect(await as(shop).cfx.read({ message: '{' })).toMatchObject({ kind: null, issues: [{ at: 'message' }] });
  });
});
