import { createCallerFactory } from '@yunfab/core/commands';
import type { FastifyInstance } from 'fastify';
import { acceptJson } from './json-body.js';
import { longBody } from './long-body.js';
import { queryReader, type RestProcedure, restProcedures } from './rest-procedures.js';
import type { RpcOptions } from './trpc.js';

type Call = (input: unknown) => Promise<unknown>;

/**
 * The procedures over REST at /api/v1, for programs in other languages. Only the document is trpc-to-openapi's: its
 * request adapter makes the shared schemas coercing in place, so that `null` in any body becomes 0.
 */
export function restRoutes({ router, contextOf }: RpcOptions) {
  const createCaller = createCallerFactory(router);
  return async (app: FastifyInstance): Promise<void> => {
    acceptJson(app);
    for (const procedure of restProcedures(router)) {
      const inputOf = inputReader(procedure);
      app.route({
        method: procedure.place.method,
        url: `/api/v1${procedure.place.path.replace(/\{(\w+)\}/g, ':$1')}`,
        ...(procedure.bodyBytes === undefined ? {} : longBody(procedure.bodyBytes, contextOf)),
        handler: async (request, reply) => {
          const caller = createCaller(await contextOf(request));
          const output = await procedureOf(caller, procedure.name)(inputOf(request));
          return reply.type('application/json; charset=utf-8').send(JSON.stringify(output ?? null));
        },
      });
    }
  };
}

function inputReader({ place, input }: RestProcedure) {
  const read = queryReader(input);
  const takesBody = place.method === 'POST' || place.method === 'PATCH';
  return (request: { body: unknown; query: unknown; params: unknown }): Record<string, unknown> => ({
    ...(takesBody ? (request.body as object | null) : read(request.query as Record<string, unknown>)),
    ...read(request.params as Record<string, unknown>),
  });
}

function procedureOf(caller: unknown, name: string): Call {
  return name.split('.').reduce((at, part) => (at as Record<string, unknown>)[part], caller) as Call;
}
