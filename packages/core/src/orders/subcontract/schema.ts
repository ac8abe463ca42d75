import { z } from 'zod';
import { dateSchema, idSchema, instantSchema, lineText, organizationRefSchema, wordsSchema } from '../../commands/index.js';
import { lotSchema } from '../../lifecycle/index.js';
import {
  currencySchema,
  nonNegativeDecimalSchema,
  percentSchema,
  positiveDecimalSchema,
  quantitySchema,
  sumSchema,
  unitSchema,
} from '../../measure/index.js';
import { incotermsSchema } from '../order/schema.js';
import { orderStates } from '../order/states.js';

const onOrder = { order: idSchema, version: z.number().int().positive() };
const position = z.number().int().min(1).max(1_000_000);
/** Positions of the routing, both included. */
const operationsSchema = z
  .object({ from: position, to: position })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'must not be before `from`' });
const note = z.string().trim().max(2000);

export const createSubOrderInput = z.object({
  /** The order that your organization supplies, and its line. */
  ...onOrder,
  line: idSchema,
  /** Code of the organization that shall make it. */
  factory: z.string().regex(/^[a-z0-9-]{1,40}$/, 'must be an organization code such as "shanhai"'),
  /** How much of the line, in its unit. */
  quantity: positiveDecimalSchema,
  /** What the sub-order orders in all, when it shall serve other lines, too; `quantity` when left out. */
  orderQuantity: positiveDecimalSchema.optional(),
  /** Which operations; all of them when left out. */
  operations: operationsSchema.optional(),
  /** The operation of a job order of this line that is performed outside: what is accepted becomes the count of the operation. */
  job: z.object({ job: idSchema, operation: idSchema }).optional(),
  /** Per unit, without tax. */
  unitPrice: nonNegativeDecimalSchema,
  currency: currencySchema,
  dueOn: dateSchema,
  /** Read by the subcontractor; those of the line when left out. */
  description: lineText(200).optional(),
  /** Your number of the sub-order; made when left out. */
  ownNumber: lineText(60).optional(),
  taxRate: percentSchema.optional(),
  overTolerance: percentSchema.optional(),
  underTolerance: percentSchema.optional(),
  incoterms: incotermsSchema.optional(),
  paymentDays: z.number().int().min(0).max(365).optional(),
  note: note.optional(),
  privateNote: note.optional(),
});
export type CreateSubOrder = z.output<typeof createSubOrderInput>;

export const allocateInput = z.object({
  ...onOrder,
  line: idSchema,
  /** A line of an order that your organization has placed. */
  subLine: idSchema,
  quantity: positiveDecimalSchema,
  operations: operationsSchema.optional(),
});

export const releaseInput = z.object({
  order: idSchema,
  allocation: idSchema,
  /** All that is not delivered when left out. */
  quantity: positiveDecimalSchema.optional(),
  reason: lineText(500),
});

export const creditInput = z.object({
  /** The sub-order that it was delivered on, and your version of it. */
  ...onOrder,
  shipmentLine: idSchema,
  allocation: idSchema,
  quantity: positiveDecimalSchema,
  /** Ids or serial numbers of the units that go along. */
  units: z.array(z.string().min(1).max(60)).max(5000).optional(),
});

/** The sub-order whose operations end. */
export const endOperationsInput = z.object({ order: idSchema });

export const subcontractOfInput = z.object({ order: idSchema });

const otherOrder = z.object({ id: idSchema, number: z.string(), state: z.enum(orderStates), stateWords: wordsSchema });

export const allocationSchema = z.object({
  id: idSchema,
  line: idSchema,
  factory: organizationRefSchema,
  quantity: sumSchema,
  unit: unitSchema,
  released: sumSchema,
  /** Delivered and taken in. */
  credited: sumSchema,
  operations: z.object({ from: z.number().int(), to: z.number().int() }).nullable(),
  job: z.object({ job: idSchema, operation: idSchema }).nullable(),
  subOrder: otherOrder,
  subLine: idSchema,
  createdAt: instantSchema,
});

/** Who makes what, as the contractor knows it; each list is empty for everybody else. */
export const subcontractSchema = z.object({
  order: idSchema,
  lines: z.array(
    z.object({
      line: idSchema,
      position: z.number().int(),
      description: z.string(),
      allocated: quantitySchema,
      /** With subcontractors, for all operations. */
      subcontracted: sumSchema,
      /** What the contractor makes itself, or has not given away. */
      own: sumSchema,
    }),
  ),
  allocations: z.array(allocationSchema),
  /** Lots that were made of what subcontractors delivered: they ship on the order as those of job orders do. */
  lots: z.array(z.object({ line: idSchema, lot: lotSchema })),
  /** Lines of other orders that this one helps to make. */
  serves: z.array(
    z.object({
      allocation: idSchema,
      order: otherOrder,
      line: idSchema,
      position: z.number().int(),
      description: z.string(),
      subLine: idSchema,
      quantity: sumSchema,
      unit: unitSchema,
      released: sumSchema,
      credited: sumSchema,
      operations: z.object({ from: z.number().int(), to: z.number().int() }).nullable(),
    }),
  ),
});
export type SubcontractView = z.infer<typeof subcontractSchema>;

export const subOrderCreatedSchema = z.object({
  subOrder: z.object({ id: idSchema, number: z.string(), version: z.number().int(), line: idSchema }),
  /** The order that is made, as it stands now. */
  order: z.object({ id: idSchema, version: z.number().int() }),
  allocation: idSchema,
});
export const changedSchema = z.object({ order: z.object({ id: idSchema, version: z.number().int() }), allocation: idSchema });
