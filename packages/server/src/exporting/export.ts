import { PassThrough, type Writable } from 'node:stream';
import { type Actor, accessErrors } from '@yunfab/core/access';
import type { Clock } from '@yunfab/core/commands';
import { type ActorRef, type Database, inScope, type OrganizationId } from '@yunfab/core/database';
import { appendEvent } from '@yunfab/core/events';
import { exportEntries, portabilityErrors } from '@yunfab/core/portability';
import contentDisposition from 'content-disposition';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../operations/log.js';
import { writeZip } from './zip.js';

export interface Exported {
  readonly organization: OrganizationId;
  readonly code: string;
  readonly actor: ActorRef;
}

/**
 * Writes all that an organization may see into `output`: one read-only transaction of its own, with the runtime role. That
 * it was begun is an event of the organization, whether it ends well or not.
 */
export async function writeExport(database: Database, { organization, code, actor }: Exported, output: Writable, now: Date): Promise<void> {
  await inScope(database.runtime, { organization, actor, now }, (scope) =>
    appendEvent(scope, { type: 'access.data_exported', record: null, body: { organization: code } }),
  );
  await inScope(database.runtime, { organization, actor, now, readOnly: true }, async (scope) =>
    writeZip(await exportEntries(scope, code), output, now),
  );
}

export interface ExportRouteOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly actorOf: (request: FastifyRequest) => Promise<Actor | null>;
  readonly log: Logger;
}

/** Each holds a connection for as long as its reader takes. */
const mostAtOnce = 2;
/** A reader that takes nothing for so long has gone. */
const stalledMs = 120_000;
const permission = 'access.export';

/** `GET /api/export`: everything that the organization may see of its own, for those who hold `access.export`. */
export function exportRoutes({ database, clock, actorOf, log }: ExportRouteOptions) {
  const running = new Set<OrganizationId>();
  return async (app: FastifyInstance): Promise<void> => {
    app.get('/api/export', async (request: FastifyRequest, reply: FastifyReply) => {
      const { organization: asked } = request.query as { organization?: unknown };
      // For links, which carry no header.
      if (typeof asked === 'string') request.headers['x-yunfab-organization'] ??= asked;
      const actor = await actorOf(request);
      if (!actor) throw accessErrors.unauthenticated();
      if (!actor.permissions.has(permission)) throw accessErrors.forbidden({ permission, actor: actor.label });
      const { organization, organizationCode: code } = actor;
      if (running.has(organization) || running.size >= mostAtOnce) throw portabilityErrors.busy();
      running.add(organization);
      const now = clock();
      const output = new PassThrough();
      writeExport(database, { organization, code, actor }, output, now)
        .catch((error: unknown) => {
          output.destroy(error instanceof Error ? error : undefined);
          log.warn({ err: error, organization: code }, 'an export ended before it was whole');
        })
        .finally(() => running.delete(organization));
      reply.raw.setTimeout(stalledMs, () => output.destroy(new Error('the reader has stalled')));
      reply.headers({
        'content-type': 'application/zip',
        'cache-control': 'private, no-store',
        'content-disposition': contentDisposition(`yunfab-${code}-${now.toISOString().slice(0, 10)}.zip`),
      });
      return reply.send(output);
    });
  };
}
