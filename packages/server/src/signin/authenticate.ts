import { createHash } from 'node:crypto';
import { type Actor, type Permissions, permissionSet, permissionsOfRoles } from '@yunfab/core/access';
import type { Database, OrganizationId } from '@yunfab/core/database';
import { isYunfabError } from '@yunfab/core/errors';
import type { Accounts, SignedIn } from './accounts.js';
import { signinErrors } from './errors.js';

/** What a request or a socket's handshake carries. */
export interface Credentials {
  /** The text after `Bearer `. */
  readonly apiKey: string | null;
  /** The whole cookie header. */
  readonly cookie: string | null;
  /** Code of the organization to act for; needed only by people of several. */
  readonly organization: string | null;
}

export interface Membership {
  readonly organization: OrganizationId;
  readonly code: string;
  readonly name: { readonly en: string; readonly zh: string };
  readonly timeZone: string;
  readonly roles: readonly string[];
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly locale: string;
  readonly memberships: readonly Membership[];
}

/** Answers who asks. Answers are kept for 400 ms, so a revoked credential is refused well within a second. */
export interface Authenticator {
  /** Null when nothing valid was presented; throws `signin.not_a_member` and the like when a person named no organization of theirs. */
  actor(credentials: Credentials): Promise<Actor | null>;
  /** The person behind the session cookie, with all organizations. */
  person(cookie: string): Promise<{ readonly signedIn: SignedIn; readonly person: Person } | null>;
  /** Forgets what was kept, for a sign-out that must hold at once. */
  forget(): void;
}

const keepMs = 400;
const mostKept = 20_000;

export interface AuthenticatorOptions {
  readonly database: Database;
  readonly accounts: Accounts;
  readonly permissions: Permissions;
}

export function createAuthenticator({ database, accounts, permissions }: AuthenticatorOptions): Authenticator {
  const keys = createMemory<Actor | null>();
  const sessions = createMemory<{ signedIn: SignedIn; person: Person } | null>();

  const personOf = (cookie: string) => sessions.remember(cookie, () => findPerson(cookie));

  async function findPerson(cookie: string): Promise<{ signedIn: SignedIn; person: Person } | null> {
    const signedIn = await accounts.find(cookie);
    if (!signedIn) return null;
    const { rows } = await database.runtime.pool.query<MembershipRow>('select * from core.memberships_of($1)', [signedIn.user.id]);
    const { email, name } = signedIn.user;
    const first = rows[0];
    const person = { id: first?.person ?? signedIn.user.id, name: first?.name ?? name, email, locale: first?.locale ?? 'zh-CN' };
    return { signedIn, person: { ...person, memberships: rows.map(membershipOf) } };
  }

  async function findKey(apiKey: string): Promise<Actor | null> {
    const hash = createHash('sha256').update(apiKey).digest();
    const { rows } = await database.runtime.pool.query<KeyRow>('select * from core.find_api_key($1)', [hash]);
    return rows[0] ? actorOfKey(rows[0]) : null;
  }

  return {
    async actor({ apiKey, cookie, organization }) {
      if (apiKey !== null) {
        const actor = await keys.remember(apiKey, () => findKey(apiKey));
        if (actor && organization && organization !== actor.organizationCode) throw signinErrors.not_a_member({ organization });
        return actor;
      }
      if (cookie === null) return null;
      const found = await personOf(cookie);
      if (!found) return null;
      const membership = chooseMembership(found.person.memberships, organization);
      return {
        kind: 'person',
        id: found.person.id,
        label: found.person.name,
        organization: membership.organization,
        organizationCode: membership.code,
        organizationName: membership.name,
        timeZone: membership.timeZone,
        permissions: permissionsOfRoles(permissions, membership.roles),
        credential: { kind: 'session', id: found.signedIn.session.id },
      };
    },
    person: personOf,
    forget() {
      sessions.clear();
      keys.clear();
    },
  };
}

function chooseMembership(memberships: readonly Membership[], code: string | null): Membership {
  const [first, second] = memberships;
  if (!first) throw signinErrors.no_membership();
  if (code === null) {
    if (second) throw signinErrors.organization_unnamed({ organizations: memberships.map((membership) => membership.code).join(', ') });
    return first;
  }
  const chosen = memberships.find((membership) => membership.code === code);
  if (!chosen) throw signinErrors.not_a_member({ organization: code });
  return chosen;
}

interface KeyRow {
  id: string;
  name: string;
  scopes: string[];
  organization: OrganizationId;
  code: string;
  name_en: string;
  name_zh: string;
  time_zone: string;
}

interface MembershipRow {
  person: string;
  name: string;
  email: string;
  locale: string;
  organization: OrganizationId;
  code: string;
  name_en: string;
  name_zh: string;
  time_zone: string;
  roles: string[];
}

function membershipOf(row: MembershipRow): Membership {
  return { organization: row.organization, code: row.code, name: { en: row.name_en, zh: row.name_zh }, timeZone: row.time_zone, roles: row.roles };
}

function actorOfKey(row: KeyRow): Actor {
  return {
    kind: 'key',
    id: row.id,
    label: row.name,
    organization: row.organization,
    organizationCode: row.code,
    organizationName: { en: row.name_en, zh: row.name_zh },
    timeZone: row.time_zone,
    permissions: permissionSet(row.scopes),
    credential: { kind: 'key', id: row.id },
  };
}

interface Memory<Value> {
  remember(secret: string, find: () => Promise<Value>): Promise<Value>;
  clear(): void;
}

/** Keeps answers by the digest of the secret, counted from the moment of asking; concurrent askers share one look-up. */
function createMemory<Value>(): Memory<Value> {
  const kept = new Map<string, { readonly until: number; readonly answer: Promise<Value> }>();
  return {
    remember(secret, find) {
      const key = createHash('sha256').update(secret).digest('base64');
      const now = performance.now();
      const held = kept.get(key);
      if (held && held.until > now) return held.answer;
      if (kept.size >= mostKept) kept.clear();
      const answer = find();
      kept.set(key, { until: now + keepMs, answer });
      answer.catch((error: unknown) => {
        if (!isYunfabError(error)) kept.delete(key);
      });
      return answer;
    },
    clear: () => kept.clear(),
  };
}
