import { type Failure, parseRetryAfter, pause, waitBeforeRetry } from './attempts.js';
import { clientError } from './errors.js';
import { type Attempt, type CallOptions, type ConnectionOptions, type Credentials, credentialHeaders } from './options.js';
import { readReply, requestIdOf } from './reply.js';

/** Calls one procedure by its path. */
export type Send = (path: string, input: unknown, options?: CallOptions) => Promise<unknown>;

/**
 * tRPC over HTTP. Every call is a POST with an idempotency key, so that the client need not know which procedures read
 * and which change (docs/decisions, "The client always posts").
 */
export function createTransport(options: ConnectionOptions & Credentials): Send {
  const { timeoutMs: usualTimeoutMs = 30_000, maxAttempts = 3, hooks = {} } = options;
  const base = `${options.url.replace(/\/+$/, '')}/api/trpc/`;
  const fetch = options.fetch ?? globalThis.fetch;
  const credentials = options.session === 'browser' ? 'include' : 'omit';

  return async (path, input, call = {}) => {
    const idempotencyKey = call.idempotencyKey ?? newIdempotencyKey();
    const body = JSON.stringify(input ?? {});
    const timeoutMs = call.timeoutMs ?? usualTimeoutMs;
    for (let attempt = 1; ; attempt++) {
      const outcome = await tryOnce({ path, attempt, idempotencyKey }, body, timeoutMs, call.signal);
      if ('output' in outcome) return outcome.output;
      const { error, retryAfterMs } = outcome;
      const waitMs = error.retryable && attempt < maxAttempts ? waitBeforeRetry(attempt, retryAfterMs) : null;
      if (waitMs === null) throw error;
      hooks.onRetry?.({ path, attempt, idempotencyKey, error, waitMs });
      await pause(waitMs, call.signal);
    }
  };

  async function tryOnce(attempt: Attempt, body: string, timeoutMs: number, signal?: AbortSignal): Promise<{ output: unknown } | Failure> {
    const headers = { ...credentialHeaders(options), 'content-type': 'application/json', 'idempotency-key': attempt.idempotencyKey };
    hooks.onRequest?.({ ...attempt, headers });
    const deadline = startDeadline(timeoutMs, signal);
    const startedAt = performance.now();
    const withoutReply = (thrown: unknown): Failure => {
      if (signal?.aborted) throw signal.reason;
      const error = deadline.passed()
        ? clientError('client.timeout', { path: attempt.path, timeoutMs }, { retryable: true, cause: thrown })
        : clientError('client.network', { url: options.url, problem: problemOf(thrown) }, { retryable: true, cause: thrown });
      return { error, retryAfterMs: null };
    };
    try {
      const response = await fetch(base + attempt.path, { method: 'POST', headers, body, credentials, signal: deadline.signal }).catch(
        withoutReply,
      );
      if ('error' in response) return response;
      const text = await response.text().catch(withoutReply);
      hooks.onResponse?.({
        ...attempt,
        status: response.status,
        requestId: requestIdOf(response),
        durationMs: performance.now() - startedAt,
      });
      if (typeof text !== 'string') return text;
      const reply = readReply(attempt.path, response, text);
      if ('output' in reply) return reply;
      return { error: reply.error, retryAfterMs: parseRetryAfter(response.headers.get('retry-after')) };
    } finally {
      deadline.end();
    }
  }
}

/** Not `randomUUID`: browsers keep that from pages served over plain HTTP, as in a factory's own network. */
export function newIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

interface Deadline {
  readonly signal: AbortSignal;
  passed(): boolean;
  end(): void;
}

/** One signal for the caller's abort and the timeout; `AbortSignal.any` would leave listeners on a long-lived signal. */
function startDeadline(timeoutMs: number, outer?: AbortSignal): Deadline {
  const controller = new AbortController();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    controller.abort();
  }, timeoutMs);
  const abort = () => controller.abort(outer?.reason);
  if (outer?.aborted) abort();
  outer?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    passed: () => late,
    end() {
      clearTimeout(timer);
      outer?.removeEventListener('abort', abort);
    },
  };
}

/** Node's fetch hides the reason in `cause`. */
export function problemOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.cause instanceof Error && thrown.cause.message ? thrown.cause.message : thrown.message;
}
