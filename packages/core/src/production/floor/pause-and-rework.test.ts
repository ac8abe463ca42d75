import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failure } from '../../orders/floor.fixture.js';
import {
  as,
  buyer,
  db,
  floor,
  inBoth,
  jobOf,
  later,
  minute,
  onAFloor,
  person,
  started,
  supplier,
  violations,
  whoOnly,
} from './shift.fixture.js';

onAFloor();

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
