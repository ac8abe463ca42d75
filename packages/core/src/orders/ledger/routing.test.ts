import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import { createFloor, type Floor, failure, proposal } from '../floor.fixture.js';
import { findLedgerViolations } from '../index.js';

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
afterAll(async () => {
  expect(await findLedgerViolations(db.owner)).toEqual([]);
  expect(floor.problems).toEqual([]);
  await db.close();
});

const as = (who: TestOrganization = supplier) => floor.as(who);
const inBoth = (en: string) => ({ en, zh: en });
let numbers = 0;

async function accepted(quantity = '10') {
  const { id: order, lines } = await as(buyer).orders.propose(proposal('supplier', `R-${++numbers}`, quantity));
  await as().orders.accept({ order, version: 1 });
  return { order, version: 2, line: lines[0]?.id as string };
}

type Started = Awaited<ReturnType<typeof startedWith>>;
async function startedWith(operations: { words: { en: string; zh: string }; equipment?: string; parallel?: boolean }[]) {
  const start = await accepted();
  const { job, lot } = await as().orders.start({ ...start, operations });
  const detail = await as().production.jobs.get({ job });
  const id = (index: number) => detail.operations[index]?.id as string;
  return { ...start, job, lot, detail, id };
}

const move = async ({ job, id }: Started, what: 'start' | 'finish', index: number, more: { equipment?: string } = {}) => {
  const { version } = await as().production.jobs.get({ job });
  const input = { job, version, operation: id(index) };
  return what === 'start' ? as().production.operations.start({ ...input, ...more }) : as().production.operations.finish(input);
};
const count = async ({ job, id }: Started, index: number, good: string, scrap = '0') => {
  const { version } = await as().production.jobs.get({ job });
  return as().production.countByHand({ job, version, operation: id(index), good, scrap, reason: 'by eye' });
};
const producedOf = async (order: string) => (await as(buyer).orders.get({ order })).lines[0]?.progress.produced;

describe('a job order of several operations', () => {
  it('carries them out in their order, and only what leaves the last is in the lot and in the order', async () => {
    const [press, oven] = [await floor.machine(supplier), await floor.machine(supplier)];
    const job = await startedWith([
      { words: inBoth('Press'), equipment: press },
      { words: inBoth('Bake'), equipment: oven },
      { words: inBoth('Pack') },
    ]);
    expect(job.detail.operations.map(({ position, state, final }) => [position, state, final])).toEqual([
      [10, 'in_progress', false],
      [20, 'todo', false],
      [30, 'todo', true],
    ]);
    expect(job.detail.operations[1]?.moves).toEqual([
      { move: 'start', words: { en: 'Start', zh: '开工' }, allowed: false, reason: 'production.operation_waits' },
      { move: 'cancel', words: { en: 'Leave out', zh: '取消' }, allowed: true, reason: null },
    ]);
    expect(await failure(move(job, 'start', 1))).toBe('production.operation_waits');
    expect(await failure(move(job, 'finish', 2))).toBe('production.operation_wrong_state');
    await floor.publish(press, [
      { type: 'run_started', run: 1 },
      { type: 'count', good: 12, scrap: 1 },
      { type: 'run_ended', run: 1 },
    ]);
    await floor.publish(oven, [{ type: 'count', good: 3 }]);
    await floor.projector.drain();
    const pressed = await as().production.jobs.get({ job: job.job });
    expect(pressed).toMatchObject({
      good: '0',
      scrap: '1',
      operations: [{ good: '12' }, { good: '0' }, { good: '0' }],
      lots: [{ good: '0' }],
    });
    expect(await producedOf(job.order)).toBe('0');
    const [run] = (await as().production.runs.list({ lot: job.lot })).items;
    expect(run).toMatchObject({ equipment: { id: press }, job: { id: job.job }, lot: { id: job.lot } });

    await move(job, 'finish', 0);
    expect((await move(job, 'start', 1)).operations[1]).toMatchObject({ state: 'in_progress', equipment: { id: oven } });
    await floor.publish(oven, [{ type: 'count', good: 11 }]);
    await floor.projector.drain();
    await move(job, 'finish', 1);
    await move(job, 'start', 2);
    await count(job, 2, '10');
    expect(await producedOf(job.order)).toBe('10');
    const made = await as().production.jobs.get({ job: job.job });
    expect(made).toMatchObject({
      good: '10',
      lots: [{ lot: { quantity: '10' }, good: '10' }],
      operations: [{ good: '12' }, { good: '11' }, { good: '10' }],
    });
    expect(made.lots).toHaveLength(1);
    await as().production.jobs.complete({ job: job.job, version: made.version });
    expect(await as().lifecycle.lots.get({ lot: job.lot })).toMatchObject({ state: 'closed', quantity: '10' });
  });

  it('runs those beside each other that are told to, each on its own equipment, which works on one thing at a time', async () => {
    const [press, oven] = [await floor.machine(supplier), await floor.machine(supplier)];
    const both = [
      { words: inBoth('Press'), equipment: press },
      { words: inBoth('Bake'), equipment: oven, parallel: true },
    ];
    const job = await startedWith(both);
    expect(job.detail.operations.map(({ state }) => state)).toEqual(['in_progress', 'in_progress']);
    expect(await failure(startedWith([{ words: inBoth('Other'), equipment: oven }]))).toBe('production.equipment_busy');
    expect(await failure(startedWith([{ words: inBoth('a'), equipment: await floor.machine(rival) }]))).toBe(
      'production.equipment_unknown',
    );
    const waiting = await startedWith([{ words: inBoth('By hand') }, { words: inBoth('Press'), equipment: press }]);
    await move(waiting, 'finish', 0);
    expect(await failure(move(waiting, 'start', 1))).toBe('production.equipment_busy');
    const spare = await floor.machine(supplier);
    expect((await move(waiting, 'start', 1, { equipment: spare })).operations[1]?.equipment?.id).toBe(spare);
    await floor.publish(press, [{ type: 'count', good: 4 }]);
    await floor.publish(oven, [{ type: 'count', good: 4 }]);
    await floor.projector.drain();
    expect((await as().production.jobs.get({ job: job.job })).operations.map(({ good }) => good)).toEqual(['4', '4']);
    expect(await producedOf(job.order)).toBe('4');
    expect(await failure(move(job, 'finish', 1))).toBe('production.operation_waits');
    await move(job, 'finish', 0);
    await move(job, 'finish', 1);
    expect((await startedWith([{ words: inBoth('Bake'), equipment: oven }])).detail.operations[0]?.state).toBe('in_progress');
  });

  it('goes through its next lot as a whole, and leaves nothing out unless told to', async () => {
    const press = await floor.machine(supplier);
    const job = await startedWith([
      { words: inBoth('Press'), equipment: press },
      { words: inBoth('Pack'), parallel: true },
      { words: inBoth('Label') },
    ]);
    const { version } = await as().production.jobs.get({ job: job.job });
    const closed = await as().production.lots.close({ job: job.job, version, lot: job.lot, openNext: true });
    expect(closed.job.operations.map(({ openLot }) => openLot?.id).filter((id) => id !== undefined)).toHaveLength(3);
    expect(new Set(closed.job.operations.map(({ openLot }) => openLot?.id)).size).toBe(1);
    const complete = (skipReady: boolean) =>
      as()
        .production.jobs.get({ job: job.job })
        .then(({ version: seen }) => as().production.jobs.complete({ job: job.job, version: seen, skipReady }));
    expect(await failure(complete(false))).toBe('production.operations_open');
    expect((await complete(true)).operations.map(({ state }) => state)).toEqual(['done', 'done', 'canceled']);
  });

  it('opens one lot when counts of two of its operations come after the last was closed', async () => {
    const [press, oven] = [await floor.machine(supplier), await floor.machine(supplier)];
    const job = await startedWith([
      { words: inBoth('Press'), equipment: press },
      { words: inBoth('Bake'), equipment: oven, parallel: true },
    ]);
    const { version } = await as().production.jobs.get({ job: job.job });
    await as().production.lots.close({ job: job.job, version, lot: job.lot });
    await as().lifecycle.lots.block({ lot: job.lot, version: (await as().lifecycle.lots.get({ lot: job.lot })).version, reason: 'held' });
    await floor.publish(press, [{ type: 'count', good: 2 }]);
    await floor.publish(oven, [{ type: 'count', good: 1 }]);
    await floor.projector.drain();
    const { lots } = await as().production.jobs.get({ job: job.job });
    expect(lots.map(({ good, lot }) => [good, lot.state])).toEqual([
      ['0', 'blocked'],
      ['1', 'open'],
    ]);
  });

  it('is refused when it is told badly', async () => {
    const start = await accepted();
    const words = inBoth('x');
    expect(
      await failure(
        as().orders.start({
          ...start,
          operations: [
            { words, position: 5 },
            { words, position: 5 },
          ],
        }),
      ),
    ).toBe('production.operation_twice');
    expect(await failure(as().orders.start({ ...start, equipment: await floor.machine(supplier), operations: [{ words }] }))).toBe(
      'request.invalid',
    );
  });
});

describe('a job order of a revision', () => {
  const released = async (unit: 'H87' | 'KGM' = 'H87', operations = true) => {
    const { id: item } = await as().engineering.items.create({ number: `I-${++numbers}`, kind: 'assembly', name: inBoth('Valve'), unit });
    const draft = await as().engineering.revisions.create({
      item,
      label: 'A',
      specification: { schema: 'test/valve@1', value: { bore: 4 } },
      ...(operations
        ? {
            operations: [
              { position: 10, name: inBoth('Turn'), workCenter: 'lathe', setupSeconds: '600', runSeconds: '42.5' },
              { position: 20, name: inBoth('Test'), workCenter: 'bench' },
            ],
          }
        : {}),
    });
    return { item, revision: draft.id, version: draft.version };
  };

  it('follows its routing, and its lots are of its item', async () => {
    const { item, revision, version } = await released();
    const start = await accepted();
    const lathe = await floor.machine(supplier);
    const routing = { revision, at: [{ position: 10, equipment: lathe }] };
    expect(await failure(as().orders.start({ ...start, routing }))).toBe('production.revision_not_released');
    await as().engineering.revisions.release({ revision, version });
    expect(await failure(as().orders.start({ ...start, routing: { revision, at: [{ position: 11 }] } }))).toBe(
      'production.operation_twice',
    );
    const { job, lot } = await as().orders.start({ ...start, routing });
    const detail = await as().production.jobs.get({ job });
    expect(detail).toMatchObject({ revision, specification: { schema: 'test/valve@1', value: { bore: 4 } } });
    expect(detail.operations).toMatchObject([
      {
        position: 10,
        words: inBoth('Turn'),
        workCenter: 'lathe',
        setupSeconds: '600',
        runSeconds: '42.5',
        equipment: { id: lathe },
        state: 'in_progress',
      },
      { position: 20, workCenter: 'bench', equipment: null, state: 'todo', final: true },
    ]);
    const { rows } = await db.owner.pool.query('select item from core.lot where id = $1', [lot]);
    expect(rows).toEqual([{ item }]);
  });

  it('is refused for a hidden revision as for an absent one, and for one counted otherwise', async () => {
    const start = await accepted();
    const { revision, version } = await released('KGM');
    await as().engineering.revisions.release({ revision, version });
    expect(await failure(as().orders.start({ ...start, routing: { revision } }))).toBe('production.unit_differs');
    const hidden = await as(rival).engineering.items.create({ number: 'H', kind: 'part', name: inBoth('Hidden'), unit: 'H87' });
    const theirs = await as(rival).engineering.revisions.create({ item: hidden.id, label: 'A' });
    for (const each of [theirs.id, '018f0000-0000-7000-8000-000000000000'])
      expect(await failure(as().orders.start({ ...start, routing: { revision: each } }))).toBe('production.revision_unknown');
  });

  it('without a routing is one operation', async () => {
    const { revision, version } = await released('H87', false);
    await as().engineering.revisions.release({ revision, version });
    const { job } = await as().orders.start({ ...(await accepted()), routing: { revision } });
    expect((await as().production.jobs.get({ job })).operations).toMatchObject([{ position: 1, state: 'in_progress', final: true }]);
  });
});

describe('materials', () => {
  const bought = (quantity: string, who = supplier) =>
    as(who)
      .lifecycle.lots.register({ code: `RAW-${++numbers}`, quantity: { value: quantity, unit: 'KGM' } })
      .then(({ id }) => id);
  const leftOf = async (lot: string) => {
    const { rows } = await db.owner.pool.query<{ left: string }>(
      'select trim_scale(quantity - shipped - consumed)::text as left from core.lot where id = $1',
      [lot],
    );
    return rows[0]?.left;
  };
  const issue = async ({ job }: Started, input: { thing: string; quantity?: string; position?: string; operation?: string }) => {
    const { version } = await as().production.jobs.get({ job });
    return as().production.materials.issue({ job, version, ...input });
  };

  it('leave their lots, are traced into what is made, and come back by an entry that names them', async () => {
    const job = await startedWith([{ words: inBoth('Mix') }, { words: inBoth('Fill') }]);
    const [raw, other] = [await bought('25'), await bought('5')];
    const issued = await issue(job, { thing: raw, quantity: '10.5' });
    expect(issued.materials).toMatchObject([
      { operation: job.id(0), lot: job.lot, quantity: { value: '10.5', unit: 'KGM' }, reversed: false, thing: { node: raw } },
    ]);
    expect(await leftOf(raw)).toBe('14.5');
    expect(await failure(issue(job, { thing: raw, quantity: '15' }))).toBe('lifecycle.holds_less');
    expect(await failure(issue(job, { thing: await bought('1', rival), quantity: '1' }))).toBe('request.not_found');
    await issue(job, { thing: other, quantity: '5' });
    const { materials } = await as().lifecycle.lots.contents({ lot: job.lot });
    expect(materials.map(({ thing, quantity }) => [thing.node, quantity.value]).sort()).toEqual(
      [
        [raw, '10.5'],
        [other, '5'],
      ].sort(),
    );

    const reverse = async (id: string) => {
      const { version } = await as().production.jobs.get({ job: job.job });
      return as().production.materials.reverse({ job: job.job, version, issue: id, reason: 'wrong drum' });
    };
    const first = issued.materials[0]?.id as string;
    const returned = await reverse(first);
    expect(returned.materials.map(({ quantity, reversed, reverses, reason }) => [quantity.value, reversed, reverses, reason])).toEqual([
      ['10.5', true, null, null],
      ['5', false, null, null],
      ['-10.5', false, first, 'wrong drum'],
    ]);
    expect(await leftOf(raw)).toBe('25');
    expect(await failure(reverse(first))).toBe('production.issue_unknown');
    expect(await failure(reverse(returned.materials[2]?.id as string))).toBe('production.issue_unknown');
    const { rows } = await db.owner.pool.query(
      'select input_id, valid_to is null as open from core.genealogy where output_id = $1 order by valid_from',
      [job.lot],
    );
    expect(rows).toEqual([
      { input_id: raw, open: false },
      { input_id: other, open: true },
    ]);
  });

  it('that are units are built in at a position, and can come out again', async () => {
    const parts = await startedWith([{ words: inBoth('Make') }]);
    await count(parts, 0, '2');
    const { version } = await as().production.jobs.get({ job: parts.job });
    const { units } = await as().production.units.make({ job: parts.job, lot: parts.lot, serials: ['SN-1', 'SN-2'] });
    expect(units.map(({ serial }) => serial)).toEqual(['SN-1', 'SN-2']);
    const stranger = await startedWith([{ words: inBoth('Other') }]);
    expect(await failure(as().production.units.make({ job: stranger.job, lot: parts.lot, serials: ['SN-3'] }))).toBe(
      'production.lot_not_of_job',
    );
    await as().production.jobs.complete({ job: parts.job, version });

    const job = await startedWith([{ words: inBoth('Assemble') }]);
    const [unit] = units;
    const issued = await issue(job, { thing: unit?.id as string, position: 'U12' });
    expect(issued.materials).toMatchObject([
      { quantity: { value: '1', unit: 'H87' }, position: 'U12', thing: { kind: 'unit', code: 'SN-1' } },
    ]);
    expect((await as().lifecycle.units.get({ unit: unit?.id as string })).unit.state).toBe('installed');
    expect(await failure(issue(job, { thing: unit?.id as string }))).toBe('lifecycle.unit_wrong_state');
    const seen = await as().production.jobs.get({ job: job.job });
    await as().production.materials.reverse({
      job: job.job,
      version: seen.version,
      issue: seen.materials[0]?.id as string,
      reason: 'bent pin',
    });
    expect((await as().lifecycle.units.get({ unit: unit?.id as string })).unit.state).toBe('removed');
  });
});
