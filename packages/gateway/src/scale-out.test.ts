import { hostname } from 'node:os';
import type { MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createGateway } from './index.js';
import { type KillableGateway, killableGateway } from './testing/killable-gateway.js';
import { type Mosquitto, startMosquitto, withoutMosquitto } from './testing/mosquitto.js';
import { connectDevice, createPlant, eventually, type Plant } from './testing/plant.js';
import { startPublisher } from './testing/publishers.js';
import { reconcile } from './testing/reconciliation.js';
import { layWire } from './testing/wire.js';

const takeoverMs = 2_000;
const others = Number(process.env['YUNFAB_TEST_GATEWAYS'] ?? 2) - 1;
const named = (count: number) => Array.from({ length: count }, (_, n) => `yunfab-${n + 1}`);

describe.skipIf(withoutMosquitto)(withoutMosquitto ?? 'several gateways on one Mosquitto', () => {
  let plant: Plant;
  let mosquitto: Mosquitto;
  const processes: KillableGateway[] = [];
  const clients: MqttClient[] = [];

  beforeAll(async () => {
    plant = await createPlant();
    mosquitto = await startMosquitto();
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.end(true);
    for (const each of processes.splice(0)) await each.kill();
    await plant.sql('delete from telemetry.gateway_lease');
  });
  afterAll(async () => {
    await mosquitto?.stop();
    await plant?.close();
  });

  const broker = (clientId?: string, url = mosquitto.url) => ({
    kind: 'external' as const,
    url,
    takeoverMs,
    ...(clientId ? { clientId } : {}),
  });
  async function startProcess(clientId?: string, url?: string): Promise<KillableGateway> {
    const gateway = killableGateway(plant, broker(clientId, url));
    processes.push(gateway);
    await gateway.start();
    return gateway;
  }
  const names = async () =>
    (await plant.sql<{ name: string }>(`select name from telemetry.gateway_lease where name <> '#watch' order by name`)).map(
      ({ name }) => name,
    );
  const onlineOf = async (device: string) =>
    (
      await plant.sql<{ online: boolean }>(
        'select s.online from telemetry.device_status s join core.device d on d.id = s.device_id where d.code = $1',
        device,
      )
    )[0]?.online;

  it('share the load; one is killed and never comes back: another settles what lay there, everything once', {
    timeout: 180_000,
  }, async () => {
    const devices = await Promise.all([0, 1, 2].map((n) => plant.addDevice(`shared-${n}`)));
    const first = await startProcess();
    const rest: KillableGateway[] = [];
    for (let n = 0; n < others; n++) rest.push(await startProcess());
    expect(await names()).toEqual(named(1 + others));
    const since = Date.now() - 3_600_000;
    const load = devices.map((device) => startPublisher(mosquitto.url, device, since));
    await eventually('all have a part of it', async () => {
      const parts = await Promise.all([first, ...rest].map((each) => each.counters()));
      return parts.every(({ committed }) => committed > 20);
    });
    await first.kill();
    await eventually('the session of the dead is settled and ended', async () => (await names()).length === others, 60_000);
    await startProcess();
    expect(await names()).toEqual(named(1 + others));
    for (const each of rest) {
      await each.kill();
      await each.start();
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    await Promise.all(load.map((publisher) => publisher.finish(60_000)));
    const { stored, whole } = await reconcile(plant, load, 60_000);
    expect(stored).toEqual(whole);
  });

  it('know who is online, in the order in which it was said, also after the one that watched is killed', { timeout: 120_000 }, async () => {
    const first = await startProcess();
    await startProcess();
    const device = await plant.addDevice('blinking');
    const client = await connectDevice(mosquitto.url, device);
    clients.push(client);
    const say = (word: string) => client.publishAsync(`yf/v1/${device.username}/status`, word, { qos: 1, retain: true });
    for (let n = 0; n < 30; n++) await say(n % 2 === 0 ? 'online' : 'offline');
    await say('online');
    await eventually('it is online', async () => (await onlineOf(device.device)) === true);
    await first.kill();
    await say('offline');
    await eventually('the next one watches', async () => (await onlineOf(device.device)) === false, 30_000);
    const times: number[] = [];
    client.on('message', (_topic, payload) => payload.length > 0 && times.push((JSON.parse(payload.toString()) as { ts: number }).ts));
    await client.subscribeAsync(`yf/v1/${device.username}/time`);
    await client.publishAsync(`yf/v1/${device.username}/time`, '');
    await eventually('and tells the time', () => times.length === 1);
  });

  it('do not throw each other out: a second one of the same id is told who has it', { timeout: 60_000 }, async () => {
    const first = await startProcess('press-hall');
    const gateway = createGateway({ database: plant.database, broker: broker('press-hall') });
    await expect(gateway.start()).rejects.toThrow(
      new RegExp(`the gateway id press-hall is in use by process ${first.pid()} on ${hostname()}; stop that one`),
    );
    await gateway.stop(0);
    await first.kill();
    await first.start();
    expect(await names()).toEqual(['press-hall']);
  });

  it('keep what lay with the dead when the heir’s link is cut before its commit, and when the heir dies too', {
    timeout: 120_000,
  }, async () => {
    const device = await plant.addDevice('inherited');
    // One of its own: on the other lie the sessions of gateways that earlier tests have killed.
    const fresh = await startMosquitto();
    const wire = await layWire(Number(new URL(fresh.url).port));
    const url = `mqtt://127.0.0.1:${wire.port}`;
    const client = await connectDevice(fresh.url, device);
    clients.push(client);
    const stored = () =>
      plant.sql('select from telemetry.sample s join telemetry.series r on r.id = s.series where r.equipment_id = $1', device.equipment);
    const since = Date.now();
    const slow = await plant.db.owner.pool.connect();
    try {
      await slow.query('begin; lock table telemetry.last_value in access exclusive mode');
      const gone = await startProcess('gone', url);
      for (let n = 0; n < 10; n++)
        await client.publishAsync(`yf/v1/${device.username}/telemetry`, JSON.stringify({ ts: since + n, seq: n, values: { v0: n } }), {
          qos: 1,
        });
      await eventually('it has them, uncommitted', async () => (await gone.counters()).inFlight === 10);
      await gone.kill();
      const heir = await startProcess('heir', url);
      await eventually('the heir has them, uncommitted', async () => (await heir.counters()).inFlight === 10, 30_000);
      wire.cut();
      await eventually('the heir has lost its links', async () => (await heir.counters()).connections === 0);
      wire.mend();
      await eventually('the broker gives them to the heir again', async () => (await heir.counters()).received >= 20, 30_000);
      expect(await names()).toContain('gone');
      await heir.kill();
      expect(await stored()).toHaveLength(0);
      await slow.query('rollback');
      await heir.start();
      await eventually('all are stored', async () => (await stored()).length === 10, 30_000);
      await eventually('and the session of the dead is ended', async () => !(await names()).includes('gone'), 30_000);
      expect(await stored()).toHaveLength(10);
    } finally {
      slow.release(true);
      await wire.close();
      await fresh.stop();
    }
  });

  it('take over from one that is cut off from the broker and not from the database; it joins again when it can', {
    timeout: 180_000,
  }, async () => {
    const device = await plant.addDevice('cut-off');
    const fresh = await startMosquitto();
    const wire = await layWire(Number(new URL(fresh.url).port));
    const client = await connectDevice(fresh.url, device);
    clients.push(client);
    const stored = () =>
      plant.sql('select from telemetry.sample s join telemetry.series r on r.id = s.series where r.equipment_id = $1', device.equipment);
    // With the times of production: how long one is silent before it is taken over is as long as the patience with a broker.
    const start = async (username: string) => {
      const url = `mqtt://127.0.0.1:${wire.port}`;
      const gateway = killableGateway(plant, { kind: 'external', url, username });
      processes.push(gateway);
      await gateway.start();
      return gateway;
    };
    try {
      const cutOff = await start('far-away');
      await start('close-by');
      expect(await names()).toEqual(named(2));
      wire.cut('far-away');
      await eventually('it has lost its links', async () => (await cutOff.counters()).connections === 0);
      for (let n = 0; n < 10; n++)
        await client.publishAsync(`yf/v1/${device.username}/telemetry`, JSON.stringify({ seq: n, values: { v0: n } }), { qos: 1 });
      await eventually('a part lies with it', async () => (await stored()).length > 0);
      expect((await stored()).length).toBeLessThan(10);
      await eventually('all are stored', async () => (await stored()).length === 10, 60_000);
      await eventually('its session is ended', async () => (await names()).length === 1, 30_000);
      wire.mend();
      await eventually('it has joined again', async () => (await names()).length === 2, 30_000);
      await eventually('and is connected', async () => (await cutOff.counters()).connections > 0);
      expect(await names()).toEqual(named(2));
      expect(await stored()).toHaveLength(10);
    } finally {
      await wire.close();
      await fresh.stop();
    }
  });
});
