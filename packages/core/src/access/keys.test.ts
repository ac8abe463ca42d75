import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createAccessRouter, createCallerFactory, router } from '../commands/index.js';
import { newId } from '../database/index.js';
import {
  asOrganization,
  createTestDatabase,
  createTestOrganization,
  type TestDatabase,
  type TestOrganization,
  testActor,
  testContext,
} from '../testing/index.js';
import {
  accessPermissions,
  asOperator,
  createApiKey,
  createAuthenticator,
  createOrganization,
  findDeviceCredential,
  issueDeviceCredential,
  type Permissions,
  resumeOrganization,
  revokeApiKey,
  revokeDeviceCredential,
  suspendOrganization,
  watchCredentials,
} from './index.js';

const permissions: Permissions = {
  ...accessPermissions,
  'orders.propose': { en: 'Propose', zh: '下单', roles: ['trade'] },
  'orders.accept': { en: 'Accept', zh: '接单', roles: ['trade'] },
};
const appRouter = router({ access: createAccessRouter({ permissions }) });
const createCaller = createCallerFactory(appRouter);

let db: TestDatabase;
let ours: TestOrganization;
let theirs: TestOrganization;

beforeAll(async () => {
  db = await createTestDatabase();
  ours = await createTestOrganization(db, 'ours');
  theirs = await createTestOrganization(db, 'theirs');
});
afterAll(() => db.close());

const callerOf = (who: { actor: TestOrganization['actor'] }, idempotencyKey: string = newId()) =>
  createCaller(testContext(db, who, { idempotencyKey }));
const newKey = (scopes = ['orders.propose']) => callerOf(ours).access.keys.create({ name: 'ERP', scopes });
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: { cause?: { code?: string } }) => error.cause?.code ?? String(error),
  );

describe('an API key', () => {
  it('is shown once, stored as a hash, and opens the door with its scopes', async () => {
    const made = await newKey(['orders.propose', 'access.*']);
    expect(made.token).toMatch(/^yf_[0-9A-Za-z]{8}_[0-9A-Za-z]{32}$/);
    expect(made.token?.startsWith(`${made.prefix}_`)).toBe(true);
    const { rows } = await db.owner.pool.query(
      'select hash = sha256($2::bytea) as matches, k::text as stored from core.api_key k where id = $1',
      [made.id, Buffer.from(made.token ?? '')],
    );
    expect(rows[0].matches).toBe(true);
    expect(rows[0].stored).not.toContain(made.token);

    const authenticator = createAuthenticator({ runtime: db.database.runtime, permissions });
    const actor = await authenticator.authenticateKey(made.token ?? '');
    expect(actor).toMatchObject({
      kind: 'key',
      label: 'ERP',
      organization: ours.id,
      organizationCode: 'ours',
      credential: { kind: 'key', id: made.id },
    });
    expect(actor?.permissions.has('orders.propose')).toBe(true);
    expect(actor?.permissions.has('access.share')).toBe(true);
    expect(actor?.permissions.has('orders.accept')).toBe(false);
    const me = await createCaller(testContext(db, { actor })).access.me({});
    expect(me).toMatchObject({ organization: { code: 'ours' }, actor: { kind: 'key', label: 'ERP' } });
    expect(me.permissions).toContain('orders.propose');
    expect(me.permissions).not.toContain('orders.accept');
    expect((await callerOf(ours).access.keys.list({})).items.find((key) => key.id === made.id)?.lastUsedAt).not.toBeNull();
  });

  it('is replayed without its token', async () => {
    const idempotencyKey = newId();
    const first = await callerOf(ours, idempotencyKey).access.keys.create({ name: 'twice', scopes: ['*'] });
    const again = await callerOf(ours, idempotencyKey).access.keys.create({ name: 'twice', scopes: ['*'] });
    expect(again).toEqual({ ...first, token: null });
    const { rows } = await db.owner.pool.query('select reply::text from core.idempotency where key = $1', [idempotencyKey]);
    expect(rows[0].reply).not.toContain(first.token);
  });

  it('gives no more than its maker holds, and nothing unknown', async () => {
    const trader = { actor: testActor(ours.id, 'ours', ['access.manage_keys', 'orders.propose']) };
    const make = (scopes: string[]) => codeOf(callerOf(trader).access.keys.create({ name: 'x', scopes }));
    expect(await make(['orders.propose'])).toBe('done');
    for (const scope of ['*', 'orders.*', 'orders.accept', 'access.*']) expect(await make([scope]), scope).toBe('access.scope_not_held');
    for (const scope of ['orders.fly', 'nothing.*', '', '*.*', 'constructor'])
      expect(await make([scope]), scope).toBe('access.scope_unknown');
    expect(
      await codeOf(callerOf(trader).access.keys.create({ name: 'x', scopes: ['orders.propose'], expiresAt: '2020-01-01T00:00:00Z' })),
    ).toBe('access.expiry_past');
  });

  it('dies within a second of being revoked, and cannot be brought back', async () => {
    const made = await newKey();
    const authenticator = createAuthenticator({ runtime: db.database.runtime, permissions });
    expect(await authenticator.authenticateKey(made.token ?? '')).not.toBeNull();
    const revoked = await callerOf(ours).access.keys.revoke({ key: made.id });
    expect(revoked.revokedAt).not.toBeNull();
    await vi.waitFor(async () => expect(await authenticator.authenticateKey(made.token ?? '')).toBeNull(), {
      timeout: 1_000,
      interval: 50,
    });
    await expect(
      asOrganization(db, ours, (scope) => sql`update core.api_key set revoked_at = null where id = ${made.id}`.execute(scope.tx)),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('does not outlive its expiry', async () => {
    const made = await callerOf(ours).access.keys.create({
      name: 'short',
      scopes: ['orders.propose'],
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    });
    await db.owner.pool.query(`update core.api_key set expires_at = now() - interval '1 second' where id = $1`, [made.id]);
    expect(await createAuthenticator({ runtime: db.database.runtime, permissions }).authenticateKey(made.token ?? '')).toBeNull();
  });

  it('is hidden from other organizations, which get the answer of an absent one', async () => {
    const made = await newKey();
    const answer = (id: string) =>
      callerOf(theirs)
        .access.keys.revoke({ key: id })
        .catch((error: Error) => error.message.replace(id, '<id>'));
    expect(await answer(made.id)).toEqual(await answer(newId()));
    expect((await callerOf(theirs).access.keys.list({})).items).toEqual([]);
  });

  it('asks the database once for many requests at the same moment, and keeps a bounded number of answers', async () => {
    const tokens = await Promise.all([newKey(), newKey(), newKey()]).then((keys) => keys.map((key) => key.token ?? ''));
    const asked = vi.spyOn(db.database.runtime.pool, 'connect');
    const authenticator = createAuthenticator({ runtime: db.database.runtime, permissions, mostKept: 2, freshMs: 60_000 });
    await Promise.all(Array.from({ length: 100 }, () => authenticator.authenticateKey(tokens[0] ?? '')));
    expect(asked).toHaveBeenCalledTimes(1);
    await authenticator.authenticateKey(tokens[1] ?? '');
    await authenticator.authenticateKey(tokens[2] ?? '');
    await authenticator.authenticateKey(tokens[0] ?? '');
    expect(asked).toHaveBeenCalledTimes(4);
    expect(await authenticator.authenticateKey('yf_short')).toBeNull();
    expect(asked).toHaveBeenCalledTimes(4);
    asked.mockRestore();
  });
});

describe('the operator', () => {
  it('registers organizations under their real name and makes their first key', async () => {
    const input = {
      code: 'petro',
      name: { en: 'Petro', zh: '石油' },
      identifier: { scheme: 'uscc', country: 'CN', value: '91110000600037341L' },
      timeZone: 'Asia/Shanghai',
    } as const;
    const id = await createOrganization(db.owner, input, new Date());
    const refused = async (change: object) =>
      createOrganization(db.owner, { ...input, ...change }, new Date()).then(
        () => 'done',
        (error: { code: string; message: string }) => error,
      );
    expect(await refused({ code: 'other' })).toMatchObject({ code: 'access.organization_exists' });
    expect(await refused({ code: 'Bad Code' })).toMatchObject({ code: 'access.code_invalid' });
    expect(await refused({ code: 'other', identifier: { scheme: 'uscc', country: 'CN', value: '91350100M000100Y4Z' } })).toMatchObject({
      code: 'access.identifier_invalid',
      message: expect.stringContaining('3 belongs there'),
    });
    const key = await asOperator(db.owner, id, new Date(), (scope) => createApiKey(scope, permissions, { name: 'first', scopes: ['*'] }));
    const authenticator = createAuthenticator({ runtime: db.database.runtime, permissions, freshMs: 0 });
    expect(await authenticator.authenticateKey(key.token)).toMatchObject({ organizationCode: 'petro' });
    await expect(asOperator(db.owner, ours.id, new Date(), (scope) => revokeApiKey(scope, key.id))).rejects.toMatchObject({
      code: 'access.not_found',
    });

    await suspendOrganization(db.owner, 'petro', new Date());
    expect(await authenticator.authenticateKey(key.token)).toBeNull();
    await resumeOrganization(db.owner, 'petro', new Date());
    expect(await authenticator.authenticateKey(key.token)).not.toBeNull();
    await expect(suspendOrganization(db.owner, 'nobody', new Date())).rejects.toMatchObject({ code: 'access.not_found' });
  });

  it('is the only one who registers: runtime cannot', async () => {
    await expect(
      asOrganization(db, ours, (scope) =>
        sql`update core.organization_registry set state = 'suspended' where code = 'theirs'`.execute(scope.tx),
      ),
    ).rejects.toMatchObject({ code: '42501' });
  });
});

describe('a device credential', () => {
  it('opens the door for its own device only, and ends when it is rotated or revoked', async () => {
    const issue = () => asOrganization(db, ours, (scope) => issueDeviceCredential(scope, 'press-1'));
    const opens = async (token: string, device = 'press-1', organization = 'ours') =>
      (await findDeviceCredential(db.database.ingest, { organization, device, token })) !== null;
    const first = await issue();
    expect(first.token).toMatch(/^yd_[0-9A-Za-z]{32}$/);
    expect(await opens(first.token)).toBe(true);
    expect(await opens(first.token, 'press-2')).toBe(false);
    expect(await opens(first.token, 'press-1', 'theirs')).toBe(false);
    const second = await issue();
    expect([await opens(first.token), await opens(second.token)]).toEqual([false, true]);
    expect(await asOrganization(db, ours, (scope) => revokeDeviceCredential(scope, 'press-1'))).toBe(true);
    expect(await opens(second.token)).toBe(false);
    expect(await asOrganization(db, ours, (scope) => revokeDeviceCredential(scope, 'press-1'))).toBe(false);
  });
});

describe('the watch over open connections', () => {
  it('calls back within a second for what was revoked, and for nothing else', async () => {
    const [kept, ended] = await Promise.all([newKey(), newKey()]);
    const authenticator = createAuthenticator({ runtime: db.database.runtime, permissions });
    const watch = watchCredentials({ system: db.database.system });
    const dead: string[] = [];
    for (const key of [kept, ended]) {
      const actor = await authenticator.authenticateKey(key.token ?? '');
      if (actor) watch.add(actor, () => dead.push(key.id));
    }
    const gone = await authenticator.authenticateKey(ended.token ?? '');
    const unwatch = gone ? watch.add(gone, () => dead.push('unwatched')) : () => {};
    unwatch();
    await watch.check();
    expect(dead).toEqual([]);
    await callerOf(ours).access.keys.revoke({ key: ended.id });
    await vi.waitFor(() => expect(dead).toEqual([ended.id]), { timeout: 1_000, interval: 20 });
    await watch.check();
    expect(dead).toEqual([ended.id]);
    await watch.stop();
  });
});
