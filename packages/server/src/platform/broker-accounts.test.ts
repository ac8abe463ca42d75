import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, createTestOrganization, type TestDatabase } from '@yunfab/core/testing';
import { startSecuredMosquitto, withoutDynamicSecurity } from '@yunfab/gateway/testing';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callFor } from '../cli/call.js';
import { withReach } from '../cli/reach.js';
import { type Config, readConfig } from '../config/index.js';
import { createLog } from '../operations/log.js';
import { environmentOf } from '../testing/platform.js';
import { withOwner } from './database.js';
import { migrateAll } from './migrate.js';
import { type Platform, startPlatform } from './platform.js';
import { platformVersion } from './version.js';
import { importVerticals } from './verticals.js';

describe.skipIf(withoutDynamicSecurity)(withoutDynamicSecurity ?? 'a platform on a Mosquitto whose accounts it keeps', () => {
  const admin = { username: 'admin', password: 'a/b c:d' };
  let base: TestDatabase;
  let mosquitto: Awaited<ReturnType<typeof startSecuredMosquitto>>;
  let dataDir: string;
  let config: Config;
  let platform: Platform;

  beforeAll(async () => {
    base = await createTestDatabase();
    await createTestOrganization(base, 'maker');
    mosquitto = await startSecuredMosquitto(admin);
    dataDir = mkdtempSync(join(tmpdir(), 'yunfab-accounts-'));
    const { host } = new URL(mosquitto.url);
    config = readConfig({
      ...environmentOf(base, dataDir),
      YUNFAB_VERTICALS: 'none',
      YUNFAB_MQTT_URL: `mqtt://gateway:one-for-all@${host}`,
      YUNFAB_MQTT_ACCOUNTS_URL: `mqtt://${admin.username}:${encodeURIComponent(admin.password)}@${host}`,
      YUNFAB_MQTT_AUTH_SECRET: 'k7Jw2VtYp9QmXz4RbN6sLd8FhCgA3eUo',
    });
    const verticals = await importVerticals(config.verticals, platformVersion);
    await withOwner(base.urls.owner, (owner) => migrateAll(owner, verticals));
    platform = await startPlatform({ config, secret: config.secret ?? '', log: createLog('silent') });
  });
  afterAll(async () => {
    await platform?.stop();
    await mosquitto?.stop();
    await base?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const asMaker = <Answer>(procedure: string, input: object): Promise<Answer> =>
    withReach(config, (reach) => callFor(reach, 'maker', procedure, input)) as Promise<Answer>;

  it('lets in a device that a command registered, and cuts it off when a command revokes it', async () => {
    const { id } = await asMaker<{ id: string }>('equipment.create', { code: 'm1', name: 'M1', model: 'machine' });
    const { username, token } = await asMaker<{ username: string; token: string }>('equipment.devices.create', {
      device: 'm1',
      equipment: id,
    });
    const client = await connectAsync(mosquitto.url, { clientId: username, username, password: token, reconnectPeriod: 0 }, false);
    const gone = new Promise<void>((resolve) => client.once('close', () => resolve()));
    const event = JSON.stringify({ ts: Date.now(), type: 'state', state: 'running' });
    await client.publishAsync(`yf/v1/${username}/event`, event, { qos: 1 });
    await expect
      .poll(async () => (await base.owner.pool.query('select from telemetry.device_event')).rowCount, { timeout: 20_000 })
      .toBe(1);
    await asMaker('equipment.devices.revoke', { device: 'm1' });
    await gone;
    await expect(
      connectAsync(mosquitto.url, { clientId: username, username, password: token, reconnectPeriod: 0 }, false),
    ).rejects.toThrow();
  });

  it('answers a broker that asks over HTTP, and says so in its document', async () => {
    const response = await fetch(`${platform.httpUrl}/api/mqtt/authenticate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${config.mqttAuthSecret}` },
      body: JSON.stringify({ username: 'maker/ghost', password: 'yd_nothing', clientid: 'maker/ghost' }),
    });
    expect([response.status, await response.json()]).toEqual([200, { result: 'deny', is_superuser: false }]);
    const { paths } = (await (await fetch(`${platform.httpUrl}/api/openapi.json`)).json()) as { paths: Record<string, unknown> };
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/mqtt/authenticate', '/mqtt/authorize']));
  });
});
