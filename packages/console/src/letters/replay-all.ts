import { useCallback, useEffect, useRef, useState } from 'react';
import type { Client } from '../app/client.js';
import { usePlatform } from '../app/platform.js';
import { asProblem, isNotFound, type Problem } from '../app/problem.js';
import type { Letter } from './replay.js';

export interface LetterFilter {
  readonly reason?: string;
  readonly device?: string;
}

export interface Walked {
  readonly stored: number;
  /** Refused again, by reason. */
  readonly refused: Readonly<Record<string, number>>;
  /** Cut ones, which cannot be replayed. */
  readonly leftOut: number;
  /** What a gateway has not done yet. */
  readonly waiting: number;
}

export interface ReplayOfAll extends Walked {
  readonly state: 'running' | 'done' | 'stopped' | 'broken';
  /** How many there were at the beginning. */
  readonly of: number;
  readonly problem: Problem | null;
  /** When something last came of it, Unix ms. */
  readonly movedAt: number;
}

const atOnce = 100;
const lookEveryMs = 500;
/** Letters of a page may be discarded before they are asked for. */
const mostTries = 3;

/**
 * Replays what a filter holds, a page after the other, the newest first, each settled before the next is asked for. What is
 * refused again becomes the newest, and what comes meanwhile too, so neither is met again behind the page: it ends.
 */
async function* replayPages(yunfab: Client, filter: LetterFilter, signal: AbortSignal): AsyncGenerator<Walked> {
  const { deadLetters } = yunfab.equipment;
  let total: Walked = { stored: 0, refused: {}, leftOut: 0, waiting: 0 };
  for (let cursor: string | null | undefined, tries = 0; cursor !== null; ) {
    const page = await deadLetters.list({ ...filter, limit: atOnce, ...(cursor === undefined ? {} : { cursor }) }, { signal });
    const whole = page.items.filter((letter) => letter.whole);
    const ids = whole.map(({ id }) => id);
    const fresh = whole.filter(({ replayAskedAt }) => replayAskedAt === null).map(({ id }) => id);
    try {
      if (fresh.length > 0) await deadLetters.replay({ letters: fresh });
    } catch (error) {
      tries += 1;
      if (isNotFound(asProblem(error)) && tries < mostTries) continue;
      throw error;
    }
    const before = { ...total, leftOut: total.leftOut + page.items.length - whole.length };
    for (let waiting = ids.length; waiting > 0; ) {
      const { items } = await deadLetters.standing({ letters: ids }, { signal });
      waiting = items.filter(({ replayAskedAt }) => replayAskedAt !== null).length;
      total = { ...added(before, ids.length, items), waiting };
      yield total;
      if (waiting > 0) await later(lookEveryMs, signal);
    }
    if (ids.length === 0) total = before;
    yield total;
    cursor = page.next;
    tries = 0;
  }
}

function added(before: Walked, asked: number, standing: readonly Letter[]): Walked {
  const refused = { ...before.refused };
  for (const { reason, replayAskedAt } of standing) if (replayAskedAt === null) refused[reason] = (refused[reason] ?? 0) + 1;
  return { ...before, stored: before.stored + asked - standing.length, refused };
}

function later(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), reject(signal.reason)), { once: true });
  });
}

/** Goes on while the page is open; what was asked for last is done by a gateway all the same. */
export function useReplayAll(onMoved: () => void) {
  const { yunfab } = usePlatform();
  const [replay, setReplay] = useState<ReplayOfAll | null>(null);
  const ending = useRef<AbortController | null>(null);
  const moved = useRef(onMoved);
  moved.current = onMoved;
  useEffect(() => () => ending.current?.abort(), []);

  const start = useCallback(
    async (filter: LetterFilter, of: number) => {
      ending.current?.abort();
      const { signal } = (ending.current = new AbortController());
      const begun: ReplayOfAll = {
        ...{ state: 'running', of, problem: null, movedAt: Date.now() },
        ...{ stored: 0, refused: {}, leftOut: 0, waiting: 0 },
      };
      setReplay(begun);
      try {
        let last: Walked = begun;
        for await (const walked of replayPages(yunfab, filter, signal)) {
          const still = JSON.stringify(walked) === JSON.stringify(last);
          last = walked;
          setReplay((now) => ({ ...(now ?? begun), ...walked, movedAt: still ? (now ?? begun).movedAt : Date.now() }));
          if (!still && walked.waiting === 0) moved.current();
        }
        setReplay((now) => now && { ...now, state: 'done' });
      } catch (error) {
        if (!signal.aborted) setReplay((now) => now && { ...now, state: 'broken', problem: asProblem(error) });
      }
      moved.current();
    },
    [yunfab],
  );
  const stop = () => {
    ending.current?.abort();
    setReplay((now) => now && { ...now, state: 'stopped' });
  };
  return { replay, start, stop, forget: () => setReplay(null) };
}
