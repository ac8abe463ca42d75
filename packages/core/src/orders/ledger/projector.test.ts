import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import { createFloor, type Floor, proposal } from '../floor.fixture.js';
import { findLedgerViolations } from '../index.js';

let db: TestDatabase;
let floor: Floor;
let buyer: TestOrganization;
let supplier: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db);
  buyer = await createTestOrganization(db, 'buyer');
  supplier = await createTestOrganization(db, 'supplier');
});
afterAll(() => db.close());

const childFile = fileURLToPath(new URL('projector.child.ts', import.meta.url));

async function startChild(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--conditions=yunfab-source', '--import', 'tsx', childFile], {
    env: { ...process.env, URLS: JSON.stringify(db.urls) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`the projector ended with ${code}`)));
  });
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

const pending = async () =>
  (await db.owner.pool.query('select count(*)::int as n from telemetry.device_event_pending')).rows[0].n as number;

it('counts every unit exactly once through SIGKILL in the middle of its work', { timeout: 180_000 }, async () => {
  const machine = await floor.machine(supplier);
  const { id: order, lines } = await floor.as(buyer).orders.propose(proposal('supplier', 'P-1', '1000'));
  await floor.as(supplier).orders.accept({ order, version: 1 });
  await floor.as(supplier).orders.start({ order, version: 2, line: lines[0]?.id as string, equipment: machine });
  const events = 400;
  await floor.publish(
    machine,
    Array.from({ length: events }, (_, n) => (n % 10 === 9 ? { type: 'run_started', run: n } : { type: 'count', good: 1 })),
  );
  // Each batch now takes a while between its effects and its commit, so that a kill falls into the middle.
  await db.owner.pool.query(`
    create function core.dawdle() returns trigger language plpgsql as $$ begin perform pg_sleep(0.15); return null; end $$;
    create trigger dawdle after insert on core.order_entry for each row execute function core.dawdle()`);
  let left = events;
  for (const intoTheNextBatch of [20, 90, 160]) {
    const child = await startChild();
    await expect.poll(pending, { timeout: 30_000, interval: 10 }).toBeLessThan(left);
    await sleep(intoTheNextBatch);
    await kill(child);
    left = await pending();
  }
  expect(left).toBeGreaterThan(0);
  await db.owner.pool.query('drop trigger dawdle on core.order_entry');
  // A killed client's transaction ends when the server notices; the projector waits for its locks.
  await floor.projector.drain();
  expect(await pending()).toBe(0);
  expect((await floor.as(buyer).orders.get({ order })).lines[0]?.progress.produced).toBe(String(events * 0.9));
  expect((await floor.as(supplier).production.runs.list({ equipment: machine, limit: 100 })).items).toHaveLength(events * 0.1);
  expect(await findLedgerViolations(db.owner)).toEqual([]);
  expect(floor.problems).toEqual([]);
});

it('side by side with another neither loses nor doubles', { timeout: 60_000 }, async () => {
  const machine = await floor.machine(supplier);
  const { id: order, lines } = await floor.as(buyer).orders.propose(proposal('supplier', 'P-2', '1000'));
  await floor.as(supplier).orders.accept({ order, version: 1 });
  const { job } = await floor.as(supplier).orders.start({ order, version: 2, line: lines[0]?.id as string, equipment: machine });
  const others = [createFloor(db).projector, createFloor(db).projector];
  for (const projector of others) projector.start();
  for (let n = 0; n < 10; n++) {
    await floor.publish(
      machine,
      Array.from({ length: 10 }, () => ({ type: 'count', good: 1 })),
    );
    for (const projector of others) projector.wake();
  }
  await expect.poll(pending, { timeout: 20_000 }).toBe(0);
  await Promise.all(others.map((projector) => projector.stop()));
  expect(await floor.as(supplier).production.jobs.get({ job })).toMatchObject({ good: '100' });
  expect((await floor.as(buyer).orders.get({ order })).lines[0]?.progress.produced).toBe('100');
  expect(await findLedgerViolations(db.owner)).toEqual([]);
});
