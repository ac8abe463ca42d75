import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createPlant, eventually, loudLog, type Plant, type PlantDevice } from '../testing/plant.js';
import { parseTopic } from '../topics.js';
import { Counters } from './counters.js';
import type { Outcome } from './message.js';
import { createPipeline, type Pipeline } from './pipeline.js';
import { createRegistry, type Registry } from './registry.js';

let plant: Plant;
let registry: Registry;
let pipeline: Pipeline;
const counters = new Counters();
beforeAll(async () => {
  plant = await createPlant();
  const { ingest, system } = plant.database;
  registry = createRegistry({ ingest, listener: system, log: loudLog });
  pipeline = createPipeline({ ingest, registry, counters, log: loudLog });
  registry.start();
  pipeline.start();
});
afterAll(async () => {
  await pipeline.stop(1_000);
  await registry.stop();
  await plant.close();
});

let made = 0;
const oven = () => plant.addDevice(`oven-${++made}`);
const settled: { readonly name: string; readonly outcome: Outcome }[] = [];
const outcomesOf = (name: string) => settled.filter((each) => each.name === name).map(({ outcome }) => outcome);
const placeOf = (name: string) => settled.findIndex((each) => each.name === name);
const settledAll = (...names: string[]) => eventually(`${names} are settled`, () => names.every((name) => placeOf(name) >= 0), 60_000);

function submit(name: string, { username }: Pick<PlantDevice, 'username'>, body: object, channel = 'telemetry'): void {
  submitTo(name, `yf/v1/${username}/${channel}`, Buffer.from(JSON.stringify(body)));
}
function submitTo(name: string, topic: string, payload: Buffer): void {
  const settle = (outcome: Outcome) => void settled.push({ name, outcome });
  pipeline.submit({ topic, place: parseTopic(topic), payload, receivedAt: Date.now(), settle });
}
const unaccounted = () => {
  const { received, committed, duplicate, deadLettered, inFlight } = counters.read(pipeline.held());
  return received - committed - duplicate - deadLettered - inFlight;
};
const rowsOf = async ({ equipment }: PlantDevice) =>
  (
    await plant.sql<{ rows: number }>(
      'select count(*)::int as rows from telemetry.sample s join telemetry.series r on r.id = s.series where r.equipment_id = $1',
      equipment,
    )
  )[0]?.rows;
const numbered = (name: string, count: number) => Array.from({ length: count }, (_, n) => `${name} ${n}`);
const now = Date.now();
const dayMs = 86_400_000;

describe('a device does not hold the others up', () => {
  it('with messages that only the database can refuse; its own keep their order', async () => {
    const bad = await oven();
    const others = await Promise.all([oven(), oven(), oven(), oven(), oven(), oven()]);
    await plant.sql("alter table telemetry.device_event add constraint no_poison check (type <> 'poison')");
    try {
      const poison = numbered('poison', 60);
      for (const [seq, name] of poison.entries()) submit(name, bad, { ts: now, seq, type: 'poison' }, 'event');
      submit('after the poison', bad, { ts: now, values: { temperature: 1 } });
      for (const [n, other] of others.entries()) submit(`other ${n}`, other, { ts: now, values: { temperature: n } });
      const names = others.map((_, n) => `other ${n}`);
      await settledAll(...poison, 'after the poison', ...names);
      expect(poison.flatMap(outcomesOf)).toEqual(poison.map(() => 'deadLettered'));
      expect([...names, 'after the poison'].flatMap(outcomesOf)).toEqual([...names, ''].map(() => 'committed'));
      expect(poison.map(placeOf)).toEqual(poison.map(placeOf).sort((a, b) => a - b));
      expect(placeOf('after the poison')).toBeGreaterThan(placeOf(poison.at(-1) ?? ''));
      expect(Math.max(...names.map(placeOf))).toBeLessThan(placeOf(poison.at(-1) ?? ''));
      expect(unaccounted()).toBe(0);
    } finally {
      await plant.sql('alter table telemetry.device_event drop constraint no_poison');
    }
  });

  it('with one message of many days, whose partitions are to be made; all of it is stored, and what follows it after it', async () => {
    const late = await oven();
    const others = await Promise.all([oven(), oven(), oven(), oven()]);
    const readings = Array.from({ length: 90 }, (_, n) => ({ ts: now - (390 - n) * dayMs, values: { temperature: n } }));
    submit('days', late, readings);
    submit('after the days', late, { ts: now, values: { temperature: 1 } });
    for (const [n, other] of others.entries()) submit(`neighbour ${n}`, other, { ts: now, values: { temperature: n } });
    const names = others.map((_, n) => `neighbour ${n}`);
    await settledAll('days', 'after the days', ...names);
    expect(['days', 'after the days', ...names].flatMap(outcomesOf)).toEqual(['', '', ...names].map(() => 'committed'));
    expect(await rowsOf(late)).toBe(91);
    expect(placeOf('after the days')).toBeGreaterThan(placeOf('days'));
    expect(Math.max(...names.map(placeOf))).toBeLessThan(placeOf('days'));
  });

  it('nor does any message of a device overtake another of it, whatever troubles they have', async () => {
    const devices = await Promise.all([oven(), oven(), oven(), oven()]);
    await plant.sql("alter table telemetry.device_event add constraint no_poison check (type <> 'poison')");
    try {
      for (let seq = 0; seq < 40; seq++) {
        for (const [n, device] of devices.entries()) {
          const kind = (seq * 7 + n * 3) % 10;
          if (kind === 1) submit(`mixed ${n}`, device, { ts: now, seq, type: 'poison' }, 'event');
          else if (kind === 5) submit(`mixed ${n}`, device, { ts: now - (200 + seq * 2 + n) * dayMs, seq, values: { v0: seq } });
          else submit(`mixed ${n}`, device, { ts: now + seq, seq, values: { v0: seq } });
        }
        // In several turns of the loop, so that some come while others are under way.
        if (seq % 4 === 0) await new Promise((resolve) => setTimeout(resolve, 15));
      }
      const names = devices.map((_, n) => `mixed ${n}`);
      await eventually('all are settled', () => names.every((name) => outcomesOf(name).length === 40), 60_000);
      for (const [n, name] of names.entries()) {
        const expected = Array.from({ length: 40 }, (_, seq) => ((seq * 7 + n * 3) % 10 === 1 ? 'deadLettered' : 'committed'));
        expect(outcomesOf(name)).toEqual(expected);
      }
      expect(unaccounted()).toBe(0);
    } finally {
      await plant.sql('alter table telemetry.device_event drop constraint no_poison');
    }
  });

  it('with a message that this process cannot write down', async () => {
    const bad = await oven();
    const others = await Promise.all([oven(), oven(), oven(), oven()]);
    const stringify = JSON.stringify;
    const spy = vi.spyOn(JSON, 'stringify').mockImplementation((value: unknown) => {
      const text = stringify(value);
      if (text?.includes('"endless"')) throw new RangeError('Invalid string length');
      return text;
    });
    try {
      submitTo('endless', `yf/v1/${bad.username}/event`, Buffer.from(`{"ts": ${now}, "type": "endless"}`));
      submit('after the endless', bad, { ts: now, values: { temperature: 1 } });
      for (const [n, other] of others.entries()) submit(`bystander ${n}`, other, { ts: now, values: { temperature: n } });
      const names = ['after the endless', ...others.map((_, n) => `bystander ${n}`)];
      await settledAll('endless', ...names);
      expect(outcomesOf('endless')).toEqual(['deadLettered']);
      expect(names.flatMap(outcomesOf)).toEqual(names.map(() => 'committed'));
      expect(unaccounted()).toBe(0);
      const letters = await plant.sql('select reason, detail from telemetry.dead_letter where device = $1', bad.device);
      expect(letters).toEqual([{ reason: 'refused_by_database', detail: 'Invalid string length' }]);
    } finally {
      spy.mockRestore();
    }
  });

  it('with names that it makes up without end; all are in its letters, 200 are listed', { timeout: 120_000 }, async () => {
    const flood = await oven();
    // Neighbours in number have different lanes.
    const others = [await oven(), await oven()];
    const sent = numbered('flood', 400);
    const madeUp = (n: number) => Object.fromEntries(Array.from({ length: 200 }, (_, m) => [`n${n}_${String(m).padStart(9, '0')}`, 1]));
    for (const [n, name] of sent.entries()) submit(name, flood, { ts: now + n, values: madeUp(n) });
    for (const [n, other] of others.entries()) submit(`beside ${n}`, other, { ts: now, values: { temperature: n } });
    await settledAll('beside 0', 'beside 1', ...sent);
    expect(['beside 0', 'beside 1'].flatMap(outcomesOf)).toEqual(['committed', 'committed']);
    expect(sent.flatMap(outcomesOf)).toEqual(sent.map(() => 'deadLettered'));
    expect(unaccounted()).toBe(0);
    expect(await plant.sql('select from telemetry.dead_letter where device = $1', flood.device)).toHaveLength(sent.length);
    const listed = await plant.sql<{ signal: string; sample: Buffer }>(
      'select signal, sample from telemetry.quarantine where device = $1',
      flood.device,
    );
    expect(listed).toHaveLength(200);
    expect(listed.filter(({ signal, sample }) => !sample.toString().includes(`"${signal}"`))).toEqual([]);
  });

  it('with a topic that no letter can hold', async () => {
    submitTo('topic', `${'x'.repeat(999)}😀 \ud800`, Buffer.from('{}'));
    await settledAll('topic');
    expect(outcomesOf('topic')).toEqual(['deadLettered']);
  });
});

describe('what is in flight', () => {
  it('is counted where it lies, with the age of the oldest', async () => {
    const device = await oven();
    submit('before', device, { ts: now, values: { temperature: 1 } });
    await settledAll('before');
    expect(counters.read(pipeline.held())).toMatchObject({ inFlight: 0, oldestInFlightMs: 0 });
    const lock = await plant.db.owner.pool.connect();
    await lock.query('begin');
    await lock.query('lock table telemetry.last_value in access exclusive mode');
    try {
      const held = numbered('held', 25);
      for (const [n, name] of held.entries()) submit(name, device, { ts: now + n, values: { temperature: n } });
      expect(counters.read(pipeline.held()).inFlight).toBe(25);
      await eventually('it grows old', () => counters.read(pipeline.held()).oldestInFlightMs > 200);
      expect(counters.read(pipeline.held()).inFlight).toBe(25);
      expect(unaccounted()).toBe(0);
      await lock.query('rollback');
      await settledAll(...held);
      expect(counters.read(pipeline.held())).toMatchObject({ inFlight: 0, oldestInFlightMs: 0 });
      expect(unaccounted()).toBe(0);
    } finally {
      await lock.query('rollback');
      lock.release();
    }
  });

  it('is missed when it was received and lies nowhere', () => {
    const lost = new Counters();
    lost.arrived(10);
    const { received, inFlight } = lost.read({ messages: 0, oldestMs: 0 });
    expect(received - inFlight).toBe(1);
  });
});
