import { createServer, type Server } from 'node:net';
import { Aedes } from 'aedes';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createScript, simulatorOf } from './index.js';
import { createOven, ovenFaults } from './oven.fixture.js';

const simulator = simulatorOf({ faults: ovenFaults, machines: { 'bakery.oven': ({ seed }) => createOven(seed) } });
const prefix = 'yf/v1/bakery/oven-01';

describe('a simulated device that is told something', () => {
  let broker: Aedes;
  let server: Server;
  let mqttUrl: string;
  let received: { readonly topic: string; readonly payload: string }[];

  beforeEach(async () => {
    received = [];
    broker = await Aedes.createBroker();
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

  const made = (clock?: () => number) =>
    simulator.createDevice({
      ...{ equipmentModel: 'bakery.oven', mqttUrl, organization: 'bakery', device: 'oven-01', password: 'yd_secret' },
      ...(clock ? { clock } : {}),
    });
  const say = (topic: string, message: object) =>
    new Promise<void>((resolve, reject) => {
      const packet = {
        cmd: 'publish',
        qos: 1,
        dup: false,
        retain: false,
        topic: `${prefix}/${topic}`,
        payload: JSON.stringify(message),
      } as const;
      broker.publish(packet, (error) => (error ? reject(error) : resolve()));
    });
  const command = (id: string, name: string, parameters: object = {}, expiresAt = Date.now() + 60_000) =>
    say('command', { id, name, parameters, expiresAt });
  const on = (topic: string) =>
    received.filter((each) => each.topic === `${prefix}/${topic}`).map(({ payload }) => JSON.parse(payload) as Record<string, unknown>);
  const answers = async (count: number) => {
    await expect.poll(() => on('command/ack').length, { timeout: 10_000 }).toBe(count);
    return on('command/ack');
  };

  it('does a command once and answers a repeated one again; says why it does not do another', async () => {
    const oven = await made();
    await oven.start();
    await command('a', 'load_recipe', { recipe: 'cake' });
    await command('b', 'load_recipe', { recipe: 'soup' });
    await command('c', 'explode');
    await command('d', 'hold_next_bake');
    await command('d', 'hold_next_bake');
    await command('e', 'load_recipe', { recipe: 'cake' }, Date.now() - 1);
    expect(await answers(6)).toMatchObject([
      { id: 'a', ok: true, recipe: 'cake', ts: expect.any(Number) },
      { id: 'b', error: 'there is no recipe "soup" / 没有配方“soup”' },
      { id: 'c', error: expect.stringContaining('no command "explode"') },
      { id: 'd', ok: true },
      { id: 'd', ok: true },
      { id: 'e', error: expect.stringContaining('after its expiry') },
    ]);
    await oven.stop();
  });

  it('waits with it until it has told its past', async () => {
    const oven = await made();
    const to = Date.now();
    await oven.replay({ from: to - 10_000, to });
    await command('a', 'load_recipe', { recipe: 'cake' });
    await say('config', { version: 1, configuration: { report_interval: 5 } });
    expect(on('command/ack')).toEqual([]);
    await oven.start();
    expect(await answers(1)).toMatchObject([{ id: 'a', ok: true }]);
    await expect.poll(() => on('config/reported')).toMatchObject([{ version: 1, configuration: { report_interval: 5 } }]);
    await oven.stop();
  });

  it('reports what is in force, or why a version is not', async () => {
    const oven = await made();
    await oven.start();
    await say('config', { version: 1, configuration: { report_interval: 500 } });
    await say('config', { version: 2, configuration: { colour: 'red' } });
    await say('config', { version: 3, configuration: {} });
    await expect.poll(() => on('config/reported').length).toBe(3);
    expect(on('config/reported')).toMatchObject([
      { version: 1, error: expect.stringContaining('from 1 to 60') },
      { version: 2, error: expect.stringContaining('"colour" cannot be set') },
      { version: 3, configuration: {} },
    ]);
    await oven.stop();
  });
});

describe('a machine that is told something', () => {
  const noon = Date.UTC(2026, 10, 22, 12);
  const seconds = (script: ReturnType<typeof createScript>, from: number, count: number) =>
    Array.from({ length: count }, (_, i) => ({ at: from + i, ...script.at(noon + (from + i) * 1000) }));

  it('names its next run by the recipe that it was given', () => {
    const script = createScript(createOven());
    seconds(script, 0, 100);
    script.command('load_recipe', { recipe: 'cake' });
    const events = seconds(script, 100, 600).flatMap((each) => each.events);
    expect(events.filter(({ type }) => type === 'run_started').map(({ program }) => program)).toEqual(['cake', 'cake']);
  });

  it('begins no run while it is held, and the next once somebody came', () => {
    const begun = (held: boolean) => {
      const script = createScript(createOven());
      if (held) script.command('hold_next_bake', {});
      return seconds(script, 0, 600).find(({ events }) => events.some(({ type }) => type === 'run_started'))?.at;
    };
    expect((begun(true) ?? 0) - (begun(false) ?? 0)).toBe(180);
    const script = createScript(createOven());
    script.command('hold_next_bake', {});
    expect(() => script.command('hold_next_bake', {})).toThrow('held already');
  });

  it('sends as often as it is set to, and as by itself without a setting', () => {
    const script = createScript(createOven());
    const sent = () => seconds(script, 0, 60).filter(({ samples }) => samples.length > 0).length;
    expect(sent()).toBe(60);
    expect(script.configure({ report_interval: 20 })).toEqual({ report_interval: 20 });
    expect(sent()).toBe(3);
    expect(() => script.configure({ report_interval: 0 })).toThrow('from 1 to 60');
    script.configure({});
    expect(sent()).toBe(60);
  });
});
