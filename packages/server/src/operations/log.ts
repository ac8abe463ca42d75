import { type Logger as PinoLogger, pino, stdSerializers } from 'pino';

export type Logger = PinoLogger;

/** Secrets by the names under which they travel; anything else that is secret is never handed to the log. */
const secretPaths = [
  'req.headers.authorization',
  'req.headers.cookie',
  '*.password',
  '*.apiKey',
  '*.token',
  '*.secret',
  'password',
  'apiKey',
  'token',
  'secret',
];

/** One line of JSON for each thing that happened, on stderr: stdout belongs to what a command answers. */
export function createLog(level: string): Logger {
  return pino(
    {
      level,
      base: { service: 'yunfab' },
      redact: { paths: secretPaths, censor: '…' },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: errorOf, req: requestOf },
    },
    pino.destination({ dest: 2, sync: false }),
  );
}

function requestOf(request: { method: string; url: string; id?: unknown }) {
  return { method: request.method, path: request.url.split('?', 1)[0], id: request.id };
}

/** PostgreSQL puts the values of a row into `detail`; those belong to a company and stay out of the log. */
function errorOf(error: Error & { detail?: unknown; where?: unknown; parameters?: unknown }) {
  const {
    detail: _detail,
    where: _where,
    parameters: _parameters,
    ...rest
  } = stdSerializers.err(error) as unknown as Record<string, unknown>;
  return rest;
}
