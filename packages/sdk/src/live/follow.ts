import type { FeedEvent } from '../contract.js';
import { isYunfabError } from '../errors.js';
import type { CallOptions } from '../options.js';
import type { FeedPush, Hub } from './hub.js';
import { createInbox, type Inbox } from './inbox.js';

export interface FollowOptions {
  /** The cursor of the last event that you have dealt with, or `now` for new ones only; from the very first when left out. */
  readonly after?: number | 'now' | undefined;
  /** Ends the iteration quietly. */
  readonly signal?: AbortSignal | undefined;
  /** Only these: `orders.proposed`, or all of a feature by `orders.*`. */
  readonly types?: readonly string[] | undefined;
}

/** Every event that your organization may see, in order, each once, for as long as you iterate. */
export type Follow = (options?: FollowOptions) => AsyncIterable<FeedEvent>;

interface FeedPage {
  readonly events: readonly FeedEvent[];
  readonly next: number;
}

/** The feed as it is asked for. */
export interface Feed {
  list(input: { after: number; limit: number }, options: CallOptions): Promise<FeedPage>;
  head(options: CallOptions): Promise<{ readonly cursor: number }>;
}

const pageSize = 100;
const mostKept = 1_000;
/** While pushes arrive, the feed is still asked this often: a push is a hurry-up, not a guarantee. */
const askWhileConnectedMs = 30_000;
const askWhileApartMs = 2_000;
const longestTroubleMs = 15_000;

/**
 * The cursor alone decides what is next. `events.list` is the truth; pushes are used only where they continue the
 * cursor without a gap, otherwise they merely say when to ask.
 */
export function createFollow(feed: Feed, hub: Hub): Follow {
  return (options = {}) => ({ [Symbol.asyncIterator]: () => follow(feed, hub, options) });
}

async function* follow(feed: Feed, hub: Hub, { after = 0, signal, types }: FollowOptions): AsyncGenerator<FeedEvent, void, undefined> {
  const wanted = typeFilter(types);
  const inbox = createInbox(mostKept);
  const leave = hub.join({ feed: inbox.put, behind: inbox.fallBehind, refused: inbox.fallBehind });
  try {
    let cursor = after === 'now' ? ((await patiently(() => feed.head({ signal }), inbox, signal))?.cursor ?? 0) : after;
    while (!signal?.aborted) {
      const asked = cursor;
      const page = await patiently(() => feed.list({ after: asked, limit: pageSize }, { signal }), inbox, signal);
      if (!page) return;
      for (const event of page.events) {
        if (event.cursor <= cursor) continue;
        cursor = event.cursor;
        if (wanted(event)) yield event;
      }
      const full = page.next - asked >= pageSize;
      cursor = Math.max(cursor, page.next);
      if (full) continue;

      for (;;) {
        const found = await inbox.take(hub.ask() ? askWhileConnectedMs : askWhileApartMs, signal);
        if (found === 'behind' || !continues(found, cursor)) break;
        for (const event of found.events) {
          if (event.cursor <= cursor) continue;
          cursor = event.cursor;
          if (wanted(event)) yield event;
        }
      }
    }
  } finally {
    leave();
  }
}

/** Asks until there is an answer: through outages, not through refusals. Null when aborted. */
async function patiently<Answer>(ask: () => Promise<Answer>, inbox: Inbox, signal: AbortSignal | undefined): Promise<Answer | null> {
  for (let troubles = 0; !signal?.aborted; troubles++) {
    try {
      return await ask();
    } catch (error) {
      if (signal?.aborted) return null;
      if (!isYunfabError(error) || !error.retryable) throw error;
      // A connection that stands again ends the wait; what it pushes stands in the answer as well.
      await inbox.take(Math.min(longestTroubleMs, 500 * 2 ** troubles), signal);
    }
  }
  return null;
}

/** No cursor is missing between what was dealt with and the end of the push; a hidden entry counts as missing. */
function continues({ events, cursor: end }: FeedPush, cursor: number): boolean {
  const fresh = events.filter((event) => event.cursor > cursor);
  return end <= cursor || (fresh.at(-1)?.cursor === end && fresh.every((event, index) => event.cursor === cursor + 1 + index));
}

function typeFilter(types: readonly string[] | undefined): (event: FeedEvent) => boolean {
  if (!types) return () => true;
  const exact = new Set(types);
  const features = types.filter((type) => type.endsWith('.*')).map((type) => type.slice(0, -1));
  return ({ type }) => exact.has(type) || features.some((feature) => type.startsWith(feature));
}
