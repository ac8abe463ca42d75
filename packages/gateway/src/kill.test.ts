import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BrokerOptions } from './index.js';
import { type KillableGateway, killableGateway } from './testing/killable-gateway.js';
import { freePort, type Mosquitto, startMosquitto, withoutMosquitto } from './testing/mosquitto.js';
import { createPlant, type Plant } from './testing/plant.js';
import { startPublisher } from './testing/publishers.js';
import { reconcile, storedOf, valuesOfMessage } from './testing/reconciliation.js';

const kills = Number(process.env['YUNFAB_TEST_KILLS'] ?? 5);
const publishers = 3;

let plant: Plant;
let gateway: KillableGateway;
afterEach(() => gateway.kill());
beforeAll(async () => {
  plant = await createPlant();
});
afterAll(() => plant.close());

async function underLoad(prefix: string, url: string, acknowledgedMeansStored: boolean): Promise<void> {
  const devices = await Promise.all(Array.from({ length: publishers }, (_, n) => plant.addDevice(`${prefix}-${n}`)));
  await gateway.start();
  const since = Date.now() - 3_600_000;
  const load = devices.map((device) => startPublisher(url, device, since));
  for (let kill = 0; kill < kills; kill++) {
    await new Promise((resolve) => setTimeout(resolve, 200 + Math.random() * 600));
    await gateway.kill();
    if (acknowledgedMeansStored) {
      for (const publisher of load) {
        const acknowledged = publisher.acknowledged();
        expect((await storedOf(plant, publisher)).rows).toBeGreaterThanOrEqual(acknowledged * valuesOfMessage);
      }
    }
    await gateway.start();
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  await Promise.all(load.map((publisher) => publisher.finish(60_000)));
  const { stored, whole } = await reconcile(plant, load, 60_000);
  expect(stored).toEqual(whole);
}

describe(`a gateway killed ${kills} times under load loses nothing that was acknowledged and stores nothing twice`, () => {
  it('with the embedded broker', { timeout: 240_000 }, async () => {
    const port = await freePort();
    const broker: BrokerOptions = { kind: 'embedded', host: '127.0.0.1', port };
    gateway = killableGateway(plant, broker);
    await underLoad('inside', `mqtt://127.0.0.1:${port}`, true);
  });

  describe.skipIf(withoutMosquitto)(withoutMosquitto ?? 'outside', () => {
    let mosquitto: Mosquitto;
    beforeAll(async () => {
      mosquitto = await startMosquitto();
    });
    afterAll(() => mosquitto.stop());

    it('with a real Mosquitto', { timeout: 240_000 }, async () => {
      gateway = killableGateway(plant, { kind: 'external', url: mosquitto.url, clientId: 'gateway-kill-test' });
      await underLoad('outside', mosquitto.url, false);
    });
  });
});
