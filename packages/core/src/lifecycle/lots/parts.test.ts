import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../../testing/index.js';
import { type Chain, createChain, refusal } from '../chain.fixture.js';

let db: TestDatabase;
let chain: Chain;
let maker: TestOrganization;
let other: TestOrganization;
let holder: TestOrganization;
let made = 0;

beforeAll(async () => {
  db = await createTestDatabase();
  chain = createChain(db);
  maker = await createTestOrganization(db, 'maker');
  other = await createTestOrganization(db, 'other-maker');
  holder = await createTestOrganization(db, 'holder');
});
afterAll(() => db.close());

/** A released lot of `from`, shipped to the holder. */
async function received(from: TestOrganization, quantity = '10', serials: readonly string[] = [], holds = quantity): Promise<string> {
  const lot = await chain.lotOf(from, holds, `${from.code}-${++made}`);
  if (serials.length > 0) await chain.unitsOf(from, lot, serials);
  await chain.release(from, lot);
  await chain.as(from).activities.record({ kind: 'shipped', inputs: [{ thing: lot, quantity }], receiver: holder.code });
  return lot;
}
const see = async (who: TestOrganization, lot: string) => chain.as(who).lots.get({ lot });
const versioned = async (who: TestOrganization, lot: string) => ({ lot, version: (await see(who, lot)).version });

it('splits a received lot into lots of its own, the maker’s number beside, and only the holder learns of it', async () => {
  const lot = await received(maker);
  const split = await chain.as(holder).lots.split({
    ...(await versioned(holder, lot)),
    parts: [{ code: 'IN-1', quantity: '6' }, { quantity: '3' }],
  });
  expect(split.parts.map(({ own, state, quantity }) => ({ own, state, quantity }))).toEqual([
    { own: true, state: 'released', quantity: '6' },
    { own: true, state: 'released', quantity: '3' },
  ]);
  const [first, second] = split.parts;
  const { code: makersCode } = await see(maker, lot);
  expect((await chain.as(holder).identify({ value: makersCode })).items.map(({ thing }) => thing.node).sort()).toEqual(
    [lot, first?.id, second?.id].sort(),
  );
  const forward = await chain.as(holder).trace({ thing: lot, direction: 'forward', limit: 50 });
  expect(forward.nodes.map(({ node }) => node).sort()).toEqual([lot, first?.id, second?.id].sort());
  expect(
    (await chain.as(holder).trace({ thing: first?.id ?? '', direction: 'backward', limit: 50 })).nodes.map(({ node }) => node),
  ).toEqual([first?.id, lot]);
  // One of ten is left of what was received.
  expect(await refusal(chain.as(holder).lots.split({ ...(await versioned(holder, lot)), parts: [{ quantity: '2' }] }))).toBe(
    'lifecycle.holds_less',
  );
  // The maker sees what it saw before.
  const asMaker = await chain.as(maker).trace({ thing: lot, direction: 'forward', limit: 50 });
  expect(asMaker.nodes.map(({ node }) => node)).toEqual([lot]);
  expect(asMaker.cut.forward).toEqual({ shown: 0, reached: 0 });
  expect((await chain.as(maker).identify({ value: makersCode })).items).toHaveLength(1);
  expect(await refusal(chain.as(maker).lots.get({ lot: first?.id ?? '' }))).toBe('request.not_found');
});

it('merges lots of two makers with an edge to each; one that is blocked blocks the whole', async () => {
  const [a, b, c] = [await received(maker), await received(other), await received(other, '10', [], '11')];
  const { lot: merged } = await chain.as(holder).lots.merge({
    lots: [{ ...(await versioned(holder, a)), quantity: '4' }, await versioned(holder, b)],
    code: 'MIX',
  });
  expect(merged).toMatchObject({ quantity: '14', state: 'released', code: 'MIX', own: true });
  const back = await chain.as(holder).trace({ thing: merged.id, direction: 'backward', limit: 50 });
  expect(new Set(back.nodes.map(({ maker: by }) => by?.code))).toEqual(new Set(['holder', 'maker', 'other-maker']));
  expect(back.edges.map(({ quantity }) => quantity.value).sort()).toEqual(['10', '4']);

  await chain.as(other).lots.block({ ...(await versioned(other, c)), reason: 'recall' });
  const { lot: held } = await chain.as(holder).lots.merge({ lots: [await versioned(holder, merged.id), await versioned(holder, c)] });
  expect(held).toMatchObject({ quantity: '24', state: 'blocked' });
  expect((await chain.as(holder).lots.split({ ...(await versioned(holder, held.id)), parts: [{ quantity: '1' }] })).parts[0]?.state).toBe(
    'blocked',
  );
});

it('a lot that awaits release leaves parts that do', async () => {
  const lot = await chain.lotOf(holder);
  const { parts } = await chain.as(holder).lots.split({ ...(await versioned(holder, lot)), parts: [{ quantity: '2' }] });
  expect(parts[0]?.state).toBe('closed');
  const third = await chain.lotOf(holder);
  await chain.release(holder, third);
  const { lot: merged } = await chain.as(holder).lots.merge({ lots: [await versioned(holder, lot), await versioned(holder, third)] });
  expect(merged).toMatchObject({ state: 'closed', quantity: '18' });
  expect((await chain.as(holder).lots.get({ lot })).used).toBe('10');
});

it('units with serial numbers go with their part, and on with it', async () => {
  const serials = ['SN-1', 'SN-2', 'SN-3', 'SN-4'];
  const lot = await received(maker, '4', serials);
  const at = await versioned(holder, lot);
  expect(await refusal(chain.as(holder).lots.split({ ...at, parts: [{ quantity: '2' }] }))).toBe('lifecycle.units_to_name');
  expect(await refusal(chain.as(holder).lots.split({ ...at, parts: [{ quantity: '2', units: ['SN-1', 'SN-9'] }] }))).toBe(
    'lifecycle.units_not_of_lot',
  );
  expect(
    await refusal(
      chain.as(holder).lots.split({
        ...at,
        parts: [
          { quantity: '2', units: ['SN-1', 'SN-2'] },
          { quantity: '1', units: ['SN-2'] },
        ],
      }),
    ),
  ).toBe('lifecycle.units_not_of_lot');
  const { parts } = await chain.as(holder).lots.split({ ...at, parts: [{ code: 'TWO', quantity: '2', units: ['SN-1', 'SN-2'] }] });
  const part = parts[0]?.id ?? '';
  const serialsIn = async (who: TestOrganization, of: string) =>
    (await chain.as(who).units.list({ lot: of, limit: 50 })).items.map(({ serial }) => serial).sort();
  expect(await serialsIn(holder, part)).toEqual(['SN-1', 'SN-2']);
  expect(await serialsIn(holder, lot)).toEqual(['SN-3', 'SN-4']);
  // Their maker still finds them where it made them.
  expect(await serialsIn(maker, lot)).toEqual(serials);
  const { items } = await chain.as(holder).units.list({ lot: part, limit: 50 });
  expect((await chain.as(holder).trace({ thing: part, direction: 'forward', limit: 50 })).nodes.map(({ node }) => node)).toEqual(
    expect.arrayContaining(items.map(({ id }) => id)),
  );
  // Gone on, the part has nothing left, and its units are the receiver's.
  await chain.as(holder).activities.record({ kind: 'shipped', inputs: [{ thing: part, quantity: '2' }], receiver: other.code });
  expect((await see(holder, part)).state).toBe('shipped');
  expect((await chain.as(other).units.list({ limit: 50 })).items.map(({ serial }) => serial).sort()).toEqual(['SN-1', 'SN-2']);
});

it('refuses what is hidden, not held, open, stale, unlike or named twice', async () => {
  const lot = await received(maker);
  const stranger = await createTestOrganization(db, 'stranger');
  const split = (who: TestOrganization, input: object) =>
    refusal(chain.as(who).lots.split({ lot, version: 99, parts: [{ quantity: '1' }], ...input }));
  expect(await split(stranger, {})).toBe('request.not_found');
  expect(await split(holder, {})).toBe('lifecycle.version_stale');
  // The maker has shipped it all.
  expect(await split(maker, { ...(await versioned(maker, lot)) })).toBe('lifecycle.holds_less');
  expect(await split(holder, { ...(await versioned(holder, lot)), parts: [{ quantity: '0.5' }] })).toBe('lifecycle.not_whole');
  const merge = async (lots: { lot: string; version: number }[]) => refusal(chain.as(holder).lots.merge({ lots }));
  expect(await merge([await versioned(holder, lot), await versioned(holder, lot)])).toBe('lifecycle.named_twice');
  const kilos = await chain.as(holder).lots.register({ code: 'KG', quantity: { value: '2', unit: 'KGM' } });
  expect(
    await merge(
      [await versioned(holder, lot), kilos].map(({ version, ...rest }) => ({ lot: 'lot' in rest ? rest.lot : rest.id, version })),
    ),
  ).toBe('lifecycle.units_differ');
});

it('quantities are conserved whatever is split and merged, also by two at once', { timeout: 120_000 }, async () => {
  const step = fc.record({
    merge: fc.boolean(),
    among: fc.array(fc.nat({ max: 20 }), { minLength: 2, maxLength: 3 }),
    quantity: fc.integer({ min: 1, max: 6 }).map(String),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
      const lots = [await received(maker), await received(other), await chain.lotOf(holder)];
      await chain.release(holder, lots[2] ?? '');
      for (const { merge, among, quantity } of steps) {
        const chosen = [...new Set(among.map((i) => lots[i % lots.length] ?? ''))];
        const seen = await Promise.all(chosen.map((lot) => versioned(holder, lot)));
        const ask = () =>
          merge && seen.length > 1
            ? chain
                .as(holder)
                .lots.merge({ lots: seen.map((each) => ({ ...each, quantity })) })
                .then(({ lot }) => [lot])
            : chain
                .as(holder)
                .lots.split({ ...(seen[0] ?? { lot: '', version: 1 }), parts: [{ quantity }] })
                .then(({ parts }) => parts);
        for (const answer of await Promise.allSettled([ask(), ask()]))
          if (answer.status === 'fulfilled') lots.push(...answer.value.map(({ id }) => id));
      }
      const { rows } = await db.owner.pool.query<{ left: string }>(
        `select sum(l.quantity - l.consumed - l.shipped)
           + (select sum(h.received - h.consumed) from core.lot_holding h where h.lot_id = any($1::uuid[]) and h.organization = $2) as left
         from core.lot l where l.id = any($1::uuid[]) and l.organization = $2`,
        [lots, holder.id],
      );
      expect(Number(rows[0]?.left)).toBe(30);
    }),
    { numRuns: 15 },
  );
});
