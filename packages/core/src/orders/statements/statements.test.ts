import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import { createFloor, type Floor, failure } from '../floor.fixture.js';
import { findLedgerViolations } from '../index.js';
import { createTrade, type Trade } from './statements.fixture.js';

let db: TestDatabase;
let as: Floor['as'];
let trade: Trade;
let buyer: TestOrganization;
let supplier: TestOrganization;
let stranger: TestOrganization;
let now = new Date('2026-11-20T02:00:00Z');

beforeAll(async () => {
  db = await createTestDatabase();
  const floor = createFloor(db, { now: () => now });
  as = floor.as;
  const made = await Promise.all(['buyer', 'supplier', 'stranger'].map((code) => createTestOrganization(db, code)));
  [buyer, supplier, stranger] = made as [TestOrganization, TestOrganization, TestOrganization];
  trade = createTrade(floor, { buyer, supplier });
});
afterAll(() => db.close());

const november = { from: '2026-11-01', to: '2026-11-30', currency: 'CNY' as const };
const draft = (number?: string) => as(supplier).orders.statements.draft({ buyer: 'buyer', ...november, ...(number ? { number } : {}) });

describe('a statement', () => {
  it('bills what was accepted of partial shipments, a concession too and a rejection not, to the cent', async () => {
    now = new Date('2026-11-20T02:00:00Z');
    const goods = await trade.made({ number: 'PO-1', quantity: '10', unitPrice: '3.335', paymentDays: 30 });
    const first = await trade.delivered(goods, '7');
    await trade.inspected(goods.order, first, { accepted: '4', conceded: '2', rejected: '1', reduction: '12.5' });
    const second = await trade.delivered(goods, '3');
    await trade.inspected(goods.order, second, { accepted: '3' });

    const drafted = await draft('ST-1');
    // 4 × 3.335 = 13.34, 2 × 3.335 × 87.5 % = 5.83625, 3 × 3.335 = 10.005 → 10.00 (half even); 13 % of each: 1.7342, 0.7592, 1.30.
    expect(
      drafted.lines.map(({ quantity, net, tax, gross, acceptedAs }) => [acceptedAs, quantity?.value, net.amount, tax.amount, gross.amount]),
    ).toEqual([
      ['accepted', '4', '13.34', '1.73', '15.07'],
      ['conceded', '2', '5.84', '0.76', '6.6'],
      ['accepted', '3', '10', '1.3', '11.3'],
    ]);
    expect(drafted).toMatchObject({
      number: 'ST-1',
      version: 1,
      state: 'draft',
      side: 'supplier',
      net: { amount: '29.18', currency: 'CNY' },
      tax: { amount: '3.79' },
      total: { amount: '32.97' },
      dueOn: null,
      lineCount: 3,
    });
    for (const line of drafted.lines) {
      expect(line).toMatchObject({
        state: 'open',
        order: { id: goods.order, number: 'PO-1' },
        orderLine: goods.line,
        acceptedOn: '2026-11-20',
      });
      expect(line.entries).toHaveLength(1);
    }
    const { items } = await as(buyer).orders.ledger({ order: goods.order, kind: 'accepted' });
    expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining([...(drafted.lines[0]?.entries ?? [])]));

    const statement = drafted.id;
    expect(await failure(as(buyer).orders.statements.confirm({ statement, version: 1 }))).toBe('statements.wrong_state');
    expect(await failure(as(buyer).orders.statements.send({ statement, version: 1 }))).toBe('statements.not_your_move');
    const sent = await as(supplier).orders.statements.send({ statement, version: 1 });
    expect(sent.lines.map(({ state }) => state)).toEqual(['supplier_confirmed', 'supplier_confirmed', 'supplier_confirmed']);
    const half = await as(buyer).orders.statements.confirm({ statement, version: 2, lines: [sent.lines[0]?.id as string] });
    expect(half).toMatchObject({ state: 'sent', version: 3 });
    expect(half.lines[0]).toMatchObject({ state: 'confirmed', buyerConfirmed: { at: now.toISOString() } });
    expect(await findLedgerViolations(db.owner)).toEqual([]);
    const confirmed = await as(buyer).orders.statements.confirm({ statement, version: 3 });
    expect(confirmed).toMatchObject({ state: 'confirmed', dueOn: '2026-12-20', total: { amount: '32.97' } });
    expect(confirmed.dues).toEqual([{ dueOn: '2026-12-20', amount: { amount: '32.97', currency: 'CNY' } }]);
    expect((await as(supplier).orders.get({ order: goods.order })).lines[0]?.progress).toMatchObject({
      invoiced: '9',
      accepted: '7',
      conceded: '2',
    });
    const invoiced = (await as(supplier).orders.ledger({ order: goods.order, kind: 'invoiced' })).items;
    expect(invoiced.map(({ id }) => id).sort()).toEqual(confirmed.lines.map(({ invoiced: entry }) => entry as string).sort());
    expect(await findLedgerViolations(db.owner)).toEqual([]);
    expect(await failure(draft())).toBe('statements.nothing_to_state');

    const paid = await as(buyer).orders.statements.pay({ statement, version: 4, paidOn: '2026-11-20', reference: 'BANK-1' });
    expect(paid).toMatchObject({ state: 'paid', payment: { paidOn: '2026-11-20', reference: 'BANK-1' } });
    const refused = await as(supplier).orders.statements.refusePayment({ statement, version: 5, reason: 'not on the account' });
    expect(refused).toMatchObject({ state: 'confirmed', payment: null, reason: 'not on the account' });
    await as(buyer).orders.statements.pay({ statement, version: 6, paidOn: '2026-11-20', reference: 'BANK-2' });
    expect(await as(supplier).orders.statements.acknowledge({ statement, version: 7 })).toMatchObject({ state: 'settled' });
    expect((await as(buyer).orders.statements.timeline({ statement })).items.map(({ type }) => type)).toEqual([
      'orders.statement_settled',
      'orders.statement_paid',
      'orders.statement_payment_refused',
      'orders.statement_paid',
      'orders.statement_confirmed',
      'orders.statement_lines_confirmed',
      'orders.statement_lines_confirmed',
      'orders.statement_sent',
      'orders.statement_drafted',
    ]);
  });

  it('is nothing to a stranger, and its history cannot be rewritten', async () => {
    now = new Date('2026-11-20T02:00:00Z');
    const goods = await trade.made({ number: 'PO-hidden', quantity: '1' });
    await trade.inspected(goods.order, await trade.delivered(goods, '1'), { accepted: '1' });
    const { id: statement } = await draft();
    expect(await failure(as(stranger).orders.statements.get({ statement }))).toBe('request.not_found');
    expect(await failure(as(stranger).orders.statements.confirm({ statement, version: 9 }))).toBe('request.not_found');
    expect((await as(stranger).orders.statements.list({})).items).toEqual([]);
    expect((await as(stranger).orders.statements.list({ order: goods.order })).items).toEqual([]);
    expect((await as(buyer).orders.statements.list({ order: goods.order })).items.map(({ id }) => id)).toEqual([statement]);
    const { runtime } = db.database;
    for (const tampering of [
      `update core.statement_line_revision set gross = 1`,
      `delete from core.statement_line_revision`,
      `update core.statement_line set shipment_line_id = null`,
      `delete from core.statement_line`,
      `update core.statement set buyer = supplier`,
      `delete from core.statement`,
    ])
      await expect(runtime.pool.query(tampering)).rejects.toThrow(/permission denied/);
    await as(supplier).orders.statements.cancel({ statement, version: 1, reason: 'mistake' });
    expect(await findLedgerViolations(db.owner)).toEqual([]);
  });
});
