import fc from 'fast-check';
import type { TestOrganization } from '../../testing/index.js';
import { type Floor, proposal } from '../floor.fixture.js';
import type { OrderSide, OrderView } from '../index.js';

export type Caller = ReturnType<Floor['as']>;

/** An order as the sides find it when the next command is sent. */
export interface ContractWorld {
  readonly order: string;
  readonly seen: OrderView;
  /** Lets the clock go on by so many days. */
  readonly pass: (days: number) => void;
}
export type Side = OrderSide;
export type Command = (world: ContractWorld, as: (side: Side) => Caller) => Promise<unknown>;
/** Its name says what it asks, for the report of a story that failed. */
export type NamedCommand = readonly [name: string, command: Command];

export const nowhere = '018f0000-0000-7000-8000-000000000000';
const pick = <Item>(items: readonly Item[], index: number): Item | undefined => items[index % Math.max(1, items.length)];

const index = fc.nat({ max: 5 });
/** Mostly whole and small, sometimes nothing, a fraction or far too much. */
const quantity = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 8 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('0', '0.5', '999999999999') },
);
const small = fc.oneof({ weight: 5, arbitrary: fc.constantFrom('1', '2') }, { weight: 1, arbitrary: quantity });
/** Mostly the side whose move it is. */
const by = (side: Side): fc.Arbitrary<Side> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(side) }, { weight: 1, arbitrary: fc.constantFrom<Side>('buyer', 'supplier') });
const either = fc.constantFrom<Side>('buyer', 'supplier');
/** Mostly the version that was just read. */
const age = fc.oneof({ weight: 14, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: -1, max: 2 }) });

const on = ({ order, seen }: ContractWorld, old = 0) => ({ order, version: seen.version - old });
const other = (side: Side): Side => (side === 'buyer' ? 'supplier' : 'buyer');
const shipmentLines = ({ seen }: ContractWorld) =>
  seen.shipments.flatMap((shipment) => shipment.lines.map((line) => ({ ...line, shipment: shipment.id })));
/** Mostly one of those for which the command makes sense. */
const shipmentLine = (world: ContractWorld, i: number, fits: (line: ReturnType<typeof shipmentLines>[number]) => boolean) =>
  (i > 0 ? pick(shipmentLines(world).filter(fits), i) : undefined) ?? pick(shipmentLines(world), i);
const some = (...values: readonly string[]) => values.some((value) => Number(value) > 0);

/** What the supplier does to have something on its way: starts, counts, closes, releases and ships so much of a line. */
export async function makeAndShip(
  as: (side: Side) => Caller,
  { order, line, quantity: made }: { order: string; line: string; quantity: string },
): Promise<unknown> {
  const supplier = as('supplier');
  const { version } = await supplier.orders.get({ order });
  const { job, lot } = await supplier.orders.start({ order, version, line, quantity: made });
  await supplier.production.countByHand({ job, version: 1, good: made, reason: 'test' });
  await supplier.production.lots.close({ job, version: 2, lot });
  await supplier.lifecycle.lots.release({ lot, version: (await supplier.lifecycle.lots.get({ lot })).version });
  const ready = await supplier.orders.get({ order });
  return supplier.orders.ship({ order, version: ready.version, lines: [{ line, lot, quantity: made }] });
}

const changes: readonly fc.Arbitrary<NamedCommand>[] = [
  fc.tuple(either, age, index, quantity, fc.option(quantity)).map(([side, old, line, asked, price]) => [
    `propose ${asked}`,
    (world, as) =>
      as(side).orders.changes.propose({
        ...on(world, old),
        reason: 'test',
        terms: { lines: [{ line: pick(world.seen.lines, line)?.id ?? nowhere, quantity: asked, ...(price ? { unitPrice: price } : {}) }] },
      }),
  ]),
  fc.tuple(either, quantity).map(([side, asked]) => [
    'propose a line',
    (world, as) =>
      as(side).orders.changes.propose({
        ...on(world),
        reason: 'test',
        terms: { addLines: [{ description: 'More', quantity: { value: asked, unit: 'KGM' }, unitPrice: '2.35', taxRate: '13' }] },
      }),
  ]),
  fc
    .tuple(either, fc.constantFrom('cancellation' as const, 'short_close' as const))
    .map(([side, kind]) => [`ask for ${kind}`, (world, as) => as(side).orders.changes.proposeEnd({ ...on(world), kind, reason: 'test' })]),
  ...[1, 2, 3].map(() =>
    fc.tuple(fc.boolean(), age).map(
      ([right, old]): NamedCommand => [
        'accept change',
        (world, as) => {
          const { change } = world.seen;
          const side = change ? (right ? other(change.side) : change.side) : 'buyer';
          return as(side).orders.changes.accept({ ...on(world, old), change: change?.id ?? nowhere });
        },
      ],
    ),
  ),
  either.map((side) => [
    'decline change',
    (world, as) => as(side).orders.changes.decline({ ...on(world), change: world.seen.change?.id ?? nowhere, reason: 'no' }),
  ]),
  either.map((side) => [
    'withdraw change',
    (world, as) => as(side).orders.changes.withdraw({ ...on(world), change: world.seen.change?.id ?? nowhere }),
  ]),
];

const halts: readonly fc.Arbitrary<NamedCommand>[] = [
  either.map((side) => ['hold', (world, as) => as(side).orders.hold({ ...on(world), reason: 'test' })]),
  ...[1, 2].map(() =>
    either.map((side): NamedCommand => ['resume', (world, as) => as(world.seen.heldBy ?? side).orders.resume(on(world))]),
  ),
  either.map((side) => ['dispute', (world, as) => as(side).orders.dispute({ ...on(world), reason: 'test' })]),
  ...[1, 2].map(() =>
    either.map(
      (side): NamedCommand => [
        'resolve',
        (world, as) => as(world.seen.disputedBy ?? side).orders.resolve({ ...on(world), resolution: 'test' }),
      ],
    ),
  ),
  fc
    .tuple(by('buyer'), age)
    .map(([side, old]) => ['declare default', (world, as) => as(side).orders.declareDefault({ ...on(world, old), reason: 'test' })]),
  fc.constant(20).map((days) => ['days pass', ({ pass }) => Promise.resolve(pass(days))]),
];

const deliveries: readonly fc.Arbitrary<NamedCommand>[] = [
  ...[1, 2, 3].map(() =>
    fc
      .tuple(index, fc.integer({ min: 1, max: 4 }).map(String))
      .map(
        ([line, made]): NamedCommand => [
          `make and ship ${made}`,
          ({ order, seen }, as) => makeAndShip(as, { order, line: pick(seen.lines, line)?.id ?? nowhere, quantity: made }),
        ],
      ),
  ),
  ...[1, 2, 3].map(() =>
    fc.tuple(by('buyer'), age, index, fc.option(quantity), fc.option(quantity, { freq: 3 })).map(
      ([side, old, i, came, missing]): NamedCommand => [
        `receive ${came}${missing ? `, ${missing} missing` : ''}`,
        (world, as) => {
          const line = shipmentLine(world, i, ({ shipped, received }) => Number(shipped) > Number(received));
          const lines =
            came || missing
              ? [
                  {
                    shipmentLine: line?.id ?? nowhere,
                    quantity: came ?? '0',
                    ...(missing ? { missing: { quantity: missing, reason: 'lost' as const } } : {}),
                  },
                ]
              : undefined;
          return as(side).orders.receive({ ...on(world, old), shipment: line?.shipment ?? nowhere, ...(lines ? { lines } : {}) });
        },
      ],
    ),
  ),
  fc.tuple(by('supplier'), fc.boolean(), index).map(([side, acknowledges, i]) => [
    acknowledges ? 'acknowledge difference' : 'contest difference',
    async (world, as) => {
      const shipment = pick(world.seen.shipments, i)?.id ?? nowhere;
      const { differences } = await as('supplier').orders.shipments.get({ order: world.order, shipment });
      const difference = pick(differences, i)?.id ?? nowhere;
      const { differences: answers } = as(side).orders;
      return acknowledges ? answers.acknowledge({ ...on(world), difference }) : answers.contest({ ...on(world), difference, reason: 'no' });
    },
  ]),
  ...[1, 2, 3].map(() =>
    fc.tuple(by('buyer'), age, index, small, fc.option(small, { freq: 1 }), fc.option(small, { freq: 1 })).map(
      ([side, old, i, accepted, conceded, rejected]): NamedCommand => [
        `inspect ${accepted}/${conceded}/${rejected}`,
        (world, as) => {
          const line = shipmentLine(
            world,
            i,
            (each) => Number(each.received) > Number(each.accepted) + Number(each.conceded) + Number(each.rejected),
          );
          return as(side).orders.inspect({
            ...on(world, old),
            lines: [
              {
                shipmentLine: line?.id ?? nowhere,
                accepted,
                ...(conceded && some(conceded) ? { conceded, concession: { reason: 'test', priceReduction: '10' } } : {}),
                ...(rejected && some(rejected) ? { rejected, reason: 'test' } : {}),
              },
            ],
          });
        },
      ],
    ),
  ),
  ...[1, 2].map(() =>
    fc.tuple(by('buyer'), index, quantity).map(
      ([side, i, back]): NamedCommand => [
        `return ${back}`,
        (world, as) => {
          const line = shipmentLine(world, i, ({ accepted, conceded, returned }) => Number(accepted) + Number(conceded) > Number(returned));
          return as(side).orders.return({ ...on(world), reason: 'test', lines: [{ shipmentLine: line?.id ?? nowhere, quantity: back }] });
        },
      ],
    ),
  ),
  fc.tuple(by('buyer'), index, quantity).map(([side, i, value]) => [
    `reverse ${value}`,
    async (world, as) => {
      const kind = pick(['received', 'accepted', 'conceded', 'rejected'] as const, i);
      const { items } = await as('buyer').orders.ledger({ order: world.order, ...(kind ? { kind } : {}) });
      return as(side).orders.reverse({ ...on(world), entry: pick(items, i)?.id ?? nowhere, quantity: value, reason: 'test' });
    },
  ]),
  fc.tuple(by('buyer'), age).map(([side, old]) => ['close', (world, as) => as(side).orders.close(on(world, old))]),
];

/** Any command of either side, legal or not. */
export const contractCommand = (more: readonly fc.Arbitrary<NamedCommand>[] = []): fc.Arbitrary<NamedCommand> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.oneof(...deliveries, ...more) },
    { weight: 4, arbitrary: fc.oneof(...changes) },
    { weight: 1, arbitrary: fc.oneof(...halts) },
  );

/** An accepted order of two lines with tolerances and a day in the near. */
export async function newContract(
  as: (side: Side) => Caller,
  supplier: TestOrganization,
  ownNumber: string,
  dueOn: string,
): Promise<string> {
  const base = proposal(supplier.code, ownNumber);
  const { id: order } = await as('buyer').orders.propose({
    ...base,
    dueOn,
    lines: [
      {
        ...base.lines[0],
        description: 'Part',
        quantity: { value: '10', unit: 'H87' },
        unitPrice: '12.5',
        taxRate: '13',
        overTolerance: '10',
      },
      { description: 'Bulk', quantity: { value: '8.5', unit: 'KGM' }, unitPrice: '0.333333', taxRate: '13', underTolerance: '5' },
    ],
  });
  await as('supplier').orders.accept({ order, version: 1 });
  return order;
}
