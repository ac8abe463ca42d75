import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId, type RecordId } from '../database/index.js';
import { asOrganization, createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../testing/index.js';
import { createRecord, organizationByCode, organizationNames, partiesOf } from './index.js';
import type { AccessTables } from './tables.js';

let db: TestDatabase;
let buyer: TestOrganization;
let supplier: TestOrganization;
let rival: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  buyer = await createTestOrganization(db, 'buyer');
  supplier = await createTestOrganization(db, 'supplier');
  rival = await createTestOrganization(db, 'rival');
});
afterAll(() => db.close());

const makeOrder = async (): Promise<RecordId> => {
  const id = newId<'record'>();
  await asOrganization(db, buyer, (scope) =>
    createRecord(scope, {
      id,
      kind: 'order',
      parties: [
        { organization: buyer.id, role: 'buyer' },
        { organization: supplier.id, role: 'supplier' },
      ],
    }),
  );
  return id;
};

const mayRead = (who: TestOrganization, id: RecordId) =>
  asOrganization(db, who, (scope) => scope.tx.withTables<AccessTables>().selectFrom('record').select('id').where('id', '=', id).execute()).then(
    (rows) => rows.length === 1,
  );

describe('a record', () => {
  it('is seen by its parties and by nobody else', async () => {
    const id = await makeOrder();
    expect(await mayRead(buyer, id)).toBe(true);
    expect(await mayRead(supplier, id)).toBe(true);
    expect(await mayRead(rival, id)).toBe(false);
    expect(await asOrganization(db, supplier, (scope) => partiesOf(scope, id))).toHaveLength(2);
    expect(await asOrganization(db, rival, (scope) => partiesOf(scope, id))).toEqual([]);
  });
});

describe('the public register', () => {
  it('answers by code and by ids', async () => {
    await asOrganization(db, rival, async (scope) => {
      expect(await organizationByCode(scope, 'buyer')).toMatchObject({ id: buyer.id, code: 'buyer', name: { en: 'buyer Ltd' }, state: 'active' });
      expect(await organizationByCode(scope, 'nobody')).toBeNull();
      const names = await organizationNames(scope, [buyer.id, supplier.id, newId<'organization'>()]);
      expect([...names.values()].map((each) => each.code).sort()).toEqual(['buyer', 'supplier']);
      expect((await organizationNames(scope, [])).size).toBe(0);
    });
  });
});
