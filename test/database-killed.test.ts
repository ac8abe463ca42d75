import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type KillableDatabase, startKillableDatabase } from '@yunfab/core/testing';
import { createClient, type Yunfab } from '@yunfab/sdk';
import { openDevice } from '@yunfab/sdk/device';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ServedPlatform, servePlatform } from './served-platform.js';

/** The whole platform in another process, while its PostgreSQL is killed and comes back by itself. */

const kills = Number(process.env['YUNFAB_TEST_KILLS'] ?? 3);

let database: KillableDatabase;
let platform: ServedPlatform;
let maker: Yunfab;
let folder: string;
beforeAll(async () => {
  database = await startKillableDatabase();
  platform = await servePlatform(database);
  folder = mkdtempSync(join(tmpdir(), 'yunfab-database-killed-'));
  await platform.company('supplier');
  maker = createClient({ url: platform.httpUrl, apiKey: await platform.company('maker'), maxAttempts: 100 });
});
afterAll(async () => {
  await platform?.close();
  rmSync(folder, { recursive: true, force: true });
});

const databaseAnswers = () =>
  database.owner.pool.query('select 1').then(
    () => true,
    () => false,
  );

it('goes on with orders, feed, devices and live values as if nothing had been', { timeout: 240_000 + kills * 20_000 }, async () => {
  const { id: equipment } = await maker.equipment.create({ code: 'press', name: 'press', model: 'machine' });
  const { username, token } = await maker.equipment.devices.create({ device: 'press', equipment });
  const device = await openDevice({ url: platform.mqttUrl, username, token: token ?? '', folder });
  const live: number[] = [];
  const unwatch = maker.live.telemetry({ equipment }, ({ temperature = [] }) =>
    live.push(...temperature.map(([, value]) => Number(value))),
  );
  const followed: unknown[] = [];
  const stop = new AbortController();
  const { cursor: after } = await maker.events.head();
  const following = (async () => {
    for await (const { body } of maker.events.follow({ after, types: ['orders.proposed'], signal: stop.signal }))
      followed.push(body['number']);
  })();

  let breaking = true;
  const numbers: string[] = [];
  const trading = (async () => {
    while (breaking) {
      const ownNumber = `PO-${numbers.length}`;
      numbers.push(ownNumber);
      await maker.orders.propose({
        ...{ supplier: 'supplier', ownNumber, currency: 'CNY' as const, dueOn: '2030-01-31' },
        lines: [{ description: 'Plate', quantity: { value: '3', unit: 'H87' as const }, unitPrice: '2' }],
      });
      await sleep(50);
    }
  })();
  let readings = 0;
  const measuring = (async () => {
    while (breaking) {
      readings += 1;
      await device.publish({ temperature: readings });
      await sleep(20);
    }
    await device.flush();
  })();
  for (let kill = 0; kill < kills; kill++) {
    await sleep(200 + Math.random() * 600);
    database.kill();
    await sleep(100);
    await expect.poll(databaseAnswers, { timeout: 60_000 }).toBe(true);
  }
  breaking = false;
  await Promise.all([trading, measuring]);

  const listed: string[] = [];
  for await (const { number } of maker.orders.list({})) listed.push(number);
  expect(listed.sort()).toEqual([...numbers].sort());
  await expect.poll(() => followed.length, { timeout: 60_000 }).toBe(numbers.length);
  expect(followed).toEqual(numbers);
  const { signals } = await maker.equipment.telemetry.range({ equipment, from: 0, to: Date.now() + 60_000, limit: 10_000 });
  expect(signals['temperature']?.value).toEqual(Array.from({ length: readings }, (_, n) => n + 1));

  await device.publish({ temperature: readings + 1 });
  // First that it is stored, then that it is told, so that a failure says which of the two it is.
  await device.flush();
  await expect.poll(() => live.at(-1), { timeout: 120_000 }).toBe(readings + 1);
  unwatch();
  stop.abort();
  await following;
  await device.close();
});
