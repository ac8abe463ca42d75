import type { YunfabClientError } from './errors.js';

/** The part of `fetch` that the client uses. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** One attempt, as hooks see it. */
export interface Attempt {
  /** The procedure: `orders.propose`. */
  readonly path: string;
  /** 1 for the first. */
  readonly attempt: number;
  readonly idempotencyKey: string;
}

/** For logs and measurements; what a hook throws fails the call. */
export interface Hooks {
  /** May add headers (tracing) before they are sent. */
  onRequest?(attempt: Attempt & { readonly headers: Record<string, string> }): void;
  onResponse?(attempt: Attempt & { readonly status: number; readonly requestId: string | null; readonly durationMs: number }): void;
  onRetry?(attempt: Attempt & { readonly error: YunfabClientError; readonly waitMs: number }): void;
}

/** Who calls: a program by its API key, or the person signed in to this page (their cookie is sent). */
export type Credentials = { readonly apiKey: string; readonly session?: never } | { readonly session: 'browser'; readonly apiKey?: never };

export interface ConnectionOptions {
  /** Where the server is: `https://yunfab.example.cn`. */
  readonly url: string;
  /** Code of the organization to act for, when the credential allows several. */
  readonly organization?: string | undefined;
  readonly fetch?: Fetch | undefined;
  /** For each attempt; 30 s unless said. */
  readonly timeoutMs?: number | undefined;
  /** 3 unless said; 1 never retries. */
  readonly maxAttempts?: number | undefined;
  readonly hooks?: Hooks | undefined;
}

/** Given beside the input of any call. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** One per change. Made for you before the first attempt; give your own to repeat a change safely after your program restarts (24 h). */
  readonly idempotencyKey?: string | undefined;
  readonly timeoutMs?: number | undefined;
}

/** What every request tells about its caller; a socket's handshake and a request's headers are made from it. */
export function credentialHeaders({ apiKey, organization }: Partial<Credentials> & ConnectionOptions): Record<string, string> {
  return {
    ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
    ...(organization === undefined ? {} : { 'x-yunfab-organization': organization }),
  };
}
