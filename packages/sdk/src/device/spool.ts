import { crc32 } from 'node:zlib';
import type { ClassicLevel } from 'classic-level';
import { clientError } from '../errors.js';
import { type Operation, openStore } from './store.js';

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
  /** Bytes of its JSON. */
  readonly size: number;
}

export interface SpoolOptions {
  readonly folder: string;
  readonly maxBytes: number;
  readonly whenFull: 'refuse' | 'drop_oldest';
  /** Told of messages that stood in the folder and are damaged or missing there. */
  readonly onLost?: ((lost: number) => void) | undefined;
  /** Told of answers to commands that gave way with the oldest, before they were acknowledged. */
  readonly onAnswersDropped?: ((answers: number) => void) | undefined;
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
  /** Messages that were found damaged or missing, since the folder was opened. */
  readonly lost: number;
  /** The `seq` of the last put; 0 before the first. */
  readonly last: number;
  /**
   * Resolves when it stands on the disk, past a loss of power. Rejects with `device.message_too_large`, `device.spool_full`,
   * `device.disk_full` or `device.folder_unusable`; then it is not sent, unless the process dies before the next put.
   */
  put(message: Message, remembered?: Remembered): Promise<void>;
  /**
   * To be asked before what is to be remembered is done, one at a time: what is put with it then fits, whatever else is put
   * meanwhile. Throws `device.spool_full`.
   */
  ensureRoomToRemember(): void;
  /** What was put with a message under this id; the newest 1,000 ids at least are kept. */
  recall(id: string): Promise<string | undefined>;
  /** The oldest after `seq`, without those left out: at most `limit`, and of more than one at most 1 MiB. */
  after(seq: number, limit: number, without?: ReadonlyMap<number, unknown>): Promise<Spooled[]>;
  /** What is acknowledged; a removal that a crash takes back only means that it is sent once more. May be repeated. */
  remove(messages: readonly Spooled[]): Promise<void>;
  close(): Promise<void>;
}

const metaKey = 'meta';
const first = 'n';
const messageKeys = { gte: first, lt: 'o' };
const keyOf = (seq: number) => `${first}${seq.toString(16).padStart(14, '0')}`;
const seqOf = (key: string) => Number.parseInt(key.slice(first.length), 16);
const rememberedKey = (id: string) => `c${id}`;
const rememberedKeys = { gte: 'c', lt: 'd' };
const mostRemembered = 1_000;
const mostBytesRead = 1024 * 1024;
/** What the platform takes (docs/devices.md); a message is sent a little shorter than it is kept. */
const mostBytes = 256 * 1024;
/** Beyond `maxBytes`, for what is remembered: a spool full of measurements must not make a device forget what it has done. */
const roomToRemember = 4 * mostBytes;

/** Written with every batch: what the next opening should find. */
interface Meta {
  readonly next: number;
  readonly pending: number;
}

/** Of what was found, and of the next. */
type Enough = (messages: number, bytes: number, next: number) => boolean;

interface Put {
  readonly key: string;
  readonly json: string;
  readonly remembered: Remembered | undefined;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * A LevelDB in the folder, for one process at a time. Puts that come while one is being written are written together, so
 * that a burst waits for the disk only a few times. Rejects with `device.disk_full` or `device.folder_unusable`.
 */
export async function openSpool(options: SpoolOptions): Promise<Spool> {
  const { folder, maxBytes, whenFull, onLost = () => {}, onAnswersDropped = () => {} } = options;
  const store = await openStore(folder);
  let [pending, bytes, dropped, lost, next] = [0, 0, 0, 0, 1];
  /** Whatever is not newer has been thrown away. */
  let droppedTo = 0;
  let queue: Put[] = [];
  let writing: Promise<void> | null = null;
  /** As good as gone, and goes with the next batch: acknowledged, damaged, or refused because its batch failed halfway. */
  const doomed = new Set<string>();
  /** What could not be remembered on the disk is, while the process lives. */
  const unwritten = new Map<string, string>();
  let repairs = 0;
  try {
    const kept = await store.read((level) => level.get(metaKey));
    const meta = kept === undefined ? undefined : unsealed(metaKey, kept);
    if (meta !== undefined) ({ next, pending } = JSON.parse(meta) as Meta);
    await takeStock();
    const ids = await store.read((level) => level.keys(rememberedKeys).all());
    for (const key of ids.slice(0, -mostRemembered)) doomed.add(key);
  } catch (error) {
    await store.close();
    throw error;
  }

  /** Counts what stands on the disk; what should and does not is lost. Only where nothing else is being written. */
  async function takeStock(): Promise<void> {
    const [expected, waiting] = [{ pending, bytes }, queue.length];
    const waitingBytes = queue.reduce((sum, { json }) => sum + Buffer.byteLength(json), 0);
    const { messages, size, newest, damaged } = await store.read(survey);
    repairs = store.repairs;
    next = Math.max(next, newest + 1);
    for (const key of damaged) doomed.add(key);
    lose(Math.max(expected.pending - waiting - messages, damaged.length));
    count(messages + waiting - expected.pending, size + waitingBytes - expected.bytes);
  }

  async function survey(level: ClassicLevel): Promise<{ messages: number; size: number; newest: number; damaged: string[] }> {
    const found = { messages: 0, size: 0, newest: 0, damaged: [] as string[] };
    const hidden = new Set(doomed);
    for await (const [key, value] of level.iterator(messageKeys)) {
      if (hidden.has(key)) continue;
      if (unsealed(key, value) !== undefined) {
        found.messages += 1;
        found.size += sizeOf(value);
        found.newest = seqOf(key);
      } else found.damaged.push(key);
    }
    return found;
  }

  function count(messages: number, size: number): void {
    pending += messages;
    bytes += size;
  }

  function lose(messages: number): void {
    lost += messages;
    if (messages > 0) onLost(messages);
  }

  /** The oldest after `seq`, until it is enough. */
  async function oldest(seq: number, enough: Enough, without: ReadonlyMap<number, unknown> = new Map()): Promise<Spooled[]> {
    return store.read(async (level) => {
      const found: Spooled[] = [];
      let sum = 0;
      // As of the instant that the iterator shows.
      const hidden = new Set(doomed);
      for await (const [key, value] of level.iterator({ gt: keyOf(Math.max(seq, droppedTo)), lt: messageKeys.lt })) {
        if (hidden.has(key) || without.has(seqOf(key))) continue;
        const size = sizeOf(value);
        const json = unsealed(key, value);
        if (json === undefined) {
          giveUp(key, size);
          continue;
        }
        if (enough(found.length, sum, size)) break;
        sum += size;
        found.push({ ...(JSON.parse(json) as Message), seq: seqOf(key), size });
      }
      return found;
    });
  }

  function giveUp(key: string, size: number): void {
    if (doomed.has(key)) return;
    doomed.add(key);
    count(-1, -size);
    lose(1);
  }

  async function write(): Promise<void> {
    let failure: unknown;
    do {
      failure = undefined;
      if (store.repairs !== repairs) await takeStock().catch(() => {});
      const over = whenFull === 'drop_oldest' ? bytes - maxBytes : 0;
      const victims = over > 0 ? await oldest(0, (_, sum) => sum >= over).catch(() => []) : [];
      const puts = queue;
      queue = [];
      const waiting = victims.filter(({ seq }) => !doomed.has(keyOf(seq)));
      const undrop = drop(waiting);
      const gone = [...doomed];
      const meta: Meta = { next, pending };
      const operations: Operation[] = [
        ...[...gone, ...victims.map(({ seq }) => keyOf(seq))].map((key) => ({ type: 'del' as const, key })),
        ...puts.map(({ key, json }) => ({ type: 'put' as const, key, value: sealed(key, json) })),
        ...puts.flatMap(({ remembered: each }) => (each ? [{ type: 'put' as const, key: rememberedKey(each.id), value: each.value }] : [])),
        { type: 'put', key: metaKey, value: sealed(metaKey, JSON.stringify(meta)) },
      ];
      try {
        await store.write(operations, puts.length > 0);
        for (const key of gone) doomed.delete(key);
        for (const { remembered: each, done } of puts) {
          if (each) unwritten.delete(each.id);
          done();
        }
        const answers = waiting.filter(({ channel }) => channel === 'command/ack').length;
        if (answers > 0) onAnswersDropped(answers);
      } catch (error) {
        failure = error;
        undrop();
        for (const { key, json, remembered: each, failed } of puts) {
          doomed.add(key);
          if (each) unwritten.set(each.id, each.value);
          count(-1, -Buffer.byteLength(json));
          failed(error);
        }
      }
    } while (queue.length > 0 || (doomed.size > 0 && failure === undefined));
    if (failure !== undefined) throw failure;
  }

  function ensureRoom(size: number, most: number): void {
    if (size > most || (whenFull === 'refuse' && bytes + size > most)) {
      throw clientError('device.spool_full', { folder, pending, bytes, maxBytes });
    }
  }

  function written(): Promise<void> {
    writing ??= write().finally(() => {
      writing = null;
    });
    return writing;
  }

  /** Answers how to take it back. */
  function drop(messages: readonly Spooled[]): () => void {
    const before = droppedTo;
    const size = messages.reduce((sum, each) => sum + each.size, 0);
    droppedTo = messages.at(-1)?.seq ?? droppedTo;
    dropped += messages.length;
    count(-messages.length, -size);
    return () => {
      droppedTo = before;
      dropped -= messages.length;
      count(messages.length, size);
    };
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
    get lost() {
      return lost;
    },
    get last() {
      return next - 1;
    },
    async put(message, remembered) {
      const json = JSON.stringify(message);
      const size = Buffer.byteLength(json);
      if (size > mostBytes) throw clientError('device.message_too_large', { channel: message.channel, size, most: mostBytes });
      ensureRoom(size, remembered ? maxBytes + roomToRemember : maxBytes);
      const key = keyOf(next++);
      count(1, size);
      await new Promise<void>((done, failed) => {
        queue.push({ key, json, remembered, done, failed });
        written().catch(() => {});
      });
    },
    ensureRoomToRemember: () => ensureRoom(mostBytes, maxBytes + roomToRemember),
    recall: async (id) => unwritten.get(id) ?? store.read((level) => level.get(rememberedKey(id))),
    after: (seq, limit, without) =>
      oldest(seq, (messages, sum, size) => messages >= limit || (messages > 0 && sum + size > mostBytesRead), without),
    async remove(messages) {
      for (const { seq, size } of messages) {
        if (seq <= droppedTo || doomed.has(keyOf(seq))) continue;
        doomed.add(keyOf(seq));
        count(-1, -size);
      }
      if (doomed.size > 0) await written();
    },
    async close() {
      if (writing || doomed.size > 0) await written().catch(() => {});
      await store.close();
    },
  };
}

/** Flash wears out: what does not come back as it was put must not be sent as a measurement. */
const sealed = (key: string, json: string) => sealOf(key, json) + json;
const sealOf = (key: string, json: string) =>
  crc32(key + json)
    .toString(16)
    .padStart(8, '0');
const sealLength = 8;
const sizeOf = (value: string) => Buffer.byteLength(value) - sealLength;

function unsealed(key: string, value: string): string | undefined {
  const json = value.slice(sealLength);
  return value.slice(0, sealLength) === sealOf(key, json) ? json : undefined;
}
