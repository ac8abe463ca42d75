import { ClassicLevel } from 'classic-level';
import { clientError, type YunfabClientError } from '../errors.js';

/** What is put, by topic, and the instant it is of. */
export interface Message {
  readonly channel: 'telemetry' | 'event' | 'command/ack' | 'config/reported';
  /** Unix ms. */
  readonly ts: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What waits on disk. */
export interface Spooled extends Message {
  /** Counts up over the life of the folder, restarts included: two messages never have the same. */
  readonly seq: number;
  /** Bytes that it takes. */
  readonly size: number;
}

export interface SpoolOptions {
  readonly folder: string;
  readonly maxBytes: number;
  readonly whenFull: 'refuse' | 'drop_oldest';
}

/** Written together with a message, and kept when that is gone. */
export interface Remembered {
  /** Sorts by age, as a UUIDv7 does. */
  readonly id: string;
  readonly value: string;
}

/** Messages in the order in which they were put, kept in a folder until they are removed. */
export interface Spool {
  readonly pending: number;
  readonly bytes: number;
  /** Messages that were thrown away to make room, since the folder was opened. */
  readonly dropped: number;
  /** The `seq` of the last put; 0 before the first. */
  readonly last: number;
  /** Resolves when it stands on the disk, past a loss of power. Rejects with `device.spool_full` or `device.folder_unusable`. */
  put(message: Message, remembered?: Remembered): Promise<void>;
  /** What was put with a message under this id; the newest 1,000 ids at least are kept. */
  recall(id: string): Promise<string | undefined>;
  /** The oldest after `seq`. */
  after(seq: number, limit: number): Promise<Spooled[]>;
  /** What is acknowledged; a removal that a crash takes back only means that it is sent once more. */
  remove(messages: readonly Spooled[]): Promise<void>;
  close(): Promise<void>;
}

const nextKey = 'next';
const first = 'm';
const beyond = 'n';
const keyOf = (seq: number) => `${first}${seq.toString(16).padStart(14, '0')}`;
const seqOf = (key: string) => Number.parseInt(key.slice(first.length), 16);
const deletion = ({ seq }: Spooled) => ({ type: 'del' as const, key: keyOf(seq) });
const droppedAtOnce = 500;
const rememberedKey = (id: string) => `c${id}`;
const remembered = { gte: 'c', lt: 'd' };
const mostRemembered = 1_000;

interface Put {
  readonly key: string;
  readonly value: string;
  readonly remembered: Remembered | undefined;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * A LevelDB in the folder, for one process at a time. Puts that come while one is being written are written together, so
 * that a burst waits for the disk only a few times. Rejects with `device.folder_unusable`.
 */
export async function openSpool({ folder, maxBytes, whenFull }: SpoolOptions): Promise<Spool> {
  const level = new ClassicLevel(folder);
  let [pending, bytes, dropped, next] = [0, 0, 0, 1];
  /** Whatever is not newer has been thrown away. */
  let droppedTo = 0;
  let queue: Put[] = [];
  let writing: Promise<void> | null = null;
  try {
    await level.open();
    next = Number((await level.get(nextKey)) ?? 1);
    for await (const value of level.values({ gte: first, lt: beyond })) count(1, Buffer.byteLength(value));
    const ids = await level.keys(remembered).all();
    await level.batch(ids.slice(0, -mostRemembered).map((key) => ({ type: 'del' as const, key })));
  } catch (error) {
    await level.close().catch(() => {});
    throw unusable(folder, error);
  }

  function count(messages: number, size: number): void {
    pending += messages;
    bytes += size;
  }

  async function after(seq: number, limit: number): Promise<Spooled[]> {
    const found = await level.iterator({ gt: keyOf(Math.max(seq, droppedTo)), lt: beyond, limit }).all();
    return found.map(([key, value]) => ({ seq: seqOf(key), size: Buffer.byteLength(value), ...(JSON.parse(value) as Message) }));
  }

  async function write(): Promise<void> {
    while (queue.length > 0) {
      const puts = queue;
      queue = [];
      try {
        while (bytes > maxBytes && (await dropOldest()));
        const stored = puts.map(({ key, value }) => ({ type: 'put' as const, key, value }));
        const kept = puts.flatMap(({ remembered: each }) =>
          each ? [{ type: 'put' as const, key: rememberedKey(each.id), value: each.value }] : [],
        );
        await level.batch([...stored, ...kept, { type: 'put', key: nextKey, value: String(next) }], { sync: true });
        for (const { done } of puts) done();
      } catch (error) {
        for (const { value, failed } of puts) {
          count(-1, -Buffer.byteLength(value));
          failed(unusable(folder, error));
        }
      }
    }
    writing = null;
  }

  /** False when nothing is left that could be dropped. */
  async function dropOldest(): Promise<boolean> {
    const gone: Spooled[] = [];
    let freed = 0;
    for (const message of await after(0, droppedAtOnce)) {
      if (bytes - freed <= maxBytes) break;
      gone.push(message);
      freed += message.size;
    }
    await level.batch(gone.map(deletion));
    droppedTo = gone.at(-1)?.seq ?? droppedTo;
    dropped += gone.length;
    count(-gone.length, -freed);
    return gone.length > 0;
  }

  return {
    get pending() {
      return pending;
    },
    get bytes() {
      return bytes;
    },
    get dropped() {
      return dropped;
    },
    get last() {
      return next - 1;
    },
    async put(message, remembered) {
      const value = JSON.stringify(message);
      const size = Buffer.byteLength(value);
      if (size > maxBytes || (whenFull === 'refuse' && bytes + size > maxBytes)) {
        throw clientError('device.spool_full', { folder, pending, bytes, maxBytes });
      }
      const key = keyOf(next++);
      count(1, size);
      await new Promise<void>((done, failed) => {
        queue.push({ key, value, remembered, done, failed });
        writing ??= write();
      });
    },
    recall: (id) => level.get(rememberedKey(id)),
    after,
    async remove(messages) {
      const gone = messages.filter(({ seq }) => seq > droppedTo);
      if (gone.length === 0) return;
      count(-gone.length, -gone.reduce((sum, { size }) => sum + size, 0));
      await level.batch(gone.map(deletion));
    },
    async close() {
      await writing;
      await level.close();
    },
  };
}

function unusable(folder: string, error: unknown): YunfabClientError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return clientError('device.folder_unusable', { folder, problem: cause instanceof Error ? cause.message : String(cause) }, { cause });
}
