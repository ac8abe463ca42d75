import fc from 'fast-check';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../database/index.js';
import { type Currency, canonical, currencies, priced } from '../measure/index.js';
import { asOrganization, createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../testing/index.js';
import { createFloor, type Floor, proposal } from './floor.fixture.js';
import { orderSides, orderStates, orderTransitions } from './order/states.js';
import { offer, openRequest, request, uploadDrawing } from './rfq/rfq.fixture.js';
import { createTrade, type Trade } from './statements/statements.fixture.js';
import { statementStates, statementTransitions } from './statements/states.js';

// What one side could write with nothing but SQL under its own organization, around the tables of states and the ledger.
let db: TestDatabase;
let floor: Floor;
let trade: Trade;
let buyer: TestOrganization;
let supplier: TestOrganization;
const now = new Date('2026-11-28T08:00:00Z');

beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db, { now: () => now });
  buyer = await createTestOrganization(db, 'buyer');
  supplier = await createTestOrganization(db, 'supplier');
  trade = createTrade(floor, { buyer, supplier });
});
afterAll(() => db.close());

const refused = '42501';
const sides = () => ({ buyer, supplier });

/** How many rows the statements touched, or the state of PostgreSQL under which they were refused. */
const raw = (who: TestOrganization, ...statements: RawBuilder<unknown>[]): Promise<string | number> =>
  asOrganization(
    db,
    who,
    async ({ tx }) => {
      let rows = 0;
      for (const statement of statements) rows += Number((await statement.execute(tx)).numAffectedRows ?? 0);
      return rows;
    },
    now,
  ).catch((error: unknown) => (error as { code?: string }).code ?? String(error));

const stateOf = async (table: string, id: string) =>
  (await db.owner.pool.query<{ state: string }>(`select state from core.${table} where id = $1`, [id])).rows[0]?.state;

/** Puts the row into any state, as the owner of the database may. */
const put = (table: string, id: string, columns: string) => db.owner.pool.query(`update core.${table} set ${columns} where id = $1`, [id]);

describe('the state of an order', () => {
  const stops: Record<string, string> = {
    on_hold: `, resumes_to = 'confirmed', held_by = 'buyer', disputed_by = null`,
    disputed: `, resumes_to = 'in_production', held_by = null, disputed_by = 'supplier'`,
  };
  const none = ', resumes_to = null, held_by = null, disputed_by = null';

  /** What the transition table lets this side make of the state alone, without a change order that the other proposed. */
  function allowed(from: (typeof orderStates)[number], side: (typeof orderSides)[number]): Set<string> {
    const agreed = ['accept_change', 'accept_cancellation', 'accept_short_close', 'decline_change', 'withdraw_change'];
    const moves = Object.entries(orderTransitions).filter(([move]) => !agreed.includes(move));
    const next = moves.flatMap(([move, { side: mover, states }]) => {
      const to = states[from];
      if (to === undefined || (mover !== 'either' && mover !== side)) return [];
      if (to !== 'resumed') return [to as string];
      if (move === 'resume') return side === 'buyer' ? ['confirmed'] : [];
      return side === 'supplier' ? ['in_production'] : [];
    });
    return new Set(next.filter((to) => to !== from));
  }

  it('goes where the transition table says, by the side that it says', { timeout: 180_000 }, async () => {
    const { id } = await floor.as(buyer).orders.propose(proposal('supplier', 'OM-1'));
    // Nothing was delivered or billed: its lines let it end any way but unaccepted.
    await put('order_line', (await floor.as(buyer).orders.get({ order: id })).lines[0]?.id as string, `under_tolerance = 100`);
    for (const from of orderStates)
      for (const side of orderSides) {
        const reached = new Set<string>();
        for (const to of orderStates.filter((each) => each !== from)) {
          await put('shared_order', id, `state = '${from}'${stops[from] ?? none}`);
          const stop = to === 'on_hold' || to === 'disputed';
          const by = sql.raw(
            stop
              ? `, resumes_to = '${from}', held_by = ${to === 'on_hold' ? `'${side}'` : 'null'}, disputed_by = ${to === 'disputed' ? `'${side}'` : 'null'}`
              : none,
          );
          const told = await raw(sides()[side], sql`update core.shared_order set state = ${to}${by} where id = ${id}`);
          if (told === 1) reached.add(to);
          else expect([refused, '23514']).toContain(told);
        }
        expect({ from, side, to: [...reached].sort() }).toEqual({ from, side, to: [...allowed(from, side)].sort() });
      }
  });

  it('was ended by one side alone, or with goods under way, or unbilled', async () => {
    const made = await trade.made({ number: 'OM-2' });
    const end = (who: TestOrganization, state: string) =>
      raw(who, sql`update core.shared_order set state = ${state} where id = ${made.order}`);
    expect([await end(buyer, 'canceled'), await end(supplier, 'canceled'), await end(supplier, 'closed')]).toEqual([
      refused,
      refused,
      refused,
    ]);
    const shipmentLine = await trade.delivered(made, '4');
    await trade.inspected(made.order, shipmentLine, { accepted: '4' });
    expect(await end(buyer, 'closed')).toBe(refused);
    await trade.inspected(made.order, await trade.delivered(made, '6'), { accepted: '6' });
    await trade.closed(made.order);
    expect([await end(buyer, 'settled'), await end(supplier, 'settled')]).toEqual([refused, refused]);
    expect(await stateOf('shared_order', made.order)).toBe('closed');
  });

  it('was begun as confirmed, let go by the side that had not stopped it, and canceled by its own proposal', async () => {
    const { id } = await floor.as(buyer).orders.propose(proposal('supplier', 'OM-3'));
    const { version } = await floor.as(supplier).orders.accept({ order: id, version: 1 });
    const held = await floor.as(buyer).orders.hold({ order: id, version, reason: 'drawings' });
    const set = (who: TestOrganization, columns: RawBuilder<unknown>) =>
      raw(who, sql`update core.shared_order set ${columns} where id = ${id}`);
    expect(await set(supplier, sql`held_by = 'supplier'`)).toBe(refused);
    expect(await set(supplier, sql`state = 'confirmed', held_by = null, resumes_to = null`)).toBe(refused);
    const asked = await floor.as(buyer).orders.changes.proposeEnd({ order: id, version: held.version, kind: 'cancellation', reason: 'x' });
    const change = asked.change?.id as string;
    const accept = sql`update core.order_change set state = 'accepted', answered_by = 'x', answered_at = now() where id = ${change}`;
    expect(await raw(buyer, accept)).toBe(refused);
    await floor.as(supplier).orders.changes.decline({ order: id, version: asked.version, change, reason: 'no' });
    // What was answered is not answered again, nor taken up again.
    expect(await raw(supplier, accept)).toBe(refused);
    expect(await set(supplier, sql`change_id = ${change}, change_kind = 'cancellation', change_by = 'buyer'`)).toBe(refused);
    expect(await set(supplier, sql`terms_open = false`)).toBe(refused);
  });
});

describe('amounts', () => {
  it('are what the measure of the platform reckons', async () => {
    const decimals = fc
      .integer({ min: 0, max: 99_999_999 })
      .map((n) => canonical(`${Math.trunc(n / 1000)}.${String(n % 1000).padStart(3, '0')}`));
    const currency = fc.constantFrom(...(Object.keys(currencies) as Currency[]));
    await fc.assert(
      fc.asyncProperty(decimals, decimals, currency, async (quantity, unitPrice, code) => {
        const { rows } = await db.owner.pool.query<{ amount: string }>('select core.line_amount($1, $2, $3)::text as amount', [
          quantity,
          unitPrice,
          code,
        ]);
        expect(canonical(rows[0]?.amount as string)).toBe(priced(quantity, unitPrice, code).amount);
      }),
      { numRuns: 300 },
    );
  });

  it('and totals were written as one side liked, and lines added to an agreed order', async () => {
    const { id, lines } = await floor.as(buyer).orders.propose(proposal('supplier', 'OM-4'));
    const line = lines[0]?.id as string;
    for (const who of [buyer, supplier]) {
      expect(await raw(who, sql`update core.order_line set amount = 1 where id = ${line}`)).toBe(refused);
      expect(await raw(who, sql`update core.shared_order set total = 1 where id = ${id}`)).toBe(refused);
    }
    await floor.as(supplier).orders.accept({ order: id, version: 1 });
    const add = sql`insert into core.order_line (id, order_id, position, description, unit, quantity, unit_price, amount)
      values (${newId()}, ${id}, 9, 'x', 'H87', 1, 1, 1)`;
    expect([await raw(buyer, add), await raw(supplier, add)]).toEqual([refused, refused]);
  });
});

describe('the ledger', () => {
  const entry = (order: string, line: string, who: TestOrganization, kind: string, quantity: string, shipmentLine: string | null = null) =>
    sql`insert into core.order_entry (id, order_id, line_id, kind, quantity, shipment_line_id, evidence, organization, entered_by, entered_at)
      values (${newId()}, ${order}, ${line}, ${kind}, ${quantity}::numeric, ${shipmentLine}, 'agreement', ${who.id}, 'x', now())`;

  it('had goods billed that no statement states, and more ordered than was agreed', async () => {
    const made = await trade.made({ number: 'OM-5' });
    const shipmentLine = await trade.delivered(made, '4');
    await trade.inspected(made.order, shipmentLine, { accepted: '4' });
    for (const who of [buyer, supplier])
      expect(await raw(who, entry(made.order, made.line, who, 'invoiced', '4', shipmentLine))).toBe(refused);
    const first = await db.owner.pool.query<{ id: string }>(`select id from core.order_entry where line_id = $1 and kind = 'ordered'`, [
      made.line,
    ]);
    for (const who of [buyer, supplier]) {
      const less = sql`insert into core.order_entry (id, order_id, line_id, kind, quantity, reverses, evidence, reason, organization, entered_by, entered_at)
        values (${newId()}, ${made.order}, ${made.line}, 'allocated', -1, (select id from core.order_entry where line_id = ${made.line} and kind = 'allocated'),
          'agreement', 'x', ${who.id}, 'x', now()),
        (${newId()}, ${made.order}, ${made.line}, 'ordered', -1, ${first.rows[0]?.id}, 'agreement', 'x', ${who.id}, 'x', now())`;
      expect(await raw(who, less)).toBe(refused);
    }
  });
});

describe('the state of a statement', () => {
  const account = { from: '2026-11-01', to: '2026-11-30', currency: 'CNY' as const };
  const dates: Record<string, string> = {
    draft: 'confirmed_at = null, due_on = null, paid_on = null, payment_reference = null, settled_at = null',
    confirmed: `confirmed_at = '2026-11-28', due_on = '2026-11-28', paid_on = null, payment_reference = null, settled_at = null`,
    paid: `confirmed_at = '2026-11-28', due_on = '2026-11-28', paid_on = '2026-11-28', payment_reference = 'x', settled_at = null`,
    settled: `confirmed_at = '2026-11-28', due_on = '2026-11-28', paid_on = '2026-11-28', payment_reference = 'x', settled_at = '2026-11-28'`,
  };
  const columns = (state: string) => `state = '${state}', ${dates[state] ?? dates['draft']}`;

  it('goes where the transition table says, by the side that it says', { timeout: 120_000 }, async () => {
    const made = await trade.made({ number: 'OM-6' });
    await trade.inspected(made.order, await trade.delivered(made, '4'), { accepted: '4' });
    const { id } = await floor.as(supplier).orders.statements.draft({ buyer: buyer.code, ...account });
    for (const from of statementStates)
      for (const side of orderSides) {
        const reached = new Set<string>();
        for (const to of statementStates.filter((each) => each !== from)) {
          await put('statement', id, columns(from));
          const told = await raw(sides()[side], sql`update core.statement set ${sql.raw(columns(to))} where id = ${id}`);
          if (told === 1) reached.add(to);
          else expect(told).toBe(refused);
        }
        // \`agreed\` is not reached: nobody has confirmed a line.
        const next = Object.values(statementTransitions).flatMap(({ side: mover, states }) =>
          mover === 'either' || mover === side ? [states[from]] : [],
        );
        const allowed = [...new Set(next)].filter((to) => to !== undefined && to !== from && to !== 'agreed').sort();
        expect({ from, side, to: [...reached].sort() }).toEqual({ from, side, to: allowed });
      }
    await put('statement', id, columns('draft'));
    await floor.as(buyer).orders.statements.cancel({ statement: id, version: 1, reason: 'x' });
  });

  it('was confirmed with figures that no line states, and changed afterwards', async () => {
    const { id, version } = await floor.as(supplier).orders.statements.draft({ buyer: buyer.code, ...account });
    await floor.as(supplier).orders.statements.send({ statement: id, version });
    const confirmed = sql`update core.statement set state = 'confirmed', confirmed_at = now(), due_on = '2026-12-01' where id = ${id}`;
    expect([await raw(buyer, confirmed), await raw(supplier, confirmed)]).toEqual([refused, refused]);
    await floor.as(buyer).orders.statements.confirm({ statement: id, version: version + 1 });
    for (const who of [buyer, supplier])
      for (const change of [sql`gross = 1, net = 1, tax = 0`, sql`due_on = '2027-01-01'`, sql`number = 'x'`, sql`line_count = 9`])
        expect(await raw(who, sql`update core.statement set ${change} where id = ${id}`)).toBe(refused);
    const paid = sql`update core.statement set state = 'paid', paid_on = '2026-12-01', payment_reference = 'x', paid_at = now() where id = ${id}`;
    expect(await raw(supplier, paid)).toBe(refused);
    expect(await raw(buyer, paid)).toBe(1);
  });
});

describe('a quote', () => {
  it('got another price after it was submitted', async () => {
    await uploadDrawing(db, buyer);
    const { lines, invitations } = await openRequest(floor, buyer, [supplier], request('OM-7'));
    const submitted = { ...offer(lines, '9'), invitation: invitations[0], version: 1, number: 'Q-OM-7' };
    const { id } = await floor.as(supplier).orders.rfq.quotes.submit(submitted);
    const price = sql`insert into core.rfq_quote_price (quote_id, revision, line_id, from_quantity, unit_price) values (${id}, 1, ${lines[0]}, 777, 1)`;
    expect(await raw(supplier, price)).toBe(refused);
    const { rowCount } = await db.owner.pool.query('delete from core.rfq_quote_price where quote_id = $1', [id]);
    expect(rowCount).toBeGreaterThan(0);
    await db.owner.pool.query('delete from core.rfq_quote_line where quote_id = $1', [id]);
    const line = sql`insert into core.rfq_quote_line (quote_id, revision, line_id, tooling, lead_days) values (${id}, 1, ${lines[0]}, 0, 1)`;
    expect(await raw(supplier, line)).toBe(refused);
  });
});
