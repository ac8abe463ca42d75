import { ClassicLevel } from 'classic-level';
import { clientError, isYunfabError, type YunfabClientError } from '../errors.js';

export type Operation =
  | { readonly type: 'put'; readonly key: string; readonly value: string }
  | { readonly type: 'del'; readonly key: string };

/** A LevelDB for one process at a time, that goes on after a disk that was full and after damage. */
export interface Store {
  /** How often it was mended since it was opened; what could not be saved is gone then. */
  readonly repairs: number;
  /** All or nothing, one after the other. With `sync` it resolves when it stands on the disk. Rejects as `unusable` says. */
  write(operations: readonly Operation[], sync: boolean): Promise<void>;
  /** Tried again after a repair, so it may be called twice. */
  read<Found>(reading: (level: ClassicLevel) => Promise<Found>): Promise<Found>;
  close(): Promise<void>;
}

/** Rejects with `device.disk_full` or `device.folder_unusable`. */
export async function openStore(folder: string): Promise<Store> {
  let repairs = 0;
  const mended = () => {
    repairs += 1;
  };
  let level: ClassicLevel | undefined = await opened(folder, false, mended);
  let damaged = false;
  let closed = false;
  let renewing: Promise<void> | undefined;
  const underway = new Set<Promise<unknown>>();

  async function renew(): Promise<void> {
    await Promise.allSettled(underway);
    level = await opened(folder, damaged, mended);
    damaged = false;
  }

  function renewed(): Promise<void> {
    renewing ??= renew().finally(() => {
      renewing = undefined;
    });
    return renewing;
  }

  async function tracked<Found>(working: Promise<Found>): Promise<Found> {
    underway.add(working);
    return working.finally(() => underway.delete(working));
  }

  /**
   * Behind a record that it wrote in half, LevelDB would go on in its log, and at the next opening drop all that stands there: so
   * after any failure it is opened again before it is used.
   */
  async function attempt<Found>(work: (level: ClassicLevel) => Promise<Found>): Promise<Found> {
    if (closed) throw clientError('device.closed', {});
    while (!level) await renewed();
    const current = level;
    try {
      return await tracked(work(current));
    } catch (error) {
      damaged ||= codeOf(error) === 'LEVEL_CORRUPTION';
      if (level === current) {
        level = undefined;
        await tracked(current.close().catch(() => {}));
      }
      throw error;
    }
  }

  return {
    get repairs() {
      return repairs;
    },
    write: (operations, sync) =>
      attempt((current) => current.batch([...operations], { sync })).catch((error) => {
        throw unusable(folder, error);
      }),
    read: (reading) =>
      attempt(reading)
        .catch(() => attempt(reading))
        .catch((error) => {
          throw unusable(folder, error);
        }),
    async close() {
      closed = true;
      await renewing?.catch(() => {});
      await Promise.allSettled(underway);
      await level?.close();
    },
  };
}

async function opened(folder: string, damaged: boolean, mended: () => void): Promise<ClassicLevel> {
  try {
    if (!damaged) return await open(folder);
  } catch (error) {
    if (codeOf(error) !== 'LEVEL_CORRUPTION') throw unusable(folder, error);
  }
  try {
    await ClassicLevel.repair(folder);
    mended();
    return await open(folder);
  } catch (error) {
    throw unusable(folder, error);
  }
}

async function open(folder: string): Promise<ClassicLevel> {
  const level = new ClassicLevel(folder);
  try {
    await level.open();
    return level;
  } catch (error) {
    await level.close().catch(() => {});
    throw error;
  }
}

/** What LevelDB says in place of ENOSPC, EDQUOT and EFBIG. */
const noRoom = /no space left|quota exceeded|file too large|not enough space/i;

function unusable(folder: string, error: unknown): YunfabClientError {
  if (isYunfabError(error)) return error;
  const cause = causeOf(error);
  const problem = cause instanceof Error ? cause.message : String(cause);
  return clientError(noRoom.test(problem) ? 'device.disk_full' : 'device.folder_unusable', { folder, problem }, { cause });
}

const causeOf = (error: unknown) => (error instanceof Error && error.cause instanceof Error ? error.cause : error);

function codeOf(error: unknown): unknown {
  const cause = causeOf(error);
  return cause instanceof Error && 'code' in cause ? cause.code : undefined;
}
