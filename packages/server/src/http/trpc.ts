import type { AnyRouter } from '@trpc/server';
import { fastifyRequestHandler } from '@trpc/server/adapters/fastify';
import type { RequestContext } from '@yunfab/core/commands';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { acceptJsonText, assertShallow } from './json-body.js';

const maxBatchSize = 20;

export interface RpcOptions {
  readonly router: AnyRouter;
  readonly contextOf: (request: FastifyRequest) => Promise<RequestContext>;
}

/** The procedures over tRPC at /api/trpc/{procedure}; what the SDK and the console speak. */
export function trpcRoutes({ router, contextOf }: RpcOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    acceptJsonText(app);
    app.all('/api/trpc/:path', async (request, reply) => {
      const { path } = request.params as { path: string };
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
    });
  };
}

/** A YunfabError is an answer, not an accident: tRPC wraps it in INTERNAL_SERVER_ERROR all the same. */
function isRefusal(cause: unknown): boolean {
  return cause instanceof Error && cause.name === 'YunfabError' && (cause as { status?: number }).status !== 500;
}
