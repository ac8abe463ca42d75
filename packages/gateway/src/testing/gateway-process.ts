import { openDatabase } from '@yunfab/core/database';
import { type BrokerOptions, createGateway } from '../index.js';

/** A gateway in a process of its own, for tests that kill it. YUNFAB_TEST_GATEWAY holds { urls, broker } as JSON. */
const { urls, broker } = JSON.parse(process.env['YUNFAB_TEST_GATEWAY'] ?? '{}') as {
  urls: Parameters<typeof openDatabase>[0];
  broker: BrokerOptions;
};
const gateway = createGateway({
  database: openDatabase(urls),
  broker,
  log: { info() {}, warn() {}, error: console.error },
});
await gateway.start();
process.send?.('ready');
process.on('message', () => process.send?.(gateway.counters()));
// When the test process is gone, so is this one.
process.on('disconnect', () => process.exit(0));
