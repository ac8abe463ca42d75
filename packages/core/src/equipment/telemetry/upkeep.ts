import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Clock } from '../../commands/index.js';
import { type Connection, sqlState } from '../../database/index.js';
import type { WorkerLog } from '../../events/index.js';
import { dayOf, daysAfter } from '../../measure/index.js';
import { rollUp } from './rolling.js';

/** How many whole UTC days before today are kept; null keeps everything. Hours at least as long as minutes, minutes as samples. */
export interface TelemetryKept {
  readonly samplesDays: number | null;
  readonly minutesDays: number | null;
  readonly hoursDays: number | null;
  /** Events of devices. */
  readonly eventsDays: number | null;
  readonly lettersDays: number | null;
  /** Commands to devices that have ended, with their trails. */
  readonly commandsDays: number | null;
}

export interface UpkeepLog extends WorkerLog {
  info(details: object, message: string): void;
}

export interface UpkeepOptions {
  readonly system: Connection;
  readonly clock: Clock;
  readonly kept: TelemetryKept;
  readonly everyMs?: number;
  /** How long gateways have to hear that something is no longer kept before it goes; an entry of theirs lives 15 s. */
  readonly settleMs?: number;
  readonly log?: UpkeepLog;
}

/** A partition of the tables of telemetry, named by its parent (`sample`, `receipt`, `rollup_minute`, `rollup_hour`). */
export interface TelemetryPartition {
  readonly parent: string;
  readonly child: string;
  readonly begins: Date;
  readonly ends: Date;
}

/** Makes the partitions of today and the two days after; as the role system, or as the owner when migrating. */
export async function makePartitionsAhead(connection: Connection, now: Date): Promise<void> {
  await sql`select telemetry.make_ahead(${dayOf(now)}::date)`.execute(connection.handle);
}

/** By parent, oldest first. */
export async function listPartitions(system: Connection): Promise<TelemetryPartition[]> {
  const { rows } = await sql<TelemetryPartition>`select * from telemetry.partitions()`.execute(system.handle);
  return rows;
}

/** Moves the day from which telemetry is kept to what `kept` means now; true when it moved, and gateways then hear of it. */
export async function moveKeptFrom(system: Connection, kept: TelemetryKept, now: Date): Promise<boolean> {
  const before = (days: number | null) => (days === null ? null : daysAfter(dayOf(now), -days));
  const { rows: records } = await sql<{ moved: boolean }>`
    select telemetry.keep_records_from(${before(kept.eventsDays)}::date, ${before(kept.lettersDays)}::date,
      ${before(kept.commandsDays)}::date) as moved`.execute(system.handle);
  const recordsMoved = records[0]?.moved ?? false;
  if (kept.samplesDays === null) return recordsMoved;
  const { rows } = await sql<{ moved: boolean }>`
    select telemetry.keep_from(${before(kept.samplesDays)}::date, ${before(kept.minutesDays)}::date, ${before(kept.hoursDays)}::date) as moved`.execute(
    system.handle,
  );
  return recordsMoved || (rows[0]?.moved ?? false);
}

const inUse = '55P03';
const notRolledUp = '55006';
const mostTries = 100;

/**
 * Drops every partition that is no longer kept, oldest first; gives their names. Waits a fifth of a second for a lock and
 * then stands back, so that a commit never queues for long behind it; what is in use all the while is left for next time.
 */
export async function dropOldTelemetry(system: Connection, now: Date, signal?: AbortSignal): Promise<string[]> {
  const dropped: string[] = [];
  for (const parent of ['sample', 'rollup_minute', 'rollup_hour']) {
    for (;;) {
      const { rows } = await untilFree(
        () => sql<{ child: string | null }>`select telemetry.drop_oldest(${parent}) as child`.execute(system.handle),
        system,
        now,
        signal,
      );
      const child = rows[0]?.child ?? null;
      if (child === null) break;
      dropped.push(child);
    }
  }
  return dropped;
}

async function untilFree<Result>(ask: () => Promise<Result>, system: Connection, now: Date, signal?: AbortSignal): Promise<Result> {
  for (let tries = 0; ; ) {
    signal?.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      const code = sqlState(error);
      if ((code !== inUse && code !== notRolledUp) || ++tries >= mostTries) throw error;
      if (code === notRolledUp) await rollUp(system, now);
      await sleep(50 + Math.random() * 200, undefined, signal ? { signal } : {});
    }
  }
}

const kindsOfRecord = ['events', 'letters', 'commands'] as const;
export type ForgottenRecords = Readonly<Record<(typeof kindsOfRecord)[number], number>>;

/**
 * Drops the events of devices, dead letters and ended commands that are no longer kept, oldest first, so many in one transaction;
 * gives how many. Not an event that waits to be worked on or lies in a run that its device has not ended, nor a letter to be replayed.
 */
export async function forgetOldRecords(system: Connection, now: Date, signal?: AbortSignal, atOnce = 2_000): Promise<ForgottenRecords> {
  const forgotten = { events: 0, letters: 0, commands: 0 };
  for (const kind of kindsOfRecord) {
    for (let done = atOnce; done === atOnce; forgotten[kind] += done) {
      const { rows } = await untilFree(
        () => sql<{ done: number }>`select telemetry.forget_records(${kind}, ${atOnce}) as done`.execute(system.handle),
        system,
        now,
        signal,
      );
      done = rows[0]?.done ?? 0;
    }
  }
  return forgotten;
}

/** Every hour: partitions ahead of time, and those dropped that are no longer kept. Several processes may; one drops. */
export function startTelemetryUpkeep({ system, clock, kept, everyMs = 3_600_000, settleMs = 30_000, log }: UpkeepOptions): {
  stop(): Promise<void>;
} {
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<unknown> | undefined;

  async function upkeep(): Promise<void> {
    await makePartitionsAhead(system, clock());
    if (await moveKeptFrom(system, kept, clock())) await sleep(settleMs, undefined, { signal });
    const dropped = await dropOldTelemetry(system, clock(), signal);
    if (dropped.length > 0) log?.info({ dropped }, 'telemetry that is no longer kept was dropped');
    const forgotten = await forgetOldRecords(system, clock(), signal);
    if (Object.values(forgotten).some((count) => count > 0))
      log?.info({ ...forgotten }, 'events of devices, dead letters and commands that are no longer kept were dropped');
  }

  const work = () => {
    running ??= upkeep()
      .catch((error: unknown) => {
        if (!signal.aborted) log?.warn({ err: error }, 'the upkeep of telemetry did not come to its end and is tried again');
      })
      .finally(() => {
        running = undefined;
      });
  };
  work();
  const timer = setInterval(work, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}
