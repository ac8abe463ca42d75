import { createCore } from '@yunfab/core';
import { createCallerFactory } from '@yunfab/core/commands';
import { startSequencer, verifyFeed } from '@yunfab/core/events';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization, testContext } from '@yunfab/core/testing';
import { chartSchema, drawingSchema, enableVertical, type LoadedVertical, loadVerticals } from '@yunfab/core/verticals';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { chen, luo } from './body/bodies.fixture.js';
import { apparel } from './index.js';
import { routingOf } from './routing/index.js';

const verticals = loadVerticals([{ source: '@yunfab/vertical-apparel', exported: apparel }], { platformVersion: '0.1.0' });
const createCaller = createCallerFactory(createCore({ verticals }).router);
let db: TestDatabase;
let brand: TestOrganization;
let factory: TestOrganization;
let rival: TestOrganization;

type Reply = Record<string, unknown> & { readonly items: readonly Record<string, unknown>[] };
type Call = (input: object) => Promise<Reply>;
type Tree = { readonly [name: string]: Tree & Call };
// The vertical's procedures are known to clients by its ref, not to the core that hosts it.
const as = (who: TestOrganization) => createCaller(testContext(db, who)) as unknown as Tree;
const own = (who: TestOrganization) => as(who)['apparel'] as Tree;
const ask = (who: TestOrganization, path: string, input: object): Promise<Reply> =>
  (path.split('.').reduce<Tree>((tree, name) => tree[name] as Tree, own(who)) as unknown as Call)(input);
const askCore = (who: TestOrganization, path: string, input: object): Promise<Reply> =>
  (path.split('.').reduce<Tree>((tree, name) => tree[name] as Tree, as(who)) as unknown as Call)(input);

beforeAll(async () => {
  db = await createTestDatabase();
  [brand, factory, rival] = [
    await createTestOrganization(db, 'brand'),
    await createTestOrganization(db, 'factory'),
    await createTestOrganization(db, 'rival'),
  ];
  await enableVertical(db.owner, verticals[0] as LoadedVertical);
  for (const who of [brand, factory, rival]) await askCore(who, 'verticals.enable', { vertical: 'apparel' });
  for (const [code, shade] of [
    ['R-1', 'D-1'],
    ['R-2', 'D-1'],
    ['R-3', 'D-2'],
  ])
    await ask(factory, 'rolls.create', { code, shade, width: 1500, length: 60 });
});
afterAll(() => db.close());

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => ({ code: 'nothing failed', message: '' }),
    (error: { cause?: { code?: string }; code?: string; message: string }) => ({
      code: error.cause?.code ?? error.code,
      message: error.message,
    }),
  );

const choice = { garment: 'shirt', fit: 'regular' } as const;
let count = 0;

/** A person's order, sent to the factory and in production there. */
async function sent(more: object = {}) {
  const number = `MTM-${++count}`;
  const placed = await ask(brand, 'madeToMeasure.place', { ...chen, ...choice, number, name: '陈一舟', consent: true, ...more });
  const order = await ask(brand, 'madeToMeasure.send', { id: placed['id'], supplier: 'factory', unitPrice: '168.00' });
  const accepted = await askCore(factory, 'orders.accept', { order: order['order'], version: order['orderVersion'] });
  const started = await askCore(factory, 'orders.start', { order: order['order'], version: accepted['version'], line: order['line'] });
  return { number, placed, order, lot: started['lot'] as string, job: started['job'] as string };
}

const reads = (more = {}) =>
  routingOf({ ...choice, ...more }).flatMap(({ id }) =>
    (['in', 'out'] as const).map((direction) => ({ operation: id, direction, station: `S-${id}` })),
  );
const sound = { collar: 400, chest: 1042, waist: 981, hip: 1040, shoulder: 458, sleeve: 574, cuff: 248 };

describe('from the body', () => {
  it('drafts size, pattern, routing and price, as picture and file', async () => {
    const design = await ask(brand, 'designs.draft', { ...chen, ...choice, monogram: 'CYT' });
    expect(design).toMatchObject({ size: '175/96A', bodyType: 'A', issues: [], price: '429', currency: 'CNY' });
    expect(drawingSchema.safeParse(design['drawing']).success).toBe(true);
    const dxf = await ask(brand, 'designs.export', { ...chen, ...choice, format: 'dxf' });
    expect(dxf['content']).toContain('Piece Name: SLEEVE');
    const other = await ask(brand, 'designs.export', { ...luo, ...choice, format: 'dxf' });
    expect(other['digest']).not.toBe(dxf['digest']);
  });
  it('answers a form with every issue, and refuses an order with them in words', async () => {
    const wrong = { ...chen, ...choice, waist: 99, inseam: 97 };
    const design = await ask(brand, 'designs.draft', wrong);
    expect(design).toMatchObject({ size: null, drawing: null, price: null });
    expect((design['issues'] as { at: string }[]).map(({ at }) => at)).toEqual(
      expect.arrayContaining(['measurements.waist', 'measurements.inseam']),
    );
    const { code, message } = await failure(ask(brand, 'madeToMeasure.place', { ...wrong, number: 'W', name: 'W', consent: true }));
    expect(code).toBe('apparel.body_refused');
    expect(message).toContain('waist 99, inseam 97');
  });
  it('lays its pieces on the fabric without an overlap, in one direction on a nap', async () => {
    const marker = await ask(brand, 'markers.make', { ...chen, ...choice, seconds: 0.5 });
    // Two fronts, back, two sleeves, four cuffs, two stands and two collars.
    expect(marker).toMatchObject({ pieces: 13, overlaps: 0, issues: [] });
    expect(marker['length']).toBeLessThan(2);
    expect(drawingSchema.safeParse(marker['drawing']).success).toBe(true);
    const napped = await ask(brand, 'markers.make', { ...chen, ...choice, nap: true, seconds: 0.3 });
    expect(JSON.stringify(napped['drawing'])).not.toContain('180°');
    expect(await ask(brand, 'markers.make', { ...chen, ...choice, waist: 140 })).toMatchObject({ length: null, drawing: null });
  });
  it('balances a line with its chart', async () => {
    const line = await ask(brand, 'lines.balance', { garment: 'shirt', takt: 3 });
    expect(line['optimal']).toBe(true);
    expect(chartSchema.safeParse(line['chart']).success).toBe(true);
    expect(await ask(brand, 'lines.balance', { garment: 'shirt', takt: 1 })).toMatchObject({ chart: null, count: null });
  });
});

describe('the order of a person', () => {
  it('needs consent', async () => {
    expect((await failure(ask(brand, 'madeToMeasure.place', { ...chen, ...choice, number: 'N', name: 'N' }))).code).toBe(
      'apparel.consent_needed',
    );
  });
  it('is seen by its brand alone until it is sent, then by the factory with its pattern, never with its body', async () => {
    const number = 'SEEN-1';
    const placed = await ask(brand, 'madeToMeasure.place', { ...chen, ...choice, number, name: '陈一舟', consent: true });
    const seen = async (who: TestOrganization) =>
      (await ask(who, 'madeToMeasure.list', {})).items.some((each) => each['number'] === number);
    expect([await seen(brand), await seen(factory), await seen(rival)]).toEqual([true, false, false]);
    await ask(brand, 'madeToMeasure.send', { id: placed['id'], supplier: 'factory', unitPrice: '168' });
    expect([await seen(factory), await seen(rival)]).toEqual([true, false]);
    const pattern = await ask(factory, 'madeToMeasure.pattern', { id: placed['id'] });
    expect(pattern['digest']).toBe(placed['digest']);
    expect(await ask(factory, 'markers.ofOrder', { id: placed['id'], seconds: 0.3 })).toMatchObject({ pieces: 13, overlaps: 0 });
    expect((await failure(ask(rival, 'markers.ofOrder', { id: placed['id'] }))).code).toBe('apparel.order_unknown');
    expect((await failure(ask(rival, 'madeToMeasure.pattern', { id: placed['id'] }))).code).toBe('apparel.order_unknown');
    expect((await failure(askCore(factory, 'commerce.consumerOrders.person', { consumerOrder: placed['consumerOrder'] }))).code).toMatch(
      /NOT_FOUND|not_found|BAD_REQUEST/,
    );
    expect((await failure(ask(brand, 'madeToMeasure.send', { id: placed['id'], supplier: 'factory', unitPrice: '1' }))).code).toBe(
      'apparel.already_sent',
    );
  });
  it('holds nothing of the body in the shared order', async () => {
    const { order } = await sent();
    const shared = JSON.stringify(await askCore(factory, 'orders.get', { order: order['order'] }));
    expect(shared).toContain('apparel/made-to-measure@1');
    expect(shared).not.toMatch(/shoulder_width|arm_length|56\.5|44\.4|陈一舟/);
  });
  it('is erased when consent ends, for brand and factory, and the rest stays readable', async () => {
    const { placed, order } = await sent();
    const answer = await ask(brand, 'madeToMeasure.withdraw', { id: placed['id'] });
    expect(answer['pattern']).toBe(false);
    for (const who of [brand, factory])
      expect((await failure(ask(who, 'madeToMeasure.pattern', { id: placed['id'] }))).code).toBe('apparel.measurements_erased');
    const row = await db.owner.pool.query('select sex, pattern from vertical_apparel.made_to_measure where id = $1', [placed['id']]);
    expect(row.rows).toEqual([{ sex: null, pattern: null }]);
    expect(await askCore(factory, 'orders.get', { order: order['order'] })).toMatchObject({ id: order['order'] });
    const person = await askCore(brand, 'commerce.consumerOrders.person', { consumerOrder: placed['consumerOrder'] });
    expect(person['measurements']).toBeNull();
    const sequencer = startSequencer({ system: db.database.system });
    await vi.waitFor(async () => {
      const { rows } = await db.owner.pool.query('select 1 from core.event_pending limit 1');
      expect(rows).toEqual([]);
    }, 30_000);
    await sequencer.stop();
    const { bad, entries } = await verifyFeed(db.database.system);
    expect(bad).toEqual([]);
    expect(entries).toBeGreaterThan(0);
    expect((await failure(ask(factory, 'garments.begin', { madeToMeasure: placed['id'], tag: 'LATE' }))).code).toBe(
      'apparel.measurements_erased',
    );
  });
});

describe('one tagged garment', () => {
  it('goes through its own routing to an accepted unit', async () => {
    const { placed, order, lot, job } = await sent({ monogram: 'CYT' });
    const tag = 'TAG-1';
    const begun = await ask(factory, 'garments.begin', { madeToMeasure: placed['id'], tag, lot });
    expect(begun).toMatchObject({ tag, next: 'cut', done: 0 });
    const gate = async () => {
      const { findings } = (await askCore(factory, 'lifecycle.lots.checkRelease', { lot })) as unknown as {
        findings: readonly { predicate: string; holds: boolean; words: { en: string } }[];
      };
      return findings.find(({ predicate }) => predicate === 'apparel.garment');
    };
    expect((await gate())?.words.en).toContain('TAG-1 has not done cut, fuse');

    expect((await failure(ask(factory, 'garments.read', { tag, reads: reads({ monogram: true }).slice(0, 2) }))).code).toBe(
      'apparel.not_cut',
    );
    expect((await ask(factory, 'garments.cut', { tag, roll: 'R-1', others: [{ piece: 'cuff', roll: 'R-2' }] }))['shade']).toBe('D-1');
    const refused = await failure(ask(factory, 'garments.read', { tag, reads: [{ operation: 'press', direction: 'in', station: 'P' }] }));
    expect(refused).toMatchObject({ code: 'apparel.operation_waits' });
    expect(refused.message).toContain('has to wait for buttons');
    await ask(factory, 'garments.read', { tag, reads: reads({ monogram: true }).slice(0, 3) });
    // The brand follows each step.
    expect((await ask(brand, 'garments.track', { tag }))['garment']).toMatchObject({ done: 1, here: expect.stringContaining('@') });
    expect((await failure(ask(rival, 'garments.track', { tag }))).code).toBe('apparel.garment_unknown');
    await ask(factory, 'garments.read', { tag, reads: reads({ monogram: true }).slice(3) });
    expect((await gate())?.words.en).toContain('has not been measured');

    await ask(factory, 'garments.check', { tag, ...sound, collar: 412 });
    expect(await gate()).toMatchObject({
      holds: false,
      words: { en: expect.stringContaining('Collar is 412 mm, +12 mm from the pattern (±6)') },
    });
    expect(await ask(factory, 'garments.check', { tag, ...sound })).toMatchObject({ checkHolds: true, complete: true });
    expect(await gate()).toMatchObject({
      holds: true,
      words: { en: 'TAG-1: every operation done, one shade, 7 measurements within tolerance' },
    });

    const { version } = await askCore(factory, 'production.jobs.get', { job });
    const counted = await askCore(factory, 'production.countByHand', { job, version, good: '1', reason: 'one garment' });
    const closed = await askCore(factory, 'production.lots.close', { job, version: counted['version'], lot, openNext: false });
    await askCore(factory, 'lifecycle.lots.release', { lot, version: (closed['lot'] as { version: number }).version });
    const now = await askCore(factory, 'orders.get', { order: order['order'] });
    const shipped = await askCore(factory, 'orders.ship', {
      order: order['order'],
      version: now['version'],
      lines: [{ line: order['line'], lot, quantity: '1' }],
    });
    const [shipment] = shipped['shipments'] as readonly { id: string; lines: readonly { id: string }[] }[];
    const received = await askCore(brand, 'orders.receive', { order: order['order'], version: shipped['version'], shipment: shipment?.id });
    await askCore(brand, 'orders.inspect', {
      order: order['order'],
      version: received['version'],
      lines: [{ shipmentLine: shipment?.lines[0]?.id, accepted: '1' }],
    });
    const unit = begun['unit'] as string;
    const page = JSON.stringify(await askCore(brand, 'lifecycle.units.get', { unit }));
    expect(page).toContain(tag);
    // The fabric roll stands behind the unit.
    expect(JSON.stringify(await askCore(factory, 'lifecycle.trace', { thing: unit, direction: 'backward' }))).toContain('R-1');
  });
  it('refuses pieces of two shade lots, with the pieces named', async () => {
    const { placed } = await sent();
    await ask(factory, 'garments.begin', { madeToMeasure: placed['id'], tag: 'TAG-2' });
    const { code, message } = await failure(
      ask(factory, 'garments.cut', { tag: 'TAG-2', roll: 'R-1', others: [{ piece: 'sleeve', roll: 'R-3' }] }),
    );
    expect(code).toBe('apparel.shade_mixed');
    expect(message).toContain('D-2 (sleeve ← R-3)');
    expect((await failure(ask(factory, 'garments.cut', { tag: 'TAG-2', roll: 'R-9' }))).code).toBe('apparel.roll_unknown');
    expect(
      (await failure(ask(factory, 'garments.cut', { tag: 'TAG-2', roll: 'R-1', others: [{ piece: 'hood', roll: 'R-1' }] }))).code,
    ).toBe('apparel.piece_unknown');
  });
  it('has a tag that no other garment has, and an order that was sent', async () => {
    const { placed } = await sent();
    expect((await failure(ask(factory, 'garments.begin', { madeToMeasure: placed['id'], tag: 'TAG-2' }))).code).toBe('apparel.tag_taken');
    const unsent = await ask(brand, 'madeToMeasure.place', { ...chen, ...choice, number: 'UNSENT', name: 'N', consent: true });
    expect((await failure(ask(brand, 'garments.begin', { madeToMeasure: unsent['id'], tag: 'TAG-9' }))).code).toBe('apparel.not_sent');
  });
  it('keeps nothing of a call that holds a wrong read', async () => {
    const { placed } = await sent();
    await ask(factory, 'garments.begin', { madeToMeasure: placed['id'], tag: 'TAG-4' });
    await ask(factory, 'garments.cut', { tag: 'TAG-4', roll: 'R-1' });
    const wrong = [...reads().slice(0, 2), { operation: 'hem', direction: 'in' as const, station: 'S' }];
    expect((await failure(ask(factory, 'garments.read', { tag: 'TAG-4', reads: wrong }))).code).toBe('apparel.operation_waits');
    expect((await ask(factory, 'garments.track', { tag: 'TAG-4' }))['garment']).toMatchObject({ done: 0, next: 'cut' });
  });
});

describe('an order without a garment', () => {
  it('is not released', async () => {
    const { lot } = await sent();
    const { findings } = (await askCore(factory, 'lifecycle.lots.checkRelease', { lot })) as unknown as {
      findings: readonly { predicate: string; holds: boolean }[];
    };
    expect(findings).toContainEqual(expect.objectContaining({ predicate: 'apparel.garment', holds: false }));
  });
});
