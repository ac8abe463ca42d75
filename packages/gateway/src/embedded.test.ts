import type { MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type CommittedBatch, type CommittedSample, createGateway, type Gateway } from './index.js';
import { connectDevice, createPlant, eventually, loudLog, type Plant, type PlantDevice } from './testing/plant.js';

let plant: Plant;
let gateway: Gateway;
let url: string;
const live: CommittedSample[] = [];
const clients: MqttClient[] = [];

beforeAll(async () => {
  plant = await createPlant();
  gateway = createGateway({
    database: plant.database,
    broker: { kind: 'embedded', host: '127.0.0.1', port: 0 },
    log: loudLog,
    onCommitted: ({ samples }: CommittedBatch) => live.push(...samples),
  });
  url = (await gateway.start()).mqttUrl;
});
afterAll(async () => {
  await gateway.stop();
  await plant.close();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.end(true);
});

async function connected(device: Pick<PlantDevice, 'username' | 'token'>, options = {}): Promise<MqttClient> {
  const client = await connectDevice(url, device, options);
  clients.push(client);
  return client;
}

let made = 0;
const newDevice = (): Promise<PlantDevice> => plant.addDevice(`oven-${++made}`);
const samplesOf = ({ equipment }: PlantDevice) =>
  plant.sql<{ signal: string; ms: number; value: number | null; text: string | null; quality: number }>(
    `select r.signal, (extract(epoch from s.ts) * 1000)::float8 as ms, s.value, s.text, s.quality from telemetry.sample s
     join telemetry.series r on r.id = s.series where r.equipment_id = $1 order by s.ts, r.signal, s.value`,
    equipment,
  );

describe('a device on the embedded broker', () => {
  it('has its values stored, its last values kept and given to those who watch', async () => {
    const oven = await newDevice();
    const client = await connected(oven);
    const ts = Date.now() - 5000;
    await client.publishAsync(
      `yf/v1/${oven.username}/telemetry`,
      JSON.stringify({ ts: ts + 0.5, seq: 1, values: { temperature: 172.4, door_open: false, program: 'A' } }),
      { qos: 1 },
    );
    await client.publishAsync(
      `yf/v1/${oven.username}/telemetry`,
      JSON.stringify([
        { ts: ts - 1000, seq: 3, values: { temperature: 100 } },
        { ts: new Date(ts + 1000).toISOString(), seq: 2, values: { temperature: 400 } },
      ]),
      { qos: 1 },
    );
    expect(await samplesOf(oven)).toEqual([
      { signal: 'temperature', ms: ts - 1000, value: 100, text: null, quality: 192 },
      { signal: 'door_open', ms: ts + 0.5, value: 0, text: null, quality: 192 },
      { signal: 'program', ms: ts + 0.5, value: null, text: 'A', quality: 192 },
      { signal: 'temperature', ms: ts + 0.5, value: 172.4, text: null, quality: 192 },
      { signal: 'temperature', ms: ts + 1000, value: 400, text: null, quality: 84 },
    ]);
    const last = await plant.sql(
      `select l.value, l.quality from telemetry.last_value l join telemetry.series r on r.id = l.series where r.equipment_id = $1 and r.signal = 'temperature'`,
      oven.equipment,
    );
    expect(last).toEqual([{ value: 400, quality: 84 }]);
    expect(live.filter((sample) => sample.equipment === oven.equipment)).toContainEqual({
      organization: plant.maker.id,
      equipment: oven.equipment,
      signal: 'door_open',
      ts: ts + 0.5,
      value: false,
      quality: 192,
    });
  });

  it('has its events stored and pending, once', async () => {
    const oven = await newDevice();
    const client = await connected(oven);
    const event = JSON.stringify({ ts: Date.now(), seq: 7, type: 'count', good: 1 });
    await client.publishAsync(`yf/v1/${oven.username}/event`, event, { qos: 1 });
    await client.publishAsync(`yf/v1/${oven.username}/event`, event, { qos: 1 });
    const rows = await plant.sql(
      `select e.type, e.seq, e.body, (select count(*)::int from telemetry.device_event_pending p where p.event_id = e.id) as pending
       from telemetry.device_event e where e.equipment_id = $1`,
      oven.equipment,
    );
    expect(rows).toEqual([{ type: 'count', seq: 7, body: { good: 1 }, pending: 1 }]);
  });

  it('is acknowledged only after the commit', async () => {
    const oven = await newDevice();
    const client = await connected(oven);
    await client.publishAsync(`yf/v1/${oven.username}/telemetry`, JSON.stringify({ ts: Date.now(), values: { temperature: 1 } }), {
      qos: 1,
    });
    const holder = await plant.db.owner.pool.connect();
    await holder.query('begin; lock table telemetry.sample in access exclusive mode');
    let acknowledged = false;
    const publishing = client
      .publishAsync(`yf/v1/${oven.username}/telemetry`, JSON.stringify({ ts: Date.now(), values: { temperature: 2 } }), { qos: 1 })
      .then(() => {
        acknowledged = true;
      });
    await eventually('the message is in flight', () => gateway.counters().inFlight === 1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(acknowledged).toBe(false);
    await holder.query('commit');
    holder.release();
    await publishing;
    expect(await samplesOf(oven)).toHaveLength(2);
  });
});
