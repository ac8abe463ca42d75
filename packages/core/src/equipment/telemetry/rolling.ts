import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { PoolClient } from 'pg';
import type { Clock } from '../../commands/index.js';
import { type Connection, sqlState } from '../../database/index.js';
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
const mostTries = 5;
const inUse = '55P03';
const cancelled = '57014';

/**
 * Rolls up every minute that ended and is dirty, and its hour; gives how many minutes. Several processes may: one does. Told to
 * stop it breaks off, and what it was at is rolled up the next time.
 */
export async function rollUp(system: Connection, now: Date, stopping?: AbortSignal): Promise<number> {
  const opened = await letRoll(system, Math.floor((now.getTime() - graceMs) / 60_000), stopping);
  const client = await system.pool.connect();
  let cancelling: Promise<unknown> = Promise.resolve();
  let cancel = () => {};
  try {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    cancel = () => {
      cancelling = system.pool.query('select pg_cancel_backend($1)', [rows[0]?.pid]).catch(() => {});
    };
    stopping?.addEventListener('abort', cancel, { once: true });
    const total = await rollAll(client, stopping);
    if (!opened) throw new Error('a commit of samples has been under way for long; the last minutes wait for its end');
    return total;
  } finally {
    stopping?.removeEventListener('abort', cancel);
    // Whoever has the connection next is not the one to be cancelled.
    await cancelling;
    client.release();
  }
}

async function rollAll(client: PoolClient, stopping: AbortSignal | undefined): Promise<number> {
  for (let total = 0; ; ) {
    if (stopping?.aborted) return total;
    try {
      const { rows } = await client.query<{ done: number }>('select telemetry.roll_up($1) as done', [atOnce]);
      const done = rows[0]?.done ?? 0;
      total += done;
      if (done < atOnce) return total;
    } catch (error) {
      if (stopping?.aborted && sqlState(error) === cancelled) return total;
      throw error;
    }
  }
}

/** Whether minutes before `before` may be rolled up now; not while a commit that began earlier takes its time. */
async function letRoll(system: Connection, before: number, stopping: AbortSignal | undefined): Promise<boolean> {
  for (let tries = 1; !stopping?.aborted; tries++) {
    try {
      await sql`select telemetry.let_roll(${before}::integer)`.execute(system.handle);
      return true;
    } catch (error) {
      if (sqlState(error) !== inUse) throw error;
      if (tries === mostTries) return false;
      await sleep(50 + Math.random() * 200);
    }
  }
  return true;
}

export function startRollups({ system, clock, everyMs = 10_000, log }: RollupOptions): { stop(): Promise<void> } {
  const failure = 'telemetry could not be rolled up and is tried again';
  return startRegularWork({ work: (stopping) => rollUp(system, clock(), stopping), everyMs, log, failure });
}
