import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BrokerOptions } from './index.js';
import { type KillableGateway, killableGateway } from './testing/killable-gateway.js';
import { freePort, type Mosquitto, startMosquitto, withoutMosquitto } from './testing/mosquitto.js';
import { createPlant, eventually, type Plant } from './testing/plant.js';
import { type Publisher, startPublisher } from './testing/publishers.js';

const kills = Number(process.env['YUNFAB_TEST_KILLS'] ?? 5);
const publishers = 3;
const values = 10;

let plant: Plant;
let gateway: KillableGateway;
afterEach(() => gateway.kill());
beforeAll(async () => {
  plant = await createPlant();
});
afterAll(() => plant.close());

/** What is stored of a device, and how often. */
async function stored({ device }: Publisher) {
  const [row] = await plant.sql<{ rows: number; seqs: number; receipts: number; received: number; events: number; pending: number }>(
    `select
      (select count(*)::int from telemetry.sample s join telemetry.series r on r.id = s.series where r.equipment_id = $1) as rows,
      (select count(distinct s.ts)::int from telemetry.sample s join telemetry.series r on r.id = s.series where r.equipment_id = $1) as seqs,
      (select count(*)::int from telemetry.receipt c join core.device d on d.id = c.device_id where d.equipment_id = $1 and c.seq is not null) as receipts,
      (select count(distinct (c.seq, c.ts))::int from telemetry.receipt c join core.device d on d.id = c.device_id where d.equipment_id = $1) as received,
      (select count(*)::int from telemetry.device_event e where e.equipment_id = $1) as events,
      (select count(*)::int from telemetry.device_event_pending p join telemetry.device_event e on e.id = p.event_id where e.equipment_id = $1) as pending`,
    device.equipment,
  );
  return row;
}

function whole({ sent }: Publisher) {
  const { telemetry, events } = sent();
  return { rows: telemetry * values, seqs: telemetry, receipts: telemetry + events, received: telemetry + events, events, pending: events };
}

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
        expect((await stored(publisher))?.rows).toBeGreaterThanOrEqual(acknowledged * values);
      }
    }
    await gateway.start();
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  await Promise.all(load.map((publisher) => publisher.finish(60_000)));
  for (const publisher of load) {
    await eventually(
      'all that was sent is stored',
      async () =>
        ((await stored(publisher))?.rows ?? 0) >= whole(publisher).rows &&
        ((await stored(publisher))?.events ?? 0) >= whole(publisher).events,
      60_000,
    ).catch(() => {});
    expect(await stored(publisher)).toEqual(whole(publisher));
  }
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
