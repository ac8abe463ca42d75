import type { MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createGateway, type Gateway, type GatewayCounters, quality } from './index.js';
import { connectDevice, createPlant, loudLog, type Plant, type PlantDevice } from './testing/plant.js';

let plant: Plant;
let gateway: Gateway;
let url: string;
const clients: MqttClient[] = [];

beforeAll(async () => {
  plant = await createPlant();
  gateway = createGateway({ database: plant.database, broker: { kind: 'embedded', host: '127.0.0.1', port: 0 }, log: loudLog });
  url = (await gateway.start()).mqttUrl;
});
afterAll(async () => {
  await gateway.stop();
  await plant.close();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.end(true);
});

let made = 0;
async function oven(): Promise<{ device: PlantDevice; publish(payload: string | Buffer, channel?: string): Promise<GatewayCounters> }> {
  const device = await plant.addDevice(`oven-${++made}`);
  const client = await connectDevice(url, device);
  clients.push(client);
  return {
    device,
    async publish(payload, channel = 'telemetry') {
      const before = gateway.counters();
      await client.publishAsync(`yf/v1/${device.username}/${channel}`, payload, { qos: 1 });
      const after = gateway.counters();
      expect(after.received).toBe(after.committed + after.duplicate + after.deadLettered + after.inFlight);
      return Object.fromEntries(
        Object.entries(after).map(([name, count]) => [name, count - before[name as keyof GatewayCounters]]),
      ) as unknown as GatewayCounters;
    },
  };
}

const samplesOf = ({ equipment }: PlantDevice) =>
  plant.sql<{ signal: string; ms: number; value: number | null; quality: number }>(
    `select r.signal, (extract(epoch from s.ts) * 1000)::float8 as ms, s.value, s.quality from telemetry.sample s
     join telemetry.series r on r.id = s.series where r.equipment_id = $1 order by s.ts, r.signal, s.value`,
    equipment,
  );
const lettersOf = ({ device }: PlantDevice) =>
  plant.sql<{ reason: string; detail: string; size: number; kept: number; count: number }>(
    'select reason, detail, size, length(payload) as kept, count::int from telemetry.dead_letter where device = $1 order by first_at',
    device,
  );

const now = Date.now();
const day = 86_400_000;
const nested = (depth: number) => `${'['.repeat(depth)}1${']'.repeat(depth)}`;

describe('a poison message is acknowledged, kept with its reason, and stops nothing', () => {
  it.each<[string, string | Buffer, string, string?]>([
    ['broken JSON', '{"ts": 1, "values": {', 'not_json'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x01]), 'not_json'],
    ['a text that is not UTF-8', Buffer.from(`{"ts": ${now}, "values": {"program": "\xff"}}`, 'latin1'), 'not_json'],
    ['nothing', '', 'not_json'],
    ['NaN', `{"ts": ${now}, "values": {"temperature": NaN}}`, 'not_json'],
    ['a number beyond double', `{"ts": ${now}, "values": {"temperature": 1e999}}`, 'bad_value'],
    ['a text where a number belongs', `{"ts": ${now}, "values": {"temperature": "172"}}`, 'bad_value'],
    ['a number where a text belongs', `{"ts": ${now}, "values": {"program": 5}}`, 'bad_value'],
    ['an object where a number belongs', `{"ts": ${now}, "values": {"temperature": {"a": 1}}}`, 'bad_value'],
    ['a text with U+0000', `{"ts": ${now}, "values": {"program": "a\\u0000b"}}`, 'bad_value'],
    ['a text of 5 KB', `{"ts": ${now}, "values": {"program": "${'x'.repeat(5000)}"}}`, 'bad_value'],
    ['a message of 1 MB', `{"ts": ${now}, "values": {"program": "${'x'.repeat(1_000_000)}"}}`, 'too_large'],
    ['an array 100,000 deep', nested(100_000), 'too_deep'],
    ['a value 50,000 deep', `{"ts": ${now}, "values": {"temperature": ${nested(50_000)}}}`, 'bad_value'],
    ['a number whose sums are none', `{"ts": ${now}, "values": {"temperature": -1.7e308}}`, 'bad_value'],
    ['a text with half of a pair', `{"ts": ${now}, "values": {"program": "\\ud83d"}}`, 'bad_value'],
    ['an unknown signal', `{"ts": ${now}, "values": {"humidity": 1}}`, 'unknown_signal'],
    ['a signal named like an ancestor', `{"ts": ${now}, "values": {"__proto__": 1, "constructor": 2}}`, 'unknown_signal'],
    ['no values', `{"ts": ${now}, "values": {}}`, 'bad_shape'],
    ['another shape', '[1, 2]', 'bad_shape'],
    ['1,001 readings', JSON.stringify(Array.from({ length: 1001 }, (_, n) => ({ ts: now + n, values: { v0: n } }))), 'too_many_values'],
    ['a time that is a word', '{"ts": "yesterday", "values": {"temperature": 1}}', 'bad_time'],
    ['a time without its zone', '{"ts": "2026-01-01T00:00:00", "values": {"temperature": 1}}', 'bad_time'],
    ['a day that does not exist', '{"ts": "2026-11-31T00:00:00Z", "values": {"temperature": 1}}', 'bad_time'],
    ['a time 20,000 deep', `{"ts": ${nested(20_000)}, "values": {"temperature": 1}}`, 'bad_time'],
    ['a time two years ahead', `{"ts": ${now + 730 * day}, "values": {"temperature": 1}}`, 'time_out_of_reach'],
    ['a time of 1970', '{"ts": 12345, "values": {"temperature": 1}}', 'time_out_of_reach'],
    ['a negative seq', `{"ts": ${now}, "seq": -1, "values": {"temperature": 1}}`, 'bad_seq'],
    ['a fractional seq', `{"ts": ${now}, "seq": 1.5, "values": {"temperature": 1}}`, 'bad_seq'],
    ['a seq 20,000 deep', `{"ts": ${now}, "seq": ${nested(20_000)}, "values": {"temperature": 1}}`, 'bad_seq'],
    ['an event without type', `{"ts": ${now}}`, 'bad_event', 'event'],
    ['a count of words', `{"ts": ${now}, "type": "count", "good": "two"}`, 'bad_event', 'event'],
    ['a run without its name', `{"ts": ${now}, "type": "run_started"}`, 'bad_event', 'event'],
    ['an event with U+0000', `{"ts": ${now}, "type": "note", "text": "a\\u0000b"}`, 'bad_event', 'event'],
    ['an event with half of a pair', `{"ts": ${now}, "type": "note", "a": [{"text": "\\ud800"}]}`, 'bad_event', 'event'],
    ['an event with half of a pair in a name', `{"ts": ${now}, "type": "note", "\\udc00": 1}`, 'bad_event', 'event'],
    ['an event with a number beyond double', `{"ts": ${now}, "type": "note", "a": 1e999}`, 'bad_event', 'event'],
    ['an event 20 deep', `{"ts": ${now}, "type": "note", "a": ${nested(20)}}`, 'too_deep', 'event'],
    ['a status of its own', 'sleeping', 'bad_status', 'status'],
  ])('%s', async (_name, payload, reason, channel) => {
    const { device, publish } = await oven();
    expect(await publish(payload, channel)).toMatchObject({ received: 1, deadLettered: 1, committed: 0, duplicate: 0 });
    const [letter] = await lettersOf(device);
    expect(letter).toMatchObject({ reason, size: Buffer.byteLength(payload), count: 1 });
    expect(letter?.kept).toBeLessThanOrEqual(256 * 1024);
    expect(await publish(`{"ts": ${now}, "values": {"temperature": 1}}`)).toMatchObject({ committed: 1 });
    expect(await samplesOf(device)).toHaveLength(1);
  });

  it('raises the count when it comes again', async () => {
    const { device, publish } = await oven();
    await publish('{');
    await publish('{');
    expect(await lettersOf(device)).toMatchObject([{ count: 2 }]);
  });

  it('keeps the good values of a partly bad message', async () => {
    const { device, publish } = await oven();
    expect(await publish(`{"ts": ${now}, "values": {"temperature": 20, "humidity": 1, "door_open": "perhaps"}}`)).toMatchObject({
      committed: 1,
      valuesRefused: 2,
    });
    expect(await samplesOf(device)).toMatchObject([{ signal: 'temperature', value: 20 }]);
    expect(await lettersOf(device)).toMatchObject([{ reason: 'unknown_signal', detail: expect.stringContaining('and 1 more') }]);
  });

  it.each([
    ['whose reason would cut a pair in half', { door_open: `${'x'.repeat(78)}😀` }],
    ['whose name is half of a pair', { '\ud800': 1 }],
    ['whose name has U+0000', { 'a\0b': 1 }],
  ])('keeps the good values beside one %s', async (_name, bad) => {
    const { device, publish } = await oven();
    expect(await publish(JSON.stringify({ ts: now, values: { temperature: 20, ...bad } }))).toMatchObject({
      committed: 1,
      valuesRefused: 1,
    });
    expect(await samplesOf(device)).toMatchObject([{ signal: 'temperature', value: 20 }]);
    expect(await lettersOf(device)).toHaveLength(1);
  });

  it('stops nothing when its letter is refused too', async () => {
    const { device, publish } = await oven();
    await plant.sql(`alter table telemetry.last_value add constraint no_seventeen check (value is distinct from 17)`);
    await plant.sql(`alter table telemetry.dead_letter add constraint no_reason check (detail not like '%no_seventeen%')`);
    try {
      const payload = `{"ts": ${now}, "values": {"temperature": 17}}`;
      expect(await publish(payload)).toMatchObject({ deadLettered: 1 });
      expect(await lettersOf(device)).toMatchObject([{ reason: 'refused_by_database', size: payload.length, kept: payload.length }]);
      expect(await publish(`{"ts": ${now}, "values": {"temperature": 18}}`)).toMatchObject({ committed: 1 });
    } finally {
      await plant.sql('alter table telemetry.last_value drop constraint no_seventeen');
      await plant.sql('alter table telemetry.dead_letter drop constraint no_reason');
    }
  });

  it('is found by halving when only the database can tell', async () => {
    const { device, publish } = await oven();
    await plant.sql(`alter table telemetry.last_value add constraint no_thirteen check (value is distinct from 13)`);
    try {
      const outcomes = await Promise.all(
        [12, 13, 14].map((value) => publish(`{"ts": ${now + value}, "values": {"v${value - 10}": ${value}}}`)),
      );
      expect(outcomes).toHaveLength(3);
      expect((await samplesOf(device)).map(({ value }) => value)).toEqual([12, 14]);
      expect(await lettersOf(device)).toMatchObject([{ reason: 'refused_by_database' }]);
    } finally {
      await plant.sql('alter table telemetry.last_value drop constraint no_thirteen');
    }
  });
});

describe('a clock', () => {
  it('that counts microseconds is believed to the microsecond', async () => {
    const { device, publish } = await oven();
    const second = new Date(now).toISOString().slice(0, 19);
    const inShanghai = new Date(now + 8 * 3_600_000).toISOString().slice(0, 19);
    for (const ts of [`${second}.123100Z`, `${second}.1232Z`, `${inShanghai}.123299600+08:00`])
      expect(await publish(JSON.stringify({ ts, values: { temperature: 20 } }))).toMatchObject({ committed: 1 });
    const rows = await plant.sql<{ us: number }>(
      `select (extract(microseconds from s.ts)::bigint % 1000000)::int as us from telemetry.sample s join telemetry.series r on r.id = s.series
       where r.equipment_id = $1 order by s.ts`,
      device.equipment,
    );
    expect(rows.map(({ us }) => us)).toEqual([123_100, 123_200, 123_300]);
  });

  it('that is a year off is believed, and the values marked; a year ahead is never the last value', async () => {
    const { device, publish } = await oven();
    for (const ts of [now - 365 * day, now + 365 * day, now]) await publish(JSON.stringify({ ts, values: { temperature: 20 } }));
    expect((await samplesOf(device)).map(({ ms, quality: worth }) => [ms, worth])).toEqual([
      [now - 365 * day, quality.clockDoubtful],
      [now, quality.good],
      [now + 365 * day, quality.clockDoubtful],
    ]);
    const [last] = await plant.sql<{ ms: number }>(
      `select (extract(epoch from l.ts) * 1000)::float8 as ms from telemetry.last_value l join telemetry.series r on r.id = l.series where r.equipment_id = $1`,
      device.equipment,
    );
    expect(last?.ms).toBe(now);
  });

  it('is marked beyond the skew that the gateway is told', async () => {
    const patient = createGateway({
      ...{ database: plant.database, log: loudLog, clockSkewMs: day },
      broker: { kind: 'embedded', host: '127.0.0.1', port: 0 },
    });
    const { mqttUrl } = await patient.start();
    const device = await plant.addDevice(`oven-${++made}`);
    const client = await connectDevice(mqttUrl, device);
    clients.push(client);
    const hours = (n: number) => n * 3_600_000;
    const times = [now - hours(25), now - hours(23), now + hours(23)];
    const readings = times.map((ts) => ({ ts, values: { temperature: 20 } }));
    await client.publishAsync(`yf/v1/${device.username}/telemetry`, JSON.stringify(readings), { qos: 1 });
    expect((await samplesOf(device)).map(({ quality: worth }) => worth)).toEqual([quality.clockDoubtful, quality.good, quality.good]);
    await patient.stop();
  });

  it('that is missing is lent the time of receipt, and a resend is told from a repetition', async () => {
    const { device, publish } = await oven();
    const message = '{"values": {"temperature": 20}}';
    expect(await publish(message)).toMatchObject({ committed: 1 });
    expect(await publish(message)).toMatchObject({ duplicate: 1 });
    expect(await publish('{"values": {"temperature": 21}}')).toMatchObject({ committed: 1 });
    expect(await publish('{"seq": 1, "values": {"temperature": 21}}')).toMatchObject({ committed: 1 });
    expect((await samplesOf(device)).map(({ quality: worth }) => worth)).toEqual([
      quality.receiptTime,
      quality.receiptTime,
      quality.receiptTime,
    ]);
    await plant.sql(`update telemetry.unclocked_message set holds_until = now() - interval '1 s'`);
    expect(await publish(message)).toMatchObject({ committed: 1 });
  });
});

describe('duplicates and disorder', () => {
  it('store every value once, whatever the order and however it is packed', async () => {
    const { device, publish } = await oven();
    const reading = (seq: number) => ({ ts: now + seq, seq, values: { temperature: seq, v0: seq } });
    expect(await publish(JSON.stringify(reading(5)))).toMatchObject({ committed: 1 });
    expect(await publish(JSON.stringify(reading(3)))).toMatchObject({ committed: 1 });
    expect(await publish(JSON.stringify(reading(5)))).toMatchObject({ duplicate: 1 });
    expect(await publish(JSON.stringify([reading(3), reading(4), reading(5)]))).toMatchObject({ committed: 1 });
    expect(await publish(JSON.stringify([reading(4), reading(3)]))).toMatchObject({ duplicate: 1 });
    expect((await samplesOf(device)).map(({ value }) => value)).toEqual([3, 3, 4, 4, 5, 5]);
  });

  it('tell two values of one millisecond apart by seq, or by the value when there is none', async () => {
    const { device, publish } = await oven();
    await publish(JSON.stringify({ ts: now, seq: 1, values: { temperature: 20 } }));
    await publish(JSON.stringify({ ts: now, seq: 2, values: { temperature: 20 } }));
    await publish(JSON.stringify({ ts: now, values: { v0: 1 } }));
    await publish(JSON.stringify({ ts: now, values: { v0: 2 } }));
    expect(await publish(JSON.stringify({ ts: now, values: { v0: 2 } }))).toMatchObject({ duplicate: 1 });
    expect(await samplesOf(device)).toHaveLength(4);
  });

  it('are, of events, what has the same time, seq and type', async () => {
    const { device, publish } = await oven();
    const event = (type: string, body: object) => JSON.stringify({ ts: now, seq: 7, type, ...body });
    expect(await publish(event('state', { state: 'running' }), 'event')).toMatchObject({ committed: 1 });
    expect(await publish(event('count', { good: 1 }), 'event')).toMatchObject({ committed: 1 });
    expect(await publish(event('count', { good: 2 }), 'event')).toMatchObject({ duplicate: 1 });
    expect(await publish(event('note', { text: 'a\\u0000b' }), 'event')).toMatchObject({ committed: 1 });
    const events = await plant.sql<{ type: string; text: string | null }>(
      `select type, body ->> 'text' as text from telemetry.device_event where equipment_id = $1 order by type`,
      device.equipment,
    );
    expect(events).toEqual([
      { type: 'count', text: null },
      { type: 'note', text: 'a\\u0000b' },
      { type: 'state', text: null },
    ]);
  });

  it('leave the newest as the last value', async () => {
    const { device, publish } = await oven();
    await publish(JSON.stringify({ ts: now + 2, values: { temperature: 2 } }));
    await publish(JSON.stringify({ ts: now + 1, values: { temperature: 1 } }));
    const [last] = await plant.sql<{ value: number }>(
      'select l.value from telemetry.last_value l join telemetry.series r on r.id = l.series where r.equipment_id = $1',
      device.equipment,
    );
    expect(last?.value).toBe(2);
  });
});
