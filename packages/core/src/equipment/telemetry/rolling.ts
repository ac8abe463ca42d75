import { sql } from 'kysely';
import type { Clock } from '../../commands/index.js';
import type { Connection } from '../../database/index.js';
import { startRegularWork, type WorkerLog } from '../../events/index.js';

export interface RollupOptions {
  readonly system: Connection;
  readonly clock: Clock;
  readonly everyMs?: number;
  readonly log?: WorkerLog;
}

/** Devices are a little late as a rule: a minute is rolled up when it has been over for so long, and again whenever more comes. */
const graceMs = 10_000;
const atOnce = 5_000;

/**
 * Rolls up every minute that ended and is dirty, and its hour; gives how many minutes. Several processes may: one does. Told to
 * stop it does so after 5,000 minutes; the rest is rolled up the next time.
 */
export async function rollUp(system: Connection, now: Date, stopping?: AbortSignal): Promise<number> {
  const endedBefore = new Date(now.getTime() - graceMs);
  for (let total = 0; ; ) {
    const { rows } = await sql<{ done: number }>`select telemetry.roll_up(${endedBefore}, ${atOnce}) as done`.execute(system.handle);
    const done = rows[0]?.done ?? 0;
    total += done;
    if (done < atOnce || stopping?.aborted) return total;
  }
}

export function startRollups({ system, clock, everyMs = 10_000, log }: RollupOptions): { stop(): Promise<void> } {
  const failure = 'telemetry could not be rolled up and is tried again';
  return startRegularWork({ work: (stopping) => rollUp(system, clock(), stopping), everyMs, log, failure });
}
