import { sql } from 'kysely';
import type { Connection } from '../database/index.js';

/** What a worker tells of trouble it recovers from; a pino logger fits. */
export interface WorkerLog {
  warn(details: object, message: string): void;
}

export interface SequencerOptions {
  readonly system: Connection;
  readonly log?: WorkerLog;
  /** How long an idle sequencer sleeps at most when nobody wakes it; 100 ms unless told. */
  readonly idleMs?: number;
}

export interface Sequencer {
  /** A hint that something was just committed in this process. */
  wake(): void;
  stop(): Promise<void>;
}

const batchSize = 2_000;
/** Long enough for a few events to share a block and a NOTIFY, short enough not to be felt. */
const busyMs = 2;

/**
 * Drains pending events into the feeds. Every process may run one: an advisory lock lets one of them work at a time, and
 * when its process dies the lock goes with its connection.
 */
export function startSequencer({ system, log, idleMs = 100 }: SequencerOptions): Sequencer {
  const sleep = createSleep();
  let stopped = false;

  const running = (async () => {
    let waitMs = busyMs;
    while (!stopped) {
      try {
        const { rows } = await sql<{ drained: number }>`select core.sequence_events(${batchSize}) as drained`.execute(system.handle);
        const drained = rows[0]?.drained ?? 0;
        if (drained >= batchSize) continue;
        waitMs = drained > 0 ? busyMs : Math.min(idleMs, waitMs * 2);
      } catch (error) {
        waitMs = idleMs;
        if (!stopped) log?.warn({ err: error }, 'the event sequencer lost its database and tries again');
      }
      if (await sleep.for(waitMs)) waitMs = busyMs;
    }
  })();

  return {
    wake: sleep.interrupt,
    async stop() {
      stopped = true;
      sleep.interrupt();
      await running;
    },
  };
}

/** A sleep that another can end; an interruption while nobody sleeps ends the next sleep at once. */
function createSleep(): { for(ms: number): Promise<boolean>; interrupt(): void } {
  let interrupted = false;
  let awaken: (() => void) | null = null;
  return {
    async for(ms) {
      if (!interrupted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          awaken = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      awaken = null;
      const early = interrupted;
      interrupted = false;
      return early;
    },
    interrupt() {
      interrupted = true;
      awaken?.();
    },
  };
}
