import type { YunfabClientError } from './errors.js';

const firstWaitMs = 300;
const longestWaitMs = 8_000;
/** A server that asks for more patience than this is reported to the caller instead of waited for. */
const mostPatienceMs = 60_000;

/**
 * How long to wait before the next attempt, or null to give up. Full jitter keeps many clients from returning at once;
 * a `Retry-After` is the least that is waited.
 */
export function waitBeforeRetry(attempt: number, retryAfterMs: number | null): number | null {
  if (retryAfterMs !== null && retryAfterMs > mostPatienceMs) return null;
  const jitter = Math.random() * Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1));
  return Math.round(Math.max(retryAfterMs ?? 0, jitter));
}

/** Seconds or an HTTP date (RFC 9110 §10.2.3), in milliseconds from now. */
export function parseRetryAfter(value: string | null, now = Date.now()): number | null {
  if (value === null) return null;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/** Waits; rejects with the signal's reason when that comes first. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const aborted = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', aborted);
      resolve();
    }, ms);
    signal?.addEventListener('abort', aborted, { once: true });
  });
}

/** The outcome of one attempt that failed. */
export interface Failure {
  readonly error: YunfabClientError;
  readonly retryAfterMs: number | null;
}
