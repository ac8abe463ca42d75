import type { Actor } from '@yunfab/core/access';
import type { Connection } from '@yunfab/core/database';
import { listenFeed } from '@yunfab/core/events';
import type { Logger } from '../operations/log.js';

/** A page of one organization's feed; `next` is the cursor after its last entry. */
export interface FeedPage {
  readonly events: readonly unknown[];
  readonly next: number;
}

export interface FeedReader {
  /** What the actor's organization may see after `after`; at the head `next` equals `after`. */
  read(actor: Actor, after: number, limit: number): Promise<FeedPage>;
  head(actor: Actor): Promise<number>;
}

export interface Follower {
  readonly actor: Actor;
  /** The cursor to go on from; null: from the present head. */
  readonly after: number | null;
  /** Hands one page over; resolves when there is room for the next, so that a slow reader waits in the database and not here. */
  deliver(page: FeedPage): Promise<void>;
  /** Told once when the feed cannot be read for this actor any more. */
  failed(error: unknown): void;
}

export interface FeedHub {
  /** Delivers everything from `after` on, without gaps, until the returned function is called. */
  follow(follower: Follower): () => void;
  stop(): Promise<void>;
}

export interface FeedHubOptions {
  /** The system role's connection hears the sequencer. */
  readonly system: Connection;
  readonly reader: FeedReader;
  readonly log: Logger;
}

const pageSize = 100;

interface Place {
  readonly follower: Follower;
  cursor: number;
  busy: boolean;
  woken: boolean;
  ended: boolean;
}

/** One listener for all open sockets and streams of this process. */
export async function createFeedHub({ system, reader, log }: FeedHubOptions): Promise<FeedHub> {
  const places = new Map<string, Set<Place>>();
  const reading = new Map<string, Promise<FeedPage>>();
  const listener = await listenFeed(
    system,
    (organizations) => {
      for (const organization of organizations ?? places.keys()) for (const place of places.get(organization) ?? []) void advance(place);
    },
    log,
  );

  async function advance(place: Place): Promise<void> {
    place.woken = true;
    if (place.busy) return;
    place.busy = true;
    try {
      while (place.woken && !place.ended) {
        place.woken = false;
        await catchUp(place);
      }
    } catch (error) {
      fail(place, error);
    } finally {
      place.busy = false;
    }
  }

  async function catchUp(place: Place): Promise<void> {
    while (!place.ended) {
      const page = await readOnce(place.follower.actor, place.cursor);
      if (page.next <= place.cursor || place.ended) return;
      place.cursor = page.next;
      await place.follower.deliver(page);
    }
  }

  /** All readers of one organization see the same feed, so those that stand at one cursor share one read. */
  function readOnce(actor: Actor, after: number): Promise<FeedPage> {
    const key = `${actor.organization} ${after}`;
    const held = reading.get(key);
    if (held) return held;
    const page = reader.read(actor, after, pageSize).finally(() => reading.delete(key));
    reading.set(key, page);
    return page;
  }

  async function begin(place: Place): Promise<void> {
    place.busy = true;
    try {
      if (place.follower.after === null) place.cursor = await reader.head(place.follower.actor);
    } catch (error) {
      fail(place, error);
    }
    place.busy = false;
    await advance(place);
  }

  function fail(place: Place, error: unknown): void {
    if (!place.ended) place.follower.failed(error);
    place.ended = true;
  }

  return {
    follow(follower) {
      const { organization } = follower.actor;
      const place: Place = { follower, cursor: follower.after ?? 0, busy: false, woken: false, ended: false };
      const beside = places.get(organization) ?? new Set();
      places.set(organization, beside.add(place));
      void begin(place);
      return () => {
        place.ended = true;
        beside.delete(place);
        if (beside.size === 0) places.delete(organization);
      };
    },
    async stop() {
      for (const beside of places.values()) for (const place of beside) place.ended = true;
      places.clear();
      await listener.stop();
    },
  };
}
