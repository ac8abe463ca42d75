import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { SignInPage } from '../signin/sign-in-page.js';
import { WordingProvider } from '../words/words.js';
import { OrganizationSpace } from './organization-space.js';
import { asProblem } from './problem.js';
import { rememberOrganization, type Session, startingOrganization, useSession } from './session.js';
import { FirstLoad, NoOrganization, ProblemPage } from './states.js';

export function App() {
  const [queries] = useState(createQueries);
  return (
    <QueryClientProvider client={queries}>
      <WordingProvider>
        <Entrance />
      </WordingProvider>
    </QueryClientProvider>
  );
}

function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // The SDK has already tried again; what changes arrives as events.
      queries: { retry: false, staleTime: 30_000, refetchOnWindowFocus: false, networkMode: 'always' },
      mutations: { networkMode: 'always' },
    },
  });
}

function Entrance() {
  const session = useSession();
  if (session.isPending) return <FirstLoad />;
  if (session.error) return <ProblemPage problem={asProblem(session.error)} onRetry={() => void session.refetch()} />;
  return (
    <Switch>
      <Route path="/sign-in">{session.data ? <Onward session={session.data} /> : <SignInPage />}</Route>
      <Route path="/o/:organization" nest>
        {({ organization }) => (session.data ? <Within session={session.data} code={organization} /> : <ToSignIn />)}
      </Route>
      <Route>{session.data ? <Onward session={session.data} /> : <ToSignIn />}</Route>
    </Switch>
  );
}

/** From an address without an organization to the same one within the organization shown last. */
function Onward({ session }: { readonly session: Session }) {
  const [path] = useLocation();
  const organization = startingOrganization(session);
  if (!organization) return <NoOrganization session={session} />;
  const wanted = path === '/sign-in' ? new URLSearchParams(location.search).get('to') : path;
  if (wanted?.startsWith('/o/')) return <Redirect to={wanted} replace />;
  return <Redirect to={`/o/${organization.code}${wanted && wanted !== '/' ? wanted : '/orders'}`} replace />;
}

function ToSignIn() {
  const to = location.pathname + location.search;
  return <Redirect to={to === '/' ? '~/sign-in' : `~/sign-in?to=${encodeURIComponent(to)}`} replace />;
}

function Within({ session, code }: { readonly session: Session; readonly code: string }) {
  const organization = session.organizations.find((each) => each.code === code);
  useEffect(() => {
    if (organization) rememberOrganization(organization.code);
  }, [organization]);
  if (!organization) return <NoOrganization session={session} />;
  return <OrganizationSpace key={code} session={session} organization={organization} />;
}
