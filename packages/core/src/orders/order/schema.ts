import { z } from 'zod';
import {
  dateSchema,
  idSchema,
  instantSchema,
  lineText,
  organizationCodeSchema,
  organizationRefSchema,
  pageInput,
  pageOf,
  versionSchema,
  wordsSchema,
} from '../../commands/index.js';
import { timelineEntrySchema } from '../../events/index.js';
import { lotCodeSchema } from '../../lifecycle/index.js';
import {
  currencySchema,
  decimalSchema,
  moneySchema,
  nonNegativeDecimalSchema,
  percentSchema,
  positiveDecimalSchema,
  positiveQuantitySchema,
  quantitySchema,
  sumSchema,
  unitSchema,
} from '../../measure/index.js';
import { newOperationInput, routingInput, specificationSchema } from '../../production/index.js';
import { receivedLineInput } from '../delivery/differences/schema.js';
import { inspectedLineInput } from '../delivery/inspection/schema.js';
import { packagesInput } from '../delivery/packaging/schema.js';
import { entryEvidence, entryKinds } from '../ledger/entries.js';
import { outlookSchema } from '../outlook/outlook.js';
import { incotermRules } from './incoterms.js';
import { changeKinds, orderMoves, orderSides, orderStates } from './states.js';

const ownNumber = lineText(60);
const note = z.string().trim().max(2000);
/** Names the order and the version that the caller saw. */
export const onOrder = { order: idSchema, version: versionSchema };

/** A rule of Incoterms 2020 with the named place: `{ rule: 'FOB', place: 'Qingdao' }`. */
export const incotermsSchema = z.object({ rule: z.enum(incotermRules), place: lineText(120) });

/** What is agreed of a line, each nothing when left out; percents of the ordered quantity by which more and less are still a fulfilled line. */
export const lineTermsInput = {
  dueOn: dateSchema.optional(),
  /** Of value added tax; prices are without. */
  taxRate: percentSchema.optional(),
  overTolerance: percentSchema.optional(),
  underTolerance: percentSchema.optional(),
  /** When which part is due; together the quantity of the line. */
  schedule: z
    .array(z.object({ dueOn: dateSchema, quantity: positiveDecimalSchema }))
    .max(100)
    .optional(),
};

export const lineInput = z.object({
  description: lineText(200),
  specification: specificationSchema.optional(),
  quantity: positiveQuantitySchema,
  /** Per unit, in the currency of the order. */
  unitPrice: nonNegativeDecimalSchema,
  ...lineTermsInput,
});

export const proposeInput = z.object({
  /** Code of the organization that shall supply. */
  supplier: organizationCodeSchema,
  /** Your own number of this order, unique within your organization; the supplier reads it as the order's number. */
  ownNumber,
  currency: currencySchema,
  dueOn: dateSchema,
  incoterms: incotermsSchema.optional(),
  /** Days from the statement to the payment. */
  paymentDays: z.number().int().min(0).max(365).optional(),
  /** Published contract terms, of your own or of the platform, that the order is proposed under; your side accepts them by it. */
  terms: z.array(idSchema).max(10).optional(),
  /** What shall be reached by when on the way. */
  milestones: z
    .array(z.object({ name: lineText(200), dueOn: dateSchema }))
    .max(50)
    .optional(),
  note: note.optional(),
  /** Read by your own organization only. */
  privateNote: note.optional(),
  lines: z.array(lineInput).min(1).max(200),
});
export type ProposeInput = z.output<typeof proposeInput>;

export const acceptInput = z.object({
  ...onOrder,
  /** The supplier's own number. */ ownNumber: ownNumber.optional(),
  privateNote: note.optional(),
});
export const declineInput = z.object({ ...onOrder, reason: lineText(500) });
export const withdrawInput = z.object({ ...onOrder, reason: lineText(500).optional() });
export const startInput = z
  .object({
    ...onOrder,
    line: idSchema,
    /** The equipment whose counts and runs make this line; left out when people count by hand. */
    equipment: idSchema.optional(),
    /** How much this job order shall make; what is not yet given to a job order when left out. */
    quantity: positiveDecimalSchema.optional(),
    /** The supplier's own codes; made when left out. */
    jobCode: lineText(60).optional(),
    lotCode: lotCodeSchema.optional(),
    /** The operations that make it, one after the other; `equipment` alone means one. */
    operations: z.array(newOperationInput).min(1).max(100).optional(),
    /** Its operations are those of a released revision. */
    routing: routingInput.optional(),
  })
  .refine(({ equipment, operations, routing }) => [equipment, operations, routing].filter((each) => each !== undefined).length <= 1, {
    path: ['operations'],
    message: 'give equipment, operations or routing, one of them',
  });
export const shipInput = z.object({
  ...onOrder,
  /** Delivery note number; made when left out. */
  number: lineText(60).optional(),
  note: note.optional(),
  lines: z
    .array(
      z.object({
        line: idSchema,
        lot: idSchema,
        quantity: positiveDecimalSchema,
        /** Any unit that converts exactly into that of the line; the line's own when left out. */
        unit: unitSchema.optional(),
        /** Ids or serial numbers of the units that go; needed when a lot with serial numbers ships in part. */
        units: z.array(z.string().min(1).max(60)).max(5000).optional(),
      }),
    )
    .min(1)
    .max(200),
  /** In what the goods are packed, all of them; left out when that is not told. */
  ...packagesInput,
});
export const receiveInput = z.object({
  ...onOrder,
  shipment: idSchema,
  note: note.optional(),
  /** What arrived, by line of the shipment; everything still underway and not claimed as missing when left out. */
  lines: z.array(receivedLineInput).min(1).max(200).optional(),
});
export const inspectInput = z.object({ ...onOrder, lines: z.array(inspectedLineInput).min(1).max(200) });
export const returnInput = z.object({
  ...onOrder,
  /** Why the goods go back. */
  reason: lineText(500),
  lines: z
    .array(
      z.object({
        shipmentLine: idSchema,
        quantity: positiveDecimalSchema,
        unit: unitSchema.optional(),
        /** Ids or serial numbers of the units that go back; needed when a lot with serial numbers goes back in part. */
        units: z.array(z.string().min(1).max(60)).max(5000).optional(),
      }),
    )
    .min(1)
    .max(200),
});
export const reverseInput = z.object({
  ...onOrder,
  /** An entry of your own: received, accepted, conceded or rejected. */
  entry: idSchema,
  quantity: positiveDecimalSchema,
  reason: lineText(500),
});
export const closeInput = z.object(onOrder);
export const holdInput = z.object({ ...onOrder, reason: lineText(500) });
export const resumeInput = z.object({ ...onOrder, note: lineText(500).optional() });
export const disputeInput = z.object({ ...onOrder, reason: lineText(2000) });
export const resolveInput = z.object({ ...onOrder, resolution: lineText(2000) });
export const declareDefaultInput = z.object({ ...onOrder, reason: lineText(2000) });
export const reachMilestoneInput = z.object({ ...onOrder, milestone: idSchema, note: lineText(500).optional() });
export const confirmMilestoneInput = z.object({ ...onOrder, milestone: idSchema });
export const settleInput = z.object(onOrder);
export const annotateInput = z.object({ order: idSchema, ownNumber: ownNumber.optional(), privateNote: note.nullable().optional() });
export const orderIdInput = z.object({ order: idSchema });
export const timelineInput = z.object({ ...pageInput, order: idSchema });
export const ledgerInput = z.object({ ...pageInput, order: idSchema, line: idSchema.optional(), kind: z.enum(entryKinds).optional() });

export const progressSchema = z.object({
  ordered: sumSchema,
  allocated: sumSchema,
  produced: sumSchema,
  /** The part of `produced` that a person reported; the rest was counted by devices. */
  producedByHand: sumSchema,
  shipped: sumSchema,
  received: sumSchema,
  accepted: sumSchema,
  /** Taken although it deviates. */
  conceded: sumSchema,
  rejected: sumSchema,
  /** Sent back after it had been accepted. */
  returned: sumSchema,
  invoiced: sumSchema,
});
export type Progress = z.infer<typeof progressSchema>;

export const orderLineSchema = z.object({
  id: idSchema,
  position: z.number().int(),
  description: z.string(),
  specification: specificationSchema.nullable(),
  /** 1, and one more with every accepted change of the specification. */
  specificationVersion: z.number().int(),
  quantity: quantitySchema,
  unitPrice: moneySchema,
  /** Quantity × unit price, rounded to the currency's minor unit. */
  amount: moneySchema,
  taxRate: percentSchema,
  overTolerance: percentSchema,
  underTolerance: percentSchema,
  /** Of the quantity, given up by cancellation, short close or default. */
  relinquished: decimalSchema,
  dueOn: dateSchema.nullable(),
  schedule: z.array(z.object({ dueOn: dateSchema, quantity: decimalSchema })),
  progress: progressSchema,
  /** Null while no job order was made for it. */
  outlook: outlookSchema.nullable(),
});

export const shipmentSchema = z.object({
  id: idSchema,
  number: z.string(),
  note: z.string().nullable(),
  shippedAt: instantSchema,
  lines: z.array(
    z.object({
      id: idSchema,
      line: idSchema,
      /** Null while the asking side may not see the lot. */
      lot: z.object({ id: idSchema, code: z.string() }).nullable(),
      quantity: quantitySchema,
      /** In force when the goods left. */
      unitPrice: moneySchema,
      shipped: sumSchema,
      received: sumSchema,
      accepted: sumSchema,
      conceded: sumSchema,
      rejected: sumSchema,
      returned: sumSchema,
      invoiced: sumSchema,
    }),
  ),
});

export const milestoneSchema = z.object({
  id: idSchema,
  position: z.number().int(),
  name: z.string(),
  dueOn: dateSchema,
  /** Reported by the supplier, then confirmed by the buyer. */
  reachedAt: instantSchema.nullable(),
  reachedNote: z.string().nullable(),
  confirmedAt: instantSchema.nullable(),
});

/** A move that the asking side may make in this state, and when not just now, why. */
export const moveSchema = z.object({
  move: z.enum(orderMoves),
  words: wordsSchema,
  allowed: z.boolean(),
  reason: z.object({ code: z.string(), words: wordsSchema }).nullable(),
});

/** Whose move it is, as a sentence; `own` when it is the asking organization's. */
export const waitingSchema = z.object({
  side: z.enum(orderSides).nullable(),
  move: z.enum(orderMoves).nullable(),
  own: z.boolean(),
  words: wordsSchema,
});

export const orderSchema = z.object({
  id: idSchema,
  /** Grows with every move of either side, not with progress. */
  version: versionSchema,
  state: z.enum(orderStates),
  stateWords: wordsSchema,
  /** The asking organization's side; a reader was granted a look and has no moves. */
  side: z.enum([...orderSides, 'reader']),
  /** The buyer's number, which both sides read. */
  number: z.string(),
  /** The asking organization's own number; null while a supplier has given none. */
  ownNumber: z.string().nullable(),
  privateNote: z.string().nullable(),
  buyer: organizationRefSchema,
  supplier: organizationRefSchema,
  currency: currencySchema,
  /** Without tax. */
  total: moneySchema,
  /** Of all lines, each rounded to the currency's minor unit. */
  tax: moneySchema,
  dueOn: dateSchema,
  incoterms: incotermsSchema.extend({ words: wordsSchema }).nullable(),
  paymentDays: z.number().int().nullable(),
  milestones: z.array(milestoneSchema),
  /** The quote that it was awarded on. */
  quote: idSchema.nullable(),
  /** The change order that waits for an answer. */
  change: z.object({ id: idSchema, kind: z.enum(changeKinds), side: z.enum(orderSides) }).nullable(),
  heldBy: z.enum(orderSides).nullable(),
  disputedBy: z.enum(orderSides).nullable(),
  note: z.string().nullable(),
  /** Why it was declined, withdrawn, held, disputed, canceled or declared in default, whichever came last. */
  reason: z.string().nullable(),
  proposedAt: instantSchema,
  changedAt: instantSchema,
  lines: z.array(orderLineSchema),
  shipments: z.array(shipmentSchema),
  moves: z.array(moveSchema),
  waitingFor: waitingSchema,
});
export type OrderView = z.infer<typeof orderSchema>;

export const startedSchema = z.object({ order: orderSchema, job: idSchema, jobCode: z.string(), lot: idSchema, lotCode: z.string() });

export const orderSummarySchema = z.object({
  id: idSchema,
  version: versionSchema,
  state: z.enum(orderStates),
  stateWords: wordsSchema,
  side: z.enum(orderSides),
  number: z.string(),
  ownNumber: z.string().nullable(),
  counterparty: organizationRefSchema,
  total: moneySchema,
  dueOn: dateSchema,
  changedAt: instantSchema,
  /** First line's description and how many lines there are. */
  description: z.string(),
  lineCount: z.number().int(),
  /** Sums over the lines of each unit. */
  progress: z.array(progressSchema.extend({ unit: unitSchema })),
  waitingFor: waitingSchema,
});
export type OrderSummary = z.infer<typeof orderSummarySchema>;
export const orderPageSchema = pageOf(orderSummarySchema);

export const orderTimelineEntrySchema = timelineEntrySchema.omit({ organization: true, record: true, recordKind: true }).extend({
  words: wordsSchema,
  organization: organizationRefSchema,
});
export const timelinePageSchema = pageOf(orderTimelineEntrySchema);

export const ledgerEntrySchema = z.object({
  id: idSchema,
  line: idSchema,
  kind: z.enum(entryKinds),
  kindWords: wordsSchema,
  /** Signed: a reversal is negative. */
  quantity: quantitySchema,
  /** The entry that this one takes back. */
  reverses: idSchema.nullable(),
  shipmentLine: idSchema.nullable(),
  /** Null while the asking side may not see the lot. */
  lot: z.object({ id: idSchema, code: z.string() }).nullable(),
  evidence: z.enum(entryEvidence),
  organization: organizationRefSchema,
  by: z.string(),
  reason: z.string().nullable(),
  at: instantSchema,
});
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;
export const ledgerPageSchema = pageOf(ledgerEntrySchema);
