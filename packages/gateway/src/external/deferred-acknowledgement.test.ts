import { createRequire } from 'node:module';
import { connectAsync, type MqttClient } from 'mqtt';
import type { IPublishPacket } from 'mqtt-packet';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../testing/plant.js';
import { startTinyBroker } from '../testing/tiny-broker.js';
import { acknowledge, deferAcknowledgements } from './deferred-acknowledgement.js';

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
    for (let id = 1; id <= 50; id++) broker.publish({ messageId: id });
    await eventually('all are read', () => taken.length === 50);
    await eventually('the link is kept alive', () => broker.received.some((packet) => packet.cmd === 'pingreq'));
    expect(acks()).toEqual([]);
    expect(client.connected).toBe(true);
    expect(errors).toBe(0);
  });

  it('sends an acknowledgement when told', async () => {
    const { broker, client, taken, acks } = await deferring();
    for (let id = 1; id <= 3; id++) broker.publish({ messageId: id });
    await eventually('all are read', () => taken.length === 3);
    acknowledge(client, 1);
    acknowledge(client, 2);
    await eventually('two acknowledgements', () => acks().length === 2);
    expect(acks()).toEqual([1, 2]);
  });

  it('sends none for a connection that is gone', async () => {
    const { broker, client, taken } = await deferring();
    broker.publish({ messageId: 1 });
    await eventually('it is read', () => taken.length === 1);
    broker.stop();
    await eventually('the connection is gone', () => !client.connected);
    acknowledge(client, 1);
    expect(Object.keys((client as unknown as { outgoing: object }).outgoing)).toEqual([]);
  });
});
