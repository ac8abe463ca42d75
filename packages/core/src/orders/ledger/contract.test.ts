import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Connection, connect, newId } from '../../database/index.js';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import { createFloor, type Floor, failure } from '../floor.fixture.js';
import { findLedgerViolations } from '../index.js';
import { contractCommand, makeAndShip, type NamedCommand, newContract, type Side } from './contract.fixture.js';

let db: TestDatabase;
let floor: Floor;
let buyer: TestOrganization;
let supplier: TestOrganization;
/** A session of the same role, which may end its others. */
let breaker: Connection;
const start = new Date('2026-11-02T08:00:00Z').getTime();
let now = start;

beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db, { now: () => new Date(now) });
  buyer = await createTestOrganization(db, 'buyer');
  supplier = await createTestOrganization(db, 'supplier');
  breaker = connect(db.urls.runtime, { max: 1, name: 'breaker' });
});
afterAll(async () => {
  await breaker?.close();
  await db.close();
});

const who = (side: Side) => (side === 'buyer' ? buyer : supplier);
const as = (side: Side) => floor.as(who(side));

/** In how many ms after it is sent a command loses its database; mostly never. */
const crash = fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 25 }) });
const story = fc.array(fc.tuple(contractCommand(), crash), { minLength: 20, maxLength: 34 });
const refusal = /^(orders|changes|delivery|statements|production|lifecycle|access|request|measure)\.(?!internal|unavailable)[a-z_]+$/;

/** Every session of the platform ends in the middle of whatever it does, as when the server of the database is lost. */
async function crashSessions(afterMs: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  await breaker.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and usename = current_user and pid <> pg_backend_pid()`,
  );
}

async function outcomeOf([, command]: NamedCommand, order: string, crashMs: number | null): Promise<string> {
  const seen = await as('buyer').orders.get({ order });
  const pass = (days: number) => void (now += days * 86_400_000);
  const keys = { buyer: newId(), supplier: newId() };
  // Commands of one step that are several have keys of their own; a step of one command is sent again under the same key.
  const sent = () => command({ order, seen, pass }, (side) => floor.as(who(side), crashMs === null ? undefined : keys[side]));
  if (crashMs === null) return failure(sent());
  const [first] = await Promise.all([failure(sent()), crashSessions(crashMs)]);
  return `crashed: ${first}`;
}

it('whatever both sides do, and whatever breaks meanwhile, quantities are conserved and every refusal has its code', {
  timeout: 300_000,
}, async () => {
  const reached = new Map<string, number>();
  let told = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(0, 1, 2, 3), story, async (depth, commands) => {
      now = start;
      const order = await newContract(as, supplier, `K-${++told}`, '2026-11-30');
      await preamble(order, depth);
      for (const [command, crashMs] of commands) {
        const outcome = await outcomeOf(command, order, crashMs);
        const [name] = command;
        if (outcome !== 'nothing failed' && !outcome.startsWith('crashed')) expect(outcome, name).toMatch(refusal);
        const what = `${name.replace(/\d+|null|[/.,]/g, '').trim()}: ${outcome}`;
        reached.set(what, (reached.get(what) ?? 0) + 1);
        expect(await findLedgerViolations(db.owner), name).toEqual([]);
      }
    }),
    {
      numRuns: Number(process.env['YUNFAB_PROPERTY_RUNS'] ?? 7),
      seed: Number(process.env['YUNFAB_PROPERTY_SEED'] ?? 20261128),
      endOnFailure: !process.env['YUNFAB_PROPERTY_SHRINK'],
      reporter: reportNames,
    },
  );
  if (process.env['YUNFAB_PROPERTY_SHOW'])
    process.stdout.write(
      `${[...reached]
        .sort()
        .map(([what, times]) => `${times} × ${what}`)
        .join('\n')}\n`,
    );
  expect(floor.problems).toEqual([]);
  // The stories are worth telling only if they get somewhere.
  for (const what of ['accept change', 'make and ship', 'receive', 'inspect'])
    expect([...reached.keys()]).toContain(`${what}: nothing failed`);
});

function reportNames(run: fc.RunDetails<[depth: 0 | 1 | 2 | 3, commands: [NamedCommand, number | null][]]>): void {
  if (!run.failed) return;
  const names = run.counterexample?.[1].map(([[name], crashMs]) => (crashMs === null ? name : `${name} (crash)`)).join(' → ');
  throw new Error(`seed ${run.seed}, from depth ${run.counterexample?.[0]}: ${names}`, { cause: run.errorInstance });
}

/** 0 accepted, 1 shipped in part, 2 received, 3 accepted in part. */
async function preamble(order: string, until: number): Promise<void> {
  if (until < 1) return;
  const { lines } = await as('buyer').orders.get({ order });
  await makeAndShip(as, { order, line: lines[0]?.id as string, quantity: '6' });
  if (until < 2) return;
  const shipped = await as('buyer').orders.get({ order });
  const shipment = shipped.shipments[0];
  await as('buyer').orders.receive({ order, version: shipped.version, shipment: shipment?.id as string });
  if (until < 3) return;
  const shipmentLine = shipment?.lines[0]?.id as string;
  await as('buyer').orders.inspect({ order, version: shipped.version + 1, lines: [{ shipmentLine, accepted: '4' }] });
}

it('a command that broke and is sent again under its key has happened once', { timeout: 60_000 }, async () => {
  for (const crashMs of [0, 3, 6, 9, 12, 18]) {
    now = start;
    const order = await newContract(as, supplier, `R-${crashMs}`, '2026-11-30');
    const { lines } = await as('buyer').orders.get({ order });
    const key = newId();
    const input = { order, version: 2, reason: 'more', terms: { lines: [{ line: lines[0]?.id as string, quantity: '12' }] } };
    await Promise.all([failure(floor.as(buyer, key).orders.changes.propose(input)), crashSessions(crashMs)]);
    const proposed = await again(() => floor.as(buyer, key).orders.changes.propose(input));
    expect(proposed).toMatchObject({ version: 3, change: { kind: 'terms' } });
    const accept = { order, version: 3, change: proposed.change?.id as string };
    const acceptKey = newId();
    await Promise.all([failure(floor.as(supplier, acceptKey).orders.changes.accept(accept)), crashSessions(crashMs)]);
    expect(await again(() => floor.as(supplier, acceptKey).orders.changes.accept(accept))).toMatchObject({
      version: 4,
      lines: [{ progress: { ordered: '12', allocated: '12' } }, {}],
    });
    expect((await as('buyer').orders.changes.list({ order })).items).toHaveLength(1);
    expect(await findLedgerViolations(db.owner)).toEqual([]);
  }
});

/** Until a session is there that was not ended. */
async function again<Reply>(send: () => Promise<Reply>, attempts = 5): Promise<Reply> {
  try {
    return await send();
  } catch (error) {
    if (attempts === 0) throw error;
    return again(send, attempts - 1);
  }
}
