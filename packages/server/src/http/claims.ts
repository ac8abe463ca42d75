import { requestErrors } from '@yunfab/core/commands';
import { type ClaimOptions, redeemClaim } from '@yunfab/core/equipment';
import { isYunfabError } from '@yunfab/core/errors';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { createFailureLimit } from './failure-limit.js';
import { acceptJson } from './json-body.js';

export interface ClaimRouteOptions extends ClaimOptions {
  /** Told after a code was exchanged. */
  readonly onCommitted?: (() => void) | undefined;
}

const body = z.object({ code: z.string().min(1).max(60) });
const bodyLimit = 1024;

/**
 * `POST /api/device-claims/redeem` gives an installer's device its credential for a claim code, once. Nobody is signed in. A code
 * has 54 secret bits, so nobody finds one by guessing, from however many addresses; after ten wrong ones in ten minutes an address is
 * answered 429, whatever it sends, so that nobody tries at the cost of the others. Each process counts by itself.
 */
export function claimRoutes({ onCommitted, ...options }: ClaimRouteOptions) {
  const failures = createFailureLimit({ most: 10, withinMs: 600_000, now: () => options.clock().getTime() });

  return async (app: FastifyInstance): Promise<void> => {
    acceptJson(app);
    app.post('/api/device-claims/redeem', { bodyLimit }, async (request, reply) => {
      const waitMs = failures.waitMs(request.ip);
      if (waitMs > 0) throw requestErrors.too_many({ seconds: Math.ceil(waitMs / 1000) });
      const { data } = body.safeParse(request.body ?? {});
      if (!data) throw requestErrors.invalid({ field: 'code', problem: 'send { "code": "…" }, at most 60 characters' });
      try {
        const redeemed = await redeemClaim(options, { code: data.code, from: request.ip });
        onCommitted?.();
        return reply.header('cache-control', 'no-store').send(redeemed);
      } catch (error) {
        if (isYunfabError(error) && error.code === 'equipment.claim_unknown') failures.failed(request.ip);
        throw error;
      }
    });
  };
}
