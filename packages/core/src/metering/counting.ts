import { sql } from 'kysely';
import type { Clock } from '../commands/index.js';
import type { Connection } from '../database/index.js';
import type { WorkerLog } from '../events/index.js';
import { dayOf, daysAfter } from '../measure/index.js';
import { meteringErrors } from './errors.js';
import { closesAfterDays } from './metrics.js';
import { monthBefore, monthOf } from './months.js';

/** What one run of the job did. */
export interface Counted {
  readonly days: readonly string[];
  readonly closed: readonly { readonly month: string; readonly organizations: number }[];
}

/** How far back a platform that was never counted begins. */
const longestDays = 400;

/**
 * Counts every day that is over and was not, and the last counted one once more for what came late; then closes the month
 * before, when it ended long enough ago. Idempotent: run again, it changes nothing.
 */
export async function countUsage(system: Connection, now: Date): Promise<Counted> {
  const today = dayOf(now);
  const days: string[] = [];
  for (let day = await firstDay(system, today); day < today; day = daysAfter(day, 1)) {
    await sql`select core.count_usage(${day}::date, ${now})`.execute(system.handle);
    days.push(day);
  }
  const month = monthBefore(monthOf(now));
  if (today < daysAfter(`${monthOf(now)}-01`, closesAfterDays)) return { days, closed: [] };
  const { rows } = await sql<{ organizations: number }>`select core.close_usage(${`${month}-01`}::date, ${now}) as organizations`.execute(
    system.handle,
  );
  const organizations = rows[0]?.organizations ?? 0;
  return { days, closed: organizations > 0 ? [{ month, organizations }] : [] };
}

async function firstDay(system: Connection, today: string): Promise<string> {
  const { rows } = await sql<{ day: string; counted_at: Date }>`
    select day, counted_at from core.usage_run order by day desc limit 1`.execute(system.handle);
  const [last] = rows;
  // Counted again on the day after it was first counted, and not all day long.
  if (last) return dayOf(last.counted_at) < today ? last.day : daysAfter(last.day, 1);
  const oldest = daysAfter(today, -longestDays);
  const found = await sql<{ at: Date | null }>`select min(occurred_at) as at from core.event`.execute(system.handle);
  const begun = found.rows[0]?.at ? dayOf(found.rows[0].at) : today;
  return begun < oldest ? oldest : begun;
}

/** Writes what a closed month's rows say now and its lines do not, as further lines; `owner` is the owner's connection. Throws `metering.month_open`. */
export async function correctUsage(owner: Connection, month: string, reason: string, now: Date): Promise<number> {
  const first = `${month}-01`;
  const closed = await sql`select 1 from core.usage_month where month = ${first}::date limit 1`.execute(owner.handle);
  if (closed.rows.length === 0) throw meteringErrors.month_open({ month });
  const { rows } = await sql<{ lines: number }>`select core.correct_usage(${first}::date, ${reason}, ${now}) as lines`.execute(
    owner.handle,
  );
  return rows[0]?.lines ?? 0;
}

export interface MeteringOptions {
  readonly system: Connection;
  readonly clock: Clock;
  readonly everyMs?: number;
  readonly log?: WorkerLog;
}

/** Looks every hour whether a day has ended; several processes may, because counting again changes nothing. */
export function startMetering({ system, clock, everyMs = 3_600_000, log }: MeteringOptions): { stop(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  const count = () => {
    running = running.then(() =>
      countUsage(system, clock()).catch((error: unknown) =>
        log?.warn({ err: error }, 'use of the platform could not be counted and is tried again'),
      ),
    );
  };
  count();
  const timer = setInterval(count, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
