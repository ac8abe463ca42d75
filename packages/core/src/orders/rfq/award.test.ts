import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { filesOf } from '../../files/index.js';
import {
  asOrganization,
  createTestDatabase,
  createTestOrganization,
  type TestDatabase,
  type TestOrganization,
} from '../../testing/index.js';
import { createFloor, type Floor, failure } from '../floor.fixture.js';
import { findLedgerViolations } from '../index.js';
import { offer, openRequest, request, uploadDrawing } from './rfq.fixture.js';

let db: TestDatabase;
let floor: Floor;
let buyer: TestOrganization;
let one: TestOrganization;
let two: TestOrganization;
let three: TestOrganization;
let now: Date;

beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db, { now: () => now });
  now = new Date('2026-12-01T08:00:00.000Z');
  [buyer, one, two, three] = (await Promise.all(['buyer', 'one', 'two', 'three'].map((code) => createTestOrganization(db, code)))) as [
    TestOrganization,
    TestOrganization,
    TestOrganization,
    TestOrganization,
  ];
  await uploadDrawing(db, buyer);
});
afterEach(async () => {
  now = new Date('2026-12-01T08:00:00.000Z');
  expect(await findLedgerViolations(db.owner)).toEqual([]);
});
afterAll(() => db.close());

const rfqs = (who: TestOrganization) => floor.as(who).orders.rfq;
type Offer = ReturnType<typeof offer>;

const submit = (who: TestOrganization, invitation: string | undefined, number: string, quoted: Offer) =>
  rfqs(who).quotes.submit({ invitation: invitation as string, version: 1, number, ...quoted });

describe('the comparison', () => {
  it('lands every quote in the currency of the RFQ, at rates with their dates, and marks the best', async () => {
    const { id, lines, invitations } = await openRequest(floor, buyer, [one, two, three], request('C-1'));
    const [housing, cover] = lines as [string, string];
    // One: 1000 × 11.1 + 500 × 4 = 13100; tooling 3000; freight 450.5; tax 13 % of 16550.5 = 2151.565 → 2151.56
    await submit(one, invitations[0], 'Q1', {
      ...offer(lines, '4', { freight: '450.505' }),
      lines: [
        {
          line: housing,
          prices: [
            { from: '1', unitPrice: '12.345' },
            { from: '500', unitPrice: '11.1' },
          ],
          tooling: '3000',
          leadDays: 35,
        },
        { line: cover, prices: [{ from: '1', unitPrice: '4' }], minimumLot: '600', leadDays: 20 },
      ],
    });
    // Two, in dollars: 1000 × 1.5 = 1500 + 500 × 0.5 = 250; tax 0.
    await submit(two, invitations[1], 'Q2', {
      ...offer(lines, '0.5', { currency: 'USD', taxRate: '0', delivery: { rule: 'FOB', place: 'Haiphong' }, freight: '120' }),
      lines: [
        { line: housing, prices: [{ from: '100', unitPrice: '1.5' }], leadDays: 60 },
        { line: cover, prices: [{ from: '1', unitPrice: '0.5' }], leadDays: 50 },
      ],
    });
    await rfqs(three).invitations.decline({ invitation: invitations[2] as string, version: 1, reason: 'no capacity' });
    await rfqs(buyer).assess({ rfq: id, version: 2, invitation: invitations[1] as string, dutyRate: '6.5' });

    const bare = await rfqs(buyer).compare({ rfq: id });
    expect(bare.offers[1]?.offer).toMatchObject({ rate: null, rateMissing: true, landedInRfqCurrency: null, best: false });
    expect(bare.lines[0]?.offers[1]).toMatchObject({ compared: null, best: false });

    const rate = { from: 'USD' as const, to: 'CNY' as const, source: 'SAFE central parity' };
    await rfqs(buyer).rates.set({ ...rate, rate: '7.0', asOf: '2026-11-20' });
    await rfqs(buyer).rates.set({ ...rate, rate: '7.1', asOf: '2026-12-01' });
    await rfqs(buyer).rates.set({ ...rate, rate: '7.0981', asOf: '2026-12-01' });
    await rfqs(buyer).rates.set({ ...rate, rate: '9', asOf: '2026-12-02' });
    await rfqs(one).rates.set({ ...rate, rate: '1', asOf: '2026-12-01' });
    expect(await failure(rfqs(buyer).rates.set({ ...rate, to: 'USD', rate: '1', asOf: '2026-12-01' }))).toBe('rfq.rate_same_currency');
    expect((await rfqs(buyer).rates.list({})).items).toHaveLength(4);

    const compared = await rfqs(buyer).compare({ rfq: id });
    expect(compared).toMatchObject({ currency: 'CNY', at: now.toISOString() });
    const [first, second, third] = compared.offers;
    expect(third).toMatchObject({ supplier: { code: 'three' }, state: 'declined', reason: 'no capacity', offer: null });
    // Cover is below One's minimum lot of 600: it does not supply that line at 500.
    expect(first?.offer).toMatchObject({
      goods: { amount: '11100' },
      tooling: { amount: '3000' },
      freight: { amount: '450.5' },
      missing: [2],
      best: false,
    });
    // 1750 + 120 = 1870; duty 6.5 % = 121.55; landed 1991.55 USD × 7.0981 = 14136.221055 → 14136.22 CNY
    expect(second?.offer).toMatchObject({
      currency: 'USD',
      delivery: { rule: 'FOB', place: 'Haiphong' },
      total: { amount: '1870', currency: 'USD' },
      duty: { amount: '121.55' },
      landed: { amount: '1991.55' },
      rate: { rate: '7.0981', asOf: '2026-12-01', source: 'SAFE central parity' },
      rateMissing: false,
      landedInRfqCurrency: { amount: '14136.22', currency: 'CNY' },
      longestLeadDays: 60,
      validForSeconds: (Date.parse('2027-01-31T16:00:00.000Z') - now.getTime()) / 1000,
      missing: [],
      best: true,
    });
    // Housing: One 11100 + 3000 = 14100; Two 1500 × 7.0981 = 10647.15
    expect(compared.lines[0]?.offers).toMatchObject([
      {
        unitPrice: { amount: '11.1' },
        amount: { amount: '11100' },
        compared: { amount: '14100' },
        best: false,
        atBreaks: [{ quantity: '500' }, { quantity: '2000' }],
      },
      { unitPrice: { amount: '1.5' }, compared: { amount: '10647.15' }, best: true },
    ]);
    expect(compared.lines[1]?.offers).toMatchObject([
      { belowMinimumLot: true, best: false },
      { compared: { amount: '1774.52' }, best: true },
    ]);

    const at600 = await rfqs(buyer).compare({
      rfq: id,
      quantities: [
        { line: cover, quantity: '600' },
        { line: housing, quantity: '400' },
      ],
    });
    // 400 × 12.345 = 4938 + 600 × 4 = 2400: 7338; + 3000 + 450.5 = 10788.5; tax 1402.505 → 1402.50 (half even)
    expect(at600.offers[0]?.offer).toMatchObject({
      goods: { amount: '7338' },
      tax: { amount: '1402.5' },
      landedInRfqCurrency: { amount: '12191' },
      missing: [],
    });
    expect(await failure(rfqs(buyer).compare({ rfq: id, quantities: [{ line: id, quantity: '1' }] }))).toBe('rfq.line_unknown');
    expect(await failure(rfqs(buyer).compare({ rfq: id, quantities: [{ line: cover, quantity: '0.5' }] }))).toBe('rfq.not_whole');

    now = new Date('2027-01-31T16:00:00.001Z');
    const expired = await rfqs(buyer).compare({ rfq: id });
    expect(expired.offers[1]?.offer).toMatchObject({ state: 'expired', expired: true, validForSeconds: 0, best: false });
    expect(expired.lines.flatMap(({ offers }) => offers.map(({ best }) => best))).not.toContain(true);
  });
});

describe('an award', () => {
  it('by share makes one order for each supplier at the price of its quantity, and tells the losers only that', async () => {
    const { id, lines, invitations } = await openRequest(floor, buyer, [one, two, three], request('A-1'));
    const [housing, cover] = lines as [string, string];
    const breaks = [
      { from: '1', unitPrice: '12' },
      { from: '600', unitPrice: '10' },
    ];
    const first = await submit(one, invitations[0], 'A1', {
      ...offer(lines, '1'),
      lines: [{ line: housing, prices: breaks, tooling: '3000', leadDays: 90 }],
    });
    const second = await submit(two, invitations[1], 'A2', offer(lines, '11'));
    const third = await submit(three, invitations[2], 'A3', offer(lines, '99'));

    const award = (orders: Parameters<ReturnType<typeof rfqs>['award']>[0]['orders'], final = false) =>
      rfqs(buyer).award({ rfq: id, orders, final });
    const share = (quote: string, ownNumber: string, quantity: string, line = housing) => ({
      quote,
      revision: 1,
      ownNumber,
      lines: [{ line, quantity }],
    });
    expect(await failure(award([share(first.id, 'PO', '700'), share(second.id, 'PO2', '301')]))).toBe('rfq.awards_more_than_asked');
    expect(await failure(award([share(first.id, 'PO', '1'), share(first.id, 'PO2', '1')]))).toBe('rfq.quote_twice');
    expect(await failure(award([share(first.id, 'PO', '1', cover)]))).toBe('rfq.line_not_quoted');
    expect(await failure(award([share(first.id, 'PO', '1', id)]))).toBe('rfq.line_unknown');
    expect(await failure(award([share(id, 'PO', '1')]))).toBe('rfq.quote_unknown');
    expect(await failure(award([{ ...share(first.id, 'PO', '1'), revision: 2 }]))).toBe('rfq.quote_revised');
    expect(await failure(award([share(first.id, 'PO-a', '1'), share(second.id, 'PO-a', '1')]))).toBe('orders.own_number_taken');
    expect((await rfqs(buyer).get({ rfq: id })).awards).toEqual([]);

    const { rfq, orders } = await award([share(first.id, 'PO-1', '700'), { quote: second.id, revision: 1, ownNumber: 'PO-2' }]);
    expect(rfq).toMatchObject({
      state: 'open',
      lines: [
        { awarded: '1000', left: '0' },
        { awarded: '500', left: '0' },
      ],
    });
    expect(orders.map(({ supplier, number }) => [supplier.code, number])).toEqual([
      ['one', 'PO-1'],
      ['two', 'PO-2'],
    ]);
    // 700 of One at the break from 600, with tooling as a line; due after its 90 days, for the wanted 2027-02-01 is too early.
    expect(await floor.as(one).orders.get({ order: orders[0]?.order as string })).toMatchObject({
      state: 'proposed',
      side: 'supplier',
      dueOn: '2027-03-01',
      total: { amount: '10000', currency: 'CNY' },
      lines: [
        { description: 'Housing', quantity: { value: '700' }, unitPrice: { amount: '10' } },
        { description: 'Tooling / 模具: Housing', quantity: { value: '1', unit: 'SET' }, unitPrice: { amount: '3000' } },
      ],
    });
    // Two gets what is left of both lines, due when it is wanted.
    expect(await floor.as(two).orders.get({ order: orders[1]?.order as string })).toMatchObject({
      dueOn: '2027-02-01',
      lines: [
        { quantity: { value: '300' }, unitPrice: { amount: '11' } },
        { description: 'Cover', quantity: { value: '500' } },
      ],
    });
    expect(await failure(award([share(third.id, 'PO-3', '1')]))).toBe('rfq.nothing_left');
    expect(await failure(rfqs(two).quotes.withdraw({ quote: second.id, version: 2 }))).toBe('rfq.wrong_state');
    expect(await rfqs(three).quotes.get({ quote: third.id })).toMatchObject({ state: 'submitted' });

    await rfqs(buyer).conclude({ rfq: id, version: rfq.version });
    const lost = await rfqs(three).invitations.get({ invitation: invitations[2] as string });
    expect(lost).toMatchObject({ standing: 'closed', quote: { state: 'lost' } });
    await db.database.system.pool.query('select core.sequence_events(1000)');
    const { rows } = await asOrganization(db, three, (scope) =>
      sql<{
        type: string;
        text: string;
      }>`select type, body::text || coalesce(record_id::text, '') as text from core.event where body is not null`.execute(scope.tx),
    );
    expect(rows.map(({ type }) => type)).toEqual(expect.arrayContaining(['rfq.quote_lost', 'rfq.invitation_ended']));
    const told = [JSON.stringify(lost), ...rows.map(({ text }) => text)].join('\n');
    for (const secret of ['PO-1', 'PO-2', 'one Ltd', 'two Ltd', first.id, second.id, id, '"awarded']) expect(told).not.toContain(secret);
    // As a word of its own: the digits of an id may hold it by chance.
    expect(told).not.toMatch(/\b700\b/);
    expect(await rfqs(one).quotes.get({ quote: first.id })).toMatchObject({ state: 'awarded' });
  });

  it('of the last quantity: of fifty at once exactly one wins', async () => {
    const { id, lines, invitations } = await openRequest(floor, buyer, [one, two], request('A-50'));
    const [housing] = lines as [string, string];
    const quotes = [
      await submit(one, invitations[0], 'L1', offer(lines, '10')),
      await submit(two, invitations[1], 'L2', offer(lines, '11')),
    ];
    await rfqs(buyer).award({
      rfq: id,
      orders: [{ quote: quotes[0]?.id as string, revision: 1, ownNumber: 'L-0', lines: [{ line: housing, quantity: '999' }] }],
    });
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        rfqs(buyer)
          .award({
            rfq: id,
            orders: [
              {
                quote: quotes[index % 2]?.id as string,
                revision: 1,
                ownNumber: `L-${index + 1}`,
                lines: [{ line: housing, quantity: '1' }],
              },
            ],
          })
          .then(
            () => 'won',
            (error: unknown) => failure(Promise.reject(error)),
          ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'won')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'rfq.awards_more_than_asked')).toHaveLength(49);
    const after = await rfqs(buyer).get({ rfq: id });
    expect(after.lines[0]).toMatchObject({ awarded: '1000', left: '0' });
    expect(after.awards).toHaveLength(2);
    expect((await floor.as(buyer).orders.list({ limit: 100 })).items.filter(({ number }) => number.startsWith('L-'))).toHaveLength(2);
  });

  it('that is declined or withdrawn is given back in the same move and can be awarded again, to a valid quote', async () => {
    const { id, lines, invitations } = await openRequest(floor, buyer, [one, two], request('A-back'));
    const [housing] = lines as [string, string];
    const first = await submit(one, invitations[0], 'B1', offer(lines, '10'));
    const second = await submit(two, invitations[1], 'B2', offer(lines, '11', { validUntil: '2026-12-05T00:00:00.000Z' }));
    const award = (quote: string, ownNumber: string, quantity: string, revision = 1) =>
      rfqs(buyer).award({ rfq: id, orders: [{ quote, revision, ownNumber, lines: [{ line: housing, quantity }] }], final: false });
    const a = (await award(first.id, 'B-1', '600')).orders[0]?.order as string;
    const b = (await award(second.id, 'B-2', '400')).orders[0]?.order as string;
    expect((await rfqs(buyer).conclude({ rfq: id, version: 4 })).state).toBe('awarded');

    await floor.as(one).orders.decline({ order: a, version: 1, reason: 'machine broke' });
    const given = await rfqs(buyer).get({ rfq: id });
    expect(given).toMatchObject({ state: 'awarded', lines: [{ awarded: '400', left: '600' }, {}] });
    expect(given.awards.map(({ quantity, reason }) => [quantity.value, reason])).toEqual([
      ['600', null],
      ['400', null],
      ['-600', 'declined'],
    ]);
    expect(given.awards[2]).toMatchObject({ order: a, by: 'order', supplier: { code: 'one' } });
    expect(await rfqs(one).quotes.get({ quote: first.id })).toMatchObject({ state: 'submitted' });
    expect((await rfqs(buyer).timeline({ rfq: id })).items[0]).toMatchObject({ type: 'rfq.award_released', actor: { kind: 'system' } });
    await floor.as(buyer).orders.withdraw({ order: b, version: 1 });
    expect((await rfqs(buyer).get({ rfq: id })).lines[0]).toMatchObject({ awarded: '0', left: '1000' });

    now = new Date('2026-12-06T00:00:00.000Z');
    const reopened = await rfqs(buyer).reopen({ rfq: id, version: given.version + 1 });
    expect(reopened.state).toBe('open');
    expect(await failure(award(second.id, 'B-3', '1000'))).toBe('rfq.quote_expired');
    expect(await rfqs(two).quotes.revise({ quote: second.id, version: 3, ...offer(lines, '10.5') })).toMatchObject({
      revision: 2,
      state: 'submitted',
    });
    expect(await failure(award(second.id, 'B-3', '1000'))).toBe('rfq.quote_revised');
    expect((await award(second.id, 'B-3', '1000', 2)).rfq.lines[0]).toMatchObject({ awarded: '1000', left: '0' });
    expect(await failure(rfqs(buyer).cancel({ rfq: id, version: reopened.version + 1, reason: 'x' }))).toBe('rfq.something_awarded');
  });

  it('of which an order is cut, canceled or defaulted gives back just what the order gave up', async () => {
    const { id, lines, invitations } = await openRequest(floor, buyer, [one, two], request('A-cut'));
    const [housing] = lines as [string, string];
    const first = await submit(one, invitations[0], 'D1', offer(lines, '10'));
    const second = await submit(two, invitations[1], 'D2', offer(lines, '11'));
    const made = await rfqs(buyer).award({
      rfq: id,
      orders: [
        { quote: first.id, revision: 1, ownNumber: 'D-1', lines: [{ line: housing, quantity: '600' }] },
        { quote: second.id, revision: 1, ownNumber: 'D-2', dueOn: '2026-12-02', lines: [{ line: housing, quantity: '400' }] },
      ],
      final: true,
    });
    const [a, b] = made.orders.map(({ order }) => order) as [string, string];
    const left = async () => (await rfqs(buyer).get({ rfq: id })).lines[0]?.left;
    for (const [who, order] of [
      [one, a],
      [two, b],
    ] as const)
      await floor.as(who).orders.accept({ order, version: 1 });
    // The drawing goes with the order.
    expect((await asOrganization(db, one, (scope) => filesOf(scope, a))).map(({ name }) => name)).toEqual(['housing.step']);

    // A change order that both agree to cuts 600 to 450.
    const line = (await floor.as(buyer).orders.get({ order: a })).lines[0]?.id as string;
    const changed = await floor.as(buyer).orders.changes.propose({
      order: a,
      version: 2,
      reason: 'less is needed',
      terms: { lines: [{ line, quantity: '450' }] },
    });
    expect(await left()).toBe('0');
    const change = (await floor.as(one).orders.changes.list({ order: a })).items[0]?.id as string;
    const agreed = await floor.as(one).orders.changes.accept({ order: a, version: changed.version, change });
    expect(await left()).toBe('150');
    // A cancellation that the supplier agrees to gives the rest of it back.
    const ending = await floor
      .as(buyer)
      .orders.changes.proposeEnd({ order: a, version: agreed.version, kind: 'cancellation', reason: 'stopped' });
    const end = (await floor.as(one).orders.changes.list({ order: a })).items.find(({ state }) => state === 'proposed')?.id as string;
    await floor.as(one).orders.changes.accept({ order: a, version: ending.version, change: end });
    expect(await left()).toBe('600');
    expect(await rfqs(one).quotes.get({ quote: first.id })).toMatchObject({ state: 'submitted' });
    // A default gives back what was not delivered.
    now = new Date('2026-12-05T08:00:00.000Z');
    await floor.as(buyer).orders.declareDefault({ order: b, version: 2, reason: 'nothing came' });
    const after = await rfqs(buyer).get({ rfq: id });
    expect(after.lines[0]).toMatchObject({ awarded: '0', left: '1000' });
    expect(after.awards.map(({ quantity, reason }) => [quantity.value, reason])).toEqual([
      ['600', null],
      ['400', null],
      ['-150', 'reduced'],
      ['-450', 'reduced'],
      ['-400', 'reduced'],
    ]);
    const reopened = await rfqs(buyer).reopen({ rfq: id, version: after.version });
    const again = await rfqs(buyer).award({
      rfq: id,
      orders: [{ quote: first.id, revision: 1, ownNumber: 'D-3', lines: [{ line: housing, quantity: '1000' }] }],
    });
    expect(again.rfq).toMatchObject({ version: reopened.version + 1, lines: [{ awarded: '1000', left: '0' }, {}] });
  });

  it('is not the order’s supplier’s to touch: no policy lets it write or read the ledger', async () => {
    const { id, lines, invitations } = await openRequest(floor, buyer, [one], request('A-rls'));
    const quote = await submit(one, invitations[0], 'R1', offer(lines, '10'));
    await rfqs(buyer).award({ rfq: id, orders: [{ quote: quote.id, revision: 1, ownNumber: 'R-1' }], final: true });
    for (const statement of [
      'update core.rfq_award set quantity = 1',
      'delete from core.rfq_award',
      'update core.rfq_balance set awarded = 0',
    ])
      await expect(asOrganization(db, buyer, (scope) => sql.raw(statement).execute(scope.tx))).rejects.toThrow(/permission denied/);
    await expect(
      asOrganization(db, one, (scope) => sql`select core.release_rfq_awards(order_id, now()) from core.order_line`.execute(scope.tx)),
    ).rejects.toThrow(/permission denied/);
    const insert = (who: TestOrganization, quantity: string) =>
      asOrganization(db, who, (scope) =>
        sql`insert into core.rfq_award (id, rfq_id, buyer, line_id, quote_id, revision, order_id, order_line_id, quantity, reason, entered_at, entered_by)
          select gen_random_uuid(), ${id}, ${buyer.id}, ${lines[0]}, ${quote.id}, 1, l.order_id, l.id, ${quantity}::numeric, ${quantity.startsWith('-') ? 'x' : null}, now(), 'x'
          from core.order_line l limit 1`.execute(scope.tx),
      );
    await expect(insert(one, '1')).rejects.toThrow(/row-level security/);
    await expect(insert(buyer, '-1')).rejects.toThrow(/row-level security/);
    await expect(insert(buyer, '1')).rejects.toThrow(/check constraint/);
  });
});
