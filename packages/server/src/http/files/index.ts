import type { Actor } from '@yunfab/core/access';
import { accessErrors } from '@yunfab/core/access';
import type { Clock } from '@yunfab/core/commands';
import type { Database } from '@yunfab/core/database';
import type { FileStore } from '@yunfab/core/files';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Incoming } from '../../files/index.js';
import { download } from './download.js';
import { upload } from './upload.js';

/** Where contents come in and go out. */
export interface FilePlaces {
  readonly store: FileStore;
  readonly incoming: Incoming;
  /** For one file. */
  readonly mostBytes: number;
}

export interface FileRouteOptions extends FilePlaces {
  readonly database: Database;
  readonly clock: Clock;
  readonly actorOf: (request: FastifyRequest) => Promise<Actor | null>;
}

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

/** Who asks, if they may: throws `access.unauthenticated` or `access.forbidden`. */
export async function permitted(
  request: FastifyRequest,
  { actorOf }: Pick<FileRouteOptions, 'actorOf'>,
  permission: 'files.attach' | 'files.view',
): Promise<Actor> {
  const actor = await actorOf(request);
  if (!actor) throw accessErrors.unauthenticated();
  if (!actor.permissions.has(permission)) throw accessErrors.forbidden({ permission, actor: actor.label });
  return actor;
}
