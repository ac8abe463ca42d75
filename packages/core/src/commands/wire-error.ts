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
  const refused = refusedByShape(cause) ?? refusedByShape(thrown);
  if (refused) return requestErrors.invalid({ field: 'body', problem: refused }, thrown);
  const code = codeOf(thrown);
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

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Trouble that the sender caused although every field had its type. */
function refusedByShape(error: unknown): string | null {
  if (error instanceof RangeError && /call stack/.test(error.message)) return 'it is nested too deeply';
  // untranslatable_character and character_not_in_repertoire of PostgreSQL: it stores no U+0000.
  return codeOf(error) === '22P05' || codeOf(error) === '22021' ? 'a text holds the character U+0000, which cannot be stored' : null;
}

function pathOf(error: unknown): string {
  const quoted = error instanceof Error ? /path "([^"]*)"/.exec(error.message)?.[1] : undefined;
  return quoted ?? 'such procedure';
}

/** Node's and PostgreSQL's codes of a connection that fails, a server that stops, and of a lock or statement that waited too long. */
const connectionTrouble = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOENT|ENOTFOUND|57P0[1-5]|57014|08\w{3}|53\w{3}|40001|40P01|55P03)$/;
const connectionSentences =
  /Connection terminated|terminating connection|timeout exceeded when trying to connect|Cannot use a pool after calling end|Client has encountered a connection error/;

function isConnectionTrouble(error: unknown): boolean {
  return error instanceof Error && (connectionTrouble.test(codeOf(error) ?? '') || connectionSentences.test(error.message));
}
