import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '@yunfab/core/testing';
import { connect as mqttConnect } from 'mqtt';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restProcedures } from '../http/rest-procedures.js';
import { createTestKey } from '../testing/keys.js';
import { startTestPlatform } from '../testing/platform.js';
import { until } from '../testing/until.js';
import type { Platform } from './platform.js';

let base: TestDatabase;
let platform: Platform;
let factory: TestOrganization;
let key: string;

beforeAll(async () => {
  base = await createTestDatabase();
  platform = await startTestPlatform(base);
  factory = await createTestOrganization(base, 'factory');
  key = await createTestKey(base, factory);
});
afterAll(async () => {
  await platform?.stop();
  await base?.close();
});

const get = (path: string) => fetch(platform.httpUrl + path, { headers: { authorization: `Bearer ${key}` } });
const post = async (path: string, body: object): Promise<Record<string, string>> => {
  const response = await fetch(`${platform.httpUrl}/api/v1${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
  });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as Record<string, string>;
};

describe('REST and its document', () => {
  it('has every procedure of core and of the verticals at its place, and answers there', async () => {
    const document = (await (await get('/api/openapi.json')).json()) as { paths: Record<string, Record<string, { operationId: string }>> };
    const procedures = restProcedures(platform.core.router);
    const all = Object.keys(platform.core.router._def.procedures);
    expect(procedures.map(({ name }) => name).sort()).toEqual(all.sort());
    expect(procedures.some(({ name }) => name.startsWith('tire.'))).toBe(true);
    for (const { name, place } of procedures) {
      expect(document.paths[place.path]?.[place.method.toLowerCase()]?.operationId, name).toBe(name.replaceAll('.', '-'));
      const path = place.path.replace(/\{\w+\}/g, '01890000-0000-7000-8000-000000000000');
      const init =
        place.method === 'GET' || place.method === 'DELETE' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } };
      const response = await fetch(`${platform.httpUrl}/api/v1${path}`, { method: place.method, ...init });
      expect([response.status, ((await response.json()) as { error: { code: string } }).error.code], name).toEqual([
        401,
        'access.unauthenticated',
      ]);
    }
  });
});

describe('operations', () => {
  it('is alive and ready', async () => {
    expect((await get('/livez')).status).toBe(200);
    const ready = await get('/readyz');
    expect(await ready.json()).toMatchObject({
      ready: true,
      checks: { database: { ok: true }, migrations: { ok: true }, events: { ok: true }, process: { ok: true } },
    });
  });

  it('is not ready while a migration is missing', async () => {
    await base.owner.pool.query("update signin.migration set name = 'x' where name = '0010-signin'");
    const ready = await get('/readyz');
    await base.owner.pool.query("update signin.migration set name = '0010-signin' where name = 'x'");
    expect([ready.status, await ready.json()]).toMatchObject([
      503,
      { ready: false, checks: { migrations: { ok: false, detail: expect.stringContaining('0010-signin') } } },
    ]);
  });

  it('measures without naming any company', async () => {
    await get('/api/v1/access/me');
    const text = await (await get('/metrics')).text();
    expect(text).toContain('yunfab_http_request_seconds_count{method="GET",route="/api/v1/access/me",status="200"}');
    expect(text).toContain('yunfab_gateway_unaccounted 0');
    expect(text).toContain('yunfab_feed_lag_seconds');
    expect(text).not.toContain('factory');
    expect(text).not.toContain(factory.id);
  });
});

describe('a machine', () => {
  it('is seen live by whoever sees it: committed telemetry reaches the socket', async () => {
    const equipment = await post('/equipment', { code: 'm-1', name: 'Machine', model: 'tire.curing-press' });
    const { token = '', username = '' } = await post('/devices', { equipment: equipment['id'], device: 'm-1' });
    const socket = io(platform.httpUrl, { forceNew: true, transports: ['websocket'], auth: { apiKey: key } });
    const values: number[] = [];
    socket.on('live', ({ values: { mould_temperature = [] } }: { values: Record<string, [number, number, number][]> }) =>
      values.push(...mould_temperature.map(([, value]) => value)),
    );
    expect(await socket.emitWithAck('live.subscribe', { equipment: equipment['id'], signals: ['mould_temperature'] })).toEqual({
      ok: true,
    });
    const device = mqttConnect(platform.mqttUrl, { clientId: username, username, password: token });
    for (const value of [171, 172, 173])
      await device.publishAsync(`yf/v1/${username}/telemetry`, JSON.stringify({ ts: Date.now(), values: { mould_temperature: value } }), {
        qos: 1,
      });
    await until(() => values.length === 3);
    expect(values).toEqual([171, 172, 173]);
    await device.endAsync();
    socket.disconnect();
  });
});

describe('stopping', () => {
  it('answers what was asked, ends sockets and streams, and is quick about it', async () => {
    const other = await startTestPlatform(base);
    const socket = io(other.httpUrl, { forceNew: true, transports: ['websocket'], reconnection: false, auth: { apiKey: key } });
    await until(() => socket.connected);
    const stream = await fetch(`${other.httpUrl}/api/events`, { headers: { authorization: `Bearer ${key}` } });
    const holder = await base.owner.pool.connect();
    await holder.query('begin; lock table core.membership in access exclusive mode');
    const asked = fetch(`${other.httpUrl}/api/v1/access/members`, { headers: { authorization: `Bearer ${key}` } });
    await until(async () => (await base.owner.pool.query('select from pg_locks where not granted')).rowCount);
    const since = performance.now();
    const stopped = other.stop();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await holder.query('commit');
    holder.release();
    expect((await asked).status).toBe(200);
    await stopped;
    expect(performance.now() - since).toBeLessThan(10_000);
    await stream.text();
    await until(() => !socket.connected);
    await expect(fetch(`${other.httpUrl}/livez`)).rejects.toThrow();
  });
});
