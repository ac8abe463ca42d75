import { createServer, type Server } from 'node:net';
import { Aedes } from 'aedes';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { simulatorOf, type TelemetrySample } from './index.js';
import { createOven, ovenFaults } from './oven.fixture.js';

let broker: Aedes;
let server: Server;
let mqttUrl: string;
let received: { readonly topic: string; readonly payload: string }[];
const credentials: string[] = [];

beforeEach(async () => {
  received = [];
  broker = await Aedes.createBroker();
  broker.authenticate = (client, username, password, done) => {
    credentials.push(`${client.id}|${username}|${password?.toString()}`);
    done(null, true);
  };
  broker.on('publish', ({ topic, payload }, client) => {
    if (client) received.push({ topic, payload: payload.toString() });
  });
  server = createServer(broker.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  mqttUrl = `mqtt://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
});
afterEach(async () => {
  await new Promise<void>((resolve) => broker.close(resolve));
  server.close();
});

const on = (topic: string) =>
  received.filter((each) => each.topic === `yf/v1/bakery/oven-01/${topic}`).map(({ payload }) => JSON.parse(payload) as unknown);
const telemetry = () => (on('telemetry') as TelemetrySample[][]).flat();

const simulator = simulatorOf({
  faults: ovenFaults,
  machines: {
    'bakery.oven': ({ seed, program, faults }) => {
      if (program === 'soup') throw new RangeError('the oven knows no recipe "soup"; it knows bread');
      return createOven(seed, { ...(program === undefined ? {} : { program }), faults });
    },
  },
});
const reach = () => ({ equipmentModel: 'bakery.oven', mqttUrl, organization: 'bakery', device: 'oven-01', password: 'yd_secret' });

describe('a simulated device', () => {
  it('is an ordinary MQTT client: replays hours quickly, then goes on live, and says when it leaves', async () => {
    const to = Date.parse('2026-11-22T06:00:00Z');
    const base = Date.now();
    const oven = await simulator.createDevice({ ...reach(), clock: () => to + (Date.now() - base) });
    const sent = await oven.replay({ from: to - 3_600_000, to });
    // The broker tells of a message just after it acknowledged it; one more is the status.
    await expect.poll(() => received.length).toBe(sent + 1);
    expect(credentials.at(-1)).toBe('bakery/oven-01|bakery/oven-01|yd_secret');
    expect(telemetry()).toHaveLength(3600);
    expect(on('event').slice(-2)).toMatchObject([
      { type: 'run_ended', ts: to },
      { type: 'count', ts: to, good: 1, scrap: 0 },
    ]);

    await oven.start();
    await expect.poll(() => telemetry().length, { timeout: 10_000 }).toBeGreaterThan(3601);
    await oven.stop();
    await expect.poll(() => received.filter(({ topic }) => topic.endsWith('/status')).length).toBe(2);
    const live = telemetry().slice(3600);
    expect(live.map(({ ts }) => ts)).toEqual(live.map((_, i) => to + (i + 1) * 1000));
    expect(received.filter(({ topic }) => topic.endsWith('/status')).map(({ payload }) => payload)).toEqual(['online', 'offline']);
    const seqs = telemetry().map(({ seq }) => seq);
    expect(new Set(seqs).size).toBe(seqs.length);
  });

  it('ends without an error when it is stopped while it tells what it does', async () => {
    const oven = await simulator.createDevice({ ...reach(), speed: 500 });
    await oven.start();
    await expect.poll(() => telemetry().length, { timeout: 10_000 }).toBeGreaterThan(100);
    await oven.stop();
    const known = received.length;
    await oven.stop();
    expect(received.length).toBe(known);
    expect(received.at(-1)).toMatchObject({ topic: 'yf/v1/bakery/oven-01/status', payload: 'offline' });
  });

  it('tells a retold past with the faults that are on', async () => {
    const oven = await simulator.createDevice(reach());
    oven.setFault('cold', true);
    const to = Date.parse('2026-11-22T06:00:00Z');
    await oven.replay({ from: to - 60_000, to });
    await expect.poll(() => telemetry().length).toBe(60);
    await oven.stop();
    expect(Math.max(...telemetry().map(({ values }) => values['temperature'] as number))).toBeLessThan(40);
  });

  it('names what it does not know', async () => {
    await expect(simulator.createDevice({ ...reach(), equipmentModel: 'bakery.mixer' })).rejects.toThrow(
      'no machine "bakery.mixer"; there are bakery.oven',
    );
    await expect(simulator.createDevice({ ...reach(), program: 'soup' })).rejects.toThrow('knows no recipe "soup"');
    await expect(simulator.createDevice({ ...reach(), faults: ['gremlins'] })).rejects.toThrow('no fault "gremlins"; it has cold');
    const oven = await simulator.createDevice(reach());
    expect(() => oven.setFault('gremlins', true)).toThrow('no fault "gremlins"');
  });
});
