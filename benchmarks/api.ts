import { connect, newId } from '@yunfab/core/database';
import { createClient } from '@yunfab/sdk';
import autocannon from 'autocannon';
import { makeBuyer } from './api/companies.js';
import { startPlatform } from './api/platform.js';
import { type Rate, replay, templateOf, transactionOf } from './api/replay.js';

/**
 * Creating and listing orders through HTTP (authentication, row-level security, event, hash chain) against the same
 * statements in the same transactions through pg alone, both from this process, in turns.
 */

const connections = 10;
const seconds = Number(process.env['BENCH_SECONDS'] ?? 8);
const rounds = 2;

const platform = await startPlatform();
const { httpUrl, urls } = platform;
const owner = connect(urls.owner ?? '', { max: 1 });
const apiKey = await makeBuyer(owner);
await owner.close();
const buyer = createClient({ url: httpUrl, apiKey, timeoutMs: 10_000, maxAttempts: 1 });

const proposal = (ownNumber: string) => ({
  supplier: 'bench-supplier',
  ownNumber,
  currency: 'CNY' as const,
  dueOn: '2030-01-31',
  lines: [{ description: 'Sample plate', quantity: { value: '100', unit: 'H87' as const }, unitPrice: '12.50' }],
});

const create = await templateOfCalls((name) => buyer.orders.propose(proposal(name), { idempotencyKey: name }));
const list = await templateOfCalls(() => buyer.orders.list({}));

await measureHttp('create', 2);
const rates = { create: { http: [] as Rate[], pg: [] as Rate[] }, list: { http: [] as Rate[], pg: [] as Rate[] } };
for (const what of ['create', 'list'] as const) {
  for (let round = 0; round < rounds; round++) {
    rates[what].http.push(await measureHttp(what, seconds));
    rates[what].pg.push(await replay(urls.runtime, what === 'create' ? create : list, connections, seconds));
  }
}
await platform.stop();
report();

/** What the server did for two such calls, made into statements for any number more. */
async function templateOfCalls(call: (name: string) => Promise<unknown>) {
  const [warm, one, other] = [`bench-${newId()}`, `bench-${newId()}`, `bench-${newId()}`] as const;
  await call(warm);
  const first = await platform.recordStatements(() => call(one));
  const second = await platform.recordStatements(() => call(other));
  return templateOf(transactionOf(first), transactionOf(second), [one]);
}

async function measureHttp(what: 'create' | 'list', duration: number): Promise<Rate> {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  const result = await autocannon({
    url: httpUrl,
    connections,
    duration,
    requests: [
      {
        method: 'POST',
        path: `/api/trpc/orders.${what === 'create' ? 'propose' : 'list'}`,
        setupRequest(request) {
          const name = newId();
          const body = JSON.stringify(what === 'create' ? proposal(name) : {});
          return { ...request, body, headers: { ...headers, 'idempotency-key': name } };
        },
      },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${what}: ${result.non2xx} refused, ${result.errors} failed`);
  return { perSecond: result['2xx'] / result.duration, p99Ms: result.latency.p99 };
}

function report(): void {
  const mean = (values: readonly Rate[]) => values.reduce((sum, { perSecond }) => sum + perSecond, 0) / values.length;
  const worst = (values: readonly Rate[]) => Math.max(...values.map(({ p99Ms }) => p99Ms));
  const rows = (['create', 'list'] as const).map((what) => {
    const { http, pg } = rates[what];
    return {
      what,
      http_per_s: Math.round(mean(http)),
      pg_per_s: Math.round(mean(pg)),
      ratio: round(mean(http) / mean(pg), 3),
      p99_ms: round(worst(http), 1),
    };
  });
  console.table(rows);
  const [created, listed] = rows as [(typeof rows)[0], (typeof rows)[0]];
  console.log(
    JSON.stringify({
      bench: 'api',
      create_ratio: created.ratio,
      list_ratio: listed.ratio,
      create_p99_ms: created.p99_ms,
      list_p99_ms: listed.p99_ms,
      create_per_s: created.http_per_s,
      list_per_s: listed.http_per_s,
      connections,
    }),
  );
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
