import type { Actor, Authenticator as ActorAuthenticator, Membership } from '@yunfab/core/access';
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

/** Who is signed in, and where they may act. */
export interface SignedInPerson extends SignedIn {
  readonly memberships: readonly Membership[];
}

/** Answers who asks. Answers are kept for 400 ms, so a revoked credential is refused well within a second. */
export interface Authenticator {
  /** Null when nothing valid was presented; throws `signin.not_a_member` and the like when a person named no organization of theirs. */
  actor(credentials: Credentials): Promise<Actor | null>;
  /** The person behind the session cookie, with all organizations. */
  person(cookie: string): Promise<SignedInPerson | null>;
  /** Forgets a session, for a sign-out that must hold at once. */
  forget(cookie: string): void;
}

export interface AuthenticatorOptions {
  /** Core's, for keys and memberships. */
  readonly actors: ActorAuthenticator;
  readonly accounts: Accounts;
}

export function createAuthenticator({ actors, accounts }: AuthenticatorOptions): Authenticator {
  const sessions = createSessionMemory(accounts.find);

  async function actorOfCookie(cookie: string, organization: string | null): Promise<Actor | null> {
    const signedIn = await sessions.find(cookie);
    if (!signedIn) return null;
    const code = organization ?? onlyOne(await actors.membershipsOf(signedIn.user.id));
    const actor = await actors.actorOfMembership(signedIn.user.id, code, signedIn.session.id);
    if (!actor) throw signinErrors.not_a_member({ organization: code });
    return actor;
  }

  return {
    async actor({ apiKey, cookie, organization }) {
      if (apiKey === null) return cookie === null ? null : actorOfCookie(cookie, organization);
      const actor = await actors.authenticateKey(apiKey);
      if (actor && organization && organization !== actor.organizationCode) throw signinErrors.not_a_member({ organization });
      return actor;
    },
    async person(cookie) {
      const signedIn = await sessions.find(cookie);
      return signedIn && { ...signedIn, memberships: await actors.membershipsOf(signedIn.user.id) };
    },
    forget: sessions.forget,
  };
}

function onlyOne(memberships: readonly Membership[]): string {
  const [first, second] = memberships;
  if (!first) throw signinErrors.no_membership();
  if (second) throw signinErrors.organization_unnamed({ organizations: memberships.map(({ code }) => code).join(', ') });
  return first.code;
}

const keepMs = 400;
const mostKept = 5_000;

/** Keeps sessions by their cookie, counted from the moment of asking; concurrent askers share one look-up. */
function createSessionMemory(find: Accounts['find']) {
  const kept = new Map<string, { readonly until: number; readonly answer: Promise<SignedIn | null> }>();
  return {
    find(cookie: string): Promise<SignedIn | null> {
      const now = performance.now();
      const held = kept.get(cookie);
      if (held && held.until > now) return held.answer;
      if (kept.size >= mostKept) kept.clear();
      const answer = find(cookie);
      kept.set(cookie, { until: now + keepMs, answer });
      answer.catch(() => kept.delete(cookie));
      return answer;
    },
    forget: (cookie: string) => void kept.delete(cookie),
  };
}
