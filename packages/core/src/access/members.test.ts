import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAccessRouter, createCallerFactory, router } from '../commands/index.js';
import { newId } from '../database/index.js';
import {
  createTestDatabase,
  createTestOrganization,
  type TestDatabase,
  type TestOrganization,
  testActor,
  testContext,
} from '../testing/index.js';
import {
  accessPermissions,
  addMember,
  asOperator,
  createAuthenticator,
  type MemberRole,
  type Permissions,
  registerPerson,
  watchCredentials,
} from './index.js';

const permissions: Permissions = { ...accessPermissions, 'orders.propose': { en: 'Propose', zh: '下单', roles: ['trade'] } };
const createCaller = createCallerFactory(router({ access: createAccessRouter({ permissions }) }));

let db: TestDatabase;
let made = 0;

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

/** An organization whose first administrator the operator has added. */
async function withAdministrator(): Promise<{
  who: TestOrganization;
  admin: string;
  members: ReturnType<typeof createCaller>['access']['members'];
}> {
  made += 1;
  const who = await createTestOrganization(db, `org-${made}`);
  const { id } = await asOperator(db.owner, who.id, new Date(), (scope) =>
    addMember(scope, permissions, { email: `boss@org-${made}.example`, name: 'Boss', roles: ['admin'] }),
  );
  return { who, admin: id, members: fresh(who.actor) };
}

/** Each call through it has its own idempotency key. */
function fresh(actor: TestOrganization['actor']): ReturnType<typeof createCaller>['access']['members'] {
  const members = () => createCaller(testContext(db, { actor })).access.members;
  return {
    add: (input) => members().add(input),
    list: (input) => members().list(input),
    setRoles: (input) => members().setRoles(input),
    remove: (input) => members().remove(input),
  };
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: { cause?: { code?: string } }) => error.cause?.code ?? String(error),
  );
const authenticator = () => createAuthenticator({ runtime: db.database.runtime, permissions, freshMs: 0 });

it('lets a person who was invited work for several organizations, each with its own roles and name', async () => {
  const one = await withAdministrator();
  const two = await withAdministrator();
  const email = `${newId()}@people.example`;
  await one.members.add({ email, name: 'Li Lei', roles: ['trade'] });
  await two.members.add({ email: email.toUpperCase(), name: '李雷', roles: ['viewer', 'quality'] });
  const user = newId();
  expect(await authenticator().membershipsOf(user)).toEqual([]);
  await registerPerson(db.database.system, { user, email, name: 'Whatever', locale: 'zh-CN' });
  const memberships = await authenticator().membershipsOf(user);
  expect(memberships.map(({ code, name, roles, locale }) => ({ code, name, roles, locale }))).toEqual([
    { code: one.who.code, name: 'Li Lei', roles: ['trade'], locale: 'zh-CN' },
    { code: two.who.code, name: '李雷', roles: ['quality', 'viewer'], locale: 'zh-CN' },
  ]);
  const trader = await authenticator().actorOfMembership(user, one.who.code);
  expect(trader?.permissions.has('orders.propose')).toBe(true);
  expect(trader?.permissions.has('access.manage_keys')).toBe(false);
  expect(await authenticator().actorOfMembership(user, 'no-such-organization')).toBeNull();
  const boss = newId();
  await registerPerson(db.database.system, { user: boss, email: `boss@${one.who.code}.example`, name: 'B', locale: 'en' });
  expect((await authenticator().actorOfMembership(boss, one.who.code))?.permissions.has('anything.at_all')).toBe(true);
});

it('does not give an address to a second sign-in', async () => {
  const email = `${newId()}@people.example`;
  await registerPerson(db.database.system, { user: newId(), email, name: 'First', locale: 'en' });
  const second = registerPerson(db.database.system, { user: newId(), email, name: 'Second', locale: 'en' });
  await expect(second).rejects.toMatchObject({ code: 'access.email_taken' });
});

it('answers the same whether or not an invited address was known before', async () => {
  const { members } = await withAdministrator();
  const known = `${newId()}@people.example`;
  const unknown = `${newId()}@people.example`;
  await registerPerson(db.database.system, { user: newId(), email: known, name: 'Secret Name', locale: 'en' });
  const shape = async (email: string) => ({ ...(await members.add({ email, name: 'N', roles: ['viewer'] })), id: 0, since: 0, email: 0 });
  expect(await shape(known)).toEqual(await shape(unknown));
  expect(JSON.stringify(await members.list({}))).not.toContain('Secret Name');
});

it('keeps the last administrator', async () => {
  const { who, admin, members } = await withAdministrator();
  expect(await codeOf(members.remove({ member: admin }))).toBe('access.last_administrator');
  expect(await codeOf(members.setRoles({ member: admin, roles: ['viewer'] }))).toBe('access.last_administrator');
  const second = await members.add({ email: `${newId()}@people.example`, name: 'Second', roles: ['admin'] });
  const both = [admin, second.id].map((member) => codeOf(fresh(who.actor).remove({ member })));
  expect((await Promise.all(both)).sort()).toEqual(['access.last_administrator', 'done']);
  expect((await members.list({})).items).toHaveLength(1);
});

it('gives no role that holds more than the giver, and leaves those who hold more alone', async () => {
  const { who, admin, members } = await withAdministrator();
  await members.add({ email: `${newId()}@people.example`, name: 'Other admin', roles: ['admin'] });
  const keeper = fresh(testActor(who.id, who.code, ['access.manage_members', 'access.read']));
  const email = `${newId()}@people.example`;
  expect(await codeOf(keeper.add({ email, name: 'x', roles: ['admin'] }))).toBe('access.scope_not_held');
  expect(await codeOf(keeper.add({ email, name: 'x', roles: ['trade'] }))).toBe('access.scope_not_held');
  expect(await codeOf(keeper.add({ email, name: 'x', roles: ['viewer'] }))).toBe('done');
  expect(await codeOf(keeper.remove({ member: admin }))).toBe('access.scope_not_held');
  expect(await codeOf(keeper.setRoles({ member: admin, roles: ['viewer'] }))).toBe('access.scope_not_held');
});

it('lets a removed person back in, refuses a present one, and hides members of others', async () => {
  const { members } = await withAdministrator();
  const email = `${newId()}@people.example`;
  const first = await members.add({ email, name: 'N', roles: ['trade'] });
  expect(await codeOf(members.add({ email, name: 'N', roles: ['trade'] }))).toBe('access.member_exists');
  await members.remove({ member: first.id });
  expect(await codeOf(members.remove({ member: first.id }))).toBe('access.not_found');
  expect(await members.add({ email, name: 'N again', roles: ['viewer'] })).toMatchObject({ id: first.id, roles: ['viewer'] });
  const other = await withAdministrator();
  expect(await codeOf(other.members.remove({ member: first.id }))).toBe('access.not_found');
  expect((await other.members.list({})).items.map((member) => member.name)).toEqual(['Boss']);
});

it('pages the members', async () => {
  const { members } = await withAdministrator();
  for (let i = 0; i < 4; i += 1) await members.add({ email: `${newId()}@people.example`, name: `P${i}`, roles: ['viewer'] });
  const first = await members.list({ limit: 3 });
  const rest = await members.list({ limit: 3, cursor: first.next ?? undefined });
  expect(first.items).toHaveLength(3);
  expect([...first.items, ...rest.items].map((member) => member.name).sort()).toEqual(['Boss', 'P0', 'P1', 'P2', 'P3']);
  expect(rest.next).toBeNull();
  expect(await codeOf(members.list({ cursor: 'nonsense' }))).toBe('request.invalid');
});

it('cuts open connections of people who were removed or whose roles changed', async () => {
  const { who, members } = await withAdministrator();
  const people = await Promise.all(
    (['kept', 'removed', 'changed'] as const).map(async (name) => {
      const email = `${newId()}@people.example`;
      const user = newId();
      const member = await members.add({ email, name, roles: ['trade'] satisfies MemberRole[] });
      await registerPerson(db.database.system, { user, email, name, locale: 'en' });
      const actor = await authenticator().actorOfMembership(user, who.code, `session of ${name}`);
      if (!actor) throw new Error('no actor');
      return { name, member: member.id, actor };
    }),
  );
  const dead: string[] = [];
  const watch = watchCredentials({
    system: db.database.system,
    everyMs: 60_000,
    endedSessions: async (ids) => ids.filter((id) => id === 'session of signed out'),
  });
  for (const { name, actor } of people) watch.add(actor, () => dead.push(name));
  const [kept] = people;
  if (kept) watch.add({ ...kept.actor, credential: { kind: 'session', id: 'session of signed out' } }, () => dead.push('signed out'));
  await members.remove({ member: people[1]?.member ?? '' });
  await members.setRoles({ member: people[2]?.member ?? '', roles: ['viewer'] });
  await watch.check();
  expect(dead.sort()).toEqual(['changed', 'removed', 'signed out']);
  await watch.stop();
});
