import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { GatewayCounters } from '@yunfab/gateway';
import type { FromGateway, GatewayOrder, ToGateway } from './gateway-process.js';
import type { FromPublisher, PublisherOrder, ToPublisher } from './publisher-process.js';
import type { FromSubscriber, SubscriberOrder, ToSubscriber } from './subscriber-process.js';

function start(name: string, env: Record<string, string> = {}): ChildProcess {
  const child = fork(fileURLToPath(new URL(`${name}.ts`, import.meta.url)), {
    execArgv: [
      '--import',
      'tsx',
      ...(process.env['BENCH_PROFILE'] ? ['--cpu-prof', `--cpu-prof-dir=${process.env['BENCH_PROFILE']}`] : []),
    ],
    serialization: 'advanced',
    env: { ...process.env, ...env },
  });
  process.setMaxListeners(100).once('exit', () => child.kill('SIGKILL'));
  return child;
}

/** The gateway under load. */
export interface GatewayProcess {
  counters(): GatewayCounters;
  /** The most that it held so far. */
  rssBytes(): number;
  onCounters(listener: (counters: GatewayCounters) => void): void;
  /** Ages at commit, in ms, since last asked. */
  latencies(): Promise<readonly number[]>;
  stop(): Promise<void>;
}

export async function startGatewayProcess(order: GatewayOrder): Promise<GatewayProcess> {
  const child = start('gateway-process');
  const tell = (message: ToGateway) => child.send(message);
  let counters: GatewayCounters | undefined;
  let rssBytes = 0;
  const listeners: ((counters: GatewayCounters) => void)[] = [];
  const answers: ((ms: readonly number[]) => void)[] = [];
  const ready = new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the gateway ended with ${code}`)));
    child.on('message', (message: FromGateway) => {
      if (message.kind === 'counters') {
        counters = message.counters;
        rssBytes = Math.max(rssBytes, message.rssBytes);
        for (const listener of listeners) listener(message.counters);
        resolve();
      } else if (message.kind === 'latencies') answers.shift()?.(message.ms);
    });
  });
  tell({ kind: 'open', order });
  await ready;
  return {
    counters: () => counters as GatewayCounters,
    rssBytes: () => rssBytes,
    onCounters: (listener) => void listeners.push(listener),
    latencies() {
      const answer = new Promise<readonly number[]>((resolve) => answers.push(resolve));
      tell({ kind: 'latencies' });
      return answer;
    },
    async stop() {
      const ended = once(child, 'exit');
      tell({ kind: 'stop' });
      await ended;
    },
  };
}

/** All devices together, in as many processes as there are cores. */
export interface Publishers {
  sent(): number;
  acknowledged(): number;
  /** So many messages may have been sent since they began. */
  credit(messages: number): void;
  /** Sends nothing more and waits for every acknowledgement. */
  stop(): Promise<void>;
}

export async function startPublishers(order: PublisherOrder): Promise<Publishers> {
  const count = availableParallelism();
  const progress = Array.from({ length: count }, () => ({ sent: 0, acknowledged: 0 }));
  const children = await Promise.all(
    progress.map(async (_, n) => {
      const child = start('publisher-process');
      const ready = new Promise<void>((resolve, reject) => {
        child.once('exit', (code) => reject(new Error(`a publisher ended with ${code}`)));
        child.on('message', (message: FromPublisher) => {
          if (message.kind === 'ready') resolve();
          else progress[n] = message;
        });
      });
      const devices = order.devices.filter((_device, index) => index % count === n);
      child.send({ kind: 'open', order: { ...order, devices, window: Math.ceil(order.window / count) } } satisfies ToPublisher);
      await ready;
      return child;
    }),
  );
  const sum = (pick: (each: { sent: number; acknowledged: number }) => number) => progress.reduce((total, each) => total + pick(each), 0);
  return {
    sent: () => sum(({ sent }) => sent),
    acknowledged: () => sum(({ acknowledged }) => acknowledged),
    credit(messages) {
      for (const child of children)
        if (child.connected) child.send({ kind: 'credit', messages: Math.floor(messages / count) } satisfies ToPublisher);
    },
    async stop() {
      await Promise.all(
        children.map(async (child) => {
          const ended = once(child, 'exit');
          child.send({ kind: 'stop' } satisfies ToPublisher);
          await ended;
        }),
      );
    },
  };
}

/** Everybody who watches, in as many processes as there are cores. */
export interface Subscribers {
  /** Of all together, since last asked. */
  take(): Promise<{ readonly ages: Float64Array; readonly updates: number }>;
  stop(): void;
}

/** One for each of `equipment`; resolves when each has had a first update. */
export async function startSubscribers(to: Omit<SubscriberOrder, 'equipment'>, equipment: readonly string[]): Promise<Subscribers> {
  const count = availableParallelism();
  const children = await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const child = start('subscriber-process');
      const ready = answerOf(child, 'ready');
      const order = { ...to, equipment: equipment.filter((_id, index) => index % count === n) };
      child.send({ kind: 'open', order } satisfies ToSubscriber);
      await ready;
      return child;
    }),
  );
  return {
    async take() {
      const taken = await Promise.all(
        children.map((child) => {
          const answer = answerOf(child, 'taken');
          child.send({ kind: 'take' } satisfies ToSubscriber);
          return answer;
        }),
      );
      return {
        ages: Float64Array.from(taken.flatMap(({ ages }) => [...ages])),
        updates: taken.reduce((sum, { updates }) => sum + updates, 0),
      };
    },
    stop() {
      for (const child of children) child.send({ kind: 'stop' } satisfies ToSubscriber);
    },
  };
}

function answerOf<Kind extends FromSubscriber['kind']>(child: ChildProcess, kind: Kind): Promise<Extract<FromSubscriber, { kind: Kind }>> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`a subscriber ended with ${code}`)));
    child.on('message', function take(message: FromSubscriber) {
      if (message.kind !== kind) return;
      child.off('message', take);
      resolve(message as Extract<FromSubscriber, { kind: Kind }>);
    });
  });
}
