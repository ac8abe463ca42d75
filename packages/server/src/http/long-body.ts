import { accessErrors } from '@yunfab/core/access';
import type { FastifyRequest } from 'fastify';
import type { RpcOptions } from './trpc.js';

/** For a route that takes more than the usual body: from who is signed in, asked before it is read. */
export const longBody = (bodyLimit: number, contextOf: RpcOptions['contextOf']) => ({
  bodyLimit,
  onRequest: async (request: FastifyRequest): Promise<void> => {
    if (!(await contextOf(request)).actor) throw accessErrors.unauthenticated();
  },
});
