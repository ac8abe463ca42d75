import { isYunfabError, type YunfabError } from '../errors/index.js';
import { requestErrors } from './errors.js';

/** The body of every failed request, on tRPC (as `data.yunfab`), REST and sockets alike. */
export interface WireError {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly details: Readonly<Record<string, unknown>>;
    readonly requestId: string;
  };
}

const mostIssues = 20;

/** The one formatter: whatever was thrown → status and body. Unknown errors tell nothing but the request id. */
export function toWireError(thrown: unknown, requestId: string): { status: number; body: WireError } {
  const error = asYunfabError(thrown, requestId);
  return { status: error.status, body: { error: { code: error.code, message: error.message, details: error.details, requestId } } };
}

function asYunfabError(thrown: unknown, requestId: string): YunfabError {
  if (isYunfabError(thrown)) return thrown;
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  if (isYunfabError(cause)) return cause;
  const issues = issuesOf(cause) ?? issuesOf(thrown);
  if (issues) return invalid(issues);
  const code = trpcCode(thrown);
  if (code === 'NOT_FOUND' || code === 'METHOD_NOT_SUPPORTED') return requestErrors.unknown_procedure({ path: pathOf(thrown) });
  if (code === 'PAYLOAD_TOO_LARGE') return requestErrors.too_large();
  if (code === 'PARSE_ERROR' || code === 'BAD_REQUEST' || code === 'UNSUPPORTED_MEDIA_TYPE')
    return requestErrors.invalid({ field: 'body', problem: 'it is not well-formed JSON of the expected shape' });
  if (isConnectionTrouble(cause) || isConnectionTrouble(thrown)) return requestErrors.unavailable({}, thrown);
  return requestErrors.internal({ requestId }, thrown);
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function invalid(issues: readonly Issue[]): YunfabError {
  const shown = issues.slice(0, mostIssues).map((issue) => ({ field: issue.path.map(String).join('.') || 'body', problem: issue.message }));
  return requestErrors.invalid({ ...shown[0], issues: shown, issueCount: issues.length });
}

function issuesOf(error: unknown): readonly Issue[] | null {
  if (error instanceof Error && 'issues' in error && Array.isArray(error.issues) && error.issues.length > 0) return error.issues as Issue[];
  return null;
}

function trpcCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function pathOf(error: unknown): string {
  const quoted = error instanceof Error ? /path "([^"]*)"/.exec(error.message)?.[1] : undefined;
  return quoted ?? 'such procedure';
}

const connectionTrouble = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOENT|57P0[123]|08\w{3}|53300)$/;

function isConnectionTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return connectionTrouble.test(code) || /Connection terminated|terminating connection/.test(error.message);
}
