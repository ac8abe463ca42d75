import { sql } from 'kysely';
import type { Connection, OrganizationId } from '../database/index.js';
import { type Actor, permissionSet, type Words } from './actor.js';
import { type Permissions, permissionsOfRoles } from './permissions.js';
import { hashToken, isApiKeyToken } from './tokens.js';

/** One organization that a person may work for. */
export interface Membership {
  readonly person: string;
  readonly name: string;
  readonly email: string;
  readonly locale: 'zh-CN' | 'en';
  readonly organization: OrganizationId;
  readonly code: string;
  readonly organizationName: Words;
  readonly timeZone: string;
  readonly roles: readonly string[];
}

/** A person acting for an organization; `roles` as they were when asked. */
export interface MemberActor extends Actor {
  readonly kind: 'person';
  readonly roles: readonly string[];
}

export interface Authenticator {
  /** The actor of a live key of an active organization, else null. */
  authenticateKey(token: string): Promise<Actor | null>;
  /** The actor of a signed-in user in one organization, else null; `session` is what its connections are asked about. */
  actorOfMembership(user: string, organizationCode: string, session?: string): Promise<MemberActor | null>;
  /** The organizations that a signed-in user may choose from, by code. */
  membershipsOf(user: string): Promise<readonly Membership[]>;
}

export interface AuthenticatorOptions {
  readonly runtime: Connection;
  readonly permissions: Permissions;
  /** How long an answer may be used again, counted from before it was asked; 400 ms, so that a revoked key dies within 1 s. */
  readonly freshMs?: number;
  /** How many answers are kept at most. */
  readonly mostKept?: number;
}

/** Turns what a request presents into an actor. One database call for any number of requests at the same moment. */
export function createAuthenticator({ runtime, permissions, freshMs = 400, mostKept = 5_000 }: AuthenticatorOptions): Authenticator {
  const keys = createFreshAnswers<Actor | null>({ freshMs, mostKept });
  const memberships = createFreshAnswers<readonly Membership[]>({ freshMs, mostKept });
  const membershipsOf = (user: string) => memberships.get(user, () => findMemberships(runtime, user));
  return {
    async authenticateKey(token) {
      if (!isApiKeyToken(token)) return null;
      const hash = hashToken(token);
      return keys.get(hash.toString('base64'), () => findKey(runtime, hash));
    },
    membershipsOf,
    async actorOfMembership(user, organizationCode, session) {
      const membership = (await membershipsOf(user)).find((each) => each.code === organizationCode);
      return membership ? toMemberActor(membership, permissions, session) : null;
    },
  };
}

async function findKey(runtime: Connection, hash: Buffer): Promise<Actor | null> {
  const { rows } = await sql<{
    id: string;
    name: string;
    scopes: string[];
    organization: OrganizationId;
    code: string;
    name_en: string;
    name_zh: string;
    time_zone: string;
  }>`select * from core.find_api_key(${hash})`.execute(runtime.handle);
  const key = rows[0];
  if (!key) return null;
  return {
    kind: 'key',
    id: key.id,
    label: key.name,
    organization: key.organization,
    organizationCode: key.code,
    organizationName: { en: key.name_en, zh: key.name_zh },
    timeZone: key.time_zone,
    permissions: permissionSet(key.scopes),
    credential: { kind: 'key', id: key.id },
  };
}

async function findMemberships(runtime: Connection, user: string): Promise<readonly Membership[]> {
  const { rows } = await sql<Omit<Membership, 'organizationName' | 'timeZone'> & { name_en: string; name_zh: string; time_zone: string }>`
    select * from core.memberships_of(${user})`.execute(runtime.handle);
  return rows.map(({ name_en, name_zh, time_zone, ...row }) => ({
    ...row,
    organizationName: { en: name_en, zh: name_zh },
    timeZone: time_zone,
  }));
}

function toMemberActor(membership: Membership, permissions: Permissions, session: string | undefined): MemberActor {
  return {
    kind: 'person',
    id: membership.person,
    label: membership.name,
    organization: membership.organization,
    organizationCode: membership.code,
    organizationName: membership.organizationName,
    timeZone: membership.timeZone,
    permissions: permissionsOfRoles(permissions, membership.roles),
    credential: { kind: 'session', id: session ?? membership.person },
    roles: membership.roles,
  };
}

/** Answers that may be given again for a moment. Misses (null, an empty list) are shared while they are under way and then forgotten. */
function createFreshAnswers<Answer>({ freshMs, mostKept }: { freshMs: number; mostKept: number }) {
  const kept = new Map<string, { readonly askedAt: number; readonly answer: Promise<Answer> }>();
  const isMiss = (answer: Answer) => answer === null || (Array.isArray(answer) && answer.length === 0);
  return {
    get(key: string, ask: () => Promise<Answer>): Promise<Answer> {
      const now = performance.now();
      const known = kept.get(key);
      if (known && now - known.askedAt < freshMs) return known.answer;
      const entry = { askedAt: now, answer: ask() };
      const forget = () => {
        if (kept.get(key) === entry) kept.delete(key);
      };
      entry.answer.then((answer) => isMiss(answer) && forget(), forget);
      kept.delete(key);
      kept.set(key, entry);
      // A Map keeps the order of insertion: the first is the oldest.
      for (const oldest of kept.keys()) {
        if (kept.size <= mostKept) break;
        kept.delete(oldest);
      }
      return entry.answer;
    },
  };
}
