import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Scope } from '../../database/index.js';
import {
  asOrganization,
  createTestDatabase,
  createTestOrganization,
  type TestDatabase,
  type TestOrganization,
} from '../../testing/index.js';
import { refusal } from '../chain.fixture.js';
import { type ActivityKind, lotContents, makeUnits, openLot, recordActivity, registerLot } from '../index.js';
import { reach, trace } from './trace.js';

let db: TestDatabase;
let factory: TestOrganization;
let world = 0;

beforeAll(async () => {
  db = await createTestDatabase();
  factory = await createTestOrganization(db, 'factory');
});
afterAll(() => db.close());

/** What may happen: mostly one thing into another, sometimes several, sometimes out again. */
interface Happening {
  readonly kind: ActivityKind;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly position: string | undefined;
}

const lots = 5;
const units = 7;
const index = fc.nat({ max: lots + units - 1 });
const happening: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constantFrom<ActivityKind>('made', 'assembled', 'installed', 'serviced', 'transformed', 'merged', 'disassembled'),
  inputs: fc.uniqueArray(index, { minLength: 1, maxLength: 3 }),
  outputs: fc.uniqueArray(index, { minLength: 1, maxLength: 2 }),
  position: fc.constantFrom(undefined, 'U1', 'U2'),
});

/** Lots that are open and full enough for anything, and units of one of them. */
async function thingsOf(scope: Scope): Promise<string[]> {
  const name = `G${++world}`;
  const made: string[] = [];
  for (let i = 0; i < lots; i++) made.push((await registerLot(scope, { code: `${name}-${i}`, unit: 'H87', quantity: '1000' })).id);
  const home = await openLot(scope, { code: `${name}-home`, unit: 'H87' });
  const serials = Array.from({ length: units }, (_, i) => `${name}-${i}`);
  return [...made, ...(await makeUnits(scope, { lot: home.id, serials })).map(({ id }) => id)];
}

const expected = new Set([
  'accepted',
  'lifecycle.activity_shape',
  'lifecycle.named_twice',
  'lifecycle.would_contain_itself',
  'lifecycle.unit_wrong_state',
  'lifecycle.not_installed',
  'lifecycle.more_than_went_in',
  'lifecycle.holds_less',
]);

async function happen(things: readonly string[], { kind, inputs, outputs, position }: Happening): Promise<string> {
  const named = (i: number) => ({ thing: things[i] ?? '', ...(i < lots ? { quantity: '1' } : {}), ...(position ? { position } : {}) });
  return asOrganization(db, factory, async (scope) => {
    const outcome = await refusal(
      recordActivity(scope, { kind, inputs: inputs.map(named), outputs: outputs.map((i) => ({ thing: things[i] ?? '' })) }),
    );
    if (outcome !== 'accepted') throw new Error(outcome);
    return outcome;
  }).catch((error: Error) => error.message);
}

/** What the database holds, read as the owner and closed here by the textbook: everything that is reachable from each thing. */
async function closureOf(things: readonly string[]): Promise<Map<string, Set<string>>> {
  const { rows } = await db.owner.pool.query<{ input_id: string; output_id: string }>(
    'select input_id, output_id from core.genealogy where input_id = any($1::uuid[]) or output_id = any($1::uuid[])',
    [things],
  );
  const closure = new Map<string, Set<string>>();
  for (const start of new Set([...things, ...rows.flatMap((row) => [row.input_id, row.output_id])])) {
    const found = new Set<string>();
    const open = [start];
    for (let at = open.pop(); at !== undefined; at = open.pop())
      for (const { input_id, output_id } of rows)
        if (input_id === at && !found.has(output_id)) {
          found.add(output_id);
          open.push(output_id);
        }
    closure.set(start, found);
  }
  return closure;
}

it('forward and backward are inverse, no level is dropped, and nothing contains itself', { timeout: 180_000 }, async () => {
  const outcomes = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 25 }), async (happenings) => {
      const things = await asOrganization(db, factory, thingsOf);
      for (const each of happenings) {
        const outcome = await happen(things, each);
        expect(expected).toContain(outcome);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
      const closure = await closureOf(things);
      await asOrganization(db, factory, async (scope) => {
        for (const thing of things) {
          expect(closure.get(thing)?.has(thing)).toBe(false);
          const both = await trace(scope, { thing, direction: 'both', limit: 500 });
          const at = (sign: number) => both.nodes.filter(({ step }) => Math.sign(step) === sign).map(({ node }) => node);
          const ancestors = [...closure].filter(([, found]) => found.has(thing)).map(([id]) => id);
          expect(at(1).sort()).toEqual([...(closure.get(thing) ?? [])].sort());
          expect(at(-1).sort()).toEqual(ancestors.sort());
          expect(both.cut).toEqual({
            forward: { shown: at(1).length, reached: at(1).length },
            backward: { shown: at(-1).length, reached: at(-1).length },
            edges: false,
            ends: false,
          });
          const listed = await reach(scope, { thing, direction: 'forward', limit: 500 });
          expect(listed.items.map(({ node }) => node).sort()).toEqual(at(1).sort());
        }
      });
    }),
    { numRuns: 20 },
  );
  for (const outcome of ['accepted', 'lifecycle.would_contain_itself', 'lifecycle.unit_wrong_state'])
    expect(outcomes.get(outcome) ?? 0, `${outcome} of ${JSON.stringify([...outcomes])}`).toBeGreaterThan(0);
});

it('two that would close a circle together do not both happen', async () => {
  const [a = '', b = '', c = '', d = ''] = await asOrganization(db, factory, thingsOf);
  const into = (input: string, output: string) =>
    refusal(
      asOrganization(db, factory, (scope) =>
        recordActivity(scope, { kind: 'transformed', inputs: [{ thing: input, quantity: '1' }], outputs: [{ thing: output }] }),
      ),
    );
  expect(await into(b, c)).toBe('accepted');
  expect(await into(d, a)).toBe('accepted');
  const both = await Promise.all([into(a, b), into(c, d)]);
  expect(both.sort()).toEqual(['accepted', 'lifecycle.would_contain_itself']);
});

it('says what it cut: by number, by depth', async () => {
  const { lot, next } = await asOrganization(db, factory, async (scope) => {
    const opened = await openLot(scope, { code: 'MANY', unit: 'H87' });
    await makeUnits(scope, { lot: opened.id, serials: Array.from({ length: 30 }, (_, i) => `MANY-${i}`) });
    const after = await registerLot(scope, { code: 'AFTER', unit: 'H87', quantity: '1' });
    const [unit] = (await lotContents(scope, opened.id)).units;
    await recordActivity(scope, { kind: 'transformed', inputs: [{ thing: unit?.id ?? '' }], outputs: [{ thing: after.id }] });
    return { lot: opened.id, next: after.id };
  });
  await asOrganization(db, factory, async (scope) => {
    const few = await trace(scope, { thing: lot, direction: 'forward', limit: 10 });
    expect(few.nodes).toHaveLength(11);
    expect(few.cut.forward).toEqual({ shown: 10, reached: 31 });
    const near = await trace(scope, { thing: lot, direction: 'forward', depth: 1, limit: 500 });
    expect(near.cut.forward).toEqual({ shown: 30, reached: 31 });
    const whole = await trace(scope, { thing: lot, direction: 'forward', limit: 31 });
    expect(whole.cut.forward).toEqual({ shown: 31, reached: 31 });
    expect(whole.nodes.find(({ node }) => node === next)?.step).toBe(2);
    const seen: string[] = [];
    for (let cursor: string | undefined, pages = 0; pages < 10; pages++) {
      const page = await reach(scope, { thing: lot, direction: 'forward', limit: 7, ...(cursor === undefined ? {} : { cursor }) });
      expect(page.total).toBe(31);
      seen.push(...page.items.map(({ node }) => node));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(new Set(seen).size).toBe(31);
  });
});
