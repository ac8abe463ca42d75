import type { Socket } from 'socket.io';

/** What is on its way to one client and has not been taken by the network yet. */
export interface Outbox {
  /** Nothing waits any more. */
  isIdle(): boolean;
  /** More waits than one client may keep us holding: 1 MB or 1,000 packets. */
  isOver(): boolean;
  /** Resolves when everything was taken; rejects when the client has taken nothing for `patienceMs`. */
  drained(patienceMs: number): Promise<void>;
}

const mostBytes = 1_000_000;
const mostPackets = 1_000;
const lookEveryMs = 20;

export function outboxOf(socket: Socket): Outbox {
  const size = () => measure(socket.conn);
  return {
    isIdle: () => size().packets === 0 && size().bytes === 0,
    isOver() {
      const { packets, bytes } = size();
      return packets > mostPackets || bytes > mostBytes;
    },
    async drained(patienceMs) {
      let least = Number.POSITIVE_INFINITY;
      let movedAt = performance.now();
      while (socket.connected) {
        const { packets, bytes } = size();
        if (packets === 0 && bytes === 0) return;
        if (bytes < least) {
          least = bytes;
          movedAt = performance.now();
        } else if (performance.now() - movedAt > patienceMs) throw new Error('the client takes nothing');
        await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
      }
    },
  };
}

/** Engine.IO queues packets until its transport is writable; a WebSocket then keeps what TCP has not taken. */
function measure(connection: Socket['conn']): { packets: number; bytes: number } {
  const queue = (connection as unknown as { writeBuffer: { data?: unknown }[] }).writeBuffer;
  const transport = connection.transport as unknown as { socket?: { bufferedAmount?: number } };
  let bytes = transport.socket?.bufferedAmount ?? 0;
  for (const { data } of queue)
    bytes += typeof data === 'string' ? data.length : ((data as { byteLength?: number } | undefined)?.byteLength ?? 0);
  return { packets: queue.length, bytes };
}
