import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext } from 'react';
import type { BothWords } from '../words/words.js';
import { problemOfReply } from './problem.js';

export interface Organization {
  readonly code: string;
  readonly name: BothWords;
  /** IANA name. */
  readonly timeZone: string;
  readonly roles: readonly string[];
}

/** The person signed in on this browser and the organizations they may act for. */
export interface Session {
  readonly person: { readonly id: string; readonly name: string; readonly email: string; readonly locale: string };
  readonly organizations: readonly Organization[];
}

const address = '/api/session';
export const sessionKey = ['session'] as const;

async function sessionReply(method: 'GET' | 'POST' | 'DELETE', body?: unknown): Promise<Response> {
  const reply = await fetch(address, {
    method,
    credentials: 'same-origin',
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!reply.ok && !(method === 'GET' && reply.status === 401)) throw await problemOfReply(reply);
  return reply;
}

/** What one person was answered is not kept for the next. */
function forgetOthers(queries: QueryClient): void {
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
}

/** Null when nobody is signed in. */
export function useSession() {
  return useQuery<Session | null>({
    queryKey: sessionKey,
    queryFn: async () => {
      const reply = await sessionReply('GET');
      return reply.status === 401 ? null : ((await reply.json()) as Session);
    },
    staleTime: 60_000,
  });
}

export function useSignIn() {
  const queries = useQueryClient();
  return async (credentials: { readonly email: string; readonly password: string }): Promise<void> => {
    const session = (await (await sessionReply('POST', credentials)).json()) as Session;
    forgetOthers(queries);
    queries.setQueryData(sessionKey, session);
  };
}

export function useSignOut() {
  const queries = useQueryClient();
  return async (): Promise<void> => {
    await sessionReply('DELETE');
    queries.setQueryData(sessionKey, null);
    forgetOthers(queries);
  };
}

const here = createContext<{ readonly session: Session; readonly organization: Organization } | null>(null);

export function HereProvider({
  session,
  organization,
  children,
}: {
  readonly session: Session;
  readonly organization: Organization;
  readonly children: ReactNode;
}) {
  return <here.Provider value={{ session, organization }}>{children}</here.Provider>;
}

/** Who looks, and for which organization. */
export function useHere() {
  const found = useContext(here);
  if (!found) throw new Error('useHere outside an organization');
  return found;
}

const lastOrganization = 'yunfab.organization';

/** The organization that this browser showed last, else the first. */
export function startingOrganization(session: Session): Organization | null {
  const last = localStorage.getItem(lastOrganization);
  return session.organizations.find(({ code }) => code === last) ?? session.organizations[0] ?? null;
}

export function rememberOrganization(code: string): void {
  localStorage.setItem(lastOrganization, code);
}
