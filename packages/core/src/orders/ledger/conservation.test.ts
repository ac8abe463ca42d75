import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import { createFloor, type Floor, failure, proposal } from '../floor.fixture.js';
import { findLedgerViolations, type OrderView } from '../index.js';

let db: TestDatabase;
let floor: Floor;
let buyer: TestOrganization;
let supplier: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db);
  buyer = await createTestOrganization(db, 'buyer');
  supplier = await createTestOrganization(db, 'supplier');
});
afterAll(() => db.close());

/** One order with what a test remembers of it beside. */
interface World {
  readonly order: string;
  readonly machines: readonly [string, string];
  /** What a command finds when it is sent. */
  readonly seen: OrderView;
  readonly jobs: Awaited<ReturnType<Caller['production']['jobs']['list']>>['items'];
  readonly lots: Awaited<ReturnType<Caller['production']['jobs']['get']>>['lots'];
}
type Caller = ReturnType<Floor['as']>;
type Step = (world: World, as: (side: 'buyer' | 'supplier') => Caller) => Promise<unknown>;
/** Its name says what it asks, for the report of a failed story. */
type Named = [string, Step];

const pick = <Item>(items: readonly Item[], index: number): Item | undefined => items[index % Math.max(1, items.length)];
/** Mostly a lot for which the command makes sense; any when there is none, or when the index says so. */
const lotIn = (lots: World['lots'], states: readonly string[], i: number) =>
  (i > 0
    ? pick(
        lots.filter(({ lot }) => states.includes(lot.state)),
        i,
      )
    : undefined) ?? pick(lots, i);
const nowhere = '018f0000-0000-7000-8000-000000000000';

/** Mostly whole and near what is ordered, sometimes nothing, too much or a fraction. */
const quantity = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 12 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('0', '0.5', '3.25', '999999999999', '20') },
);
const small = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 3 }).map(String) }, { weight: 1, arbitrary: quantity });
/** Mostly the side whose move it is. */
const by = (side: 'buyer' | 'supplier') =>
  fc.oneof(
    { weight: 9, arbitrary: fc.constant(side) },
    { weight: 1, arbitrary: fc.constantFrom<'buyer' | 'supplier'>('buyer', 'supplier') },
  );
const index = fc.nat({ max: 5 });
/** Mostly the version that was just read. */
const age = fc.oneof({ weight: 12, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: -1, max: 2 }) });

function lotOfLine(jobs: World['jobs'], lots: World['lots'], line: string | undefined, i: number): string {
  const made = lots.filter(({ operation }) =>
    jobs.some((job) => job.orderLine === line && job.operations.some(({ id }) => id === operation)),
  );
  return lotIn(made.length > 0 ? made : lots, ['released'], i)?.lot.id ?? nowhere;
}

function shipmentLine({ seen }: World, i: number) {
  return pick(
    seen.shipments.flatMap((shipment) => shipment.lines.map((line) => ({ shipment: shipment.id, line: line.id }))),
    i,
  );
}

const named = (en: string) => ({ words: { en, zh: en } });
const threeOperations = ([first, second]: World['machines']) => [
  { ...named('Form'), equipment: first },
  { ...named('Coat'), equipment: second, parallel: true },
  named('Pack'),
];

/** One of those under way, when there are several. */
function operationToCount(job: World['jobs'][number] | undefined, good: string): { operation?: string } {
  const underWay = job?.operations.filter(({ state }) => state === 'in_progress') ?? [];
  const operation = pick(underWay, good.length)?.id;
  return operation && underWay.length > 1 ? { operation } : {};
}

const steps: fc.Arbitrary<Named>[] = [
  fc
    .tuple(by('supplier'), age)
    .map(([side, old]) => ['accept', ({ order, seen }, as) => as(side).orders.accept({ order, version: seen.version - old })]),
  fc
    .tuple(by('supplier'), age)
    .map(([side, old]) => [
      'decline',
      ({ order, seen }, as) => as(side).orders.decline({ order, version: seen.version - old, reason: 'no' }),
    ]),
  fc.tuple(by('supplier'), age, index, index, fc.option(quantity)).map(([side, old, line, machine, asked]) => [
    `start ${asked}`,
    ({ order, seen, machines }, as) =>
      as(side).orders.start({
        order,
        version: seen.version - old,
        line: pick(seen.lines, line)?.id ?? nowhere,
        ...(machine < 2 ? { equipment: machines[machine % 2 ? 1 : 0] } : {}),
        ...(machine > 3 ? { operations: threeOperations(machines) } : {}),
        ...(asked ? { quantity: asked } : {}),
      }),
  ]),
  fc.tuple(index, fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 3 })).map(([machine, goods]) => [
    `device counts ${goods}`,
    async ({ machines }) => {
      await floor.publish(
        machines[machine % 2 ? 1 : 0],
        goods.map((good) => ({ type: 'count', good, scrap: 1 })),
      );
      await floor.projector.drain();
    },
  ]),
  ...[1].map(() =>
    fc.tuple(by('supplier'), index, index, fc.constantFrom('start', 'finish')).map(
      ([side, job, i, move]): Named => [
        `operation ${move}`,
        ({ jobs }, as) => {
          const chosen = pick(jobs, job);
          const ready = chosen?.operations.filter(({ moves }) => moves.some((each) => each.move === move && each.allowed)) ?? [];
          const operation = (pick(ready, i) ?? pick(chosen?.operations ?? [], i))?.id ?? nowhere;
          const input = { job: chosen?.id ?? nowhere, version: chosen?.version ?? 1, operation };
          return move === 'start' ? as(side).production.operations.start(input) : as(side).production.operations.finish(input);
        },
      ],
    ),
  ),
  fc.tuple(by('supplier'), index, quantity).map(([side, job, good]) => [
    `counts ${good} by hand`,
    ({ jobs }, as) =>
      as(side).production.countByHand({
        job: pick(jobs, job)?.id ?? nowhere,
        version: pick(jobs, job)?.version ?? 1,
        ...operationToCount(pick(jobs, job), good),
        good,
        reason: 'test',
      }),
  ]),
  fc.tuple(by('supplier'), index, fc.boolean()).map(([side, i, openNext]) => [
    'close lot',
    ({ jobs, lots }, as) => {
      const lot = lotIn(lots, ['open'], i);
      const job = jobs.find((candidate) => candidate.operations.some((operation) => operation.id === lot?.operation));
      return as(side).production.lots.close({ job: job?.id ?? nowhere, version: job?.version ?? 1, lot: lot?.lot.id ?? nowhere, openNext });
    },
  ]),
  fc
    .tuple(by('supplier'), index)
    .map(([side, i]) => [
      'complete job',
      ({ jobs }, as) => as(side).production.jobs.complete({ job: pick(jobs, i)?.id ?? nowhere, version: pick(jobs, i)?.version ?? 1 }),
    ]),
  ...(['release', 'release', 'release', 'release', 'block', 'unblock'] as const).map((what) =>
    fc.tuple(by('supplier'), index).map(
      ([side, i]): Named => [
        what,
        ({ lots }, as) => {
          const lot = lotIn(lots, [what === 'release' ? 'closed' : what === 'block' ? 'released' : 'blocked'], i)?.lot;
          return as(side).lifecycle.lots[what]({ lot: lot?.id ?? nowhere, version: lot?.version ?? 1, reason: 'test' });
        },
      ],
    ),
  ),
  ...[1, 2, 3, 4].map(() =>
    fc.tuple(by('supplier'), age, index, fc.array(fc.tuple(index, quantity), { minLength: 1, maxLength: 2 })).map(
      ([side, old, line, asked]): Named => [
        `ship ${asked.map(([, value]) => value)}`,
        ({ order, seen, jobs, lots }, as) =>
          as(side).orders.ship({
            order,
            version: seen.version - old,
            lines: asked.map(([i, value]) => ({
              line: pick(seen.lines, line)?.id ?? nowhere,
              lot: lotOfLine(jobs, lots, pick(seen.lines, line)?.id, i),
              quantity: value,
            })),
          }),
      ],
    ),
  ),
  ...[1, 2].map(() =>
    fc.tuple(by('buyer'), age, index, fc.option(quantity)).map(
      ([side, old, i, value]): Named => [
        `receive ${value}`,
        (world, as) => {
          const { shipment, line } = shipmentLine(world, i) ?? { shipment: nowhere, line: nowhere };
          const lines = value ? { lines: [{ shipmentLine: line, quantity: value }] } : {};
          return as(side).orders.receive({ order: world.order, version: world.seen.version - old, shipment, ...lines });
        },
      ],
    ),
  ),
  ...[1, 2, 3].map(() =>
    fc.tuple(by('buyer'), age, index, small, fc.option(small)).map(
      ([side, old, i, accepted, rejected]): Named => [
        `inspect ${accepted} good, ${rejected} bad`,
        (world, as) =>
          as(side).orders.inspect({
            order: world.order,
            version: world.seen.version - old,
            lines: [{ shipmentLine: shipmentLine(world, i)?.line ?? nowhere, accepted, ...(rejected ? { rejected, reason: 'test' } : {}) }],
          }),
      ],
    ),
  ),
  ...[1, 2, 3].map(() =>
    fc.tuple(by('buyer'), index, small).map(
      ([side, i, value]): Named => [
        `reverse ${value}`,
        async ({ order, seen }, as) => {
          const { items } = await as('buyer').orders.ledger({
            order,
            ...(i > 0 ? { kind: pick(['received', 'accepted', 'rejected'] as const, i) } : {}),
          });
          return as(side).orders.reverse({
            order,
            version: seen.version,
            entry: pick(items, i)?.id ?? nowhere,
            quantity: value,
            reason: 'test',
          });
        },
      ],
    ),
  ),
  fc
    .tuple(by('buyer'), age)
    .map(([side, old]) => ['close', ({ order, seen }, as) => as(side).orders.close({ order, version: seen.version - old })]),
];

const story = fc.array(fc.oneof(...steps), { minLength: 20, maxLength: 35 });
const depth = fc.oneof({ weight: 1, arbitrary: fc.constantFrom(0, 1) }, { weight: 4, arbitrary: fc.constantFrom(2, 3, 4) });
const refusal = /^(orders|delivery|measure|production|lifecycle|access|request)\.(?!internal|unavailable)[a-z_]+$/;

it('quantities are conserved after every command, legal or not, and every refusal has its code', { timeout: 240_000 }, async () => {
  const reached = new Map<string, number>();
  let told = 0;
  await fc.assert(
    fc.asyncProperty(depth, story, async (reachedBefore, commands) => {
      const { order, machines } = await newOrder(`P-${++told}`);
      const as = (side: 'buyer' | 'supplier') => floor.as(side === 'buyer' ? buyer : supplier);
      await preamble(order, machines, reachedBefore);
      for (const [name, step] of commands) {
        const outcome = await outcomeOf(step(await look(order, machines), as));
        if (outcome !== 'done') expect(outcome, name).toMatch(refusal);
        reached.set(`${name.split(' ')[0]}: ${outcome}`, (reached.get(`${name.split(' ')[0]}: ${outcome}`) ?? 0) + 1);
        expect(await findLedgerViolations(db.owner), name).toEqual([]);
      }
    }),
    {
      numRuns: Number(process.env['YUNFAB_PROPERTY_RUNS'] ?? 8),
      seed: Number(process.env['YUNFAB_PROPERTY_SEED'] ?? 20261122),
      endOnFailure: !process.env['YUNFAB_PROPERTY_SHRINK'],
      reporter: reportNames,
    },
  );
  if (process.env['YUNFAB_PROPERTY_SHOW'])
    process.stdout.write(
      `${[...reached]
        .sort()
        .map(([what, times]) => `${times} × ${what}`)
        .join('\n')}\n`,
    );
  expect(floor.problems).toEqual([]);
  // The stories are worth telling only if they get somewhere.
  for (const move of ['device', 'operation', 'release', 'ship', 'receive', 'inspect', 'reverse'])
    expect([...reached.keys()]).toContain(`${move}: done`);
});

const outcomeOf = async (step: Promise<unknown>): Promise<string> => {
  const code = await failure(step);
  if (code === 'request.internal') return step.then(String, (error: Error) => `${code}: ${String(error.cause ?? error)}`);
  return code === 'nothing failed' ? 'done' : code;
};

function reportNames(run: fc.RunDetails<[reachedBefore: 0 | 1 | 2 | 3 | 4, commands: Named[]]>): void {
  if (!run.failed) return;
  const names = run.counterexample?.[1].map(([name]) => name).join(' → ');
  throw new Error(`seed ${run.seed}, from depth ${run.counterexample?.[0]}: ${names}`, { cause: run.errorInstance });
}

/** Legal moves that bring an order so far: 0 accepted, 1 started, 2 made and released, 3 shipped in part, 4 received. */
async function preamble(order: string, machines: World['machines'], until: number): Promise<void> {
  const as = () => floor.as(supplier);
  const { lines } = await as().orders.accept({ order, version: 1 });
  if (until < 1) return;
  const made: { job: string; lot: string; line: string }[] = [];
  for (const [i, { id: line }] of lines.entries()) {
    made.push({ ...(await as().orders.start({ order, version: 2 + i, line, equipment: machines[i === 0 ? 0 : 1] })), line });
  }
  if (until < 2) return;
  for (const machine of machines) await floor.publish(machine, [{ type: 'count', good: 7 }]);
  await floor.projector.drain();
  for (const { job, lot } of made) {
    await as().production.lots.close({ job, version: 1, lot, openNext: true });
    await as().lifecycle.lots.release({ lot, version: (await as().lifecycle.lots.get({ lot })).version });
  }
  if (until < 3) return;
  const shipped = await as().orders.ship({ order, version: 4, lines: made.map(({ line, lot }) => ({ line, lot, quantity: '4' })) });
  if (until < 4) return;
  await floor.as(buyer).orders.receive({ order, version: 5, shipment: shipped.shipments[0]?.id ?? nowhere });
}

async function newOrder(number: string): Promise<Pick<World, 'order' | 'machines'>> {
  const base = proposal('supplier', number);
  const second = { description: 'Bulk', quantity: { value: '8.5', unit: 'KGM' as const }, unitPrice: '0.333333' };
  const { id: order } = await floor.as(buyer).orders.propose({ ...base, lines: [...base.lines, second] });
  return { order, machines: [await floor.machine(supplier), await floor.machine(supplier)] };
}

async function look(order: string, machines: World['machines']): Promise<World> {
  const seen = await floor.as(supplier).orders.get({ order });
  const { items: jobs } = await floor.as(supplier).production.jobs.list({ order });
  const lots = (await Promise.all(jobs.map((job) => floor.as(supplier).production.jobs.get({ job: job.id })))).flatMap((job) => job.lots);
  return { order, machines, seen, jobs, lots };
}

it('of 50 concurrent shipments of the last quantity one wins', async () => {
  const { order } = await newOrder('P-race');
  const as = () => floor.as(supplier);
  const { lines } = await as().orders.accept({ order, version: 1 });
  const line = lines[0]?.id as string;
  const { job, lot } = await as().orders.start({ order, version: 2, line });
  await as().production.countByHand({ job, version: 1, good: '10', reason: 'test' });
  await as().production.lots.close({ job, version: 2, lot });
  const { lot: closed } = await as().lifecycle.lots.checkRelease({ lot });
  await as().lifecycle.lots.release({ lot, version: closed.version });
  // Half of them read the version again when it was stale, and still only one unit of stock is theirs to ship.
  const attempts = Array.from({ length: 50 }, async (_, n) => {
    for (let version = 3; ; version++) {
      const outcome = await outcomeOf(floor.as(supplier).orders.ship({ order, version, lines: [{ line, lot, quantity: '10' }] }));
      if (outcome !== 'orders.version_stale' || n % 2 === 0) return outcome;
    }
  });
  const outcomes = await Promise.all(attempts);
  expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
  expect(new Set(outcomes.filter((outcome) => outcome !== 'done'))).toEqual(new Set(['orders.version_stale', 'orders.nothing_to_ship']));
  expect(await findLedgerViolations(db.owner)).toEqual([]);
});
