import { connect as dial } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { resumeOrganization, suspendOrganization } from '@yunfab/core/access';
import { createTestOrganization } from '@yunfab/core/testing';
import type { MqttClient } from 'mqtt';
import { generate } from 'mqtt-packet';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createGateway } from '../index.js';
import { type KillableGateway, killableGateway } from '../testing/killable-gateway.js';
import { freePort, startMosquitto, withoutMosquitto } from '../testing/mosquitto.js';
import { connectDevice, createPlant, eventually, type Plant, type PlantDevice } from '../testing/plant.js';

let plant: Plant;
const clients: MqttClient[] = [];
const processes: KillableGateway[] = [];

beforeAll(async () => {
  plant = await createPlant();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.end(true);
  for (const each of processes.splice(0)) await each.kill();
});
afterAll(() => plant?.close());

const onlineOf = async ({ device }: PlantDevice) =>
  (
    await plant.sql<{ online: boolean }>(
      'select s.online from telemetry.device_status s join core.device d on d.id = s.device_id where d.code = $1',
      device,
    )
  )[0]?.online;
const becomes = (device: PlantDevice, online: boolean) =>
  eventually(`${device.device} is ${online ? 'online' : 'offline'}`, async () => (await onlineOf(device)) === online, 20_000);

async function comes(url: string, device: PlantDevice, retain = true): Promise<MqttClient> {
  const topic = `yf/v1/${device.username}/status`;
  const client = await connectDevice(url, device, { will: { topic, payload: Buffer.from('offline'), qos: 1, retain } });
  client.on('error', () => {});
  clients.push(client);
  await client.publishAsync(topic, 'online', { qos: 1, retain });
  await becomes(device, true);
  return client;
}

let made = 0;
const newDevice = () => plant.addDevice(`presence-${++made}`);

describe('who is online at the embedded broker', () => {
  it('is nobody whose token was revoked, without a dead letter for its last will', { timeout: 60_000 }, async () => {
    const gateway = createGateway({ database: plant.database, broker: { kind: 'embedded', host: '127.0.0.1', port: 0 } });
    const { mqttUrl } = await gateway.start();
    try {
      const device = await newDevice();
      await comes(mqttUrl, device);
      await plant.revoke(device.device);
      await becomes(device, false);
      expect(await plant.sql('select from telemetry.dead_letter where device = $1', device.device)).toEqual([]);
    } finally {
      await gateway.stop();
    }
  });

  it('is nobody whose organization was suspended, and its devices again when it is resumed', { timeout: 60_000 }, async () => {
    const gateway = createGateway({ database: plant.database, broker: { kind: 'embedded', host: '127.0.0.1', port: 0 } });
    const { mqttUrl } = await gateway.start();
    try {
      const victim = await createTestOrganization(plant.db, 'suspended');
      const [mine, neighbour] = [await plant.addDevice('oven', victim), await newDevice()];
      await comes(mqttUrl, mine);
      await comes(mqttUrl, neighbour);
      await suspendOrganization(plant.db.owner, 'suspended', new Date());
      await becomes(mine, false);
      expect(await onlineOf(neighbour)).toBe(true);
      await resumeOrganization(plant.db.owner, 'suspended', new Date());
      await eventually('it is let in again', () =>
        comes(mqttUrl, mine).then(
          () => true,
          () => false,
        ),
      );
    } finally {
      await gateway.stop();
    }
  });

  it('is still a device that another connection of its own has replaced', { timeout: 60_000 }, async () => {
    const gateway = createGateway({ database: plant.database, broker: { kind: 'embedded', host: '127.0.0.1', port: 0 } });
    const { mqttUrl } = await gateway.start();
    try {
      const device = await newDevice();
      const first = await comes(mqttUrl, device);
      const gone = new Promise<void>((resolve) => first.once('close', () => resolve()));
      const second = await connectDevice(mqttUrl, device);
      clients.push(second);
      await gone;
      await second.publishAsync(`yf/v1/${device.username}/telemetry`, JSON.stringify({ ts: Date.now(), values: { v0: 1 } }), { qos: 1 });
      expect(await onlineOf(device)).toBe(true);
      second.stream.destroy();
      await becomes(device, false);
    } finally {
      await gateway.stop();
    }
  });

  it('is a device as long as it stays, although another connection of its name died while its token was checked', {
    timeout: 60_000,
  }, async () => {
    const gateway = createGateway({ database: plant.database, broker: { kind: 'embedded', host: '127.0.0.1', port: 0 } });
    const { mqttUrl } = await gateway.start();
    const holder = await plant.db.owner.pool.connect();
    try {
      const device = await newDevice();
      const first = await comes(mqttUrl, device);
      // Longer than an answer of the database is believed.
      await sleep(600);
      const { refused, connections } = gateway.counters();
      await holder.query('begin; lock table core.device_credential in access exclusive mode');
      const waiting = async () =>
        (await plant.sql(`select from pg_locks where relation = 'core.device_credential'::regclass and not granted`)).length;
      await eventually('revocations are being asked for', async () => (await waiting()) === 1);
      const { username, token } = device;
      const second = dial(Number(new URL(mqttUrl).port), '127.0.0.1');
      second.write(
        generate({
          cmd: 'connect',
          protocolId: 'MQTT',
          protocolVersion: 4,
          clean: true,
          keepalive: 0,
          clientId: username,
          username,
          password: Buffer.from(token),
        }),
      );
      await eventually('its token is being checked too', async () => (await waiting()) === 2);
      second.destroy();
      await eventually('it is gone', () => gateway.counters().connections === connections);
      await holder.query('commit');
      await eventually('it is not let in', () => gateway.counters().refused === refused + 1);
      await first.publishAsync(`yf/v1/${username}/status`, 'online', { qos: 1, retain: true });
      expect(await onlineOf(device)).toBe(true);
      first.stream.destroy();
      await becomes(device, false);
    } finally {
      holder.release(true);
      await gateway.stop();
    }
  });

  it('is nobody when it was stopped, and nobody who did not come back after it was killed', { timeout: 120_000 }, async () => {
    const [stays, leaves] = [await newDevice(), await newDevice()];
    const gateway = createGateway({ database: plant.database, broker: { kind: 'embedded', host: '127.0.0.1', port: 0 } });
    const { mqttUrl } = await gateway.start();
    await comes(mqttUrl, leaves);
    await gateway.stop();
    expect(await onlineOf(leaves)).toBe(false);
    expect(gateway.counters().inFlight).toBe(0);
    const port = await freePort();
    const killed = killableGateway(plant, { kind: 'embedded', host: '127.0.0.1', port });
    processes.push(killed);
    await killed.start();
    const url = `mqtt://127.0.0.1:${port}`;
    await comes(url, stays);
    await comes(url, leaves);
    await killed.kill();
    expect(await onlineOf(leaves)).toBe(true);
    await killed.start();
    await becomes(leaves, false);
    await comes(url, stays);
  });
});

describe.skipIf(withoutMosquitto)(withoutMosquitto ?? 'who is online at a broker outside', () => {
  it('is what its retained words say whenever the watch comes back, also of a word that is gone', { timeout: 120_000 }, async () => {
    const [stays, leaves, vanishes] = [await newDevice(), await newDevice(), await newDevice()];
    const mosquitto = await startMosquitto();
    const start = async () => {
      const gateway = createGateway({ database: plant.database, broker: { kind: 'external', url: mosquitto.url, takeoverMs: 2_000 } });
      await gateway.start();
      return gateway;
    };
    let gateway = await start();
    try {
      await comes(mosquitto.url, stays);
      const leaving = await comes(mosquitto.url, leaves);
      const vanishing = await comes(mosquitto.url, vanishes);
      await gateway.stop();
      leaving.stream.destroy();
      // As after a broker that lost what it had retained: no word is there any more.
      await vanishing.publishAsync(`yf/v1/${vanishes.username}/status`, '', { qos: 1, retain: true });
      gateway = await start();
      await becomes(leaves, false);
      await becomes(vanishes, false);
      expect(await onlineOf(stays)).toBe(true);
    } finally {
      await gateway.stop();
      await mosquitto.stop();
    }
  });
});
