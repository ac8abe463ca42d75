import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { resumeOrganization, suspendOrganization } from '@yunfab/core/access';
import { createTestDatabase, createTestOrganization } from '@yunfab/core/testing';
import type { MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDeviceAccounts, createGateway, type DeviceAccounts, type Gateway } from '../index.js';
import { startSecuredMosquitto, withoutDynamicSecurity } from '../testing/mosquitto.js';
import { connectDevice, createPlant, eventually, loudLog, type Plant, type PlantDevice } from '../testing/plant.js';
import { createDynamicSecurity } from './dynamic-security.js';

const rotating = fileURLToPath(new URL('../../dist/testing/rotating-process.js', import.meta.url));

describe.skipIf(withoutDynamicSecurity)(withoutDynamicSecurity ?? 'devices in the dynamic-security plugin of a real Mosquitto', () => {
  const admin = { username: 'admin', password: 'the keeper of accounts' };
  const gatewayUser = { username: 'gateway', password: 'one for all gateways' };
  let mosquitto: Awaited<ReturnType<typeof startSecuredMosquitto>>;
  let plant: Plant;
  let accounts: DeviceAccounts;
  let gateway: Gateway;
  const clients: MqttClient[] = [];
  const nothing = async () => {};
  let afterReady = nothing;

  const newAccounts = () =>
    createDeviceAccounts({ database: plant.database, address: { url: mosquitto.url, ...admin }, gateway: gatewayUser, log: loudLog });

  beforeAll(async () => {
    mosquitto = await startSecuredMosquitto(admin);
    plant = await createPlant(await createTestDatabase(), {
      ready: async () => {
        await accounts.ready();
        await afterReady();
      },
      seal: (device) => accounts.seal(device),
      deliver: (username) => accounts.deliver(username),
    });
    accounts = newAccounts();
    await accounts.start();
    gateway = createGateway({ database: plant.database, broker: { kind: 'external', url: mosquitto.url, ...gatewayUser } });
    await gateway.start();
  });
  afterAll(async () => {
    await gateway?.stop();
    await accounts?.stop();
    await mosquitto?.stop();
    await plant?.close();
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.end(true);
    afterReady = nothing;
  });

  const connected = async (device: Pick<PlantDevice, 'username' | 'token'>, options = {}) => {
    const client = await connectDevice(mosquitto.url, device, options);
    client.on('error', () => {});
    clients.push(client);
    return client;
  };
  const isLetIn = (device: Pick<PlantDevice, 'username' | 'token'>, options = {}) =>
    connected(device, options).then(
      () => true,
      () => false,
    );
  const telemetry = (value: number) => JSON.stringify({ ts: Date.now(), values: { temperature: value } });
  const closed = (client: MqttClient) => new Promise<void>((resolve) => client.once('close', () => resolve()));
  const valuesOf = async ({ equipment }: PlantDevice) =>
    (
      await plant.sql<{ value: number }>(
        'select s.value from telemetry.sample s join telemetry.series r on r.id = s.series where r.equipment_id = $1 order by s.ts',
        equipment,
      )
    ).map(({ value }) => value);

  it('have their account when their token is shown: under their own name, and with no other', async () => {
    const [mine, other] = [await plant.addDevice('oven-1'), await plant.addDevice('oven-2')];
    expect(await isLetIn({ ...mine, token: other.token })).toBe(false);
    expect(await isLetIn(other, { clientId: mine.username })).toBe(false);
    expect(await isLetIn({ username: 'maker/ghost', token: mine.token })).toBe(false);
    const client = await connected(mine);
    await client.publishAsync(`yf/v1/${mine.username}/telemetry`, telemetry(20), { qos: 1 });
    await eventually('it is stored', async () => (await valuesOf(mine)).length === 1);
  });

  it('hear nothing that is not theirs and are heard on nothing that is not theirs', async () => {
    const [mine, spy] = [await plant.addDevice('oven-3'), await plant.addDevice('spy-1')];
    const client = await connected(mine);
    const heard: string[] = [];
    const filters = [
      '#',
      'yf/v1/#',
      '$share/yunfab/yf/v1/+/+/telemetry',
      '$share/g/yf/v1/#',
      `yf/v1/${mine.username}/command`,
      `yf/v1/${spy.username}/+`,
      '$CONTROL/#',
    ];
    const forge = async (topic: string, payload: string) => {
      const forger = await connected(spy);
      forger.on('message', (heardTopic) => heard.push(heardTopic));
      // Mosquitto acknowledges and drops what may not be published; whether it says so is not what counts.
      await Promise.race([forger.publishAsync(topic, payload, { qos: 1 }).catch(() => {}), closed(forger)]);
    };
    await forge(`yf/v1/${mine.username}/telemetry`, telemetry(666));
    const takeOver = { commands: [{ command: 'setClientPassword', username: mine.username, password: 'mine now' }] };
    await forge('$CONTROL/dynamic-security/v1', JSON.stringify(takeOver));
    const listening = await connected(spy);
    listening.on('message', (topic) => heard.push(topic));
    for (const filter of filters) await listening.subscribeAsync(filter, { qos: 1 }).catch(() => {});
    for (let value = 1; value <= 5; value++)
      await client.publishAsync(`yf/v1/${mine.username}/telemetry`, telemetry(value), { qos: 1, retain: true });
    await eventually('all five are stored, none was taken away', async () => (await valuesOf(mine)).length === 5);
    expect(await valuesOf(mine)).not.toContain(666);
    expect(heard).toEqual([]);
    expect(await isLetIn({ ...mine, token: 'mine now' })).toBe(false);
  });

  it('are cut off when their token is revoked, within a second, and come back with a new one only', async () => {
    const mine = await plant.addDevice('oven-4');
    const client = await connected(mine);
    const gone = closed(client);
    const revokedAt = Date.now();
    await plant.revoke('oven-4');
    await gone;
    // The promise is a second; the rest is room for a busy machine.
    expect(Date.now() - revokedAt).toBeLessThan(5_000);
    expect(await isLetIn(mine)).toBe(false);
    const token = await plant.rotate('oven-4');
    expect(await isLetIn(mine)).toBe(false);
    await eventually('the new token opens', () => isLetIn({ ...mine, token }));
  });

  it('are cut off when their token is replaced', async () => {
    const mine = await plant.addDevice('oven-5');
    const client = await connected(mine);
    const gone = closed(client);
    const token = await plant.rotate('oven-5');
    await gone;
    expect(await isLetIn(mine)).toBe(false);
    await eventually('the new token opens', () => isLetIn({ ...mine, token }));
  });

  it('whose token ended while nobody told the broker are found at the next start', async () => {
    const mine = await plant.addDevice('oven-6');
    await accounts.stop();
    await plant.revoke('oven-6');
    expect(await isLetIn(mine)).toBe(true);
    accounts = newAccounts();
    await accounts.start();
    expect(await isLetIn(mine)).toBe(false);
  });

  it('are cut off when their organization is suspended, and they alone; resumed, they come back with the token that they have', async () => {
    const other = await createTestOrganization(plant.db, 'neighbour');
    const [mine, theirs] = [await plant.addDevice('oven-9'), await plant.addDevice('oven-9', other)];
    const [client, neighbour] = [await connected(mine), await connected(theirs)];
    await client.publishAsync(`yf/v1/${mine.username}/telemetry`, telemetry(1), { qos: 1 });
    await eventually('it is stored', async () => (await valuesOf(mine)).length === 1);
    const gone = closed(client);
    await suspendOrganization(plant.db.owner, 'maker', new Date());
    await gone;
    expect(await isLetIn(mine)).toBe(false);
    expect(neighbour.connected).toBe(true);
    await neighbour.publishAsync(`yf/v1/${theirs.username}/telemetry`, telemetry(2), { qos: 1 });
    await eventually('the neighbour goes on', async () => (await valuesOf(theirs)).length === 1);
    await resumeOrganization(plant.db.owner, 'maker', new Date());
    await eventually('it is let in again', () => isLetIn(mine));
  });

  it('keep the token that they have when the commit of another fails', async () => {
    const mine = await plant.addDevice('oven-10');
    await plant.sql(
      `create function telemetry.no_more() returns trigger language plpgsql as $$ begin raise exception 'the disk is full'; end $$`,
    );
    await plant.sql(`create constraint trigger no_more after insert on core.device_credential deferrable initially deferred
      for each row execute function telemetry.no_more()`);
    try {
      await expect(plant.rotate('oven-10')).rejects.toThrow('the disk is full');
    } finally {
      await plant.sql('drop trigger no_more on core.device_credential');
      await plant.sql('drop function telemetry.no_more()');
    }
    const client = await connected(mine);
    await accounts.stop();
    accounts = newAccounts();
    await accounts.start();
    expect(client.connected).toBe(true);
    expect(await isLetIn(mine)).toBe(true);
  });

  it('have the token that the database has, although whoever gave it was killed before the broker knew', async () => {
    const mine = await plant.addDevice('oven-11');
    // Nobody listens meanwhile.
    await accounts.stop();
    const given = {
      urls: plant.db.urls,
      address: { url: mosquitto.url, ...admin },
      organization: plant.maker.id,
      code: plant.maker.code,
      device: 'oven-11',
    };
    const { token, signal } = await new Promise<{ token: string; signal: unknown }>((resolve) => {
      const env = { ...process.env, YUNFAB_TEST_ROTATING: JSON.stringify(given) };
      execFile(process.execPath, [rotating], { env }, (error, stdout) => resolve({ token: stdout, signal: error?.signal }));
    });
    expect([signal, token]).toEqual(['SIGKILL', expect.stringMatching(/^yd_/)]);
    expect(await isLetIn({ ...mine, token })).toBe(false);
    accounts = newAccounts();
    await accounts.start();
    expect(await isLetIn({ ...mine, token })).toBe(true);
    expect(await isLetIn(mine)).toBe(false);
    expect(await plant.sql('select from core.device_token_waiting')).toEqual([]);
  });

  it('have it although the broker went away just then, as soon as it is back', async () => {
    const mine = await plant.addDevice('oven-12');
    afterReady = () => mosquitto.stop();
    const token = await plant.rotate('oven-12');
    const waiting = await plant.sql<{ sealed: Buffer }>('select sealed from core.device_token_waiting');
    expect(waiting.map(({ sealed }) => sealed.includes(token))).toEqual([false]);
    await mosquitto.start();
    await eventually('the new token opens', () => isLetIn({ ...mine, token }), 40_000);
    expect(await isLetIn(mine)).toBe(false);
    await eventually('nothing waits', async () => (await plant.sql('select from core.device_token_waiting')).length === 0);
  });

  it('are let in at once with each new token, although several platforms keep the accounts', async () => {
    const others = [newAccounts(), newAccounts()];
    for (const other of others) await other.start();
    const mine = await plant.addDevice('oven-14');
    let last = mine.token;
    for (let round = 1; round <= 8; round++) {
      const token = await plant.rotate('oven-14');
      expect(await isLetIn({ ...mine, token })).toBe(true);
      expect(await isLetIn({ ...mine, token: last })).toBe(false);
      last = token;
    }
    for (const other of others) await other.stop();
  });

  it('whose account has the password of another token, as after a restored file of the broker, are shut out until they get a new one', async () => {
    const mine = await plant.addDevice('oven-13');
    const broker = createDynamicSecurity({ url: mosquitto.url, ...admin });
    await broker.give({ username: mine.username, password: 'of last year', credential: 'of last year' });
    expect(await isLetIn({ ...mine, token: 'of last year' })).toBe(true);
    await accounts.stop();
    accounts = newAccounts();
    await accounts.start();
    expect(await isLetIn({ ...mine, token: 'of last year' })).toBe(false);
    const token = await plant.rotate('oven-13');
    expect(await isLetIn({ ...mine, token })).toBe(true);
    await broker.close();
  });

  it('get no token while the broker does not answer', async () => {
    await mosquitto.stop();
    await expect(plant.addDevice('oven-7')).rejects.toThrow(
      /The MQTT broker does not answer, so the device "oven-7" got no new token.*Nothing was changed/,
    );
    expect(await plant.sql(`select from core.device where code = 'oven-7'`)).toEqual([]);
    await mosquitto.start();
    const again = await eventually('the broker is back', () => plant.addDevice('oven-8').catch(() => null));
    expect(await isLetIn(again)).toBe(true);
  });
});
