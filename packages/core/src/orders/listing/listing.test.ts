import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import { createFloor, type Floor, failure, proposal } from '../floor.fixture.js';
import { orderSides, orderStates } from '../order/states.js';
import { probeRecords } from './migrations.js';
import { orderSorts } from './schema.js';

/** A row of the party table with its order, as the owner reads it: what every list is checked against. */
interface Row {
  readonly organization: string;
  readonly id: string;
  readonly role: string;
  readonly state: string;
  readonly due: string;
  readonly changed: string;
  readonly own: string | null;
  readonly counterparty: string;
  readonly number: string;
  readonly description: string;
}

let db: TestDatabase;
let floor: Floor;
const companies: TestOrganization[] = [];
let stranger: TestOrganization;
let now = Date.parse('2026-01-01T08:00:00Z');
let all: Row[] = [];

const codes = ['list-a', 'list-b', 'list-c'];
const descriptions = ['Radial tire 205/55R16', 'Carbon rod 碳素鱼竿', '子午线轮胎', 'RIM 6.5J', 'keycap'];
const prefixes = ['PO-', 'po-', 'PO-2026-', '采购-', 'P%_'];
const as = (who: TestOrganization) => floor.as(who);

beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db, { now: () => new Date(now) });
  for (const code of codes) companies.push(await createTestOrganization(db, code));
  stranger = await createTestOrganization(db, 'list-stranger');
  for (let n = 0; n < 48; n += 1) {
    const buyer = companies[n % 3] as TestOrganization;
    const supplier = companies[(n + 1 + (n % 2)) % 3] as TestOrganization;
    // Some are changed at the very same instant: then the id decides.
    if (n % 4) now += 1000;
    const order = await as(buyer).orders.propose({
      ...proposal(supplier.code, `${prefixes[n % 5]}${n}`),
      dueOn: `2026-0${1 + (n % 4)}-1${n % 3}`,
      lines: [{ description: descriptions[(n * 7) % 5] as string, quantity: { value: '10', unit: 'H87' as const }, unitPrice: '1' }],
    });
    if (n % 3 === 0) await as(supplier).orders.accept({ order: order.id, version: 1, ownNumber: `SO-${n}` });
    else if (n % 5 === 1) await as(buyer).orders.withdraw({ order: order.id, version: 1 });
  }
  await as(companies[0] as TestOrganization).orders.propose(proposal(stranger.code, 'PO-SECRET'));
  all = await everything();
}, 60_000);
afterAll(() => db.close());

async function everything(): Promise<Row[]> {
  const { rows } = await db.owner.pool.query<Row>(`
    select p.organization, p.order_id as id, p.role, o.state, o.due_on::text as due, o.changed_at::text as changed, p.own_number as own,
      r.code as counterparty, o.number, o.description
    from core.order_party p join core.shared_order o on o.id = p.order_id join core.organization_registry r on r.id = p.counterparty`);
  return rows;
}

const compareText = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

type ListInput = Parameters<ReturnType<Floor['as']>['orders']['list']>[0];

/** The same list by looking at every row. */
function byHand(who: TestOrganization, input: ListInput): string[] {
  const { side, state, states, counterparty, dueFrom, dueTo, ownNumber, ownNumberPrefix, text, sort } = input;
  const order = sort ?? (text ? 'changed' : ownNumberPrefix ? 'number' : dueFrom || dueTo ? 'due' : 'changed');
  const has = (whole: string | null) => whole?.toLowerCase().includes((text ?? '').toLowerCase()) ?? false;
  return all
    .filter((row) => row.organization === who.id)
    .filter((row) => (!side || row.role === side) && (!state || row.state === state))
    .filter((row) => !states || states.some((each) => each === row.state))
    .filter((row) => !counterparty || row.counterparty === counterparty)
    .filter((row) => (!dueFrom || row.due >= dueFrom) && (!dueTo || row.due <= dueTo))
    .filter((row) => !ownNumber || row.own === ownNumber)
    .filter((row) => !ownNumberPrefix || row.own?.startsWith(ownNumberPrefix))
    .filter((row) => order !== 'number' || row.own !== null)
    .filter((row) => !text || has(row.own) || has(row.number) || has(row.description))
    .sort((a, b) => {
      if (order === 'due') return compareText(a.due, b.due) || compareText(a.id, b.id);
      if (order === 'number') return compareText(a.own ?? '', b.own ?? '');
      return Date.parse(b.changed) - Date.parse(a.changed) || compareText(b.id, a.id);
    })
    .map((row) => row.id);
}

async function everyPage(who: TestOrganization, input: ListInput): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await as(who).orders.list({ ...input, ...(cursor ? { cursor } : {}) });
    expect(page.items.length).toBeLessThanOrEqual(input.limit ?? 50);
    ids.push(...page.items.map((item) => item.id));
    if (page.next === null) return ids;
    cursor = page.next;
  }
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const days = fc.constantFrom('2026-01-10', '2026-02-11', '2026-03-12', '2026-04-12');
const filters = fc.record({
  limit: fc.integer({ min: 1, max: 20 }),
  side: maybe(fc.constantFrom(...orderSides)),
  state: maybe(fc.constantFrom(...orderStates)),
  states: maybe(fc.uniqueArray(fc.constantFrom(...orderStates), { minLength: 1, maxLength: 4 })),
  counterparty: maybe(fc.constantFrom(...codes, 'list-stranger', 'nobody')),
  finding: fc.oneof(
    fc.record({ sort: maybe(fc.constantFrom(...orderSorts)) }),
    fc.record({ dueFrom: days, dueTo: fc.constant('2026-04-12'), sort: maybe(fc.constant('due' as const)) }),
    fc.record({ ownNumber: fc.constantFrom('PO-0', 'SO-3', 'P%_4', 'PO-SECRET', 'nothing') }),
    fc.record({ ownNumberPrefix: fc.constantFrom(...prefixes, 'SO-', 'P', 'zzz') }),
    fc.record({
      text: fc.constantFrom('TIRE', '轮胎', '碳素', '%', '_', "'", 'so-3', 'po-secret', 'keycap', 'nothing', '\\'),
      dueTo: maybe(fc.constant('2026-03-12')),
    }),
  ),
});

describe('orders.list', () => {
  it('gives page by page exactly what looking at every row gives, for any filter', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(0, 1, 2), filters, async (index, { finding, ...filter }) => {
        const who = companies[index] as TestOrganization;
        const given = Object.entries({ ...filter, ...finding }).filter(([, value]) => value !== undefined);
        const input = Object.fromEntries(given) as ListInput;
        expect(await everyPage(who, input)).toEqual(byHand(who, input));
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  it('shows a party of one order that one, whatever it asks', async () => {
    const asked = ['PO-', 'tire', 'Sample', 'SO-', '采购'].map((text) => ({ text }));
    for (const input of [{}, { sort: 'due' as const }, { ownNumberPrefix: 'PO-' }, { states: [...orderStates] }, ...asked]) {
      const items = (await as(stranger).orders.list(input)).items;
      expect(items.every(({ number }) => number === 'PO-SECRET')).toBe(true);
    }
    expect((await as(stranger).orders.list({ text: 'PO-1' })).items).toEqual([]);
    expect((await as(companies[1] as TestOrganization).orders.list({ text: 'secret' })).items).toEqual([]);
    const { states } = await as(stranger).orders.counts({});
    expect(states.filter(({ count }) => count > 0)).toEqual([{ state: 'proposed', count: 1, more: false }]);
  });

  it('neither repeats nor leaves out an order when others are added or changed between two pages', async () => {
    const who = await createTestOrganization(db, 'list-pager');
    const propose = (n: number, dueOn: string) =>
      as(who).orders.propose({ ...proposal('list-a', `PAGE-${String(n).padStart(2, '0')}`), dueOn });
    const made: { id: string }[] = [];
    for (let n = 0; n < 9; n += 1) {
      now += 1000;
      made.push(await propose(n, `2026-05-0${1 + (n % 3)}`));
    }
    const before = made.map(({ id }) => id);
    for (const input of [{ sort: 'due' as const }, { sort: 'number' as const }, {}, { text: 'page-' }]) {
      const first = await as(who).orders.list({ ...input, limit: 4 });
      now += 1000;
      await propose(50 + made.length, '2026-05-02');
      made.push({ id: '' });
      const rest = await everyPage(who, { ...input, limit: 4, cursor: first.next as string });
      const seen = [...first.items.map(({ id }) => id), ...rest];
      expect(new Set(seen).size).toBe(seen.length);
      expect(before.filter((id) => !seen.includes(id))).toEqual([]);
    }
  });

  it('refuses a cursor of another sort and filters that contradict each other, each by its field', async () => {
    const who = companies[0] as TestOrganization;
    const { next } = await as(who).orders.list({ limit: 1 });
    expect(await failure(as(who).orders.list({ sort: 'due', cursor: next as string }))).toBe('request.invalid');
    expect(await failure(as(who).orders.list({ cursor: 'nonsense' }))).toBe('request.invalid');
    for (const input of [
      { dueFrom: '2026-02-01', dueTo: '2026-01-01' },
      { dueFrom: '2026-02-01', sort: 'changed' as const },
      { text: 'x', ownNumberPrefix: 'x' },
      { text: 'x', sort: 'due' as const },
      { ownNumberPrefix: 'x', sort: 'due' as const },
    ])
      expect(await failure(as(who).orders.list(input))).toBe('request.invalid');
  });
});

describe('orders.counts', () => {
  it('counts each state as looking at every row does', async () => {
    all = await everything();
    for (const who of companies)
      for (const filter of [
        {},
        { side: 'buyer' as const },
        { counterparty: 'list-b' },
        { side: 'supplier' as const, counterparty: 'list-c' },
      ]) {
        const { states } = await as(who).orders.counts(filter);
        expect(states.map(({ state, count }) => [state, count])).toEqual(
          orderStates.map((state) => [state, byHand(who, { ...filter, state }).length]),
        );
      }
  });

  it('stops at a thousand and says that there are more; a search stops looking and goes on', async () => {
    const who = await createTestOrganization(db, 'list-large');
    const other = companies[0] as TestOrganization;
    await db.owner.pool.query(
      `with made as (
         insert into core.record (id, kind, created_by, visible_to)
         select gen_random_uuid(), 'order', $1, array[$1, $2]::uuid[] from generate_series(1, 10010) returning id)
       insert into core.shared_order (id, buyer, supplier, number, state, currency, total, due_on, description, line_count, proposed_at, changed_at)
       select id, $1, $2, 'N-' || id, 'proposed', 'CNY', 1, '2026-01-01', case when row_number() over (order by id) = 1 then 'the oldest' else 'many' end, 1,
         now(), date_trunc('milliseconds', now()) from made`,
      [who.id, other.id],
    );
    const { states } = await as(who).orders.counts({});
    expect(states.find(({ state }) => state === 'proposed')).toEqual({ state: 'proposed', count: 1000, more: true });
    const first = await as(who).orders.list({ text: 'OLDEST' });
    expect(first.items).toEqual([]);
    const rest = await as(who).orders.list({ text: 'OLDEST', cursor: first.next as string });
    expect(rest).toMatchObject({ items: [{ description: 'the oldest' }], next: null });
  });
});

describe('the policies', () => {
  const hashable = `select count(*) as n from pg_policies where (coalesce(qual, '') || coalesce(with_check, '')) ~ 'EXISTS \\( SELECT 1\\s+FROM core\\.record r\\s+WHERE \\(r\\.id = [a-z_.]+\\)\\)'`;

  it('probe the record of a row; older databases are brought to it', async () => {
    const count = async () => (await db.owner.pool.query<{ n: number }>(hashable)).rows[0]?.n;
    expect(await count()).toBe(0);
    await db.owner.pool.query(
      `create table core.older (id uuid primary key, order_id uuid);
       alter table core.older enable row level security;
       create policy older_owner on core.older to yunfab_owner using (true);
       create policy older_select on core.older for select using (id = (select core.organization()) and exists (select 1 from core.record r where r.id = order_id));
       create policy older_update on core.older for update using (exists (select 1 from core.record r where r.id = older.order_id)) with check (exists (select 1 from core.record r where r.id = order_id));
       create policy older_insert on core.older for insert with check (exists (select 1 from core.record r where r.id = order_id))`,
    );
    expect(await count()).toBe(3);
    await db.owner.pool.query(probeRecords);
    expect(await count()).toBe(0);
    const { rows } = await db.owner.pool.query<{ text: string }>(
      `select concat_ws(' / ', qual, with_check) as text from pg_policies where tablename = 'older' and policyname = 'older_select'`,
    );
    expect(rows[0]?.text.replace(/\s+/g, ' ')).toMatch(
      /core\.organization\(\).* AND \( SELECT true .*FROM core\.record r WHERE \(r\.id = older\.order_id\)\)/,
    );
    await db.owner.pool.query('drop table core.older');
  });
});
