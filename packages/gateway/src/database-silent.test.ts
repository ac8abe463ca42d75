import { closeDatabase, type Database, openDatabase } from '@yunfab/core/database';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type CommittedBatch, createGateway } from './index.js';
import { type DatabaseProxy, startDatabaseProxy } from './testing/database-proxy.js';
import { connectDevice, createPlant, eventually, type Plant, type PlantDevice } from './testing/plant.js';

let plant: Plant;
let proxy: DatabaseProxy;
let database: Database;
beforeAll(async () => {
  plant = await createPlant();
  proxy = await startDatabaseProxy(plant.db.urls);
  database = openDatabase(proxy.urls, { statementMs: 3_000 });
});
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of cleanups.splice(0).reverse()) await each();
});
afterAll(async () => {
  proxy.close();
  await closeDatabase(database);
  await plant.close();
});

async function started(onCommitted?: (batch: CommittedBatch) => void) {
  const gateway = createGateway({
    ...{ database, broker: { kind: 'embedded', host: '127.0.0.1', port: 0 } },
    ...(onCommitted ? { onCommitted } : {}),
  });
  cleanups.push(() => gateway.stop(500));
  return { gateway, ...(await gateway.start()) };
}

async function connected(mqttUrl: string, device: PlantDevice) {
  const client = await connectDevice(mqttUrl, device, { keepalive: 0 });
  client.on('error', () => {});
  cleanups.push(() => client.end(true));
  const publish = (seq: number) =>
    client.publishAsync(`yf/v1/${device.username}/telemetry`, JSON.stringify({ ts: Date.now(), seq, values: { v0: seq } }), { qos: 1 });
  return { client, publish };
}

const stored = ({ equipment }: PlantDevice) =>
  plant.sql('select s.value from telemetry.sample s join telemetry.series r on r.id = s.series where r.equipment_id = $1', equipment);

describe('when the way to the database fails', () => {
  it('connections that go silent without an end are given up: commits and revocations go on over others', {
    timeout: 120_000,
  }, async () => {
    const { gateway, mqttUrl } = await started();
    const device = await plant.addDevice('silenced');
    const { client, publish } = await connected(mqttUrl, device);
    await publish(1);
    proxy.silence();
    await publish(2);
    expect(await stored(device)).toHaveLength(2);
    expect(gateway.counters()).toMatchObject({ committed: 2, inFlight: 0 });
    let cut = false;
    client.once('close', () => {
      cut = true;
    });
    proxy.silence();
    await plant.revoke('silenced');
    await eventually('the revoked device is cut', () => cut, 40_000);
  });

  it('a commit whose answer is lost is done once, and who watches hears of it', async () => {
    const told: unknown[] = [];
    const { mqttUrl } = await started(({ samples }) => told.push(...samples));
    const device = await plant.addDevice('unanswered');
    const { publish } = await connected(mqttUrl, device);
    const lost = proxy.loseNextCommit();
    await publish(1);
    expect(lost()).toBe(true);
    expect(await stored(device)).toHaveLength(1);
    expect(told).toEqual([expect.objectContaining({ equipment: device.equipment, signal: 'v0', value: 1 })]);
  });

  it('a partition of receipts that is not there is made, and nothing waits an hour for it', async () => {
    const { mqttUrl } = await started();
    const device = await plant.addDevice('unreceipted');
    const { publish } = await connected(mqttUrl, device);
    await publish(1);
    await plant.sql('drop table telemetry.receipt_' + new Date().toISOString().slice(0, 10).replaceAll('-', ''));
    await publish(2);
    expect(await stored(device)).toHaveLength(2);
  });
});
