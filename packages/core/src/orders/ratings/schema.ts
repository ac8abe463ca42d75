import { z } from 'zod';
import {
  dateSchema,
  idSchema,
  instantSchema,
  organizationCodeSchema,
  organizationRefSchema,
  pageInput,
  pageOf,
  wordsSchema,
} from '../../commands/index.js';
import { decimalSchema } from '../../measure/index.js';
import { orderSides } from '../order/states.js';
import { ratingCriteria, scoreMetrics } from './criteria.js';

const gradeSchema = z.number().int().min(1).max(5);
const text = z.string().trim().min(1).max(2000);
const grades = { delivery: gradeSchema, quality: gradeSchema, communication: gradeSchema };

export const rateInput = z.object({ order: idSchema, ...grades, text: text.optional() });
export const reviseRatingInput = rateInput.extend({
  revision: z.number().int().positive().describe('`revision` that the change was made from'),
});
export const answerRatingInput = z.object({ order: idSchema, reply: text });
export const orderRatingsInput = z.object({ order: idSchema });

const givenSchema = z.object({
  revision: z.number().int(),
  ...grades,
  text: z.string().nullable(),
  by: z.string(),
  at: instantSchema,
});

export const orderRatingsSchema = z.object({
  order: idSchema,
  /** Whether the asking side may rate now, and when not, whether something still has to be accepted first. */
  mayRate: z.boolean(),
  waitsForAcceptance: z.boolean(),
  items: z.array(
    givenSchema.extend({
      /** Who gave it; the other side is rated. */
      side: z.enum(orderSides),
      criteria: z.array(z.object({ criterion: z.enum(ratingCriteria), words: wordsSchema, grade: gradeSchema })),
      ratedAt: instantSchema,
      revisableUntil: instantSchema,
      mayRevise: z.boolean(),
      reply: z.object({ text: z.string(), by: z.string(), at: instantSchema }).nullable(),
      mayAnswer: z.boolean(),
      /** Earlier revisions, newest first. */
      earlier: z.array(givenSchema),
    }),
  ),
});
export type OrderRatingsView = z.infer<typeof orderRatingsSchema>;

/** `until` defaults to today, `since` to 365 days before; days of the platform's calendar (UTC+8). */
const period = { since: dateSchema.optional(), until: dateSchema.optional() };
export const scoreInput = z.object({ supplier: organizationCodeSchema, ...period });
export const scoreEvidenceInput = z.object({ supplier: organizationCodeSchema, metric: z.enum(scoreMetrics), ...period, ...pageInput });

export const scoreSchema = z.object({
  supplier: organizationRefSchema,
  since: dateSchema,
  until: dateSchema,
  /** `own`: of all its orders, asked by the supplier. `bought`: of the orders that the asking organization gave it. */
  of: z.enum(['own', 'bought']),
  metrics: z.array(
    z.object({
      metric: z.enum(scoreMetrics),
      words: wordsSchema,
      rule: wordsSchema,
      /** What was counted: dates due, inspected shipment lines, answered orders. */
      items: z.number().int(),
      /** Sums that `rate` comes from, for each unit: kilograms and pieces do not add. */
      byUnit: z.array(
        z.object({ unit: z.string(), items: z.number().int(), numerator: decimalSchema, denominator: decimalSchema, rate: z.string() }),
      ),
      /** Rates of the units, weighted by their items; to 6 places. Hours for the response time, otherwise 0 to 1. Null when nothing was counted. */
      rate: z.string().nullable(),
    }),
  ),
  /** Opinions, apart from evidence; mean grades to 2 places, null without ratings. */
  ratings: z.object({
    count: z.number().int(),
    delivery: z.string().nullable(),
    quality: z.string().nullable(),
    communication: z.string().nullable(),
  }),
});
export type ScoreView = z.infer<typeof scoreSchema>;

export const scoreItemSchema = z.object({
  at: instantSchema,
  order: z.object({ id: idSchema, number: z.string() }),
  /** Line, shipment line or order. */
  about: idSchema,
  unit: z.string(),
  numerator: z.string(),
  denominator: z.string(),
});
export type ScoreItem = z.infer<typeof scoreItemSchema>;
export const scoreEvidenceSchema = pageOf(scoreItemSchema);

export const publishedScoreInput = z.object({ supplier: organizationCodeSchema });
export const publishedScoreSchema = z.object({
  supplier: organizationRefSchema,
  /** Null while fewer than `leastOrders` finished or rated orders of `leastBuyers` buyers stand behind it. */
  score: z
    .object({
      since: dateSchema,
      until: dateSchema,
      /** At least so many. */
      orders: z.number().int(),
      buyers: z.number().int(),
      onTimePercent: z.number().int().nullable(),
      acceptedPercent: z.number().int().nullable(),
      rejectedPpm: z.number().int().nullable(),
      responseHours: z.number().int().nullable(),
      delivery: z.string().nullable(),
      quality: z.string().nullable(),
      communication: z.string().nullable(),
      publishedAt: instantSchema,
    })
    .nullable(),
  leastOrders: z.number().int(),
  leastBuyers: z.number().int(),
});
export type PublishedScoreView = z.infer<typeof publishedScoreSchema>;
