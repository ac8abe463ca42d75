import { createServer, type Socket } from 'node:net';
import mqttPacket, { type IPublishPacket, type Packet } from 'mqtt-packet';

/** A broker of a few lines that stores every packet but those that it hangs up on or says nothing to. */
export interface TinyBroker {
  readonly url: string;
  /** What was acknowledged, in order, without `status`. */
  readonly stored: { readonly topic: string; readonly payload: string }[];
  readonly connections: () => number;
  /** Ends every connection. */
  hangUp(): void;
  stop(): void;
}

type Verdict = 'stored' | 'silent' | 'hung_up';

export async function startTinyBroker(judge: (packet: IPublishPacket) => Verdict): Promise<TinyBroker> {
  const stored: TinyBroker['stored'] = [];
  const peers = new Set<Socket>();
  let connections = 0;

  function publish(socket: Socket, packet: IPublishPacket): void {
    const verdict = judge(packet);
    if (verdict === 'hung_up') socket.destroy();
    if (verdict !== 'stored') return;
    if (!packet.topic.endsWith('/status')) stored.push({ topic: packet.topic, payload: String(packet.payload) });
    socket.write(mqttPacket.generate({ cmd: 'puback', messageId: packet.messageId ?? 0 }));
  }

  function hangUp(): void {
    for (const socket of peers) socket.destroy();
  }

  const server = createServer((socket) => {
    peers.add(socket);
    connections += 1;
    const parser = mqttPacket.parser();
    socket.on('data', (chunk) => void parser.parse(chunk));
    socket.on('error', () => {});
    socket.on('close', () => peers.delete(socket));
    parser.on('packet', (packet: Packet) => {
      if (socket.destroyed) return;
      if (packet.cmd === 'connect') socket.write(mqttPacket.generate({ cmd: 'connack', returnCode: 0, sessionPresent: false }));
      if (packet.cmd === 'pingreq') socket.write(mqttPacket.generate({ cmd: 'pingresp' }));
      if (packet.cmd === 'publish') publish(socket, packet);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `mqtt://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    stored,
    connections: () => connections,
    hangUp,
    stop() {
      hangUp();
      server.close();
    },
  };
}
