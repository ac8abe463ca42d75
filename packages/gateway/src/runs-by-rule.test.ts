import { createCallerFactory, router } from '@yunfab/core/commands';
import { orderProgress } from '@yunfab/core/orders';
import { createDeviceEventProjector, createProductionRouter, createProductionService, type RunEvaluator } from '@yunfab/core/production';
import { testContext } from '@yunfab/core/testing';
import type { MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type KillableGateway, killableGateway } from './testing/killable-gateway.js';
import { freePort } from './testing/mosquitto.js';
import { connectDevice, createPlant, loudLog, type Plant, type PlantDevice } from './testing/plant.js';

/** Passes when it never was above 230 °C. */
const notBurnt: RunEvaluator = {
  id: 'test.not_burnt',
  version: '1.0.0',
  signals: ['temperature'],
  tailMs: 0,
  async evaluate(_scope, { samples }) {
    const hottest = Math.max(...(samples['temperature']?.value ?? []));
    const words = { en: 'Hottest', zh: '最高温度' };
    return {
      verdict: hottest <= 230 ? 'pass' : 'fail',
      values: { hottest: { value: hottest, unit: 'Cel', words } },
      curves: [],
      findings: [],
    };
  },
};
const ports = { evaluators: { find: async () => notBurnt }, progress: orderProgress };
const createCaller = createCallerFactory(router(createProductionRouter(createProductionService(ports))));

let plant: Plant;
let oven: PlantDevice;
let gateway: KillableGateway;
let url: string;
beforeAll(async () => {
  plant = await createPlant();
  oven = await plant.addDevice('oven');
  const port = await freePort();
  url = `mqtt://127.0.0.1:${port}`;
  gateway = killableGateway(plant, { kind: 'embedded', host: '127.0.0.1', port });
  await gateway.start();
});
afterAll(async () => {
  await gateway.kill();
  await plant.close();
});

const own = () => createCaller(testContext(plant.db, plant.maker));
/** A projector begins anew each time, as after a kill: what it knows is in the database. */
const project = () => createDeviceEventProjector({ database: plant.database, clock: () => new Date(), log: loudLog, ...ports }).drain();

interface Reading {
  readonly ts: number;
  readonly seq: number;
  readonly values: { readonly temperature?: number; readonly door_open?: boolean; readonly program?: string };
}

/** Sends until each is acknowledged, over a new connection whenever the gateway was killed. */
async function publish(readings: readonly Reading[], killAt: readonly number[] = []): Promise<void> {
  let client: MqttClient | null = null;
  for (const [n, reading] of readings.entries()) {
    if (killAt.includes(n)) {
      // While it is on its way: whether it was stored is not known, so it is sent again.
      client?.publishAsync(`yf/v1/${oven.username}/telemetry`, JSON.stringify(reading), { qos: 1 }).catch(() => {});
      await gateway.kill();
      await project();
      await gateway.start();
    }
    for (let acknowledged = false; !acknowledged; ) {
      try {
        if (!client?.connected) client = await connectDevice(url, oven);
        await client.publishAsync(`yf/v1/${oven.username}/telemetry`, JSON.stringify(reading), { qos: 1 });
        acknowledged = true;
      } catch {
        client?.end(true);
        client = null;
      }
    }
  }
  client?.end(true);
}

it('an oven’s bakes are the same however its readings come through a gateway that is killed, and a late one has its bake judged again', async () => {
  const start = Date.now() - 20 * 60_000;
  const closedAndHot = {
    forMs: 3_000,
    conditions: [
      { signal: 'door_open', is: 'equal' as const, value: false },
      { signal: 'temperature', is: 'above' as const, value: 180, deadband: 5 },
    ],
  };
  await own().runRules.set({
    equipment: oven.equipment,
    code: 'bake',
    words: { en: 'Bake', zh: '烘烤' },
    opens: closedAndHot,
    closes: { forMs: 5_000 },
    program: 'program',
    since: new Date(start).toISOString(),
  });
  let seq = 0;
  const bake = (from: number, program: string): Reading[] => [
    { ts: from, seq: ++seq, values: { door_open: false, program, temperature: 20 } },
    ...Array.from({ length: 20 }, (_, n) => ({ ts: from + 10_000 + n * 1_000, seq: ++seq, values: { temperature: 200 + (n % 2) } })),
    { ts: from + 30_000, seq: ++seq, values: { door_open: true } },
    ...Array.from({ length: 6 }, (_, n) => ({ ts: from + 31_000 + n * 1_000, seq: ++seq, values: { temperature: 150 - n } })),
  ];
  const readings = [...bake(start + 1_000, 'P1'), ...bake(start + 60_000, 'P2')];
  // In an order that is anything but that of time.
  const shuffled = [...readings].sort((a, b) => ((a.seq * 37) % 61) - ((b.seq * 37) % 61));
  await publish(shuffled, [10, 25, 40]);
  await project();
  const bakes = async () => (await own().runs.list({ equipment: oven.equipment })).items.filter(({ withdrawnAt }) => withdrawnAt === null);
  const at = (ms: number) => new Date(start + ms).toISOString();
  expect(await bakes()).toMatchObject([
    { key: `bake@${at(70_000)}`, program: 'P2', startedAt: at(70_000), endedAt: at(90_000), verdict: 'pass' },
    { key: `bake@${at(11_000)}`, program: 'P1', startedAt: at(11_000), endedAt: at(31_000), verdict: 'pass' },
  ]);

  const [run = ''] = (await bakes()).map(({ id }) => id);
  await publish([{ ts: start + 65_000, seq: ++seq, values: { temperature: 240 } }]);
  await project();
  expect(await own().runs.get({ run })).toMatchObject({
    startedAt: at(65_000),
    verdict: 'fail',
    evaluation: { cause: 'late_data', verdict: 'fail' },
    earlier: [{ verdict: 'pass' }],
    earlierBounds: [{ startedAt: at(70_000), endedAt: at(90_000), program: 'P2' }],
  });
  expect(await bakes()).toHaveLength(2);
}, 120_000);
