import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { giveGrant, revokeGrant } from '../access/index.js';
import { newId, type RecordId } from '../database/index.js';
import { asOrganization, createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../testing/index.js';
import { type Chain, createChain, refusal } from './chain.fixture.js';
import type { TraceView } from './index.js';

let db: TestDatabase;
let chain: Chain;
let supplier: TestOrganization;
let factory: TestOrganization;
let hospital: TestOrganization;
let rival: TestOrganization;

/** A lot of the supplier, in a unit of the factory, used by the hospital. */
let material: string;
let unit: string;
let assembly: string;

beforeAll(async () => {
  db = await createTestDatabase();
  chain = createChain(db);
  supplier = await createTestOrganization(db, 'supplier');
  factory = await createTestOrganization(db, 'factory');
  hospital = await createTestOrganization(db, 'hospital');
  rival = await createTestOrganization(db, 'rival');

  material = await chain.lotOf(supplier, '100', 'RESIN-1');
  await chain.release(supplier, material);
  await chain.as(supplier).activities.record({ kind: 'shipped', inputs: [{ thing: material, quantity: '40' }], receiver: 'factory' });
  const lot = await chain.lotOf(factory, '1', 'PUMPS-1');
  [unit = ''] = await chain.unitsOf(factory, lot, ['PUMP-1']);
  ({ id: assembly } = await chain.as(factory).activities.record({
    kind: 'assembled',
    inputs: [{ thing: material, quantity: '2', position: 'housing' }],
    outputs: [{ thing: unit }],
    note: 'by the night shift',
  }));
  await chain.release(factory, lot);
  await chain.as(factory).activities.record({ kind: 'shipped', inputs: [{ thing: unit }], receiver: 'hospital' });
  await chain.as(hospital).activities.record({ kind: 'used', inputs: [{ thing: unit }], sharedWith: ['factory'], place: 'ward 7' });
});
afterAll(() => db.close());

const grantOf = async (giver: TestOrganization, record: string, organization: string) =>
  asOrganization(db, giver, (scope) =>
    giveGrant(scope, { record: record as RecordId, organization, reason: 'recall drill', expiresAt: new Date('2100-01-01') }),
  );
const codes = (view: TraceView) => view.nodes.map(({ code, hidden, step }) => (hidden ? `hidden@${step}` : `${code}@${step}`)).sort();

describe('a trace across companies', () => {
  it('goes exactly as far as each has granted, and back to opaque when that is revoked', async () => {
    const back = (who: TestOrganization) => chain.as(who).trace({ thing: unit, direction: 'backward' });
    // The hospital knows the unit and its lot; what was assembled is the factory's own.
    expect(codes(await back(hospital))).toEqual(['PUMP-1@0', 'PUMPS-1@-1']);
    expect(codes(await back(factory))).toEqual(['PUMP-1@0', 'PUMPS-1@-1', 'RESIN-1@-1']);

    const told = await grantOf(factory, assembly, 'hospital');
    const opaque = await back(hospital);
    expect(codes(opaque)).toEqual(['PUMP-1@0', 'PUMPS-1@-1', 'hidden@-1']);
    expect(JSON.stringify(opaque)).not.toMatch(/RESIN|supplier/);
    expect(JSON.stringify(opaque)).not.toContain(material);
    const edge = opaque.edges.find(({ kind }) => kind === 'assembled');
    expect(edge).toMatchObject({ output: unit, position: 'housing', quantity: { value: '2', unit: 'H87' } });

    const disclosed = await grantOf(supplier, material, 'hospital');
    expect(codes(await back(hospital))).toEqual(['PUMP-1@0', 'PUMPS-1@-1', 'RESIN-1@-1']);

    await asOrganization(db, supplier, (scope) => revokeGrant(scope, disclosed.id));
    const again = await back(hospital);
    expect(codes(again)).toEqual(['PUMP-1@0', 'PUMPS-1@-1', 'hidden@-1']);
    // The same thing is called the same each time.
    const token = (view: TraceView) => view.nodes.find(({ hidden }) => hidden)?.node;
    expect(token(again)).toBe(token(opaque));
    expect(await refusal(chain.as(hospital).trace({ thing: token(again) ?? '', direction: 'both' }))).not.toBe('accepted');
    expect(await refusal(chain.as(hospital).trace({ thing: material, direction: 'both' }))).toBe('request.not_found');

    await asOrganization(db, factory, (scope) => revokeGrant(scope, told.id));
    expect(codes(await back(hospital))).toEqual(['PUMP-1@0', 'PUMPS-1@-1']);
  });

  it('goes forward from the supplier’s lot to where it was used', async () => {
    const forward = () => chain.as(supplier).trace({ thing: material, direction: 'forward' });
    expect(codes(await forward())).toEqual(['RESIN-1@0']);
    const assembled = await grantOf(factory, assembly, 'supplier');
    const hiddenUnit = await forward();
    expect(codes(hiddenUnit)).toEqual(['RESIN-1@0', 'hidden@1']);
    expect(JSON.stringify(hiddenUnit)).not.toMatch(/PUMP|hospital/);
    const shown = await grantOf(factory, unit, 'supplier');
    expect(codes(await forward())).toEqual(['PUMP-1@1', 'RESIN-1@0']);
    // The hospital told the factory of the use, and nobody else.
    const ends = async (who: TestOrganization) =>
      (await chain.as(who).trace({ thing: material, direction: 'forward' })).ends.filter(({ kind }) => kind === 'used');
    expect(await ends(supplier)).toEqual([]);
    expect(await ends(factory)).toMatchObject([{ node: unit, performer: { code: 'hospital' } }]);
    for (const { id } of [shown, assembled]) await asOrganization(db, factory, (scope) => revokeGrant(scope, id));
    expect(codes(await forward())).toEqual(['RESIN-1@0']);
  });

  it('calls a hidden thing differently to each', async () => {
    const given = [
      await grantOf(factory, assembly, 'hospital'),
      await grantOf(factory, assembly, 'rival'),
      await grantOf(factory, unit, 'rival'),
    ];
    const token = async (who: TestOrganization) =>
      (await chain.as(who).trace({ thing: unit, direction: 'backward' })).nodes.find(({ hidden }) => hidden)?.node;
    const [theirs, others] = [await token(hospital), await token(rival)];
    expect(theirs).toMatch(/^[0-9a-f]{32}$/);
    expect(others).toMatch(/^[0-9a-f]{32}$/);
    expect(theirs).not.toBe(others);
    for (const { id } of given) await asOrganization(db, factory, (scope) => revokeGrant(scope, id));
  });
});

describe('a rival', () => {
  it('sees no node, no edge, no number and no name', async () => {
    const tables = ['unit', 'lot', 'activity', 'activity_thing', 'genealogy', 'product_identifier', 'lot_holding'];
    await asOrganization(db, rival, async (scope) => {
      for (const table of tables) {
        const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(`core.${table}`)}`.execute(scope.tx);
        expect(rows, table).toEqual([{ n: 0 }]);
      }
    });
    for (const value of ['PUMP-1', 'PUMPS-1', 'RESIN-1'])
      expect(await chain.as(rival).identify({ value })).toEqual({ items: [], more: false });
    for (const thing of [unit, material]) {
      expect(await refusal(chain.as(rival).trace({ thing }))).toBe('request.not_found');
      expect(await refusal(chain.as(rival).reach({ thing, direction: 'forward' }))).toBe('request.not_found');
    }
    expect(await refusal(chain.as(rival).activities.get({ activity: assembly }))).toBe('request.not_found');
  });

  it('may use the serial numbers, codes and identifiers that others have used', async () => {
    const lot = await chain.lotOf(rival, '1', 'PUMPS-1');
    expect(await refusal(chain.unitsOf(rival, lot, ['PUMP-1']))).toBe('accepted');
  });

  it('writes nothing into what it does not hold, not even past the service', async () => {
    const attempt = (work: (edge: string) => ReturnType<typeof sql>) =>
      asOrganization(db, rival, (scope) => work(newId()).execute(scope.tx)).then(
        ({ numAffectedRows }) => Number(numAffectedRows ?? 0n),
        (error: { code?: string; message?: string }) => error.code ?? '',
      );
    const absent = newId();
    for (const activity of [assembly, absent])
      expect(
        await attempt(
          (
            id,
          ) => sql`insert into core.genealogy (id, organization, guard_id, input_id, output_id, activity_id, kind, quantity, unit, valid_from)
            values (${id}, ${rival.id}, ${activity}, ${material}, ${unit}, ${activity}, 'made', 1, 'H87', now())`,
        ),
      ).toBe('42501');
    for (const subject of [unit, absent])
      expect(
        await attempt(
          (id) => sql`insert into core.product_identifier (id, organization, subject_id, scheme, value, class_level, shared, created_at)
            values (${id}, ${rival.id}, ${subject}, 'own', 'X', false, true, now())`,
        ),
      ).toBe('42501');
    expect(await attempt(() => sql`update core.unit set state = 'scrapped' where id = ${unit}`)).toBe(0);
    expect(await attempt(() => sql`select core.hand_over_units(array[${unit}]::uuid[], ${rival.id}, now())`)).toBe('42501');
    expect(await attempt(() => sql`select core.end_installation(${unit}, null, null, ${assembly}, now())`)).toBe('42501');
    for (const lot of [material, absent]) expect(await attempt(() => sql`select core.give_from_lot(${lot}, ${rival.id}, 1)`)).toBe('42501');
    expect(await attempt(() => sql`select visible_to from core.unit`)).toBe('42501');
  });

  it('who reads by a grant records nothing of what it reads', async () => {
    const given = await grantOf(factory, assembly, 'rival');
    const seen = await grantOf(hospital, unit, 'rival');
    expect(await refusal(chain.as(rival).activities.record({ kind: 'used', inputs: [{ thing: unit }] }))).toBe('lifecycle.not_held');
    expect(
      await asOrganization(db, rival, (scope) =>
        sql`insert into core.activity_thing (activity_id, role, ordinal, thing_id, quantity, unit, at)
          values (${assembly}, 'input', 99, ${unit}, 1, 'H87', now())`.execute(scope.tx),
      ).catch((error: { code: string }) => error.code),
    ).toBe('42501');
    await asOrganization(db, factory, (scope) => revokeGrant(scope, given.id));
    await asOrganization(db, hospital, (scope) => revokeGrant(scope, seen.id));
  });
});
