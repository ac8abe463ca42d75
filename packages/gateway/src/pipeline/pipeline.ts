import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '@yunfab/core/database';
import { type FlowLimits, flowLimits, limits } from '../limits.js';
import type { GatewayLog } from '../log.js';
import type { DeviceTopic } from '../topics.js';
import { type Committed, type Committer, commitApart, createCommitter, isRefusal } from './commit.js';
import { type CommittedBatch, committedBatch } from './committed-batch.js';
import type { Counters, Held } from './counters.js';
import { interpret } from './interpret.js';
import { deviceOf, type IncomingMessage, type InterpretedMessage, type Outcome } from './message.js';
import type { KnownDevice, Registry } from './registry.js';
import { SampleBuffer } from './rows.js';
import { createSideline, type Turn } from './sideline.js';
import { byDevice, cut, halve, join, type Work, type WorkLimits } from './work.js';

export interface Pipeline {
  /** Takes a message on; its `settle` is called after commit, for one device in the order of submission. */
  submit(message: IncomingMessage): void;
  /** What is in it now, counted where it lies. */
  held(): Held;
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
  /** How far a device's clock may be off before its values are marked. */
  readonly clockSkewMs?: number | undefined;
}

interface Batch {
  readonly buffer: SampleBuffer;
  readonly messages: InterpretedMessage[];
  since: number;
}

/** One writer. A device always goes through the same one, so its messages are committed in the order in which they came. */
interface Lane {
  batch: Batch;
  /** What the sideline gave back; it is older than the batch. */
  returned: Work[];
  /** What is being written, piece by piece. */
  writing: Work[];
  busy: boolean;
  /** When it may begin the next commit, by `performance.now()`. */
  nextAt: number;
}

/** Messages of one device that wait until the database has said who it is. */
interface Waiting {
  readonly messages: IncomingMessage[];
  readonly since: number;
}

const lanes = 2;
/** A commit costs as much for one message as for a hundred: a lane begins one at most so often, unless there is much to write. */
const commitEveryMs = 25;
const muchRows = 4_000;
const ofOneCommit: WorkLimits = { rows: 20_000, messages: 5_000, bytes: 8 * 1024 * 1024, days: limits.daysPerMessage };
/** What the sideline looks through at a time, and how many partitions it makes. */
const ofOneTurn: WorkLimits = { ...ofOneCommit, messages: 20 };
const partitionsOfOneTurn = 20;
const maintainMs = 3_600_000;

/** Decode → resolve → batch → commit → settle. While a lane writes one batch it fills the next. */
export function createPipeline({
  ingest,
  registry,
  counters,
  log,
  onCommitted,
  flow = flowLimits,
  clockSkewMs,
}: PipelineOptions): Pipeline {
  const committer: Committer = createCommitter({ ingest });
  const writers: Lane[] = Array.from({ length: lanes }, () => ({ batch: emptyBatch(), returned: [], writing: [], busy: false, nextAt: 0 }));
  const waiting = new Map<string, Waiting>();
  const reliefs = new Set<() => void>();
  let stopping = false;
  const stopped = new AbortController();
  let maintenance: NodeJS.Timeout | undefined;
  const sideline = createSideline((device, works) => {
    const lane = laneOf(device);
    lane.returned.push(...works);
    wake(lane);
  }, stopped.signal);

  function submit(message: IncomingMessage): void {
    counters.arrived(message.payload.length);
    const key = deviceOf(message);
    const queue = waiting.get(key);
    if (queue) {
      queue.messages.push(message);
      return;
    }
    const found = message.place ? registry.peek(key) : 'unknown';
    if (found !== undefined) place(key, message, found);
    else if (message.place) void resolveFirst(key, message, message.place);
  }

  async function resolveFirst(key: string, first: IncomingMessage, { organization, device }: DeviceTopic): Promise<void> {
    const queue: Waiting = { messages: [first], since: performance.now() };
    waiting.set(key, queue);
    const found = await untilItWorks('find a device', () => registry.resolve(key, organization, device));
    if (found === undefined) return;
    waiting.delete(key);
    for (const message of queue.messages) place(key, message, found);
  }

  function place(key: string, message: IncomingMessage, found: KnownDevice | 'unknown'): void {
    const lane = laneOf(key);
    const interpreted = interpret(message, found, lane.batch.buffer, clockSkewMs);
    const [problem] = interpreted.refusals;
    if (problem?.reason === 'gateway_failed') log.error({ topic: message.topic, detail: problem.detail }, 'a message was set aside');
    if (lane.batch.messages.length === 0) lane.batch.since = performance.now();
    lane.batch.messages.push(interpreted);
    wake(lane);
  }

  function laneOf(key: string): Lane {
    return writers[hashOf(key) % lanes] as Lane;
  }

  function wake(lane: Lane): void {
    if (lane.busy) return;
    lane.busy = true;
    // After this turn of the loop, so that what was read together is written together.
    setImmediate(() => void drain(lane));
  }

  async function drain(lane: Lane): Promise<void> {
    while (lane.returned.length > 0 || lane.batch.messages.length > 0) {
      const early = lane.nextAt - performance.now();
      if (early > 1 && lane.batch.buffer.rows < muchRows && !stopping) await sleep(early);
      lane.nextAt = performance.now() + commitEveryMs;
      takeOn(lane);
      for (let next = lane.writing[0]; next; next = lane.writing[0]) {
        const work = setAside(lane, next);
        lane.writing.splice(0, 1, ...(work ? [work] : []));
        if (!work) continue;
        const came = await write(work, (messages, buffer) => committer.commit(messages, buffer).catch(refusedOnly));
        if (came === 'stopped') return;
        lane.writing.splice(0, 1, ...(came === 'refused' ? apart(work) : []));
      }
    }
    lane.busy = false;
  }

  function takeOn(lane: Lane): void {
    const { batch, returned } = lane;
    lane.batch = emptyBatch();
    lane.returned = [];
    lane.writing = [...join(returned), batch].flatMap((work) => cut(work, ofOneCommit));
  }

  /** Hands to the sideline what is not to be written here, by device, so that each keeps its order; null when nothing is left. */
  function setAside({ returned }: Lane, work: Work): Work | null {
    const lacking = new Set(work.messages.filter((message) => !committer.isReady(message)).map(({ source }) => deviceOf(source)));
    if (lacking.size === 0 && sideline.isEmpty() && returned.length === 0) return work;
    const before = new Set(returned.flatMap(({ messages }) => messages).map(({ source }) => deviceOf(source)));
    const staying: InterpretedMessage[] = [];
    for (const [device, own] of byDevice(work)) {
      if (sideline.has(device)) sideline.follow(device, own);
      else if (before.has(device)) returned.push(own);
      else if (lacking.has(device)) sideline.begin(device, { works: [own], turn: makePartitions });
      else staying.push(...own.messages);
    }
    if (staying.length === 0) return null;
    return { ...work, messages: staying };
  }

  /** Halves what cannot be written until the device that it means is alone; that one is looked through beside the lane. */
  function apart(work: Work): Work[] {
    const halves = halve(work);
    if (halves.length > 1) return halves;
    for (const [device, own] of byDevice(work)) sideline.begin(device, { works: cut(own, ofOneTurn), turn: lookThrough });
    return [];
  }

  async function makePartitions(work: Work): Promise<Turn> {
    const done = await untilItWorks('make partitions', () => committer.prepare(work.messages, partitionsOfOneTurn).catch(refusedOnly));
    if (done === undefined) return 'again';
    if (done === 'refused') return lookThrough(work);
    return done ? 'ready' : 'again';
  }

  async function lookThrough(work: Work): Promise<Turn> {
    const came = await write(work, (messages, buffer) => commitApart(committer, messages, buffer));
    return came === 'settled' ? 'settled' : 'again';
  }

  async function write(work: Work, commit: (...of: Parameters<Committer['commit']>) => Promise<Committed | 'refused'>) {
    let tries = 0;
    const committed = await untilItWorks('commit a batch', () => {
      tries += 1;
      return commit(work.messages, work.buffer);
    });
    if (committed === undefined) return 'stopped';
    if (committed === 'refused') return 'refused';
    counters.batches += 1;
    if (committed.merged) counters.batchesMerged += 1;
    counters.valuesCommitted += committed.samples;
    settle(work, committed.outcomes);
    tell(work.messages, tries > 1 ? committed.outcomes.map(perhapsCommitted) : committed.outcomes, work.buffer);
    return 'settled';
  }

  function settle(work: Work, outcomes: readonly Outcome[]): void {
    work.settled = true;
    for (const [index, { source, samples, refusals }] of work.messages.entries()) {
      counters.settled(outcomes[index] ?? 'committed', source.payload.length);
      if (samples > 0) counters.valuesRefused += refusals.length;
    }
    for (const [index, { source }] of work.messages.entries()) source.settle(outcomes[index] ?? 'committed');
    for (const listener of reliefs) listener();
  }

  function tell(messages: readonly InterpretedMessage[], outcomes: readonly Outcome[], buffer: SampleBuffer): void {
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
    held() {
      const works = [...writers.flatMap(({ returned, writing }) => [...returned, ...writing]), ...sideline.held()];
      const held = [...waiting.values(), ...writers.map(({ batch }) => batch), ...works.filter(({ settled }) => !settled)];
      const since = held.filter(({ messages }) => messages.length > 0).map((each) => each.since);
      return {
        messages: held.reduce((sum, { messages }) => sum + messages.length, 0),
        oldestMs: since.length > 0 ? Math.max(0, performance.now() - Math.min(...since)) : 0,
      };
    },
    isFull: () => stopping || counters.unsettled >= flow.totalMessages || counters.unsettledBytes >= flow.totalBytes,
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
      while (counters.unsettled > 0 && Date.now() < until) await sleep(10);
      stopped.abort();
    },
  };
}

/** When the answer to an earlier try was lost, what is there already may be its own, and nobody has been told. */
function perhapsCommitted(outcome: Outcome): Outcome {
  return outcome === 'duplicate' ? 'committed' : outcome;
}

function emptyBatch(): Batch {
  return { buffer: new SampleBuffer(), messages: [], since: performance.now() };
}

function refusedOnly(error: unknown): 'refused' {
  if (!isRefusal(error)) throw error;
  return 'refused';
}

function hashOf(key: string): number {
  let hash = 0;
  for (let index = 0; index < key.length; index++) hash = (Math.imul(hash, 31) + key.charCodeAt(index)) >>> 0;
  return hash;
}
