import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import { createFloor, type Floor, failure, proposal } from '../floor.fixture.js';
import { findLedgerViolations } from '../index.js';

let db: TestDatabase;
let floor: Floor;
let buyer: TestOrganization;
let supplier: TestOrganization;
let stranger: TestOrganization;
let now = new Date('2026-11-02T08:00:00Z');

beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db, { now: () => now });
  buyer = await createTestOrganization(db, 'buyer');
  supplier = await createTestOrganization(db, 'supplier');
  stranger = await createTestOrganization(db, 'stranger');
});
afterAll(() => db.close());

const as = (who: TestOrganization) => floor.as(who).orders;
const nowhere = '018f0000-0000-7000-8000-000000000000';

type Proposal = Parameters<ReturnType<typeof as>['propose']>[0];

async function confirmed(number: string, more: Partial<Proposal> = {}) {
  const { id: order } = await as(buyer).propose({ ...proposal('supplier', number), ...more });
  return as(supplier).accept({ order, version: 1 });
}

/** Made by hand, released and shipped: so many of the first line. */
async function shipped(order: string, quantity: string) {
  const { lines, version } = await as(supplier).get({ order });
  const line = lines[0]?.id as string;
  const { job, lot } = await as(supplier).start({ order, version, line });
  await floor.as(supplier).production.countByHand({ job, version: 1, good: quantity, reason: 'test' });
  await floor.as(supplier).production.lots.close({ job, version: 2, lot });
  const { lot: closed } = await floor.as(supplier).lifecycle.lots.checkRelease({ lot });
  await floor.as(supplier).lifecycle.lots.release({ lot, version: closed.version });
  return as(supplier).ship({ order, version: version + 1, lines: [{ line, lot, quantity }] });
}

async function accepted(order: string) {
  const { version, shipments } = await as(buyer).get({ order });
  const received = await as(buyer).receive({ order, version, shipment: shipments[0]?.id as string });
  const lines = received.shipments.flatMap((shipment) =>
    shipment.lines.map(({ id, received: accepted }) => ({ shipmentLine: id, accepted })),
  );
  return as(buyer).inspect({ order, version: received.version, lines });
}

describe('a change order', () => {
  it('changes the order when the other side accepts, and says of each field what it was', async () => {
    const before = await confirmed('C-1', {
      lines: [
        {
          description: 'Part',
          quantity: { value: '10', unit: 'H87' },
          unitPrice: '12.5',
          specification: { schema: 'test/part@1', value: { colour: 'red', size: { width: 2 } } },
        },
      ],
    });
    const [line] = before.lines;
    const terms = {
      dueOn: '2027-01-15',
      incoterms: { rule: 'FOB' as const, place: 'Qingdao' },
      lines: [
        {
          line: line?.id as string,
          quantity: '12',
          unitPrice: '11',
          overTolerance: '5',
          schedule: [
            { dueOn: '2026-12-24', quantity: '8' },
            { dueOn: '2027-01-15', quantity: '4' },
          ],
          specification: { schema: 'test/part@1', value: { colour: 'blue', size: { width: 2 } } },
        },
      ],
      addLines: [{ description: 'Box', quantity: { value: '2', unit: 'H87' as const }, unitPrice: '3.005', taxRate: '13' }],
      addMilestones: [{ name: 'First article', dueOn: '2026-12-01' }],
    };
    const proposed = await as(supplier).changes.propose({ order: before.id, version: 2, reason: 'two more', terms });
    expect(proposed).toMatchObject({
      state: 'confirmed',
      version: 3,
      total: { amount: '125' },
      change: { kind: 'terms', side: 'supplier' },
    });
    expect(proposed.waitingFor).toMatchObject({ side: 'buyer', move: 'accept_change', own: false });
    const change = proposed.change?.id as string;
    const { items } = await as(buyer).changes.list({ order: before.id });
    expect(items[0]?.differences.map(({ position, field, before: was, after }) => [position, field, was, after])).toEqual([
      [null, 'dueOn', '2026-12-24', '2027-01-15'],
      [null, 'incoterms', null, { rule: 'FOB', place: 'Qingdao' }],
      [null, 'milestone', null, { name: 'First article', dueOn: '2026-12-01' }],
      [1, 'specification.colour', 'red', 'blue'],
      [1, 'quantity', '10', '12'],
      [1, 'unitPrice', '12.5', '11'],
      [1, 'overTolerance', '0', '5'],
      [
        1,
        'schedule',
        [],
        [
          { dueOn: '2026-12-24', quantity: '8' },
          { dueOn: '2027-01-15', quantity: '4' },
        ],
      ],
      [2, 'line', null, terms.addLines[0]],
    ]);

    expect(await failure(as(supplier).changes.accept({ order: before.id, version: 3, change }))).toBe('orders.own_change');
    expect(await failure(as(buyer).changes.accept({ order: before.id, version: 3, change: nowhere }))).toBe('changes.change_unknown');
    const after = await as(buyer).changes.accept({ order: before.id, version: 3, change });
    // 12 × 11 and 2 × 3.005 = 6.01 (half even of 6.010).
    expect(after).toMatchObject({
      ...{ version: 4, change: null, dueOn: '2027-01-15', incoterms: { rule: 'FOB', place: 'Qingdao' } },
      ...{ total: { amount: '138.01' }, tax: { amount: '0.78' }, milestones: [{ name: 'First article' }] },
    });
    expect(after.lines).toMatchObject([
      { quantity: { value: '12' }, specificationVersion: 2, progress: { ordered: '12', allocated: '12' }, schedule: [{}, {}] },
      { description: 'Box', progress: { ordered: '2', allocated: '2' } },
    ]);
    expect(await findLedgerViolations(db.owner)).toEqual([]);
  });

  it('takes quantity back by reversals, down to what is shipped, and takes a line out', async () => {
    const { id: order, lines } = await confirmed('C-2', {
      lines: [...proposal('supplier', 'x').lines, ...proposal('supplier', 'x').lines],
    });
    await shipped(order, '4');
    const [first, second] = lines.map(({ id }) => id) as [string, string];
    const ask = (version: number, quantity: string, line = first) =>
      as(buyer).changes.propose({ order, version, reason: 'less', terms: { lines: [{ line, quantity }] } });
    expect(await failure(ask(4, '3'))).toBe('changes.below_shipped');
    expect(await failure(ask(4, '10'))).toBe('changes.nothing_changes');
    expect(await failure(ask(4, '4.5'))).toBe('orders.not_whole');
    expect(await failure(ask(4, '5', nowhere))).toBe('orders.line_unknown');
    const terms = {
      lines: [
        { line: first, quantity: '4' },
        { line: second, quantity: '0' },
      ],
    };
    const asked = await as(buyer).changes.propose({ order, version: 4, reason: 'less', terms });
    const change = asked.change?.id as string;
    expect(await failure(ask(5, '5'))).toBe('orders.change_pending');
    const after = await as(supplier).changes.accept({ order, version: 5, change });
    expect(after.lines).toMatchObject([
      { quantity: { value: '4' }, relinquished: '0', progress: { ordered: '4', allocated: '4', shipped: '4' } },
      { quantity: { value: '10' }, relinquished: '10', progress: { ordered: '0', allocated: '0' } },
    ]);
    expect(after.total.amount).toBe('50');
    const { items } = await as(buyer).ledger({ order, line: first, kind: 'ordered' });
    expect(items.map(({ quantity, evidence }) => [quantity.value, evidence])).toEqual([
      ['-6', 'agreement'],
      ['10', 'agreement'],
    ]);
    expect(await accepted(order)).toMatchObject({ state: 'in_delivery' });
    expect(await as(buyer).close({ order, version: 8 })).toMatchObject({ state: 'closed' });
    expect(await findLedgerViolations(db.owner)).toEqual([]);
  });

  it('leaves a tolerance that what has left fits into: the last word is not the database’s', async () => {
    const lines = proposal('supplier', 'x').lines.map((line) => ({ ...line, overTolerance: '20' }));
    const { id: order, lines: made } = await confirmed('C-11', { lines });
    const line = made[0]?.id as string;
    const ask = (version: number, change: { overTolerance?: string; quantity?: string }) =>
      as(buyer).changes.propose({ order, version, reason: 'closer', terms: { lines: [{ line, ...change }] } });
    // Asked while it was true, answered when it is not any more.
    const early = await ask(2, { overTolerance: '5' });
    const { version } = await shipped(order, '11');
    expect(await failure(as(supplier).changes.accept({ order, version, change: early.change?.id as string }))).toBe(
      'changes.below_tolerance',
    );
    await as(buyer).changes.withdraw({ order, version, change: early.change?.id as string });
    expect(await failure(ask(version + 1, { overTolerance: '9.99' }))).toBe('changes.below_tolerance');
    const asked = await ask(version + 1, { overTolerance: '10' });
    const after = await as(supplier).changes.accept({ order, version: version + 2, change: asked.change?.id as string });
    expect(after.lines).toMatchObject([{ overTolerance: '10', progress: { ordered: '10', shipped: '11' } }]);
    expect(await findLedgerViolations(db.owner)).toEqual([]);
  });

  it('is declined or withdrawn, and nothing has changed', async () => {
    const { id: order } = await confirmed('C-3');
    const terms = { dueOn: '2027-02-01' };
    const { change } = await as(buyer).changes.propose({ order, version: 2, reason: 'later', terms });
    expect(await failure(as(supplier).changes.withdraw({ order, version: 3, change: change?.id as string }))).toBe('orders.not_own_change');
    const declined = await as(supplier).changes.decline({ order, version: 3, change: change?.id as string, reason: 'no' });
    expect(declined).toMatchObject({ version: 4, change: null, dueOn: '2026-12-24' });
    const again = await as(buyer).changes.propose({ order, version: 4, reason: 'later', terms });
    await as(buyer).changes.withdraw({ order, version: 5, change: again.change?.id as string });
    const { items } = await as(supplier).changes.list({ order });
    expect(items.map(({ number, state }) => [number, state])).toEqual([
      [2, 'withdrawn'],
      [1, 'declined'],
    ]);
    expect(await failure(as(supplier).changes.accept({ order, version: 6, change: change?.id as string }))).toBe('orders.no_change');
  });

  it('shows a stranger nothing', async () => {
    const { id: order } = await confirmed('C-4');
    const { change } = await as(buyer).changes.propose({ order, version: 2, reason: 'later', terms: { dueOn: '2027-02-01' } });
    expect(await failure(as(stranger).changes.list({ order }))).toBe('request.not_found');
    expect(await failure(as(stranger).changes.accept({ order, version: 3, change: change?.id as string }))).toBe('request.not_found');
    expect(await failure(as(stranger).hold({ order, version: 3, reason: 'x' }))).toBe('request.not_found');
  });
});

describe('an order that does not end as agreed', () => {
  it('is canceled by both while nothing is shipped', async () => {
    const { id: order } = await confirmed('C-5');
    const asked = await as(buyer).changes.proposeEnd({ order, version: 2, kind: 'cancellation', reason: 'project stopped' });
    expect(asked.waitingFor).toMatchObject({ side: 'supplier', move: 'accept_cancellation' });
    const canceled = await as(supplier).changes.accept({ order, version: 3, change: asked.change?.id as string });
    expect(canceled).toMatchObject({ state: 'canceled', moves: [], reason: 'project stopped', total: { amount: '0' } });
    expect(canceled.lines[0]).toMatchObject({ relinquished: '10', progress: { ordered: '0', allocated: '0' } });
    expect(await findLedgerViolations(db.owner)).toEqual([]);
  });

  it('is not canceled once goods are shipped, but closed short when they are inspected', async () => {
    const { id: order } = await confirmed('C-6');
    await shipped(order, '6');
    const cancel = await as(buyer).changes.proposeEnd({ order, version: 4, kind: 'cancellation', reason: 'enough' });
    expect(await failure(as(supplier).changes.accept({ order, version: 5, change: cancel.change?.id as string }))).toBe(
      'orders.wrong_state',
    );
    await as(buyer).changes.withdraw({ order, version: 5, change: cancel.change?.id as string });
    const short = await as(buyer).changes.proposeEnd({ order, version: 6, kind: 'short_close', reason: 'enough' });
    const change = short.change?.id as string;
    expect(await failure(as(supplier).changes.accept({ order, version: 7, change }))).toBe('orders.not_inspected');
    const { version } = await accepted(order);
    const closed = await as(supplier).changes.accept({ order, version, change });
    expect(closed).toMatchObject({ state: 'closed', lines: [{ relinquished: '4', progress: { ordered: '6', accepted: '6' } }] });
    expect(closed.total.amount).toBe('75');
    expect(await findLedgerViolations(db.owner)).toEqual([]);
  });

  it('stands still while held, by whoever held it, and goods underway still arrive', async () => {
    const { id: order } = await confirmed('C-7');
    await shipped(order, '5');
    const held = await as(supplier).hold({ order, version: 4, reason: 'press is down' });
    expect(held).toMatchObject({ state: 'on_hold', heldBy: 'supplier', reason: 'press is down' });
    const line = held.lines[0]?.id as string;
    expect(await failure(as(supplier).start({ order, version: 5, line }))).toBe('orders.wrong_state');
    expect(await failure(as(buyer).resume({ order, version: 5 }))).toBe('orders.held_by_other');
    expect(await accepted(order)).toMatchObject({ state: 'on_hold' });
    expect(await as(supplier).resume({ order, version: 7 })).toMatchObject({ state: 'in_delivery', heldBy: null });
    const disputed = await as(buyer).dispute({ order, version: 8, reason: 'colour' });
    expect(disputed).toMatchObject({ state: 'disputed', disputedBy: 'buyer' });
    expect(await failure(as(supplier).resolve({ order, version: 9, resolution: 'x' }))).toBe('orders.disputed_by_other');
    expect(await as(buyer).resolve({ order, version: 9, resolution: 'replaced' })).toMatchObject({
      state: 'in_delivery',
      disputedBy: null,
    });
    expect(await findLedgerViolations(db.owner)).toEqual([]);
  });

  it('is in default only after a promised day in China, and gives up what is not delivered', async () => {
    const { id: order } = await confirmed('C-8');
    await shipped(order, '3');
    const declare = (version: number) => as(buyer).declareDefault({ order, version, reason: 'nothing came' });
    now = new Date('2026-12-24T15:59:59.999Z');
    expect(await failure(declare(4))).toBe('orders.not_overdue');
    expect(await failure(as(supplier).declareDefault({ order, version: 4, reason: 'x' }))).toBe('orders.not_your_move');
    now = new Date('2026-12-24T16:00:00Z');
    const defaulted = await declare(4);
    expect(defaulted).toMatchObject({ state: 'defaulted', lines: [{ relinquished: '7', progress: { ordered: '3', allocated: '3' } }] });
    // What is underway still arrives, and what of it is rejected is not delivered anew.
    const received = await as(buyer).receive({ order, version: 5, shipment: defaulted.shipments[0]?.id as string });
    const shipmentLine = received.shipments[0]?.lines[0]?.id as string;
    const lines = [{ shipmentLine, accepted: '2', rejected: '1', reason: 'cracked' }];
    expect(await as(buyer).inspect({ order, version: 6, lines })).toMatchObject({
      state: 'defaulted',
      lines: [{ relinquished: '8', progress: { ordered: '2', accepted: '2', rejected: '1' } }],
    });
    expect(await findLedgerViolations(db.owner)).toEqual([]);
    now = new Date('2026-11-02T08:00:00Z');
  });

  it('goes by milestones that the supplier reports and the buyer confirms', async () => {
    const { id: order, milestones } = await confirmed('C-9', { milestones: [{ name: 'First article', dueOn: '2026-12-01' }] });
    const milestone = milestones[0]?.id as string;
    expect(await failure(as(buyer).confirmMilestone({ order, version: 2, milestone }))).toBe('orders.milestone_unknown');
    expect(await as(supplier).reachMilestone({ order, version: 2, milestone, note: 'photo sent' })).toMatchObject({
      milestones: [{ reachedNote: 'photo sent', confirmedAt: null }],
    });
    const done = await as(buyer).confirmMilestone({ order, version: 3, milestone });
    expect(done.milestones[0]?.confirmedAt).toBe(now.toISOString());
    expect(await failure(as(supplier).reachMilestone({ order, version: 4, milestone }))).toBe('orders.milestone_unknown');
  });
});

describe('a proposal', () => {
  it('is refused when its schedule is not its quantity', async () => {
    const lines = (schedule: Proposal['lines'][number]['schedule']) =>
      proposal('supplier', 'x').lines.map((line) => ({ ...line, schedule }));
    const propose = (schedule: Proposal['lines'][number]['schedule']) =>
      as(buyer).propose({ ...proposal('supplier', 'C-10'), lines: lines(schedule) });
    expect(await failure(propose([{ dueOn: '2026-12-01', quantity: '9' }]))).toBe('orders.schedule_differs');
    const twice = { dueOn: '2026-12-01', quantity: '5' };
    expect(await failure(propose([twice, twice]))).toBe('orders.schedule_day_twice');
  });
});
