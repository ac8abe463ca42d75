import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { permissionSet } from '../../access/index.js';
import { inScope, type Scope } from '../../database/index.js';
import { createFloor, type Floor, failure, proposal } from '../../orders/floor.fixture.js';
import { findLedgerViolations, orderProgress } from '../../orders/index.js';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import { finishOutside, markOutside, reportOutside, startOutside } from '../index.js';
import { productionInvariants } from '../invariants.js';

let db: TestDatabase;
let floor: Floor;
let buyer: TestOrganization;
let supplier: TestOrganization;
let rival: TestOrganization;
let now = new Date('2026-06-01T08:00:00Z');
const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
  return now;
};
const minute = 60_000;

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

async function violations() {
  const found: string[] = [];
  for (const { name, sql } of productionInvariants)
    for (const row of (await db.owner.pool.query<{ found: string }>(sql)).rows) found.push(`${name}: ${row.found}`);
  return found;
}

const as = (who: TestOrganization = supplier) => floor.as(who);
const inBoth = (en: string) => ({ en, zh: en });
let numbers = 0;

interface Step {
  readonly words: { readonly en: string; readonly zh: string };
  readonly equipment?: string;
  readonly parallel?: boolean;
  readonly workCenter?: string;
  readonly setupSeconds?: string;
  readonly runSeconds?: string;
  readonly outside?: boolean;
  readonly supplier?: string;
}

async function started(operations: Step[], { quantity = '10', dueOn = '2026-12-24', who = supplier } = {}) {
  const ownNumber = `F-${++numbers}`;
  const { id: order, lines } = await as(buyer).orders.propose({ ...proposal(who.code, ownNumber, quantity), dueOn });
  await as(who).orders.accept({ order, version: 1, ownNumber: `S-${numbers}` });
  const line = lines[0]?.id as string;
  const { job, jobCode, lot, lotCode } = await as(who).orders.start({ order, version: 2, line, operations });
  const detail = await as(who).production.jobs.get({ job });
  const id = (index: number) => detail.operations[index]?.id as string;
  return { order, line, job, jobCode, lot, lotCode, id };
}

const jobOf = ({ job }: { job: string }) => as().production.jobs.get({ job });
const pin = '2580';
async function person(name = 'Wang Wei') {
  const { id, code } = await as().production.floor.badges.create({ name, pin });
  return { id, badge: code, pin };
}

describe('a pause', () => {
  it('keeps what the machine counted before it, and marks what it goes on to count', async () => {
    const press = await floor.machine(supplier);
    const job = await started([{ words: inBoth('Press'), equipment: press }], { quantity: '100' });
    const who = await person();
    const before = later(minute);
    await as().production.floor.pause({ operation: job.id(0), ...whoOnly(who), reason: 'material', note: 'no granulate' });
    const during = later(minute);
    expect((await jobOf(job)).operations[0]).toMatchObject({
      state: 'paused',
      pause: { reason: 'material', note: 'no granulate', by: 'Wang Wei' },
    });
    // The first was made before the pause and comes late; the second is made although everybody thinks that the machine stands still.
    await floor.publish(press, [
      { type: 'count', good: 3, ts: new Date(before.getTime() - 1000) },
      { type: 'count', good: 2, scrap: 1, ts: during },
    ]);
    await floor.projector.drain();
    expect((await jobOf(job)).operations[0]).toMatchObject({ good: '5', scrap: '1', whilePaused: '3' });
    const { rows } = await db.owner.pool.query(
      'select good::float, while_paused from core.operation_count where operation_id = $1 order by good',
      [job.id(0)],
    );
    expect(rows).toEqual([
      { good: 2, while_paused: true },
      { good: 3, while_paused: false },
    ]);
    later(minute);
    const resumed = await as().production.floor.resume({ operation: job.id(0), ...whoOnly(who) });
    expect(resumed).toMatchObject({ state: 'in_progress', pause: null, good: '5', remaining: '95' });
    later(minute);
    await floor.publish(press, [{ type: 'count', good: 4 }]);
    await floor.projector.drain();
    expect((await jobOf(job)).operations[0]).toMatchObject({ good: '9', whilePaused: '3' });
    expect((await as(buyer).orders.get({ order: job.order })).lines[0]?.progress.produced).toBe('9');
  });

  it('frees the equipment, and nothing is counted for two', async () => {
    const press = await floor.machine(supplier);
    const first = await started([{ words: inBoth('Press'), equipment: press }], { quantity: '100' });
    const who = await person();
    await as().production.floor.pause({ operation: first.id(0), ...whoOnly(who), reason: 'priority' });
    // The same instant: the second begins where the first ended.
    const second = await started([{ words: inBoth('Press'), equipment: press }], { quantity: '100' });
    later(minute);
    await floor.publish(press, [{ type: 'count', good: 7 }]);
    await floor.projector.drain();
    expect([(await jobOf(first)).good, (await jobOf(second)).good]).toEqual(['0', '7']);
    expect(await failure(as().production.floor.resume({ operation: first.id(0), ...whoOnly(who) }))).toBe('production.equipment_busy');
    const spare = await floor.machine(supplier);
    const moved = await as().production.floor.resume({ operation: first.id(0), ...whoOnly(who), equipment: spare });
    expect(moved.equipment?.id).toBe(spare);
    later(minute);
    await floor.publish(spare, [{ type: 'count', good: 1 }]);
    await floor.publish(press, [{ type: 'count', good: 1 }]);
    await floor.projector.drain();
    expect([(await jobOf(first)).good, (await jobOf(second)).good]).toEqual(['1', '8']);
    expect(await violations()).toEqual([]);
  });

  it('is refused where nothing is under way, and a job order is completed out of it', async () => {
    const job = await started([{ words: inBoth('Press') }, { words: inBoth('Pack') }]);
    const { version } = await jobOf(job);
    const on = { job: job.job, version };
    expect(await failure(as().production.operations.pause({ ...on, operation: job.id(1), reason: 'break' }))).toBe(
      'production.operation_wrong_state',
    );
    expect(await failure(as().production.operations.resume({ ...on, operation: job.id(0) }))).toBe('production.operation_wrong_state');
    const paused = await as().production.operations.pause({ ...on, operation: job.id(0), reason: 'break' });
    expect(await failure(as().production.operations.pause({ ...on, operation: job.id(0), reason: 'break' }))).toBe(
      'production.version_stale',
    );
    const done = await as().production.jobs.complete({ job: job.job, version: paused.version, skipReady: true });
    expect(done.operations.map(({ state }) => state)).toEqual(['done', 'canceled']);
    expect(await violations()).toEqual([]);
  });

  it('of an operation that is left out ends with it; the next one may start', async () => {
    const job = await started([{ words: inBoth('Press') }, { words: inBoth('Wash') }, { words: inBoth('Pack') }]);
    const cancel = async (index: number) =>
      as().production.operations.cancel({ job: job.job, version: (await jobOf(job)).version, operation: job.id(index) });
    expect(await failure(cancel(2))).toBe('production.operation_final');
    await cancel(0);
    expect((await jobOf(job)).operations.map(({ state }) => state)).toEqual(['canceled', 'ready', 'todo']);
    await as().production.operations.start({ job: job.job, version: (await jobOf(job)).version, operation: job.id(1) });
    await as().production.countByHand({ job: job.job, version: (await jobOf(job)).version, operation: job.id(1), good: '1', reason: 'x' });
    expect(await failure(cancel(1))).toBe('production.operation_counted');
  });
});

const whoOnly = ({ badge, pin: own }: { badge: string; pin: string }) => ({ badge, pin: own });

describe('rework', () => {
  it('is neither good nor scrap until it is reported as what it became', async () => {
    const press = await floor.machine(supplier);
    const job = await started([{ words: inBoth('Press'), equipment: press }]);
    const who = await person('Li Na');
    later(minute);
    await floor.publish(press, [{ type: 'count', good: 5, rework: 3 }]);
    await floor.projector.drain();
    expect((await jobOf(job)).operations[0]).toMatchObject({ good: '5', scrap: '0', rework: { total: '3', open: '3' } });
    expect(await as().lifecycle.lots.get({ lot: job.lot })).toMatchObject({ quantity: '5' });
    expect(await failure(as().production.floor.finish({ operation: job.id(0), ...whoOnly(who) }))).toBe('production.rework_open');
    const complete = as().production.jobs.complete({ job: job.job, version: (await jobOf(job)).version });
    expect(await failure(complete)).toBe('production.rework_open');
    const count = (input: object) => as().production.floor.count({ operation: job.id(0), ...whoOnly(who), ...input });
    expect(await failure(count({ good: '3', scrap: '1', fromRework: true }))).toBe('production.rework_exceeds');
    expect(await count({ good: '1', scrap: '1', fromRework: true, why: 'rework' })).toMatchObject({
      good: '6',
      scrap: '1',
      reworkOpen: '1',
    });
    // The machine counts the last one again when it goes through, and says nothing of rework: a person does.
    await floor.publish(press, [{ type: 'count', good: 1 }]);
    await floor.projector.drain();
    expect(await count({ alreadyCounted: '1' })).toMatchObject({ good: '7', reworkOpen: '0' });
    expect(await as().lifecycle.lots.get({ lot: job.lot })).toMatchObject({ quantity: '7' });
    expect((await as(buyer).orders.ledger({ order: job.order, kind: 'produced' })).items[1]).toMatchObject({
      evidence: 'person',
      reason: 'rework',
    });
    await as().production.floor.finish({ operation: job.id(0), ...whoOnly(who) });
  });

  it('that a machine says is done leaves no more than is there', async () => {
    const press = await floor.machine(supplier);
    const job = await started([{ words: inBoth('Press'), equipment: press }]);
    later(minute);
    await floor.publish(press, [
      { type: 'count', rework: 2 },
      { type: 'count', good: 1, reworked: 1 },
      { type: 'count', good: 1, scrap: 1, reworked: 2 },
      { type: 'count', good: 1, reworked: 2 },
    ]);
    await floor.projector.drain();
    expect((await jobOf(job)).operations[0]).toMatchObject({ good: '2', scrap: '1', rework: { total: '2', open: '0' } });
    const { rows } = await db.owner.pool.query('select reason from core.device_event_unused where equipment_id = $1', [press]);
    expect(rows[0]?.reason).toBe('2 reworked of 1: more came out of rework than was counted');
  });

  it('goes back to an earlier operation, which opens again and is waited for', async () => {
    const job = await started([{ words: inBoth('Press') }, { words: inBoth('Pack') }]);
    const who = whoOnly(await person());
    const at = (index: number) => ({ operation: job.id(index), ...who });
    await as().production.floor.count({ ...at(0), good: '10' });
    await as().production.floor.finish(at(0));
    await as().production.floor.start(at(1));
    const packed = await as().production.floor.count({ ...at(1), good: '8', rework: '2', reworkTo: job.id(0) });
    expect(packed).toMatchObject({ reworkOpen: '2', remaining: '0', reworkTargets: [{ operation: job.id(0), position: 10 }] });
    expect((await jobOf(job)).operations).toMatchObject([{ state: 'ready', rework: { returned: '2' } }, { state: 'in_progress' }]);
    expect(await failure(as().production.floor.finish(at(1)))).toBe('production.operation_waits');
    expect(await as().production.floor.start(at(0))).toMatchObject({ toDo: '12', good: '10', remaining: '2' });
    await as().production.floor.count({ ...at(0), good: '2' });
    await as().production.floor.finish(at(0));
    await as().production.floor.count({ ...at(1), good: '2', fromRework: true });
    await as().production.floor.finish(at(1));
    expect((await jobOf(job)).good).toBe('10');
    expect(await failure(as().production.floor.count({ ...at(0), rework: '1', reworkTo: job.id(1) }))).toBe(
      'production.operation_wrong_state',
    );
    expect((await as(buyer).orders.get({ order: job.order })).lines[0]?.progress.produced).toBe('10');
  });

  it('is conserved whatever is reported', async () => {
    const quantity = fc.nat({ max: 3 }).map(String);
    const report = fc.record({ good: quantity, scrap: quantity, rework: quantity, fromRework: fc.boolean(), alreadyCounted: quantity });
    await fc.assert(
      fc.asyncProperty(fc.array(report, { minLength: 1, maxLength: 8 }), async (reports) => {
        const job = await started([{ words: inBoth('Press') }], { quantity: '100' });
        const sum = { good: 0, scrap: 0, open: 0, rework: 0 };
        for (const each of reports) {
          const given = Object.fromEntries(Object.entries(each).map(([name, value]) => [name, Number(value)])) as Record<string, number>;
          const { good = 0, scrap = 0, rework = 0, alreadyCounted = 0 } = given;
          const resolved = alreadyCounted + (each.fromRework ? good + scrap : 0);
          const { version } = await jobOf(job);
          const code = await failure(as().production.countByHand({ job: job.job, version, reason: 'x', ...each }));
          const expected =
            good + scrap + rework + alreadyCounted === 0
              ? 'production.nothing_counted'
              : resolved > sum.open
                ? 'production.rework_exceeds'
                : 'nothing failed';
          expect(code).toBe(expected);
          if (code !== 'nothing failed') continue;
          sum.good += good;
          sum.scrap += scrap;
          sum.rework += rework;
          sum.open += rework - resolved;
        }
        const [operation] = (await jobOf(job)).operations;
        expect(operation).toMatchObject({
          good: String(sum.good),
          scrap: String(sum.scrap),
          rework: { total: String(sum.rework), open: String(sum.open) },
        });
        expect(await as().lifecycle.lots.get({ lot: job.lot })).toMatchObject({ quantity: String(sum.good) });
        expect(await violations()).toEqual([]);
      }),
      { numRuns: 8 },
    );
  }, 60_000);
});

describe('reasons for scrap and rework', () => {
  it('are the organization’s own, and sum up the biggest first', async () => {
    const press = await floor.machine(supplier);
    const job = await started([{ words: inBoth('Press'), equipment: press }], { quantity: '1000' });
    const from = now.toISOString();
    await as().production.floor.reasons.add({ code: 'FLASH', words: { en: 'Flash', zh: '飞边' } });
    await as().production.floor.reasons.add({ code: 'SHORT', words: { en: 'Short shot', zh: '缺料' } });
    expect(await failure(as().production.floor.reasons.add({ code: 'FLASH', words: inBoth('x') }))).toBe('floor.reason_taken');
    later(minute);
    await floor.publish(press, [
      { type: 'count', scrap: 6, reason: 'SHORT' },
      { type: 'count', scrap: 1, reason: 'not-ours' },
      { type: 'count', good: 50 },
    ]);
    await floor.projector.drain();
    const count = async (reasonCode: string) =>
      as().production.countByHand({
        job: job.job,
        version: (await jobOf(job)).version,
        scrap: '1',
        rework: '2',
        reason: 'seen',
        reasonCode,
      });
    await count('FLASH');
    const { items } = await as().production.floor.losses({ from, to: new Date(now.getTime() + 1).toISOString() });
    expect(items.map(({ code, scrap, rework, share, cumulativeShare }) => [code, scrap, rework, share, cumulativeShare])).toEqual([
      ['SHORT', '6', '0', 0.6, 0.6],
      ['FLASH', '1', '2', 0.3, 0.9],
      [null, '1', '0', 0.1, 1],
    ]);
    await as().production.floor.reasons.retire({ code: 'FLASH' });
    expect(await failure(count('FLASH'))).toBe('production.reason_unknown');
    expect((await as(rival).production.floor.reasons.list({})).items).toEqual([]);
    expect(await failure(as(rival).production.floor.reasons.retire({ code: 'SHORT' }))).toBe('production.reason_unknown');
    expect((await as(rival).production.floor.losses({ from, to: now.toISOString() })).items).toEqual([]);
  });
});

describe('a dispatch list', () => {
  it('has what is under way first, then paused, ready and to do, by due date and priority', async () => {
    const who = whoOnly(await person());
    const workCenter = `assembly-${numbers}`;
    const bench = (more: object = {}) => ({ words: inBoth('Assemble'), workCenter, ...more });
    const late = await started([bench()], { dueOn: '2026-12-24' });
    const soon = await started([bench()], { dueOn: '2026-09-01' });
    const paused = await started([bench()], { dueOn: '2026-08-01' });
    await as().production.floor.pause({ operation: paused.id(0), ...who, reason: 'break' });
    const waiting = await started([{ words: inBoth('Cut') }, bench({ setupSeconds: '600', runSeconds: '30' })], { dueOn: '2026-07-01' });
    const ready = await started([{ words: inBoth('Cut') }, bench()], { dueOn: '2026-07-02' });
    await as().production.floor.finish({ operation: ready.id(0), ...who });
    const urgent = await started([{ words: inBoth('Cut') }, bench()], { dueOn: '2026-07-01' });
    await as().production.floor.prioritise({ operation: urgent.id(1), priority: 1 });

    const list = await as().production.floor.dispatch({ workCenter });
    expect(list.items.map(({ operation }) => operation)).toEqual([
      soon.id(0),
      late.id(0),
      paused.id(0),
      ready.id(1),
      urgent.id(1),
      waiting.id(1),
    ]);
    expect(list.items[5]).toMatchObject({
      description: 'Part',
      order: { id: waiting.order, ownNumber: expect.stringMatching(/^S-/) },
      scanCode: `${waiting.jobCode}/20`,
      state: 'todo',
      toDo: '10',
      good: '0',
      remaining: '10',
      plannedSeconds: 900,
      dueOn: '2026-07-01',
      priority: 50,
      waitsFor: [{ operation: waiting.id(0), position: 10, words: inBoth('Cut') }],
      moves: [{ move: 'start', allowed: false, reason: 'production.operation_waits' }, { move: 'cancel' }],
    });
    await as().production.floor.prioritise({ operation: waiting.id(1), dueOn: '2026-06-30' });
    const pages: string[] = [];
    for (let cursor: string | undefined, more = true; more; ) {
      const next = await as().production.floor.dispatch({ workCenter, limit: 2, ...(cursor ? { cursor } : {}) });
      pages.push(...next.items.map(({ operation }) => operation));
      more = next.next !== null;
      cursor = next.next ?? undefined;
    }
    expect(pages).toEqual([soon.id(0), late.id(0), paused.id(0), ready.id(1), waiting.id(1), urgent.id(1)]);
    expect(await failure(as().production.floor.dispatch({ cursor: 'x' }))).toBe('request.invalid');
    expect((await as(rival).production.floor.dispatch({ workCenter })).items).toEqual([]);
    expect((await as().production.floor.centers({})).items).toContainEqual({ workCenter, open: 6, underWay: 3 });
  });

  it('is of a machine, too, and its work center is the machine’s model where none was named', async () => {
    const press = await floor.machine(supplier);
    const job = await started([{ words: inBoth('Press'), equipment: press }]);
    const { items } = await as().production.floor.dispatch({ equipment: press });
    expect(items).toMatchObject([{ operation: job.id(0), workCenter: 'test.machine', equipment: { id: press } }]);
    await as().production.jobs.complete({ job: job.job, version: 1 });
    expect((await as().production.floor.dispatch({ equipment: press })).items).toEqual([]);
  });
});

describe('a scanner', () => {
  it('reads operations, job orders, lots, badges and machines of one’s own', async () => {
    const press = await floor.machine(supplier);
    const job = await started([{ words: inBoth('Press'), equipment: press }, { words: inBoth('Pack') }]);
    const { badge } = await person('Zhao Min');
    const scan = (code: string, who = supplier) => as(who).production.floor.scan({ code });
    expect(await scan(` ${job.jobCode}/10 `)).toMatchObject({
      kind: 'operation',
      operations: [
        {
          operation: job.id(0),
          moves: [
            { move: 'pause', allowed: true },
            { move: 'finish', allowed: true },
            { move: 'cancel', allowed: true },
          ],
        },
      ],
    });
    expect((await scan(job.jobCode)).operations.map(({ position }) => position)).toEqual([10, 20]);
    expect(await scan(job.lotCode)).toMatchObject({ kind: 'lot', id: job.lot, operations: [{}, {}] });
    expect(await scan(badge)).toMatchObject({ kind: 'badge', name: 'Zhao Min', operations: [] });
    const { code } = await as().equipment.get({ equipment: press });
    expect(await scan(code)).toMatchObject({ kind: 'equipment', id: press, operations: [{ operation: job.id(0) }] });
    for (const hidden of [job.jobCode, `${job.jobCode}/10`, job.lotCode, badge, code])
      expect(await failure(scan(hidden, rival))).toBe('floor.code_unknown');
    expect(await failure(scan(`${job.jobCode}/11`))).toBe('floor.code_unknown');
  });
});

describe('a person at the floor', () => {
  it('is on every move and count by name, by token or by PIN', async () => {
    const job = await started([{ words: inBoth('Press') }]);
    const who = await person('Chen Jie');
    const { token, name, idleUntil } = await as().production.floor.identify(whoOnly(who));
    expect([name, idleUntil]).toEqual(['Chen Jie', new Date(now.getTime() + 10 * minute).toISOString()]);
    const at = { operation: job.id(0), token: token as string };
    await as().production.floor.count({ ...at, good: '1' });
    later(9 * minute);
    await as().production.floor.pause({ ...at, reason: 'break' });
    later(9 * minute);
    await as().production.floor.resume(at);
    later(10 * minute);
    expect(await failure(as().production.floor.pause({ ...at, reason: 'break' }))).toBe('floor.token_ended');
    const { rows } = await db.owner.pool.query(
      `select counted_by as by from core.operation_count where operation_id = $1 union all
       select begun_by from core.operation_stretch where operation_id = $1 and kind = 'paused'`,
      [job.id(0)],
    );
    expect(rows.map(({ by }) => by)).toEqual(['Chen Jie', 'Chen Jie']);
    const again = await as().production.floor.identify(whoOnly(who));
    await as().production.floor.leave({ token: again.token as string });
    expect(await failure(as().production.floor.finish({ operation: job.id(0), token: again.token as string }))).toBe('floor.token_ended');
    expect(await failure(as().production.floor.finish({ operation: job.id(0) }))).toBe('request.invalid');
    expect(await failure(as(rival).production.floor.finish({ operation: job.id(0), ...whoOnly(who) }))).toBe('floor.pin_wrong');
  });

  it('is locked out after five wrong PINs for five minutes, however fast they come and whatever they do', async () => {
    const who = await person('Sun Li');
    const wrong = { badge: who.badge, pin: '0000' };
    const codes = await Promise.all(Array.from({ length: 7 }, () => failure(as().production.floor.identify(wrong))));
    expect(codes.sort()).toEqual([...Array(2).fill('floor.badge_locked'), ...Array(5).fill('floor.pin_wrong')]);
    expect(await failure(as().production.floor.identify(whoOnly(who)))).toBe('floor.badge_locked');
    const [listed] = (await as().production.floor.badges.list({})).items.filter(({ id }) => id === who.id);
    expect(listed?.lockedUntil).toBe(new Date(now.getTime() + 5 * minute).toISOString());
    later(5 * minute - 1);
    expect(await failure(as().production.floor.identify(whoOnly(who)))).toBe('floor.badge_locked');
    later(1);
    for (let attempt = 0; attempt < 4; attempt += 1) expect(await failure(as().production.floor.identify(wrong))).toBe('floor.pin_wrong');
    await as().production.floor.identify(whoOnly(who));
    expect(await failure(as().production.floor.identify(wrong))).toBe('floor.pin_wrong');
    expect((await as().production.floor.identify(whoOnly(who))).name).toBe('Sun Li');
    expect(await failure(as().production.floor.identify({ badge: 'BNOBODY99', pin }))).toBe('floor.pin_wrong');
  });

  it('can try again under the same key after a wrong PIN, and a repeated answer holds no token', async () => {
    const who = await person();
    expect(await failure(floor.as(supplier, 'key-1').production.floor.identify({ badge: who.badge, pin: '0000' }))).toBe('floor.pin_wrong');
    expect((await floor.as(supplier, 'key-1').production.floor.identify(whoOnly(who))).token).toMatch(/^yo_/);
    expect((await floor.as(supplier, 'key-1').production.floor.identify(whoOnly(who))).token).toBeNull();
  });

  it('is gone with the badge, and a new PIN ends the old one; no PIN is ever told', async () => {
    const who = await person();
    const { token } = await as().production.floor.identify(whoOnly(who));
    const set = await as().production.floor.badges.setPin({ badge: who.id, pin: '777777' });
    expect(JSON.stringify(set)).not.toMatch(/pin|hash|777777/i);
    const job = await started([{ words: inBoth('Press') }]);
    const pause = { operation: job.id(0), reason: 'break' as const };
    expect(await failure(as().production.floor.pause({ ...pause, token: token as string }))).toBe('floor.token_ended');
    expect(await failure(as().production.floor.pause({ ...pause, ...whoOnly(who) }))).toBe('floor.pin_wrong');
    const next = await as().production.floor.identify({ badge: who.badge, pin: '777777' });
    expect(await failure(as(rival).production.floor.badges.revoke({ badge: who.id }))).toBe('floor.badge_unknown');
    await as().production.floor.badges.revoke({ badge: who.id });
    expect(await failure(as().production.floor.pause({ ...pause, token: next.token as string }))).toBe('floor.token_ended');
    expect(await failure(as().production.floor.badges.setPin({ badge: who.id, pin: '1111' }))).toBe('floor.badge_revoked');
    expect(await failure(as().production.floor.badges.create({ name: 'x', pin, code: who.badge }))).toBe('floor.badge_taken');
    const kept = await db.owner.pool.query(`select body::text from core.event where type like 'production.badge%'`);
    expect(kept.rows.some(({ body }) => /777777|hash|salt/.test(body))).toBe(false);
  });

  it('works on a tablet whose key holds production.floor.* and nothing else', () => {
    const tablet = permissionSet(['production.floor.*']);
    expect(['production.floor.work', 'production.floor.view'].map((name) => tablet.has(name))).toEqual([true, true]);
    expect(['production.run', 'production.badges', 'production.floorplan.view', 'orders.view'].map((name) => tablet.has(name))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

/** The full hour at or after as many hours from now. */
const hourFrom = (hours: number) => new Date(Math.ceil(now.getTime() / 3_600_000 + hours) * 3_600_000).toISOString();

describe('the outlook of an order line', () => {
  it('tells both sides of progress and time, and the buyer nothing else', async () => {
    const press = await floor.machine(supplier);
    const job = await started(
      [
        { words: inBoth('Press'), equipment: press, runSeconds: '36' },
        { words: inBoth('Pack'), runSeconds: '36' },
      ],
      { quantity: '100' },
    );
    const outlook = async (who = buyer) => (await as(who).orders.get({ order: job.order })).lines[0]?.outlook;
    // As planned: an hour for each.
    expect(await outlook()).toMatchObject({
      progressPercent: '0',
      confidence: 'low',
      eta: hourFrom(2),
    });
    later(3_600_000);
    await floor.publish(
      press,
      Array.from({ length: 50 }, (_, index) => ({ type: 'count', good: 1, ts: new Date(now.getTime() - index * 1000) })),
    );
    await floor.projector.drain();
    // 54 reports in 1.04 h: 51.92 an hour, 50 left, and the packing's hour: 1.963 h, rounded up.
    expect(await outlook()).toMatchObject({
      progressPercent: '25',
      // Nobody has seen how fast the packing is.
      confidence: 'low',
      byHandPercent: '0',
      eta: hourFrom(1.963),
    });
    const { version } = await jobOf(job);
    await as().production.countByHand({ job: job.job, version, operation: job.id(0), good: '50', reason: 'x' });
    expect(await outlook()).toMatchObject({ progressPercent: '50', byHandPercent: '50' });
    expect(await outlook(supplier)).toEqual(await outlook());
    const seen = JSON.stringify((await as(buyer).orders.get({ order: job.order })).lines[0]?.outlook);
    for (const hidden of [press, job.job, job.jobCode, 'machine', 'Press', 'rate']) expect(seen).not.toContain(hidden);
    const own = await as().production.floor.outlook({ orderLine: job.line });
    expect(own.jobs[0]?.operations[0]).toMatchObject({ progress: 1, weight: 0.5, remaining: 0 });
    for (const stranger of [buyer, rival])
      expect(await failure(as(stranger).production.floor.outlook({ orderLine: job.line }))).toBe('request.not_found');
    const { rows } = await db.owner.pool.query('select count(*)::int as n from core.order_outlook where line_id = $1', [job.line]);
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('has no date while a part of the line is with nobody', async () => {
    const { id: order, lines } = await as(buyer).orders.propose(proposal('supplier', `F-${++numbers}`, '100'));
    await as().orders.accept({ order, version: 1 });
    const line = lines[0]?.id as string;
    expect((await as(buyer).orders.get({ order })).lines[0]?.outlook).toBeNull();
    const { job } = await as().orders.start({
      order,
      version: 2,
      line,
      quantity: '40',
      operations: [{ words: inBoth('Press'), runSeconds: '36' }],
    });
    await as().production.countByHand({ job, version: 1, good: '40', reason: 'x' });
    expect((await as(buyer).orders.get({ order })).lines[0]?.outlook).toMatchObject({
      progressPercent: '40',
      eta: null,
      confidence: 'low',
    });
  });
});

describe('an operation that a subcontractor performs', () => {
  const inSupplier = <Result>(work: (scope: Scope) => Promise<Result>) =>
    inScope(db.database.runtime, { organization: supplier.id, actor: { kind: 'system', id: 'test', label: 'Sub-order 7' }, now }, work);
  const subOrder = '018f0000-0000-7000-8000-000000000007';

  it('is moved and counted by the order to them, and by nobody else', async () => {
    const job = await started([{ words: inBoth('Press') }, { words: inBoth('Anodise') }]);
    const who = whoOnly(await person());
    await as().production.floor.count({ operation: job.id(0), ...who, good: '10' });
    await as().production.floor.finish({ operation: job.id(0), ...who });
    const at = { operation: job.id(1) };
    expect(await failure(inSupplier((scope) => startOutside(scope, orderProgress, job.id(1))))).toBe('production.operation_not_outside');
    await inSupplier((scope) => markOutside(scope, { ...at, subOrder, supplier: 'Galvanik Ltd' }));
    expect((await jobOf(job)).operations[1]).toMatchObject({ outside: { supplier: 'Galvanik Ltd', subOrder }, state: 'ready' });
    expect(await failure(as().production.floor.start({ ...at, ...who }))).toBe('production.operation_outside');
    const report = { ...at, good: '9', scrap: '1', evidence: 'subcontractor' as const, reason: 'Sub-order 7, delivery 1' };
    expect(await failure(inSupplier((scope) => reportOutside(scope, orderProgress, report)))).toBe('production.operation_wrong_state');
    await inSupplier((scope) => startOutside(scope, orderProgress, job.id(1)));
    expect(await failure(as().production.floor.count({ ...at, ...who, good: '1' }))).toBe('production.operation_outside');
    await inSupplier((scope) => reportOutside(scope, orderProgress, report));
    await inSupplier((scope) => finishOutside(scope, orderProgress, job.id(1)));
    expect((await jobOf(job)).operations[1]).toMatchObject({ state: 'done', good: '9', scrap: '1', byHand: { good: '9' } });
    expect((await as(buyer).orders.ledger({ order: job.order, kind: 'produced' })).items).toMatchObject([
      { quantity: { value: '9' }, evidence: 'subcontractor', reason: 'Sub-order 7, delivery 1' },
    ]);
    expect(await failure(inSupplier((scope) => markOutside(scope, { ...at, subOrder: null, supplier: null })))).toBe(
      'production.operation_wrong_state',
    );
  });

  it('by word alone is moved by people, starts when it is sent out, and works on no equipment', async () => {
    const press = await floor.machine(supplier);
    const job = await started([
      { words: inBoth('Anodise'), outside: true, supplier: 'Galvanik Ltd', equipment: press },
      { words: inBoth('Pack') },
    ]);
    expect((await jobOf(job)).operations).toMatchObject([{ state: 'ready', equipment: null }, { state: 'todo' }]);
    const who = whoOnly(await person());
    expect(await as().production.floor.start({ operation: job.id(0), ...who })).toMatchObject({ state: 'in_progress', equipment: null });
    await as().production.floor.count({ operation: job.id(0), ...who, good: '10' });
    expect(await as().production.floor.finish({ operation: job.id(0), ...who })).toMatchObject({ state: 'done' });
  });
});
