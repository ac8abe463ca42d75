import type { AnyRouter } from '@trpc/server';
import type { Actor, CredentialWatch } from '@yunfab/core/access';
import type { Clock, RequestContext } from '@yunfab/core/commands';
import { type Database, newId } from '@yunfab/core/database';
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { FeedHub } from '../delivery/feed-hub.js';
import { exportRoutes } from '../exporting/export.js';
import type { Logger } from '../operations/log.js';
import { type Accounts, type Authenticator, assertSameOrigin, sessionRoutes } from '../signin/index.js';
import type { Route } from './beside/index.js';
import { consoleRoutes } from './console.js';
import { docsRoutes } from './docs.js';
import { answerError } from './errors.js';
import { eventStreamRoutes } from './event-stream.js';
import { type FilePlaces, fileRoutes } from './files/index.js';
import { paperRoutes } from './papers.js';
import { restRoutes } from './rest.js';
import { securityHeaders } from './security-headers.js';
import { statementPaperRoutes } from './statement-papers.js';
import { telemetryExportRoutes } from './telemetry/export.js';
import { trpcRoutes } from './trpc.js';

export interface AppOptions {
  readonly router: AnyRouter;
  readonly database: Database;
  readonly clock: Clock;
  readonly accounts: Accounts;
  readonly authenticator: Authenticator;
  readonly feed: FeedHub;
  readonly watch: CredentialWatch;
  /** Told after each committed command. */
  readonly onCommitted?: () => void;
  readonly log: Logger;
  readonly version: string;
  readonly trustProxy: boolean;
  readonly publicUrl: string | null;
  readonly consoleFolder: string | null;
  readonly files?: FilePlaces;
  /** Told of every answered request. */
  readonly answered?: (request: FastifyRequest, reply: FastifyReply) => void;
  /** Further routes, of operations. */
  readonly also?: readonly ((app: FastifyInstance) => Promise<void>)[];
}

export const bodyLimit = 1024 * 1024;

/** Everything that is spoken over HTTP, except the sockets, which hang on the same server. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { router, feed, watch, version, accounts, authenticator, publicUrl, database, clock } = options;
  const app = fastify({
    loggerInstance: options.log as FastifyBaseLogger,
    bodyLimit,
    trustProxy: options.trustProxy,
    requestIdHeader: false,
    genReqId: (request) => requestIdOf(request.headers['x-request-id']),
    // Open requests are answered; connections that only wait for the next one are not waited for.
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 500 },
  });
  const actorOf = (request: FastifyRequest) => findActor(request, options);
  const contextOf = (request: FastifyRequest) => contextFor(request, options);
  app.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id));
  const routes: Route[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) if (each !== 'HEAD') routes.push(`${each} ${url}`);
  });
  if (options.answered) app.addHook('onResponse', async (request, reply) => options.answered?.(request, reply));
  securityHeaders(app);
  app.setErrorHandler(answerError);
  await app.register(trpcRoutes({ router, contextOf }));
  await app.register(restRoutes({ router, contextOf }));
  await app.register(paperRoutes({ router, contextOf }));
  await app.register(statementPaperRoutes({ router, contextOf }));
  await app.register(sessionRoutes({ accounts, authenticator, publicUrl }));
  await app.register(eventStreamRoutes({ feed, watch, actorOf }));
  if (options.files) {
    await app.register(fileRoutes({ ...options.files, database, clock, actorOf }));
  }
  await app.register(exportRoutes({ database, clock, actorOf, log: options.log }));
  await app.register(telemetryExportRoutes({ router, contextOf, database, clock, actorOf, log: options.log }));
  await app.register(docsRoutes({ router, version, routes }));
  for (const routes of options.also ?? []) await app.register(routes);
  await app.register(consoleRoutes(options.consoleFolder));
  return app;
}

const idleEveryMs = 50;
const openRequestsMs = 10_000;

/**
 * Open requests are answered first, for ten seconds: then they are cut off, so that there is time left to end the rest. Their
 * connections end when they have nothing more to say, not when they time out.
 */
export async function closeApp(app: FastifyInstance): Promise<void> {
  const idle = setInterval(() => app.server.closeIdleConnections(), idleEveryMs);
  const late = setTimeout(() => app.server.closeAllConnections(), openRequestsMs);
  await app.close().finally(() => {
    clearInterval(idle);
    clearTimeout(late);
  });
}

/** A caller's own request id is kept when it is a harmless word, so that both sides' logs meet. */
function requestIdOf(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : newId();
}

async function contextFor(request: FastifyRequest, options: AppOptions): Promise<RequestContext> {
  const key = request.headers['idempotency-key'];
  return {
    database: options.database,
    clock: options.clock,
    requestId: request.id,
    actor: await findActor(request, options),
    idempotencyKey: typeof key === 'string' ? key : null,
    onCommitted: options.onCommitted,
  };
}

function findActor(request: FastifyRequest, { authenticator, publicUrl }: AppOptions): Promise<Actor | null> {
  const { authorization, cookie, 'x-yunfab-organization': organization } = request.headers;
  const apiKey = /^Bearer (\S{1,200})$/i.exec(authorization ?? '')?.[1] ?? null;
  if (apiKey === null && cookie !== undefined && request.method !== 'GET' && request.method !== 'HEAD')
    assertSameOrigin(request, publicUrl);
  return authenticator.actor({
    apiKey,
    cookie: authorization === undefined ? (cookie ?? null) : null,
    organization: typeof organization === 'string' ? organization : null,
  });
}
