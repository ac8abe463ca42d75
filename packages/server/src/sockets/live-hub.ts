import type { Actor } from '@yunfab/core/access';
import type { Logger } from '../operations/log.js';

/** `[Unix ms, value, quality]` */
export type LivePoint = readonly [ts: number, value: number | string | boolean | null, quality: number];

/** What the gateway says it has committed. */
export interface LiveSample {
  readonly equipment: string;
  readonly signal: string;
  readonly ts: number;
  readonly value: number | string | boolean | null;
  readonly quality: number;
}

export interface LiveUpdate {
  readonly equipment: string;
  readonly values: Readonly<Record<string, readonly LivePoint[]>>;
}

/** Of these pieces of equipment, those that the actor's organization sees now. */
export type VisibleEquipment = (actor: Actor, equipment: readonly string[]) => Promise<ReadonlySet<string>>;

export interface LiveReader {
  readonly actor: Actor;
  /** False while the client has not taken the last update: points are then kept, newest first to stay. */
  isReady(): boolean;
  send(update: LiveUpdate): void;
  /** The equipment is not visible any more. */
  unsubscribed(equipment: string): void;
}

export interface LiveHub {
  /** Null when the actor's organization does not see the equipment; otherwise the way out. */
  subscribe(reader: LiveReader, equipment: string, signals: readonly string[] | null): Promise<(() => void) | null>;
  committed(batch: { readonly samples: readonly LiveSample[] }): void;
  /** Equipment that somebody watches, with one of those who do. */
  watched(): ReadonlyMap<string, Actor>;
  stop(): void;
}

const sendEveryMs = 50;
const askEveryMs = 400;
/** Of one signal between two updates; a reader that is slower than this sees the newest. */
const mostPoints = 200;

interface Subscription {
  readonly reader: LiveReader;
  readonly equipment: string;
  readonly signals: ReadonlySet<string> | null;
  readonly waiting: Map<string, LivePoint[]>;
}

/**
 * Live values of committed samples, conflated: at most 20 updates a second for each subscription, each holding the
 * points since the last one. Who may see the equipment is asked again every 0.4 s.
 */
export function createLiveHub({ visible, log }: { readonly visible: VisibleEquipment; readonly log: Logger }): LiveHub {
  const byEquipment = new Map<string, Set<Subscription>>();
  const timers = [setInterval(flush, sendEveryMs), setInterval(() => void askAgain(), askEveryMs)];
  for (const timer of timers) timer.unref();
  let asking = false;

  function flush(): void {
    for (const subscriptions of byEquipment.values()) {
      for (const { reader, equipment, waiting } of subscriptions) {
        if (waiting.size === 0 || !reader.isReady()) continue;
        const values = Object.fromEntries(waiting);
        waiting.clear();
        reader.send({ equipment, values });
      }
    }
  }

  async function askAgain(): Promise<void> {
    if (asking) return;
    asking = true;
    try {
      const byOrganization = byOrganizationOf([...byEquipment.values()]);
      for (const subscriptions of byOrganization.values()) await askFor(subscriptions);
    } catch (error) {
      log.warn({ err: error }, 'visibility of live equipment could not be checked');
    } finally {
      asking = false;
    }
  }

  async function askFor(subscriptions: readonly Subscription[]): Promise<void> {
    const [first] = subscriptions;
    if (!first) return;
    const seen = await visible(first.reader.actor, [...new Set(subscriptions.map(({ equipment }) => equipment))]);
    for (const subscription of subscriptions) {
      if (seen.has(subscription.equipment)) continue;
      remove(subscription);
      subscription.reader.unsubscribed(subscription.equipment);
    }
  }

  function remove(subscription: Subscription): void {
    const beside = byEquipment.get(subscription.equipment);
    beside?.delete(subscription);
    if (beside?.size === 0) byEquipment.delete(subscription.equipment);
  }

  return {
    async subscribe(reader, equipment, signals) {
      if (!(await visible(reader.actor, [equipment])).has(equipment)) return null;
      const subscription: Subscription = { reader, equipment, signals: signals && new Set(signals), waiting: new Map() };
      byEquipment.set(equipment, (byEquipment.get(equipment) ?? new Set()).add(subscription));
      return () => remove(subscription);
    },
    committed(batch) {
      // The gateway builds the samples when they are read, so a batch that nobody watches costs nothing.
      if (byEquipment.size === 0) return;
      for (const { equipment, signal, ts, value, quality } of batch.samples) {
        for (const { signals, waiting } of byEquipment.get(equipment) ?? []) {
          if (signals && !signals.has(signal)) continue;
          const points = waiting.get(signal);
          if (!points) waiting.set(signal, [[ts, value, quality]]);
          else if (points.push([ts, value, quality]) > mostPoints) points.shift();
        }
      }
    },
    watched: () => new Map([...byEquipment].flatMap(([equipment, [first]]) => (first ? [[equipment, first.reader.actor] as const] : []))),
    stop() {
      for (const timer of timers) clearInterval(timer);
    },
  };
}

function byOrganizationOf(all: readonly ReadonlySet<Subscription>[]): Map<string, Subscription[]> {
  const groups = new Map<string, Subscription[]>();
  for (const subscription of all.flatMap((subscriptions) => [...subscriptions])) {
    const { organization } = subscription.reader.actor;
    const group = groups.get(organization);
    if (group) group.push(subscription);
    else groups.set(organization, [subscription]);
  }
  return groups;
}
