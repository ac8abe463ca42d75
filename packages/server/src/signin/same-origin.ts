import type { FastifyRequest } from 'fastify';
import { signinErrors } from './errors.js';

/**
 * The cookie is SameSite=Lax; this is the second lock: a change made with it must come from a page of this server.
 * Throws `signin.foreign_origin`. Programs without a browser send no Origin and carry no cookie.
 */
export function assertSameOrigin(request: Pick<FastifyRequest, 'headers' | 'host' | 'method'>, publicUrl: string | null): void {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (site === 'cross-site' || site === 'same-site') throw signinErrors.foreign_origin({ origin: origin ?? site });
  if (origin === undefined || origin === publicUrl?.replace(/\/+$/, '')) return;
  if (!URL.canParse(origin) || new URL(origin).host !== request.host) throw signinErrors.foreign_origin({ origin });
}
