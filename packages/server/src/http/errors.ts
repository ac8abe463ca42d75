import { requestErrors, toWireError } from '@yunfab/core/commands';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';

/** Answers whatever was thrown in the one shape; below /api/trpc wrapped as that protocol's clients expect. */
export function answerError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, body } = toWireError(fromFastify(thrown), request.id);
  if (status >= 500) request.log.error({ err: thrown, code: body.error.code }, 'request failed');
  if (status === 429 && body.error.details['seconds'] !== undefined) reply.header('retry-after', String(body.error.details['seconds']));
  const json = request.url.startsWith('/api/trpc/') ? trpcEnvelope(status, body.error) : body;
  return reply.code(status).type('application/json; charset=utf-8').send(json);
}

export function answerUnknownRoute(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = request.url.split('?', 1)[0];
  return answerError(requestErrors.unknown_procedure({ path: `${request.method} ${path}` }), request, reply);
}

const jsonRpcInvalidRequest = -32600;

function trpcEnvelope(httpStatus: number, yunfab: { readonly message: string }) {
  return { error: { message: yunfab.message, code: jsonRpcInvalidRequest, data: { code: 'BAD_REQUEST', httpStatus, yunfab } } };
}

/** Fastify refuses some requests before any of our code sees them. */
function fromFastify(thrown: unknown): unknown {
  const code = (thrown as Partial<FastifyError>).code ?? '';
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return requestErrors.too_large({}, thrown);
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return requestErrors.invalid({ field: 'Content-Type', problem: 'it must be application/json' }, thrown);
  if (code === 'FST_ERR_CTP_INVALID_JSON_BODY' || thrown instanceof SyntaxError)
    return requestErrors.invalid({ field: 'body', problem: 'it is not well-formed JSON' }, thrown);
  if (code.startsWith('FST_ERR_CTP') || code === 'FST_ERR_BAD_URL')
    return requestErrors.invalid({ field: 'request', problem: 'it is malformed' }, thrown);
  return thrown;
}
