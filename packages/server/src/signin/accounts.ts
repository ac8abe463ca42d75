import type { Connection } from '@yunfab/core/database';
import { type BetterAuthOptions, betterAuth } from 'better-auth';

export interface AccountOptions {
  /** The system role's connection: runtime has no privilege on these tables. */
  readonly system: Connection;
  readonly secret: string;
  /** Cookies are marked Secure when people reach the server over https. */
  readonly secureCookies: boolean;
}

/** Where better-auth believes itself to be; nothing outside reaches it but through our own /api/session. */
const internalUrl = 'http://signin.internal';
/** Carries the caller's address to better-auth's rate limit; set by us, never taken from outside. */
const addressHeader = 'x-yunfab-address';

export interface SignedIn {
  readonly session: { readonly id: string; readonly expiresAt: Date };
  readonly user: { readonly id: string; readonly email: string; readonly name: string };
}

/** Passwords and sessions of people, kept by better-auth. */
export interface Accounts {
  /** Replies as better-auth does: 200 with set-cookie, 401, or 429 with x-retry-after. */
  signIn(credentials: { readonly email: string; readonly password: string }, address: string, userAgent: string): Promise<Response>;
  signOut(cookie: string): Promise<Response>;
  /** The session behind a cookie header, or null. */
  find(cookie: string): Promise<SignedIn | null>;
  /** Of these session ids, those that were signed out or have expired; asked for open connections. */
  ended(ids: readonly string[]): Promise<readonly string[]>;
  /** Makes the sign-in of a person; returns the id that `core.person.signin_user` keeps. Resets the password of an existing one. */
  ensureUser(person: { readonly email: string; readonly name: string; readonly password: string }): Promise<string>;
}

export function createAccounts({ system, secret, secureCookies }: AccountOptions): Accounts {
  const auth = betterAuth(optionsOf(system, secret, secureCookies));
  const post = (path: string, body: unknown, headers: Record<string, string>) =>
    auth.handler(
      new Request(`${internalUrl}/api/auth${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: internalUrl, ...headers },
        body: JSON.stringify(body),
      }),
    );
  return {
    signIn: (credentials, address, userAgent) => post('/sign-in/email', credentials, { [addressHeader]: address, 'user-agent': userAgent }),
    signOut: (cookie) => post('/sign-out', {}, { cookie }),
    async find(cookie) {
      const found = await auth.api.getSession({ headers: new Headers({ cookie }) });
      return found ? { session: found.session, user: found.user } : null;
    },
    async ended(ids) {
      const { rows } = await system.pool.query<{ id: string }>(
        'select asked as id from unnest($1::text[]) asked where not exists (select 1 from signin.session s where s.id = asked and s."expiresAt" > now())',
        [ids],
      );
      return rows.map(({ id }) => id);
    },
    async ensureUser({ email, name, password }) {
      const { internalAdapter, password: passwords } = await auth.$context;
      const hash = await passwords.hash(password);
      const existing = await internalAdapter.findUserByEmail(email);
      if (existing) {
        await internalAdapter.updatePassword(existing.user.id, hash);
        return existing.user.id;
      }
      const user = await internalAdapter.createUser({ email, name, emailVerified: true }, { method: 'email-password' });
      await internalAdapter.linkAccount({ userId: user.id, providerId: 'credential', accountId: user.id, password: hash });
      return user.id;
    },
  };
}

function optionsOf(system: Connection, secret: string, secureCookies: boolean) {
  return {
    baseURL: internalUrl,
    secret,
    database: { db: system.handle.withoutPlugins().withSchema('signin'), type: 'postgres' },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 8 },
    session: { expiresIn: 7 * 24 * 3600, updateAge: 24 * 3600, cookieCache: { enabled: false } },
    rateLimit: { enabled: true, storage: 'memory', window: 10, max: 1000, customRules: { '/sign-in/email': { window: 60, max: 30 } } },
    advanced: {
      cookiePrefix: 'yunfab',
      useSecureCookies: secureCookies,
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true, path: '/' },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    logger: { disabled: true },
    telemetry: { enabled: false },
  } satisfies BetterAuthOptions;
}
