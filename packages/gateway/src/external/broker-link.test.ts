import { afterEach, expect, it } from 'vitest';
import { silentLog } from '../log.js';
import { Counters } from '../pipeline/counters.js';
import type { IncomingMessage } from '../pipeline/message.js';
import { eventually } from '../testing/plant.js';
import { startTinyBroker } from '../testing/tiny-broker.js';
import { createBrokerLink } from './broker-link.js';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of cleanups.splice(0).reverse()) await each();
});

/** Commits nothing until told, and is full with this many. */
function slowPipeline(most: number) {
  const counters = new Counters();
  const taken: string[] = [];
  const waiting: IncomingMessage[] = [];
  const reliefs = new Set<() => void>();
  const pipeline = {
    submit(message: IncomingMessage) {
      counters.arrived(message.payload.length);
      taken.push(message.payload.toString());
      waiting.push(message);
    },
    held: () => ({ messages: waiting.length, oldestMs: 0 }),
    isFull: () => waiting.length >= most,
    onRelief(listener: () => void) {
      reliefs.add(listener);
      return () => void reliefs.delete(listener);
    },
    start() {},
    async stop() {},
  };
  function commit(): void {
    for (const message of waiting.splice(0)) {
      counters.settled('committed', message.payload.length);
      message.settle('committed');
    }
    for (const relief of [...reliefs]) relief();
  }
  return { pipeline, counters, taken, commit };
}

it('what was still unread when the connection broke is neither taken nor acknowledged on the next, where its ids name other messages', async () => {
  const broker = await startTinyBroker('yf/v1/maker/oven-1/telemetry');
  cleanups.push(broker.stop);
  const { pipeline, counters, taken, commit } = slowPipeline(5);
  const flow = { clientMessages: 1, clientBytes: 1, totalMessages: 5, totalBytes: 1e9 };
  const link = createBrokerLink(
    { address: { url: broker.url }, pipeline, counters, log: silentLog, now: Date.now, onReader() {}, flow },
    'gateway',
  );
  await link.open();
  cleanups.push(() => link.close());
  const messages = (of: string) => Array.from({ length: 20 }, (_, n) => ({ messageId: n + 1, payload: `${of} ${n + 1}` }));
  broker.publish(...messages('old'));
  await eventually('the link stops at the bound', () => pipeline.isFull());
  broker.hangUp();
  await eventually('the link is down', () => link.downForMs() > 0);
  commit();
  await eventually('it is up again', () => link.downForMs() === 0, 20_000);
  const before = taken.length;
  expect(before).toBeLessThan(20);
  broker.publish(...messages('new'));
  const acknowledged = () =>
    broker.received.flatMap(({ connection, ...packet }) => (connection === 2 && packet.cmd === 'puback' ? [packet.messageId] : []));
  await eventually('the new ones are read', () => taken.length > before);
  expect(acknowledged()).toEqual([]);
  await eventually('all of them are committed', () => {
    commit();
    return taken.length === before + 20 && acknowledged().length === 20;
  });
  expect(taken.slice(before)).toEqual(messages('new').map(({ payload }) => payload));
  expect(acknowledged()).toEqual(messages('new').map(({ messageId }) => messageId));
}, 60_000);
