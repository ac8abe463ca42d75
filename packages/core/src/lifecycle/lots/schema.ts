import { z } from 'zod';
import { idSchema, instantSchema, lineText, organizationRefSchema, pageInput, pageOf, wordsSchema } from '../../commands/index.js';
import { positiveQuantitySchema, sumSchema, unitSchema } from '../../measure/index.js';
import { newIdentifierSchema } from '../identifiers/schema.js';
import { lotStates } from './states.js';

export const lotCodeSchema = lineText(60);

/** One predicate of the release gate, answered: what was asked, whether it holds, why, and on what it rests. */
export const gateFindingSchema = z.object({
  predicate: z.string(),
  predicateWords: wordsSchema,
  holds: z.boolean(),
  words: wordsSchema,
  evidence: z.array(z.object({ kind: z.string(), id: z.string() })),
});
export type GateFinding = z.infer<typeof gateFindingSchema>;

export const lotSchema = z.object({
  id: idSchema,
  /** The maker's own code, unique within the maker. */
  code: z.string(),
  maker: organizationRefSchema,
  /** Whether the asking organization made it. */
  own: z.boolean(),
  version: z.number().int(),
  state: z.enum(lotStates),
  stateWords: wordsSchema,
  unit: unitSchema,
  /** Good units counted into the lot so far. */
  quantity: sumSchema,
  shipped: sumSchema,
  /** Used up by its maker: gone into something else, or scrapped. */
  used: sumSchema,
  /** The engineering item that its units are, when the maker has one. */
  item: idSchema.nullable(),
  createdAt: instantSchema,
  closedAt: instantSchema.nullable(),
  releasedAt: instantSchema.nullable(),
});
export type LotView = z.infer<typeof lotSchema>;

export const lotIdInput = z.object({ lot: idSchema });
export const lotListInput = z.object({ ...pageInput, state: z.enum(lotStates).optional() });
export const lotPageSchema = pageOf(lotSchema);
export const registerLotInput = z.object({
  code: lotCodeSchema,
  quantity: positiveQuantitySchema,
  item: idSchema.optional(),
  /** How it is called: the supplier's batch number, a GTIN. */
  identifiers: z.array(newIdentifierSchema).max(10).default([]),
});

export const releaseCheckSchema = z.object({
  lot: lotSchema,
  /** Every predicate holds and the lot's state allows it. */
  releasable: z.boolean(),
  findings: z.array(gateFindingSchema),
});
export type ReleaseCheck = z.infer<typeof releaseCheckSchema>;

export const releaseInput = z.object({ lot: idSchema, version: z.number().int().positive() });
export const blockInput = z.object({ lot: idSchema, version: z.number().int().positive(), reason: lineText(500) });
export const releasedSchema = z.object({ lot: lotSchema, findings: z.array(gateFindingSchema) });
