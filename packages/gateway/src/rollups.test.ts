import { rollUp } from '@yunfab/core/equipment';
import type { MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createGateway, type Gateway } from './index.js';
import { connectDevice, createPlant, loudLog, type Plant, type PlantDevice } from './testing/plant.js';

let plant: Plant;
let gateway: Gateway;
let oven: PlantDevice;
let client: MqttClient;
beforeAll(async () => {
  plant = await createPlant();
  gateway = createGateway({ database: plant.database, broker: { kind: 'embedded', host: '127.0.0.1', port: 0 }, log: loudLog });
  const { mqttUrl } = await gateway.start();
  oven = await plant.addDevice('oven');
  client = await connectDevice(mqttUrl, oven);
});
afterAll(async () => {
  client.end(true);
  await gateway.stop();
  await plant.close();
});

const minute = 60_000;
const publish = (...readings: { readonly ts: number; readonly seq: number; readonly temperature: number }[]) =>
  client.publishAsync(
    `yf/v1/${oven.username}/telemetry`,
    JSON.stringify(readings.map(({ temperature, ...reading }) => ({ ...reading, values: { temperature } }))),
    { qos: 1 },
  );
const rolled = async () => {
  await rollUp(plant.database.system, new Date());
  return plant.sql<{ count: number; low: number; high: number }>(
    `select m.count, m.low, m.high from telemetry.rollup_minute m join telemetry.series s on s.id = m.series
     where s.equipment_id = $1 order by m.bucket`,
    oven.equipment,
  );
};

it('a minute is rolled up again when more of it comes, and not by what was there already', async () => {
  const start = Math.floor(Date.now() / minute) * minute - 5 * minute;
  const first = { ts: start + 1_000, seq: 1, temperature: 20 };
  await publish(first, { ts: start + minute, seq: 2, temperature: 30 });
  expect(await rolled()).toEqual([
    { count: 1, low: 20, high: 20 },
    { count: 1, low: 30, high: 30 },
  ]);
  await publish({ ts: start + 59_999, seq: 3, temperature: 90 });
  await publish(first);
  expect(await rolled()).toEqual([
    { count: 2, low: 20, high: 90 },
    { count: 1, low: 30, high: 30 },
  ]);
  expect(gateway.counters()).toMatchObject({ committed: 2, duplicate: 1 });
});
