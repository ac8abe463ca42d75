import { sql } from 'kysely';
import type { Connection } from '../database/index.js';
import { startRegularWork, type WorkerLog } from '../events/index.js';
import type { Clock } from './context.js';

const batchSize = 5_000;

/** Forgets idempotency keys older than 24 h; returns how many. Runs with the system role, a batch at a time. */
export async function forgetOldCommands(system: Connection, now: Date): Promise<number> {
  let forgotten = 0;
  for (;;) {
    const { numAffectedRows = 0n } = await sql`
      delete from core.idempotency where ctid = any (array(
        select ctid from core.idempotency where created_at < ${now}::timestamptz - interval '24 hours' limit ${batchSize}))`.execute(
      system.handle,
    );
    forgotten += Number(numAffectedRows);
    if (numAffectedRows < BigInt(batchSize)) return forgotten;
  }
}

export interface CommandCleanupOptions {
  readonly system: Connection;
  readonly clock: Clock;
  readonly everyMs?: number;
  readonly log?: WorkerLog;
}

/** Does so every ten minutes; several processes may run it. */
export function startCommandCleanup({ system, clock, everyMs = 600_000, log }: CommandCleanupOptions): { stop(): Promise<void> } {
  const failure = 'old idempotency keys could not be removed and are tried again';
  return startRegularWork({ work: () => forgetOldCommands(system, clock()), everyMs, log, failure });
}
