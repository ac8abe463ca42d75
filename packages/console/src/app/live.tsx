import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { Client } from './client.js';
import { usePlatform } from './platform.js';
import { asProblem } from './problem.js';
import { sessionKey } from './session.js';

export type LiveState = 'connected' | 'resyncing' | 'offline';

const LiveContext = createContext<LiveState>('resyncing');
export const useLiveState = () => useContext(LiveContext);

/** Answers that events of a feature put out of date: the feature's own and those that are made of it. */
const touched: Readonly<Record<string, readonly string[]>> = {
  orders: ['orders', 'production.jobs', 'lifecycle'],
  commerce: ['commerce', 'orders'],
  rfq: ['orders'],
  engineering: ['engineering'],
  files: ['files', 'orders.timeline'],
  production: ['production', 'orders', 'lifecycle'],
  lifecycle: ['lifecycle', 'production.jobs', 'orders'],
};

/** Events arrive in bursts; answers are asked again once for all of them. */
const gatherMs = 250;
const againAfterMs = 2_000;
const probeEveryMs = 3_000;

/** Follows the organization's feed from now on, puts out of date whatever an event touches, and tells how the connection stands. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const { yunfab, organization } = usePlatform();
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>('resyncing');

  useEffect(() => {
    const ending = new AbortController();
    void followFeed(yunfab, organization.code, queries, ending.signal);
    return () => ending.abort();
  }, [yunfab, organization.code, queries]);

  useEffect(() => {
    let probing: ReturnType<typeof setInterval> | undefined;
    const probe = () =>
      fetch('/livez').then(
        (reply) => setState(reply.ok ? 'resyncing' : 'offline'),
        () => setState('offline'),
      );
    const off = yunfab.live.state((link) => {
      clearInterval(probing);
      setState(link === 'connected' ? 'connected' : 'resyncing');
      if (link !== 'connected') probing = setInterval(() => void probe(), probeEveryMs);
    });
    return () => {
      off();
      clearInterval(probing);
    };
  }, [yunfab]);

  return <LiveContext.Provider value={state}>{children}</LiveContext.Provider>;
}

async function followFeed(yunfab: Client, organization: string, queries: QueryClient, signal: AbortSignal): Promise<void> {
  const touch = gatherTouches(queries, organization, signal);
  let cursor: number | null = null;
  while (!signal.aborted) {
    try {
      if (cursor === null) {
        cursor = (await yunfab.events.head({}, { signal })).cursor;
        refreshOlderThan(Date.now(), queries, organization);
      }
      for await (const event of yunfab.events.follow({ after: cursor, signal })) {
        cursor = event.cursor;
        touch(event.type.slice(0, event.type.indexOf('.')));
      }
    } catch (error) {
      if (signal.aborted) return;
      const { status } = asProblem(error);
      // Signed out, or no longer a member: the session tells which page is next.
      if (status === 401 || status === 403) await queries.invalidateQueries({ queryKey: sessionKey });
      await new Promise((resolve) => setTimeout(resolve, againAfterMs));
    }
  }
}

/** What was answered before the feed was followed may have missed an event in between. */
function refreshOlderThan(at: number, queries: QueryClient, organization: string): void {
  void queries.invalidateQueries({
    predicate: ({ queryKey, state }) => queryKey[0] === organization && state.dataUpdatedAt > 0 && state.dataUpdatedAt < at,
  });
}

function gatherTouches(queries: QueryClient, organization: string, signal: AbortSignal): (feature: string) => void {
  const pending = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  signal.addEventListener('abort', () => clearTimeout(timer));
  const flush = () => {
    timer = undefined;
    const prefixes = [...pending];
    pending.clear();
    void queries.invalidateQueries({
      predicate: ({ queryKey: [code, procedure] }) =>
        code === organization && typeof procedure === 'string' && prefixes.some((prefix) => procedure.startsWith(prefix)),
    });
  };
  return (feature) => {
    for (const prefix of touched[feature] ?? [feature]) pending.add(prefix);
    timer ??= setTimeout(flush, gatherMs);
  };
}
