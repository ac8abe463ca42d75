import { createTestDatabase, type TestDatabase } from '@yunfab/core/testing';
import { type EmqxApi, emqxApi, emqxKeys } from '@yunfab/gateway/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config/index.js';
import { createLog } from '../operations/log.js';
import { startEmqxDevices } from './gateway.js';

describe('a platform that cuts devices off at EMQX', () => {
  let db: TestDatabase;
  let api: EmqxApi;
  beforeAll(async () => {
    db = await createTestDatabase();
    api = await emqxApi();
    await api.start();
  });
  afterAll(async () => {
    await api?.stop();
    await db?.close();
  });

  const start = (environment: Record<string, string>) =>
    startEmqxDevices({ broker: readConfig(environment).broker, database: db.database, log: createLog('silent') });
  const broker = { YUNFAB_MQTT_URL: 'mqtt://emqx' };
  const keys = ({ key, secret }: { key: string; secret: string }) => ({
    ...{ YUNFAB_MQTT_EMQX_URL: api.url, YUNFAB_MQTT_EMQX_KEY: key, YUNFAB_MQTT_EMQX_SECRET: secret },
  });

  it('does not start with a key that may not, and says which variable is wrong', async () => {
    for (const wrong of [{ ...emqxKeys.administrator, secret: 'no-secret-of-it' }, emqxKeys.viewer]) {
      const starting = start({ ...broker, ...keys(wrong) });
      await expect(starting).rejects.toMatchObject({ code: 'config.invalid', message: expect.stringContaining('YUNFAB_MQTT_EMQX_KEY') });
      await expect(starting).rejects.not.toThrow(wrong.secret);
    }
  });

  it('starts with one that may, and without one where none is named', async () => {
    const devices = await start({ ...broker, ...keys(emqxKeys.administrator) });
    expect(devices).not.toBeNull();
    await devices?.stop();
    expect(await start(broker)).toBeNull();
    expect(await start({})).toBeNull();
  });
});
