import { type Connection, sqlState } from '@yunfab/core/database';
import type { PoolClient } from 'pg';
import { refusal } from '../refusal.js';
import { createMarks, type Marks } from './marks.js';
import { deadLetter, type InterpretedMessage, type Outcome } from './message.js';
import { isBehind } from './ordinal.js';
import { type PackedSample, type SampleBuffer, sampleColumns } from './rows.js';
import {
  copyBinary,
  findResends,
  mergeSamples,
  rowChunks,
  sampleKey,
  writeDeadLetters,
  writeDirtyMinutes,
  writeEvents,
  writeLastValues,
  writeReceipts,
  writeStatuses,
} from './statements.js';
import { unknownIn, writeUnknown } from './unknown.js';

const dayMicros = 86_400_000_000;
const minuteMicros = 60_000_000;

/** What a commit came to, message by message, and how it got there. */
export interface Committed {
  readonly outcomes: Outcome[];
  readonly samples: number;
  readonly merged: boolean;
}

export type Committer = ReturnType<typeof createCommitter>;

/**
 * Writes batches as the ingest role, one transaction each. Rejects with what the database said when it could not; then
 * nothing of the batch is stored and the same batch may be given again, whatever became of the first try.
 */
export function createCommitter({ ingest }: { readonly ingest: Connection }) {
  const days = new Set<number>();
  const marks = createMarks();

  async function commit(messages: readonly InterpretedMessage[], buffer: SampleBuffer): Promise<Committed> {
    const summary = summarize(messages, buffer);
    return withClient(async (client) => {
      try {
        await ensureDays(client, summary.days);
        try {
          return await write(client, messages, buffer, summary, marks, false);
        } catch (error) {
          if (!isUniqueViolation(error)) throw error;
          return await write(client, messages, buffer, summary, marks, true);
        }
      } catch (error) {
        if (lacksPartition(error)) {
          days.clear();
          await client.query('select telemetry.roll_receipts()').catch(() => {});
        }
        marks.forget();
        throw error;
      }
    });
  }

  /** A connection that failed otherwise than by a word of the database is given up: it may never answer again. */
  async function withClient<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const client = await ingest.pool.connect();
    let unsound = false;
    try {
      return await work(client);
    } catch (error) {
      unsound = sqlState(error) === '';
      throw error;
    } finally {
      client.release(unsound);
    }
  }

  async function ensureDays(client: PoolClient, wanted: ReadonlySet<number>): Promise<void> {
    for (const day of wanted) {
      if (days.has(day)) continue;
      await client.query('select telemetry.ensure_partition($1::date)', [new Date((day * dayMicros) / 1000).toISOString().slice(0, 10)]);
      days.add(day);
    }
  }

  /** Whether its partitions are there, or are those of today and its neighbours, which are made at once. */
  function isReady({ days: own }: InterpretedMessage): boolean {
    return own.every((day) => days.has(day) || Math.abs(day - Math.floor((Date.now() * 1000) / dayMicros)) <= 1);
  }

  /** Makes partitions, at most so many; answers whether the messages have all they need then. */
  async function prepare(messages: readonly InterpretedMessage[], most: number): Promise<boolean> {
    const lacking = [...new Set(messages.flatMap((message) => message.days))].filter((day) => !days.has(day));
    await withClient((client) => ensureDays(client, new Set(lacking.slice(0, most))));
    return lacking.length <= most;
  }

  /** Partitions ahead of time, receipts of the past dropped; call it at start and every hour. */
  async function maintain(now: Date): Promise<void> {
    await withClient(async (client) => {
      const today = Math.floor((now.getTime() * 1000) / dayMicros);
      await ensureDays(client, new Set([today - 1, today, today + 1]));
      await client.query('select telemetry.roll_receipts()');
      await client.query('delete from telemetry.unclocked_message where holds_until < $1', [now]);
    });
  }

  return { commit, isReady, prepare, maintain };
}

async function write(
  client: PoolClient,
  messages: readonly InterpretedMessage[],
  buffer: SampleBuffer,
  all: Summary,
  marks: Marks,
  merge: boolean,
): Promise<Committed> {
  try {
    await client.query('begin');
    const entered = await marks.enter(client);
    const resends = await findResends(client, messages);
    const candidates = resends.size > 0 ? messages.filter((message) => !resends.has(message)) : messages;
    const withSamples = candidates.filter((message) => message.rowEnd > message.rowStart);
    const fresh = new Set<InterpretedMessage>();
    const before = resends.size > 0 ? summarize(candidates, buffer) : all;
    const { samples, newest, minutes } = await writeSamples(client, withSamples, buffer, before, merge, fresh);
    const due = samples > 0 ? marks.due(minutes, entered) : [];
    await writeDirtyMinutes(client, due);
    for (const message of await writeEvents(client, candidates)) fresh.add(message);
    await writeLastValues(client, newest);
    await writeReceipts(
      client,
      candidates.filter((message) => fresh.has(message)),
      entered.now,
    );
    await writeStatuses(client, candidates);
    await writeDeadLetters(client, messages);
    await writeUnknown(client, unknownIn(messages));
    await client.query('commit');
    marks.stand(due, entered);
    return { outcomes: messages.map((message) => outcomeOf(message, fresh)), samples, merged: merge };
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

/** Straight into the table: any key that is there already fails it all, and the caller comes again to merge. Answers what is new. */
async function writeSamples(
  client: PoolClient,
  messages: readonly InterpretedMessage[],
  buffer: SampleBuffer,
  all: Summary,
  merge: boolean,
  fresh: Set<InterpretedMessage>,
): Promise<Summary> {
  const chunks = rowChunks(messages, buffer);
  if (chunks.length === 0) return all;
  if (!merge) {
    await copyBinary(client, `telemetry.sample (${sampleColumns})`, chunks);
    for (const message of messages) fresh.add(message);
    return all;
  }
  const added = await mergeSamples(client, chunks, sampleColumns);
  const summary = createSummary();
  for (const message of messages) {
    for (const sample of buffer.read(message.rowStart, message.rowEnd)) {
      if (!added.delete(sampleKey(sample))) continue;
      fresh.add(message);
      summary.add(sample, message);
    }
  }
  return summary;
}

function outcomeOf(message: InterpretedMessage, fresh: ReadonlySet<InterpretedMessage>): Outcome {
  if (fresh.has(message) || message.online !== null) return 'committed';
  const holdsSomething = message.rowEnd > message.rowStart || message.event !== null;
  return holdsSomething ? 'duplicate' : 'deadLettered';
}

interface Summary {
  readonly samples: number;
  /** The newest sample of each series that a device's clock may be believed for. */
  readonly newest: ReadonlyMap<number, PackedSample>;
  /** Days since 1970 on which samples lie. */
  readonly days: ReadonlySet<number>;
  /** Series → the minutes since 1970 in which it has samples. */
  readonly minutes: ReadonlyMap<number, readonly number[]>;
}

function createSummary(): Summary & { add(sample: PackedSample, message: InterpretedMessage): void } {
  const newest = new Map<number, PackedSample>();
  const days = new Set<number>();
  const minutes = new Map<number, number[]>();
  let samples = 0;
  return {
    newest,
    days,
    minutes,
    get samples() {
      return samples;
    },
    add(sample, { source, skewMs }) {
      samples += 1;
      days.add(Math.floor(sample.micros / dayMicros));
      const minute = Math.floor(sample.micros / minuteMicros);
      const known = minutes.get(sample.series);
      if (known === undefined) minutes.set(sample.series, [minute]);
      else if (known.at(-1) !== minute && !known.includes(minute)) known.push(minute);
      const before = newest.get(sample.series);
      const believable = sample.micros <= (source.receivedAt + skewMs) * 1000;
      if (!believable) return;
      const later = before === undefined || sample.micros > before.micros;
      if (later || (sample.micros === before.micros && isBehind(sample.ordinal, before.ordinal))) newest.set(sample.series, sample);
    },
  };
}

function summarize(messages: readonly InterpretedMessage[], buffer: SampleBuffer): Summary {
  const summary = createSummary();
  for (const message of messages) for (const sample of buffer.read(message.rowStart, message.rowEnd)) summary.add(sample, message);
  return summary;
}

/**
 * Finds the messages that cannot be written and makes them dead letters, so that the rest can be written: halves the
 * batch until a message is alone with its error.
 */
export async function commitApart(committer: Committer, messages: readonly InterpretedMessage[], buffer: SampleBuffer): Promise<Committed> {
  try {
    return await committer.commit(messages, buffer);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const only = messages[0];
    if (messages.length === 1 && only) {
      const detail = error instanceof Error ? error.message : String(error);
      return setAside(committer, only, detail, buffer);
    }
    const middle = messages.length >> 1;
    const left = await commitApart(committer, messages.slice(0, middle), buffer);
    const right = await commitApart(committer, messages.slice(middle), buffer);
    return { outcomes: [...left.outcomes, ...right.outcomes], samples: left.samples + right.samples, merged: true };
  }
}

/** A letter that cannot be written either keeps the bytes that came, and nothing else that could be refused. */
async function setAside(committer: Committer, message: InterpretedMessage, detail: string, buffer: SampleBuffer): Promise<Committed> {
  try {
    return await committer.commit([deadLetter(message, refusal('refused_by_database', detail))], buffer);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const source = { ...message.source, topic: message.source.topic.replace(/[^ -~]/g, '?') };
    const letter = refusal('refused_by_database', 'the database refuses the message, and the letter that said why');
    return committer.commit([deadLetter({ ...message, source }, letter)], buffer);
  }
}

function isUniqueViolation(error: unknown): boolean {
  return sqlState(error) === '23505';
}

/**
 * Whether the same data would fail again: class 22 (data) and 23 (constraint), and what this process itself could not write
 * down (a text longer than the longest, say). All else, as a connection that fails, may pass later.
 */
export function isRefusal(error: unknown): boolean {
  const state = sqlState(error);
  if (state === '') return error instanceof RangeError || error instanceof TypeError;
  return (state.startsWith('22') || state.startsWith('23')) && !lacksPartition(error);
}

/** Shares its code with a violated check, which names its constraint. */
function lacksPartition(error: unknown): boolean {
  return sqlState(error) === '23514' && (error as { constraint?: string }).constraint === undefined;
}
