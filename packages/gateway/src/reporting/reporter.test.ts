import { setOperator } from '@yunfab/core/access';
import { createCallerFactory, router } from '@yunfab/core/commands';
import { createEquipmentRouter, createEquipmentService } from '@yunfab/core/equipment';
import { createTestOrganization, testContext } from '@yunfab/core/testing';
import type { MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGateway, type Gateway } from '../index.js';
import { connectDevice, createPlant, eventually, loudLog, type Plant } from '../testing/plant.js';

let plant: Plant;
const gateways: Gateway[] = [];
const clients: MqttClient[] = [];
beforeAll(async () => {
  plant = await createPlant();
});
afterAll(async () => {
  for (const client of clients) client.end(true);
  for (const gateway of gateways) await gateway.stop();
  await plant.close();
});

const createCaller = createCallerFactory(router(createEquipmentRouter(createEquipmentService({ models: new Map() }))));
const as = (who = plant.maker) => createCaller(testContext(plant.db, who)).gateways;

async function begin(name: string): Promise<{ readonly gateway: Gateway; readonly url: string }> {
  const gateway = createGateway({ database: plant.database, broker: { kind: 'embedded', host: '127.0.0.1', port: 0 }, name, log: loudLog });
  gateways.push(gateway);
  return { gateway, url: (await gateway.start()).mqttUrl };
}

describe('gateways', () => {
  it('report counters that add up, each process its own, to whoever runs the platform', async () => {
    const [left, right] = [await begin('left'), await begin('right')];
    const device = await plant.addDevice('oven-a');
    const client = await connectDevice(left.url, device);
    clients.push(client);
    const at = Date.now();
    for (const seq of [1, 2, 3, 3])
      await client.publishAsync(
        `yf/v1/${device.username}/telemetry`,
        JSON.stringify({ ts: at, seq, values: { temperature: 20, v1: seq } }),
        { qos: 1 },
      );
    await client.publishAsync(`yf/v1/${device.username}/telemetry`, '{', { qos: 1 });

    expect(await as().status({})).toMatchObject({ operator: false });
    await expect(as().list({})).rejects.toThrow(/Only the organization that runs the platform/);
    await setOperator(plant.db.owner, 'maker', new Date());
    await eventually('both have reported', async () => {
      const { items } = await as().list({});
      return items.some(({ name, counters }) => name === 'left' && counters.received === 5) && items.some(({ name }) => name === 'right');
    });
    const { items } = await as().list({});
    expect(items.find(({ name }) => name === 'left')).toMatchObject({
      state: 'running',
      counters: {
        received: 5,
        committed: 3,
        duplicate: 1,
        deadLettered: 1,
        inFlight: 0,
        unaccounted: 0,
        valuesCommitted: 6,
        connections: 1,
      },
    });
    expect(items.find(({ name }) => name === 'right')).toMatchObject({ state: 'running', counters: { received: 0, unaccounted: 0 } });
    expect(await as().status({})).toMatchObject({ running: 2, operator: true });

    await right.gateway.stop();
    expect((await as().list({})).items.find(({ name }) => name === 'right')?.state).toBe('stopped');
    await eventually('it has rates', async () => (await as().list({})).items.some(({ name, rates }) => name === 'left' && rates !== null));
  });

  it('that were killed say nothing more, and are gone', async () => {
    const id = '0190a000-0000-7000-8000-000000000001';
    await plant.sql(`select telemetry.report_gateway($1, 'killed', 60, '{"received": 7, "committed": 4, "inFlight": 2}', false)`, id);
    await plant.sql(`update telemetry.gateway_process set seen_at = seen_at - interval '1 minute' where id = $1`, id);
    const gone = (await as().list({})).items.find(({ name }) => name === 'killed');
    expect(gone).toMatchObject({ state: 'gone', counters: { received: 7, inFlight: 2, unaccounted: 1 }, rates: null });
  });

  it('tell an organization what became of the messages of its own devices', async () => {
    const { items } = await as().devices({ minutes: 5 });
    expect(items).toMatchObject([
      { device: 'oven-a', credential: 'live', online: null, stored: 3, letters: 1, lettersWaiting: 1, equipment: { code: 'oven-a' } },
    ]);
    expect(items[0]?.newestTs).toBeGreaterThan(0);
    const stranger = await createTestOrganization(plant.db, 'stranger');
    expect((await as(stranger).devices({})).items).toEqual([]);
    await expect(as(stranger).list({})).rejects.toThrow(/Only the organization/);
    expect(await as(stranger).status({})).toMatchObject({ operator: false });
  });

  it('and how all of its equipment stands, nobody else’s', async () => {
    const overview = (who = plant.maker) => createCaller(testContext(plant.db, who)).overview({});
    const { items } = await overview();
    expect(items).toMatchObject([{ code: 'oven-a', model: 'test.oven', devices: 1, online: 0, offline: 0, outOfRange: 0, doubtful: 0 }]);
    expect(items[0]?.newestTs).toBeGreaterThan(0);
    expect((await overview(await createTestOrganization(plant.db, 'other'))).items).toEqual([]);
  });
});
