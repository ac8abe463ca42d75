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

/** Sends it and lets the buyer confirm everything. */
async function agreed(statement: string) {
  await as(supplier).orders.statements.send({ statement, version: 1 });
  return as(buyer).orders.statements.confirm({ statement, version: 2 });
}

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

  it('credits what came back after it was billed, at the price and tax of that bill, and the whole to the cent', async () => {
    now = new Date('2026-11-21T02:00:00Z');
    const goods = await trade.made({ number: 'PO-return', quantity: '3', unitPrice: '3.335' });
    const shipmentLine = await trade.delivered(goods, '3');
    await trade.inspected(goods.order, shipmentLine, { accepted: '3' });
    const { id: first } = await draft();
    await agreed(first);
    // 3 × 3.335 = 10.005 → 10.00; one unit 3.335 → 3.34 (half even), twice: 6.68; what is left of the bill is 3.32, not 3.34.
    now = new Date('2026-12-05T02:00:00Z');
    await trade.returned(goods.order, shipmentLine, '2');
    expect(await failure(draft())).toBe('statements.nothing_to_state');
    const december = { from: '2026-12-01', to: '2026-12-31', currency: 'CNY' as const, buyer: 'buyer' };
    const credit = await as(supplier).orders.statements.draft(december);
    expect(credit.lines).toMatchObject([
      { kind: 'credit', quantity: { value: '-2' }, net: { amount: '-6.67' }, tax: { amount: '-0.87' }, gross: { amount: '-7.54' } },
    ]);
    expect(credit).toMatchObject({ credited: { amount: '-7.54' }, total: { amount: '-7.54' } });
    await agreed(credit.id);
    expect((await as(buyer).orders.get({ order: goods.order })).lines[0]?.progress).toMatchObject({
      invoiced: '1',
      accepted: '3',
      returned: '2',
    });
    const entries = (await as(buyer).orders.ledger({ order: goods.order, kind: 'invoiced' })).items;
    expect(entries.map(({ quantity, reverses }) => [quantity.value, reverses !== null])).toEqual([
      ['-2', true],
      ['3', false],
    ]);
    await trade.returned(goods.order, shipmentLine, '1');
    const rest = await as(supplier).orders.statements.draft(december);
    expect(rest.lines).toMatchObject([{ kind: 'credit', net: { amount: '-3.33' }, tax: { amount: '-0.43' } }]);
    await agreed(rest.id);
    expect(await findLedgerViolations(db.owner)).toEqual([]);
  });

  it('is one for each currency, and JPY has no minor unit', async () => {
    now = new Date('2026-11-22T02:00:00Z');
    for (const [number, currency, unitPrice] of [
      ['PO-usd', 'USD', '1.005'],
      ['PO-jpy', 'JPY', '10.5'],
    ] as const) {
      const goods = await trade.made({ number, quantity: '1', unitPrice, currency, taxRate: '13' });
      await trade.inspected(goods.order, await trade.delivered(goods, '1'), { accepted: '1' });
    }
    const of = (currency: 'USD' | 'JPY') => as(buyer).orders.statements.request({ supplier: 'supplier', ...november, currency });
    // 1.005 → 1.00, 10.5 → 10: half to the even neighbour; 13 % of 10 is 1.3 → 1.
    expect(await of('USD')).toMatchObject({
      draftedBy: 'buyer',
      side: 'buyer',
      net: { amount: '1' },
      tax: { amount: '0.13' },
      lineCount: 1,
    });
    expect(await of('JPY')).toMatchObject({ net: { amount: '10' }, tax: { amount: '1' }, total: { amount: '11', currency: 'JPY' } });
    expect(await findLedgerViolations(db.owner)).toEqual([]);
  });

  it('is disputed and resolved line by line: adjusted, deducted, left for later, and settles the order that is billed whole', async () => {
    now = new Date('2026-11-23T02:00:00Z');
    const goods = await trade.made({ number: 'PO-dispute', quantity: '10', unitPrice: '10' });
    const shipmentLine = await trade.delivered(goods, '10');
    await trade.inspected(goods.order, shipmentLine, { accepted: '8', rejected: '2' });
    const again = await trade.delivered(goods, '2');
    await trade.inspected(goods.order, again, { accepted: '2' });
    await trade.closed(goods.order);
    const { id: statement, lines } = await draft();
    const [first, second] = lines.map(({ id }) => id) as [string, string];
    await as(supplier).orders.statements.send({ statement, version: 1 });
    const api = (who: TestOrganization) => as(who).orders.statements;
    const rejected = (await as(buyer).orders.ledger({ order: goods.order, kind: 'rejected' })).items[0]?.id as string;
    const accepted = (await as(buyer).orders.ledger({ order: goods.order, kind: 'accepted' })).items[0]?.id as string;

    expect(await failure(api(buyer).deduct({ statement, version: 2, type: 'nonconformance', reason: 'x', amount: '1' }))).toBe(
      'statements.evidence_missing',
    );
    const deduct = { statement, version: 2, type: 'nonconformance' as const, reason: 'sorting by hand' };
    expect(await failure(api(buyer).deduct({ ...deduct, amount: '1', evidence: { entry: accepted } }))).toBe(
      'statements.evidence_not_negative',
    );
    expect(await failure(api(buyer).deduct({ ...deduct, amount: '1', evidence: { entry: statement } }))).toBe(
      'statements.evidence_unknown',
    );
    const deducted = await api(buyer).deduct({
      ...deduct,
      quantity: { value: '2', unit: 'H87' },
      unitPrice: '1.5',
      evidence: { entry: rejected },
    });
    expect(deducted.lines.at(-1)).toMatchObject({
      kind: 'deduction',
      state: 'buyer_confirmed',
      proposedBy: 'buyer',
      entries: [rejected],
      lot: { id: goods.lot },
      shipment: { line: shipmentLine },
      net: { amount: '-3' },
      tax: { amount: '-0.39' },
      gross: { amount: '-3.39' },
    });
    const added = await api(supplier).add({
      statement,
      version: 3,
      type: 'freight',
      reason: 'agreed',
      amount: '20',
      taxRate: '9',
      evidence: { order: goods.order },
    });
    const [deduction, addition] = added.lines.slice(2).map(({ id }) => id) as [string, string];
    expect(added).toMatchObject({ deducted: { amount: '-3.39' }, total: { amount: '131.41' } });

    await api(buyer).dispute({ statement, version: 4, line: first, reason: 'only 7 are in the book' });
    expect(await failure(api(buyer).confirm({ statement, version: 5, lines: [first] }))).toBe('statements.line_state');
    expect(await failure(api(supplier).withdrawDispute({ statement, version: 5, line: first }))).toBe('statements.not_your_dispute');
    expect(await failure(api(buyer).exclude({ statement, version: 5, line: first, reason: 'x' }))).toBe('statements.not_your_claim');
    expect(await failure(api(supplier).adjust({ statement, version: 5, line: first, reason: 'x', quantity: '9' }))).toBe(
      'statements.quantity_unavailable',
    );
    expect(await failure(api(supplier).adjust({ statement, version: 5, line: first, reason: 'x', amount: '9' }))).toBe(
      'statements.adjusts_quantity',
    );
    expect(await failure(api(supplier).adjust({ statement, version: 4, line: first, reason: 'x', quantity: '7' }))).toBe(
      'statements.version_stale',
    );
    const adjusted = await api(supplier).adjust({ statement, version: 5, line: first, reason: 'one is counted later', quantity: '7' });
    expect(adjusted.lines[0]).toMatchObject({
      state: 'supplier_confirmed',
      revision: 2,
      adjusted: true,
      net: { amount: '70' },
      dispute: null,
    });
    expect(adjusted.lines[0]?.revisions).toMatchObject([
      { revision: 1, cause: 'collected', net: { amount: '80' } },
      { revision: 2, cause: 'adjusted', side: 'supplier', reason: 'one is counted later', net: { amount: '70' } },
    ]);
    await api(supplier).exclude({ statement, version: 6, line: second, reason: 'next month' });
    // What is agreed stays when the evidence is collected again.
    expect((await api(buyer).refresh({ statement, version: 7 })).lines.map(({ state }) => state)).toEqual([
      'supplier_confirmed',
      'excluded',
      'buyer_confirmed',
      'supplier_confirmed',
    ]);
    await api(supplier).confirm({ statement, version: 8, lines: [deduction] });
    expect(await failure(api(supplier).confirm({ statement, version: 9 }))).toBe('statements.nothing_to_confirm');
    const confirmed = await api(buyer).confirm({ statement, version: 9 });
    // 70 + 9.10, −3.39, 20 + 1.80
    expect(confirmed).toMatchObject({ state: 'confirmed', total: { amount: '97.51' }, lineCount: 3 });
    expect(confirmed.taxes).toMatchObject([
      { rate: '13', net: { amount: '70' }, tax: { amount: '9.1' } },
      { rate: '9', net: { amount: '20' }, tax: { amount: '1.8' } },
    ]);
    expect(confirmed.lines.find(({ id }) => id === addition)).toMatchObject({ state: 'confirmed', invoiced: null });
    expect((await as(buyer).orders.get({ order: goods.order })).state).toBe('closed');
    expect(await failure(as(buyer).orders.settle({ order: goods.order, version: await trade.version(goods.order) }))).toBe(
      'orders.not_invoiced',
    );
    expect(await findLedgerViolations(db.owner)).toEqual([]);

    const later = await draft();
    expect(later.lines.map(({ quantity }) => quantity?.value)).toEqual(['1', '2']);
    await agreed(later.id);
    expect((await as(supplier).orders.get({ order: goods.order })).state).toBe('settled');
    expect((await as(buyer).orders.timeline({ order: goods.order })).items[0]?.type).toBe('orders.settled');
    expect(await findLedgerViolations(db.owner)).toEqual([]);
  });

  it('settles an order billed before it is closed, at the close', async () => {
    const goods = await trade.made({ number: 'PO-billed-first', quantity: '5', unitPrice: '2' });
    const shipmentLine = await trade.delivered(goods, '5');
    await trade.inspected(goods.order, shipmentLine, { accepted: '5' });
    await agreed((await draft('ST-billed-first')).id);
    expect((await as(buyer).orders.get({ order: goods.order })).state).toBe('in_delivery');
    const before = await trade.version(goods.order);
    expect(await trade.closed(goods.order)).toMatchObject({ state: 'settled', version: before + 2, waitingFor: { move: null } });
    const { items } = await as(supplier).orders.timeline({ order: goods.order });
    expect(items.slice(0, 2).map(({ type }) => type)).toEqual(['orders.settled', 'orders.closed']);
    expect(await findLedgerViolations(db.owner)).toEqual([]);
  });

  it('settles an order billed before it is closed short, and one billed while it was in dispute', async () => {
    const short = await trade.made({ number: 'PO-billed-short', quantity: '5', unitPrice: '2' });
    await trade.inspected(short.order, await trade.delivered(short, '3'), { accepted: '3' });
    const stopped = await trade.made({ number: 'PO-billed-stopped', quantity: '5', unitPrice: '2' });
    await trade.inspected(stopped.order, await trade.delivered(stopped, '5'), { accepted: '5' });
    await trade.closed(stopped.order);
    const version = () => trade.version(stopped.order);
    await as(buyer).orders.dispute({ order: stopped.order, version: await version(), reason: 'a shade too dark' });
    await agreed((await draft('ST-billed-short')).id);
    expect((await as(buyer).orders.get({ order: stopped.order })).state).toBe('disputed');
    const resolved = await as(buyer).orders.resolve({ order: stopped.order, version: await version(), resolution: 'as agreed' });
    expect(resolved.state).toBe('settled');
    const ending = { order: short.order, version: await trade.version(short.order), reason: 'enough' };
    const { version: proposed, change } = await as(buyer).orders.changes.proposeEnd({ ...ending, kind: 'short_close' });
    const ended = await as(supplier).orders.changes.accept({ order: short.order, version: proposed, change: change?.id as string });
    expect(ended).toMatchObject({ state: 'settled', total: { amount: '6' } });
    expect(await findLedgerViolations(db.owner)).toEqual([]);
  });

  it('is refused, naming the line, when goods go back between draft and confirmation; collected again it stands', async () => {
    now = new Date('2026-11-24T02:00:00Z');
    const goods = await trade.made({ number: 'PO-between', quantity: '5', unitPrice: '2' });
    const shipmentLine = await trade.delivered(goods, '5');
    await trade.inspected(goods.order, shipmentLine, { accepted: '5' });
    const { id: statement } = await draft('ST-between');
    await as(supplier).orders.statements.send({ statement, version: 1 });
    await trade.returned(goods.order, shipmentLine, '2');
    const refused = as(buyer).orders.statements.confirm({ statement, version: 2 });
    await expect(refused).rejects.toThrow(/Line 1 of statement ST-between states 5 H87, but only 3 H87/);
    expect(await failure(as(buyer).orders.statements.confirm({ statement, version: 2 }))).toBe('statements.line_outdated');
    const refreshed = await as(buyer).orders.statements.refresh({ statement, version: 2 });
    expect(refreshed.lines).toMatchObject([{ state: 'open', revision: 2, quantity: { value: '3' }, net: { amount: '6' } }]);
    await as(supplier).orders.statements.confirm({ statement, version: 3 });
    expect(await as(buyer).orders.statements.confirm({ statement, version: 4 })).toMatchObject({
      state: 'confirmed',
      net: { amount: '6' },
    });
    expect(await findLedgerViolations(db.owner)).toEqual([]);
  });

  it('of many drafts at once one holds the goods, and of many confirmations against a return one order comes out', async () => {
    now = new Date('2026-11-25T02:00:00Z');
    const goods = await trade.made({ number: 'PO-race', quantity: '6', unitPrice: '2' });
    const other = await trade.made({ number: 'PO-race-2', quantity: '6', unitPrice: '2' });
    const shipmentLine = await trade.delivered(goods, '6');
    await trade.inspected(goods.order, shipmentLine, { accepted: '6' });
    await trade.inspected(other.order, await trade.delivered(other, '6'), { accepted: '6' });
    const request = () => as(buyer).orders.statements.request({ supplier: 'supplier', ...november });
    const drafts = await Promise.allSettled(Array.from({ length: 8 }, (_, n) => (n % 2 ? draft() : request())));
    const made = drafts.filter((each) => each.status === 'fulfilled');
    expect(made).toHaveLength(1);
    for (const each of drafts)
      if (each.status === 'rejected')
        expect(await failure(Promise.reject(each.reason))).toMatch(/^statements\.(nothing_to_state|claimed_elsewhere)$/);
    const statement = made[0]?.value.id as string;
    await as(supplier).orders.statements.send({ statement, version: 1 });
    const outcomes = await Promise.all([
      ...Array.from({ length: 4 }, () => failure(as(buyer).orders.statements.confirm({ statement, version: 2 }))),
      failure(trade.returned(goods.order, shipmentLine, '1')),
    ]);
    const returned = outcomes.pop();
    expect(returned).toBe('nothing failed');
    const won = outcomes.filter((code) => code === 'nothing failed').length;
    expect(
      outcomes.filter(
        (code) => !['nothing failed', 'statements.version_stale', 'statements.wrong_state', 'statements.line_outdated'].includes(code),
      ),
    ).toEqual([]);
    expect(won).toBe(outcomes.includes('statements.line_outdated') ? 0 : 1);
    expect(await findLedgerViolations(db.owner)).toEqual([]);
  });

  it('is listed by counterparty, state, period and what is overdue, page by page', async () => {
    now = new Date('2026-11-26T02:00:00Z');
    const ids: string[] = [];
    for (const number of ['PO-list-1', 'PO-list-2', 'PO-list-3']) {
      const goods = await trade.made({ number, quantity: '1', paymentDays: number === 'PO-list-1' ? 10 : 60 });
      await trade.inspected(goods.order, await trade.delivered(goods, '1'), { accepted: '1' });
      const { id } = await draft();
      await agreed(id);
      ids.push(id);
      now = new Date(now.getTime() + 1000);
    }
    const list = (input: object) => as(buyer).orders.statements.list(input);
    const inNovember = { state: 'confirmed', to: '2026-11-30' };
    const first = await list({ ...inNovember, limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
    expect((await list({ ...inNovember, limit: 1, cursor: first.next as string })).items[0]?.id).toBe(ids[0]);
    expect((await list({ counterparty: 'stranger' })).items).toEqual([]);
    expect((await list({ counterparty: 'nobody' })).items).toEqual([]);
    expect((await list({ from: '2027-01-01' })).items).toEqual([]);
    expect((await list({ side: 'supplier' })).items).toEqual([]);
    const shown = ids[0] as string;
    const isOverdue = async () => (await list({ overdue: true })).items.some(({ id }) => id === shown);
    // Confirmed on 26 November in Shanghai, ten days to pay: due on 6 December, overdue on the 7th.
    now = new Date('2026-12-06T15:59:59Z');
    expect(await isOverdue()).toBe(false);
    now = new Date('2026-12-06T16:00:00Z');
    expect(await isOverdue()).toBe(true);
    expect(await as(buyer).orders.statements.get({ statement: shown })).toMatchObject({ dueOn: '2026-12-06', daysOverdue: 1 });
    const aged = (await as(buyer).orders.statements.ageing({ counterparty: 'supplier' })).items.filter(
      ({ currency }) => currency === 'CNY',
    );
    expect(aged).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ side: 'buyer', fromDays: 1, toDays: 30 }),
        expect.objectContaining({ fromDays: null, toDays: 0 }),
      ]),
    );
  });

  it('refuses what cannot be stated', async () => {
    expect(await failure(as(supplier).orders.statements.draft({ buyer: 'nobody', ...november }))).toBe('statements.counterparty_unknown');
    expect(await failure(as(supplier).orders.statements.draft({ buyer: 'supplier', ...november }))).toBe('statements.counterparty_is_self');
    expect(await failure(as(supplier).orders.statements.draft({ buyer: 'buyer', ...november, to: '2026-10-01' }))).toBe(
      'statements.period_reversed',
    );
    expect(await failure(as(supplier).orders.statements.draft({ buyer: 'stranger', ...november }))).toBe('statements.nothing_to_state');
    expect(await failure(as(buyer).orders.statements.draft({ buyer: 'supplier', ...november }))).toBe('statements.nothing_to_state');
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
