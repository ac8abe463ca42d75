import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCore } from '@yunfab/core';
import { createCallerFactory, router } from '@yunfab/core/commands';
import { createEquipmentRouter, createEquipmentService } from '@yunfab/core/equipment';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization, testContext } from '@yunfab/core/testing';
import { createGateway, type Gateway } from '@yunfab/gateway';
import { type Device, openDevice } from '@yunfab/sdk/device';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../testing/until.js';

const createCaller = createCallerFactory(router(createEquipmentRouter(createEquipmentService({ models: new Map() }))));

let db: TestDatabase;
let maker: TestOrganization;
let gateway: Gateway;
let url: string;
let folder: string;
let device: Device | undefined;
let login: { username: string; token: string };

beforeAll(async () => {
  db = await createTestDatabase();
  maker = await createTestOrganization(db, 'maker');
  gateway = createGateway({ database: db.database, broker: { kind: 'embedded', host: '127.0.0.1', port: 0 } });
  url = (await gateway.start()).mqttUrl;
  folder = mkdtempSync(join(tmpdir(), 'yunfab-device-'));
  const { id } = await as().create({ code: 'oven-1', name: 'Oven', model: 'machine' });
  const { username, token } = await as().devices.create({ equipment: id, device: 'oven-1' });
  login = { username, token: token ?? '' };
});
afterAll(async () => {
  await device?.close();
  await gateway?.stop();
  await db?.close();
  rmSync(folder, { recursive: true, force: true });
});

const as = () => createCaller(testContext(db, maker));
const open = () => openDevice({ url, ...login, folder });
const project = () => {
  const log = { warn: console.warn, error: console.error };
  return createCore({ verticals: [] })
    .createProjector({ database: db.database, clock: () => new Date(), log })
    .drain();
};
const ended = (command: string) =>
  until(async () => {
    await project();
    const found = await as().commands.get({ command });
    return ['queued', 'sent'].includes(found.state) ? undefined : found;
  });

it('a device has its commands done once and answered, also across a restart', async () => {
  const done: string[] = [];
  const handle = ({ name, parameters }: { name: string; parameters: Readonly<Record<string, unknown>> }) => {
    done.push(name);
    if (name === 'explode') throw new Error('not today');
    return { reached: parameters['to'] };
  };
  const first = await as().commands.send({ device: 'oven-1', name: 'preheat', parameters: { to: 180 } });
  device = await open();
  device.onCommand(handle);
  expect(await ended(first.id)).toMatchObject({ state: 'acknowledged', answer: { more: { reached: 180 } } });
  const second = await as().commands.send({ device: 'oven-1', name: 'explode' });
  expect(await ended(second.id)).toMatchObject({ state: 'rejected', answer: { error: 'not today' } });
  await device.close();
  // As if the answer had never been read: the platform gives the command again.
  await db.owner.pool.query(
    "update core.device_command set state = 'sent', answer = null, answered_at = null, ended_at = null where id = $1",
    [first.id],
  );
  device = await open();
  device.onCommand(handle);
  expect(await ended(first.id)).toMatchObject({ state: 'acknowledged', answer: { more: { reached: 180 } } });
  expect(done).toEqual(['preheat', 'explode']);
});

it('a device takes its configuration over and reports it, or why not', async () => {
  device ??= await open();
  await device.reportConfiguration(0, { interval: 1 });
  const seen = (state: string) =>
    until(async () => {
      await project();
      const found = await as().configuration.get({ device: 'oven-1' });
      return found.state === state && found.reported ? found : undefined;
    });
  expect((await seen('unset')).reported).toMatchObject({ version: 0, configuration: { interval: 1 } });
  device.onConfiguration(({ configuration }) => {
    if (Number(configuration['interval']) < 0) throw new Error('interval must be positive');
    return configuration;
  });
  await as().configuration.set({ device: 'oven-1', version: 0, configuration: { interval: 5 } });
  expect((await seen('applied')).reported).toMatchObject({ version: 1, configuration: { interval: 5 } });
  await as().configuration.set({ device: 'oven-1', version: 1, configuration: { interval: -1 } });
  expect((await seen('refused')).reported).toMatchObject({ version: 2, error: 'interval must be positive' });
});
