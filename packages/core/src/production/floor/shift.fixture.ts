import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { createFloor, type Floor, proposal } from '../../orders/floor.fixture.js';
import { findLedgerViolations } from '../../orders/index.js';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import { productionInvariants } from '../invariants.js';

export let db: TestDatabase;
export let floor: Floor;
export let buyer: TestOrganization;
export let supplier: TestOrganization;
export let rival: TestOrganization;
export let now = new Date('2026-06-01T08:00:00Z');
export const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
  return now;
};
export const minute = 60_000;

/** A buyer, a factory and its rival on a database of their own, a day passing between tests; at the end the books are asked. */
export function onAFloor(): void {
  beforeAll(async () => {
    db = await createTestDatabase();
    floor = createFloor(db, { now: () => now });
    buyer = await createTestOrganization(db, 'buyer');
    supplier = await createTestOrganization(db, 'supplier');
    rival = await createTestOrganization(db, 'rival');
  });
  afterAll(async () => {
    expect(await findLedgerViolations(db.owner)).toEqual([]);
    expect(await violations()).toEqual([]);
    expect(floor.problems).toEqual([]);
    await db.close();
  });
  beforeEach(() => {
    later(86_400_000);
  });
}

export async function violations() {
  const found: string[] = [];
  for (const { name, sql } of productionInvariants)
    for (const row of (await db.owner.pool.query<{ found: string }>(sql)).rows) found.push(`${name}: ${row.found}`);
  return found;
}

export const as = (who: TestOrganization = supplier) => floor.as(who);
export const inBoth = (en: string) => ({ en, zh: en });
export let numbers = 0;
/** Own numbers differ within a file. */
export const nextNumber = (): number => ++numbers;

export interface Step {
  readonly words: { readonly en: string; readonly zh: string };
  readonly equipment?: string;
  readonly parallel?: boolean;
  readonly workCenter?: string;
  readonly setupSeconds?: string;
  readonly runSeconds?: string;
  readonly outside?: boolean;
  readonly supplier?: string;
}

export async function started(operations: Step[], { quantity = '10', dueOn = '2026-12-24', who = supplier } = {}) {
  const ownNumber = `F-${++numbers}`;
  const { id: order, lines } = await as(buyer).orders.propose({ ...proposal(who.code, ownNumber, quantity), dueOn });
  await as(who).orders.accept({ order, version: 1, ownNumber: `S-${numbers}` });
  const line = lines[0]?.id as string;
  const { job, jobCode, lot, lotCode } = await as(who).orders.start({ order, version: 2, line, operations });
  const detail = await as(who).production.jobs.get({ job });
  const id = (index: number) => detail.operations[index]?.id as string;
  return { order, line, job, jobCode, lot, lotCode, id };
}

export const jobOf = ({ job }: { job: string }) => as().production.jobs.get({ job });
export const pin = '2580';
export async function person(name = 'Wang Wei') {
  const { id, code } = await as().production.floor.badges.create({ name, pin });
  return { id, badge: code, pin };
}

/** What a move is signed with. */
export const whoOnly = ({ badge, pin: own }: { badge: string; pin: string }) => ({ badge, pin: own });
