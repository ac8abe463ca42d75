import { setTimeout as sleep } from 'node:timers/promises';
import { type KillableDatabase, startKillableDatabase } from '@yunfab/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BrokerOptions, createGateway } from './index.js';
import { type Mosquitto, startMosquitto, withoutMosquitto } from './testing/mosquitto.js';
import { createPlant, eventually, type Plant } from './testing/plant.js';
import { startPublisher } from './testing/publishers.js';
import { reconcile, storedOf, valuesOfMessage } from './testing/reconciliation.js';

const kills = Number(process.env['YUNFAB_TEST_KILLS'] ?? 3);
const publishers = 3;

let database: KillableDatabase;
let plant: Plant;
beforeAll(async () => {
  database = await startKillableDatabase();
  plant = await createPlant(database);
});
afterAll(() => plant.close());

const answers = () =>
  plant.sql('select 1').then(
    () => true,
    () => false,
  );

async function underLoad(prefix: string, broker: BrokerOptions, acknowledgedMeansStored: boolean): Promise<void> {
  const devices = await Promise.all(Array.from({ length: publishers }, (_, n) => plant.addDevice(`${prefix}-${n}`)));
  const gateway = createGateway({ database: plant.database, broker });
  const { mqttUrl } = await gateway.start();
  const load = devices.map((device) => startPublisher(mqttUrl, device, Date.now() - 3_600_000));
  for (let kill = 0; kill < kills; kill++) {
    await sleep(200 + Math.random() * 600);
    database.kill();
    const acknowledged = load.map((publisher) => publisher.acknowledged());
    await sleep(100);
    await eventually('PostgreSQL serves again', answers, 60_000);
    if (!acknowledgedMeansStored) continue;
    for (const [n, publisher] of load.entries())
      expect((await storedOf(plant, publisher)).rows).toBeGreaterThanOrEqual((acknowledged[n] ?? 0) * valuesOfMessage);
  }
  await Promise.all(load.map((publisher) => publisher.finish(60_000)));
  const { stored, whole } = await reconcile(plant, load, 60_000);
  expect(stored).toEqual(whole);
  await gateway.stop();
  const { received, committed, duplicate, deadLettered, inFlight } = gateway.counters();
  expect({ received, deadLettered, inFlight }).toEqual({ received: committed + duplicate, deadLettered: 0, inFlight: 0 });
}

describe(`while PostgreSQL is killed ${kills} times under load nothing that was acknowledged is lost, and nothing is stored twice`, () => {
  it('with the embedded broker', { timeout: 120_000 + kills * 20_000 }, () =>
    underLoad('inside', { kind: 'embedded', host: '127.0.0.1', port: 0 }, true),
  );

  describe.skipIf(withoutMosquitto)(withoutMosquitto ?? 'outside', () => {
    let mosquitto: Mosquitto;
    beforeAll(async () => {
      mosquitto = await startMosquitto();
    });
    afterAll(() => mosquitto.stop());

    it('with a real Mosquitto', { timeout: 120_000 + kills * 20_000 }, () =>
      underLoad('outside', { kind: 'external', url: mosquitto.url, clientId: 'gateway-database-kill' }, false),
    );
  });
});
