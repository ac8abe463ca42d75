import { createRequire } from 'node:module';
import { createServer, type Server, type Socket } from 'node:net';
import { connectAsync, type MqttClient } from 'mqtt';
import mqttPacket, { type IPublishPacket, type Packet } from 'mqtt-packet';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../testing/plant.js';
import { acknowledge, deferAcknowledgements } from './deferred-acknowledgement.js';

/** A broker of a few lines that shows every packet it is sent. */
async function startTinyBroker(): Promise<{ url: string; received: Packet[]; publish(messageId: number): void; stop(): void }> {
  const received: Packet[] = [];
  let peer: Socket | undefined;
  const server: Server = createServer((socket) => {
    peer = socket;
    const parser = mqttPacket.parser({ protocolVersion: 5 });
    socket.on('data', (chunk) => parser.parse(chunk));
    socket.on('error', () => {});
    parser.on('packet', (packet: Packet) => {
      received.push(packet);
      if (packet.cmd === 'connect')
        socket.write(mqttPacket.generate({ cmd: 'connack', reasonCode: 0, sessionPresent: false }, { protocolVersion: 5 }));
      if (packet.cmd === 'pingreq') socket.write(mqttPacket.generate({ cmd: 'pingresp' }, { protocolVersion: 5 }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `mqtt://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    received,
    publish: (messageId) =>
      void peer?.write(
        mqttPacket.generate(
          { cmd: 'publish', topic: 'a', payload: 'b', qos: 1, messageId, dup: false, retain: false },
          { protocolVersion: 5 },
        ),
      ),
    stop: () => {
      peer?.destroy();
      server.close();
    },
  };
}

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function deferring() {
  const broker = await startTinyBroker();
  closing.push(broker.stop);
  const client: MqttClient = await connectAsync(broker.url, { protocolVersion: 5, keepalive: 1, reconnectPeriod: 0 });
  closing.push(() => client.end(true));
  const taken: IPublishPacket[] = [];
  deferAcknowledgements(client, (packet, readOn) => {
    taken.push(packet);
    readOn();
  });
  const acks = () => broker.received.filter((packet) => packet.cmd === 'puback').map((packet) => packet.messageId);
  return { broker, client, taken, acks };
}

describe('the private ground of mqtt.js on which acknowledgement after commit stands', () => {
  it('is the version that was read', () => {
    expect(createRequire(import.meta.url)('mqtt/package.json')).toMatchObject({ version: '5.16.0' });
  });

  it('withholds the acknowledgement, reads on, answers pings, and raises no error', async () => {
    const { broker, client, taken, acks } = await deferring();
    let errors = 0;
    client.on('error', () => {
      errors += 1;
    });
    for (let id = 1; id <= 50; id++) broker.publish(id);
    await eventually('all are read', () => taken.length === 50);
    await eventually('the link is kept alive', () => broker.received.some((packet) => packet.cmd === 'pingreq'));
    expect(acks()).toEqual([]);
    expect(client.connected).toBe(true);
    expect(errors).toBe(0);
  });

  it('sends an acknowledgement when told', async () => {
    const { broker, client, taken, acks } = await deferring();
    for (let id = 1; id <= 3; id++) broker.publish(id);
    await eventually('all are read', () => taken.length === 3);
    acknowledge(client, 1);
    acknowledge(client, 2);
    await eventually('two acknowledgements', () => acks().length === 2);
    expect(acks()).toEqual([1, 2]);
  });

  it('sends none for a connection that is gone', async () => {
    const { broker, client, taken } = await deferring();
    broker.publish(1);
    await eventually('it is read', () => taken.length === 1);
    broker.stop();
    await eventually('the connection is gone', () => !client.connected);
    acknowledge(client, 1);
    expect(Object.keys((client as unknown as { outgoing: object }).outgoing)).toEqual([]);
  });
});
