import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asOrganization, createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../testing/index.js';
import { createFloor, type Floor, failure, proposal } from './floor.fixture.js';
import { findLedgerViolations, orderEvents } from './index.js';

let db: TestDatabase;
let floor: Floor;
let buyer: TestOrganization;
let supplier: TestOrganization;
let rival: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db);
  buyer = await createTestOrganization(db, 'buyer');
  supplier = await createTestOrganization(db, 'supplier');
  rival = await createTestOrganization(db, 'rival');
});
afterAll(() => db.close());

const as = (who: TestOrganization, key?: string) => floor.as(who, key);

describe('the shared order', () => {
  it('goes from proposal to closed, made by a machine, with the same record on both sides', async () => {
    const machine = await floor.machine(supplier);
    const proposed = await as(buyer).orders.propose(proposal('supplier', 'PO-1'));
    expect(proposed).toMatchObject({ state: 'proposed', version: 1, side: 'buyer', total: { amount: '125', currency: 'CNY' } });
    expect(proposed.waitingFor).toMatchObject({ side: 'supplier', own: false, words: { en: 'Waiting for supplier Ltd to accept' } });
    const order = proposed.id;
    const line = proposed.lines[0]?.id as string;

    const seen = await as(supplier).orders.get({ order });
    expect(seen).toMatchObject({ side: 'supplier', number: 'PO-1', ownNumber: null });
    expect(seen.moves.map(({ move, allowed }) => [move, allowed])).toEqual([
      ['accept', true],
      ['decline', true],
    ]);

    await as(supplier).orders.accept({ order, version: 1, ownNumber: 'SO-1' });
    const started = await as(supplier).orders.start({ order, version: 2, line, equipment: machine, lotCode: 'LOT-1' });
    expect(started.order).toMatchObject({ state: 'in_production', version: 3 });
    expect(started.order.moves.find(({ move }) => move === 'ship')).toMatchObject({
      allowed: false,
      reason: { code: 'orders.nothing_to_ship' },
    });

    await floor.publish(machine, [
      { type: 'run_started', run: 1, program: 'P1' },
      { type: 'run_ended', run: 1 },
      { type: 'count', good: 4, scrap: 1 },
      { type: 'count', good: 6 },
    ]);
    await floor.projector.drain();
    const progressed = await as(buyer).orders.get({ order });
    expect(progressed.version).toBe(3);
    expect(progressed.lines[0]?.progress).toMatchObject({ ordered: '10', produced: '10', producedByHand: '0', shipped: '0' });

    const job = await as(supplier).production.jobs.get({ job: started.job });
    expect(job).toMatchObject({ good: '10', scrap: '1', lots: [{ good: '10', scrap: '1' }] });
    const shipment = { order, version: 3, lines: [{ line, lot: started.lot, quantity: '10' }] };
    expect(await failure(as(supplier).orders.ship(shipment))).toBe('lifecycle.not_released');
    expect(await failure(as(buyer).lifecycle.lots.get({ lot: started.lot }))).toBe('request.not_found');
    await as(supplier).production.lots.close({ job: started.job, version: job.version, lot: started.lot });
    const check = await as(supplier).lifecycle.lots.checkRelease({ lot: started.lot });
    expect(check).toMatchObject({
      releasable: true,
      findings: [{ predicate: 'lifecycle.not_empty' }, { predicate: 'production.runs_complete', holds: true }],
    });
    await as(supplier).lifecycle.lots.release({ lot: started.lot, version: check.lot.version });

    const shipped = await as(supplier).orders.ship(shipment);
    expect(shipped.state).toBe('in_delivery');
    expect(await as(buyer).lifecycle.lots.get({ lot: started.lot })).toMatchObject({ code: 'LOT-1', own: false, state: 'shipped' });
    const [delivered] = (await as(buyer).orders.get({ order })).shipments;
    expect(delivered?.lines).toMatchObject([{ lot: { code: 'LOT-1' }, quantity: { value: '10', unit: 'H87' } }]);
    const shipmentLine = delivered?.lines[0]?.id as string;

    await as(buyer).orders.receive({ order, version: 4, shipment: delivered?.id as string });
    const inspected = await as(buyer).orders.inspect({ order, version: 5, lines: [{ shipmentLine, accepted: '10' }] });
    expect(inspected.waitingFor).toMatchObject({ move: 'close', own: true });
    expect(await as(buyer).orders.close({ order, version: 6 })).toMatchObject({
      state: 'closed',
      waitingFor: { side: 'supplier', move: 'settle' },
    });

    const timeline = await as(buyer).orders.timeline({ order });
    expect(timeline.items.map((item) => item.type).reverse()).toEqual([
      'orders.proposed',
      'orders.accepted',
      'orders.started',
      'orders.progressed',
      'orders.shipped',
      'orders.received',
      'orders.inspected',
      'orders.closed',
    ]);
    for (const { type, body } of timeline.items)
      expect(orderEvents[type as keyof typeof orderEvents].safeParse(body).error).toBeUndefined();
    expect(JSON.stringify(timeline)).not.toContain('machine');
    const ledger = await as(buyer).orders.ledger({ order });
    expect(ledger.items.map(({ kind, quantity, evidence }) => `${kind} ${quantity.value} ${evidence}`)).toEqual([
      'accepted 10 person',
      'received 10 person',
      'shipped 10 person',
      'produced 10 device',
      'allocated 10 agreement',
      'ordered 10 agreement',
    ]);
    expect(floor.problems).toEqual([]);
    expect(await findLedgerViolations(db.owner)).toEqual([]);
  });

  it('is absent for everyone else, in every procedure', async () => {
    const { id: order } = await as(buyer).orders.propose(proposal('supplier', 'PO-hidden'));
    expect(await failure(as(rival).orders.get({ order }))).toBe('request.not_found');
    expect(await failure(as(rival).orders.timeline({ order }))).toBe('request.not_found');
    expect(await failure(as(rival).orders.ledger({ order }))).toBe('request.not_found');
    expect(await failure(as(rival).orders.accept({ order, version: 1 }))).toBe('request.not_found');
    expect(await failure(as(rival).orders.annotate({ order, ownNumber: 'x' }))).toBe('request.not_found');
    expect((await as(rival).orders.list({})).items).toEqual([]);
  });

  it('refuses what cannot be an order', async () => {
    expect(await failure(as(buyer).orders.propose(proposal('nobody', 'N-1')))).toBe('orders.supplier_unknown');
    expect(await failure(as(buyer).orders.propose(proposal('buyer', 'N-2')))).toBe('orders.supplier_is_self');
    await createTestOrganization(db, 'gone');
    await db.owner.pool.query(`update core.organization_registry set state = 'suspended' where code = 'gone'`);
    expect(await failure(as(buyer).orders.propose(proposal('gone', 'N-3')))).toBe('orders.supplier_suspended');
    await as(buyer).orders.propose(proposal('supplier', 'N-4'));
    expect(await failure(as(buyer).orders.propose(proposal('supplier', 'N-4')))).toBe('orders.own_number_taken');
    expect(await as(rival).orders.propose(proposal('supplier', 'N-4'))).toMatchObject({ number: 'N-4' });
    const whole = proposal('supplier', 'N-5', '1.5');
    await expect(as(buyer).orders.propose(whole)).rejects.toThrow(/whole numbers/);
    const dear = {
      ...proposal('supplier', 'N-6', '999999999999'),
      lines: [{ ...proposal('supplier', '', '999999999999').lines[0], unitPrice: '999' }],
    };
    expect(await failure(as(buyer).orders.propose(dear as never))).toBe('orders.amount_too_large');
  });

  it('answers a repeated command with the first reply', async () => {
    const input = proposal('supplier', 'PO-again');
    const first = await as(buyer, 'key-1').orders.propose(input);
    expect(await as(buyer, 'key-1').orders.propose(input)).toEqual(first);
    expect(await failure(as(buyer, 'key-1').orders.propose({ ...input, ownNumber: 'other' }))).toBe('request.idempotency_conflict');
  });

  it('keeps own numbers and notes to the side that wrote them', async () => {
    const { id: order } = await as(buyer).orders.propose({ ...proposal('supplier', 'PO-notes'), privateNote: 'ask for discount' });
    await as(supplier).orders.annotate({ order, ownNumber: 'SO-notes', privateNote: 'pays late' });
    expect(await as(buyer).orders.get({ order })).toMatchObject({ ownNumber: 'PO-notes', privateNote: 'ask for discount', version: 1 });
    expect(await as(supplier).orders.get({ order })).toMatchObject({ ownNumber: 'SO-notes', number: 'PO-notes', privateNote: 'pays late' });
    expect((await as(supplier).orders.list({ ownNumber: 'SO-notes' })).items.map((item) => item.id)).toEqual([order]);
    expect((await as(buyer).orders.list({ ownNumber: 'SO-notes' })).items).toEqual([]);
  });

  it('is listed page by page without gap or overlap, by side and state', async () => {
    const lister = await createTestOrganization(db, 'lister');
    const made: string[] = [];
    for (let n = 0; n < 5; n++) made.push((await as(lister).orders.propose(proposal('supplier', `L-${n}`))).id);
    await as(supplier).orders.decline({ order: made[2] as string, version: 1, reason: 'full' });
    const listed: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await as(lister).orders.list({ limit: 2, ...(cursor ? { cursor } : {}) });
      listed.push(...page.items.map((item) => item.id));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(listed).toEqual([made[2], made[4], made[3], made[1], made[0]]);
    expect((await as(lister).orders.list({ state: 'declined' })).items.map((item) => item.id)).toEqual([made[2]]);
    expect((await as(lister).orders.list({ side: 'supplier' })).items).toEqual([]);
    expect(await failure(as(lister).orders.list({ cursor: 'nonsense' }))).toBe('request.invalid');
  });

  it('owes rejected units again, and takes a receipt back only as far as it is not inspected', async () => {
    const { id: order, lines } = await as(buyer).orders.propose(proposal('supplier', 'PO-reject'));
    const line = lines[0]?.id as string;
    await as(supplier).orders.accept({ order, version: 1 });
    const { job, lot } = await as(supplier).orders.start({ order, version: 2, line });
    await as(supplier).production.countByHand({ job, version: 1, good: '12', reason: 'no device' });
    await as(supplier).production.lots.close({ job, version: 2, lot });
    await as(supplier).lifecycle.lots.release({ lot, version: (await as(supplier).lifecycle.lots.get({ lot })).version });
    const ship = (version: number, quantity: string) => as(supplier).orders.ship({ order, version, lines: [{ line, lot, quantity }] });
    expect(await failure(ship(3, '11'))).toBe('orders.ships_more_than_owed');
    const [shipment] = (await ship(3, '10')).shipments;
    const shipmentLine = shipment?.lines[0]?.id as string;
    expect(await failure(as(buyer).orders.inspect({ order, version: 4, lines: [{ shipmentLine, accepted: '1' }] }))).toBe(
      'orders.nothing_to_inspect',
    );
    await as(buyer).orders.receive({ order, version: 4, shipment: shipment?.id as string, lines: [{ shipmentLine, quantity: '9' }] });
    const inspect = { order, version: 5, lines: [{ shipmentLine, accepted: '5', rejected: '2' }] };
    expect(await failure(as(buyer).orders.inspect(inspect))).toBe('request.invalid');
    await as(buyer).orders.inspect({ ...inspect, lines: [{ shipmentLine, accepted: '5', rejected: '2', reason: 'scratched' }] });
    expect(await failure(as(buyer).orders.close({ order, version: 6 }))).toBe('orders.not_inspected');
    expect((await ship(6, '2')).lines[0]?.progress).toMatchObject({ shipped: '12', rejected: '2' });

    const entry = async (kind: 'received' | 'accepted' | 'rejected') =>
      (await as(buyer).orders.ledger({ order, kind })).items.at(-1)?.id as string;
    const reverse = async (kind: 'received' | 'accepted' | 'rejected', version: number, quantity: string) =>
      as(buyer).orders.reverse({ order, version, entry: await entry(kind), quantity, reason: 'typed wrong' });
    expect(await failure(reverse('received', 7, '3'))).toBe('orders.reverses_more');
    expect(await failure(reverse('rejected', 7, '1'))).toBe('orders.reverses_more');
    expect((await reverse('received', 7, '2')).lines[0]?.progress.received).toBe('7');
    const after = await reverse('accepted', 8, '1');
    expect(after.lines[0]?.progress).toMatchObject({ received: '7', accepted: '4', rejected: '2' });
    expect((await as(supplier).orders.ledger({ order, kind: 'accepted' })).items.map((item) => [item.quantity.value, item.reason])).toEqual(
      [
        ['-1', 'typed wrong'],
        ['5', null],
      ],
    );
    for (const { type, body } of (await as(buyer).orders.timeline({ order })).items) {
      expect(orderEvents[type as keyof typeof orderEvents].safeParse(body).error).toBeUndefined();
    }
    expect(await findLedgerViolations(db.owner)).toEqual([]);
  });

  it('can be read by whoever a party granted it, who moves nothing and sees no lot or note', async () => {
    const auditor = await createTestOrganization(db, 'auditor');
    const { id: order } = await as(buyer).orders.propose({ ...proposal('supplier', 'PO-granted'), privateNote: 'secret' });
    await db.owner.pool.query(
      `insert into core.grant_given (id, record_id, organization, granted_by, reason, created_at) values (gen_random_uuid(), $1, $2, $3, 'audit', now())`,
      [order, auditor.id, buyer.id],
    );
    expect(await as(auditor).orders.get({ order })).toMatchObject({ side: 'reader', moves: [], ownNumber: null, privateNote: null });
    expect((await as(auditor).orders.list({})).items).toEqual([]);
    expect(await failure(as(auditor).orders.accept({ order, version: 1 }))).toBe('orders.not_your_move');
    expect(await failure(as(auditor).orders.withdraw({ order, version: 1 }))).toBe('orders.not_your_move');
    expect(await failure(as(supplier).orders.withdraw({ order, version: 1 }))).toBe('orders.not_your_move');
    expect(await failure(as(buyer).orders.close({ order, version: 1 }))).toBe('orders.wrong_state');
    expect(await failure(as(buyer).orders.withdraw({ order, version: 9 }))).toBe('orders.version_stale');
    expect(await as(buyer).orders.withdraw({ order, version: 1, reason: 'mistake' })).toMatchObject({
      state: 'withdrawn',
      reason: 'mistake',
    });
    // An event is addressed when it happens: what came before the grant stays with the parties.
    expect((await as(auditor).orders.timeline({ order })).items.map((item) => item.type)).toEqual(['orders.withdrawn']);
  });

  it('writes only what its side may, whatever the service forgets', async () => {
    const { id: order, lines } = await as(buyer).orders.propose(proposal('supplier', 'PO-rls'));
    const line = lines[0]?.id as string;
    const enter = (who: TestOrganization, kind: string) =>
      asOrganization(db, who, (scope) =>
        sql`insert into core.order_entry (id, order_id, line_id, kind, quantity, evidence, organization, entered_by, entered_at)
          values (gen_random_uuid(), ${order}, ${line}, ${kind}, 1, 'person', ${who.id}, 'x', now())`.execute(scope.tx),
      );
    await expect(enter(buyer, 'produced')).rejects.toThrow(/row-level security/);
    await expect(enter(supplier, 'accepted')).rejects.toThrow(/row-level security/);
    await expect(enter(rival, 'produced')).rejects.toThrow(/row-level security/);
    await expect(enter(supplier, 'allocated')).resolves.toBeDefined();
    await expect(enter(supplier, 'produced')).resolves.toBeDefined();
    for (const statement of [
      'update core.order_entry set quantity = 2',
      'delete from core.order_entry',
      'update core.order_line set produced = 9',
    ]) {
      await expect(asOrganization(db, supplier, (scope) => sql.raw(statement).execute(scope.tx))).rejects.toThrow(/permission denied/);
    }
    const steal = asOrganization(db, supplier, (scope) =>
      sql`update core.order_party set private_note = 'seen' where order_id = ${order} and role = 'buyer' returning 1`.execute(scope.tx),
    );
    expect((await steal).rows).toEqual([]);
    await db.owner.pool.query('delete from core.order_entry where order_id = $1 and kind <> $2', [order, 'ordered']);
    await db.owner.pool.query('update core.order_line set allocated = 0, produced = 0, produced_by_hand = 0 where order_id = $1', [order]);
  });

  it('of broken books is named by doctor', async () => {
    const { lines } = await as(buyer).orders.propose(proposal('supplier', 'PO-broken'));
    await db.owner.pool.query('update core.order_line set produced = 3 where id = $1', [lines[0]?.id]);
    expect(await findLedgerViolations(db.owner)).toMatchObject([
      { invariant: 'the balances of a line are the sums of its entries', subject: lines[0]?.id },
    ]);
    await db.owner.pool.query('update core.order_line set produced = 0 where id = $1', [lines[0]?.id]);
  });
});
