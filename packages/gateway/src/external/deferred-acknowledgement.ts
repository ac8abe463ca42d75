import type { IPublishPacket, MqttClient } from 'mqtt';

const deferred = new Error('acknowledged after commit');

/**
 * mqtt.js acknowledges a publish when its handler calls back, and reads nothing meanwhile. Calling back with an error
 * leaves the acknowledgement out and reading goes on; it is sent later through `_sendPacket`. That is its private
 * ground: the version is pinned, and deferred-acknowledgement.test.ts holds it to this.
 */
export function deferAcknowledgements(client: MqttClient, take: (packet: IPublishPacket, readOn: () => void) => void): void {
  client.handleMessage = (packet, done) => {
    take(packet, () => (packet.qos === 1 ? done(deferred) : done()));
  };
}

interface PrivateClient {
  _sendPacket(packet: { cmd: 'puback'; messageId: number; reasonCode: 0 }): void;
}

/** Offline it sends nothing: mqtt.js would keep the packet and acknowledge another message with it after reconnecting. */
export function acknowledge(client: MqttClient, messageId: number): void {
  if (client.connected) (client as unknown as PrivateClient)._sendPacket({ cmd: 'puback', messageId, reasonCode: 0 });
}
