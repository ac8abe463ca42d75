import type { AnyRouter } from '@trpc/server';
import { fastifyRequestHandler } from '@trpc/server/adapters/fastify';
import type { RequestContext } from '@yunfab/core/commands';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { acceptJsonText, assertShallow } from './json-body.js';
import { longBody } from './long-body.js';
import { restProcedures } from './rest-procedures.js';

const maxBatchSize = 20;

export interface RpcOptions {
  readonly router: AnyRouter;
  readonly contextOf: (request: FastifyRequest) => Promise<RequestContext>;
}

/** The procedures over tRPC at /api/trpc/{procedure}; what the SDK and the console speak. */
export function trpcRoutes({ router, contextOf }: RpcOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    acceptJsonText(app);
    const answer = async (path: string, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const input = (request.query as { input?: unknown }).input;
      if (typeof input === 'string') assertShallow(input, 'input');
      await fastifyRequestHandler({
        router,
        path,
        req: request,
        res: reply,
        maxBatchSize,
        // The SDK posts everything, so that an input never meets the limit of a URL.
        allowMethodOverride: true,
        createContext: () => contextOf(request),
        onError({ error }) {
          if (error.code === 'INTERNAL_SERVER_ERROR' && !isRefusal(error.cause))
            request.log.error({ err: error, procedure: path }, 'procedure failed');
        },
      });
      return reply;
    };
    app.all('/api/trpc/:path', (request, reply) => answer((request.params as { path: string }).path, request, reply));
    // A procedure whose requests may be longer has an address of its own; in a batch it keeps to the usual limit.
    for (const { name, bodyBytes } of restProcedures(router))
      if (bodyBytes !== undefined)
        app.post(`/api/trpc/${name}`, longBody(bodyBytes, contextOf), (request, reply) => answer(name, request, reply));
  };
}

/** A YunfabError is an answer, not an accident: tRPC wraps it in INTERNAL_SERVER_ERROR all the same. */
function isRefusal(cause: unknown): boolean {
  return cause instanceof Error && cause.name === 'YunfabError' && (cause as { status?: number }).status !== 500;
}
