import type { FeedPush } from './hub.js';

/** What the follower finds when it looks: pushes in order, or that it must ask the server what it missed. */
export type Found = FeedPush | 'behind';

export interface Inbox {
  put(push: FeedPush): void;
  /** What is kept is not the whole story any more. */
  fallBehind(): void;
  /** The next push; `behind` when something was missed, or when nothing came within `patienceMs`. Resolves early on abort. */
  take(patienceMs: number, signal?: AbortSignal): Promise<Found>;
}

/** Keeps at most `most` events for a slow follower; past that it forgets them, for the server still has them. */
export function createInbox(most: number): Inbox {
  let kept: FeedPush[] = [];
  let size = 0;
  let behind = false;
  let wake: (() => void) | null = null;

  function fallBehind(): void {
    kept = [];
    size = 0;
    behind = true;
    wake?.();
  }

  function find(): Found | null {
    if (behind) {
      behind = false;
      return 'behind';
    }
    const push = kept.shift();
    if (!push) return null;
    size -= push.events.length;
    return push;
  }

  return {
    fallBehind,
    put(push) {
      if (behind) return;
      kept.push(push);
      size += push.events.length;
      if (size > most) fallBehind();
      wake?.();
    },
    async take(patienceMs, signal) {
      const found = find();
      if (found || signal?.aborted) return found ?? 'behind';
      await new Promise<void>((resolve) => {
        const done = () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', done);
          wake = null;
          resolve();
        };
        const timer = setTimeout(done, patienceMs);
        signal?.addEventListener('abort', done, { once: true });
        wake = done;
      });
      return find() ?? 'behind';
    },
  };
}
