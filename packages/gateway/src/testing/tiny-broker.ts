import { createServer, type Socket } from 'node:net';
import mqttPacket, { type Packet } from 'mqtt-packet';

/** A broker of a few lines that shows every packet it is sent, and remembers no session. */
export interface TinyBroker {
  readonly url: string;
  readonly received: (Packet & { readonly connection: number })[];
  /** To the newest connection, as one write. */
  publish(...messages: { readonly messageId: number; readonly payload?: string }[]): void;
  /** Ends the newest connection. */
  hangUp(): void;
  stop(): void;
}

const v5 = { protocolVersion: 5 } as const;

export async function startTinyBroker(topic = 'a'): Promise<TinyBroker> {
  const received: TinyBroker['received'] = [];
  let peer: Socket | undefined;
  let connections = 0;
  const server = createServer((socket) => {
    peer = socket;
    const connection = ++connections;
    const parser = mqttPacket.parser(v5);
    socket.on('data', (chunk) => parser.parse(chunk));
    socket.on('error', () => {});
    parser.on('packet', (packet: Packet) => {
      received.push(Object.assign(packet, { connection }));
      if (packet.cmd === 'connect') socket.write(mqttPacket.generate({ cmd: 'connack', reasonCode: 0, sessionPresent: false }, v5));
      if (packet.cmd === 'pingreq') socket.write(mqttPacket.generate({ cmd: 'pingresp' }, v5));
      if (packet.cmd === 'subscribe')
        socket.write(
          mqttPacket.generate({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: packet.subscriptions.map(() => 1) }, v5),
        );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `mqtt://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    received,
    publish(...messages) {
      const packets = messages.map(({ messageId, payload = 'b' }) =>
        mqttPacket.generate({ cmd: 'publish', topic, payload, qos: 1, messageId, dup: false, retain: false }, v5),
      );
      peer?.write(Buffer.concat(packets));
    },
    hangUp: () => void peer?.destroy(),
    stop() {
      peer?.destroy();
      server.close();
    },
  };
}
