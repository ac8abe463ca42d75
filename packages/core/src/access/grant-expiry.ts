import { sql } from 'kysely';
import type { Connection } from '../database/index.js';
import type { WorkerLog } from '../events/index.js';

/** Ends grants at their hour; several processes may run it. A grant is hidden at most `everyMs` after its end. */
export function startGrantExpiry({
  system,
  everyMs = 500,
  log,
}: {
  readonly system: Connection;
  readonly everyMs?: number;
  readonly log?: WorkerLog;
}): {
  stop(): Promise<void>;
} {
  let running = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = sql`select core.expire_grants()`
      .execute(system.handle)
      .then(
        () => {},
        (error: unknown) => log?.warn({ err: error }, 'grants could not be ended and are tried again'),
      )
      .finally(() => {
        busy = false;
      });
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
