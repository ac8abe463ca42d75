import { type Actor, accessErrors } from '@yunfab/core/access';
import type { Clock } from '@yunfab/core/commands';
import type { Database } from '@yunfab/core/database';
import type { FileStore } from '@yunfab/core/files';
import type { FastifyRequest } from 'fastify';
import type { Incoming } from '../../files/index.js';

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
