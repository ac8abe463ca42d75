import { z } from 'zod';
import { moneySchema, quantitySchema, sumSchema } from '../../measure/index.js';
import { orderStates } from './states.js';

const line = z.uuid();
const move = { number: z.string(), state: z.enum(orderStates), version: z.number().int() };
const moved = { line, quantity: quantitySchema };

/** Every event type of orders with its body; each is on the order's record and read by both sides. */
export const orderEvents = {
  'orders.proposed': z.object({ ...move, supplier: z.string(), total: moneySchema, dueOn: z.string() }),
  'orders.accepted': z.object(move),
  'orders.declined': z.object({ ...move, reason: z.string() }),
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
  }),
  'orders.received': z.object({ ...move, shipment: z.uuid(), lines: z.array(z.object(moved)) }),
  'orders.inspected': z.object({
    ...move,
    lines: z.array(
      z.object({ line, shipmentLine: z.uuid(), accepted: quantitySchema, rejected: quantitySchema, reason: z.string().nullable() }),
    ),
  }),
  'orders.reversed': z.object({ ...move, entry: z.uuid(), kind: z.string(), ...moved, reason: z.string() }),
  'orders.closed': z.object(move),
} as const;

export type OrderEventType = keyof typeof orderEvents;
export type OrderEventBody<Type extends OrderEventType> = z.infer<(typeof orderEvents)[Type]>;
