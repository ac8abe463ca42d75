import { type Actor, accessErrors, type CredentialWatch } from '@yunfab/core/access';
import { requestErrors } from '@yunfab/core/commands';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FeedHub, FeedPage } from '../delivery/feed-hub.js';

export interface EventStreamOptions {
  readonly feed: FeedHub;
  readonly watch: CredentialWatch;
  readonly actorOf: (request: FastifyRequest) => Promise<Actor | null>;
}

const heartbeatMs = 15_000;

/** Server-sent events at /api/events?after=: the feed for clients without Socket.IO. The event id is the cursor. */
export function eventStreamRoutes({ feed, watch, actorOf }: EventStreamOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    const open = new Set<() => void>();
    app.addHook('preClose', async () => {
      for (const end of open) end();
    });
    app.get('/api/events', async (request, reply) => {
      const after = cursorOf(request);
      const actor = await actorOf(request);
      if (!actor) throw accessErrors.unauthenticated();
      if (!actor.permissions.has('events.read')) throw accessErrors.forbidden({ permission: 'events.read', actor: actor.label });
      const { raw } = startStream(reply);
      const beat = setInterval(() => raw.write(':\n\n'), heartbeatMs);
      const ends = [
        () => clearInterval(beat),
        watch.add(actor, () => raw.end()),
        feed.follow({ actor, after, deliver: (page) => write(raw, page), failed: () => raw.end() }),
      ];
      const close = () => raw.end();
      open.add(close);
      raw.on('close', () => {
        open.delete(close);
        for (const end of ends) end();
      });
      return reply;
    });
  };
}

/** After a break browsers say in Last-Event-ID how far they came; nothing said: from now on. */
function cursorOf(request: FastifyRequest): number | null {
  const said = request.headers['last-event-id'] ?? (request.query as { after?: string }).after;
  if (said === undefined) return null;
  const cursor = Number(said);
  if (said === '' || !Number.isSafeInteger(cursor) || cursor < 0)
    throw requestErrors.invalid({ field: 'after', problem: `"${String(said).slice(0, 50)}" is not a cursor, a whole number from 0` });
  return cursor;
}

function startStream(reply: FastifyReply): FastifyReply {
  reply.hijack();
  const headers = {
    ...reply.getHeaders(),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  };
  reply.raw.writeHead(200, headers as Record<string, string>);
  reply.raw.write('retry: 1000\n\n');
  return reply;
}

async function write(raw: FastifyReply['raw'], page: FeedPage): Promise<void> {
  const text = page.events
    .map(
      (event) =>
        `id: ${(event as { cursor: number }).cursor}\nevent: ${(event as { type: string }).type}\ndata: ${JSON.stringify(event)}\n\n`,
    )
    .join('');
  if (text === '' || raw.write(text) || raw.destroyed) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      raw.off('drain', done);
      raw.off('close', done);
      resolve();
    };
    raw.once('drain', done);
    raw.once('close', done);
  });
}
