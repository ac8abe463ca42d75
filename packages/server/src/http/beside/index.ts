import { files } from './files.js';
import type { Described } from './operation.js';
import { papers } from './papers.js';
import { platform } from './platform.js';
import { telemetry } from './telemetry.js';

/** Method and address of a route as Fastify has it: `GET /api/files/:sha256`. */
export type Route = string;

const described: Readonly<Record<Route, Described>> = { ...papers, ...files, ...telemetry, ...platform };

/** Served by the procedures' own description, or pages for people. */
const elsewhere = /^[A-Z]+ \/(?:api\/(?:v1|trpc|docs)(?:\/|$)|(?!api\/))/;

/**
 * What OpenAPI says of the routes beside the procedures. Throws for one that nobody has described: what is served is in the
 * document.
 */
export function besidePaths(routes: readonly Route[]): Record<string, Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const operations = described[route];
    if (!operations && !elsewhere.test(route)) throw new Error(`${route} is served, but not described: say in http/beside what it is`);
    const method = route.slice(0, route.indexOf(' ')).toLowerCase();
    for (const [path, operation] of Object.entries(operations ?? {})) paths[path] = { ...paths[path], [method]: operation };
  }
  return paths;
}
