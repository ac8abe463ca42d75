import { createCore } from '@yunfab/core';
import { createCallerFactory, toWireError } from '@yunfab/core/commands';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization, testContext } from '@yunfab/core/testing';
import { chartSchema, type DemoCall, type DemoOrder, enableVertical, type LoadedVertical, loadVerticals } from '@yunfab/core/verticals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { medicalDevice } from './index.js';
import { createSterilizer } from './simulator/sterilizer.js';
import { medicalDeviceStory } from './story.js';

const verticals = loadVerticals([{ source: '@yunfab/vertical-medical-device', exported: medicalDevice }], { platformVersion: '0.1.0' });
const core = createCore({ verticals });
const createCaller = createCallerFactory(core.router);
const [maker, hospital, rival] = ['kangning', 'renhe', 'rival'];
let db: TestDatabase;
/** The story begins before the machines' past, so that this counts for its orders. */
let clock = () => new Date(Date.now() - 3 * 3_600_000);
const organizations = new Map<string, TestOrganization>();
const answers: Record<string, unknown> = {};

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

async function tell(calls: readonly DemoCall[]): Promise<void> {
  for (const { organization, procedure, input, as } of calls) {
    const answer = await say(organization, procedure, resolve(input) as object);
    if (as !== undefined) answers[as] = answer;
  }
}

const equipment = new Map<string, string>();

async function begin({ buyer, supplier, ownNumber, currency, note, lines, equipment: machine }: DemoOrder): Promise<void> {
  const given = { supplier, ownNumber, currency, note, lines, dueOn: '2099-12-24' };
  const proposed = await say(buyer, 'orders.propose', given);
  const { id, version } = proposed as { id: string; version: number };
  const accepted = (await say(supplier, 'orders.accept', { order: id, version })) as { version: number; lines: { id: string }[] };
  const starting = { order: id, version: accepted.version, line: accepted.lines[0]?.id, equipment: equipment.get(machine ?? '') };
  const started = (await say(supplier, 'orders.start', starting)) as { lot: string; job: string };
  answers[ownNumber] = { id, lines: accepted.lines, lot: started.lot, job: started.job };
}

/** What the gateway writes of a sterilizer's last cycles, the last of them ending a minute ago; then it is judged. */
async function sterilize(code: string, program: string, faults: readonly string[], cycles: number): Promise<void> {
  const machine = createSterilizer({ seed: 7, program, faults });
  const seconds = cycles * machine.cycleSeconds();
  const from = Date.now() - 60_000 - seconds * 1000;
  for (const at of [from, Date.now()])
    await db.database.ingest.pool.query('select telemetry.ensure_partition($1::date)', [new Date(at).toISOString().slice(0, 10)]);
  const samples: Record<string, { ts: Date[]; value: number[] }> = {};
  let ordinal = 0;
  for (let second = 1; second <= seconds; second++) {
    const ts = new Date(from + second * 1000);
    const { values, events } = machine.next(ts.getTime());
    for (const [signal, value] of Object.entries(values ?? {})) {
      if (typeof value !== 'number') continue;
      const series = (samples[signal] ??= { ts: [], value: [] });
      series.ts.push(ts);
      series.value.push(value);
    }
    for (const { type, ...body } of events)
      await db.owner.pool.query(
        `with e as (insert into telemetry.device_event (id, organization, device_id, equipment_id, ts, ordinal, seq, type, body, quality, received_at)
           select gen_random_uuid(), d.organization, d.id, d.equipment_id, $2, $3, null, $4, $5, 192, $2 from core.device d where d.equipment_id = $1
           returning id, organization)
         insert into telemetry.device_event_pending (organization, event_id) select organization, id from e`,
        [equipment.get(code), ts, ++ordinal, type, JSON.stringify(body)],
      );
  }
  for (const [signal, { ts, value }] of Object.entries(samples))
    await db.owner.pool.query(
      `insert into telemetry.sample (series, ts, ordinal, value, quality)
       select s.id, t, n, v, 192 from telemetry.series s, unnest($3::timestamptz[], $4::double precision[]) with ordinality as u (t, v, n)
       where s.equipment_id = $1 and s.signal = $2`,
      [equipment.get(code), signal, ts, value],
    );
}

interface Check {
  releasable: boolean;
  findings: { predicate: string; holds: boolean; words: { en: string } }[];
}
const lotOf = (order: string) => (answers[order] as { lot: string }).lot;
const refused = async (lot: string) =>
  ((await say(maker, 'lifecycle.lots.checkRelease', { lot })) as Check).findings
    .filter(({ holds }) => !holds)
    .map(({ predicate, words }) => `${predicate}: ${words.en}`);

beforeAll(async () => {
  db = await createTestDatabase();
  await enableVertical(db.owner, verticals[0] as LoadedVertical);
  for (const code of [maker, hospital, rival]) {
    organizations.set(code, await createTestOrganization(db, code));
    await say(code, 'verticals.enable', { vertical: 'medical-device' });
  }
  for (const { organization, code, name, model, parent } of medicalDeviceStory.equipment) {
    const made = (await say(organization, 'equipment.create', { code, name, model, parent })) as { id: string };
    await say(organization, 'equipment.devices.create', { equipment: made.id, device: code });
    equipment.set(code, made.id);
  }
  await tell(medicalDeviceStory.calls);
  for (const order of medicalDeviceStory.orders) await begin(order);
  clock = () => new Date();
  await sterilize('sterilizer-01', 'wrapped-134', [], 2);
  await sterilize('sterilizer-02', 'polymer-121', ['cold_probe'], 1);
  const problems: object[] = [];
  const log = { warn: (details: object) => void problems.push(details), error: (details: object) => void problems.push(details) };
  await core.createProjector({ database: db.database, clock: () => new Date(), log }).drain();
  expect(problems).toEqual([]);
}, 120_000);
afterAll(() => db.close());

describe('the medical-device cloud on the platform', () => {
  it('releases no lot before its history record is complete, and names what is missing', async () => {
    expect(await refused(lotOf('RH-2026-0301'))).toEqual([
      'medical-device.history: Missing: the UDI of the lot; material lots issued into it; an inspection',
    ]);
    const cold = await refused(lotOf('RH-2026-0302'));
    expect(cold.join(' ')).toMatch(/medical-device\.sterilization: .*F₀ [\d.]+ min at the coldest place \(Load probe 3\)/);
  });

  it('ends with units that the hospital accepted and used at two patients', async () => {
    await tell(medicalDeviceStory.epilogue ?? []);
    const { items } = (await say(hospital, 'medical-device.use.list', {})) as {
      items: { patient: string; quantity: number; lotNumber: string }[];
    };
    expect(items).toHaveLength(3);
    expect(new Set(items.map(({ patient }) => patient)).size).toBe(2);
    expect(items[0]).toMatchObject({ quantity: 1, lotNumber: 'KN2611A' });
    const ofOne = { patient: 'mrn-100231' };
    expect(await say(hospital, 'medical-device.use.list', ofOne)).toMatchObject({ items: [{}, {}] });
  });

  it('turns a scanned box into units of use', async () => {
    const box = { scan: '(01)16901234567899(10)KN2611A', patient: 'MRN-100500' };
    expect(await say(hospital, 'medical-device.use.record', box)).toMatchObject({ quantity: 10, di: '06901234567892', warnings: [] });
    const late = { scan: '(01)06901234567892(10)KN2611A', patient: 'MRN-100500' };
    const before = clock;
    clock = () => new Date('2030-01-01T00:00:00Z');
    const warned = (await say(hospital, 'medical-device.use.record', late)) as { warnings: { en: string }[] };
    clock = before;
    expect(warned.warnings[0]?.en).toContain('2029-11-01');
    const scans = `26901234567896\n26901234567896\n16901234567899\n06901234567892\n96385074`;
    expect(await say(maker, 'medical-device.packaging.count', { scans })).toMatchObject({
      total: 491,
      scanned: 5,
      unknown: ['00000096385074'],
    });
  });

  it('keeps the patient from the maker, and the number of the patient from everything', async () => {
    const lot = lotOf('RH-2026-0301');
    const seen = JSON.stringify([
      await say(maker, 'lifecycle.activities.list', { thing: lot, limit: 100 }),
      await say(maker, 'lifecycle.trace', { thing: lot }),
      await say(maker, 'medical-device.use.list', {}),
      await say(maker, 'medical-device.recall.patients', { lot }),
    ]);
    expect(seen).toContain('"used"');
    expect(seen).not.toMatch(/P-[0-9a-f]{32}/);
    const { rows: tables } = await db.owner.pool.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_schema in ('core', 'vertical_medical_device') and table_type = 'BASE TABLE'`,
    );
    expect(tables.length).toBeGreaterThan(30);
    for (const { name } of tables) {
      const { rows } = await db.owner.pool.query(`select 1 from ${name} t where t::text ilike '%MRN-100231%' limit 1`);
      expect({ name, rows }).toEqual({ name, rows: [] });
    }
  });

  it('gives the same patient another pseudonym at another hospital, whose key it has not', async () => {
    const { rows } = await db.owner.pool.query<{ organization: string }>('select organization from vertical_medical_device.pseudonym_key');
    expect(rows).toEqual([{ organization: organizations.get(hospital)?.id }]);
    expect(await say(rival, 'medical-device.use.list', { patient: 'MRN-100231' })).toMatchObject({ items: [] });
  });

  it('traces a material to the hospital, and a use back to the materials', async () => {
    const material = (answers['steriGauze'] as { id: string }).id;
    const told = (await say(maker, 'medical-device.recall.hospitals', { lot: material })) as { chart: unknown };
    // Two cycles of 24 units; three used singly, a box of ten, and one that had expired.
    expect(told).toMatchObject({ received: '48', used: '14', left: '34', complete: true, places: [{ organization: hospital }] });
    expect(chartSchema.safeParse(told.chart).success).toBe(true);
    const lot = lotOf('RH-2026-0301');
    expect(await say(hospital, 'medical-device.recall.patients', { lot })).toMatchObject({ count: 3, units: 14, complete: true });
    const back = (await say(hospital, 'medical-device.recall.materials', { lot })) as {
      materials: { code: string | null }[];
      hidden: number;
    };
    // The maker granted one of the two; the other is a token without a name.
    expect(back.materials.map(({ code }) => code).sort()).toEqual(['GAUZE-2610-12', null]);
    expect(back.hidden).toBe(1);
    expect(JSON.stringify(back)).not.toContain('SMS-2610-07');
    expect(await say(maker, 'medical-device.recall.materials', { lot })).toMatchObject({ hidden: 0 });
    expect(await failure(say(rival, 'medical-device.recall.hospitals', { lot }))).toMatch(/not_found$/);
    expect(await failure(say(rival, 'medical-device.recall.patients', { lot }))).toMatch(/not_found$/);
  });

  it('follows a serial number to the unit, which is used once in the hands of its holder', async () => {
    const quantity = { value: '2', unit: 'H87' };
    const { id: lot } = (await say(maker, 'lifecycle.lots.register', { code: 'IMP-1', quantity })) as { id: string };
    await say(maker, 'lifecycle.units.make', { lot, serials: ['S-1', 'S-2'] });
    await say(maker, 'medical-device.udi.assign', { lot, di: '6291041500213' });
    const scan = '(01)06291041500213(10)IMP-1(21)S-1';
    const use = { scan, patient: 'A1' };
    expect(await failure(say(hospital, 'medical-device.use.record', use))).toBe('medical-device.device_unknown');
    const { version } = (await say(maker, 'lifecycle.lots.get', { lot })) as { version: number };
    await say(maker, 'lifecycle.lots.release', { lot, version });
    await say(maker, 'lifecycle.activities.record', { kind: 'shipped', receiver: hospital, inputs: [{ thing: lot, quantity: '2' }] });
    expect(await say(hospital, 'medical-device.use.record', use)).toMatchObject({ serial: 'S-1', quantity: 1, unit: expect.any(String) });
    expect(await failure(say(hospital, 'medical-device.use.record', { ...use, scan: scan.replace('S-1', 'S-9') }))).toBe(
      'medical-device.serial_unknown',
    );
    expect(await failure(say(maker, 'medical-device.use.record', use))).toBe('lifecycle.not_held');
  });

  it('refuses codes, labels and packages that do not hold, by name', async () => {
    const lot = lotOf('RH-2026-0301');
    const scan = (text: string) => failure(say(hospital, 'medical-device.use.record', { scan: text, patient: 'A1' }));
    expect(await scan('(01)06901234567893(10)KN2611A')).toBe('medical-device.code_unreadable');
    expect(await scan('+$$20928053C001/S0001/16D20000101XQ')).toBe('medical-device.code_unreadable');
    expect(await scan('(01)06901234567892(10)OTHER')).toBe('medical-device.device_unknown');
    expect(await failure(say(maker, 'medical-device.udi.assign', { lot, di: '6901234567892' }))).toBe('medical-device.lot_labelled');
    const long = { lot: lotOf('RH-2026-0302'), di: '+A123BJC5D6E71G', lotNumber: 'lower case' };
    expect(await failure(say(maker, 'medical-device.udi.assign', long))).toBe('medical-device.code_refused');
    expect(await failure(say(hospital, 'medical-device.udi.assign', { lot, di: '6901234567892' }))).toBe('medical-device.device_unknown');
    const declare = (input: object) => failure(say(maker, 'medical-device.packaging.declare', input));
    expect(await declare({ product: 'X', unit: '6291041500213', carton: '06291041500213', cartonHolds: 5 })).toBe(
      'medical-device.packaging_refused',
    );
    expect(await declare({ product: 'SP-24', unit: '6291041500213' })).toBe('medical-device.packaging_taken');
    const inspection = { lot, plan: 'AQL 0.65', sampled: 2, defects: 3 };
    expect(await failure(say(maker, 'medical-device.history.inspect', inspection))).toBe('medical-device.inspected_more');
  });

  it('shows labels to those who see the lot, and packaging to its owner alone', async () => {
    const labels = async (who: string) => ((await say(who, 'medical-device.udi.labels', {})) as { items: { lotNumber: string }[] }).items;
    expect((await labels(hospital)).map(({ lotNumber }) => lotNumber)).toEqual(['IMP-1', 'KN2611A']);
    expect(await labels(rival)).toEqual([]);
    const first = (await say(maker, 'medical-device.packaging.list', { limit: 2 })) as { items: unknown[]; next: string };
    expect(first.items).toHaveLength(2);
    expect(await say(maker, 'medical-device.packaging.list', { cursor: first.next })).toMatchObject({
      items: [{ level: 'carton' }],
      next: null,
    });
    expect(await say(hospital, 'medical-device.packaging.list', {})).toMatchObject({ items: [] });
  });

  it('reads and writes codes for people', async () => {
    const parsed = (await say(rival, 'medical-device.udi.parse', { scan: '+A123BJC5D6E71C' })) as never;
    expect(parsed).toMatchObject({
      identification: { di: 'A123BJC5D6E71', issuerWords: { en: 'HIBCC' } },
      issueLines: { zh: '校验字符为 C，应为 G。' },
    });
    const device = { issuer: 'gs1', di: '06901234567892', lot: 'A1', expiry: '2027-02-28' };
    expect(await say(rival, 'medical-device.udi.encode', device)).toMatchObject({
      printed: '(01)06901234567892(17)270228(10)A1',
      issues: [],
    });
    expect(await say(rival, 'medical-device.udi.encode', { ...device, di: '1' })).toMatchObject({ code: null, issues: [{}] });
  });
});
