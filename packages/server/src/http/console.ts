import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerUnknownRoute } from './errors.js';

const notBuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Yunfab</title>
<p>The console is not built. Run <code>npm run build</code>. The API is at <a href="/api/docs">/api/docs</a>.</p>
<p lang="zh">控制台尚未构建，请运行 <code>npm run build</code>。接口见 <a href="/api/docs">/api/docs</a>。</p></html>
`;

/** The folder of the built console, or null when it has not been built. */
export function consoleFolder(): string | null {
  const folder = join(dirname(fileURLToPath(import.meta.resolve('@yunfab/console/package.json'))), 'dist');
  return existsSync(join(folder, 'index.html')) ? folder : null;
}

/** The console at `/`: its files, and its page for every other address that a browser asks to read. */
export function consoleRoutes(folder: string | null) {
  return async (app: FastifyInstance): Promise<void> => {
    if (folder) {
      await app.register(fastifyStatic, {
        root: folder,
        wildcard: false,
        setHeaders(reply, path) {
          // Vite names assets by their content; only the page itself changes under its name.
          reply.header('cache-control', path.includes(`${join(folder, 'assets')}`) ? 'public, max-age=31536000, immutable' : 'no-cache');
        },
      });
    } else {
      app.get('/', async (_request, reply) => reply.type('text/html; charset=utf-8').send(notBuilt));
    }
    app.setNotFoundHandler((request, reply) => {
      if (folder && wantsPage(request)) return reply.sendFile('index.html') as FastifyReply;
      return answerUnknownRoute(request, reply);
    });
  };
}

function wantsPage(request: FastifyRequest): boolean {
  const path = request.url.split('?', 1)[0] ?? '';
  return request.method === 'GET' && !/^\/(api|socket\.io|id)(\/|$)/.test(path) && (request.headers.accept ?? '').includes('text/html');
}
