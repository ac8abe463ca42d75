import type { FastifyInstance, FastifyRequest } from 'fastify';
import { download } from './download.js';
import type { FileRouteOptions } from './places.js';
import { upload } from './upload.js';

export type { FilePlaces } from './places.js';

/** Contents as raw bytes at /api/files, beside the procedures that attach and list them. */
export function fileRoutes(options: FileRouteOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    // Bodies of any type arrive as they are: what a content is, its own bytes say.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, body, done) => done(null, body));
    const arriving = new Set<FastifyRequest>();
    app.addHook('preClose', async () => {
      for (const request of arriving) request.raw.destroy();
    });
    const receive = upload(options, arriving);
    app.post('/api/files', receive);
    app.put('/api/files/:sha256', receive);
    app.route({ method: ['GET', 'HEAD'], url: '/api/files/:sha256', exposeHeadRoute: false, handler: download(options) });
  };
}
