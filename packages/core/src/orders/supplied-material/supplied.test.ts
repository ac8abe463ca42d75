import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import { createFloor, type Floor, failure } from '../floor.fixture.js';
import { findLedgerViolations } from '../index.js';
import { createTrade, type Trade } from '../subcontract/chain.fixture.js';
import { consumptionOf } from './view.js';

let db: TestDatabase;
let floor: Floor;
let trade: Trade;
let buyer: TestOrganization;
let supplier: TestOrganization;
let stranger: TestOrganization;
let made = 0;

beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db);
  trade = createTrade(floor);
  buyer = await createTestOrganization(db, 'buyer');
  supplier = await createTestOrganization(db, 'supplier');
  stranger = await createTestOrganization(db, 'stranger');
});
afterAll(() => db.close());

let order: string;
let line: string;
let lot: string;
let material: string;
beforeEach(async () => {
  const agreed = await trade.agreed(buyer, supplier, ['10']);
  order = agreed.id;
  line = agreed.lines[0]?.id ?? '';
  const given = { description: 'Steel strip', unit: 'KGM' as const, line, perUnit: '2', lossPercent: '5' };
  const view = await floor.as(buyer).orders.suppliedMaterial.agree({ order, version: agreed.version, ...given });
  material = view.materials[0]?.id ?? '';
  lot = (await floor.as(buyer).lifecycle.lots.register({ code: `STEEL-${++made}`, quantity: { value: '100', unit: 'KGM' } })).id;
  const { version } = await floor.as(buyer).lifecycle.lots.get({ lot });
  await floor.as(buyer).lifecycle.lots.release({ lot, version });
});

const sound = async () => expect(await findLedgerViolations(db.owner)).toEqual([]);
const seen = async (who: TestOrganization) => (await floor.as(who).orders.suppliedMaterial.of({ order })).materials[0];
type Entry = 'send' | 'receive' | 'use' | 'scrap' | 'return' | 'writeOff';
async function enter(who: TestOrganization, what: Entry, quantity: string) {
  const { version = 1 } = (await seen(who)) ?? {};
  await floor.as(who).orders.suppliedMaterial[what]({ order, material, version, lot, quantity, reason: 'so it is' });
  await sound();
}
const refused = (who: TestOrganization, what: Entry, quantity: string) => failure(enter(who, what, quantity));
const job = async (ofOrder: string, ofLine: string, quantity: string) =>
  floor.as(supplier).orders.start({ ...(await trade.at(supplier, ofOrder)), line: ofLine, quantity });
const issue = async (into: string, quantity: string) => {
  const { version } = await floor.as(supplier).production.jobs.get({ job: into });
  return floor.as(supplier).production.materials.issue({ job: into, version, thing: lot, quantity });
};

it('goes there, is used for its order, comes back or is written off, and only then is the order closed', async () => {
  await enter(buyer, 'send', '30');
  expect((await floor.as(buyer).lifecycle.lots.get({ lot })).shipped).toBe('30');
  await enter(supplier, 'receive', '28');
  expect((await seen(supplier))?.balance).toMatchObject({ sent: '30', received: '28', onTheWay: '2', withSupplier: '28', open: '30' });

  const { job: own, lot: product } = await job(order, line, '10');
  await issue(own, '21');
  await sound();
  expect((await seen(buyer))?.balance).toMatchObject({ used: '21', withSupplier: '7' });
  expect((await seen(buyer))?.entries[0]).toMatchObject({ kind: 'used', byIssue: true, quantity: { value: '21', unit: 'KGM' } });
  expect(
    (await floor.as(supplier).lifecycle.trace({ thing: product, direction: 'backward', limit: 10 })).nodes.map(({ node }) => node),
  ).toEqual([product, lot]);

  // Not for another order, not as stock of one's own, by whatever way.
  const other = await trade.agreed(buyer, supplier, ['5']);
  const { job: foreign } = await job(other.id, other.lines[0]?.id ?? '', '5');
  expect(await failure(issue(foreign, '1'))).toBe('supplied.other_order');
  expect(await failure(issue(own, '8'))).toBe('supplied.other_order');
  const use = { kind: 'used' as const, inputs: [{ thing: lot, quantity: '1' }] };
  expect(await failure(floor.as(supplier).lifecycle.activities.record(use))).toBe('lifecycle.holds_less');
  const lots = await floor.as(supplier).lifecycle.lots.get({ lot });
  expect(await failure(floor.as(supplier).lifecycle.lots.split({ lot, version: lots.version, parts: [{ quantity: '1' }] }))).toBe(
    'lifecycle.holds_less',
  );

  await enter(supplier, 'scrap', '1');
  await enter(supplier, 'return', '6');
  expect((await floor.as(buyer).lifecycle.lots.get({ lot })).shipped).toBe('24');
  const { version } = await floor.as(supplier).production.jobs.get({ job: own });
  await floor.as(supplier).production.countByHand({ job: own, version, good: '10', reason: 'made' });
  expect((await seen(buyer))?.consumption).toEqual({
    goodUnits: '10',
    expected: '20',
    allowed: '21',
    actual: '22',
    excess: '1',
    loss: '10',
  });
  const now = await floor.as(supplier).production.jobs.get({ job: own });
  await floor.as(supplier).production.lots.close({ job: own, version: now.version, lot: product, openNext: false });
  await floor
    .as(supplier)
    .lifecycle.lots.release({ lot: product, version: (await floor.as(supplier).lifecycle.lots.get({ lot: product })).version });
  await trade.ship(supplier, order, line, product, '10');
  const accepted = await trade.accept(buyer, order, '10');
  expect(accepted.moves.find(({ move }) => move === 'close')).toMatchObject({ allowed: false, reason: { code: 'orders.material_open' } });
  const close = async () => floor.as(buyer).orders.close(await trade.at(buyer, order));
  expect(await failure(close())).toBe('orders.material_open');
  await enter(buyer, 'writeOff', '2');
  expect((await close()).state).toBe('closed');
  await sound();
});

it('what was issued by mistake is bound to its order again', async () => {
  await enter(buyer, 'send', '10');
  await enter(supplier, 'receive', '10');
  const { job: own } = await job(order, line, '10');
  const { materials } = await issue(own, '4');
  const { version } = await floor.as(supplier).production.jobs.get({ job: own });
  await floor.as(supplier).production.materials.reverse({ job: own, version, issue: materials[0]?.id ?? '', reason: 'wrong coil' });
  await sound();
  expect((await seen(buyer))?.balance).toMatchObject({ used: '0', withSupplier: '10' });
  const entry = (await seen(supplier))?.entries.find(({ reverses }) => reverses === null)?.id ?? '';
  expect(entry).not.toBe('');
  const use = { kind: 'used' as const, inputs: [{ thing: lot, quantity: '1' }] };
  expect(await failure(floor.as(supplier).lifecycle.activities.record(use))).toBe('lifecycle.holds_less');
});

it('takes back what was entered by mistake, as far as nothing rests on it', async () => {
  await enter(buyer, 'send', '10');
  const reverse = async (who: TestOrganization, kind: string, quantity: string) => {
    const { version = 1, entries = [] } = (await seen(who)) ?? {};
    const entry = entries.find((each) => each.kind === kind && each.reverses === null)?.id ?? order;
    return failure(floor.as(who).orders.suppliedMaterial.reverse({ order, material, version, entry, quantity, reason: 'mistake' }));
  };
  await enter(supplier, 'receive', '8');
  expect(await reverse(buyer, 'sent', '3')).toBe('supplied.more_than_there');
  expect(await reverse(supplier, 'sent', '1')).toBe('supplied.entry_unknown');
  expect(await reverse(buyer, 'sent', '2')).toBe('nothing failed');
  await sound();
  expect((await floor.as(buyer).lifecycle.lots.get({ lot })).shipped).toBe('8');
  await enter(supplier, 'scrap', '5');
  expect(await reverse(supplier, 'received', '4')).toBe('supplied.more_than_there');
  expect(await reverse(supplier, 'scrapped', '5')).toBe('nothing failed');
  await enter(supplier, 'return', '8');
  expect(await reverse(supplier, 'returned', '1')).toBe('nothing failed');
  await sound();
  expect((await seen(buyer))?.balance).toMatchObject({ sent: '8', returned: '7', withSupplier: '1' });
});

it('each kind belongs to its side; strangers find nothing', async () => {
  expect(await refused(supplier, 'send', '1')).toBe('supplied.not_your_side');
  expect(await refused(buyer, 'receive', '1')).toBe('supplied.not_your_side');
  expect(await refused(supplier, 'writeOff', '1')).toBe('supplied.not_your_side');
  expect(await refused(supplier, 'receive', '1')).toBe('supplied.lot_unknown');
  expect(await refused(stranger, 'send', '1')).toBe('request.not_found');
  const send = { order, material, version: 9, lot, quantity: '1' };
  expect(await failure(floor.as(buyer).orders.suppliedMaterial.send(send))).toBe('supplied.version_stale');
  const pieces = (await floor.as(buyer).lifecycle.lots.register({ code: `PCS-${++made}`, quantity: { value: '5', unit: 'H87' } })).id;
  expect(await failure(floor.as(buyer).orders.suppliedMaterial.send({ ...send, version: 1, lot: pieces }))).toBe('supplied.unit_differs');
  expect(await refused(buyer, 'send', '101')).toBe('lifecycle.holds_less');
  await enter(buyer, 'send', '5');
  expect(await refused(supplier, 'receive', '6')).toBe('supplied.more_than_there');
  expect(await refused(supplier, 'use', '1')).toBe('supplied.more_than_there');
});

it('consumption beside the agreed rate', () => {
  const at = (used: string, scrapped = '0') => ({ per_unit: '0.333333', loss_percent: '3', used, scrapped });
  expect(consumptionOf(at('34', '1.5'), '100')).toEqual({
    ...{ goodUnits: '100', expected: '33.3333', allowed: '34.333299', actual: '35.5', excess: '1.166701', loss: '6.5' },
  });
  expect(consumptionOf({ ...at('0'), per_unit: null }, '100')).toBeNull();
  expect(consumptionOf(at('1'), '0')).toMatchObject({ loss: null, excess: '1' });
});

it('any interleaving of entries conserves the material', { timeout: 180_000 }, async () => {
  const step = fc.tuple(
    fc.constantFrom<Entry>('send', 'send', 'receive', 'receive', 'use', 'scrap', 'return', 'writeOff'),
    fc.integer({ min: 1, max: 9 }).map(String),
  );
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 14 }), async (story) => {
      for (const [what, quantity] of story)
        outcomes.add(await refused(what === 'send' || what === 'writeOff' ? buyer : supplier, what, quantity));
    }),
    { numRuns: 4 },
  );
  expect([...outcomes].sort()).toEqual(expect.arrayContaining(['nothing failed', 'supplied.more_than_there']));
  expect(outcomes).not.toContain('request.internal');
});
