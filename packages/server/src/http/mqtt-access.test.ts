import { createCallerFactory, router } from '@yunfab/core/commands';
import { createEquipmentRouter, createEquipmentService } from '@yunfab/core/equipment';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization, testContext } from '@yunfab/core/testing';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mqttAccessRoutes } from './mqtt-access.js';

const secret = 'k7Jw2VtYp9QmXz4RbN6sLd8FhCgA3eUo';
const words = { en: 'Test', zh: '测试' };
const models = new Map([['test.oven', { words, signals: [] }]]);
const createCaller = createCallerFactory(router(createEquipmentRouter(createEquipmentService({ models }))));

let db: TestDatabase;
let maker: TestOrganization;
let app: FastifyInstance;
let url: string;
let oven: { readonly username: string; readonly token: string };
let press: { readonly username: string; readonly token: string };

const caller = () => createCaller(testContext(db, maker));
async function addDevice(device: string) {
  const { id } = await caller().create({ code: device, name: device, model: 'test.oven' });
  const { username, token } = await caller().devices.create({ equipment: id, device });
  return { username, token: token as string };
}

beforeAll(async () => {
  db = await createTestDatabase();
  maker = await createTestOrganization(db, 'maker');
  oven = await addDevice('oven-1');
  press = await addDevice('press-1');
  app = fastify();
  await app.register(mqttAccessRoutes({ database: db.database, secret }));
  url = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await app?.close();
  await db?.close();
});

/** As EMQX 5 sends it, from the template that docs/scale.md gives. */
async function ask(path: 'authenticate' | 'authorize', body: unknown, shown = `Bearer ${secret}`) {
  const response = await fetch(`${url}/api/mqtt/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: shown },
    body: JSON.stringify(body),
  });
  return { status: response.status, type: response.headers.get('content-type'), body: await response.json() };
}
const allowed = { status: 200, type: expect.stringContaining('application/json'), body: { result: 'allow', is_superuser: false } };
const denied = { ...allowed, body: { result: 'deny', is_superuser: false } };
const connecting = ({ username, token }: typeof oven, clientid = username) => ({ username, password: token, clientid });

describe('a broker asks whether a device may connect', () => {
  it('with its own token, under its own name', async () => {
    expect(await ask('authenticate', connecting(oven))).toEqual(allowed);
    expect(await ask('authenticate', connecting(oven, press.username))).toEqual(denied);
  });

  it.each<[string, () => unknown]>([
    ['a wrong token', () => connecting({ ...oven, token: 'yd_wrong' })],
    ['the token of another device', () => connecting({ ...oven, token: press.token })],
    ['an unknown device', () => connecting({ username: 'maker/ghost', token: oven.token })],
    ['an unknown organization', () => connecting({ username: 'nobody/oven-1', token: oven.token })],
    ['no token', () => ({ username: oven.username, clientid: oven.username })],
    ['no user', () => ({ clientid: oven.username, password: oven.token })],
    ['a placeholder that was not filled in', () => ({ username: 'undefined', password: 'undefined', clientid: 'undefined' })],
    ['another kind', () => ({ username: { $ne: '' }, password: oven.token, clientid: oven.username })],
    ['a list', () => [connecting(oven)]],
  ])('%s is denied, and the answer does not say why', async (_name, body) => {
    expect(await ask('authenticate', body())).toEqual(denied);
  });
});

describe('a broker asks what a device may do', () => {
  const may = (action: string, topic: string, who = oven, clientid = who.username) =>
    ask('authorize', { username: who.username, clientid, action, topic });

  it('all that the contract says, on its own prefix', async () => {
    for (const channel of ['telemetry', 'event', 'status', 'time', 'command/ack', 'config/reported'])
      expect(await may('publish', `yf/v1/${oven.username}/${channel}`), channel).toEqual(allowed);
    for (const channel of ['command', 'config', 'time'])
      expect(await may('subscribe', `yf/v1/${oven.username}/${channel}`), channel).toEqual(allowed);
  });

  it.each([
    ['publish', () => `yf/v1/${press.username}/telemetry`],
    ['publish', () => `yf/v1/${oven.username}/command`],
    ['publish', () => `yf/v1/${oven.username}/telemetry/x`],
    ['publish', () => `yf/v1/${oven.username}/`],
    ['publish', () => '$SYS/brokers'],
    ['publish', () => 'yf/v1/gateway/yunfab-1/drained'],
    ['subscribe', () => '#'],
    ['subscribe', () => `yf/v1/${oven.username}/#`],
    ['subscribe', () => `yf/v1/${oven.username}/+`],
    ['subscribe', () => `yf/v1/${oven.username}/telemetry`],
    ['subscribe', () => `yf/v1/${press.username}/command`],
    ['subscribe', () => `$share/g/yf/v1/${oven.username}/command`],
    ['subscribe', () => '$share/yunfab/yf/v1/+/+/telemetry'],
    ['anything', () => `yf/v1/${oven.username}/telemetry`],
  ])('not %s elsewhere', async (action, topic) => {
    expect(await may(action, topic()), topic()).toEqual(denied);
  });

  it('nothing under the client id of another', async () => {
    expect(await may('publish', `yf/v1/${oven.username}/telemetry`, oven, press.username)).toEqual(denied);
  });
});

describe('access control of a broker', () => {
  it('answers nobody but the broker', async () => {
    const refused = { ...denied, status: 401 };
    for (const shown of ['', 'Bearer', `Bearer ${secret}x`, secret]) {
      expect(await ask('authenticate', connecting(oven), shown)).toEqual(refused);
      expect(await ask('authorize', {}, shown)).toEqual(refused);
    }
  });

  it('ends with the token, at once', async () => {
    const lost = await addDevice('lost-1');
    const publishing = { username: lost.username, clientid: lost.username, action: 'publish', topic: `yf/v1/${lost.username}/telemetry` };
    expect(await ask('authorize', publishing)).toEqual(allowed);
    await caller().devices.revoke({ device: 'lost-1' });
    expect(await ask('authenticate', connecting(lost))).toEqual(denied);
    expect(await ask('authorize', publishing)).toEqual(denied);
  });

  it('leaves it open while the database cannot be asked: EMQX then lets nobody in', async () => {
    const ended = { pool: { query: () => Promise.reject(new Error('the server is gone')) } } as never;
    const blind = fastify();
    await blind.register(mqttAccessRoutes({ database: { system: ended, ingest: ended }, secret }));
    const response = await blind.inject({
      method: 'POST',
      url: '/api/mqtt/authorize',
      headers: { authorization: `Bearer ${secret}` },
      payload: { username: oven.username, clientid: oven.username, action: 'publish', topic: `yf/v1/${oven.username}/telemetry` },
    });
    expect([response.statusCode, response.json()]).toEqual([503, { result: 'ignore' }]);
    await blind.close();
  });
});
