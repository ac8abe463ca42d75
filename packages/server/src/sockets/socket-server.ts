import type { Server as HttpServer } from 'node:http';
import { type Actor, accessErrors, type CredentialWatch } from '@yunfab/core/access';
import { requestErrors, toWireError } from '@yunfab/core/commands';
import { newId } from '@yunfab/core/database';
import { Server, type Socket } from 'socket.io';
import { z } from 'zod';
import type { FeedHub, Follower } from '../delivery/feed-hub.js';
import type { Logger } from '../operations/log.js';
import type { Authenticator } from '../signin/authenticate.js';
import { assertSameOrigin } from '../signin/same-origin.js';
import type { LiveHub } from './live-hub.js';
import { outboxOf } from './outbox.js';

export interface SocketOptions {
  readonly http: HttpServer;
  readonly authenticator: Authenticator;
  readonly feed: FeedHub;
  readonly live: LiveHub;
  readonly watch: CredentialWatch;
  readonly publicUrl: string | null;
  readonly log: Logger;
  /** How long a client may take nothing of what waits for it; 10 s unless told. */
  readonly patienceMs?: number;
}

export interface SocketServer {
  readonly connected: () => number;
  /** Sends everyone away; clients come back to whoever serves next. */
  stop(): Promise<void>;
}

const mostSubscriptions = 100;
const usualPatienceMs = 10_000;

const handshakeSchema = z.object({
  apiKey: z.string().max(200).nullish(),
  organization: z.string().max(40).nullish(),
  after: z.number().int().min(0).nullish(),
});
const subscribeSchema = z.object({ equipment: z.uuid(), signals: z.array(z.string().max(100)).max(200).optional() });

/**
 * Socket.IO at /socket.io: pushes the feed of the organization and live telemetry. Connection-state recovery stays off:
 * it would skip authentication, and the cursor of the feed recovers more.
 */
export function createSocketServer(options: SocketOptions): SocketServer {
  const { http, log } = options;
  const io = new Server(http, { serveClient: false, maxHttpBufferSize: 100_000, pingInterval: 20_000, pingTimeout: 20_000 });
  io.use((socket, next) => {
    admit(socket, options).then(
      () => next(),
      (error: unknown) => next(refusal(error)),
    );
  });
  io.on('connection', (socket) => serve(socket, options));
  return {
    connected: () => io.engine.clientsCount,
    async stop() {
      io.disconnectSockets(true);
      io.engine.close();
      log.debug('sockets closed');
    },
  };
}

async function admit(socket: Socket, { authenticator, publicUrl }: SocketOptions): Promise<void> {
  const parsed = handshakeSchema.safeParse(socket.handshake.auth ?? {});
  if (!parsed.success) throw requestErrors.invalid({ field: 'auth', problem: 'it must hold apiKey, organization and after only' });
  const { apiKey = null, organization = null, after = null } = parsed.data;
  const { headers } = socket.handshake;
  const bearer = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? null;
  const key = apiKey ?? bearer;
  if (key === null) assertSameOrigin({ headers, host: headers.host ?? '', method: 'GET' }, publicUrl);
  const actor = await authenticator.actor({ apiKey: key, cookie: headers.cookie ?? null, organization });
  if (!actor) throw accessErrors.unauthenticated();
  socket.data = { actor, after };
}

function refusal(error: unknown): Error {
  const data = refusalOf(error);
  return Object.assign(new Error(data.error.message), { data });
}

/** The body of an HTTP refusal with its status, for that alone says whether to ask again. */
function refusalOf(error: unknown) {
  const { status, body } = toWireError(error, newId());
  return { ...body, status };
}

function serve(socket: Socket, { feed, live, watch, log, patienceMs = usualPatienceMs }: SocketOptions): void {
  const { actor, after } = socket.data as { actor: Actor; after: number | null };
  const outbox = outboxOf(socket);
  let cursor = after ?? 0;
  const ends: (() => void)[] = [];
  const sendAway = () => {
    socket.emit('resync', { cursor });
    hangUp(socket);
  };
  ends.push(watch.add(actor, () => hangUp(socket)));
  const follower: Follower = {
    actor,
    after,
    async deliver(page) {
      if (outbox.isOver()) return sendAway();
      socket.emit('feed', { cursor: page.next, events: page.events });
      cursor = page.next;
      await outbox.drained(patienceMs).catch(sendAway);
    },
    failed(error) {
      log.warn({ err: error }, 'feed of a socket ended');
      sendAway();
    },
  };
  // A key for live values alone keeps its connection; the feed would refuse it at every event.
  if (actor.permissions.has('events.read')) ends.push(feed.follow(follower));
  ends.push(serveLive(socket, actor, outbox.isIdle, live));
  socket.on('disconnect', () => {
    for (const end of ends) end();
  });
}

const lastWordsMs = 500;

/** Engine.IO closes a connection only after its last packet was taken: from a client that takes nothing, never. */
function hangUp(socket: Socket): void {
  const { conn } = socket;
  socket.disconnect(true);
  setTimeout(() => {
    (conn.transport as unknown as { socket?: { terminate?(): void } }).socket?.terminate?.();
    conn.close(true);
  }, lastWordsMs).unref();
}

type Acknowledge = (answer: object) => void;

function serveLive(socket: Socket, actor: Actor, isIdle: () => boolean, live: LiveHub): () => void {
  const subscriptions = new Map<string, () => void>();
  const drop = (equipment: string) => {
    subscriptions.get(equipment)?.();
    subscriptions.delete(equipment);
  };
  const reader = {
    actor,
    isReady: isIdle,
    send: (update: object) => void socket.emit('live', update),
    unsubscribed(equipment: string) {
      subscriptions.delete(equipment);
      socket.emit('live.ended', { equipment, ...refusalOf(requestErrors.not_found({ kind: 'equipment' })) });
    },
  };
  // One after the other: of two subscriptions to one machine the later stands, however long each is looked up.
  let turn = Promise.resolve();
  const inTurn = (work: () => Promise<void>) => {
    turn = turn.then(work);
  };
  const subscribe = async (message: unknown, acknowledge?: Acknowledge) => {
    try {
      const { equipment, signals } = subscription(message);
      if (!actor.permissions.has('equipment.read')) throw accessErrors.forbidden({ permission: 'equipment.read', actor: actor.label });
      if (subscriptions.size >= mostSubscriptions && !subscriptions.has(equipment))
        throw requestErrors.invalid({ field: 'equipment', problem: `one connection may follow ${mostSubscriptions} pieces of equipment` });
      const end = await live.subscribe(reader, equipment, signals ?? null);
      if (!end) throw requestErrors.not_found({ kind: 'equipment' });
      drop(equipment);
      if (!socket.connected) return end();
      subscriptions.set(equipment, end);
      acknowledge?.({ ok: true });
    } catch (error) {
      acknowledge?.(refusalOf(error));
    }
  };
  const unsubscribe = async (message: unknown, acknowledge?: Acknowledge) => {
    const parsed = subscribeSchema.safeParse(message);
    if (parsed.success) drop(parsed.data.equipment);
    acknowledge?.({ ok: true });
  };
  socket.on('live.subscribe', (message: unknown, acknowledge?: Acknowledge) => inTurn(() => subscribe(message, acknowledge)));
  socket.on('live.unsubscribe', (message: unknown, acknowledge?: Acknowledge) => inTurn(() => unsubscribe(message, acknowledge)));
  return () => {
    for (const equipment of [...subscriptions.keys()]) drop(equipment);
  };
}

function subscription(message: unknown): z.output<typeof subscribeSchema> {
  const parsed = subscribeSchema.safeParse(message);
  if (!parsed.success)
    throw requestErrors.invalid({ field: 'equipment', problem: 'it must be the id of equipment, with an optional list of signals' });
  return parsed.data;
}
