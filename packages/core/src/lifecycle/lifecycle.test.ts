import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../testing/index.js';
import { type Chain, createChain, refusal } from './chain.fixture.js';

let db: TestDatabase;
let chain: Chain;
let factory: TestOrganization;
let hospital: TestOrganization;
let rival: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  chain = createChain(db);
  factory = await createTestOrganization(db, 'factory');
  hospital = await createTestOrganization(db, 'hospital');
  rival = await createTestOrganization(db, 'rival');
});
afterAll(() => db.close());

describe('units', () => {
  it('have serial numbers of their maker’s own, and follow their lot', async () => {
    const lot = await chain.lotOf(factory, '2');
    const [first = ''] = await chain.unitsOf(factory, lot, ['S-1', 'S-2']);
    expect(await refusal(chain.unitsOf(factory, lot, ['S-1']))).toBe('lifecycle.serial_taken');
    expect(await refusal(chain.unitsOf(factory, lot, ['S-3']))).toBe('lifecycle.units_exceed_lot');
    const theirs = await chain.lotOf(rival, '1');
    await chain.unitsOf(rival, theirs, ['S-1']);
    expect((await chain.as(factory).units.get({ unit: first })).unit).toMatchObject({ serial: 'S-1', state: 'made', held: true });
    await chain.release(factory, lot);
    expect((await chain.as(factory).units.get({ unit: first })).unit.state).toBe('released');
    expect(await refusal(chain.unitsOf(factory, lot, ['S-9']))).toBe('lifecycle.wrong_state');
    const { version } = await chain.as(factory).lots.get({ lot });
    await chain.as(factory).lots.block({ lot, version, reason: 'doubt' });
    expect((await chain.as(factory).units.list({ lot, state: 'blocked' })).items).toHaveLength(2);
    expect(await refusal(chain.as(factory).activities.record({ kind: 'used', inputs: [{ thing: first }] }))).toBe(
      'lifecycle.unit_wrong_state',
    );
  });

  it('go to the receiver with their lot: all of them with the whole of it, else those that are named', async () => {
    const lot = await chain.lotOf(factory, '3');
    const [first = '', second = '', third = ''] = await chain.unitsOf(factory, lot, ['T-1', 'T-2', 'T-3']);
    const ship = (inputs: { thing: string; quantity?: string }[]) =>
      chain.as(factory).activities.record({ kind: 'shipped', inputs, receiver: 'hospital' });
    expect(await refusal(ship([{ thing: lot, quantity: '1' }]))).toBe('lifecycle.not_released');
    await chain.release(factory, lot);
    expect(await refusal(ship([{ thing: lot, quantity: '2' }]))).toBe('lifecycle.units_to_name');
    expect(await refusal(ship([{ thing: lot, quantity: '2' }, { thing: first }]))).toBe('lifecycle.units_not_of_lot');
    await ship([{ thing: first }]);
    const seen = await chain.as(hospital).units.get({ unit: first });
    expect(seen.unit).toMatchObject({ serial: 'T-1', state: 'shipped', held: true, lot: { id: lot } });
    expect(await refusal(chain.as(hospital).units.get({ unit: second }))).toBe('request.not_found');
    expect((await chain.as(hospital).lots.contents({ lot })).units.map(({ serial }) => serial)).toEqual(['T-1']);
    expect((await chain.as(factory).lots.get({ lot })).shipped).toBe('1');
    await ship([{ thing: lot, quantity: '2' }]);
    expect((await chain.as(factory).lots.get({ lot })).state).toBe('shipped');
    expect((await chain.as(hospital).units.list({})).items.map(({ serial }) => serial).sort()).toEqual(['T-1', 'T-2', 'T-3']);
    expect(await refusal(chain.as(factory).activities.record({ kind: 'used', inputs: [{ thing: third }] }))).toBe('lifecycle.not_held');
    expect(await refusal(chain.as(rival).units.get({ unit: third }))).toBe('request.not_found');
  });

  it('show on one page what is in them, what they are part of and what befell them', async () => {
    const whole = await chain.unitOf(factory, 'W-1');
    const [old, fresh] = [await chain.unitOf(factory, 'P-1'), await chain.unitOf(factory, 'P-2')];
    await chain
      .as(factory)
      .activities.record({ kind: 'assembled', inputs: [{ thing: old, position: 'U12' }], outputs: [{ thing: whole }] });
    expect((await chain.as(factory).units.get({ unit: old })).unit.state).toBe('installed');
    await chain
      .as(factory)
      .activities.record({ kind: 'serviced', inputs: [{ thing: fresh, position: 'U12' }], outputs: [{ thing: whole }] });
    const page = await chain.as(factory).units.get({ unit: whole });
    expect(page.asBuilt).toMatchObject([{ position: 'U12', thing: { code: 'P-1' } }]);
    expect(page.asBuilt[0]?.until).not.toBeNull();
    expect(page.asMaintained).toMatchObject([{ position: 'U12', thing: { code: 'P-2' }, until: null }]);
    expect(page.timeline.items.map(({ kind }) => kind)).toEqual(['serviced', 'assembled']);
    const replaced = await chain.as(factory).units.get({ unit: old });
    expect(replaced.unit.state).toBe('removed');
    expect(replaced.partOf).toMatchObject([{ thing: { code: 'W-1' } }]);
    await chain.as(factory).activities.record({ kind: 'disassembled', inputs: [{ thing: whole }], outputs: [{ thing: fresh }] });
    expect((await chain.as(factory).units.get({ unit: whole })).asMaintained).toEqual([]);
    expect((await chain.as(factory).units.get({ unit: fresh })).unit.state).toBe('removed');
    // What was taken out can be put in again: a part is no ancestor by having been one.
    await chain
      .as(factory)
      .activities.record({ kind: 'installed', inputs: [{ thing: old, position: 'U12' }], outputs: [{ thing: whole }] });
    expect((await chain.as(factory).units.get({ unit: whole })).asMaintained).toMatchObject([{ thing: { code: 'P-1' } }]);
  });
});

describe('identifiers', () => {
  it('of each party stand side by side; an own number is read by its owner alone', async () => {
    const unit = await chain.unitOf(factory, 'I-1');
    await chain.as(factory).identifiers.assign({ thing: unit, scheme: 'gtin', value: '06291041500213' });
    await chain.as(factory).activities.record({ kind: 'shipped', inputs: [{ thing: unit }], receiver: 'hospital' });
    const { identifiers } = await chain.as(hospital).identifiers.assign({ thing: unit, scheme: 'own', value: 'WARD-7' });
    expect(identifiers.map(({ value, own }) => [value, own])).toEqual([
      ['WARD-7', true],
      ['06291041500213', false],
    ]);
    expect((await chain.as(factory).units.get({ unit })).identifiers.map(({ value }) => value)).toEqual(['06291041500213']);
    const found = async (who: TestOrganization, value: string) =>
      (await chain.as(who).identify({ value })).items.map(({ thing, scheme }) => [thing.node, scheme]);
    expect(await found(hospital, 'WARD-7')).toEqual([[unit, 'own']]);
    expect(await found(hospital, 'I-1')).toEqual([[unit, 'serial']]);
    expect(await found(hospital, '06291041500213')).toEqual([[unit, 'gtin']]);
    expect(await found(factory, 'WARD-7')).toEqual([]);
    for (const value of ['WARD-7', 'I-1', '06291041500213']) expect(await found(rival, value)).toEqual([]);
  });

  it('are unique per organization and scheme, unless the scheme names a class; what another took says nothing', async () => {
    const [one, two] = [await chain.unitOf(factory, 'J-1'), await chain.unitOf(factory, 'J-2')];
    const assign = (who: TestOrganization, thing: string, scheme: string, value: string) =>
      refusal(chain.as(who).identifiers.assign({ thing, scheme, value }));
    expect(await assign(factory, one, 'own', 'N-1')).toBe('accepted');
    expect(await assign(factory, two, 'own', 'N-1')).toBe('lifecycle.identifier_taken');
    expect(await assign(factory, one, 'gtin', '09506000134352')).toBe('accepted');
    expect(await assign(factory, two, 'gtin', '09506000134352')).toBe('accepted');
    expect(await assign(factory, two, 'gtin', '09506000134352')).toBe('lifecycle.identifier_taken');
    expect(await assign(rival, await chain.unitOf(rival, 'J-1'), 'own', 'N-1')).toBe('accepted');
    expect(await assign(rival, one, 'own', 'N-2')).toBe('request.not_found');
  });
});

describe('quantities', () => {
  it('are never used beyond what a lot holds, by its maker or by who received it', async () => {
    const [material, product] = [await chain.lotOf(factory, '10'), await chain.lotOf(factory, '5')];
    const use = (who: TestOrganization, quantity: string) =>
      refusal(chain.as(who).activities.record({ kind: 'used', inputs: [{ thing: material, quantity }] }));
    const make = { kind: 'made' as const, inputs: [{ thing: material, quantity: '4' }], outputs: [{ thing: product }] };
    await chain.as(factory).activities.record(make);
    expect(await chain.as(factory).lots.get({ lot: material })).toMatchObject({ quantity: '10', used: '4', shipped: '0' });
    expect(await use(factory, '7')).toBe('lifecycle.holds_less');
    await chain.release(factory, material);
    await chain.as(factory).activities.record({ kind: 'shipped', inputs: [{ thing: material, quantity: '3' }], receiver: 'hospital' });
    expect(await use(factory, '4')).toBe('lifecycle.holds_less');
    expect(await use(hospital, '2')).toBe('accepted');
    expect(await use(hospital, '2')).toBe('lifecycle.holds_less');
    expect(await use(rival, '1')).toBe('request.not_found');
    // What the receiver does with it is its own business.
    expect(await chain.as(factory).lots.get({ lot: material })).toMatchObject({ used: '4', shipped: '3' });
    const passed = { kind: 'shipped' as const, inputs: [{ thing: material, quantity: '1' }], receiver: 'rival' };
    await chain.as(hospital).activities.record(passed);
    expect(await use(hospital, '1')).toBe('lifecycle.holds_less');
    expect(await use(rival, '1')).toBe('accepted');
  });

  it('of what is split or merged are kept', async () => {
    const [whole, part] = [await chain.lotOf(factory, '10'), await chain.lotOf(factory, '1')];
    const split = (out: string) =>
      refusal(
        chain.as(factory).activities.record({
          kind: 'split',
          inputs: [{ thing: whole, quantity: '6' }],
          outputs: [{ thing: part, quantity: out }],
        }),
      );
    expect(await split('7')).toBe('lifecycle.more_than_went_in');
    expect(await split('6')).toBe('accepted');
    expect((await chain.as(factory).lots.get({ lot: part })).quantity).toBe('7');
  });

  it('are refused when they make no sense', async () => {
    const [lot, other] = [await chain.lotOf(factory), await chain.lotOf(factory)];
    const unit = await chain.unitOf(factory, 'K-1');
    const record = (input: Parameters<ReturnType<Chain['as']>['activities']['record']>[0]) =>
      refusal(chain.as(factory).activities.record(input));
    expect(await record({ kind: 'used', inputs: [{ thing: lot }] })).toBe('lifecycle.quantity_missing');
    expect(await record({ kind: 'used', inputs: [{ thing: lot, quantity: '0.5' }] })).toBe('lifecycle.not_whole');
    expect(await record({ kind: 'used', inputs: [{ thing: unit, quantity: '2' }] })).toBe('lifecycle.unit_is_one');
    expect(await record({ kind: 'used', inputs: [{ thing: unit }, { thing: unit }] })).toBe('lifecycle.named_twice');
    expect(await record({ kind: 'merged', inputs: [{ thing: lot, quantity: '1' }], outputs: [{ thing: lot }] })).toBe(
      'lifecycle.named_twice',
    );
    expect(await record({ kind: 'used', inputs: [] })).toBe('lifecycle.activity_shape');
    expect(await record({ kind: 'used', inputs: [{ thing: unit }], outputs: [{ thing: lot }] })).toBe('lifecycle.activity_shape');
    expect(await record({ kind: 'shipped', inputs: [{ thing: unit }] })).toBe('lifecycle.receiver_of_shipment');
    expect(await record({ kind: 'used', inputs: [{ thing: unit }], at: '2999-01-01T00:00:00Z' })).toBe('lifecycle.activity_in_future');
    const into = (input: string, output: string) =>
      record({ kind: 'transformed', inputs: [{ thing: input, quantity: '1' }], outputs: [{ thing: output }] });
    expect(await into(lot, other)).toBe('accepted');
    expect(await into(other, lot)).toBe('lifecycle.would_contain_itself');
  });
});
