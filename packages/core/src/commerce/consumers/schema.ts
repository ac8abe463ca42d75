import { z } from 'zod';
import {
  dateSchema,
  idSchema,
  instantSchema,
  lineText,
  organizationRefSchema,
  pageInput,
  pageOf,
  versionSchema,
  wordsSchema,
} from '../../commands/index.js';
import { moneySchema, nonNegativeDecimalSchema, positiveDecimalSchema, unitSchema } from '../../measure/index.js';
import { specificationSchema } from '../../production/index.js';
import { consumerOrderMoves, consumerOrderStates } from './states.js';

/** By name, as the industry's specification calls them: `{ chest_girth: { value: "96", unit: "CMT" } }`. */
export const measurementsSchema = z.record(
  z.string().regex(/^[a-z][a-z0-9_]{0,40}$/, 'must be a snake_case name such as "chest_girth"'),
  z.object({ value: positiveDecimalSchema, unit: unitSchema }),
);

export const placeConsumerOrderInput = z.object({
  /** Your own number, unique within your organization. */
  number: lineText(60),
  description: lineText(200),
  /** How this one unit is configured. Nothing about the person's body belongs here: that goes under `measurements`. */
  specification: specificationSchema.optional(),
  unit: unitSchema.default('H87'),
  price: z.object({ amount: nonNegativeDecimalSchema, currency: moneySchema.shape.currency }),
  dueOn: dateSchema.optional(),
  person: z.object({
    name: lineText(120),
    email: z.email().max(254).optional(),
    phone: lineText(40).optional(),
    address: lineText(300).optional(),
  }),
  measurements: measurementsSchema.optional(),
  /** What the person agreed to, in the words they were shown. */
  consent: z.object({ text: lineText(2000), givenAt: instantSchema }).optional(),
});

export const consumerOrderIdInput = z.object({ consumerOrder: idSchema });
export const consumerOrderListInput = z.object({
  ...pageInput,
  state: z.enum(consumerOrderStates).optional(),
  /** Those that units of this order are made for. */
  order: idSchema.optional(),
});
export const moveConsumerOrderInput = z
  .object({
    consumerOrder: idSchema,
    version: versionSchema,
    move: z.enum(consumerOrderMoves),
    /** Needed to cancel. */
    reason: lineText(500).optional(),
  })
  .refine(({ move, reason }) => move !== 'cancel' || reason !== undefined, { path: ['reason'], message: 'say why it is canceled' });
export const linkConsumerOrderInput = z
  .object({
    consumerOrder: idSchema,
    version: versionSchema,
    /** The shared order and line that make it, when another organization does. */
    order: idSchema.nullable().optional(),
    orderLine: idSchema.nullable().optional(),
    job: idSchema.nullable().optional(),
    unit: idSchema.nullable().optional(),
  })
  .refine(({ order, orderLine }) => !orderLine || Boolean(order), { path: ['order'], message: 'a line is named together with its order' });
export const withdrawConsumerConsentInput = z.object({ consumerOrder: idSchema, version: versionSchema });

export const consumerOrderSchema = z.object({
  id: idSchema,
  version: versionSchema,
  state: z.enum(consumerOrderStates),
  stateWords: wordsSchema,
  number: z.string(),
  seller: organizationRefSchema,
  description: z.string(),
  specification: specificationSchema.nullable(),
  unit: unitSchema,
  price: moneySchema,
  dueOn: dateSchema.nullable(),
  order: idSchema.nullable(),
  orderLine: idSchema.nullable(),
  job: idSchema.nullable(),
  madeUnit: idSchema.nullable(),
  /** Why it was canceled. */
  reason: z.string().nullable(),
  placedAt: instantSchema,
  changedAt: instantSchema,
  /** Of the selling organization. */
  moves: z.array(z.object({ move: z.enum(consumerOrderMoves), words: wordsSchema })),
});
export type ConsumerOrderView = z.infer<typeof consumerOrderSchema>;
export const consumerOrderPageSchema = pageOf(consumerOrderSchema);

export const consumerPersonSchema = z.object({
  consumerOrder: idSchema,
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  address: z.string().nullable(),
  /** Null when none were given or the consent was withdrawn. */
  measurements: measurementsSchema.nullable(),
  consent: z.object({ text: z.string(), givenAt: instantSchema, withdrawnAt: instantSchema.nullable() }).nullable(),
});
export type ConsumerPerson = z.infer<typeof consumerPersonSchema>;
