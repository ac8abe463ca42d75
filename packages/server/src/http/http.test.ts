import { createTestDatabase, createTestOrganization, type TestDatabase } from '@yunfab/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestKey } from '../testing/keys.js';
import { probeRouter } from '../testing/probe-router.js';
import { serveForTest, type TestServer } from '../testing/serve.js';

let base: TestDatabase;
let server: TestServer;
let key: string;

beforeAll(async () => {
  base = await createTestDatabase();
  server = await serveForTest(base, probeRouter);
  key = await createTestKey(base, await createTestOrganization(base, 'alpha'), ['probe.read', 'probe.write', 'events.read']);
});
afterAll(async () => {
  await server?.close();
  await base?.close();
});

const call = (path: string, { headers = {}, ...init }: RequestInit & { headers?: Record<string, string> } = {}) =>
  fetch(server.url + path, { ...init, headers: { authorization: `Bearer ${key}`, ...headers } });
const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  call(path, { method: 'POST', body, headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), ...headers } });
const refusal = async (response: Response) => ({
  status: response.status,
  code: ((await response.json()) as { error: { code: string } }).error.code,
});

describe('REST', () => {
  it('reads path and query as what the procedure takes', async () => {
    const response = await call('/api/v1/probe/press?count=3&deep=true&tags=a');
    expect(await response.json()).toEqual({ name: 'press', count: 3, deep: true, tags: ['a'] });
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('names the field and the value that is wrong', async () => {
    const response = await call('/api/v1/probe/press?count=many');
    expect(await response.json()).toMatchObject({ error: { code: 'request.invalid', details: { field: 'count' } } });
    expect(response.status).toBe(400);
  });

  it('takes a change once for one key and leaves null a null', async () => {
    const key = crypto.randomUUID();
    const first = await post('/api/v1/probe/a/write', '{"amount":null}', { 'idempotency-key': key });
    expect(await first.json()).toEqual({ name: 'a', amount: null });
    expect(await refusal(await post('/api/v1/probe/a/write', '{"amount":"1"}', { 'idempotency-key': key }))).toEqual({
      status: 409,
      code: 'request.idempotency_conflict',
    });
    expect(
      await refusal(await call('/api/v1/probe/a/write', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })),
    ).toEqual({ status: 400, code: 'request.idempotency_key_missing' });
  });
});

describe('tRPC', () => {
  it('answers queries by GET and by POST', async () => {
    const got = await call(`/api/trpc/probe.read?input=${encodeURIComponent('{"name":"a"}')}`);
    const posted = await post('/api/trpc/probe.read', '{"name":"a"}');
    expect(await posted.json()).toEqual(await got.json());
  });

  it('carries the platform error in data.yunfab with its own status', async () => {
    const response = await post('/api/trpc/probe.write', '{"name":"far too long a name for this"}');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { data: { yunfab: { code: 'request.invalid', details: { field: 'name' } } } } });
  });

  it('refuses more than 20 calls in one batch', async () => {
    const names = Array.from({ length: 21 }, () => 'probe.read').join(',');
    const response = await call(`/api/trpc/${names}?batch=1&input=${encodeURIComponent('{}')}`);
    expect(response.status).toBe(400);
  });
});

describe('bad requests get a sentence', () => {
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  it.each([
    ['bad JSON', () => post('/api/v1/probe/a/write', '{"name":'), 400, 'request.invalid'],
    ['JSON nested 20,000 deep', () => post('/api/v1/probe/a/write', deep), 400, 'request.invalid'],
    ['a body over 1 MB', () => post('/api/v1/probe/a/write', JSON.stringify({ amount: 'x'.repeat(1_100_000) })), 413, 'request.too_large'],
    ['another content type', () => post('/api/v1/probe/a/write', 'name=a', { 'content-type': 'text/plain' }), 400, 'request.invalid'],
    ['an unknown REST route', () => call('/api/v1/nothing'), 404, 'request.unknown_procedure'],
    ['an unknown address', () => call('/nothing'), 404, 'request.unknown_procedure'],
    ['a wrong key', () => call('/api/v1/probe/a', { headers: { authorization: 'Bearer yf_wrong' } }), 401, 'access.unauthenticated'],
    ['no key', () => call('/api/v1/probe/a', { headers: { authorization: '' } }), 401, 'access.unauthenticated'],
  ] as const)('%s', async (_name, send, status, code) => {
    expect(await refusal(await send())).toEqual({ status, code });
  });

  it.each([
    ['bad JSON', () => post('/api/trpc/probe.write', '{"name":'), 400, 'request.invalid'],
    ['deep JSON', () => post('/api/trpc/probe.write', deep), 400, 'request.invalid'],
    ['a body over 1 MB', () => post('/api/trpc/probe.write', JSON.stringify({ name: 'x'.repeat(1_100_000) })), 413, 'request.too_large'],
    ['an unknown procedure', () => post('/api/trpc/probe.nothing', '{}'), 404, 'request.unknown_procedure'],
  ] as const)('%s over tRPC', async (_name, send, status, code) => {
    const response = await send();
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { data: { yunfab: { code } } } });
  });
});

describe('a procedure that takes a longer body', () => {
  const body = (length: number) => JSON.stringify({ text: 'x'.repeat(length) });

  it.each(['/api/trpc/probe.measure', '/api/v1/probe/measure'])('takes it at %s, up to its own limit', async (path) => {
    const taken = await post(path, body(1_500_000));
    expect(taken.status).toBe(200);
    expect(JSON.stringify(await taken.json())).toContain('1500000');
    expect((await post(path, body(2_000_001))).status).toBe(413);
  });

  it.each(['/api/trpc/probe.measure', '/api/v1/probe/measure'])('reads none of it at %s from who is not signed in', async (path) => {
    const refused = await post(path, body(2_000_001), { authorization: '' });
    expect(refused.status).toBe(401);
    expect(await refused.text()).toContain('access.unauthenticated');
  });
});

describe('documents and headers', () => {
  it('describes every procedure in OpenAPI 3.1', async () => {
    const document = (await (await call('/api/openapi.json')).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { parameters: unknown[] }>>;
    };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths).slice(0, 2)).toEqual(['/probe/{name}', '/probe/{name}/write']);
    expect(document.paths['/probe/{name}/write']?.['post']?.parameters).toContainEqual({ $ref: '#/components/parameters/IdempotencyKey' });
  });

  it('shows it with assets of this server only', async () => {
    const page = await (await call('/api/docs')).text();
    const assets = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? '');
    expect(assets).toHaveLength(3);
    for (const address of assets) expect((await call(address)).status, address).toBe(200);
  });

  it('sends the security headers with everything', async () => {
    const { headers } = await call('/nothing');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});
