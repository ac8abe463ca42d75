import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { router } from '@yunfab/core/commands';
import { createEquipmentRouter, createEquipmentService, type EquipmentModels, equipmentPermissions, rollUp } from '@yunfab/core/equipment';
import { createTestDatabase, createTestOrganization, type TestDatabase } from '@yunfab/core/testing';
import { createGateway, type Gateway } from '@yunfab/gateway';
import { createClient } from '@yunfab/sdk';
import { type Device, openDevice } from '@yunfab/sdk/device';
import { parquetReadObjects } from 'hyparquet';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestKey } from '../../testing/keys.js';
import { serveForTest, type TestServer } from '../../testing/serve.js';

/** What a machine publishes of each kind of signal, over the broker, and how every way of reading gives it back. */

const words = { en: 'Test', zh: '测试' };
const models: EquipmentModels = new Map([
  [
    'test.kiln',
    {
      words,
      signals: [
        { name: 'burning', unit: '1', kind: 'boolean', words },
        { name: 'program', unit: '', kind: 'text', words },
        { name: 'temperature', unit: 'Cel', kind: 'number', range: { low: 0, high: 1_300 }, words },
      ],
    },
  ],
]);
/** A whole minute that is over, and near enough for the clock to be believed. */
const start = Math.floor(Date.now() / 60_000) * 60_000 - 180_000;
const window = { from: start, to: start + 60_000 };

const published = [
  { burning: true, program: 'Glaze 7', temperature: 1_150.25 },
  { burning: false, program: '', temperature: 1_301 },
  { burning: null, program: null, temperature: null },
  { burning: true, program: '=釉 "8", α', temperature: -0.5 },
];
const times = published.map((_values, n) => start + n * 1_000);
const expected = {
  burning: { unit: '1', ts: times, value: [true, false, null, true], quality: [192, 192, 192, 192] },
  program: { unit: '', ts: times, value: ['Glaze 7', '', null, '=釉 "8", α'], quality: [192, 192, 192, 192] },
  temperature: { unit: 'Cel', ts: times, value: [1_150.25, 1_301, null, -0.5], quality: [192, 84, 192, 84] },
};

let base: TestDatabase;
let server: TestServer;
let gateway: Gateway;
let device: Device;
let folder: string;
let apiKey: string;
let equipment: string;
beforeAll(async () => {
  base = await createTestDatabase();
  server = await serveForTest(base, router({ equipment: createEquipmentRouter(createEquipmentService({ models })) }), equipmentPermissions);
  apiKey = await createTestKey(base, await createTestOrganization(base, 'maker'));
  gateway = createGateway({ database: base.database, broker: { kind: 'embedded', host: '127.0.0.1', port: 0 } });
  const { mqttUrl } = await gateway.start();
  ({ id: equipment } = await maker().equipment.create({ code: 'kiln', name: 'Kiln', model: 'test.kiln' }));
  const { username, token } = await maker().equipment.devices.create({ equipment, device: 'kiln' });
  folder = mkdtempSync(join(tmpdir(), 'yunfab-kinds-'));
  device = await openDevice({ url: mqttUrl, username, token: token ?? '', folder });
  for (const [n, values] of published.entries()) await device.publish(values, times[n]);
  await device.flush();
});
afterAll(async () => {
  await device?.close();
  await gateway?.stop();
  await server?.close();
  await base?.close();
  rmSync(folder, { recursive: true, force: true });
});

const maker = () => createClient({ url: server.url, apiKey, maxAttempts: 1 });
const asked = async (path: string, body?: object): Promise<Response> => {
  const response = await fetch(new URL(path, server.url), {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${apiKey}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  expect(response.status).toBe(200);
  return response;
};
const rest = async (what: string, body?: object): Promise<unknown> => (await asked(`/api/v1/equipment/${equipment}/${what}`, body)).json();
const exported = (format: 'csv' | 'parquet') => asked(`/api/telemetry/${equipment}.${format}?from=${window.from}&to=${window.to}`);

describe('numbers, booleans, texts and "none" come back as they were measured, with unit and quality', () => {
  it('as the newest values', async () => {
    const newest = (kind: string, { unit, value, quality }: (typeof expected)[keyof typeof expected]) => ({
      ...{ unit, kind, ts: times.at(-1), value: value.at(-1), quality: quality.at(-1) },
    });
    const latest = await maker().equipment.telemetry.latest({ equipment });
    expect(latest.signals).toEqual({
      burning: newest('boolean', expected.burning),
      program: newest('text', expected.program),
      temperature: newest('number', expected.temperature),
    });
    expect(await rest('latest')).toEqual(latest);
  });

  it('as every sample, on one page and on many', async () => {
    const range = await maker().equipment.telemetry.range({ equipment, ...window });
    expect(range).toEqual({ signals: expected, next: null, keptFrom: null });
    expect(await rest('range', window)).toEqual(range);
    const program: unknown[] = [];
    for await (const page of maker().equipment.telemetry.range({ equipment, ...window, limit: 3 }))
      program.push(...(page.signals['program']?.value ?? []));
    expect(program).toEqual(expected.program.value);
  });

  it('for a chart, where "none" is a gap', async () => {
    const thinned = await maker().equipment.telemetry.downsample({ equipment, ...window, points: 100 });
    for (const [signal, { unit, ts, value, quality }] of Object.entries(expected)) {
      const said = [0, 1, 3];
      expect(thinned.signals[signal]).toMatchObject({
        ...{ unit, ts: said.map((n) => ts[n]), value: said.map((n) => value[n]), quality: said.map((n) => quality[n]) },
        gaps: [{ from: times[1], to: times[3] }],
      });
    }
    expect(await rest('downsample', { ...window, points: 100 })).toEqual(thinned);
  });

  it.each(['before', 'after'])('in buckets %s they are rolled up: texts count, booleans are 0 and 1', async (when) => {
    if (when === 'after') expect(await rollUp(base.database.system, new Date(start + 3_600_000))).toBeGreaterThan(0);
    const buckets = await maker().equipment.telemetry.aggregate({ equipment, ...window, bucketMs: 60_000 });
    expect(buckets.signals).toEqual({
      burning: { unit: '1', count: [4], average: [2 / 3], low: [0], high: [1], first: [1], last: [1], quality: [192] },
      program: { unit: '', count: [4], average: [null], low: [null], high: [null], first: [null], last: [null], quality: [192] },
      temperature: {
        unit: 'Cel',
        count: [4],
        average: [(1_150.25 + 1_301 - 0.5) / 3],
        low: [-0.5],
        high: [1_301],
        first: [1_150.25],
        last: [-0.5],
        quality: [84],
      },
    });
    expect(await rest('aggregate', { ...window, bucketMs: 60_000 })).toEqual(buckets);
  });

  it('as CSV', async () => {
    const text = (await (await exported('csv')).text()).replace(/^\uFEFF/, '');
    const { data, errors } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
    expect(errors).toEqual([]);
    const written = (value: unknown) => (value === null ? '' : String(value).replace(/^=/, "'="));
    expect(data).toEqual(
      Object.entries(expected).flatMap(([signal, { unit, ts, value, quality }]) =>
        ts.map((at, n) => ({ signal, unit, time: new Date(at).toISOString(), value: written(value[n]), quality: String(quality[n]) })),
      ),
    );
  });

  it('as Parquet', async () => {
    const file = await (await exported('parquet')).arrayBuffer();
    const none = { number: null, boolean: null, text: null };
    const columnOf = { burning: 'boolean', program: 'text', temperature: 'number' };
    expect(await parquetReadObjects({ file })).toEqual(
      Object.entries(expected).flatMap(([signal, { unit, ts, value, quality }]) =>
        ts.map((at, n) => ({
          ...{ signal, unit, time: new Date(at), ...none, quality: quality[n] },
          [columnOf[signal as keyof typeof columnOf]]: value[n],
        })),
      ),
    );
  });
});
