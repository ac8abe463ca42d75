import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecord } from '../access/index.js';
import { newId } from '../database/index.js';
import { asOrganization, createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../testing/index.js';
import { createFloor, type Floor, proposal } from './floor.fixture.js';
import { offer, openRequest, request, uploadDrawing } from './rfq/rfq.fixture.js';
import { createTrade } from './statements/statements.fixture.js';
import { createTrade as createChain } from './subcontract/chain.fixture.js';

// What one side could do to the other with nothing but SQL under its own organization: every one of these went through once.
let db: TestDatabase;
let floor: Floor;
let buyer: TestOrganization;
let supplier: TestOrganization;
let outsider: TestOrganization;
const now = new Date('2026-11-28T08:00:00Z');

beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db, { now: () => now });
  buyer = await createTestOrganization(db, 'buyer');
  supplier = await createTestOrganization(db, 'supplier');
  outsider = await createTestOrganization(db, 'outsider');
  await uploadDrawing(db, buyer);
});
afterAll(() => db.close());

const refused = '42501';
const unrelated = '23503';

/** How many rows the statement touched, or the state of PostgreSQL under which it was refused. */
const raw = (who: TestOrganization, statement: RawBuilder<unknown>): Promise<string | number> =>
  asOrganization(db, who, async ({ tx }) => Number((await statement.execute(tx)).numAffectedRows ?? 0), now).catch(
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  );

describe('a request for quotes', () => {
  it('was opened to an accomplice by an invitation in the name of somebody else', async () => {
    const { id } = await openRequest(floor, buyer, [supplier], request('OS-1'));
    const invitation = newId<'record'>();
    const forged = asOrganization(db, supplier, async (scope) => {
      const parties = [
        { organization: supplier.id, role: 'buyer' },
        { organization: outsider.id, role: 'supplier' },
      ];
      await createRecord(scope, { id: invitation, kind: 'rfq_invitation', parties });
      await sql`insert into core.rfq_invitation (id, rfq_id, buyer, supplier, state, standing, number, title, respond_by, invited_at, changed_at)
        values (${invitation}, ${id}, ${supplier.id}, ${outsider.id}, 'invited', 'open', 'x', 'x', now(), now(), now())`.execute(scope.tx);
    });
    await expect(forged).rejects.toMatchObject({ code: unrelated });
  });

  it('was kept open by the supplier, and its confidentiality terms accepted by the buyer', async () => {
    const confidentiality = { version: '1', text: 'Keep it.' };
    const { invitations } = await openRequest(floor, buyer, [supplier], request('OS-2', { confidentiality }));
    const [invitation] = invitations;
    const set = (who: TestOrganization, change: RawBuilder<unknown>) =>
      raw(who, sql`update core.rfq_invitation set ${change} where id = ${invitation}`);
    expect(await set(supplier, sql`respond_by = respond_by + interval '1 year'`)).toBe(refused);
    expect(await set(supplier, sql`standing = 'closed'`)).toBe(refused);
    expect(await set(buyer, sql`accepted_at = now(), accepted_by = 'x'`)).toBe(refused);
    expect(await set(buyer, sql`state = 'declined'`)).toBe(refused);
  });

  it('had its award made by the supplier, and its quote changed by the buyer', async () => {
    const { lines, invitations } = await openRequest(floor, buyer, [supplier], request('OS-3'));
    const submitted = { ...offer(lines, '9'), invitation: invitations[0], version: 1, number: 'Q-OS-3' };
    const { id } = await floor.as(supplier).orders.rfq.quotes.submit(submitted);
    const set = (who: TestOrganization, change: RawBuilder<unknown>) => raw(who, sql`update core.rfq_quote set ${change} where id = ${id}`);
    expect(await set(supplier, sql`state = 'awarded'`)).toBe(refused);
    expect(await set(buyer, sql`valid_until = valid_until + interval '1 year'`)).toBe(refused);
    expect(await set(buyer, sql`state = 'withdrawn'`)).toBe(refused);
  });
});

describe('an agreed order', () => {
  it('had its price, quantity and terms changed by one side alone', async () => {
    const { id: order, lines } = await floor.as(buyer).orders.propose(proposal('supplier', 'OS-4'));
    // While it is proposed, its buyer may still write it anew; whoever is to accept it may not.
    const cheaper = sql`update core.order_line set unit_price = 11 where order_id = ${order}`;
    const other = sql`update core.order_line set unit_price = 99 where order_id = ${order}`;
    expect([await raw(buyer, cheaper), await raw(supplier, other)]).toEqual([1, refused]);
    await floor.as(supplier).orders.accept({ order, version: 1 });
    const line = lines[0]?.id as string;
    const setLine = (who: TestOrganization, change: RawBuilder<unknown>) =>
      raw(who, sql`update core.order_line set ${change} where id = ${line}`);
    for (const change of [sql`unit_price = 1`, sql`quantity = 9`, sql`tax_rate = 0.5`, sql`over_tolerance = 50`, sql`description = 'x'`]) {
      expect(await setLine(buyer, change)).toBe(refused);
      expect(await setLine(supplier, change)).toBe(refused);
    }
    const set = (change: RawBuilder<unknown>) => raw(supplier, sql`update core.shared_order set ${change} where id = ${order}`);
    for (const change of [sql`due_on = '2099-01-01'`, sql`payment_days = 0`, sql`incoterms = 'EXW', incoterms_place = 'x'`])
      expect(await set(change)).toBe(refused);
  });

  it('had an organization rated and complained of that has nothing to do with it', async () => {
    const { id: order } = await floor.as(buyer).orders.propose(proposal('supplier', 'OS-5'));
    const rate = sql`insert into core.order_rating (id, order_id, organization, side, rated, delivery, quality, communication, rated_by, rated_at, changed_at)
      values (${newId()}, ${order}, ${buyer.id}, 'buyer', ${outsider.id}, 1, 1, 1, 'x', now(), now())`;
    expect(await raw(buyer, rate)).toBe(refused);
    const id = newId<'record'>();
    const complain = asOrganization(db, buyer, async (scope) => {
      const parties = [
        { organization: buyer.id, role: 'complainant' },
        { organization: outsider.id, role: 'respondent' },
      ];
      await createRecord(scope, { id, kind: 'complaint', parties });
      await sql`insert into core.complaint (id, order_id, order_number, complainant, respondent, number, state, category, subject_kind, subject_id,
          subject_label, text, answer_due_at, resolution_due_at, filed_at, changed_at)
        values (${id}, ${order}, 'x', ${buyer.id}, ${outsider.id}, 'OS-5', 'filed', 'quality', 'order', ${order}, 'x', 'x', now(), now(), now(), now())`.execute(
        scope.tx,
      );
    });
    await expect(complain).rejects.toMatchObject({ code: refused });
  });
});

describe('a statement', () => {
  it('was confirmed in the name of the other side, and lost goods to a statement of strangers', async () => {
    const trade = createTrade(floor, { buyer, supplier });
    const made = await trade.made({ number: 'OS-6' });
    const shipmentLine = await trade.delivered(made, '4');
    await trade.inspected(made.order, shipmentLine, { accepted: '4' });
    const account = { from: '2026-11-01', to: '2026-11-30', currency: 'CNY' as const };
    const { id, version } = await floor.as(supplier).orders.statements.draft({ buyer: buyer.code, ...account });
    await floor.as(supplier).orders.statements.send({ statement: id, version });
    const set = (who: TestOrganization, change: RawBuilder<unknown>) =>
      raw(who, sql`update core.statement_line set ${change} where statement_id = ${id}`);
    expect(await set(supplier, sql`state = 'confirmed', buyer_confirmed_by = 'x', buyer_confirmed_at = now()`)).toBe(refused);
    // The supplier stands by its figures; the buyer may not put others under its name.
    expect(await set(buyer, sql`net = 1, tax = 0, gross = 1`)).toBe(refused);
    await floor.as(supplier).orders.statements.cancel({ statement: id, version: version + 1, reason: 'x' });

    const theirs = createTrade(floor, { buyer: outsider, supplier });
    const other = await theirs.made({ number: 'OS-7' });
    const otherLine = await theirs.delivered(other, '4');
    await theirs.inspected(other.order, otherLine, { accepted: '4' });
    const foreign = await floor.as(outsider).orders.statements.request({ supplier: supplier.code, ...account });
    expect(
      await raw(outsider, sql`insert into core.statement_claim (shipment_line_id, statement_id) values (${shipmentLine}, ${foreign.id})`),
    ).toBe(refused);
  });
});

describe('a sub-order', () => {
  it('told the buyer of the line which entries came by which allocation', async () => {
    const chain = createChain(floor);
    const order = await chain.agreed(buyer, supplier, ['10']);
    const line = order.lines[0]?.id as string;
    const { subOrder } = await chain.subOrder(supplier, order.id, line, outsider, '6');
    await chain.delivered(supplier, outsider, subOrder, '6');
    const seen = await asOrganization(
      db,
      buyer,
      async ({ tx }) =>
        (
          await sql<{ allocation_id: string | null }>`
          select allocation_id from core.order_entry where order_id = ${order.id} and kind = 'produced'`.execute(tx)
        ).rows,
    );
    expect(seen).toEqual([{ allocation_id: null }]);
  });

  it('let a stranger follow what a line of others still orders', async () => {
    const chain = createChain(floor);
    const own = await chain.agreed(buyer, supplier, ['10']);
    const foreign = await chain.agreed(buyer, outsider, ['5']);
    const allocate = sql`insert into core.order_allocation (id, order_id, line_id, supplier, factory, quantity, sub_order_id, sub_line_id, created_at)
      values (${newId()}, ${own.id}, ${own.lines[0]?.id}, ${supplier.id}, ${supplier.id}, 1, ${foreign.id}, ${foreign.lines[0]?.id}, now())`;
    expect(await raw(supplier, allocate)).toBe(refused);
  });
});
