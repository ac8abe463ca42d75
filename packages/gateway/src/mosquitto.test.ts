import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createGateway, type Gateway } from './index.js';
import { type Mosquitto, startMosquitto, withoutMosquitto } from './testing/mosquitto.js';
import { connectDevice, createPlant, eventually, loudLog, type Plant, type PlantDevice } from './testing/plant.js';

describe.skipIf(withoutMosquitto)(withoutMosquitto ?? 'the link to a real Mosquitto', () => {
  let plant: Plant;
  let gateway: Gateway;
  let mosquitto: Mosquitto;
  let oven: PlantDevice;
  let other: PlantDevice;
  const clients: MqttClient[] = [];
  const gatewayUser = { username: 'gateway', password: 'secret' };

  beforeAll(async () => {
    plant = await createPlant();
    oven = await plant.addDevice('oven-1');
    other = await plant.addDevice('oven-2');
    mosquitto = await startMosquitto({
      gateway: gatewayUser,
      devices: [
        ...[oven, other].map(({ username, token }) => ({ username, password: token })),
        { username: 'maker/ghost', password: 'ghost' },
      ],
    });
    gateway = createGateway({
      database: plant.database,
      broker: { kind: 'external', url: mosquitto.gatewayUrl, clientId: 'gateway', ...gatewayUser },
      log: loudLog,
    });
    await gateway.start();
  });
  afterAll(async () => {
    await gateway?.stop();
    await mosquitto?.stop();
    await plant?.close();
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.end(true);
  });

  const connected = async (device: Pick<PlantDevice, 'username' | 'token'>, options = {}) => {
    const client = await connectDevice(mosquitto.url, device, options);
    client.on('error', () => {});
    clients.push(client);
    return client;
  };
  const telemetry = (seq: number) => JSON.stringify({ ts: Date.now(), seq, values: { temperature: seq } });
  const settled = () => eventually('nothing is in flight', () => gateway.counters().inFlight === 0);

  it('stores what devices publish, as the embedded broker does', async () => {
    const client = await connected(oven);
    const before = gateway.counters().committed;
    await client.publishAsync(`yf/v1/${oven.username}/telemetry`, telemetry(1), { qos: 1 });
    await client.publishAsync(`yf/v1/${oven.username}/event`, JSON.stringify({ ts: Date.now(), type: 'state', state: 'running' }), {
      qos: 1,
    });
    await client.publishAsync(`yf/v1/${oven.username}/status`, 'online', { qos: 1, retain: true });
    await eventually('three messages are committed', () => gateway.counters().committed === before + 3);
    const [row] = await plant.sql<{ samples: number; events: number; online: boolean }>(
      `select (select count(*)::int from telemetry.sample s join telemetry.series r on r.id = s.series where r.equipment_id = $1) as samples,
        (select count(*)::int from telemetry.device_event where equipment_id = $1) as events,
        (select online from telemetry.device_status s join core.device d on d.id = s.device_id where d.equipment_id = $1) as online`,
      oven.equipment,
    );
    expect(row).toEqual({ samples: 1, events: 1, online: true });
  });

  it('acknowledges to the broker only after the commit', async () => {
    // The broker gives a returning session whatever it has not acknowledged: everything before the commit, nothing after.
    const open = await startMosquitto();
    const comeBack = async () => {
      const link = createGateway({ database: plant.database, broker: { kind: 'external', url: open.url, clientId: 'ack-test' } });
      await link.start();
      return link;
    };
    const device = await connectAsync(open.url);
    const first = await comeBack();
    const holder = await plant.db.owner.pool.connect();
    try {
      await holder.query('begin; lock table telemetry.sample in access exclusive mode');
      await device.publishAsync(`yf/v1/${oven.username}/telemetry`, telemetry(2), { qos: 1 });
      await eventually('it is in flight', () => first.counters().inFlight === 1);
      await first.stop(0);
      const second = await comeBack();
      await eventually('it comes again', () => second.counters().received === 1);
      await holder.query('commit');
      await eventually('it is settled', () => second.counters().inFlight === 0);
      await second.stop();
      const third = await comeBack();
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(third.counters().received).toBe(0);
      await third.stop();
    } finally {
      await holder.query('rollback');
      holder.release();
      await device.endAsync(true);
      await open.stop();
    }
    const rows = await plant.sql(
      'select from telemetry.sample s join telemetry.series r on r.id = s.series where r.equipment_id = $1 and s.value = 2',
      oven.equipment,
    );
    expect(rows).toHaveLength(1);
  });

  it('makes dead letters of unknown devices, revoked devices and poison, and goes on', async () => {
    const ghost = await connected({ username: 'maker/ghost', token: 'ghost' });
    const client = await connected(oven);
    const revoked = await connected(other);
    await plant.revoke(other.device);
    const before = gateway.counters().deadLettered;
    await ghost.publishAsync('yf/v1/maker/ghost/telemetry', telemetry(1), { qos: 1 });
    await revoked.publishAsync(`yf/v1/${other.username}/telemetry`, telemetry(1), { qos: 1 });
    await client.publishAsync(`yf/v1/${oven.username}/telemetry`, '{', { qos: 1 });
    await client.publishAsync(`yf/v1/${oven.username}/telemetry`, telemetry(3), { qos: 1 });
    await eventually('three dead letters', () => gateway.counters().deadLettered === before + 3);
    await settled();
    const letters = await plant.sql<{ device: string; reason: string }>('select device, reason from telemetry.dead_letter order by device');
    expect(letters).toEqual([
      { device: 'ghost', reason: 'unknown_device' },
      { device: 'oven-1', reason: 'not_json' },
      { device: 'oven-2', reason: 'device_revoked' },
    ]);
  });

  it('with the access list of the documentation lets no device overhear, forge or displace another', async () => {
    const mine = await connected(oven);
    const thief = await connected(other, { clientId: oven.username });
    const heard: string[] = [];
    thief.on('message', (topic) => heard.push(topic));
    await thief.subscribeAsync(['#', 'yf/v1/#', '$share/g/yf/v1/#', `yf/v1/${oven.username}/telemetry`], { qos: 1 }).catch(() => {});
    const before = gateway.counters().received;
    await thief.publishAsync(`yf/v1/${oven.username}/telemetry`, telemetry(666), { qos: 1 });
    await mine.publishAsync(`yf/v1/${oven.username}/telemetry`, telemetry(4), { qos: 1 });
    await eventually('the honest message arrives', () => gateway.counters().received === before + 1);
    await settled();
    expect(heard).toEqual([]);
    expect(mine.connected).toBe(true);
    expect(await plant.sql('select from telemetry.sample where value = 666')).toEqual([]);
    await expect(
      connectAsync(mosquitto.url, { username: oven.username, password: other.token, reconnectPeriod: 0 }, false),
    ).rejects.toThrow();
  });

  it('tells the time to a device that asks', async () => {
    const client = await connected(oven);
    const answers: number[] = [];
    client.on('message', (_topic, payload) => payload.length > 0 && answers.push((JSON.parse(payload.toString()) as { ts: number }).ts));
    await client.subscribeAsync(`yf/v1/${oven.username}/time`);
    await client.publishAsync(`yf/v1/${oven.username}/time`, '');
    await eventually('the answer', () => answers.length === 1);
    expect(Math.abs((answers[0] ?? 0) - Date.now())).toBeLessThan(5_000);
  });
});
