import { createServer, type Server } from 'node:net';
import { Aedes } from 'aedes';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { passengerRecipe } from '../cure/recipe.js';
import { tire } from '../index.js';
import type { TelemetrySample } from './messages.js';
import { createPress } from './press.js';

interface Received {
  readonly topic: string;
  readonly payload: string;
}

let broker: Aedes;
let server: Server;
let mqttUrl: string;
let received: Received[];
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
  received.filter((each) => each.topic === `yf/v1/shanhai/press-01/${topic}`).map(({ payload }) => JSON.parse(payload) as unknown);

describe('createPress', () => {
  it('is an ordinary MQTT client: replays hours quickly, then goes on live, and says when it leaves', async () => {
    const to = Date.parse('2026-11-22T06:00:00Z');
    const base = Date.now();
    const press = createPress({
      mqttUrl,
      organization: 'shanhai',
      device: 'press-01',
      password: 'yd_secret',
      recipe: passengerRecipe,
      clock: () => to + (Date.now() - base),
    });
    const sent = await press.replay({ from: to - 3_600_000, to });
    // The broker tells of a message just after it acknowledged it; one more is the status.
    await expect.poll(() => received.length).toBe(sent + 1);
    expect(credentials.at(-1)).toBe('shanhai/press-01|shanhai/press-01|yd_secret');
    expect((on('telemetry') as TelemetrySample[][]).flat()).toHaveLength(3600);
    expect(on('event').slice(-2)).toMatchObject([
      { type: 'run_ended', ts: to },
      { type: 'count', ts: to, good: 1, scrap: 0 },
    ]);

    const before = on('telemetry').length;
    await press.start();
    await expect.poll(() => on('telemetry').length, { timeout: 10_000 }).toBeGreaterThan(before + 1);
    await press.stop();
    await expect.poll(() => received.filter(({ topic }) => topic.endsWith('/status')).length).toBe(2);
    const live = (on('telemetry') as TelemetrySample[][]).slice(before).flat();
    expect(live.map(({ ts }) => ts)).toEqual(live.map((_, i) => to + (i + 1) * 1000));
    expect(received.filter(({ topic }) => topic.endsWith('/status')).map(({ payload }) => payload)).toEqual(['online', 'offline']);
    const seqs = (on('telemetry') as TelemetrySample[][]).flat().map(({ seq }) => seq);
    expect(new Set(seqs).size).toBe(seqs.length);
  });

  it('is made by the vertical, which names what it does not know', async () => {
    const options = { equipmentModel: 'tire.curing-press', mqttUrl, organization: 'shanhai', device: 'press-01', password: 'p' };
    await expect(tire.simulator?.createDevice({ ...options, program: 'soup' })).rejects.toThrow('knows no recipe "soup"');
    await expect(tire.simulator?.createDevice({ ...options, faults: ['gremlins'] })).rejects.toThrow(
      'no fault "gremlins"; it has steam_pressure_dip',
    );
    const press = await tire.simulator?.createDevice({ ...options, program: 'pcr-225-45-r17', faults: ['short_cycle'] });
    expect(() => press?.setFault('gremlins', true)).toThrow('no fault "gremlins"');
    const to = Date.parse('2026-11-22T06:00:00Z');
    const sent = (await press?.replay({ from: to - 1_800_000, to })) as number;
    await expect.poll(() => received.length).toBe(sent + 1);
    await press?.stop();
    const [began, ended] = ['run_started', 'run_ended'].map(
      (type) => (on('event') as { type: string; ts: number }[]).findLast((event) => event.type === type)?.ts as number,
    );
    expect(((ended as number) - (began as number)) / 60_000).toBeCloseTo(6.5, 1);
  });
});
