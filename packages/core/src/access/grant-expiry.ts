import { sql } from 'kysely';
import type { Connection } from '../database/index.js';
import { startRegularWork, type WorkerLog } from '../events/index.js';

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
  const work = () => sql`select core.expire_grants()`.execute(system.handle);
  return startRegularWork({ work, everyMs, log, failure: 'grants could not be ended and are tried again' });
}
