import { sql } from 'kysely';
import type { Clock } from '../../commands/index.js';
import type { Connection } from '../../database/index.js';
import type { WorkerLog } from '../../events/index.js';

export interface RollupOptions {
  readonly system: Connection;
  readonly clock: Clock;
  readonly everyMs?: number;
  readonly log?: WorkerLog;
}

/** Devices are a little late as a rule: a minute is rolled up when it has been over for so long, and again whenever more comes. */
const graceMs = 10_000;
const atOnce = 5_000;

/** Rolls up every minute that ended and is dirty, and its hour; gives how many minutes. Several processes may: one does. */
export async function rollUp(system: Connection, now: Date): Promise<number> {
  const endedBefore = new Date(now.getTime() - graceMs);
  for (let total = 0; ; ) {
    const { rows } = await sql<{ done: number }>`select telemetry.roll_up(${endedBefore}, ${atOnce}) as done`.execute(system.handle);
    const done = rows[0]?.done ?? 0;
    total += done;
    if (done < atOnce) return total;
  }
}

export function startRollups({ system, clock, everyMs = 10_000, log }: RollupOptions): { stop(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  let waiting = false;
  const roll = () => {
    if (waiting) return;
    waiting = true;
    running = running.then(async () => {
      waiting = false;
      await rollUp(system, clock()).catch((error: unknown) =>
        log?.warn({ err: error }, 'telemetry could not be rolled up and is tried again'),
      );
    });
  };
  const timer = setInterval(roll, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
