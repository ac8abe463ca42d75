import type { Socket } from 'node:net';
import type { Server } from 'node:tls';
import type { Doorstep } from './doorstep.js';

/**
 * Who has not ended the TLS handshake stands before the door as well. Call it before anything else hears of secure
 * connections; the returned function hangs up on those that are still at it.
 */
export function boundHandshakes(server: Server, doorstep: Doorstep): () => void {
  /** A secure connection does not tell which one it came of, but both have the same other end. */
  const shaking = new Map<string, Socket>();
  const otherEnd = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress} ${remotePort}`;
  server.on('connection', (socket: Socket) => {
    if (!doorstep.arrive(socket)) return;
    const end = otherEnd(socket);
    shaking.set(end, socket);
    socket.once('close', () => {
      doorstep.leave(socket);
      if (shaking.get(end) === socket) shaking.delete(end);
    });
  });
  server.on('secureConnection', (secure) => {
    const end = otherEnd(secure);
    const socket = shaking.get(end);
    if (!socket) return;
    shaking.delete(end);
    doorstep.leave(socket);
  });
  return () => {
    for (const socket of shaking.values()) socket.destroy();
  };
}
