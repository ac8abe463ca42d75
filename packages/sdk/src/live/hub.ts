import type { Socket } from 'socket.io-client';
import type { FeedEvent } from '../contract.js';
import { YunfabClientError } from '../errors.js';
import type { ConnectionOptions, Credentials } from '../options.js';
import type { WireError } from '../reply.js';

/** The feed has come to `cursor`; `events` are what of it was sent along. */
export interface FeedPush {
  readonly cursor: number;
  readonly events: readonly FeedEvent[];
}

/** `[Unix ms, value, quality]`; quality 192 is good (OPC). */
export type LiveSample = readonly [ts: number, value: number | string | boolean | null, quality: number];

export interface LiveValues {
  readonly equipment: string;
  readonly values: Readonly<Record<string, readonly LiveSample[]>>;
}

/** Someone who uses the connection; each function is called when its thing happens. */
export interface Member {
  /** The connection stands; on the first time and after every interruption. */
  connected?(ask: Ask): void;
  /** The connection broke; it is being made again. */
  disconnected?(): void;
  /** Something may have happened in the feed that was not pushed whole. */
  behind?(): void;
  feed?(push: FeedPush): void;
  live?(values: LiveValues): void;
  /** The equipment is not visible any more. */
  liveEnded?(equipment: string, error: YunfabClientError): void;
  /** The server will not have this connection; there will be no further attempt. */
  refused?(error: YunfabClientError): void;
}

/** Sends a request on the connection and gives its acknowledgement. */
export type Ask = (event: string, body: unknown) => Promise<unknown>;

export interface Hub {
  /** Opens the connection for the first member; it closes with the last. Gives the way out. */
  join(member: Member): () => void;
  /** Null while there is no connection. */
  ask(): Ask | null;
}

const acknowledgedWithinMs = 10_000;
const reconnectAfterMs = 1_000;

/** One Socket.IO connection for everything live that a client asks for. */
export function createHub(options: ConnectionOptions & Credentials): Hub {
  const members = new Set<Member>();
  let opening: { closed: boolean; socket: Socket | null } | null = null;

  return {
    join(member) {
      members.add(member);
      if (!opening) void open();
      else if (opening.socket?.connected) member.connected?.(askOn(opening.socket));
      return () => {
        members.delete(member);
        if (members.size === 0) close();
      };
    },
    ask: () => (opening?.socket?.connected ? askOn(opening.socket) : null),
  };

  async function open(): Promise<void> {
    const mine: { closed: boolean; socket: Socket | null } = { closed: false, socket: null };
    opening = mine;
    const { io } = await import('socket.io-client');
    if (mine.closed) return;
    const socket = io(options.url, {
      forceNew: true,
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnectionDelay: reconnectAfterMs / 4,
      reconnectionDelayMax: reconnectAfterMs * 5,
      withCredentials: options.session === 'browser',
      auth: { apiKey: options.apiKey, organization: options.organization },
    });
    mine.socket = socket;
    listen(socket);
  }

  function close(): void {
    if (!opening) return;
    opening.closed = true;
    opening.socket?.disconnect();
    opening = null;
  }

  function listen(socket: Socket): void {
    const tell = (act: (member: Member) => void) => {
      for (const member of [...members]) act(member);
    };
    socket.on('connect', () => {
      tell((member) => member.connected?.(askOn(socket)));
      tell((member) => member.behind?.());
    });
    socket.on('feed', (push: FeedPush) => tell((member) => member.feed?.(push)));
    socket.on('resync', () => tell((member) => member.behind?.()));
    socket.on('live', (values: LiveValues) => tell((member) => member.live?.(values)));
    socket.on('live.ended', (ended: { equipment: string }) => {
      const error = refusalOf(ended);
      if (error) tell((member) => member.liveEnded?.(ended.equipment, error));
    });
    socket.on('disconnect', (reason) => {
      tell((member) => member.disconnected?.());
      // The server sent us away (a revoked key, a restart): only asking again tells which; Socket.IO does not by itself.
      if (reason === 'io server disconnect') reconnectLater(socket);
    });
    socket.on('connect_error', (error: Error & { data?: unknown }) => {
      if (socket.active) return;
      const refusal = refusalOf(error.data);
      if (!refusal || refusal.retryable) return reconnectLater(socket);
      tell((member) => member.refused?.(refusal));
    });
  }

  function reconnectLater(socket: Socket): void {
    setTimeout(
      () => {
        if (opening?.socket === socket) socket.connect();
      },
      reconnectAfterMs * (0.5 + Math.random()),
    );
  }
}

function askOn(socket: Socket): Ask {
  return (event, body) => socket.timeout(acknowledgedWithinMs).emitWithAck(event, body);
}

/** An error as the server tells it on a socket: the same body as on HTTP, beside it the status where it refuses a connection. */
export function refusalOf(told: unknown): YunfabClientError | null {
  const { error, status = 0 } = (told ?? {}) as { error?: WireError; status?: number };
  if (!error) return null;
  const { code, message, details = {}, requestId = null } = error;
  return new YunfabClientError({ code, message, details, status, requestId, retryable: status === 429 || status >= 500 });
}
