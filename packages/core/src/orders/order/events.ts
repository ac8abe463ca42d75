import { z } from 'zod';
import { moneySchema, quantitySchema, sumSchema } from '../../measure/index.js';
import { changeKinds, orderSides, orderStates } from './states.js';

const line = z.uuid();
const move = { number: z.string(), state: z.enum(orderStates), version: z.number().int() };
const halt = { side: z.enum(orderSides), reason: z.string() };
const change = { change: z.uuid(), changeNumber: z.number().int(), kind: z.enum(changeKinds) };
const milestone = { milestone: z.uuid(), name: z.string() };
const moved = { line, quantity: quantitySchema };

/** Every event type of orders with its body; each is on the order's record and read by both sides. */
export const orderEvents = {
  'orders.proposed': z.object({ ...move, supplier: z.string(), total: moneySchema, dueOn: z.string() }),
  'orders.accepted': z.object(move),
  'orders.declined': z.object({ ...move, reason: z.string() }),
  /** By its buyer, before it was answered. */
  'orders.revised': z.object({ ...move, total: moneySchema, dueOn: z.string() }),
  'orders.withdrawn': z.object({ ...move, reason: z.string().nullable() }),
  'orders.started': z.object({ ...move, ...moved }),
  /** Coalesced: all good units of the line since the last, with the sum after them. Equipment and tags stay with the supplier. */
  'orders.progressed': z.object({
    number: z.string(),
    lines: z.array(z.object({ ...moved, produced: sumSchema, ordered: sumSchema, byHand: sumSchema })),
  }),
  'orders.shipped': z.object({
    ...move,
    shipment: z.uuid(),
    shipmentNumber: z.string(),
    lines: z.array(z.object({ ...moved, lotCode: z.string() })),
    packages: z.number().int(),
  }),
  'orders.received': z.object({
    ...move,
    shipment: z.uuid(),
    lines: z.array(z.object(moved)),
    differences: z.array(z.object({ difference: z.uuid(), kind: z.string(), reason: z.string().nullable(), ...moved })),
  }),
  'orders.difference_answered': z.object({
    ...move,
    difference: z.uuid(),
    kind: z.string(),
    outcome: z.string(),
    ...moved,
    answer: z.string().nullable(),
  }),
  'orders.inspected': z.object({
    ...move,
    lines: z.array(
      z.object({
        line,
        shipmentLine: z.uuid(),
        accepted: quantitySchema,
        conceded: quantitySchema,
        rejected: quantitySchema,
        reasonCode: z.string().nullable(),
        reason: z.string().nullable(),
        /** Why it was taken although it deviates, and by how many percent it is billed less. */
        concession: z.object({ reason: z.string(), priceReduction: z.string() }).nullable(),
      }),
    ),
  }),
  'orders.returned': z.object({ ...move, reason: z.string(), lines: z.array(z.object({ ...moved, shipmentLine: z.uuid() })) }),
  'orders.reversed': z.object({ ...move, entry: z.uuid(), kind: z.string(), ...moved, reason: z.string() }),
  'orders.closed': z.object(move),
  'orders.held': z.object({ ...move, ...halt }),
  'orders.resumed': z.object({ ...move, side: z.enum(orderSides), note: z.string().nullable() }),
  'orders.disputed': z.object({ ...move, ...halt }),
  'orders.resolved': z.object({ ...move, side: z.enum(orderSides), resolution: z.string() }),
  'orders.change_proposed': z.object({ ...move, ...change, ...halt }),
  'orders.change_accepted': z.object({ ...move, ...change }),
  'orders.change_declined': z.object({ ...move, ...change, reason: z.string() }),
  'orders.change_withdrawn': z.object({ ...move, ...change, reason: z.string().nullable() }),
  'orders.defaulted': z.object({ ...move, reason: z.string() }),
  'orders.milestone_reached': z.object({ ...move, ...milestone, note: z.string().nullable() }),
  'orders.milestone_confirmed': z.object({ ...move, ...milestone }),
  /** Everything that was kept is on confirmed statements. */
  'orders.settled': z.object(move),
} as const;

export type OrderEventType = keyof typeof orderEvents;
export type OrderEventBody<Type extends OrderEventType> = z.infer<(typeof orderEvents)[Type]>;
