import { sql } from 'kysely';
import type { Clock } from '../commands/index.js';
import type { Connection } from '../database/index.js';
import type { WorkerLog } from '../events/index.js';
import type { FileStore } from './store.js';

const dayMs = 86_400_000;
/** What nobody attached in this time after its upload is removed. */
const unattachedMs = 7 * dayMs;
/** Longer than any content is on its way into the store. */
const reservedMs = dayMs;
const batchSize = 500;

export interface SweepOptions {
  readonly system: Connection;
  readonly store: FileStore;
  readonly clock: Clock;
}

export interface Swept {
  readonly uploads: number;
  readonly contents: number;
}

/** Forgets uploads that were never attached, and removes contents that nobody names; several processes may run it. */
export async function sweepFiles({ system, store, clock }: SweepOptions): Promise<Swept> {
  const now = clock().getTime();
  const storedBefore = new Date(now - unattachedMs);
  let uploads = 0;
  for (let forgotten = batchSize; forgotten > 0; uploads += forgotten) {
    const { rows } = await sql<{ forgotten: number }>`
      select core.forget_uploads(${storedBefore}, ${batchSize}) as forgotten`.execute(system.handle);
    forgotten = rows[0]?.forgotten ?? 0;
  }
  let contents = 0;
  while (await removeOrphan({ system, store }, storedBefore, new Date(now - reservedMs))) contents += 1;
  return { uploads, contents };
}

/** The content is removed while its row is held, so that nobody can bring it back in between and lose it. */
function removeOrphan(
  { system, store }: Pick<SweepOptions, 'system' | 'store'>,
  storedBefore: Date,
  reservedBefore: Date,
): Promise<boolean> {
  return system.handle.transaction().execute(async (tx) => {
    const { rows } = await sql<{ sha256: string | null }>`
      select core.take_orphan(${storedBefore}, ${reservedBefore}) as sha256`.execute(tx);
    const sha256 = rows[0]?.sha256;
    if (!sha256) return false;
    await store.remove(sha256);
    await sql`select core.drop_blob(${sha256})`.execute(tx);
    return true;
  });
}

/** Sweeps every hour, first right away. */
export function startFileSweep({
  everyMs = 3_600_000,
  log,
  ...options
}: SweepOptions & { readonly everyMs?: number; readonly log?: WorkerLog }): {
  stop(): Promise<void>;
} {
  let running: Promise<unknown> = Promise.resolve();
  let busy = false;
  const sweep = () => {
    if (busy) return;
    busy = true;
    running = sweepFiles(options)
      .catch((error: unknown) => log?.warn({ err: error }, 'files that nobody names could not be removed and are tried again'))
      .finally(() => {
        busy = false;
      });
  };
  sweep();
  const timer = setInterval(sweep, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

/** Up to `most` contents that should be in the store, from a random place on, with their sizes. */
export async function sampleStored(
  system: Connection,
  most: number,
): Promise<readonly { readonly sha256: string; readonly size: number }[]> {
  const from = Math.floor(Math.random() * 256)
    .toString(16)
    .padStart(2, '0');
  const { rows } = await sql<{ sha256: string; size: number }>`
    (select sha256, size from core.file_blob where stored_at is not null and sha256 >= ${from} order by sha256 limit ${most})
    union (select sha256, size from core.file_blob where stored_at is not null order by sha256 limit ${most})
    limit ${most}`.execute(system.handle);
  return rows;
}
