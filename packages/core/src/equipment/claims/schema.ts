import { z } from 'zod';
import { idSchema, instantSchema, pageInput, pageOf } from '../../commands/index.js';

const deviceCode = z.string().regex(/^[a-z0-9-]{1,40}$/, 'use 1 to 40 of a-z 0-9 -');
const longestLifeS = 30 * 86_400;

export const claimStates = ['open', 'used', 'expired', 'canceled'] as const;

export const createClaimInput = z.object({
  device: deviceCode,
  /** A day unless said, 30 days at most. */
  expiresInS: z.number().int().min(60).max(longestLifeS).default(86_400),
});

export const claimInput = z.object({ claim: idSchema });
export const listClaimsInput = z.object({ ...pageInput, device: deviceCode.optional() });

export const claimView = z.object({
  id: idSchema,
  device: z.string(),
  state: z.enum(claimStates),
  createdAt: instantSchema,
  createdBy: z.string(),
  expiresAt: instantSchema,
  usedAt: instantSchema.nullable(),
  /** The network address from which it was used. */
  usedFrom: z.string().nullable(),
});
export const claimPage = pageOf(claimView);

/** `code` is shown once; a replay of the same command gives null. */
export const claimSecret = claimView.extend({ code: z.string().nullable() });
