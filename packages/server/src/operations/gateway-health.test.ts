import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@yunfab/core/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../config/index.js';
import { startGatewayProcess } from '../platform/gateway-process.js';
import { environmentOf } from '../testing/platform.js';
import { createLog } from './log.js';

let base: TestDatabase;
let dataDir: string;
beforeAll(async () => {
  base = await createTestDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'yunfab-gateway-health-'));
});
afterAll(async () => {
  rmSync(dataDir, { recursive: true, force: true });
  await base?.close();
});

const start = (more: Record<string, string> = {}) =>
  startGatewayProcess({ config: readConfig({ ...environmentOf(base, dataDir), ...more }), log: createLog('silent') });

it('a gateway alone says that it lives, that it is ready, and that no message is unaccounted for', async () => {
  const gateway = await start({ YUNFAB_GATEWAY_HTTP_PORT: '0' });
  try {
    const get = async (path: string) => {
      const response = await fetch(`${gateway.healthUrl}${path}`);
      return { status: response.status, text: await response.text() };
    };
    expect(await get('/livez')).toEqual({ status: 200, text: '{"live":true}' });
    const ready = await get('/readyz');
    expect([ready.status, JSON.parse(ready.text)]).toEqual([
      200,
      { ready: true, checks: { broker: { ok: true }, database: { ok: true } } },
    ]);
    const metrics = (await get('/metrics')).text;
    expect(metrics).toMatch(/^yunfab_gateway_received_total 0$/m);
    expect(metrics).toMatch(/^yunfab_gateway_unaccounted 0$/m);
    expect(metrics).toMatch(/^yunfab_gateway_oldest_in_flight_seconds \d/m);
  } finally {
    await gateway.stop();
  }
});

it('opens no port unless told', async () => {
  const gateway = await start();
  expect(gateway.healthUrl).toBeNull();
  await gateway.stop();
});
