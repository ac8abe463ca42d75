import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { AnyRouter } from '@trpc/server';
import type { FastifyInstance } from 'fastify';
import { besidePaths, type Route } from './beside/index.js';
import { openApiDocument } from './openapi.js';

const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Yunfab API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/api/docs/swagger-ui.css"></head>
<body><main id="api"></main>
<script src="/api/docs/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body></html>
`;
const start = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#api', deepLinking: true, docExpansion: 'list' });\n`;

/** The document at /api/openapi.json and a page to read it at /api/docs, all from this machine. */
export function docsRoutes({
  router,
  version,
  routes,
}: {
  readonly router: AnyRouter;
  readonly version: string;
  /** All that is served; read when the document is first asked for. */
  readonly routes: readonly Route[];
}) {
  let document: string | undefined;
  return async (app: FastifyInstance): Promise<void> => {
    app.get('/api/openapi.json', async (_request, reply) => {
      document ??= JSON.stringify(openApiDocument(router, version, besidePaths(routes)));
      return reply.type('application/json; charset=utf-8').send(document);
    });
    app.get('/api/docs', async (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
    app.get('/api/docs/start.js', async (_request, reply) => reply.type('text/javascript; charset=utf-8').send(start));
    const root = dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json')));
    await app.register(fastifyStatic, { root, serve: false, decorateReply: true });
    for (const asset of ['swagger-ui.css', 'swagger-ui-bundle.js'])
      app.get(`/api/docs/${asset}`, async (_request, reply) => reply.sendFile(asset));
  };
}
