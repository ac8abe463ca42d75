import type { MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGateway, type Gateway } from './index.js';
import { connectDevice, createPlant, loudLog, type Plant, type PlantDevice } from './testing/plant.js';

let plant: Plant;
let gateway: Gateway;
let mqttUrl: string;
const clients: MqttClient[] = [];
beforeAll(async () => {
  plant = await createPlant();
  gateway = createGateway({ database: plant.database, broker: { kind: 'embedded', host: '127.0.0.1', port: 0 }, log: loudLog });
  ({ mqttUrl } = await gateway.start());
});
afterAll(async () => {
  for (const client of clients) client.end(true);
  await gateway.stop();
  await plant.close();
});

async function oven(code: string) {
  const device = await plant.addDevice(code);
  const client = await connectDevice(mqttUrl, device);
  clients.push(client);
  const publish = (reading: object) => client.publishAsync(`yf/v1/${device.username}/telemetry`, JSON.stringify(reading), { qos: 1 });
  return { device, publish };
}

interface Stored {
  readonly ts: string;
  readonly ordinal: string;
  readonly value: number;
}
const columns = 's.ts::text as ts, s.ordinal::text as ordinal, s.value';
const newest = ({ equipment }: PlantDevice) =>
  plant.sql<Stored>(
    `select ${columns} from telemetry.sample s join telemetry.series r on r.id = s.series
     where r.equipment_id = $1 order by s.ts desc, s.ordinal desc limit 1`,
    equipment,
  );
const last = ({ equipment }: PlantDevice) =>
  plant.sql<Stored>(
    `select ${columns} from telemetry.last_value s join telemetry.series r on r.id = s.series where r.equipment_id = $1`,
    equipment,
  );

describe('the last value', () => {
  it('is the last of what is stored when a device without a clock sends again what it sent before', async () => {
    const { device, publish } = await oven('clockless');
    for (const temperature of [20, 30, 20]) await publish({ values: { temperature } });
    expect(await last(device)).toMatchObject([{ value: 30 }]);
    expect(await last(device)).toEqual(await newest(device));
  });

  it('is the one that was kept when two came under one time and seq', async () => {
    const { device, publish } = await oven('twice');
    const ts = Date.now();
    await Promise.all([20, 30].map((temperature) => publish({ ts, seq: 1, values: { temperature } })));
    expect(await last(device)).toMatchObject([{ value: 20 }]);
    await publish({ ts, seq: 1, values: { temperature: 40 } });
    expect(await last(device)).toEqual(await newest(device));
    expect(await last(device)).toMatchObject([{ value: 20 }]);
  });

  it('is the last by seq of those of one instant, in whatever order they came', async () => {
    const { device, publish } = await oven('reordered');
    const ts = Date.now();
    await Promise.all([3, 1, 2].map((seq) => publish({ ts, seq, values: { temperature: seq } })));
    expect(await last(device)).toMatchObject([{ value: 3 }]);
    expect(await last(device)).toEqual(await newest(device));
  });
});
