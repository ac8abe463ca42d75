import { connect as dial, type Socket } from 'node:net';
import { resumeOrganization, suspendOrganization } from '@yunfab/core/access';
import { createTestOrganization } from '@yunfab/core/testing';
import type { MqttClient } from 'mqtt';
import { generate } from 'mqtt-packet';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createGateway, type Gateway } from './index.js';
import { limits } from './limits.js';
import { connectDevice, createPlant, eventually, type Plant, type PlantDevice } from './testing/plant.js';

let plant: Plant;
let gateway: Gateway;
let url: string;
const clients: MqttClient[] = [];

beforeAll(async () => {
  plant = await createPlant();
  gateway = createGateway({ database: plant.database, broker: { kind: 'embedded', host: '127.0.0.1', port: 0 } });
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
  client.on('error', () => {});
  clients.push(client);
  return client;
}

const refusal = (connecting: Promise<unknown>) =>
  connecting.then(
    () => 'let in',
    (error: { code?: number }) => error.code,
  );
const closed = (client: MqttClient) => new Promise<void>((resolve) => client.once('close', () => resolve()));
const telemetry = (value: number) => JSON.stringify({ ts: Date.now(), values: { temperature: value } });
const rowsOf = async ({ equipment }: PlantDevice) =>
  (await plant.sql('select from telemetry.sample s join telemetry.series r on r.id = s.series where r.equipment_id = $1', equipment))
    .length;

let made = 0;
const newDevice = (): Promise<PlantDevice> => plant.addDevice(`oven-${++made}`);

describe('a device is let in', () => {
  it('with its own token and under its own name only', async () => {
    const mine = await newDevice();
    const other = await newDevice();
    expect(await refusal(connected(mine))).toBe('let in');
    expect(await refusal(connected({ ...mine, token: 'yd_wrong' }))).toBe(4);
    expect(await refusal(connected({ ...mine, token: other.token }))).toBe(4);
    expect(await refusal(connected(mine, { clientId: other.username }))).toBe(2);
    expect(await refusal(connected(mine, { clientId: 'anything' }))).toBe(2);
    expect(await refusal(connected({ username: 'maker/ghost', token: mine.token }))).toBe(4);
    expect(
      await refusal(connected({ username: '', token: '' }, { username: undefined, password: undefined, clientId: mine.username })),
    ).toBe(4);
  });

  it('and nobody who presents its name takes its place', async () => {
    const mine = await newDevice();
    const thief = await newDevice();
    const client = await connected(mine);
    await refusal(connected(thief, { clientId: mine.username }));
    await refusal(connected({ username: mine.username, token: thief.token }));
    await client.publishAsync(`yf/v1/${mine.username}/telemetry`, telemetry(1), { qos: 1 });
    expect(await rowsOf(mine)).toBe(1);
    expect(client.connected).toBe(true);
  });

  it('until its token is revoked', async () => {
    const mine = await newDevice();
    const client = await connected(mine);
    const gone = closed(client);
    await plant.revoke(mine.device);
    await gone;
    await eventually('the old token opens nothing', async () => (await refusal(connected(mine))) === 4);
  });
});

describe('devices of an organization that is suspended', () => {
  it('are cut off and not let in until it is resumed; a neighbour notices nothing', async () => {
    const victim = await createTestOrganization(plant.db, 'suspended');
    const [mine, neighbour] = [await plant.addDevice('oven-1', victim), await newDevice()];
    const [client, other] = [await connected(mine), await connected(neighbour)];
    const gone = closed(client);
    await suspendOrganization(plant.db.owner, 'suspended', new Date());
    await gone;
    await eventually('it is not let in', async () => (await refusal(connected(mine))) === 4);
    await other.publishAsync(`yf/v1/${neighbour.username}/telemetry`, telemetry(1), { qos: 1 });
    expect(await rowsOf(neighbour)).toBe(1);
    await resumeOrganization(plant.db.owner, 'suspended', new Date());
    await eventually('it is let in again', async () => (await refusal(connected(mine))) === 'let in');
  });
});

describe('a device that was copied with its token', () => {
  it('throws its twin out, and neither loses nor doubles what was acknowledged', async () => {
    const mine = await newDevice();
    const publish = (client: MqttClient, seq: number) =>
      client.publishAsync(`yf/v1/${mine.username}/telemetry`, JSON.stringify({ ts: 1_000 * seq + start, seq, values: { v0: seq } }), {
        qos: 1,
      });
    const start = Date.now() - 60_000;
    const original = await connected(mine);
    await publish(original, 1);
    const gone = closed(original);
    const copy = await connected(mine);
    await gone;
    await publish(copy, 1);
    await publish(copy, 2);
    expect(await rowsOf(mine)).toBe(2);
  });
});

describe('a device writes on its own topics only', () => {
  it.each([
    ['the topic of another device', (other: PlantDevice) => `yf/v1/${other.username}/telemetry`],
    ['the topic of another organization', () => 'yf/v1/rival/oven-1/telemetry'],
    ['its own command topic', (_: PlantDevice, mine: PlantDevice) => `yf/v1/${mine.username}/command`],
    ['a deeper topic', (_: PlantDevice, mine: PlantDevice) => `yf/v1/${mine.username}/telemetry/x`],
    ['$SYS', () => '$SYS/broker/uptime'],
    ['a topic of its own invention', () => 'hello'],
    ['Sparkplug', () => 'spBv1.0/maker/NDATA/node'],
  ])('%s: it is disconnected, unacknowledged, and nothing is stored', async (_name, topicOf) => {
    const mine = await newDevice();
    const other = await newDevice();
    const client = await connected(mine);
    const { refused, received } = gateway.counters();
    const gone = closed(client);
    const acknowledged = client.publishAsync(topicOf(other, mine), telemetry(1), { qos: 1 }).then(
      () => true,
      () => false,
    );
    await gone;
    client.end(true);
    expect(await acknowledged).toBe(false);
    expect(gateway.counters()).toMatchObject({ refused: refused + 1, received });
    expect(await rowsOf(other)).toBe(0);
  });

  it('its last will too', async () => {
    const mine = await newDevice();
    const other = await newDevice();
    const will = { topic: `yf/v1/${other.username}/status`, payload: Buffer.from('offline'), qos: 1, retain: true };
    expect(await refusal(connected(mine, { will }))).toBe(5);
    const statusOf = async () =>
      (
        await plant.sql<{ online: boolean }>(
          'select s.online from telemetry.device_status s join core.device d on d.id = s.device_id where d.code = $1',
          mine.device,
        )
      )[0];
    const client = await connected(mine, { will: { ...will, topic: `yf/v1/${mine.username}/status` } });
    await client.publishAsync(`yf/v1/${mine.username}/status`, 'online', { qos: 1, retain: true });
    expect(await statusOf()).toEqual({ online: true });
    client.stream.destroy();
    await eventually('the will is carried out', async () => (await statusOf())?.online === false);
  });
});

describe('what a device leaves behind at the broker', () => {
  it.each([
    ['on its own telemetry', (name: string) => `yf/v1/${name}/telemetry`, 'offline'],
    ['on its own command topic', (name: string) => `yf/v1/${name}/command`, 'offline'],
    ['on $SYS', () => '$SYS/broker/uptime', 'offline'],
    ['of 65 bytes', (name: string) => `yf/v1/${name}/status`, 'x'.repeat(65)],
  ])('is no last will %s', async (_name, topicOf, payload) => {
    const mine = await newDevice();
    const will = { topic: topicOf(mine.username), payload: Buffer.from(payload), qos: 1, retain: true };
    expect(await refusal(connected(mine, { will }))).toBe(5);
  });

  it('is nothing retained: not for itself when it comes back, nor for another', async () => {
    const [mine, other] = [await newDevice(), await newDevice()];
    const first = await connected(mine);
    await first.publishAsync(`yf/v1/${mine.username}/telemetry`, telemetry(1), { qos: 1, retain: true });
    await first.publishAsync(`yf/v1/${mine.username}/time`, 'forged', { qos: 1, retain: true });
    await first.endAsync();
    const heard: string[] = [];
    for (const device of [mine, other]) {
      const client = await connected(device);
      client.on('message', (_topic, payload) => heard.push(payload.toString()));
      await client.subscribeAsync([`yf/v1/${mine.username}/telemetry`, `yf/v1/${device.username}/time`], { qos: 1 }).catch(() => {});
      await client.publishAsync(`yf/v1/${device.username}/time`, '', { qos: 1 });
    }
    await eventually('both are told the time', () => heard.length >= 2);
    expect(heard.map((each) => Object.keys(JSON.parse(each) as object))).toEqual(heard.map(() => ['ts']));
    expect(await rowsOf(mine)).toBe(1);
  });
});

describe('a device reads its own topics only', () => {
  it('hears nothing of others, whatever it subscribes to', async () => {
    const mine = await newDevice();
    const other = await newDevice();
    const spy = await connected(mine, { clean: false });
    const heard: string[] = [];
    spy.on('message', (topic) => heard.push(topic));
    const filters = [
      '#',
      '+/#',
      'yf/#',
      'yf/v1/#',
      'yf/v1/+/+/telemetry',
      `yf/v1/${mine.username}/#`,
      `yf/v1/${mine.username}/+`,
      `yf/v1/${other.username}/command`,
      `yf/v1/${other.username}/telemetry`,
      '$share/g/yf/v1/#',
      `$share/g/yf/v1/${other.username}/telemetry`,
      '$SYS/#',
    ];
    const granted = await spy
      .subscribeAsync(filters, { qos: 1 })
      .catch((error: { packet?: { granted?: number[] } }) => error.packet?.granted);
    expect(granted).toEqual(filters.map(() => 128));
    const talker = await connected(other);
    await talker.publishAsync(`yf/v1/${other.username}/telemetry`, telemetry(1), { qos: 1, retain: true });
    await talker.subscribeAsync(`yf/v1/${other.username}/time`);
    await talker.publishAsync(`yf/v1/${other.username}/time`, '', { qos: 1 });
    spy.end(true);
    const again = await connected(mine, { clean: false });
    again.on('message', (topic) => heard.push(topic));
    await talker.publishAsync(`yf/v1/${other.username}/telemetry`, telemetry(2), { qos: 1 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(heard).toEqual([]);
  });

  it('is told the time', async () => {
    const mine = await newDevice();
    const client = await connected(mine);
    const times: number[] = [];
    client.on('message', (topic, payload) => {
      if (topic.endsWith('/time')) times.push((JSON.parse(payload.toString()) as { ts: number }).ts);
    });
    await client.subscribeAsync(`yf/v1/${mine.username}/time`);
    await eventually('the time on subscription', () => times.length === 1);
    await client.publishAsync(`yf/v1/${mine.username}/time`, '');
    await eventually('the time on asking', () => times.length === 2);
    expect(Math.abs((times[1] ?? 0) - Date.now())).toBeLessThan(5_000);
  });
});

describe('a client that floods', () => {
  it('with a packet of 5 MB is disconnected before it is gathered', async () => {
    const mine = await newDevice();
    const client = await connected(mine);
    const gone = closed(client);
    client.publish(`yf/v1/${mine.username}/telemetry`, Buffer.alloc(5 * 1024 * 1024, 32), { qos: 1 }, () => {});
    await gone;
    expect(gateway.counters().inFlight).toBe(0);
  });

  it('with questions for the time is answered once for many, and no other waits for it', async () => {
    const [mine, other] = [await newDevice(), await newDevice()];
    const topic = `yf/v1/${mine.username}/time`;
    const client = await connected(mine);
    let answers = 0;
    client.on('message', () => {
      answers += 1;
    });
    await client.subscribeAsync(topic);
    await eventually('the time on subscription', () => answers === 1);
    const question = generate({ cmd: 'publish', topic, payload: '', qos: 0, retain: false, dup: false });
    const asked = 50_000;
    const flood = Buffer.concat(Array.from({ length: asked }, () => question));
    client.stream.write(flood);
    client.stream.write(generate({ cmd: 'unsubscribe', messageId: 7, unsubscriptions: [topic] }));
    const quiet = await connected(other);
    const told = new Promise((resolve) => quiet.once('message', resolve));
    await quiet.subscribeAsync(`yf/v1/${other.username}/time`);
    await told;
    // Acknowledged: all that it asked before has been read.
    await client.publishAsync(`yf/v1/${mine.username}/telemetry`, telemetry(1), { qos: 1 });
    expect(answers).toBeLessThan(asked / 10);
  });
});

describe('whoever has not logged in', () => {
  const sockets: Socket[] = [];
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
  });
  async function stranger(): Promise<{ socket: Socket; gone: Promise<void>; isGone: () => boolean }> {
    const socket = dial(Number(new URL(url).port), '127.0.0.1');
    sockets.push(socket);
    let ended = false;
    socket.on('error', () => {});
    socket.resume();
    const gone = new Promise<void>((resolve) =>
      socket.once('close', () => {
        ended = true;
        resolve();
      }),
    );
    await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
    return { socket, gone, isGone: () => ended };
  }

  it('is hung up on as soon as it announces a CONNECT of more than 4 KiB', async () => {
    const { socket, gone } = await stranger();
    // The header alone: 4,097 bytes are to follow.
    socket.write(Buffer.from([0x10, 0x81, 0x20]));
    await gone;
  });

  it('gives way when there are too many, and a device gets in', { timeout: 60_000 }, async () => {
    const mine = await newDevice();
    const crowd: Awaited<ReturnType<typeof stranger>>[] = [];
    for (let n = 0; n < limits.doorstepConnections + 20; n += 20)
      crowd.push(...(await Promise.all(Array.from({ length: 20 }, () => stranger()))));
    expect(await refusal(connected(mine))).toBe('let in');
    expect(gateway.counters().connections).toBeLessThanOrEqual(limits.doorstepConnections + 1);
    await eventually('the oldest are gone', () => crowd.slice(0, 20).every(({ isGone }) => isGone()));
  });
});
