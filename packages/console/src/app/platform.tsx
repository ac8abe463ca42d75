import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { createFormat, type Format } from '../format/format.js';
import { useWords } from '../words/words.js';
import { type Client, createConsoleClient } from './client.js';
import { asProblem, isUnreachable, type Problem } from './problem.js';
import type { Organization } from './session.js';

interface Platform {
  readonly yunfab: Client;
  readonly organization: Organization;
  readonly format: Format;
}

const PlatformContext = createContext<Platform | null>(null);

export function PlatformProvider({ organization, children }: { readonly organization: Organization; readonly children: ReactNode }) {
  const { language, locale } = useWords();
  const spoken = useRef(locale);
  spoken.current = locale;
  const yunfab = useMemo(() => createConsoleClient(organization.code, () => spoken.current), [organization.code]);
  const format = useMemo(() => createFormat(language, organization.timeZone), [language, organization.timeZone]);
  const platform = useMemo(() => ({ yunfab, organization, format }), [yunfab, organization, format]);
  return <PlatformContext.Provider value={platform}>{children}</PlatformContext.Provider>;
}

export function usePlatform(): Platform {
  const platform = useContext(PlatformContext);
  if (!platform) throw new Error('usePlatform outside PlatformProvider');
  return platform;
}

export const useFormat = () => usePlatform().format;

interface Options {
  readonly signal: AbortSignal;
}

/** The first part names the procedure, so that events can say which answers are out of date. */
export type Question = readonly [procedure: string, input: unknown];

export interface Asked<Answer> {
  readonly answer: Answer | undefined;
  readonly problem: Problem | null;
  readonly pending: boolean;
  readonly again: () => void;
  /** When the answer shown came in, Unix ms. */
  readonly answeredAt: number;
}

/** Asks a query of the platform and keeps the answer; events invalidate it. */
export function useAsk<Answer>(
  [procedure, input]: Question,
  ask: (yunfab: Client, options: Options) => Promise<Answer>,
  { enabled = true, everyMs = false }: { readonly enabled?: boolean; readonly everyMs?: number | false } = {},
): Asked<Answer> {
  const { yunfab, organization } = usePlatform();
  const query = useQuery({
    queryKey: [organization.code, procedure, input],
    queryFn: ({ signal }) => ask(yunfab, { signal }),
    enabled,
    refetchInterval: everyMs,
  });
  return {
    answer: query.data,
    problem: query.error ? asProblem(query.error) : null,
    pending: query.isPending && enabled,
    again: () => void query.refetch(),
    answeredAt: query.dataUpdatedAt,
  };
}

export interface PageOf<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
  /** Older ones were dropped, because they are no longer kept. */
  readonly keptFrom?: string | null;
}

export interface Listed<Item> {
  readonly items: readonly Item[];
  readonly problem: Problem | null;
  readonly pending: boolean;
  readonly more: (() => void) | null;
  readonly loadingMore: boolean;
  readonly keptFrom: string | null;
  readonly again: () => void;
  /** When the rows shown came in, Unix ms. */
  readonly answeredAt: number;
}

/** Asks a list page by page. */
export function useList<Item>(
  [procedure, input]: Question,
  ask: (yunfab: Client, page: { readonly cursor?: string }, options: Options) => Promise<PageOf<Item>>,
  { enabled = true, everyMs = false }: { readonly enabled?: boolean; readonly everyMs?: number | false } = {},
): Listed<Item> {
  const { yunfab, organization } = usePlatform();
  const query = useInfiniteQuery<PageOf<Item>, Error, InfiniteData<PageOf<Item>>, readonly unknown[], string | null>({
    queryKey: [organization.code, procedure, input],
    queryFn: ({ signal, pageParam }) => ask(yunfab, pageParam === null ? {} : { cursor: pageParam }, { signal }),
    initialPageParam: null,
    getNextPageParam: (page) => page.next,
    enabled,
    refetchInterval: everyMs,
    placeholderData: keepPreviousData,
  });
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  return {
    items,
    problem: query.error ? asProblem(query.error) : null,
    pending: query.isPending && enabled,
    more: query.hasNextPage ? () => void query.fetchNextPage() : null,
    loadingMore: query.isFetchingNextPage,
    keptFrom: query.data?.pages.at(-1)?.keptFrom ?? null,
    again: () => void query.refetch(),
    answeredAt: query.dataUpdatedAt,
  };
}

export interface Command<Input, Answer> {
  /** Null when it was refused; `problem` then says why. */
  readonly run: (input: Input) => Promise<Answer | null>;
  readonly busy: boolean;
  readonly problem: Problem | null;
  readonly reset: () => void;
}

/**
 * Makes a change, and asks again what it `touches`: procedures, or features with all of theirs. A change that got no answer is repeated under its first idempotency key, so pressing again after a
 * broken connection cannot do it twice.
 */
export function useCommand<Input, Answer>(
  send: (yunfab: Client, input: Input, options: { readonly idempotencyKey: string }) => Promise<Answer>,
  touches: readonly string[] = [],
): Command<Input, Answer> {
  const { yunfab, organization } = usePlatform();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const unanswered = useRef<{ body: string; key: string } | null>(null);
  const run = async (input: Input): Promise<Answer | null> => {
    const body = JSON.stringify(input);
    const idempotencyKey = unanswered.current?.body === body ? unanswered.current.key : newKey();
    setBusy(true);
    setProblem(null);
    try {
      const answer = await send(yunfab, input, { idempotencyKey });
      unanswered.current = null;
      await queries.invalidateQueries({
        predicate: ({ queryKey: [code, procedure] }) =>
          code === organization.code && touches.some((touched) => procedure === touched || String(procedure).startsWith(`${touched}.`)),
      });
      return answer;
    } catch (error) {
      const found = asProblem(error);
      unanswered.current = isUnreachable(found) ? { body, key: idempotencyKey } : null;
      setProblem(found);
      return null;
    } finally {
      setBusy(false);
    }
  };
  const reset = useCallback(() => setProblem(null), []);
  return { run, busy, problem, reset };
}

function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
