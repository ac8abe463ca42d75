import { type DatabaseUrls, openDatabase } from '@yunfab/core/database';
import { startRollups } from '@yunfab/core/equipment';
import { type BrokerOptions, createGateway, type GatewayCounters } from '@yunfab/gateway';

/** A gateway with its rollups in a process of its own, which tells what it has committed and how old that was. */
export interface GatewayOrder {
  readonly urls: DatabaseUrls;
  readonly broker: BrokerOptions;
}

export type ToGateway =
  | { readonly kind: 'open'; readonly order: GatewayOrder }
  | { readonly kind: 'latencies' }
  | { readonly kind: 'stop' };

export type FromGateway =
  | { readonly kind: 'ready' }
  | { readonly kind: 'counters'; readonly counters: GatewayCounters; readonly rssBytes: number }
  | { readonly kind: 'latencies'; readonly ms: readonly number[] };

/** Of one batch in so many the age of its samples at the end of its commit is taken: to look into them costs time. */
const oneIn = 4;
const told = 10;
let ages: number[] = [];
let batches = 0;

const say = (message: FromGateway) => process.send?.(message);

process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToGateway) => {
  if (message.kind === 'open') void open(message.order);
  else if (message.kind === 'latencies') {
    say({ kind: 'latencies', ms: ages });
    ages = [];
  }
});

async function open({ urls, broker }: GatewayOrder): Promise<void> {
  const database = openDatabase(urls);
  const log = { info() {}, warn: console.error, error: console.error };
  const gateway = createGateway({
    database,
    broker,
    log,
    onCommitted(batch) {
      batches += 1;
      if (batches % oneIn !== 0) return;
      const now = Date.now();
      for (const { signal, ts } of batch.samples) if (signal === 'v0') ages.push(now - ts);
    },
  });
  await gateway.start();
  startRollups({ system: database.system, clock: () => new Date(), log });
  let rssBytes = 0;
  setInterval(() => (rssBytes = process.memoryUsage.rss()), 200);
  setInterval(() => say({ kind: 'counters', counters: gateway.counters(), rssBytes }), told);
  process.on('message', (message: ToGateway) => {
    if (message.kind === 'stop') void gateway.stop().then(() => process.exit(0));
  });
  say({ kind: 'ready' });
}
