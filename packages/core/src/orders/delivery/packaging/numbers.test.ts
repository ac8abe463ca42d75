import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkDigit, isSscc, makeSscc, parseElements } from '../../../gs1/index.js';
import {
  asOrganization,
  createTestDatabase,
  createTestOrganization,
  type TestDatabase,
  type TestOrganization,
} from '../../../testing/index.js';
import { createFloor, type Floor, failure } from '../../floor.fixture.js';
import { takePackageNumbers } from './numbers.js';

let db: TestDatabase;
let floor: Floor;
let shipper: TestOrganization;
let other: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  floor = createFloor(db);
  shipper = await createTestOrganization(db, 'shipper');
  other = await createTestOrganization(db, 'other');
});
afterAll(() => db.close());

const take = (who: TestOrganization, count: number, sscc: boolean) =>
  asOrganization(db, who, async (scope) => (await takePackageNumbers(scope, count, sscc)).map(({ number }) => number));

describe('SSCC', () => {
  it.each([
    // EPCIS 2.0 (GS1), examples 9.6: urn:epc:id:sscc:4012345.0111111111 is https://id.gs1.org/00/040123451111111110.
    { extension: 0, prefix: '4012345', reference: 111111111, sscc: '040123451111111110' },
    // GS1 Switzerland, as the documentation of biip has it.
    { extension: 3, prefix: '7613032', reference: 110910342, sscc: '376130321109103420' },
    { extension: 1, prefix: '5703538', reference: 141037517, sscc: '157035381410375177' },
  ])('GS1 General Specifications 7.9: published number $sscc', ({ extension, prefix, reference, sscc }) => {
    expect(makeSscc(extension, prefix, reference)).toBe(sscc);
    expect(checkDigit(sscc.slice(0, 17))).toBe(sscc.at(-1));
    expect(parseElements(`]C100${sscc}`)).toEqual({ elements: [{ ai: '00', value: sscc }], issues: [] });
  });

  it('without a registered prefix is refused, and an internal number is none', async () => {
    expect(await failure(take(shipper, 1, true))).toBe('delivery.no_gs1_prefix');
    const [internal = ''] = await take(shipper, 1, false);
    expect(internal).toBe('PK-00000001');
    expect(isSscc(internal)).toBe(false);
    expect(await floor.as(shipper).orders.packaging.get({})).toEqual({
      gs1Prefix: null,
      nextSscc: null,
      ssccLeft: null,
      nextPackage: 'PK-00000002',
    });
  });

  it.each(['123', '1234567890123', '61414A', '', ' 614141'])(
    'GS1 General Specifications 1.4.2: "%s" is no company prefix',
    async (prefix) => {
      expect(await failure(floor.as(shipper).orders.packaging.registerPrefix({ prefix }))).toBe('request.invalid');
    },
  );

  it('are consecutive, without gap or double, when many ask at once; a transaction that fails takes none', async () => {
    const registered = await floor.as(shipper).orders.packaging.registerPrefix({ prefix: '4012345' });
    expect(registered).toMatchObject({ gs1Prefix: '4012345', nextSscc: makeSscc(0, '4012345', 0), ssccLeft: 10_000_000_000 });
    const failing = () =>
      asOrganization(db, shipper, async (scope) => {
        await takePackageNumbers(scope, 5, true);
        throw new Error('the shipment fails');
      }).catch(() => []);
    const taken = await Promise.all(Array.from({ length: 24 }, (_, at) => (at % 4 === 3 ? failing() : take(shipper, 3, true))));
    const numbers = taken.flat().sort();
    expect(numbers).toEqual(Array.from({ length: 54 }, (_, serial) => makeSscc(0, '4012345', serial)).sort());
    expect(numbers.every(isSscc)).toBe(true);
  });

  it('goes on where it stopped when a prefix is registered again', async () => {
    await floor.as(shipper).orders.packaging.registerPrefix({ prefix: '614141' });
    expect(await take(shipper, 1, true)).toEqual([makeSscc(0, '614141', 0)]);
    await floor.as(shipper).orders.packaging.registerPrefix({ prefix: '4012345' });
    expect(await take(shipper, 1, true)).toEqual([makeSscc(0, '4012345', 54)]);
  });

  it('the extension digit carries on, and after the last there is none', async () => {
    await floor.as(other).orders.packaging.registerPrefix({ prefix: '123456789012' });
    expect((await take(other, 9_999, true)).at(-1)).toBe(makeSscc(0, '123456789012', 9_998));
    const [last, first] = await take(other, 2, true);
    expect([last, first]).toEqual([makeSscc(0, '123456789012', 9_999), makeSscc(1, '123456789012', 0)]);
    await db.owner.pool.query("update core.gs1_prefix set next_serial = 99998 where prefix = '123456789012'");
    expect(await failure(take(other, 3, true))).toBe('delivery.sscc_exhausted');
    expect(await take(other, 2, true)).toEqual([makeSscc(9, '123456789012', 9_998), makeSscc(9, '123456789012', 9_999)]);
    expect(await failure(take(other, 1, true))).toBe('delivery.sscc_exhausted');
  });

  it('are private: another organization neither sees nor moves the counter, and nobody turns it back', async () => {
    expect(await floor.as(other).orders.packaging.get({})).toMatchObject({ gs1Prefix: '123456789012', nextPackage: 'PK-00000001' });
    await expect(db.owner.pool.query("update core.gs1_prefix set next_serial = 1 where prefix = '4012345'")).rejects.toThrow(
      /does not go back/,
    );
  });
});
