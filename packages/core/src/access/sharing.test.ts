import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { newId, type RecordId } from '../database/index.js';
import { appendEvent, readTimeline } from '../events/index.js';
import { asOrganization, createTestDatabase, createTestOrganization, type TestDatabase, type TestOrganization } from '../testing/index.js';
import {
  createRecord,
  giveGrant,
  listGrants,
  organizationByCode,
  organizationNames,
  partiesOf,
  revokeGrant,
  startGrantExpiry,
} from './index.js';
import type { AccessTables } from './tables.js';

let db: TestDatabase;
let buyer: TestOrganization;
let supplier: TestOrganization;
let rival: TestOrganization;
let auditor: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  buyer = await createTestOrganization(db, 'buyer');
  supplier = await createTestOrganization(db, 'supplier');
  rival = await createTestOrganization(db, 'rival');
  auditor = await createTestOrganization(db, 'auditor');
  // Looks through the eyes of another organization from within the open transaction of one that could not.
  await db.owner.pool.query(`create function core.test_sees(asked uuid, organization uuid) returns boolean language sql security definer as $$
    select organization = any (visible_to) from core.record where id = asked $$`);
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
  asOrganization(db, who, (scope) =>
    scope.tx.withTables<AccessTables>().selectFrom('record').select('id').where('id', '=', id).execute(),
  ).then((rows) => rows.length === 1);

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
      expect(await organizationByCode(scope, 'buyer')).toMatchObject({
        id: buyer.id,
        code: 'buyer',
        name: { en: 'buyer Ltd' },
        state: 'active',
      });
      expect(await organizationByCode(scope, 'nobody')).toBeNull();
      const names = await organizationNames(scope, [buyer.id, supplier.id, newId<'organization'>()]);
      expect([...names.values()].map((each) => each.code).sort()).toEqual(['buyer', 'supplier']);
      expect((await organizationNames(scope, [])).size).toBe(0);
    });
  });
});

describe('a grant', () => {
  const give = (record: RecordId, to: TestOrganization, from: TestOrganization = buyer, expiresAt = inAnHour()) =>
    asOrganization(db, from, (scope) => giveGrant(scope, { record, organization: to.code, reason: 'audit', expiresAt }));
  const inAnHour = () => new Date(Date.now() + 3_600_000);

  it('lets its holder read within the same transaction, until it is revoked', async () => {
    const id = await makeOrder();
    const grant = await asOrganization(db, buyer, async (scope) => {
      const given = await giveGrant(scope, { record: id, organization: 'rival', reason: 'audit', expiresAt: inAnHour() });
      const { rows } = await sql<{ seen: boolean }>`select core.test_sees(${id}, ${rival.id}) as seen`.execute(scope.tx);
      expect(rows).toEqual([{ seen: true }]);
      return given;
    });
    expect(grant).toMatchObject({ record: id, organization: 'rival', grantedBy: 'buyer', reason: 'audit', revokedAt: null });
    expect(await mayRead(rival, id)).toBe(true);
    await asOrganization(db, buyer, (scope) => revokeGrant(scope, grant.id));
    expect(await mayRead(rival, id)).toBe(false);
    expect(await mayRead(supplier, id)).toBe(true);
    expect((await asOrganization(db, buyer, (scope) => revokeGrant(scope, grant.id))).revokedAt).not.toBeNull();
  });

  it('keeps both of two that are given at the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const id = await makeOrder();
      await Promise.all([give(id, rival), give(id, auditor, supplier)]);
      expect([await mayRead(rival, id), await mayRead(auditor, id)]).toEqual([true, true]);
    }
  });

  it('survives a revocation beside it', async () => {
    for (let round = 0; round < 10; round += 1) {
      const id = await makeOrder();
      const first = await give(id, rival);
      await Promise.all([asOrganization(db, buyer, (scope) => revokeGrant(scope, first.id)), give(id, auditor, supplier)]);
      expect([await mayRead(rival, id), await mayRead(auditor, id)]).toEqual([false, true]);
    }
  });

  it('ends at its hour, with an event, and cannot be brought back', async () => {
    const id = await makeOrder();
    const grant = await give(id, rival);
    const expiry = startGrantExpiry({ system: db.database.system, everyMs: 20 });
    await db.owner.pool.query(
      `update core.grant_given set created_at = now() - interval '2 s', expires_at = now() + interval '200 ms' where id = $1`,
      [grant.id],
    );
    expect(await mayRead(rival, id)).toBe(true);
    await vi.waitFor(async () => expect(await mayRead(rival, id)).toBe(false), { timeout: 2_000, interval: 20 });
    await expiry.stop();
    const timeline = await asOrganization(db, supplier, (scope) => readTimeline(scope, id, { limit: 10 }));
    expect(timeline.items.map((entry) => entry.type)).toEqual(['access.grant_expired', 'access.grant_given']);
    await expect(
      asOrganization(db, buyer, (scope) => sql`update core.grant_given set revoked_at = null where id = ${grant.id}`.execute(scope.tx)),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('is given by a party only, to a known organization that does not see the record yet, and into the future', async () => {
    const id = await makeOrder();
    const codeOf = (promise: Promise<unknown>) =>
      promise.then(
        () => 'done',
        (error: { code: string }) => error.code,
      );
    await give(id, rival);
    expect(await codeOf(give(id, auditor, rival))).toBe('access.only_parties_share');
    expect(await codeOf(give(id, auditor, auditor))).toBe('access.not_found');
    expect(await codeOf(give(newId<'record'>(), auditor, auditor))).toBe('access.not_found');
    expect(await codeOf(give(id, rival))).toBe('access.already_sees');
    expect(await codeOf(give(id, supplier))).toBe('access.already_sees');
    expect(await codeOf(give(id, { ...rival, code: 'nobody' }))).toBe('access.not_found');
    expect(await codeOf(give(id, auditor, buyer, new Date(0)))).toBe('access.expiry_past');
  });

  it('is read-only: its holder tells the parties nothing, and may note for itself', async () => {
    const id = await makeOrder();
    await give(id, rival);
    const append = (isPrivate: boolean) =>
      asOrganization(db, rival, (scope) => appendEvent(scope, { type: 'test.noted', record: id, private: isPrivate, body: {} }));
    await expect(append(false)).rejects.toThrow(/is no party to/);
    await append(true);
    const types = async (who: TestOrganization) =>
      (await asOrganization(db, who, (scope) => readTimeline(scope, id, { limit: 10 }))).items.map((entry) => entry.type);
    expect(await types(rival)).toEqual(['test.noted', 'access.grant_given']);
    expect(await types(buyer)).toEqual(['access.grant_given']);
  });

  it('does not name its holder to others who read the record', async () => {
    const id = await makeOrder();
    await give(id, auditor);
    await give(id, rival);
    const { items } = await asOrganization(db, auditor, (scope) => readTimeline(scope, id, { limit: 10 }));
    expect(items).toHaveLength(2);
    expect(JSON.stringify(items)).not.toMatch(new RegExp(`${rival.id}|"rival"`));
    const listed = (who: TestOrganization) => asOrganization(db, who, (scope) => listGrants(scope, { record: id, limit: 10 }));
    expect((await listed(buyer)).items).toHaveLength(2);
    expect((await listed(auditor)).items.map((grant) => grant.organization)).toEqual(['auditor']);
    expect((await listed(supplier)).items).toEqual([]);
  });
});

describe('what runtime cannot do to make itself see more', () => {
  it.each([
    [
      'join a record of another organization',
      (id: RecordId) => sql`insert into core.party (record_id, organization, role) values (${id}, ${rival.id}, 'buyer')`,
    ],
    [
      'grant itself a record it does not see',
      (id: RecordId) => sql`insert into core.grant_given (id, record_id, organization, granted_by, reason, created_at)
        values (gen_random_uuid(), ${id}, ${rival.id}, ${rival.id}, 'mine', now())`,
    ],
    [
      'grant in the name of another',
      (id: RecordId) => sql`insert into core.grant_given (id, record_id, organization, granted_by, reason, created_at)
        values (gen_random_uuid(), ${id}, ${rival.id}, ${buyer.id}, 'mine', now())`,
    ],
    ['widen a record', (id: RecordId) => sql`update core.record set visible_to = array[${rival.id}]::uuid[] where id = ${id}`],
    [
      'make a record in the name of another',
      () => sql`insert into core.record (id, kind, created_by, visible_to)
        values (gen_random_uuid(), 'order', ${buyer.id}, array[${buyer.id}, ${rival.id}]::uuid[])`,
    ],
    [
      'join another organization as an administrator',
      () => sql`insert into core.membership (organization, person, roles) values (${buyer.id}, gen_random_uuid(), '{admin}')`,
    ],
    [
      'make a key of another organization',
      () => sql`insert into core.api_key (id, organization, name, prefix, hash, scopes, created_at, created_by)
        values (gen_random_uuid(), ${buyer.id}, 'x', 'x', '\\x00', '{*}', now(), 'x')`,
    ],
    ['widen the scopes of a key', () => sql`update core.api_key set scopes = '{*}'`],
    ['lengthen the life of a key', () => sql`update core.api_key set expires_at = null`],
    [
      'give a device credential of another organization',
      () => sql`insert into core.device_credential (id, organization, device, hash, created_at)
        values (gen_random_uuid(), ${buyer.id}, 'x', '\\x00', now())`,
    ],
    ['lengthen or redirect a grant', () => sql`update core.grant_given set expires_at = null`],
    ['ask who is party to a record', () => sql`select core.is_party(gen_random_uuid(), ${buyer.id})`],
    ['end grants', () => sql`select core.expire_grants()`],
    ['join a sign-in to a person', () => sql`select core.register_person(gen_random_uuid(), 'me', 'boss@buyer.example', 'x', 'en')`],
  ])('%s', async (_what, attempt) => {
    const id = await makeOrder();
    await expect(asOrganization(db, rival, (scope) => attempt(id).execute(scope.tx))).rejects.toMatchObject({
      code: expect.stringMatching(/^(42501|42883)$/),
    });
    expect(await mayRead(rival, id)).toBe(false);
  });
});
