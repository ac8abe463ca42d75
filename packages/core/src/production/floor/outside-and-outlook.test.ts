import { describe, expect, it } from 'vitest';
import { inScope, type Scope } from '../../database/index.js';
import { failure, proposal } from '../../orders/floor.fixture.js';
import { orderProgress } from '../../orders/index.js';
import { finishOutside, markOutside, reportOutside, startOutside } from '../index.js';
import {
  as,
  buyer,
  db,
  floor,
  inBoth,
  jobOf,
  later,
  nextNumber,
  now,
  onAFloor,
  person,
  rival,
  started,
  supplier,
  whoOnly,
} from './shift.fixture.js';

onAFloor();

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

  it('promises no day that has passed, and says by how much it is late and why', async () => {
    const job = await started([{ words: inBoth('Press'), runSeconds: '36' }], { quantity: '100', dueOn: '2026-06-20' });
    const outlook = async (who = buyer) => (await as(who).orders.get({ order: job.order })).lines[0]?.outlook;
    await as().production.floor.count({ operation: job.id(0), ...whoOnly(await person()), good: '10' });
    expect(await outlook()).toMatchObject({ late: null, eta: expect.any(String) });
    later(5 * 86_400_000);
    expect(await outlook()).toMatchObject({
      eta: null,
      earliest: null,
      latest: null,
      confidence: 'low',
      late: { days: 5, reason: 'silent' },
    });
    expect(await outlook(supplier)).toEqual(await outlook());
    const own = await as().production.floor.outlook({ orderLine: job.line });
    expect(own.eta !== null && own.eta >= now.toISOString()).toBe(true);
  });

  it('has no date while a part of the line is with nobody', async () => {
    const { id: order, lines } = await as(buyer).orders.propose(proposal('supplier', `F-${nextNumber()}`, '100'));
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

/** The full hour at or after as many hours from now. */
const hourFrom = (hours: number) => new Date(Math.ceil(now.getTime() / 3_600_000 + hours) * 3_600_000).toISOString();
