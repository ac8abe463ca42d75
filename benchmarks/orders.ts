import { parseArgs } from 'node:util';
import { closeDatabase, connect, inScope, openDatabase, type RecordId } from '@yunfab/core/database';
import { appendEvent } from '@yunfab/core/events';
import { createOrderService } from '@yunfab/core/orders';
import { CompiledQuery } from 'kysely';
import { startPlatform } from './api/platform.js';
import { type Ask, type Case, casesOf } from './orders/cases.js';
import { makeOrders, verifyOrders } from './orders/world.js';

/**
 * Lists of orders as `orders.list` reads them, under row-level security, for organizations that hold 10, 10 thousand and 300
 * thousand of a million, and the timeline of an order with 10 thousand events. The rival is the same statements under the same
 * indexes, each with its explicit organization predicate, by a role that no policy applies to and that enters no organization:
 * as many round trips, the same driver, in turns in one process.
 * `--orders 100000` makes a smaller world; `--rounds 400` says how often each case is asked.
 */

const { values } = parseArgs({ options: { orders: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '400' } } });
const [orders, rounds] = [Number(values.orders), Number(values.rounds)];
const events = 10_000;
const warmUp = 8;

const platform = await startPlatform();
const ownerUrl = platform.urls.owner ?? '';
const owner = connect(ownerUrl, { max: 1 });
const database = openDatabase(platform.urls);
const service = createOrderService({ specifications: (given) => given });
const actor = { kind: 'system', id: 'bench', label: 'bench' } as const;

const began = performance.now();
const world = await makeOrders(owner, ownerUrl, orders);
const made = (performance.now() - began) / 1000;
console.log(`${orders} orders of 200 organizations in ${made.toFixed(0)} s`);
// From here on the owner is spared the policies: whoever reads as runtime stays under them.
for (const table of ['record', 'party', 'shared_order', 'order_party', 'order_line', 'organization_registry', 'event'])
  await owner.pool.query(`alter table core.${table} no force row level security`);

const guarded: Ask = (organization, work) => inScope(database.runtime, { organization, actor, now: new Date(), readOnly: true }, work);
const bare: Ask = (organization, work) =>
  owner.handle.connection().execute(async (tx) => {
    await tx.executeQuery(CompiledQuery.raw('begin read only; select 1'));
    const result = await work({ tx, organization, actor, now: new Date(), afterCommit() {} });
    await tx.executeQuery(CompiledQuery.raw('commit'));
    return result;
  });
/** What finds a text reads the entered organization, so its rival enters one, too. */
const entered: Ask = (organization, work) => inScope(owner, { organization, actor, now: new Date(), readOnly: true }, work);

await verifyOrders({ service, ask: guarded, owner, world });
const measured = await measure([...(await casesOf(service, guarded, world)), ...(await timelines())]);
await closeDatabase(database);
await owner.close();
await platform.stop();
report();

/** One order of the large organization gets many events, each written as the product writes them. */
async function timelines(): Promise<Case[]> {
  const { large: organization } = world;
  const page = await guarded(organization, (scope) => service.list(scope, { limit: 1, states: ['in_production'] }));
  const order = (page.items[0]?.id ?? '') as RecordId;
  await inScope(database.runtime, { organization, actor, now: new Date() }, async (scope) => {
    for (let n = 0; n < events; n += 1)
      await appendEvent(scope, {
        type: 'orders.progressed',
        record: order,
        body: {
          number: 'PO',
          lines: [{ line: order, quantity: { value: '1', unit: 'H87' }, produced: String(n), ordered: '10000', byHand: '0' }],
        },
      });
  });
  await owner.pool.query('vacuum (analyze) core.event');
  const deep = await guarded(organization, async (scope) => {
    let cursor: string | undefined;
    for (let read = 0; read < events / 2; read += 100)
      cursor = (await service.timeline(scope, { order, limit: 100, ...(cursor ? { cursor } : {}) })).next ?? undefined;
    return cursor;
  });
  return [
    ['page 1', {}],
    ['in the middle', deep ? { cursor: deep } : {}],
  ].map(([what, input]) => ({
    holds: `${events} events`,
    what: `timeline, ${what as string}`,
    organization,
    run: async (scope) => (await service.timeline(scope, { order, limit: 50, ...(input as { cursor?: string }) })).items.length,
  }));
}

interface Times {
  readonly rls: number[];
  readonly bare: number[];
}

/** Round by round through all cases, so that what else the machine does falls on all of them alike; who comes first changes. */
async function measure(asked: readonly Case[]) {
  const kept = new Map<Case, Times>(asked.map((each) => [each, { rls: [], bare: [] }]));
  const timed = async (ask: Ask, { organization, run }: Case, times: number[]) => {
    const start = performance.now();
    const rows = await ask(organization, run);
    times.push(performance.now() - start);
    return rows;
  };
  for (let round = -warmUp; round < rounds; round += 1)
    for (const each of asked) {
      const times: Times = (round < 0 ? undefined : kept.get(each)) ?? { rls: [], bare: [] };
      const rival = each.what.startsWith('text') ? entered : bare;
      let [ours, theirs] = [-1, -1];
      if (round % 2 === 0) ours = await timed(guarded, each, times.rls);
      theirs = await timed(rival, each, times.bare);
      if (round % 2 !== 0) ours = await timed(guarded, each, times.rls);
      if (ours !== theirs) throw new Error(`${each.holds}, ${each.what}: ${ours} rows under row-level security, ${theirs} without`);
    }
  return [...kept].map(([{ holds, what }, times]) => {
    const [p50, p99, bare50, bare99] = [at(times.rls, 0.5), at(times.rls, 0.99), at(times.bare, 0.5), at(times.bare, 0.99)];
    return {
      holds,
      what,
      p50_ms: p50,
      p99_ms: p99,
      bare_p50_ms: bare50,
      bare_p99_ms: bare99,
      ratio_p50: p50 / bare50,
      ratio_p99: p99 / bare99,
    };
  });
}

function at(times: readonly number[], share: number): number {
  return [...times].sort((a, b) => a - b)[Math.ceil(times.length * share) - 1] ?? Number.NaN;
}

function report(): void {
  const round = (value: number) => Number(value.toFixed(2));
  console.table(
    measured.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === 'number' ? round(value) : value])),
    ),
  );
  const worst = (pick: (row: (typeof measured)[number]) => number) => measured.reduce((a, b) => (pick(b) > pick(a) ? b : a));
  const byMedian = worst((row) => row.ratio_p50);
  const byTail = worst((row) => row.ratio_p99);
  const tail = byTail.ratio_p99 > byMedian.ratio_p50;
  const slowest = (timeline: boolean) =>
    Math.max(...measured.filter((row) => row.what.startsWith('timeline') === timeline).map((row) => row.p99_ms));
  console.log(
    JSON.stringify({
      bench: 'orders',
      orders,
      rls_ratio: round(tail ? byTail.ratio_p99 : byMedian.ratio_p50),
      rls_ratio_is: tail ? `p99: ${byTail.holds}, ${byTail.what}` : `p50: ${byMedian.holds}, ${byMedian.what}`,
      rls_ratio_p50: round(byMedian.ratio_p50),
      rls_ratio_p99: round(byTail.ratio_p99),
      list_p99_ms: round(slowest(false)),
      timeline_p99_ms: round(slowest(true)),
      rounds,
      generated_s: Math.round(made),
    }),
  );
}
