import type { Connection } from '@yunfab/core/database';
import type { Logger } from '../operations/log.js';

export interface Worker {
  stop(): Promise<void>;
}

/** Runs `work` again and again with a pause between; what it throws is logged and the next turn comes all the same. */
export function every(pauseMs: number, name: string, log: Logger, work: () => Promise<void>): Worker {
  let stopped = false;
  let awaken: () => void = () => {};
  const running = (async () => {
    while (!stopped) {
      try {
        await work();
      } catch (error) {
        if (!stopped) log.warn({ err: error, worker: name }, 'a worker failed and tries again');
      }
      await new Promise<void>((resolve) => {
        awaken = resolve;
        setTimeout(resolve, pauseMs).unref();
      });
    }
  })();
  return {
    async stop() {
      stopped = true;
      awaken();
      await running;
    },
  };
}

const forgetEveryMs = 60_000;

/** Idempotency keys are kept for 24 h; in small bites, so that nobody waits for the deletion. */
export function startIdempotencyCleanup(system: Connection, log: Logger): Worker {
  return every(forgetEveryMs, 'idempotency', log, async () => {
    await system.pool.query(`
      delete from core.idempotency where (organization, procedure, key) in (
        select organization, procedure, key from core.idempotency where created_at < now() - interval '24 hours' order by created_at limit 5000)`);
  });
}
