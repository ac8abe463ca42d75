import type { Actor } from '@yunfab/core/access';
import type { Clock } from '@yunfab/core/commands';
import { type Database, inScope } from '@yunfab/core/database';
import { readLatest } from '@yunfab/core/equipment';
import type { Logger } from '../operations/log.js';
import type { LiveHub, LiveSample } from './live-hub.js';

/** The newest of every signal of a piece of equipment, as the actor's organization sees it. */
export type Latest = (actor: Actor, equipment: string) => Promise<readonly Omit<LiveSample, 'equipment'>[]>;

export function latestValues({ database, clock }: { readonly database: Database; readonly clock: Clock }): Latest {
  return (actor, equipment) =>
    inScope(database.runtime, { organization: actor.organization, actor, now: clock(), readOnly: true }, async (scope) =>
      (await readLatest(scope, equipment)).flatMap(({ signal, ts, value, quality }) =>
        ts === null || quality === null ? [] : [{ signal, ts, value, quality }],
      ),
    );
}

export interface OtherGateways {
  /** What this process's own gateway has committed: nothing of it is told again. */
  committed(batch: { readonly samples: readonly LiveSample[] }): void;
  stop(): Promise<void>;
}

const everyMs = 250;
const atOnce = 4;

/**
 * Where several gateways share a broker, this process's own commits only a part. Of equipment that somebody watches here,
 * the newest values are read four times a second, and what is newer than what was told is told.
 */
export function followOtherGateways({
  hub,
  latest,
  log,
}: {
  readonly hub: Pick<LiveHub, 'watched' | 'committed'>;
  readonly latest: Latest;
  readonly log: Logger;
}): OtherGateways {
  /** Equipment → signal → time of the newest value told; what was there before anybody watched is not news. */
  const told = new Map<string, Map<string, number>>();
  let running = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  function take(samples: readonly LiveSample[]): LiveSample[] {
    return samples.filter(({ equipment, signal, ts }) => {
      const newest = told.get(equipment);
      if (!newest || ts <= (newest.get(signal) ?? Number.NEGATIVE_INFINITY)) return false;
      newest.set(signal, ts);
      return true;
    });
  }

  async function look(actor: Actor, equipment: string): Promise<void> {
    const samples = (await latest(actor, equipment)).map((value) => ({ equipment, ...value }));
    if (!told.has(equipment)) told.set(equipment, new Map(samples.map(({ signal, ts }) => [signal, ts])));
    else hub.committed({ samples: take(samples) });
  }

  async function lookAll(): Promise<void> {
    const watched = hub.watched();
    for (const equipment of told.keys()) if (!watched.has(equipment)) told.delete(equipment);
    const waiting = [...watched];
    const work = async (): Promise<void> => {
      for (let next = waiting.pop(); next && !stopped; next = waiting.pop()) await look(next[1], next[0]);
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  }

  function again(): void {
    timer = setTimeout(() => {
      running = lookAll()
        .catch((error: unknown) => log.warn({ err: error }, 'live values of other gateways could not be read'))
        .then(() => (stopped ? undefined : again()));
    }, everyMs);
  }
  again();

  return {
    committed({ samples }) {
      if (told.size > 0) take(samples);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
