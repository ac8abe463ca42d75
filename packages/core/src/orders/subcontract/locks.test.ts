import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  asOrganization,
  createTestDatabase,
  createTestOrganization,
  type TestDatabase,
  type TestOrganization,
} from '../../testing/index.js';
import { createFloor, type Floor, failure } from '../floor.fixture.js';
import { findLedgerViolations } from '../index.js';
import { createTrade, type Trade } from './chain.fixture.js';

// Two transactions that lock the same allocations meet under no common order: the one from above, the other from below.
let db: TestDatabase;
let floor: Floor;
let trade: Trade;
let buyer: TestOrganization;
let contractor: TestOrganization;
let factory: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db);
  trade = createTrade(floor);
  buyer = await createTestOrganization(db, 'locks-buyer');
  contractor = await createTestOrganization(db, 'locks-contractor');
  factory = await createTestOrganization(db, 'locks-factory');
});
afterAll(() => db.close());

/** One line of a sub-order that serves two lines. */
async function shared(quantity: string, share: string) {
  const order = await trade.agreed(buyer, contractor, [share, share]);
  const [first, second] = order.lines.map(({ id }) => id) as [string, string];
  const { subOrder, allocation } = await trade.subOrder(contractor, order.id, first, factory, share, { orderQuantity: quantity });
  const at = await trade.at(contractor, order.id);
  const other = await floor.as(contractor).orders.subcontract.allocate({ ...at, line: second, subLine: subOrder.line, quantity: share });
  await floor.as(factory).orders.accept(await trade.at(factory, subOrder.id));
  return { order: order.id, sub: subOrder, allocations: [allocation, other.allocation] as const };
}

/** The factory agrees to deliver one less. */
async function oneLess(sub: { readonly id: string; readonly line: string }, quantity: number) {
  const at = await trade.at(contractor, sub.id);
  const lines = [{ line: sub.line, quantity: String(quantity) }];
  const { change, version } = await floor.as(contractor).orders.changes.propose({ ...at, reason: 'less', terms: { lines } });
  return () => floor.as(factory).orders.changes.accept({ order: sub.id, version, change: change?.id as string });
}

describe('allocations', () => {
  it('are locked oldest first, by a change of the sub-order too', async () => {
    const { sub, allocations } = await shared('8', '4');
    const accept = await oneLess(sub, 7);
    const lock = (id: string) => sql`select 1 from core.order_allocation where id = ${id} for no key update`;
    let accepted: Promise<unknown> = Promise.resolve();
    await asOrganization(db, contractor, async ({ tx }) => {
      await lock(allocations[0]).execute(tx);
      accepted = accept();
      accepted.catch(() => {});
      await vi.waitFor(async () => {
        const { rows } = await db.owner.pool.query(`select 1 from pg_locks where not granted`);
        expect(rows.length).toBeGreaterThan(0);
      }, 10_000);
      await lock(allocations[1]).execute(tx);
    });
    await accepted;
    expect(await findLedgerViolations(db.owner)).toEqual([]);
  });

  it('are released by the contractor while the factory agrees to less, again and again', { timeout: 120_000 }, async () => {
    const { order, sub, allocations } = await shared('60', '30');
    for (let quantity = 59; quantity > 34; quantity--) {
      const accept = await oneLess(sub, quantity);
      const release = (allocation: string) =>
        floor.as(contractor).orders.subcontract.release({ order, allocation, quantity: '0.000001', reason: 'x' });
      const [agreed, ...released] = await Promise.all([failure(accept()), ...allocations.map((id) => failure(release(id)))]);
      expect(agreed).toBe('nothing failed');
      for (const each of released) expect(['nothing failed', 'subcontract.already_delivered']).toContain(each);
    }
    expect(await findLedgerViolations(db.owner)).toEqual([]);
  });
});
