import { requestErrors } from '@yunfab/core/commands';
import type { FastifyInstance } from 'fastify';

const deepest = 64;

/** Throws `request.invalid` when brackets nest deeper than any input of ours; recursive code behind it stays safe. */
export function assertShallow(text: string, field: string): void {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (quoted) {
      if (char === 0x5c) i++;
      else if (char === 0x22) quoted = false;
    } else if (char === 0x22) quoted = true;
    else if (char === 0x5b || char === 0x7b) {
      if (++depth > deepest) throw requestErrors.invalid({ field, problem: `it is nested deeper than ${deepest} levels` });
    } else if (char === 0x5d || char === 0x7d) depth--;
  }
}

/** JSON bodies as text, for tRPC, which parses them itself. */
export function acceptJsonText(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, text: string) => {
    assertShallow(text, 'body');
    return text;
  });
}

/** JSON bodies as values; an empty one is `{}`, for a POST whose whole input stands in its path. */
export function acceptJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text: string, done) => {
    if (text === '') return done(null, {});
    try {
      assertShallow(text, 'body');
    } catch (error) {
      return done(error as Error);
    }
    return parse(request, text, done);
  });
}
