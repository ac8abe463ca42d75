import { createCallerFactory, router } from '@yunfab/core/commands';
import { createEquipmentRouter, createEquipmentService } from '@yunfab/core/equipment';
import { createTestOrganization, type TestOrganization, testContext } from '@yunfab/core/testing';
import type { MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGateway, type Gateway } from '../index.js';
import { connectDevice, createPlant, eventually, loudLog, type Plant, type PlantDevice } from '../testing/plant.js';

let plant: Plant;
let gateway: Gateway;
let url: string;
const clients: MqttClient[] = [];
const start = async () => {
  gateway = createGateway({ database: plant.database, broker: { kind: 'embedded', host: '127.0.0.1', port: 0 }, log: loudLog });
  url = (await gateway.start()).mqttUrl;
};
beforeAll(async () => {
  plant = await createPlant();
  await start();
});
afterAll(async () => {
  for (const client of clients) client.end(true);
  await gateway.stop();
  await plant.close();
});

const createCaller = createCallerFactory(router(createEquipmentRouter(createEquipmentService({ models: new Map() }))));
const as = (who: TestOrganization = plant.maker) => createCaller(testContext(plant.db, who)).deadLetters;

let made = 0;
async function oven(): Promise<{ device: PlantDevice; code: string; publish: (message: string) => Promise<unknown> }> {
  const code = `oven-${++made}`;
  const device = await plant.addDevice(code);
  const client = await connectDevice(url, device);
  clients.push(client);
  return { device, code, publish: (message) => client.publishAsync(`yf/v1/${device.username}/telemetry`, message, { qos: 1 }) };
}

const addSignal = (device: PlantDevice, name: string) =>
  plant.sql(
    `insert into telemetry.series (organization, equipment_id, signal, unit, value_kind) select organization, id, $2, '1', 'number'
     from core.equipment where id = $1`,
    device.equipment,
    name,
  );
const valuesOf = async ({ equipment }: PlantDevice) =>
  (
    await plant.sql<{ value: number }>(
      'select s.value from telemetry.sample s join telemetry.series r on r.id = s.series where r.equipment_id = $1 order by s.value',
      equipment,
    )
  ).map(({ value }) => value);
const lettersOf = async (device: string) => (await as().list({ device })).items;
const replayed = (device: string) =>
  eventually('the replay is done', async () => (await lettersOf(device)).every(({ replayAskedAt }) => replayAskedAt === null));

describe('a dead letter', () => {
  it('is counted by reason and by device, for its own organization alone', async () => {
    const [left, right] = [await oven(), await oven()];
    for (const message of ['{', '{', '[', '{"values":{}}']) await left.publish(message);
    await right.publish('}');
    const of = (code: string, counts: { devices: readonly { device: string; letters: number; messages: number }[] }) =>
      counts.devices.find(({ device }) => device === code);
    const all = await as().counts({});
    expect(of(left.code, all)).toMatchObject({ letters: 3, messages: 4 });
    expect(of(right.code, all)).toMatchObject({ letters: 1, messages: 1 });
    const lefts = await as().counts({ device: left.code });
    expect(lefts.reasons).toMatchObject([
      { reason: 'not_json', letters: 2, messages: 3 },
      { reason: 'bad_shape', letters: 1, messages: 1 },
    ]);
    expect(of(left.code, await as().counts({ reason: 'not_json' }))).toMatchObject({ letters: 2, messages: 3 });
    expect(lefts.more).toBe(false);
    const letters = (await lettersOf(left.code)).map(({ id }) => id);
    expect((await as().standing({ letters })).items.map(({ id }) => id).sort()).toEqual([...letters].sort());
    const stranger = await createTestOrganization(plant.db, 'counter');
    expect(await as(stranger).counts({})).toEqual({ letters: 0, messages: 0, more: false, reasons: [], devices: [] });
    expect(await as(stranger).standing({ letters })).toEqual({ items: [] });
  });

  it('is stored when it is replayed after its cause was mended, once, and is gone', async () => {
    const { device, code, publish } = await oven();
    await publish(JSON.stringify({ ts: Date.now(), seq: 1, values: { temperature: 20, humidity: 40 } }));
    const [letter] = await lettersOf(code);
    expect(letter).toMatchObject({ device: code, reason: 'unknown_signal', count: 1, whole: true, replayAskedAt: null });
    expect((await as().get({ letter: letter?.id ?? '' })).text).toContain('"humidity":40');
    expect(await valuesOf(device)).toEqual([20]);
    await addSignal(device, 'humidity');
    expect(await as().replay({ letters: [letter?.id ?? ''] })).toEqual({ letters: 1 });
    await eventually('the letter is gone', async () => (await lettersOf(code)).length === 0);
    expect(await valuesOf(device)).toEqual([20, 40]);
  });

  it('is placed by what the database says now, also where the gateway has not heard of the change', async () => {
    const { device, code, publish } = await oven();
    await publish(JSON.stringify({ ts: Date.now(), seq: 1, values: { humidity: 43 } }));
    const [letter] = await lettersOf(code);
    await plant.sql('alter table telemetry.series disable trigger series_announced');
    await addSignal(device, 'humidity').finally(() => plant.sql('alter table telemetry.series enable trigger series_announced'));
    await as().replay({ letters: [letter?.id ?? ''] });
    await replayed(code);
    expect(await lettersOf(code)).toEqual([]);
    expect(await valuesOf(device)).toEqual([43]);
  });

  it('without a time of its own is stored at the time at which it first came', async () => {
    const { device, code, publish } = await oven();
    await publish('{"values": {"humidity": 41}}');
    const [letter] = await lettersOf(code);
    await plant.sql("update telemetry.dead_letter set first_at = first_at - interval '2 hours' where id = $1", letter?.id);
    await addSignal(device, 'humidity');
    await as().replay({ letters: [letter?.id ?? ''] });
    await eventually('the letter is gone', async () => (await lettersOf(code)).length === 0);
    const [sample] = await plant.sql<{ hours: number }>(
      `select (extract(epoch from now() - s.ts) / 3600)::float8 as hours from telemetry.sample s join telemetry.series r on r.id = s.series
       where r.equipment_id = $1`,
      device.equipment,
    );
    expect(sample?.hours).toBeCloseTo(2, 1);
  });

  it('without a time of its own, of which a part was stored at once, is stored whole', async () => {
    const { device, code, publish } = await oven();
    await publish('{"seq": 1, "values": {"temperature": 20, "humidity": 55}}');
    const [letter] = await lettersOf(code);
    await addSignal(device, 'humidity');
    await as().replay({ letters: [letter?.id ?? ''] });
    await eventually('the letter is gone', async () => (await lettersOf(code)).length === 0);
    expect(await valuesOf(device)).toEqual([20, 55]);
    const [{ times } = { times: 0 }] = await plant.sql<{ times: number }>(
      `select count(distinct s.ts)::int as times from telemetry.sample s join telemetry.series r on r.id = s.series where r.equipment_id = $1`,
      device.equipment,
    );
    expect(times).toBe(1);
  });

  it('with an old word on who is connected does not stand over a newer one', async () => {
    const { device, code } = await oven();
    const say = async (word: string, token = device.token) => {
      const client = await connectDevice(url, { ...device, token });
      clients.push(client);
      await client.publishAsync(`yf/v1/${device.username}/status`, word, { qos: 1 });
    };
    const online = async () =>
      (
        await plant.sql<{ online: boolean }>(
          'select s.online from telemetry.device_status s join core.device d on d.id = s.device_id where d.equipment_id = $1',
          device.equipment,
        )
      ).map((row) => row.online);
    await say('online');
    // As the last word of a device whose token was revoked: aside, while the device came back with another.
    await plant.sql(
      `insert into telemetry.dead_letter (id, fingerprint, organization, device, topic, payload, size, reason, detail, first_at, last_at)
       select gen_random_uuid(), sha256('offline'), organization, $2, $3, 'offline', 7, 'device_revoked', '', now(), now() from core.equipment where id = $1`,
      device.equipment,
      code,
      `yf/v1/${device.username}/status`,
    );
    await say('online');
    const [letter] = await lettersOf(code);
    await as().replay({ letters: [letter?.id ?? ''] });
    await eventually('the letter is gone', async () => (await lettersOf(code)).length === 0);
    expect(await online()).toEqual([true]);
  });

  it('that is refused again stays, with the reason of now', async () => {
    const { device, code, publish } = await oven();
    await publish(JSON.stringify({ ts: Date.now(), values: { humidity: 'wet' } }));
    await addSignal(device, 'humidity');
    const [letter] = await lettersOf(code);
    await as().replay({ letters: [letter?.id ?? ''] });
    await replayed(code);
    expect(await lettersOf(code)).toMatchObject([{ id: letter?.id, reason: 'bad_value', count: 2 }]);
    expect(await as().discard({ letters: [letter?.id ?? ''] })).toEqual({ letters: 1 });
    expect(await lettersOf(code)).toEqual([]);
  });

  it('is replayed once more when the gateway died while it was busy with it', async () => {
    const { device, code, publish } = await oven();
    await publish(JSON.stringify({ ts: Date.now(), seq: 7, values: { humidity: 42 } }));
    await addSignal(device, 'humidity');
    const [letter] = await lettersOf(code);
    // As a gateway leaves it that was killed between the commit and the end of the letter.
    await plant.sql(
      `with s as (select id from telemetry.series where equipment_id = $1 and signal = 'humidity')
       insert into telemetry.sample (series, ts, ordinal, value, quality)
       select s.id, to_timestamp((convert_from(l.payload, 'UTF8')::jsonb ->> 'ts')::bigint / 1000.0), 7 * 1024, 42, 192 from s, telemetry.dead_letter l where l.id = $2`,
      device.equipment,
      letter?.id,
    );
    await plant.sql(
      "update telemetry.dead_letter set replay_asked_at = now(), claimed_until = now() + interval '2 s' where id = $1",
      letter?.id,
    );
    await eventually('the letter is gone', async () => (await lettersOf(code)).length === 0);
    expect(await valuesOf(device)).toEqual([42]);
  });

  it('of which only a part was kept is not replayed', async () => {
    const { code, publish } = await oven();
    await publish(' '.repeat(300_000));
    const [letter] = await lettersOf(code);
    expect(letter).toMatchObject({ reason: 'too_large', size: 300_000, whole: false });
    await expect(as().replay({ letters: [letter?.id ?? ''] })).rejects.toMatchObject({ cause: { code: 'equipment.letter_cut' } });
  });

  it('is its organization’s alone', async () => {
    const { code, publish } = await oven();
    const rival = await createTestOrganization(plant.db, 'rival');
    await publish('{');
    const [letter] = await lettersOf(code);
    expect((await as(rival).list({})).items).toEqual([]);
    for (const ask of [as(rival).replay, as(rival).discard])
      await expect(ask({ letters: [letter?.id ?? ''] })).rejects.toMatchObject({ cause: { code: 'request.not_found' } });
    expect(await lettersOf(code)).toHaveLength(1);
  });
});
