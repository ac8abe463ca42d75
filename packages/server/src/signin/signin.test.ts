import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '@yunfab/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestKey, revokeTestKey } from '../testing/keys.js';
import { createTestPerson, signIn } from '../testing/people.js';
import { probePermissions, probeRouter } from '../testing/probe-router.js';
import { serveForTest, type TestServer } from '../testing/serve.js';
import { until } from '../testing/until.js';

let base: TestDatabase;
let server: TestServer;
let alpha: TestOrganization;
let beta: TestOrganization;

beforeAll(async () => {
  base = await createTestDatabase();
  server = await serveForTest(base, probeRouter, probePermissions);
  [alpha, beta] = [await createTestOrganization(base, 'alpha'), await createTestOrganization(base, 'beta')];
  await createTestPerson(base, server, 'one@alpha.test', [{ organization: alpha, roles: ['viewer'] }]);
  await createTestPerson(base, server, 'both@alpha.test', [
    { organization: alpha, roles: ['viewer'] },
    { organization: beta, roles: ['trade'] },
  ]);
  await createTestPerson(base, server, 'none@alpha.test', []);
});
afterAll(async () => {
  await server?.close();
  await base?.close();
});

const read = (cookie: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/api/v1/probe/a`, { headers: { cookie, ...headers } });
const write = (cookie: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/api/v1/probe/a/write`, {
    method: 'POST',
    body: '{}',
    headers: { cookie, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), origin: server.url, ...headers },
  });
const codeOf = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code;

describe('a person', () => {
  it('signs in with a cookie that scripts and other sites cannot use, and learns their organizations', async () => {
    const { status, headers, body, cookie } = await signIn(server, 'both@alpha.test');
    expect(status).toBe(200);
    expect(headers.getSetCookie()[0]).toMatch(/HttpOnly/);
    expect(headers.getSetCookie()[0]).toMatch(/SameSite=Lax/i);
    expect(body).toMatchObject({
      person: { email: 'both@alpha.test' },
      organizations: [
        { code: 'alpha', roles: ['viewer'] },
        { code: 'beta', roles: ['trade'] },
      ],
    });
    const again = await fetch(`${server.url}/api/session`, { headers: { cookie } });
    expect(await again.json()).toEqual(body);
  });

  it('learns nothing from a wrong password or an unknown address', async () => {
    const [wrong, unknown] = [await signIn(server, 'one@alpha.test', 'wrong password'), await signIn(server, 'nobody@alpha.test')];
    expect(wrong.status).toBe(401);
    expect({ ...(unknown.body as { error: object }).error, requestId: '' }).toEqual({
      ...(wrong.body as { error: object }).error,
      requestId: '',
    });
    expect(unknown.status).toBe(401);
  });

  it('acts for the organization named in the header, with the roles held there', async () => {
    const { cookie } = await signIn(server, 'both@alpha.test');
    expect(await codeOf(await read(cookie))).toBe('signin.organization_unnamed');
    expect(await codeOf(await read(cookie, { 'x-yunfab-organization': 'gamma' }))).toBe('signin.not_a_member');
    expect((await read(cookie, { 'x-yunfab-organization': 'alpha' })).status).toBe(200);
    expect(await codeOf(await write(cookie, { 'x-yunfab-organization': 'alpha' }))).toBe('access.forbidden');
    expect((await write(cookie, { 'x-yunfab-organization': 'beta' })).status).toBe(200);
  });

  it('of one organization need not name it; of none can do nothing', async () => {
    expect((await read((await signIn(server, 'one@alpha.test')).cookie)).status).toBe(200);
    expect(await codeOf(await read((await signIn(server, 'none@alpha.test')).cookie))).toBe('signin.no_membership');
  });

  it('is gone at once after signing out', async () => {
    const { cookie } = await signIn(server, 'one@alpha.test');
    expect((await read(cookie)).status).toBe(200);
    expect((await fetch(`${server.url}/api/session`, { method: 'DELETE', headers: { cookie, origin: server.url } })).status).toBe(204);
    expect((await read(cookie)).status).toBe(401);
  });

  it('loses an ended membership within a second', async () => {
    const person = await createTestPerson(base, server, 'leaving@alpha.test', [{ organization: alpha, roles: ['viewer'] }]);
    const { cookie } = await signIn(server, 'leaving@alpha.test');
    expect((await read(cookie)).status).toBe(200);
    await base.owner.pool.query('update core.membership set ended_at = now() where person = $1', [person]);
    await until(async () => (await read(cookie)).status === 403, 1_000);
  });
});

describe('other sites', () => {
  it.each([
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['a null origin', { origin: 'null' }],
    ['a browser that says so', { 'sec-fetch-site': 'cross-site' }],
  ] as const)('cannot change anything with the cookie: %s', async (_name, headers) => {
    const { cookie } = await signIn(server, 'both@alpha.test');
    expect(await codeOf(await write(cookie, { 'x-yunfab-organization': 'beta', ...headers }))).toBe('signin.foreign_origin');
  });

  it('cannot sign anybody in', async () => {
    const response = await fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
      body: JSON.stringify({ email: 'one@alpha.test', password: 'x' }),
    });
    expect(await codeOf(response)).toBe('signin.foreign_origin');
  });
});

it('has no sign-up and none of better-auth outside', async () => {
  for (const path of ['/api/auth/sign-up/email', '/api/auth/sign-in/email', '/sign-up'])
    expect(
      (await fetch(server.url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })).status,
      path,
    ).toBe(404);
});

it('keeps its tables from the runtime role', async () => {
  for (const table of ['user', 'session', 'account', 'verification'])
    await expect(base.database.runtime.pool.query(`select from signin."${table}"`), table).rejects.toThrow(/permission denied/);
});

it('refuses a revoked key within a second', async () => {
  const key = await createTestKey(base, alpha);
  const ask = async () => (await fetch(`${server.url}/api/v1/probe/a`, { headers: { authorization: `Bearer ${key}` } })).status;
  expect(await ask()).toBe(200);
  await revokeTestKey(base, key);
  await until(async () => (await ask()) === 401, 1_000);
});

// Last: it uses up what this address may try.
it('limits how often one address may try to sign in', async () => {
  let last = 0;
  for (let i = 0; i < 40 && last !== 429; i++) last = (await signIn(server, 'one@alpha.test', 'wrong password')).status;
  expect(last).toBe(429);
  expect(((await signIn(server, 'one@alpha.test', 'wrong')).body as { error: { code: string } }).error.code).toBe('request.too_many');
});
