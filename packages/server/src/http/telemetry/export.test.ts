import { router } from '@yunfab/core/commands';
import { newId } from '@yunfab/core/database';
import { createEquipmentRouter, createEquipmentService, type EquipmentModels, equipmentPermissions } from '@yunfab/core/equipment';
import { dayOf } from '@yunfab/core/measure';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '@yunfab/core/testing';
import { createClient } from '@yunfab/sdk';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestKey } from '../../testing/keys.js';
import { serveForTest, type TestServer } from '../../testing/serve.js';
import { until } from '../../testing/until.js';
import { csvOf } from './csv.js';
import { pagesOf, rowsPerPage } from './pages.js';

const words = { en: 'Test', zh: '测试' };
const models: EquipmentModels = new Map([
  [
    'test.kiln',
    {
      words,
      signals: [
        { name: 'burning', unit: '', kind: 'boolean', words },
        { name: 'program', unit: '', kind: 'text', words },
        { name: 'temperature', unit: 'Cel', kind: 'number', words },
      ],
    },
  ],
]);
const hour = 3_600_000;
const start = Date.parse(dayOf(new Date())) - 24 * hour;

let base: TestDatabase;
let server: TestServer;
let owner: TestOrganization;
let auditor: TestOrganization;
let keys: Record<'maker' | 'auditor' | 'rival', string>;
let equipment: string;
beforeAll(async () => {
  base = await createTestDatabase();
  server = await serveForTest(base, router({ equipment: createEquipmentRouter(createEquipmentService({ models })) }), equipmentPermissions);
  owner = await createTestOrganization(base, 'maker');
  auditor = await createTestOrganization(base, 'auditor');
  const rival = await createTestOrganization(base, 'rival');
  keys = {
    maker: await createTestKey(base, owner),
    auditor: await createTestKey(base, auditor),
    rival: await createTestKey(base, rival),
  };
  await base.owner.pool.query('select telemetry.ensure_partition($1::date)', [dayOf(new Date(start))]);
  equipment = await kiln('kiln');
});
afterAll(async () => {
  await server?.close();
  await base?.close();
});

const client = (who: keyof typeof keys = 'maker') => createClient({ url: server.url, apiKey: keys[who], maxAttempts: 1 });
const kiln = async (code: string) => (await client().equipment.create({ code, name: 'K', model: 'test.kiln' })).id;

interface Sample {
  /** Microseconds after the start. */
  readonly us: number;
  readonly value?: number | null;
  readonly text?: string | null;
  readonly quality?: number;
}

let ordinal = 0;
async function store(machine: string, signal: string, samples: readonly Sample[]): Promise<void> {
  await base.owner.pool.query(
    `insert into telemetry.sample (series, ts, ordinal, value, text, quality)
     select s.id, to_timestamp($3::double precision / 1000) + us * interval '1 microsecond', $8 + n, value, text, quality
     from unnest($4::float8[], $5::float8[], $6::text[], $7::int[]) with ordinality as g (us, value, text, quality, n)
     join telemetry.series s on s.equipment_id = $1 and s.signal = $2`,
    [
      ...[machine, signal, start],
      ...[samples.map(({ us }) => us), samples.map(({ value = null }) => value), samples.map(({ text = null }) => text)],
      ...[samples.map(({ quality = 192 }) => quality), ordinal],
    ],
  );
  ordinal += samples.length;
}

/** So many samples, eight at each millisecond. */
const storeMany = (machine: string, count: number) =>
  base.owner.pool.query(
    `insert into telemetry.sample (series, ts, ordinal, value, quality)
     select s.id, to_timestamp($2::double precision / 1000) + (n / 8) * interval '1 millisecond', n, n, 192
     from generate_series(0, $3::int - 1) n join telemetry.series s on s.equipment_id = $1 and s.signal = 'temperature'`,
    [machine, start, count],
  );

const exported = async (format: 'csv' | 'parquet', machine = equipment, signals?: string[]) =>
  client().equipment.telemetry.export({ equipment: machine, from: start, to: start + hour, format, ...(signals ? { signals } : {}) });
const parquet = async (machine?: string) => (await exported('parquet', machine)).blob().then((blob) => blob.arrayBuffer());
const csvRows = async (machine?: string, signals?: string[]) => {
  const file = await exported('csv', machine, signals);
  return Papa.parse<string[]>(new TextDecoder('utf-8', { ignoreBOM: false }).decode(await file.bytes()), { skipEmptyLines: true }).data;
};
const ask = (address: string, who: keyof typeof keys | null = 'maker') =>
  fetch(`${server.url}/api/telemetry/${address}`, who ? { headers: { authorization: `Bearer ${keys[who]}` } } : {});
const codeOf = async (reply: Response) => [reply.status, ((await reply.json()) as { error: { code: string } }).error.code];
const range = `from=${start}&to=${start + hour}`;

describe('an export', () => {
  beforeAll(async () => {
    await store(equipment, 'burning', [
      { us: 0, value: 1 },
      { us: 1_000_000, value: 0, quality: 80 },
    ]);
    await store(equipment, 'program', [{ us: 0, text: '' }, { us: 1, text: '=1+1, "二"' }, { us: 2 }]);
    await store(equipment, 'temperature', [
      { us: 0, value: -1.5 },
      { us: 1_234_567, value: 1e21 },
      { us: 2_000_000 },
      { us: 3_600_000_000, value: 7 },
    ]);
  });
  const time = (text: string) => `${dayOf(new Date(start))}T${text}Z`;

  it('as CSV has texts, booleans, numbers and "none", with unit, quality and the time as it was', async () => {
    const file = await exported('csv');
    expect(file.name).toBe(`telemetry-kiln-${dayOf(new Date(start))}T0000-${dayOf(new Date(start))}T0100.csv`);
    expect(file.mediaType).toBe('text/csv; charset=utf-8');
    const text = Buffer.from(await file.bytes()).toString('utf8');
    expect(text).toBe(
      [
        '\uFEFFsignal,unit,time,value,quality',
        `burning,"",${time('00:00:00.000')},true,192`,
        `burning,"",${time('00:00:01.000')},false,80`,
        `program,"",${time('00:00:00.000')},"",192`,
        `program,"",${time('00:00:00.000001')},"'=1+1, ""二""",192`,
        `program,"",${time('00:00:00.000002')},,192`,
        `temperature,Cel,${time('00:00:00.000')},-1.5,192`,
        `temperature,Cel,${time('00:00:01.234567')},1e+21,192`,
        `temperature,Cel,${time('00:00:02.000')},,192`,
        '',
      ].join('\r\n'),
    );
  });

  it('as Parquet is read back by another library, each value in the column of its kind', async () => {
    const file = await parquet();
    const rows = await parquetReadObjects({ file });
    const row = (signal: string, unit: string, us: number, value: object, quality = 192) => ({
      ...{ signal, unit, time: new Date(start + us / 1000), number: null, boolean: null, text: null, quality },
      ...value,
    });
    expect(rows.map((each) => ({ ...each }))).toEqual([
      row('burning', '', 0, { boolean: true }),
      row('burning', '', 1_000_000, { boolean: false }, 80),
      row('program', '', 0, { text: '' }),
      row('program', '', 1, { text: '=1+1, "二"' }),
      row('program', '', 2, {}),
      row('temperature', 'Cel', 0, { number: -1.5 }),
      row('temperature', 'Cel', 1_234_567, { number: 1e21 }),
      row('temperature', 'Cel', 2_000_000, {}),
    ]);
    expect(parquetMetadata(file).schema.map(({ name, type, converted_type }) => [name, converted_type ?? type])).toContainEqual([
      'time',
      'TIMESTAMP_MICROS',
    ]);
  });

  it('of more than a page loses and repeats nothing where samples share an instant', async () => {
    const machine = await kiln('many');
    const count = 2 * rowsPerPage + 5;
    await storeMany(machine, count);
    const expected = Array.from({ length: count }, (_, n) => n);
    expect((await csvRows(machine, ['temperature'])).slice(1).map(([, , , value]) => Number(value))).toEqual(expected);
    const file = await parquet(machine);
    expect((await parquetReadObjects({ file, columns: ['number'] })).map(({ number }) => number)).toEqual(expected);
    expect(parquetMetadata(file).row_groups).toHaveLength(3);
  });

  it('reads no further than its reader takes', async () => {
    let pages = 0;
    const row = { us: 0, ordinal: '0', value: 1, text: null, quality: 192 };
    const parts = csvOf(
      pagesOf([{ name: 'a', unit: '1', kind: 'number' }], async () => {
        pages += 1;
        return Array.from({ length: rowsPerPage }, () => row);
      }),
    );
    for (let taken = 0; taken < 4; taken++) await parts.next();
    expect(pages).toBe(3);
    await parts.return(undefined);
  });

  it('is for whoever sees the equipment, by one question, and names what it cannot answer', async () => {
    expect(await codeOf(await ask(`${equipment}.csv?${range}`, 'rival'))).toEqual([404, 'request.not_found']);
    expect(await codeOf(await ask(`${newId()}.csv?${range}`, 'rival'))).toEqual([404, 'request.not_found']);
    expect(await codeOf(await ask(`${equipment}.csv?${range}`, null))).toEqual([401, 'access.unauthenticated']);
    expect(await codeOf(await ask(`${equipment}.csv?${range}&signals=humidity`))).toEqual([422, 'equipment.signal_unknown']);
    expect(await codeOf(await ask(`${equipment}.csv?from=${start}&to=${start}`))).toEqual([422, 'equipment.range_empty']);
    expect(await codeOf(await ask(`${equipment}.xlsx?${range}`))).toEqual([400, 'request.invalid']);
    const iso = `from=${new Date(start).toISOString()}&to=${new Date(start + hour).toISOString()}&signals=burning`;
    expect((await (await ask(`${equipment}.csv?${iso}`)).text()).split('\r\n')).toHaveLength(4);
  });

  it('breaks off when the grant ends under way, rather than seem whole; and two at once are enough', async () => {
    const machine = await kiln('granted');
    await storeMany(machine, 400_000);
    const give = async () => {
      const grant = newId();
      await base.owner.pool.query(
        "insert into core.grant_given (id, record_id, organization, granted_by, reason, created_at) values ($1, $2, $3, $4, 'audit', now())",
        [grant, machine, auditor.id, owner.id],
      );
      return grant;
    };
    const grant = await give();
    const first = await ask(`${machine}.csv?${range}`, 'auditor');
    const second = await ask(`${machine}.parquet?${range}`, 'auditor');
    expect(await codeOf(await ask(`${machine}.csv?${range}`, 'auditor'))).toEqual([429, 'equipment.export_busy']);
    await second.body?.cancel();
    const reader = first.body?.getReader();
    await reader?.read();
    await base.owner.pool.query('update core.grant_given set revoked_at = now() where id = $1', [grant]);
    const rest = async () => {
      while (!(await reader?.read())?.done);
    };
    await expect(rest()).rejects.toThrow();
    await give();
    await until(async () => {
      const { status, body } = await ask(`${machine}.csv?${range}`, 'auditor');
      await body?.cancel();
      return status === 200;
    }, 30_000);
  });
});
