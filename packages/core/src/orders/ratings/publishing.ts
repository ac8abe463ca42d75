import { sql } from 'kysely';
import type { Clock } from '../../commands/index.js';
import type { Connection } from '../../database/index.js';
import type { WorkerLog } from '../../events/index.js';
import { dayOf } from '../../measure/index.js';
import { leastBuyers, leastOrders } from './criteria.js';

/** The twelve whole calendar months before the one of `now`, as first and last day. */
export function publishedPeriod(now: Date): { readonly since: string; readonly until: string } {
  const [year = 0, month = 1] = dayOf(now).split('-').map(Number);
  const day = (date: number) => new Date(date).toISOString().slice(0, 10);
  return { since: day(Date.UTC(year - 1, month - 1, 1)), until: day(Date.UTC(year, month - 1, 0)) };
}

/** Publishes the scores of the last twelve months, once a month; returns how many suppliers have one. */
export async function publishSupplierScores(system: Connection, now: Date): Promise<number> {
  const { since, until } = publishedPeriod(now);
  const { rows } = await sql<{ published: number }>`
    select core.publish_supplier_scores(${since}::date, ${until}::date, ${leastOrders}, ${leastBuyers}, ${now}) as published`.execute(
    system.handle,
  );
  return rows[0]?.published ?? 0;
}

export interface ScorePublishingOptions {
  readonly system: Connection;
  readonly clock: Clock;
  readonly everyMs?: number;
  readonly log?: WorkerLog;
}

/** Looks every hour whether a month has ended; several processes may. */
export function startScorePublishing({ system, clock, everyMs = 3_600_000, log }: ScorePublishingOptions): { stop(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  const publish = () => {
    running = publishSupplierScores(system, clock()).catch((error: unknown) =>
      log?.warn({ err: error }, 'supplier scores could not be published and are tried again'),
    );
  };
  publish();
  const timer = setInterval(publish, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
