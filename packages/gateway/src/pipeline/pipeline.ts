import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '@yunfab/core/database';
import { type FlowLimits, flowLimits } from '../limits.js';
import type { GatewayLog } from '../log.js';
import { type Committer, commitApart, createCommitter } from './commit.js';
import { type CommittedBatch, committedBatch } from './committed-batch.js';
import type { Counters } from './counters.js';
import { interpret } from './interpret.js';
import type { IncomingMessage, InterpretedMessage, Outcome } from './message.js';
import type { KnownDevice, Registry } from './registry.js';
import { SampleBuffer } from './rows.js';

export interface Pipeline {
  /** Takes a message on; its `settle` is called after commit, for one device in the order of submission. */
  submit(message: IncomingMessage): void;
  /** Whether the fronts should stop reading. */
  isFull(): boolean;
  /** Called whenever messages have been settled, until the returned function is. */
  onRelief(listener: () => void): () => void;
  start(): void;
  /** Waits for what is in flight, at most `graceMs`; what is left stays unacknowledged and comes again. */
  stop(graceMs: number): Promise<void>;
}

export interface PipelineOptions {
  readonly ingest: Connection;
  readonly registry: Registry;
  readonly counters: Counters;
  readonly log: GatewayLog;
  readonly onCommitted?: ((batch: CommittedBatch) => void) | undefined;
  readonly flow?: FlowLimits;
}

interface Batch {
  readonly buffer: SampleBuffer;
  readonly messages: InterpretedMessage[];
}

/** One writer. A device always goes through the same one, so its messages are committed in the order in which they came. */
interface Lane {
  batch: Batch;
  busy: boolean;
  /** When it may begin the next commit, by `performance.now()`. */
  nextAt: number;
}

/** Messages of one device that wait until the database has said who it is. */
type Waiting = IncomingMessage[];

const lanes = 2;
/** A commit costs as much for one message as for a hundred: a lane begins one at most so often, unless there is much to write. */
const commitEveryMs = 10;
const muchRows = 2_000;
const mostRows = 20_000;
const mostMessages = 5_000;
const mostBytes = 8 * 1024 * 1024;
const maintainMs = 3_600_000;

/** Decode → resolve → batch → commit → settle. While a lane writes one batch it fills the next. */
export function createPipeline({ ingest, registry, counters, log, onCommitted, flow = flowLimits }: PipelineOptions): Pipeline {
  const committer: Committer = createCommitter({ ingest });
  const writers: Lane[] = Array.from({ length: lanes }, () => ({ batch: emptyBatch(), busy: false, nextAt: 0 }));
  const waiting = new Map<string, Waiting>();
  const reliefs = new Set<() => void>();
  let stopping = false;
  const stopped = new AbortController();
  let maintenance: NodeJS.Timeout | undefined;

  function submit(message: IncomingMessage): void {
    counters.arrived(message.payload.length);
    const key = message.place ? `${message.place.organization}/${message.place.device}` : '';
    const queue = waiting.get(key);
    if (queue) {
      queue.push(message);
      return;
    }
    const found = message.place ? registry.peek(key) : 'unknown';
    if (found !== undefined) place(key, message, found);
    else void resolveFirst(key, message);
  }

  async function resolveFirst(key: string, first: IncomingMessage): Promise<void> {
    const queue: Waiting = [first];
    waiting.set(key, queue);
    const { organization, device } = first.place as NonNullable<IncomingMessage['place']>;
    const found = await untilItWorks('find a device', () => registry.resolve(key, organization, device));
    waiting.delete(key);
    if (found !== undefined) for (const message of queue) place(key, message, found);
  }

  function place(key: string, message: IncomingMessage, found: KnownDevice | 'unknown'): void {
    const lane = writers[hashOf(key) % lanes] as Lane;
    const interpreted = interpret(message, found, lane.batch.buffer);
    const [problem] = interpreted.refusals;
    if (problem?.reason === 'gateway_failed') log.error({ topic: message.topic, detail: problem.detail }, 'a message was set aside');
    lane.batch.messages.push(interpreted);
    if (lane.busy) return;
    lane.busy = true;
    // After this turn of the loop, so that what was read together is written together.
    setImmediate(() => void drain(lane));
  }

  async function drain(lane: Lane): Promise<void> {
    while (lane.batch.messages.length > 0) {
      const early = lane.nextAt - performance.now();
      if (early > 1 && lane.batch.buffer.rows < muchRows && !stopping) await sleep(early);
      lane.nextAt = performance.now() + commitEveryMs;
      const { buffer, messages } = lane.batch;
      lane.batch = emptyBatch();
      for (const part of parts(messages)) {
        let tries = 0;
        const committed = await untilItWorks('commit a batch', () => {
          tries += 1;
          return commitApart(committer, part, buffer);
        });
        if (committed === undefined) return;
        counters.batches += 1;
        if (committed.merged) counters.batchesMerged += 1;
        counters.valuesCommitted += committed.samples;
        settle(part, committed.outcomes);
        tell(part, tries > 1 ? committed.outcomes.map(perhapsCommitted) : committed.outcomes, buffer);
      }
    }
    lane.busy = false;
  }

  function settle(messages: readonly InterpretedMessage[], outcomes: readonly ('committed' | 'duplicate' | 'deadLettered')[]): void {
    for (const [index, { source, samples, refusals }] of messages.entries()) {
      const outcome = outcomes[index] ?? 'committed';
      counters.settled(outcome, source.payload.length);
      if (samples > 0) counters.valuesRefused += refusals.length;
      source.settle(outcome);
    }
    for (const listener of reliefs) listener();
  }

  function tell(
    messages: readonly InterpretedMessage[],
    outcomes: readonly ('committed' | 'duplicate' | 'deadLettered')[],
    buffer: SampleBuffer,
  ): void {
    if (!onCommitted) return;
    try {
      onCommitted(committedBatch(messages, outcomes, buffer));
    } catch (error) {
      log.error({ error }, 'a listener of committed telemetry failed');
    }
  }

  /** Undefined only when the pipeline has been stopped. */
  async function untilItWorks<Result>(what: string, work: () => Promise<Result>): Promise<Result | undefined> {
    for (let attempt = 0; !stopped.signal.aborted; attempt++) {
      try {
        return await work();
      } catch (error) {
        counters.retries += 1;
        const waitMs = Math.min(2_000, 50 * 2 ** attempt) * (0.5 + Math.random() / 2);
        if (attempt % 10 === 0) log.warn({ error, attempt }, `the gateway cannot ${what}; it keeps it and tries again`);
        await sleep(waitMs, undefined, { signal: stopped.signal }).catch(() => {});
      }
    }
    return undefined;
  }

  return {
    submit,
    isFull: () => stopping || counters.inFlight >= flow.totalMessages || counters.inFlightBytes >= flow.totalBytes,
    onRelief(listener) {
      reliefs.add(listener);
      return () => void reliefs.delete(listener);
    },
    start() {
      const maintain = () => untilItWorks('make its partitions', () => committer.maintain(new Date()));
      void maintain();
      maintenance = setInterval(() => void maintain(), maintainMs);
    },
    async stop(graceMs) {
      stopping = true;
      clearInterval(maintenance);
      const until = Date.now() + graceMs;
      while (counters.inFlight > 0 && Date.now() < until) await sleep(10);
      stopped.abort();
    },
  };
}

/** When the answer to an earlier try was lost, what is there already may be its own, and nobody has been told. */
function perhapsCommitted(outcome: Outcome): Outcome {
  return outcome === 'duplicate' ? 'committed' : outcome;
}

function emptyBatch(): Batch {
  return { buffer: new SampleBuffer(), messages: [] };
}

/** Cuts a batch so that one transaction stays short. */
function* parts(messages: InterpretedMessage[]): Generator<InterpretedMessage[]> {
  let start = 0;
  let rows = 0;
  let bytes = 0;
  for (const [index, { samples, source }] of messages.entries()) {
    if (index > start && (rows + samples > mostRows || bytes + source.payload.length > mostBytes || index - start >= mostMessages)) {
      yield messages.slice(start, index);
      start = index;
      rows = 0;
      bytes = 0;
    }
    rows += samples;
    bytes += source.payload.length;
  }
  if (start < messages.length) yield start === 0 ? messages : messages.slice(start);
}

function hashOf(key: string): number {
  let hash = 0;
  for (let index = 0; index < key.length; index++) hash = (Math.imul(hash, 31) + key.charCodeAt(index)) >>> 0;
  return hash;
}
