import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import type { FeedEvent } from '../index.js';

export interface FeedServer {
  readonly url: string;
  /** The whole feed; entries that are null are hidden from this reader. */
  readonly feed: (FeedEvent | null)[];
  readonly counts: { lists: number; connections: number };
  /** So many of the next subscriptions are met by an outage, or by silence. */
  readonly troubles: { outages: number; silences: number };
  /** What `live.subscribe` asked for, oldest first. */
  readonly subscriptions: unknown[];
  /** Adds events and pushes them, unless told to lose the push. */
  happen(count: number, how?: { push?: boolean; hidden?: boolean }): void;
  sockets(): Socket[];
  /** Refuses calls and connections from now on. */
  refuse(status: number, code: string): void;
  stop(): Promise<void>;
  /** Comes back on the same port with the same feed. */
  restart(): Promise<void>;
}

/** The feed of one organization over HTTP and Socket.IO, speaking the server's protocol, on command unreliable. */
export async function startFeedServer({ withSockets = true } = {}): Promise<FeedServer> {
  const feed: (FeedEvent | null)[] = [];
  const subscriptions: unknown[] = [];
  const counts = { lists: 0, connections: 0 };
  const troubles = { outages: 0, silences: 0 };
  const refusal: { current: { status: number; body: object } | null } = { current: null };
  let pushed = 0;
  let running = await start(0);

  async function start(port: number) {
    const http = createServer(async (request, response) => {
      if (!request.url?.startsWith('/api/trpc/events.')) return void response.writeHead(404).end();
      if (request.url.endsWith('.head')) return void response.end(JSON.stringify({ result: { data: { cursor: feed.length } } }));
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { after, limit } = JSON.parse(Buffer.concat(chunks).toString()) as { after: number; limit: number };
      counts.lists++;
      if (refusal.current) {
        response
          .writeHead(refusal.current.status)
          .end(JSON.stringify({ error: { data: { yunfab: (refusal.current.body as { error: object }).error } } }));
        return;
      }
      const entries = feed.slice(after, after + limit);
      response.end(JSON.stringify({ result: { data: { events: entries.filter(Boolean), next: after + entries.length } } }));
    });
    const io = new Server(http, { serveClient: false, path: withSockets ? '/socket.io' : '/nowhere' });
    io.use((_, next) =>
      next(
        refusal.current
          ? Object.assign(new Error('refused'), { data: { ...refusal.current.body, status: refusal.current.status } })
          : undefined,
      ),
    );
    io.on('connection', (socket) => {
      counts.connections++;
      socket.on('live.subscribe', (wanted: { equipment: string }, acknowledge: (answer: object) => void) => {
        subscriptions.push(wanted);
        if (troubles.silences-- > 0) return;
        if (troubles.outages-- > 0) acknowledge({ ...refused('request.unavailable'), status: 503 });
        else acknowledge(wanted.equipment === 'hidden' ? { ...refused('request.not_found'), status: 404 } : { ok: true });
      });
      socket.on('live.unsubscribe', (_: unknown, acknowledge: (answer: object) => void) => acknowledge({ ok: true }));
    });
    await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
    return { http, io, port: (http.address() as AddressInfo).port };
  }

  async function stop() {
    running.io.disconnectSockets(true);
    running.http.closeAllConnections();
    await running.io.close();
    await new Promise((resolve) => running.http.close(resolve));
  }

  return {
    url: `http://127.0.0.1:${running.port}`,
    feed,
    counts,
    troubles,
    subscriptions,
    happen(count, { push = true, hidden = false } = {}) {
      for (let i = 0; i < count; i++) feed.push(hidden ? null : eventAt(feed.length + 1));
      // A push that is lost on the way has been sent all the same: the server goes on after it.
      if (push) running.io.emit('feed', { cursor: feed.length, events: feed.slice(pushed).filter(Boolean) });
      pushed = feed.length;
    },
    sockets: () => [...running.io.sockets.sockets.values()],
    refuse(status, code) {
      refusal.current = { status, body: refused(code) };
    },
    stop,
    async restart() {
      running = await start(running.port);
    },
  };
}

const refused = (code: string) => ({ error: { code, message: `${code}.`, details: {}, requestId: 'r' } });

function eventAt(cursor: number): FeedEvent {
  const type = cursor % 2 ? 'orders.proposed' : 'lots.opened';
  return {
    cursor,
    id: `e${cursor}`,
    type,
    record: null,
    recordKind: null,
    organization: 'voyager',
    actor: { kind: 'key', label: 'test' },
    at: '2026-01-01T00:00:00.000Z',
    body: {},
  };
}
