import { sql } from 'kysely';
import { newId } from '../database/index.js';
import { appendEvent } from '../events/index.js';
import { accessErrors } from './errors.js';
import { type ActorScope, assertMayGive, type MemberRole, type Permissions, scopesOfRoles } from './permissions.js';
import type { AccessTables } from './tables.js';

export interface NewMember {
  readonly email: string;
  /** As this organization knows the person. */
  readonly name: string;
  readonly roles: readonly MemberRole[];
}

export interface Member {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly roles: string[];
  readonly since: Date;
}

/**
 * Makes the person with this address a member; who has no sign-in yet is a member from their first one on.
 * Nobody gives a role that holds more than they hold. Throws `access.member_exists`, `access.scope_not_held`.
 */
export async function addMember(scope: ActorScope, known: Permissions, { email, name, roles }: NewMember): Promise<Member> {
  assertMayGive(scope, known, scopesOfRoles(known, roles));
  const tables = scope.tx.withTables<AccessTables>();
  const { rows } = await sql<{ person: string }>`select core.invite_person(${newId()}, ${email}) as person`.execute(scope.tx);
  const person = rows[0]?.person ?? '';
  const before = await tables
    .selectFrom('membership')
    .select(['id', 'ended_at'])
    .where('organization', '=', scope.organization)
    .where('person', '=', person)
    .executeTakeFirst();
  if (before && !before.ended_at) throw accessErrors.member_exists({ email });
  const values = { name, roles: sortedRoles(roles), ended_at: null };
  const made = await (before
    ? tables.updateTable('membership').set(values).where('id', '=', before.id).returning(['id', 'created_at'])
    : tables
        .insertInto('membership')
        .values({ organization: scope.organization, person, created_at: scope.now, ...values })
        .onConflict((conflict) => conflict.doNothing())
        .returning(['id', 'created_at'])
  ).executeTakeFirst();
  // Another administrator was a moment faster.
  if (!made) throw accessErrors.member_exists({ email });
  const { id, created_at } = made;
  await appendEvent(scope, { type: 'access.member_added', record: null, body: { member: id, name, roles: values.roles } });
  return { id, email, name, roles: values.roles, since: created_at };
}

/** Present members by name; `cursor` is the id of the last one seen. */
export async function listMembers(
  scope: ActorScope,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: Member[]; next: string | null }> {
  const rows = await liveMembers(scope)
    .$if(cursor !== undefined, (members) => members.where('m.id', '>', cursor ?? ''))
    .orderBy('m.id')
    .limit(limit + 1)
    .execute();
  return { items: rows.slice(0, limit).map(toMember), next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null };
}

/** Throws `access.not_found`, `access.scope_not_held`, `access.last_administrator`. */
export async function setMemberRoles(scope: ActorScope, known: Permissions, id: string, roles: readonly MemberRole[]): Promise<Member> {
  const member = await lockedMember(scope, known, id);
  assertMayGive(scope, known, scopesOfRoles(known, roles));
  if (!roles.includes('admin')) await assertAnotherAdministrator(scope, member);
  const sorted = sortedRoles(roles);
  await ownMemberships(scope).set({ roles: sorted }).where('id', '=', id).execute();
  await appendEvent(scope, { type: 'access.member_roles_set', record: null, body: { member: id, name: member.name, roles: sorted } });
  return { ...member, roles: sorted };
}

/** Throws `access.not_found`, `access.scope_not_held`, `access.last_administrator`. */
export async function removeMember(scope: ActorScope, known: Permissions, id: string): Promise<Member> {
  const member = await lockedMember(scope, known, id);
  await assertAnotherAdministrator(scope, member);
  await ownMemberships(scope).set({ ended_at: scope.now }).where('id', '=', id).execute();
  await appendEvent(scope, { type: 'access.member_removed', record: null, body: { member: id, name: member.name } });
  return member;
}

/** A member who holds more than the actor can be changed only by someone who holds as much. */
async function lockedMember(scope: ActorScope, known: Permissions, id: string): Promise<Member> {
  // All administrators are locked, in one order, so that two of them cannot remove each other at once.
  await scope.tx
    .withTables<AccessTables>()
    .selectFrom('membership')
    .select('id')
    .where('organization', '=', scope.organization)
    .where('ended_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  const row = await liveMembers(scope).where('m.id', '=', id).executeTakeFirst();
  if (!row) throw accessErrors.not_found({ kind: 'member', id });
  assertMayGive(scope, known, scopesOfRoles(known, row.roles));
  return toMember(row);
}

async function assertAnotherAdministrator(scope: ActorScope, { id, roles }: Member): Promise<void> {
  if (!roles.includes('admin')) return;
  const others = await liveMembers(scope).where('m.id', '<>', id).execute();
  if (!others.some((other) => other.roles.includes('admin'))) throw accessErrors.last_administrator();
}

function liveMembers(scope: ActorScope) {
  return scope.tx
    .withTables<AccessTables>()
    .selectFrom('membership as m')
    .innerJoin('person as p', 'p.id', 'm.person')
    .select(['m.id', 'p.email', 'm.name', 'm.roles', 'm.created_at'])
    .where('m.organization', '=', scope.organization)
    .where('m.ended_at', 'is', null);
}

const ownMemberships = (scope: ActorScope) =>
  scope.tx.withTables<AccessTables>().updateTable('membership').where('organization', '=', scope.organization);

/** One spelling of a set of roles: open connections are told apart by it. */
const sortedRoles = (roles: readonly string[]): string[] => [...new Set(roles)].sort();

function toMember(row: { id: string; email: string; name: string | null; roles: string[]; created_at: Date }): Member {
  return { id: row.id, email: row.email, name: row.name ?? row.email, roles: row.roles, since: row.created_at };
}
