import { randomBytes } from 'node:crypto';
import { resumeOrganization, suspendOrganization } from '@yunfab/core/access';
import { createTestOrganization } from '@yunfab/core/testing';
import type { MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BrokerOptions, createGateway, type Gateway, quality } from './index.js';
import { type Mosquitto, startMosquitto, withoutMosquitto } from './testing/mosquitto.js';
import { connectDevice, createPlant, eventually, type Plant, type PlantDevice } from './testing/plant.js';

let plant: Plant;
const clients: MqttClient[] = [];

beforeAll(async () => {
  plant = await createPlant();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.end(true);
});
afterAll(() => plant?.close());

async function connected(url: string, device: Pick<PlantDevice, 'username' | 'token'>, options = {}): Promise<MqttClient> {
  const client = await connectDevice(url, device, options);
  client.on('error', () => {});
  clients.push(client);
  return client;
}
const closed = (client: MqttClient) => new Promise<void>((resolve) => client.once('close', () => resolve()));
const now = Date.now();
const day = 86_400_000;
const samplesOf = ({ equipment }: Pick<PlantDevice, 'equipment'>) =>
  plant.sql<{ ms: number; value: number; quality: number }>(
    `select (extract(epoch from s.ts) * 1000)::float8 as ms, s.value, s.quality from telemetry.sample s
     join telemetry.series r on r.id = s.series where r.equipment_id = $1 order by s.ts, s.ordinal`,
    equipment,
  );
const onlineOf = async (device: string) =>
  (
    await plant.sql<{ online: boolean }>(
      'select s.online from telemetry.device_status s join core.device d on d.id = s.device_id where d.code = $1',
      device,
    )
  )[0]?.online;

describe.skipIf(withoutMosquitto)(withoutMosquitto ?? 'through a real Mosquitto, with the access list of the documentation', () => {
  const gatewayUser = { username: 'gateway', password: 'one for all gateways' };
  let mosquitto: Mosquitto;
  let gateway: Gateway;
  let devices: PlantDevice[];
  let suspended: PlantDevice;
  const next = () => devices.shift() as PlantDevice;
  const start = async () => {
    gateway = createGateway({ database: plant.database, broker: { kind: 'external', url: mosquitto.gatewayUrl, ...gatewayUser } });
    await gateway.start();
  };

  beforeAll(async () => {
    devices = [];
    for (let made = 1; made <= 9; made += 1) devices.push(await plant.addDevice(`mine-${made}`));
    suspended = await plant.addDevice('mine-1', await createTestOrganization(plant.db, 'suspended'));
    mosquitto = await startMosquitto({
      gateway: gatewayUser,
      devices: [...devices, suspended].map(({ username, token }) => ({ username, password: token })),
    });
    await start();
  });
  afterAll(async () => {
    await gateway?.stop();
    await mosquitto?.stop();
  });

  it('poison, however large or deep, is a dead letter with its reason, and the next message is stored', async () => {
    const mine = next();
    const client = await connected(mosquitto.url, mine);
    const topic = `yf/v1/${mine.username}/telemetry`;
    const poison: [string | Buffer, string][] = [
      [`{"ts": ${now}, "values": {"temperature": NaN}}`, 'not_json'],
      [Buffer.from([0xff, 0xfe]), 'not_json'],
      [`{"ts": ${now}, "values": {"program": "${'x'.repeat(1_000_000)}"}}`, 'too_large'],
      [`${'['.repeat(50_000)}1${']'.repeat(50_000)}`, 'too_deep'],
      [`{"ts": ${now}, "values": {"temperature": "172"}}`, 'bad_value'],
      [`{"ts": ${now + 730 * day}, "values": {"temperature": 1}}`, 'time_out_of_reach'],
    ];
    for (const [payload] of poison) await client.publishAsync(topic, payload, { qos: 1 });
    for (const ts of [now - 365 * day, now + 365 * day, now])
      await client.publishAsync(topic, JSON.stringify({ ts, values: { temperature: 20 } }), { qos: 1 });
    await eventually('what is good is stored', async () => (await samplesOf(mine)).length === 3);
    expect((await samplesOf(mine)).map(({ quality: worth }) => worth)).toEqual([
      quality.clockDoubtful,
      quality.good,
      quality.clockDoubtful,
    ]);
    const letters = await plant.sql<{ reason: string }>('select reason from telemetry.dead_letter where device = $1', mine.device);
    expect(letters.map(({ reason }) => reason).sort()).toEqual(poison.map(([, reason]) => reason).sort());
  });

  it('a device of a suspended organization that the broker still lets in is heard in vain until it is resumed', async () => {
    const client = await connected(mosquitto.url, suspended);
    const send = async (value: number) => {
      const { committed, deadLettered } = gateway.counters();
      const reading = JSON.stringify({ ts: now + value, values: { temperature: value } });
      await client.publishAsync(`yf/v1/${suspended.username}/telemetry`, reading, { qos: 1 });
      await eventually('it is settled', () => gateway.counters().committed + gateway.counters().deadLettered > committed + deadLettered);
      return gateway.counters().deadLettered > deadLettered ? 'dead letter' : 'stored';
    };
    expect(await send(1)).toBe('stored');
    await suspendOrganization(plant.db.owner, 'suspended', new Date());
    let sent = 1;
    await eventually('what it says is a dead letter', async () => (await send(++sent)) === 'dead letter', 5_000);
    const stored = (await samplesOf(suspended)).length;
    for (let more = 0; more < 3; more++) expect(await send(++sent)).toBe('dead letter');
    expect(await samplesOf(suspended)).toHaveLength(stored);
    await resumeOrganization(plant.db.owner, 'suspended', new Date());
    await eventually('it is stored again', async () => (await send(++sent)) === 'stored', 5_000);
  });

  it('a packet of 5 MB ends its connection and goes no further', async () => {
    const mine = next();
    const client = await connected(mosquitto.url, mine);
    const before = gateway.counters().received;
    const gone = closed(client);
    client.publish(`yf/v1/${mine.username}/telemetry`, Buffer.alloc(5 * 1024 * 1024, 32), { qos: 1 }, () => {});
    await gone;
    client.end(true);
    const again = await connected(mosquitto.url, mine);
    await again.publishAsync(`yf/v1/${mine.username}/telemetry`, JSON.stringify({ ts: now, values: { temperature: 1 } }), { qos: 1 });
    await eventually('the next message is stored', async () => (await samplesOf(mine)).length === 1);
    expect(gateway.counters().received).toBe(before + 1);
  });

  it('a duplicate is stored once, whatever comes between and in whatever order', async () => {
    const mine = next();
    const client = await connected(mosquitto.url, mine);
    const send = (seq: number) =>
      client.publishAsync(`yf/v1/${mine.username}/telemetry`, JSON.stringify({ ts: now + seq, seq, values: { temperature: seq } }), {
        qos: 1,
      });
    for (const seq of [5, 3, 5, 4, 3, 5]) await send(seq);
    await eventually('three are stored', async () => (await samplesOf(mine)).length === 3);
    await eventually('nothing is in flight', () => gateway.counters().inFlight === 0);
    expect((await samplesOf(mine)).map(({ value }) => value)).toEqual([3, 4, 5]);
  });

  it('a last will on another’s topic reaches nobody', async () => {
    const [mine, other] = [next(), next()];
    const client = await connected(mosquitto.url, other);
    await client.publishAsync(`yf/v1/${other.username}/status`, 'online', { qos: 1, retain: true });
    await eventually('it is online', async () => (await onlineOf(other.device)) === true);
    const will = { topic: `yf/v1/${other.username}/status`, payload: Buffer.from('offline'), qos: 1 as const, retain: true };
    const forger = await connected(mosquitto.url, mine, { will }).catch(() => null);
    forger?.stream.destroy();
    const own = { ...will, topic: `yf/v1/${mine.username}/status` };
    const honest = await connected(mosquitto.url, mine, { will: own });
    await honest.publishAsync(own.topic, 'online', { qos: 1, retain: true });
    await eventually('the honest one is online', async () => (await onlineOf(mine.device)) === true);
    honest.stream.destroy();
    await eventually('its will is carried out', async () => (await onlineOf(mine.device)) === false);
    expect(await onlineOf(other.device)).toBe(true);
  });

  it('what a device has retained is not taken again by a gateway that comes back, nor heard by another device', async () => {
    const [mine, other] = [next(), next()];
    const client = await connected(mosquitto.url, mine);
    const topic = `yf/v1/${mine.username}/telemetry`;
    await client.publishAsync(topic, '{"values": {"temperature": 7}}', { qos: 1, retain: true });
    await eventually('it is stored', async () => (await samplesOf(mine)).length === 1);
    await plant.sql(`update telemetry.unclocked_message set holds_until = now() - interval '1 s'`);
    await gateway.stop();
    await start();
    const heard: string[] = [];
    const spy = await connected(mosquitto.url, other);
    spy.on('message', (from) => heard.push(from));
    await spy.subscribeAsync([topic, '#', '+/+/+/+/+'], { qos: 1 }).catch(() => {});
    await client.publishAsync(topic, JSON.stringify({ ts: now, values: { temperature: 8 } }), { qos: 1 });
    await eventually('the next is stored', async () => (await samplesOf(mine)).length >= 2);
    expect((await samplesOf(mine)).map(({ value }) => value).sort()).toEqual([7, 8]);
    expect(heard).toEqual([]);
  });

  it('a device that was copied with its token throws its twin out and neither loses nor doubles what was acknowledged', async () => {
    const mine = next();
    const original = await connected(mosquitto.url, mine);
    await original.publishAsync(`yf/v1/${mine.username}/telemetry`, JSON.stringify({ ts: now, seq: 1, values: { v0: 1 } }), { qos: 1 });
    const gone = closed(original);
    const copy = await connected(mosquitto.url, mine);
    await gone;
    await copy.publishAsync(`yf/v1/${mine.username}/telemetry`, JSON.stringify({ ts: now, seq: 1, values: { v0: 1 } }), { qos: 1 });
    await copy.publishAsync(`yf/v1/${mine.username}/telemetry`, JSON.stringify({ ts: now, seq: 2, values: { v0: 2 } }), { qos: 1 });
    await eventually('both are stored', async () => (await samplesOf(mine)).length === 2);
    await eventually('nothing is in flight', () => gateway.counters().inFlight === 0);
    expect((await samplesOf(mine)).map(({ value }) => value)).toEqual([1, 2]);
  });
});

describe('a thousand devices that come back at once', () => {
  const count = 1_000;
  let equipment: string;
  let fleet: { readonly username: string; readonly token: string }[];

  beforeAll(async () => {
    const salt = randomBytes(4).toString('hex');
    ({ equipment } = await plant.addDevice('fleet'));
    await plant.sql(
      `with numbered as (select n, 'fleet-' || n as code from generate_series(1, $2::int) as n), devices as (
         insert into core.device (id, organization, code, equipment_id, created_at)
         select gen_random_uuid(), e.organization, numbered.code, e.id, now() from numbered, core.equipment e where e.id = $1)
       insert into core.device_credential (id, organization, device, hash, created_at)
       select gen_random_uuid(), e.organization, numbered.code, sha256(convert_to('yd_' || $3::text || numbered.code, 'UTF8')), now()
       from numbered, core.equipment e where e.id = $1`,
      equipment,
      count,
      salt,
    );
    fleet = Array.from({ length: count }, (_, n) => ({ username: `maker/fleet-${n + 1}`, token: `yd_${salt}fleet-${n + 1}` }));
  });

  async function storm(url: string, gateway: Gateway, since: number): Promise<void> {
    const before = gateway.counters();
    for (const round of [1, 2]) {
      // Each says one thing as soon as it is in; then all lose their connection in the same moment.
      const present = await Promise.all(
        fleet.map(async (device, n) => {
          const client = await connected(url, device, { connectTimeout: 60_000 });
          const reading = { ts: since + n, seq: round, values: { v1: n + round / 10 } };
          await client.publishAsync(`yf/v1/${device.username}/telemetry`, JSON.stringify(reading), { qos: 1 });
          return client;
        }),
      );
      for (const client of present) client.stream.destroy();
    }
    await eventually(
      'all is stored',
      () => gateway.counters().received === before.received + 2 * count && gateway.counters().inFlight === 0,
      60_000,
    );
    const { committed, duplicate, deadLettered, refused } = gateway.counters();
    expect({ committed, duplicate, deadLettered, refused }).toEqual({
      committed: before.committed + 2 * count,
      duplicate: before.duplicate,
      deadLettered: before.deadLettered,
      refused: before.refused,
    });
    const rows = await plant.sql(
      `select from telemetry.sample s join telemetry.series r on r.id = s.series
       where r.equipment_id = $1 and r.signal = 'v1' and s.ts >= to_timestamp($2 / 1000.0) and s.ts < to_timestamp($3 / 1000.0)`,
      equipment,
      since,
      since + count,
    );
    expect(rows).toHaveLength(2 * count);
  }

  async function on(broker: BrokerOptions, devicesAt: string | null, since: number): Promise<void> {
    const gateway = createGateway({ database: plant.database, broker });
    const { mqttUrl } = await gateway.start();
    try {
      await storm(devicesAt ?? mqttUrl, gateway, since);
    } finally {
      await gateway.stop();
    }
  }

  it('are all let in and lose nothing on the embedded broker', { timeout: 180_000 }, () =>
    on({ kind: 'embedded', host: '127.0.0.1', port: 0 }, null, now - 3_600_000),
  );

  it.skipIf(withoutMosquitto)('nor through Mosquitto', { timeout: 180_000 }, async () => {
    const mosquitto = await startMosquitto();
    try {
      await on({ kind: 'external', url: mosquitto.url }, mosquitto.url, now - 7_200_000);
    } finally {
      await mosquitto.stop();
    }
  });
});
