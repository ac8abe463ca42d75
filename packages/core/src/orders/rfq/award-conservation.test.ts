import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import { createFloor, type Floor, failure } from '../floor.fixture.js';
import { findLedgerViolations } from '../index.js';
import { offer, openRequest, request, uploadDrawing } from './rfq.fixture.js';

let db: TestDatabase;
let floor: Floor;
let buyer: TestOrganization;
let suppliers: TestOrganization[];
let now: Date;

const start = new Date('2026-12-01T08:00:00.000Z');

beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db, { now: () => now });
  now = start;
  buyer = await createTestOrganization(db, 'buyer');
  suppliers = [await createTestOrganization(db, 'one'), await createTestOrganization(db, 'two')];
  await uploadDrawing(db, buyer);
});
afterAll(() => db.close());

const rfqs = (who: TestOrganization) => floor.as(who).orders.rfq;
const orders = (who: TestOrganization) => floor.as(who).orders;

/** One request with two quotes, and every order that was made of them. */
interface World {
  readonly rfq: string;
  readonly line: string;
  readonly invitations: readonly string[];
  readonly quotes: readonly string[];
  readonly made: { readonly order: string; readonly supplier: TestOrganization }[];
}
type Step = (world: World) => Promise<unknown>;
type Named = readonly [name: string, step: Step];

let numbers = 0;

async function createWorld(): Promise<World> {
  now = start;
  const lines = [{ description: 'Part', quantity: { value: '20', unit: 'H87' as const } }];
  const asked = await openRequest(floor, buyer, suppliers, request(`P-${++numbers}`, { lines }));
  const quotes: string[] = [];
  for (const [index, supplier] of suppliers.entries()) {
    const validUntil = ['2026-12-03T00:00:00.000Z', '2026-12-20T00:00:00.000Z'][index] as string;
    const quote = await rfqs(supplier).quotes.submit({
      invitation: asked.invitations[index] as string,
      version: 1,
      number: `P-${numbers}`,
      ...offer(asked.lines, String(10 + index), { validUntil }),
    });
    quotes.push(quote.id);
  }
  return { rfq: asked.id, line: asked.lines[0] as string, invitations: asked.invitations, quotes, made: [] };
}

const pick = <Item>(items: readonly Item[], index: number): Item | undefined => items[index % Math.max(1, items.length)];
const which = fc.nat({ max: 5 });
/** Mostly a part of what is asked, sometimes nothing, too much or a fraction. */
const quantity = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 12 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('20', '21', '0.5', '0') },
);

const step = (name: string, run: Step): Named => [name, run];

/** An award, named as whoever compared just now would. */
const award = fc.tuple(which, quantity, fc.boolean()).map(([quote, share, both]) =>
  step(`award ${share} to ${quote}${both ? ' and one to the other' : ''}`, async (world) => {
    const chosen = both ? world.quotes : [pick(world.quotes, quote) as string];
    const wanted = [];
    for (const [index, each] of chosen.entries()) {
      const { revision } = await rfqs(buyer).quotes.get({ quote: each });
      wanted.push({
        quote: each,
        revision,
        ownNumber: `P-${++numbers}`,
        lines: [{ line: world.line, quantity: index === 0 ? share : '1' }],
      });
    }
    const { orders: made } = await rfqs(buyer).award({ rfq: world.rfq, orders: wanted });
    for (const {
      order,
      supplier: { code },
    } of made)
      world.made.push({ order, supplier: suppliers.find((each) => each.code === code) as TestOrganization });
  }),
);

const onOrder = (name: string, run: (order: string, version: number, supplier: TestOrganization) => Promise<unknown>) =>
  which.map((index) =>
    step(`${name} ${index}`, async ({ made }) => {
      const chosen = pick(made, index);
      if (!chosen) return;
      const { version } = await orders(buyer).get({ order: chosen.order });
      await run(chosen.order, version, chosen.supplier);
    }),
  );

const onRfq = (name: string, run: (rfq: string, version: number) => Promise<unknown>) =>
  fc.constant(step(name, async ({ rfq }) => run(rfq, (await rfqs(buyer).get({ rfq })).version)));

const onQuote = (name: string, run: (quote: string, version: number, supplier: TestOrganization, line: string) => Promise<unknown>) =>
  which.map((index) =>
    step(`${name} ${index % 2}`, async ({ quotes, line }) => {
      const quote = pick(quotes, index) as string;
      const supplier = suppliers[index % 2] as TestOrganization;
      await run(quote, (await rfqs(supplier).quotes.get({ quote })).version, supplier, line);
    }),
  );

const steps = fc.oneof(
  { weight: 8, arbitrary: award },
  { weight: 3, arbitrary: onOrder('accept', (order, version, supplier) => orders(supplier).accept({ order, version })) },
  { weight: 3, arbitrary: onOrder('decline', (order, version, supplier) => orders(supplier).decline({ order, version, reason: 'x' })) },
  { weight: 2, arbitrary: onOrder('withdraw', (order, version) => orders(buyer).withdraw({ order, version })) },
  {
    weight: 3,
    arbitrary: onOrder('cancel', async (order, version, supplier) => {
      const asked = await orders(buyer).changes.proposeEnd({ order, version, kind: 'cancellation', reason: 'x' });
      const change = (await orders(supplier).changes.list({ order })).items.find(({ state }) => state === 'proposed')?.id as string;
      await orders(supplier).changes.accept({ order, version: asked.version, change });
    }),
  },
  { weight: 1, arbitrary: onRfq('conclude', (rfq, version) => rfqs(buyer).conclude({ rfq, version })) },
  { weight: 1, arbitrary: onRfq('close', (rfq, version) => rfqs(buyer).close({ rfq, version })) },
  { weight: 2, arbitrary: onRfq('reopen', (rfq, version) => rfqs(buyer).reopen({ rfq, version })) },
  {
    weight: 2,
    arbitrary: onQuote('revise', (quote, version, supplier, line) =>
      rfqs(supplier).quotes.revise({ quote, version, ...offer([line], '9', { validUntil: '2026-12-30T00:00:00.000Z' }) }),
    ),
  },
  { weight: 1, arbitrary: onQuote('withdraw quote', (quote, version, supplier) => rfqs(supplier).quotes.withdraw({ quote, version })) },
  {
    weight: 1,
    arbitrary: fc.constant(
      step('a day passes', async () => {
        now = new Date(now.getTime() + 86_400_000);
      }),
    ),
  },
);

it('whatever buyer and suppliers do in whatever order, no more is awarded than asked, and orders give back what they give up', async () => {
  let awarded = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 8, maxLength: 24 }), async (story) => {
      const world = await createWorld();
      for (const [name, run] of story) {
        const outcome = await failure(run(world));
        if (outcome === 'nothing failed') awarded += name.startsWith('award') ? 1 : 0;
        else refused += 1;
        // Every refusal is a sentence of its own, never a constraint of the database.
        expect([name, outcome]).toEqual([name, expect.stringMatching(/^(nothing failed|(rfq|orders|changes)\.[a-z_]+|request\.invalid)$/)]);
        expect([name, await findLedgerViolations(db.owner)]).toEqual([name, []]);
      }
    }),
    {
      numRuns: Number(process.env['YUNFAB_PROPERTY_RUNS'] ?? 8),
      seed: Number(process.env['YUNFAB_PROPERTY_SEED'] ?? 20261128),
      endOnFailure: true,
    },
  );
  expect(awarded).toBeGreaterThan(10);
  expect(refused).toBeGreaterThan(10);
}, 240_000);
