import { createCallerFactory, router } from '@yunfab/core/commands';
import { createEquipmentRouter, createEquipmentService } from '@yunfab/core/equipment';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization, testContext } from '@yunfab/core/testing';
import { createGateway, type Gateway } from '@yunfab/gateway';
import fastify, { type FastifyInstance } from 'fastify';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimRoutes } from './claims.js';
import { answerError } from './errors.js';

const createCaller = createCallerFactory(router(createEquipmentRouter(createEquipmentService({ models: new Map() }))));

let db: TestDatabase;
let maker: TestOrganization;
let app: FastifyInstance;
let url: string;
let gateway: Gateway;
let mqttUrl: string;
let now = () => new Date();
let ready = async (): Promise<void> => {};
const brought: string[] = [];

beforeAll(async () => {
  db = await createTestDatabase();
  maker = await createTestOrganization(db, 'maker');
  gateway = createGateway({ database: db.database, broker: { kind: 'embedded', host: '127.0.0.1', port: 0 } });
  mqttUrl = (await gateway.start()).mqttUrl;
  app = fastify({ trustProxy: true });
  app.setErrorHandler(answerError);
  const deviceTokens = {
    ready: () => ready(),
    seal: ({ token }: { readonly token: string }) => Buffer.from(token),
    deliver: async (username: string) => void brought.push(username),
  };
  await app.register(claimRoutes({ database: db.database, clock: () => now(), deviceTokens }));
  url = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await app?.close();
  await gateway?.stop();
  await db?.close();
});

const as = (who: TestOrganization = maker) => createCaller(testContext(db, who));
let made = 0;
async function newDevice(): Promise<{ device: string; token: string }> {
  const device = `oven-${++made}`;
  const { id } = await as().create({ code: device, name: device, model: 'machine' });
  return { device, token: (await as().devices.create({ equipment: id, device })).token ?? '' };
}
const codeFor = async (device: string, more: object = {}) => (await as().claims.create({ device, ...more })).code ?? '';

let addresses = 0;
const newAddress = () => `10.0.0.${++addresses}`;
async function redeem(code: unknown, from = newAddress()) {
  const response = await fetch(`${url}/api/device-claims/redeem`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': from },
    body: JSON.stringify({ code }),
  });
  const body = (await response.json()) as { username: string; token: string; error?: { code: string; message: string; requestId: string } };
  return { status: response.status, body };
}
/** A well-formed code that is nobody's: one of these has the right check sign. */
async function neverGiven() {
  for (const sign of '23456789ABCDEFGHJKMNPQRSTVWXYZ') {
    const answer = await redeem(`2222-2222-222${sign}`);
    if (answer.body.error?.code !== 'equipment.claim_mistyped') return answer;
  }
  throw new Error('no check sign fits');
}
const letIn = (username: string, password: string) =>
  connectAsync(mqttUrl, { clientId: username, username, password, reconnectPeriod: 0 }, false).then(
    async (client) => (await client.endAsync(), true),
    () => false,
  );

describe('a claim code', () => {
  it('gives the device its credential once; the one that it had ends', async () => {
    const { device, token: before } = await newDevice();
    const { id, code, state } = await as().claims.create({ device });
    expect(state).toBe('open');
    const { status, body } = await redeem(code?.toLowerCase().replaceAll('-', ' '), '10.1.2.3');
    expect([status, body.username]).toEqual([200, `maker/${device}`]);
    expect(await letIn(body.username, body.token)).toBe(true);
    expect(await letIn(body.username, before)).toBe(false);
    expect((await redeem(code)).status).toBe(404);
    expect(await letIn(body.username, body.token)).toBe(true);
    const { items } = await as().claims.list({ device });
    expect(items).toMatchObject([{ id, state: 'used', usedFrom: '10.1.2.3', createdBy: 'Tester of maker' }]);
    expect(JSON.stringify(items)).not.toContain(code ?? '-');
  });

  it('is good still when a broker that keeps tokens does not answer', async () => {
    const { device } = await newDevice();
    const code = await codeFor(device);
    ready = () => Promise.reject(new Error('it is down'));
    expect(await redeem(code)).toMatchObject({ status: 503, body: { error: { code: 'equipment.broker_unreachable' } } });
    expect(brought).not.toContain(`maker/${device}`);
    ready = async () => {};
    expect((await redeem(code)).status).toBe(200);
    expect(brought).toContain(`maker/${device}`);
  });

  it('that was used twice at the same moment is used once', async () => {
    const { device } = await newDevice();
    const code = await codeFor(device);
    const answers = await Promise.all(Array.from({ length: 5 }, () => redeem(code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404, 404]);
  });

  it('never given, used, canceled, replaced or expired is answered alike', async () => {
    const [used, canceled, replaced, expired] = [await newDevice(), await newDevice(), await newDevice(), await newDevice()];
    const codes = [await codeFor(used.device), await codeFor(canceled.device), await codeFor(replaced.device)];
    await redeem(codes[0]);
    const open = (await as().claims.list({ device: canceled.device })).items[0]?.id ?? '';
    expect(await as().claims.cancel({ claim: open })).toMatchObject({ state: 'canceled' });
    await expect(as().claims.cancel({ claim: open })).rejects.toMatchObject({ cause: { code: 'equipment.claim_ended' } });
    await codeFor(replaced.device);
    const late = await codeFor(expired.device, { expiresInS: 60 });
    const answers = [await neverGiven()];
    for (const code of codes) answers.push(await redeem(code));
    now = () => new Date(Date.now() + 61_000);
    answers.push(await redeem(late));
    now = () => new Date();
    const unknown = answers.map(({ status, body }) => ({ status, code: body.error?.code, message: body.error?.message }));
    expect(new Set(unknown.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(unknown[0]).toMatchObject({ status: 404, code: 'equipment.claim_unknown' });
  });

  it('ends when its device is revoked or given another token by hand', async () => {
    const [revoked, rotated] = [await newDevice(), await newDevice()];
    const codes = [await codeFor(revoked.device), await codeFor(rotated.device)];
    await as().devices.revoke({ device: revoked.device });
    await as().devices.rotate({ device: rotated.device });
    for (const code of codes) expect((await redeem(code)).status).toBe(404);
  });

  it('cannot be guessed at leisure: after ten wrong ones even a right one waits, from that address', async () => {
    const { device } = await newDevice();
    const right = await codeFor(device);
    const used = await codeFor((await newDevice()).device);
    await redeem(used);
    const from = newAddress();
    for (let tried = 0; tried < 10; tried += 1) expect((await redeem(used, from)).status).toBe(404);
    expect(await redeem(right, from)).toMatchObject({ status: 429, body: { error: { code: 'request.too_many' } } });
    expect((await redeem(right)).status).toBe(200);
  });

  it('is refused with a reason when it is none, and that counts for nothing', async () => {
    const from = newAddress();
    for (let tried = 0; tried < 12; tried += 1)
      expect(await redeem('7K3M-9QWX', from)).toMatchObject({ status: 422, body: { error: { code: 'equipment.claim_mistyped' } } });
    for (const code of [17, '', 'x'.repeat(61), null])
      expect(await redeem(code, from)).toMatchObject({ body: { error: { code: 'request.invalid' } } });
  });

  it('is made by those who register devices, for devices of their own', async () => {
    const { device } = await newDevice();
    const rival = await createTestOrganization(db, 'rival');
    await expect(as(rival).claims.create({ device })).rejects.toMatchObject({ cause: { code: 'equipment.device_not_found' } });
    const reader = await createTestOrganization(db, 'reader', ['equipment.read']);
    await expect(as(reader).claims.list({})).rejects.toMatchObject({ cause: { code: 'access.forbidden' } });
  });
});
