import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@yunfab/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Platform } from '../../platform/platform.js';
import { startTestPlatform } from '../../testing/platform.js';
import { besidePaths } from './index.js';

const anyId = '01890000-0000-7000-8000-000000000000';

let base: TestDatabase;
let platform: Platform;
beforeAll(async () => {
  base = await createTestDatabase();
  platform = await startTestPlatform(base);
});
afterAll(async () => {
  await platform?.stop();
  await base?.close();
});

interface Operation {
  readonly operationId: string;
  readonly servers?: readonly { readonly url: string }[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
}
type Paths = Record<string, Record<string, Operation>>;
const json = async <Answer>(path: string) => (await (await fetch(platform.httpUrl + path)).json()) as Answer;

describe('what is served beside the procedures', () => {
  it('stands in the document, each route, and nothing else does', async () => {
    const { paths } = await json<{ paths: Paths }>('/api/openapi.json');
    const beside = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations)
        .filter(([, { servers }]) => servers)
        .map(([method, operation]) => ({ path, method, ...operation })),
    );
    expect(beside.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      'delete /session',
      'get /api/events',
      'get /errors.json',
      'get /export',
      'get /files/{sha256}',
      'get /livez',
      'get /metrics',
      'get /openapi.json',
      'get /papers/delivery-note/{order}/{shipment}.pdf',
      'get /papers/packing-list/{order}/{shipment}.pdf',
      'get /papers/statement/{statement}.csv',
      'get /papers/statement/{statement}.pdf',
      'get /readyz',
      'get /session',
      'get /telemetry/{equipment}.csv',
      'get /telemetry/{equipment}.parquet',
      'post /device-claims/redeem',
      'post /files',
      'post /session',
      'put /files/{sha256}',
    ]);
    const ids = Object.values(paths).flatMap((operations) => Object.values(operations).map(({ operationId }) => operationId));
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, method, servers = [], parameters = [] } of beside) {
      const named = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => `{${name}}`);
      expect(named, path).toEqual(path.match(/\{\w+\}/g) ?? []);
      const address = `${servers[0]?.url.replace(/\/$/, '')}${path.replace(/\{\w+\}/g, anyId)}`;
      const { status, body } = await fetch(platform.httpUrl + address, { method: method.toUpperCase() });
      await body?.cancel();
      expect(status, address).not.toBe(404);
    }
  });

  it('is described, or there is no document', () => {
    expect(besidePaths(['GET /', 'GET /assets/page.js', 'POST /api/v1/orders', 'GET /api/docs'])).toEqual({});
    expect(() => besidePaths(['GET /api/nobody-said'])).toThrow('GET /api/nobody-said is served, but not described');
  });
});

/** Only who starts the platform, or a program by itself, meets these. */
const notOfTheServer = /^(client|config|database|device|embedded)\./;

it('the list of errors has every code that a client can meet', async () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../../docs/errors.md'), 'utf8');
  const codes = [...page.matchAll(/^\| `([a-z_-]+\.[a-z0-9_]+)` \|/gm)].map(([, code = '']) => code);
  const list = await json<Record<string, { en: string; zh: string }>>('/api/errors.json');
  expect(Object.keys(list).toSorted()).toEqual(codes.filter((code) => !notOfTheServer.test(code)).toSorted());
});
