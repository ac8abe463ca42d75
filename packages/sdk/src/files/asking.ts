import { type Failure, parseRetryAfter, pause, waitBeforeRetry } from '../attempts.js';
import { clientError } from '../errors.js';
import { type ConnectionOptions, type Credentials, credentialHeaders } from '../options.js';
import { requestIdOf } from '../reply.js';
import { newIdempotencyKey, problemOf } from '../transport.js';

export type ClientOptions = ConnectionOptions & Credentials;

export interface Request {
  readonly path: 'files.upload' | 'files.download' | 'equipment.telemetry.export';
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
  /** Whether it can be sent again after a connection that broke. */
  readonly repeatable: boolean;
  send(headers: Record<string, string>): Promise<Response>;
  read(response: Response): Promise<{ output: unknown } | { error: Failure['error'] }>;
}

/** Sends as often as it may, with the hooks of every other call; there is no deadline, because a content takes its time. */
export async function ask(options: ClientOptions, request: Request): Promise<unknown> {
  const { maxAttempts = 3, hooks = {} } = options;
  const { path, signal, repeatable } = request;
  for (let attempt = 1; ; attempt++) {
    const attempted = { path, attempt, idempotencyKey: newIdempotencyKey() };
    const outcome = await tryOnce(options, request, attempted);
    if ('output' in outcome) return outcome.output;
    const { error, retryAfterMs } = outcome;
    const waitMs = error.retryable && repeatable && attempt < maxAttempts ? waitBeforeRetry(attempt, retryAfterMs) : null;
    if (waitMs === null) throw error;
    hooks.onRetry?.({ ...attempted, error, waitMs });
    await pause(waitMs, signal);
  }
}

type Attempted = { readonly path: string; readonly attempt: number; readonly idempotencyKey: string };

async function tryOnce(options: ClientOptions, request: Request, attempted: Attempted): Promise<{ output: unknown } | Failure> {
  const { url, hooks = {} } = options;
  const headers = { ...credentialHeaders(options), ...request.headers };
  hooks.onRequest?.({ ...attempted, headers });
  const startedAt = performance.now();
  try {
    const response = await request.send(headers);
    hooks.onResponse?.({
      ...attempted,
      status: response.status,
      requestId: requestIdOf(response),
      durationMs: performance.now() - startedAt,
    });
    const reply = await request.read(response);
    if ('output' in reply) return reply;
    return { error: reply.error, retryAfterMs: parseRetryAfter(response.headers.get('retry-after')) };
  } catch (thrown) {
    if (request.signal?.aborted) throw request.signal.reason;
    const error = clientError('client.network', { url, problem: problemOf(thrown) }, { retryable: true, cause: thrown });
    return { error, retryAfterMs: null };
  }
}

export const contentAddress = ({ url }: ConnectionOptions) => `${url.replace(/\/+$/, '')}/api/files`;
export const cookiesOf = ({ session }: ClientOptions) => (session === 'browser' ? ('include' as const) : ('omit' as const));
