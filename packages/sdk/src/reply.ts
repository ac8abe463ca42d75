import { clientError, YunfabClientError } from './errors.js';

/** The server holds this key already and is still working on it. */
const inProgress = 'request.idempotency_in_progress';

/** The body of every refusal, on HTTP and on sockets. */
export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly details?: Record<string, unknown>;
  readonly requestId?: string;
}

/** What came back from `/api/trpc/<path>`: the procedure's output, or the error that it tells. */
export function readReply(path: string, response: Response, text: string): { output: unknown } | { error: YunfabClientError } {
  const body = parse(text);
  if (response.ok && isRecord(body) && isRecord(body['result'])) return { output: body['result']['data'] };
  return { error: failureOf(path, response, body, text) };
}

/** What came back from a route beside the procedures: JSON that is the output itself, or the error. */
export function readPlainReply(path: string, response: Response, text: string): { output: unknown } | { error: YunfabClientError } {
  const body = parse(text);
  if (response.ok && isRecord(body)) return { output: body };
  return { error: failureOf(path, response, body, text) };
}

export function requestIdOf(response: Response): string | null {
  return response.headers.get('x-request-id');
}

function failureOf(path: string, response: Response, body: unknown, text: string): YunfabClientError {
  const { status } = response;
  const error = wireError(body);
  const retryable = status === 408 || status === 429 || status >= 500;
  if (error) {
    return new YunfabClientError({
      code: error.code,
      message: error.message,
      details: error.details ?? {},
      status,
      requestId: error.requestId || requestIdOf(response),
      retryable: retryable || error.code === inProgress,
    });
  }
  const problem = text === '' ? 'the body is empty' : `the body begins with ${JSON.stringify(text.slice(0, 60))}`;
  return clientError('client.unexpected_reply', { path, status, problem }, { status, requestId: requestIdOf(response), retryable });
}

/** tRPC carries our error in `data.yunfab`; whatever stands before tRPC (limits, routing) answers with ours alone. */
function wireError(body: unknown): WireError | null {
  const error = isRecord(body) && isRecord(body['error']) ? body['error'] : null;
  const inner = error && isRecord(error['data']) ? error['data']['yunfab'] : error;
  return isRecord(inner) && typeof inner['code'] === 'string' && typeof inner['message'] === 'string'
    ? (inner as unknown as WireError)
    : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
