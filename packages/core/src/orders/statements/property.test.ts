import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import { createFloor, type Floor, failure } from '../floor.fixture.js';
import { findLedgerViolations } from '../index.js';
import { createTrade, type Trade } from './statements.fixture.js';

let db: TestDatabase;
let as: Floor['as'];
let trade: Trade;
let sides: Record<'buyer' | 'supplier', TestOrganization>;
let now = new Date('2026-11-20T02:00:00Z');

beforeAll(async () => {
  db = await createTestDatabase();
  const floor = createFloor(db, { now: () => now });
  as = floor.as;
  sides = { buyer: await createTestOrganization(db, 'buyer'), supplier: await createTestOrganization(db, 'supplier') };
  trade = createTrade(floor, sides);
});
afterAll(() => db.close());

type Side = 'buyer' | 'supplier';
interface World {
  readonly goods: readonly { readonly order: string; readonly line: string; readonly lot: string }[];
  /** Shipment lines with their orders. */
  readonly shipped: { readonly order: string; readonly shipmentLine: string }[];
}
type Named = [string, (world: World) => Promise<unknown>];

const pick = <Item>(items: readonly Item[], index: number): Item | undefined => items[index % Math.max(1, items.length)];
const nowhere = '018f0000-0000-7000-8000-000000000000';
const index = fc.nat({ max: 5 });
const small = fc.integer({ min: 1, max: 4 }).map(String);
const side = fc.constantFrom<Side>('buyer', 'supplier');
const api = (who: Side) => as(sides[who]).orders.statements;

/** Mostly one that is still talked about. */
async function statementAt(i: number) {
  const { items } = await api('buyer').list({ limit: 20 });
  const open = items.filter(({ state }) => state === 'draft' || state === 'sent');
  const chosen = (i < 5 ? pick(open, i) : undefined) ?? pick(items, i);
  return chosen ? api('buyer').get({ statement: chosen.id }) : null;
}
const on = (seen: Awaited<ReturnType<typeof statementAt>>) => ({ statement: seen?.id ?? nowhere, version: seen?.version ?? 1 });
const period = { from: '2026-11-01', to: '2026-11-30', currency: 'CNY' as const };

const steps: fc.Arbitrary<Named>[] = [
  ...[1, 2].map(() =>
    fc.tuple(index, small).map(
      ([i, quantity]): Named => [
        `deliver ${quantity}`,
        async ({ goods, shipped }) => {
          const chosen = pick(goods, i) as World['goods'][number];
          shipped.push({ order: chosen.order, shipmentLine: await trade.delivered(chosen, quantity) });
        },
      ],
    ),
  ),
  ...[1, 2, 3].map(() =>
    fc.tuple(index, small, fc.constantFrom('accepted', 'accepted', 'conceded', 'rejected'), fc.constantFrom('0', '10', '33.333')).map(
      ([i, quantity, what, reduction]): Named => [
        `inspect ${what} ${quantity}`,
        ({ shipped }) => {
          const { order, shipmentLine } = pick(shipped, i) ?? { order: nowhere, shipmentLine: nowhere };
          return trade.inspected(order, shipmentLine, { [what]: quantity, reduction });
        },
      ],
    ),
  ),
  fc.tuple(index, small).map(
    ([i, quantity]): Named => [
      `return ${quantity}`,
      ({ shipped }) => {
        const { order, shipmentLine } = pick(shipped, i) ?? { order: nowhere, shipmentLine: nowhere };
        return trade.returned(order, shipmentLine, quantity);
      },
    ],
  ),
  fc.tuple(index, index, small).map(
    ([i, e, quantity]): Named => [
      `reverse ${quantity}`,
      async ({ goods }) => {
        const { order } = pick(goods, i) as World['goods'][number];
        const { items } = await as(sides.buyer).orders.ledger({ order, kind: e % 2 ? 'accepted' : 'conceded' });
        const entry = pick(items, e)?.id ?? nowhere;
        return as(sides.buyer).orders.reverse({ order, version: await trade.version(order), entry, quantity, reason: 'test' });
      },
    ],
  ),
  ...[1, 2].map(() =>
    side.map(
      (who): Named => [
        'draft',
        () => (who === 'supplier' ? api(who).draft({ buyer: 'buyer', ...period }) : api(who).request({ supplier: 'supplier', ...period })),
      ],
    ),
  ),
  ...[1, 2].map(() => index.map((i): Named => ['send', async () => api('supplier').send(on(await statementAt(i)))])),
  ...[1, 2, 3, 4].map(() =>
    fc.tuple(side, index).map(([who, i]): Named => ['confirm', async () => api(who).confirm(on(await statementAt(i)))]),
  ),
  fc.tuple(side, index).map(([who, i]): Named => ['refresh', async () => api(who).refresh(on(await statementAt(i)))]),
  fc.tuple(side, index).map(([who, i]): Named => ['cancel', async () => api(who).cancel({ ...on(await statementAt(i)), reason: 'test' })]),
  fc.tuple(side, index, index, fc.constantFrom('exclude', 'dispute', 'withdrawDispute')).map(
    ([who, i, l, move]): Named => [
      move,
      async () => {
        const seen = await statementAt(i);
        const input = { ...on(seen), line: pick(seen?.lines ?? [], l)?.id ?? nowhere, reason: 'test' };
        if (move === 'exclude') return api(who).exclude(input);
        return move === 'dispute' ? api(who).dispute(input) : api(who).withdrawDispute(input);
      },
    ],
  ),
  ...[1, 2, 3].map(() =>
    fc.tuple(side, index, index, fc.constantFrom('1', '2')).map(
      ([who, i, l, quantity]): Named => [
        `adjust ${quantity}`,
        async () => {
          const seen = await statementAt(i);
          const line = (
            l > 0 ? pick(seen?.lines.filter(({ moves, kind }) => moves.includes('adjust') && kind === 'goods') ?? [], l) : undefined
          )?.id;
          return api(who).adjust({ ...on(seen), line: line ?? nowhere, reason: 'test', quantity });
        },
      ],
    ),
  ),
  fc
    .tuple(side, index, small)
    .map(
      ([who, i, amount]): Named => [
        `deduct ${amount}`,
        async () => api(who).deduct({ ...on(await statementAt(i)), type: 'other', reason: 'test', amount, taxRate: '13' }),
      ],
    ),
  index.map((i): Named => ['pay', async () => api('buyer').pay({ ...on(await statementAt(i)), paidOn: '2026-11-20', reference: 'test' })]),
];

const refusal = /^(statements|orders|delivery|lifecycle|request)\.(?!internal|unavailable)[a-z_]+$/;

it('whatever both sides do, statements and ledger agree after every step, and every refusal has its code', {
  timeout: 300_000,
}, async () => {
  let told = 0;
  const reached = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(...steps), { minLength: 15, maxLength: 30 }), async (commands) => {
      told += 1;
      const goods = [
        await trade.made({ number: `P-${told}-a`, quantity: '12', unitPrice: '3.335' }),
        await trade.made({ number: `P-${told}-b`, quantity: '12', unitPrice: '0.125', taxRate: '6' }),
      ];
      const world: World = { goods, shipped: [] };
      for (const each of goods) {
        const shipmentLine = await trade.delivered(each, '6');
        world.shipped.push({ order: each.order, shipmentLine });
        await trade.inspected(each.order, shipmentLine, { accepted: '3' });
      }
      for (const [name, step] of commands) {
        now = new Date(now.getTime() + 1000);
        const attempt = step(world);
        const outcome = await failure(attempt);
        if (outcome !== 'nothing failed')
          expect(outcome, `${name}: ${await attempt.catch((error: Error) => String(error.cause ?? error))}`).toMatch(refusal);
        else reached.add(name.split(' ', 1)[0] ?? name);
        expect(await findLedgerViolations(db.owner), name).toEqual([]);
      }
    }),
    {
      numRuns: Number(process.env['YUNFAB_PROPERTY_RUNS'] ?? 5),
      seed: Number(process.env['YUNFAB_PROPERTY_SEED'] ?? 20261128),
      endOnFailure: !process.env['YUNFAB_PROPERTY_SHRINK'],
    },
  );
  for (const move of ['deliver', 'inspect', 'return', 'draft', 'send', 'confirm', 'refresh', 'cancel', 'adjust', 'deduct'])
    expect([...reached]).toContain(move);
});
