import { type Connection, connect } from '@yunfab/core/database';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { listenTo } from './listening.js';
import { silentLog } from './log.js';
import { type DatabaseProxy, startDatabaseProxy } from './testing/database-proxy.js';
import { createPlant, eventually, type Plant } from './testing/plant.js';

const connections = 2;
let plant: Plant;
let proxy: DatabaseProxy;
let listener: Connection;
beforeAll(async () => {
  plant = await createPlant();
  proxy = await startDatabaseProxy(plant.db.urls);
  listener = connect(proxy.urls.system, { max: connections });
});
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of cleanups.splice(0).reverse()) await each();
});
afterAll(async () => {
  proxy.close();
  await listener.close();
  await plant.close();
});

function begin() {
  const heard: (string | undefined)[] = [];
  const { stop } = listenTo({
    ...{ listener, channel: 'yunfab_test', log: silentLog, meanwhile: 'the test waits' },
    onListening: () => heard.push('listening'),
    onTold: (payload) => heard.push(payload),
  });
  cleanups.push(stop);
  return { heard, stop };
}

it('goes on trying when it cannot listen, leaves the others their connections, and hears again once it can', async () => {
  const cut = proxy.whenListening('cut');
  const { heard } = begin();
  await eventually('it fails more often than there are connections', () => cut() > connections);
  expect((await listener.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  proxy.whenListening('through');
  await eventually('it listens', () => heard.includes('listening'));
  await plant.sql("select pg_notify('yunfab_test', 'news')");
  await eventually('it hears', () => heard.includes('news'));
});

it('gives a connection up on which no answer comes', { timeout: 30_000 }, async () => {
  const lost = proxy.whenListening('lost');
  const { heard } = begin();
  await eventually('its word is lost', () => lost() === 1);
  proxy.whenListening('through');
  await eventually('it listens', () => heard.includes('listening'), 20_000);
});

it('stops while no answer comes, and while there is no connection for it', { timeout: 15_000 }, async () => {
  const lost = proxy.whenListening('lost');
  const unanswered = begin();
  await eventually('its word is lost', () => lost() === 1);
  await unanswered.stop();
  proxy.whenListening('through');
  const all = await Promise.all(Array.from({ length: connections }, () => listener.pool.connect()));
  const waiting = begin();
  await eventually('it waits', () => listener.pool.waitingCount === 1);
  await waiting.stop();
  for (const client of all) client.release();
  await eventually('what came too late is given back', () => listener.pool.waitingCount === 0 && listener.pool.idleCount === connections);
  expect([...unanswered.heard, ...waiting.heard]).toEqual([]);
});
