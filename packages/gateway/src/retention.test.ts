import { createCallerFactory, router } from '@yunfab/core/commands';
import {
  createEquipmentRouter,
  createEquipmentService,
  dropOldTelemetry,
  forgetOldRecords,
  moveKeptFrom,
  rollUp,
} from '@yunfab/core/equipment';
import { testContext } from '@yunfab/core/testing';
import type { MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createGateway, type Gateway } from './index.js';
import { connectDevice, createPlant, eventually, loudLog, type Plant, type PlantDevice } from './testing/plant.js';

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

const dayMs = 86_400_000;
const today = Math.floor(Date.now() / dayMs) * dayMs;
const midnight = (ago: number) => today - ago * dayMs;
const createCaller = createCallerFactory(router(createEquipmentRouter(createEquipmentService({ models: new Map() }))));
const keepsAll = { samplesDays: null, minutesDays: null, hoursDays: null, eventsDays: null, lettersDays: null, commandsDays: null };
const publish = (...readings: { readonly ts: number; readonly seq: number; readonly temperature: number }[]) =>
  client.publishAsync(
    `yf/v1/${oven.username}/telemetry`,
    JSON.stringify(readings.map(({ temperature, ...reading }) => ({ ...reading, values: { temperature } }))),
    { qos: 1 },
  );
const letters = () => plant.sql<{ reason: string; detail: string }>('select reason, detail from telemetry.dead_letter order by first_at');

it('days are dropped while a gateway commits: nothing acknowledged is missing, what is too late is a dead letter', async () => {
  const { system } = plant.database;
  for (const ago of [9, 8, 7])
    await publish({ ts: midnight(ago), seq: ago, temperature: ago }, { ts: midnight(ago) + 60_000, seq: ago, temperature: 100 });
  let publishing = true;
  let acknowledged = 0;
  const stream = (async () => {
    while (publishing) await publish({ ts: Date.now(), seq: 1000 + acknowledged, temperature: 20 }).then(() => acknowledged++);
  })();
  await eventually('the stream runs', () => acknowledged > 5);
  await moveKeptFrom(system, { ...keepsAll, samplesDays: 7 }, new Date());
  expect(await dropOldTelemetry(system, new Date())).toHaveLength(2);
  const then = acknowledged;
  await eventually('the stream goes on', () => acknowledged > then + 5);
  await publish({ ts: midnight(8) + 120_000, seq: 1, temperature: 30 }, { ts: midnight(7) + 120_000, seq: 1, temperature: 40 });
  publishing = false;
  await stream;
  expect(await letters()).toEqual([
    { reason: 'no_longer_kept', detail: expect.stringContaining(new Date(midnight(7)).toISOString().slice(0, 10)) },
  ]);
  const left = await plant.sql<{ value: number }>('select value from telemetry.sample where ts < $1 order by ts', new Date(midnight(6)));
  expect(left.map(({ value }) => value)).toEqual([7, 100, 40]);
  const { committed, received, duplicate, deadLettered, inFlight } = gateway.counters();
  expect({ received, committed }).toEqual({ received: acknowledged + 4, committed: acknowledged + 4 });
  expect(duplicate + deadLettered + inFlight).toBe(0);
  await rollUp(system, new Date(Date.now() + dayMs));
  const [live] = await plant.sql<{ n: number }>('select count(*)::int as n from telemetry.sample where ts >= $1', new Date(today));
  expect(live?.n).toBe(acknowledged);
  const { signals } = await createCaller(testContext(plant.db, plant.maker)).telemetry.aggregate({
    ...{ equipment: oven.equipment, signals: ['temperature'], from: midnight(9), to: midnight(6), bucketMs: dayMs },
  });
  expect(signals['temperature']).toMatchObject({ count: [2, 2, 3], first: [9, 8, 7], high: [100, 100, 100] });
});

it('a gateway that has not heard yet what is kept makes no partition anew', async () => {
  await plant.sql('update telemetry.retention set samples_from = $1, samples_dropped = $1', new Date(midnight(2)));
  await publish({ ts: midnight(5), seq: 1, temperature: 1 });
  // It hears of it with the next look at who the device is, at the latest after 15 s; then the reason is no_longer_kept.
  const reason = expect.stringMatching(/^(refused_by_database|no_longer_kept)$/);
  expect((await letters()).at(-1)).toEqual({ reason, detail: expect.stringContaining('kept') });
  expect(await plant.sql('select from telemetry.partitions() where parent = $1 and begins = $2', 'sample', new Date(midnight(5)))).toEqual(
    [],
  );
});

it('an event that is no longer kept is a dead letter when it is sent again, and never counted twice', async () => {
  const { system } = plant.database;
  const counts = () => plant.sql<{ seq: string }>("select seq from telemetry.device_event where type = 'count' order by ts");
  const report = (ago: number) =>
    client.publishAsync(`yf/v1/${oven.username}/event`, JSON.stringify({ ts: midnight(ago), seq: ago, type: 'count', good: 1 }), {
      qos: 1,
    });
  await report(9);
  await report(3);
  await plant.sql('delete from telemetry.device_event_pending');
  await report(9);
  expect((await counts()).map(({ seq }) => Number(seq))).toEqual([9, 3]);
  await moveKeptFrom(system, { ...keepsAll, eventsDays: 5 }, new Date());
  expect(await forgetOldRecords(system, new Date())).toEqual({ events: 1, letters: 0, commands: 0 });
  await report(9);
  await report(3);
  await report(4);
  expect((await counts()).map(({ seq }) => Number(seq))).toEqual([4, 3]);
  // The gateway may not have heard yet: then the database refuses it, for the same reason.
  const reason = expect.stringMatching(/^(refused_by_database|no_longer_kept)$/);
  expect((await letters()).at(-1)).toEqual({ reason, detail: expect.stringContaining('kept') });
});
