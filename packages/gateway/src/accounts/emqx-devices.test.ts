import { resumeOrganization, suspendOrganization } from '@yunfab/core/access';
import { createTestOrganization } from '@yunfab/core/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEmqxDevices, type EmqxDevices, EmqxRefusal } from '../index.js';
import { type EmqxApi, emqxApi, emqxKeys } from '../testing/emqx-api.js';
import { createPlant, eventually, type Plant } from '../testing/plant.js';

let plant: Plant;
let api: EmqxApi;
let devices: EmqxDevices | undefined;
const warnings: string[] = [];
const log = { info() {}, warn: (_details: object, message: string) => void warnings.push(message), error: console.error };

beforeAll(async () => {
  plant = await createPlant();
});
afterAll(() => plant?.close());
beforeEach(async () => {
  api = await emqxApi();
  warnings.length = 0;
});
afterEach(async () => {
  await devices?.stop();
  devices = undefined;
  await api.stop();
});

const begin = async (key = emqxKeys.administrator) => {
  devices = createEmqxDevices({ database: plant.database, address: { url: `${api.url}/`, ...key }, log });
  await devices.start();
};
let made = 0;
/** Registered an hour ago, connected since. */
async function connectedDevice(who = plant.maker): Promise<{ readonly device: string; readonly username: string }> {
  const { device, username } = await plant.addDevice(`oven-${++made}`, who);
  await plant.sql(`update core.device_credential set created_at = now() - interval '1 hour' where device = $1`, device);
  api.clients.set(username, new Date(Date.now() - 60_000));
  return { device, username };
}
const isConnected = ({ username }: { readonly username: string }) => api.clients.has(username);
const cut = (device: { readonly username: string }) => eventually('it is cut off', () => !isConnected(device));
/** Everything is compared once it listens. */
const listening = () => eventually('it listens', () => api.listed > 0);

describe('a device at EMQX', () => {
  it('is cut off when its token is revoked or replaced, and nobody else is', async () => {
    await api.start();
    const [lost, rotated, other] = [await connectedDevice(), await connectedDevice(), await connectedDevice()];
    for (const id of ['yunfab-1', 'monitor/of/ours', 'Monitor']) api.clients.set(id, new Date());
    await begin();
    await listening();
    await plant.revoke(lost.device);
    await cut(lost);
    await plant.rotate(rotated.device);
    await cut(rotated);
    expect([...api.clients.keys()].sort()).toEqual([other.username, 'Monitor', 'monitor/of/ours', 'yunfab-1'].sort());
    expect(warnings).toEqual([]);
  });

  it('is cut off when its organization is suspended, all in one question, and a neighbour is not', async () => {
    await api.start();
    const victim = await createTestOrganization(plant.db, 'suspended');
    const mine = [await connectedDevice(victim), await connectedDevice(victim), await connectedDevice(victim)];
    const neighbour = await connectedDevice();
    await begin();
    await listening();
    await suspendOrganization(plant.db.owner, 'suspended', new Date());
    for (const device of mine) await cut(device);
    // Once more perhaps, by the comparison of everything that was still under way.
    const asked = new Set(api.kicks.map((ids) => [...ids].sort().join(' ')));
    expect([...asked]).toEqual([
      mine
        .map(({ username }) => username)
        .sort()
        .join(' '),
    ]);
    expect(isConnected(neighbour)).toBe(true);
    await resumeOrganization(plant.db.owner, 'suspended', new Date());
  });

  it('whose token ended while nobody listened is found, among however many', async () => {
    await api.start();
    const [lost, rotated, other] = [await connectedDevice(), await connectedDevice(), await connectedDevice()];
    for (let n = 0; n < 2_500; n++) api.clients.set(`maker/nobody-${n}`, new Date());
    const [late] = [await connectedDevice()];
    await plant.revoke(lost.device);
    await plant.rotate(rotated.device);
    await plant.revoke(late.device);
    await begin();
    for (const device of [lost, rotated, late]) await cut(device);
    await eventually('so are those that were never registered', () => api.clients.size === 1);
    expect(isConnected(other)).toBe(true);
    // It came back with its new token, and stays.
    api.clients.set(rotated.username, new Date(Date.now() + 10_000));
    await devices?.stop();
    api.listed = 0;
    await begin();
    await listening();
    await plant.revoke(other.device);
    await cut(other);
    expect(isConnected(rotated)).toBe(true);
  });
});

describe('an EMQX', () => {
  it.each([
    ['that refuses the key', { key: 'admin-key', secret: 'wrong' }, /401 BAD_API_KEY_OR_SECRET/],
    ['whose key may only look', emqxKeys.viewer, /403 UNAUTHORIZED_ROLE/],
  ])('%s is named at the start', async (_name, key, problem) => {
    await api.start();
    const beginning = begin(key);
    await expect(beginning).rejects.toThrow(problem);
    await expect(beginning).rejects.toBeInstanceOf(EmqxRefusal);
    await expect(beginning).rejects.not.toThrow(/wrong|viewer-secret/);
  });

  it('that is something else is named too', async () => {
    await api.start();
    const address = { url: `${api.url}/console`, ...emqxKeys.administrator };
    await expect(createEmqxDevices({ database: plant.database, address, log }).start()).rejects.toThrow(/404 NOT_FOUND/);
  });

  it('that cannot be reached holds nothing up, is complained about and tried again', async () => {
    const lost = await connectedDevice();
    await begin();
    expect(warnings[0]).toContain('EMQX does not answer');
    await eventually('it is complained about', () => warnings.some((each) => each.includes('it is tried again')));
    await plant.revoke(lost.device);
    const [credential] = await plant.sql<{ live: boolean }>(
      'select revoked_at is null as live from core.device_credential where device = $1',
      lost.device,
    );
    expect(credential).toEqual({ live: false });
    await api.start();
    await eventually('it is cut off', () => !isConnected(lost), 40_000);
  });

  it('that fails for a while is asked again', async () => {
    await api.start();
    const lost = await connectedDevice();
    await begin();
    await listening();
    api.failing = 2;
    await plant.revoke(lost.device);
    await eventually('it is cut off', () => !isConnected(lost), 20_000);
  });
});
