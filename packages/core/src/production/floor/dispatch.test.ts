import { describe, expect, it } from 'vitest';
import { permissionSet } from '../../access/index.js';
import { failure } from '../../orders/floor.fixture.js';
import {
  as,
  db,
  floor,
  inBoth,
  jobOf,
  later,
  minute,
  now,
  numbers,
  onAFloor,
  person,
  pin,
  rival,
  started,
  supplier,
  whoOnly,
} from './shift.fixture.js';

onAFloor();

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
    const to = new Date(now.getTime() + 1).toISOString();
    const [center = ''] = (await as().production.floor.losses({ from, to })).workCenters;
    expect((await as().production.floor.losses({ from, to, workCenter: center })).items.map(({ code }) => code)).toEqual([
      'SHORT',
      'FLASH',
      null,
    ]);
    expect(await as().production.floor.losses({ from, to, workCenter: 'elsewhere' })).toEqual({ items: [], workCenters: [center] });
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
    await as().production.floor.prioritise({ operation: waiting.id(1), priority: 3, wholeJob: true });
    expect((await jobOf(waiting)).operations.map(({ priority, dueOn }) => [priority, dueOn])).toEqual([
      [3, '2026-07-01'],
      [3, '2026-06-30'],
    ]);
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
