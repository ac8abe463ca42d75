import { z } from 'zod';
import { idSchema, instantSchema, wordsSchema } from '../../../commands/index.js';
import { quantitySchema, sumSchema } from '../../../measure/index.js';
import { differenceSchema } from '../differences/schema.js';
import { inspectionSchema } from '../inspection/schema.js';
import { packageSchema } from '../packaging/schema.js';

export const shipmentInput = z.object({ order: idSchema, shipment: idSchema });

const lineSchema = z.object({
  id: idSchema,
  line: idSchema,
  position: z.number().int(),
  description: z.string(),
  /** Null while the asking side may not see the lot. */
  lot: z.object({ id: idSchema, code: z.string() }).nullable(),
  /** As the delivery note says. */
  quantity: quantitySchema,
  /** Less what both sides agree did not leave or arrive. */
  shipped: sumSchema,
  received: sumSchema,
  /** Claimed as missing, and not settled. */
  claimed: sumSchema,
  accepted: sumSchema,
  conceded: sumSchema,
  rejected: sumSchema,
  returned: sumSchema,
  /** The acknowledged surplus that this line ships. */
  corrects: idSchema.nullable(),
});

/** Everything both sides know of one delivery. */
export const shipmentDetailSchema = z.object({
  id: idSchema,
  order: idSchema,
  orderNumber: z.string(),
  number: z.string(),
  note: z.string().nullable(),
  shippedAt: instantSchema,
  lines: z.array(lineSchema),
  packages: z.array(packageSchema),
  differences: z.array(differenceSchema),
  inspections: z.array(inspectionSchema),
});
export type ShipmentDetail = z.infer<typeof shipmentDetailSchema>;

const company = z.object({ name: wordsSchema, registration: z.string() });

/** What delivery note and packing list print; the server renders them as PDF. */
export const shipmentPaperSchema = z.object({
  number: z.string(),
  shippedAt: instantSchema,
  /** The day of that in the supplier's time zone. */
  shippedOn: z.string(),
  supplier: company,
  buyer: company,
  order: z.string(),
  incoterms: z.string().nullable(),
  note: z.string().nullable(),
  totals: z.array(quantitySchema.extend({ words: wordsSchema })),
  packageCount: z.number().int(),
  /** Sums over the outermost packages; null when one of them is not weighed. */
  grossKg: z.string().nullable(),
  netKg: z.string().nullable(),
  lines: z.array(
    z.object({
      shipmentLine: idSchema,
      position: z.number().int(),
      description: z.string(),
      lot: z.string().nullable(),
      quantity: z.string(),
      unit: wordsSchema,
      ordered: sumSchema,
      /** Of the order's line, with this shipment and all before it. */
      shippedToDate: sumSchema,
    }),
  ),
  packages: z.array(packageSchema),
});
export type ShipmentPaper = z.infer<typeof shipmentPaperSchema>;
