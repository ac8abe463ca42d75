import { type AddressInfo, createServer, type Server } from 'node:net';
import type { MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectDevice, eventually } from '../testing/plant.js';
import { type DeviceBroker, listenDeviceBroker } from './device-broker.js';
import { keepNoMessages, sessionStoreOf } from './session-store.js';

const mayRead = (topic: string) => topic === 'own';
let broker: DeviceBroker;
let server: Server;
let url: string;

beforeAll(async () => {
  broker = await listenDeviceBroker({
    authorizeSubscribe: (_client, subscription, done) => done(null, mayRead(subscription.topic) ? subscription : null),
  });
  keepNoMessages(broker, (_client, topic) => mayRead(topic));
  server = createServer((socket) => void broker.handle(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise<void>((resolve) => broker.close(resolve));
  server.close();
});

const publish = (topic: string, payload: string) =>
  new Promise<void>((resolve) => broker.publish({ cmd: 'publish', topic, payload, qos: 1, retain: false, dup: false }, () => resolve()));
const queued = async (id: string) => {
  const packets: object[] = [];
  for await (const packet of sessionStoreOf(broker).outgoingStream({ id })) packets.push(packet);
  return packets;
};
const comes = (username: string): Promise<MqttClient> => connectDevice(url, { username, token: 'any' }, { clean: false });

it('a session that is away keeps its own subscriptions, and no message is kept for it', async () => {
  const first = await comes('oven');
  await first.subscribeAsync(['own', '#', 'other'], { qos: 1 }).catch(() => {});
  await first.endAsync();
  expect((await sessionStoreOf(broker).subscriptionsByClient({ id: 'oven' })).map(({ topic }) => topic)).toEqual(['own']);
  for (const topic of ['own', 'other']) await publish(topic, 'missed');
  expect(await queued('oven')).toEqual([]);
  const heard: string[] = [];
  const back = await comes('oven');
  back.on('message', (_topic, payload) => heard.push(payload.toString()));
  // More than once: a message that it got does not hold up the next.
  for (const text of ['first', 'second']) await publish('own', text);
  await eventually('both arrive', () => heard.length === 2);
  expect(heard).toEqual(['first', 'second']);
  expect(back.connected).toBe(true);
  expect(await queued('oven')).toEqual([]);
  await back.endAsync();
});
