import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCallerFactory, forgetOldCommands, router, toWireError } from '../commands/index.js';
import { newId } from '../database/index.js';
import { createOrderService, createOrdersRouter } from '../orders/index.js';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization, testContext } from '../testing/index.js';
import { correctUsage, countUsage } from './counting.js';
import { createMeteringRouter } from './router.js';

let db: TestDatabase;
let buyer: TestOrganization;
let maker: TestOrganization;
let now: Date;

const createCaller = createCallerFactory(
  router({ orders: createOrdersRouter(createOrderService({ specifications: (given) => given })), metering: createMeteringRouter() }),
);
const as = (who: TestOrganization) => createCaller(testContext(db, who, { clock: () => now }));

beforeAll(async () => {
  db = await createTestDatabase();
  [buyer, maker] = await Promise.all([createTestOrganization(db, 'buyer'), createTestOrganization(db, 'maker')]);
});
afterAll(() => db.close());

let numbers = 0;
const propose = (currency: 'CNY' | 'USD', quantity: string) =>
  as(buyer).orders.propose({
    supplier: 'maker',
    ownNumber: `M-${++numbers}`,
    currency,
    dueOn: '2026-12-24',
    lines: [{ description: 'Part', quantity: { value: quantity, unit: 'H87' }, unitPrice: '12.5' }],
  });

const count = (instant: string) => countUsage(db.database.system, new Date(instant));
const linesOf = async (who: TestOrganization, month: string) => {
  const { lines } = await as(who).metering.month({ month });
  return Object.fromEntries(
    lines.map(({ metric, key, value, correction }) => [[metric, key, correction ? 'correction' : ''].filter(Boolean).join(' '), value]),
  );
};

async function samples(day: string, values: number): Promise<void> {
  await db.database.ingest.pool.query('select telemetry.ensure_partition($1::date)', [day]);
  const { rows } = await db.owner.pool.query<{ id: number }>(
    `with r as (insert into core.record (id, kind, created_by, visible_to) values ($1, 'equipment', $2, array[$2::uuid]) returning id),
          e as (insert into core.equipment (id, organization, code, name, model, parent, created_at)
                select id, $2, 'meter-' || right(id::text, 8), 'x', 'machine', '', now() from r returning id)
     insert into telemetry.series (organization, equipment_id, signal, unit, value_kind) select $2, id, 'temperature', 'Cel', 'number' from e returning id`,
    [newId(), maker.id],
  );
  await db.owner.pool.query(
    `insert into telemetry.sample (series, ts, ordinal, value, quality)
     select $1, $2::timestamptz + n * interval '1 second', n, n, 192 from generate_series(1, $3) n`,
    [rows[0]?.id, `${day}T01:00:00Z`, values],
  );
}

describe('a month', () => {
  it('adds up what was done on its days, by the calendar of UTC+8, and the same again when counted again', async () => {
    now = new Date('2026-10-31T15:59:59Z'); // still October in Shanghai
    await propose('CNY', '10');
    now = new Date('2026-10-31T16:00:00Z'); // November
    const second = await propose('CNY', '4');
    await propose('USD', '2');
    now = new Date('2026-11-02T02:00:00Z');
    await as(maker).orders.accept({ order: second.id, version: 1 });
    await samples('2026-11-02', 120);

    now = new Date('2026-11-02T16:00:00Z');
    const first = await count('2026-11-02T16:00:00Z');
    expect(first.days).toEqual(['2026-10-31', '2026-11-01', '2026-11-02']);
    expect(first.closed).toEqual([{ month: '2026-10', organizations: 2 }]);
    const counted = { commands: await linesOf(buyer, '2026-11'), maker: await linesOf(maker, '2026-11') };
    expect(counted.commands).toEqual({
      'commands orders': '2',
      'events person': '2',
      'orders_as_buyer CNY': '1',
      'orders_as_buyer USD': '1',
      'order_value_as_buyer CNY': '50',
      'order_value_as_buyer USD': '25',
      active_people: '1',
    });
    expect(counted.maker).toEqual({
      'commands orders': '1',
      'events person': '1',
      telemetry_values: '120',
      'orders_as_supplier CNY': '1',
      'orders_as_supplier USD': '1',
      'order_value_as_supplier CNY': '50',
      'order_value_as_supplier USD': '25',
      active_people: '1',
    });
    expect(await linesOf(buyer, '2026-10')).toMatchObject({ 'orders_as_buyer CNY': '1', 'order_value_as_buyer CNY': '125' });
    // The same day again: nothing to count. By hand: the same rows give the same numbers.
    expect((await count('2026-11-02T17:00:00Z')).days).toEqual([]);
    const { rows } = await db.owner.pool.query(`select core.count_usage('2026-11-02', '2026-11-02T17:00:00Z') as changed`);
    expect(rows).toEqual([{ changed: 0 }]);
    expect(await linesOf(maker, '2026-11')).toEqual(counted.maker);
    // Keys of commands are forgotten after a day; what they counted is not.
    expect(await forgetOldCommands(db.database.system, new Date('2026-11-20T00:00:00Z'))).toBeGreaterThan(3);
    await db.owner.pool.query(
      `select core.count_usage(day::date, '2026-11-02T17:00:00Z') from generate_series('2026-10-31'::date, '2026-11-02', '1 day') day`,
    );
    expect(await linesOf(buyer, '2026-11')).toEqual(counted.commands);
  });

  it('counts a day once more on the next, for what came late', async () => {
    await samples('2026-11-02', 5);
    now = new Date('2026-11-04T03:00:00Z');
    expect((await count('2026-11-04T03:00:00Z')).days).toEqual(['2026-11-02', '2026-11-03']);
    expect(await linesOf(maker, '2026-11')).toMatchObject({ telemetry_values: '125' });
  });

  it('is closed two days after its end, hashed over its lines and chained to the one before', async () => {
    expect((await count('2026-12-02T15:00:00Z')).closed).toEqual([]);
    const { closed } = await count('2026-12-02T16:00:00Z');
    expect(closed).toEqual([{ month: '2026-11', organizations: 2 }]);
    now = new Date('2026-12-03T00:00:00Z');
    const { lines, hash, previousHash, state } = await as(maker).metering.month({ month: '2026-11' });
    expect(state).toBe('closed');
    const text = lines.map(({ position, metric, key, value }) => `${position}|${metric}|${key}|${Number(value).toFixed(6)}\n`).join('');
    expect(hash).toBe(
      createHash('sha256')
        .update(`${previousHash ?? ''}\n${text}`)
        .digest('hex'),
    );
    expect((await count('2026-12-03T02:00:00Z')).closed).toEqual([]);
    expect(previousHash).toBe((await as(maker).metering.month({ month: '2026-10' })).hash);
    now = new Date('2026-12-04T02:00:00Z');
    await propose('CNY', '1');
    await count('2026-12-05T02:00:00Z');
    const { items, countedUntil } = await as(maker).metering.months({});
    expect(items.map((each) => `${each.month} ${each.state}`)).toEqual(['2026-12 open', '2026-11 closed', '2026-10 closed']);
    expect(countedUntil).toBe('2026-12-04');
  });

  it('stays as it was closed, against the owner too; what is found later is a further line', async () => {
    for (const statement of [
      `update core.usage_line set value = 0`,
      `delete from core.usage_line`,
      `truncate core.usage_line`,
      `update core.usage_month set hash = 'x'`,
      `delete from core.usage_month`,
    ])
      await expect(db.owner.pool.query(statement)).rejects.toThrow(/stays as it is/);
    const before = await as(maker).metering.month({ month: '2026-11' });
    await samples('2026-11-30', 7);
    await db.owner.pool.query(`select core.count_usage('2026-11-30', '2026-12-03T02:00:00Z')`);
    expect((await as(maker).metering.month({ month: '2026-11' })).lines).toEqual(before.lines);
    expect(await correctUsage(db.owner, '2026-11', 'a gateway came back', now)).toBe(1);
    expect(await linesOf(maker, '2026-11')).toMatchObject({ telemetry_values: '125', 'telemetry_values correction': '7' });
    expect(await correctUsage(db.owner, '2026-11', 'again', now)).toBe(0);
    expect((await as(maker).metering.month({ month: '2026-11' })).hash).toBe(before.hash);
    const open = correctUsage(db.owner, '2026-12', 'x', now).catch((error: unknown) => toWireError(error, '').body.error.code);
    expect(await open).toBe('metering.month_open');
  });

  it('tells its organization that it was closed, and nobody else anything', async () => {
    const { rows } = await db.owner.pool.query(
      `select audience, body from core.event where type = 'metering.month_closed' order by organization`,
    );
    expect(rows.map(({ audience }) => audience.length)).toEqual([1, 1, 1, 1]);
    const stranger = await createTestOrganization(db, 'stranger');
    expect((await as(stranger).metering.months({})).items).toEqual([]);
    expect((await as(stranger).metering.month({ month: '2026-11' })).lines).toEqual([]);
    const early = as(stranger)
      .metering.month({ month: '2027-01' })
      .catch((error: unknown) => toWireError(error, '').body.error.code);
    expect(await early).toBe('metering.month_invalid');
  });

  it('is a CSV that names its hash and hides no formula', async () => {
    const { name, csv } = await as(maker).metering.csv({ month: '2026-11' });
    expect(name).toBe('usage-2026-11.csv');
    const rows = csv.trimEnd().split('\r\n');
    expect(rows[0]).toBe('position,metric,key,unit,value,correction,reason');
    expect(rows).toContain(
      '7,order_value_as_supplier,USD,USD,25,false,'.replace(
        '7',
        rows.find((row) => row.includes('order_value_as_supplier,USD'))?.split(',')[0] ?? '',
      ),
    );
    expect(rows.at(-1)).toMatch(/^,sha256,[0-9a-f]{64}/);
    expect(rows.find((row) => row.includes('a gateway came back'))).toMatch(/telemetry_values,,count,7,true,/);
  });
});
