import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessErrors } from '../access/index.js';
import { createCallerFactory, router } from '../commands/index.js';
import { newId } from '../database/index.js';
import {
  asOrganization,
  createTestDatabase,
  createTestOrganization,
  type TestDatabase,
  type TestOrganization,
  testContext,
} from '../testing/index.js';
import {
  createEquipmentRouter,
  createEquipmentService,
  type EquipmentModels,
  organizationsWithPending,
  takeDeviceEvents,
} from './index.js';

const models: EquipmentModels = new Map([
  [
    'test.oven',
    {
      words: { en: 'Oven', zh: '烘箱' },
      signals: [
        { name: 'temperature', unit: 'Cel', kind: 'number', words: { en: 'Temperature', zh: '温度' }, range: { low: 0, high: 300 } },
        { name: 'door_open', unit: '', kind: 'boolean', words: { en: 'Door open', zh: '门开' } },
        { name: 'program', unit: '', kind: 'text', words: { en: 'Program', zh: '程序' } },
      ],
    },
  ],
]);

const createCaller = createCallerFactory(router(createEquipmentRouter(createEquipmentService({ models }))));

let db: TestDatabase;
let maker: TestOrganization;
let customer: TestOrganization;
let rival: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  maker = await createTestOrganization(db, 'maker');
  customer = await createTestOrganization(db, 'customer');
  rival = await createTestOrganization(db, 'rival');
});
afterAll(() => db.close());

const as = (who: TestOrganization, idempotencyKey?: string) => createCaller(testContext(db, who, idempotencyKey ? { idempotencyKey } : {}));
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => 'nothing failed',
    (error: { cause?: { code?: string }; code?: string }) => error.cause?.code ?? error.code,
  );

let nextCode = 0;
async function makeOven(who: TestOrganization = maker): Promise<string> {
  return (await as(who).create({ code: `oven-${++nextCode}`, name: 'Oven', model: 'test.oven', parent: 'plant-1/curing' })).id;
}

async function grant(equipment: string, to: TestOrganization): Promise<string> {
  const id = newId();
  await db.owner.pool.query(
    `insert into core.grant_given (id, record_id, organization, granted_by, reason, created_at) values ($1, $2, $3, $4, 'audit', now())`,
    [id, equipment, to.id, maker.id],
  );
  return id;
}

const minute = Date.UTC(2026, 5, 1, 8, 0, 0);

async function storeMinute(equipment: string, signal: string, count: number): Promise<void> {
  await db.database.ingest.pool.query(`select telemetry.ensure_partition('2026-06-01')`);
  await db.owner.pool.query(
    `insert into telemetry.sample (series, ts, ordinal, value, quality)
     select s.id, to_timestamp($3::double precision / 1000) + n * interval '1 second', n, n, 192
     from telemetry.series s, generate_series(0, $4::int - 1) n where s.equipment_id = $1 and s.signal = $2`,
    [equipment, signal, minute, count],
  );
}

describe('equipment', () => {
  it('is registered with the signals of its model and listed by code', async () => {
    const id = await makeOven();
    const oven = await as(maker).get({ equipment: id });
    expect(oven.signals.map(({ name, unit, kind }) => ({ name, unit, kind }))).toEqual([
      { name: 'door_open', unit: '', kind: 'boolean' },
      { name: 'program', unit: '', kind: 'text' },
      { name: 'temperature', unit: 'Cel', kind: 'number' },
    ]);
    expect(oven).toMatchObject({ parent: 'plant-1/curing', state: 'active', devices: [] });
    await makeOven();
    const first = await as(maker).list({ limit: 1 });
    expect(first.items).toHaveLength(1);
    const second = await as(maker).list({ limit: 1, cursor: first.next as string });
    expect(second.items[0]?.code).not.toBe(first.items[0]?.code);
  });

  it('refuses an unknown model and a taken code in words', async () => {
    expect(await failure(as(maker).create({ code: 'x', name: 'X', model: 'test.nothing' }))).toBe('equipment.model_unknown');
    await as(maker).create({ code: 'same', name: 'X', model: 'test.oven' });
    expect(await failure(as(maker).create({ code: 'same', name: 'Y', model: 'test.oven' }))).toBe('equipment.code_taken');
    expect(await as(rival).create({ code: 'same', name: 'Y', model: 'test.oven' })).toMatchObject({ code: 'same' });
  });

  it('is hidden, with its telemetry, from everyone but its owner and the holder of a live grant', async () => {
    const id = await makeOven();
    await storeMinute(id, 'temperature', 3);
    const window = { equipment: id, from: minute, to: minute + 60_000 };
    const absent = newId();
    for (const read of [
      (who: TestOrganization, equipment: string) => as(who).get({ equipment }),
      (who: TestOrganization, equipment: string) => as(who).telemetry.latest({ equipment }),
      (who: TestOrganization, equipment: string) => as(who).telemetry.range({ ...window, equipment }),
      (who: TestOrganization, equipment: string) => as(who).devices.list({ equipment }),
    ]) {
      expect(await failure(read(rival, id))).toBe('request.not_found');
      expect(await failure(read(rival, absent))).toBe('request.not_found');
    }
    const given = await grant(id, customer);
    expect((await as(customer).telemetry.range(window)).signals['temperature']?.value).toEqual([0, 1, 2]);
    expect(await failure(as(customer).devices.create({ equipment: id, device: 'spy' }))).toBe('equipment.not_owner');
    await db.owner.pool.query('update core.grant_given set revoked_at = now() where id = $1', [given]);
    expect(await failure(as(customer).telemetry.range(window))).toBe('request.not_found');
  });
});

describe('a range of telemetry', () => {
  it('is columnar and pages by time without gap or overlap', async () => {
    const id = await makeOven();
    await storeMinute(id, 'temperature', 10);
    await storeMinute(id, 'door_open', 4);
    const seen: number[] = [];
    const doors: unknown[] = [];
    let cursor: string | undefined;
    for (;;) {
      const page: Awaited<ReturnType<ReturnType<typeof as>['telemetry']['range']>> = await as(maker).telemetry.range({
        equipment: id,
        signals: ['temperature', 'door_open'],
        ...{ from: minute, to: minute + 60_000, cursor, limit: 6 },
      });
      seen.push(...(page.signals['temperature']?.ts ?? []));
      doors.push(...(page.signals['door_open']?.value ?? []));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(seen).toEqual(Array.from({ length: 10 }, (_, n) => minute + n * 1000));
    expect(doors).toEqual([false, true, true, true]);
  });

  it('names what cannot be answered', async () => {
    const id = await makeOven();
    expect(await failure(as(maker).telemetry.range({ equipment: id, from: 5, to: 5 }))).toBe('equipment.range_empty');
    expect(await failure(as(maker).telemetry.range({ equipment: id, signals: ['humidity'], from: 0, to: 5 }))).toBe(
      'equipment.signal_unknown',
    );
    for (const cursor of ['5', '5.x', `1.${2n ** 63n}`, '9999999999999999.1'])
      expect(await failure(as(maker).telemetry.range({ equipment: id, from: 0, to: 5, cursor }))).toBe('request.invalid');
  });
});

describe('a device', () => {
  it('gets a token that is shown once, rotated and revoked', async () => {
    const equipment = await makeOven();
    const key = newId();
    const made = await as(maker, key).devices.create({ equipment, device: 'oven-a' });
    expect(made).toMatchObject({ username: 'maker/oven-a', token: expect.stringMatching(/^yd_[\w-]{43}$/) });
    expect(await as(maker, key).devices.create({ equipment, device: 'oven-a' })).toMatchObject({ token: null });
    expect(await failure(as(maker).devices.create({ equipment, device: 'oven-a' }))).toBe('equipment.device_taken');
    expect((await as(maker).devices.rotate({ device: 'oven-a' })).token).not.toBe(made.token);
    expect(await as(maker).devices.revoke({ device: 'oven-a' })).toMatchObject({ credential: 'revoked' });
    expect((await as(maker).devices.list({ equipment })).items).toMatchObject([{ device: 'oven-a', credential: 'revoked' }]);
    const { rows } = await db.owner.pool.query(
      `select count(*)::int as live from core.device_credential where device = 'oven-a' and revoked_at is null`,
    );
    expect(rows[0].live).toBe(0);
  });

  it('is looked at with the others of its equipment, by its owner alone', async () => {
    const [equipment, other] = [await makeOven(), await makeOven()];
    for (const device of ['oven-d', 'oven-e']) await as(maker).devices.create({ equipment, device });
    await as(maker).devices.create({ equipment: other, device: 'oven-f' });
    await as(maker).devices.revoke({ device: 'oven-e' });
    const { items } = await as(maker).gateways.devices({ equipment });
    expect(items.map(({ device, credential, online, stored }) => ({ device, credential, online, stored }))).toEqual([
      { device: 'oven-d', credential: 'live', online: null, stored: 0 },
      { device: 'oven-e', credential: 'revoked', online: null, stored: 0 },
    ]);
    expect((await as(maker).gateways.devices({})).items.map(({ device }) => device)).toContain('oven-f');
    expect(await failure(as(rival).gateways.devices({ equipment }))).toBe('request.not_found');
    await grant(equipment, customer);
    expect(await as(customer).gateways.devices({ equipment })).toMatchObject({ items: [], more: false });
  });

  it('of another organization is not there', async () => {
    const equipment = await makeOven();
    await as(maker).devices.create({ equipment, device: 'oven-b' });
    expect(await failure(as(rival).devices.rotate({ device: 'oven-b' }))).toBe('equipment.device_not_found');
    expect(await failure(as(rival).devices.create({ equipment, device: 'oven-b' }))).toBe('request.not_found');
    expect((await as(rival).devices.list({})).items).toEqual([]);
  });
});

describe('device events', () => {
  it('are taken once, in order, with the scope that takes them', async () => {
    const equipment = await makeOven();
    await as(maker).devices.create({ equipment, device: 'oven-c' });
    await db.owner.pool.query(
      `with e as (insert into telemetry.device_event
         select gen_random_uuid(), d.organization, d.id, d.equipment_id, now() + n * interval '1 s', n, n, 'count', '{"good":1}', 192, now()
         from core.device d, generate_series(1, 3) n where d.code = 'oven-c' order by n returning id, organization, seq)
       insert into telemetry.device_event_pending (organization, event_id) select organization, id from e order by seq`,
    );
    expect(await organizationsWithPending(db.database.system)).toEqual([maker.id]);
    expect(await asOrganization(db, rival, (scope) => takeDeviceEvents(scope, 10))).toEqual([]);
    const failing = asOrganization(db, maker, async (scope) => {
      expect(await takeDeviceEvents(scope, 10)).toHaveLength(3);
      throw accessErrors.unauthenticated();
    });
    await expect(failing).rejects.toThrow();
    const taken = await asOrganization(db, maker, (scope) => takeDeviceEvents(scope, 2));
    expect(taken.map(({ seq, type, body, device }) => ({ seq, type, body, device }))).toEqual([
      { seq: 1, type: 'count', body: { good: 1 }, device: 'oven-c' },
      { seq: 2, type: 'count', body: { good: 1 }, device: 'oven-c' },
    ]);
    expect(await asOrganization(db, maker, (scope) => takeDeviceEvents(scope, 10))).toHaveLength(1);
    expect(await organizationsWithPending(db.database.system)).toEqual([]);
  });
});

describe('the telemetry tables', () => {
  it('give runtime and system no privilege at all, and ingest no more than it writes', async () => {
    const { rows } = await db.owner.pool.query<{ relname: string; grantee: string; privilege: string }>(
      `select c.relname, acl.grantee::regrole::text as grantee, acl.privilege_type as privilege
       from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) acl
       where n.nspname = 'telemetry' and c.relkind in ('r', 'p', 'v', 'S') and acl.grantee <> c.relowner`,
    );
    expect(rows.filter(({ grantee }) => grantee !== 'yunfab_ingest')).toEqual([]);
    expect(rows.filter(({ relname }) => relname.startsWith('sample')).map(({ privilege }) => privilege)).toEqual(['INSERT']);
    for (const connection of [db.database.runtime, db.database.system]) {
      await expect(connection.pool.query('select from telemetry.sample')).rejects.toThrow(/permission denied/);
      await expect(connection.pool.query('select from telemetry.sample_20260601')).rejects.toThrow(/permission denied/);
    }
    await expect(db.database.ingest.pool.query('select value from telemetry.sample')).rejects.toThrow(/permission denied/);
  });
});
