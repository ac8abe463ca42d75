import type { OrderSide } from '../order/states.js';

/** Kinds of the append-only ledger; a reversal is an entry of the same kind that names the entry it takes back. */
export const entryKinds = [
  'ordered',
  'allocated',
  'produced',
  'shipped',
  'received',
  'accepted',
  'conceded',
  'rejected',
  'returned',
  'invoiced',
] as const;
export type EntryKind = (typeof entryKinds)[number];

/** Those that are about goods of one shipment line. */
export const shipmentEntryKinds = ['shipped', 'received', 'accepted', 'conceded', 'rejected', 'returned', 'invoiced'] as const;

/** Which side writes which kind; `either` for what both agreed, written by whoever agreed last. Row-level security holds the same. */
export const entrySides: Readonly<Record<EntryKind, OrderSide | 'either'>> = {
  ordered: 'either',
  allocated: 'either',
  produced: 'supplier',
  shipped: 'supplier',
  received: 'buyer',
  accepted: 'buyer',
  conceded: 'buyer',
  rejected: 'buyer',
  returned: 'buyer',
  invoiced: 'either',
};

/** What an entry rests on: a count by a device, a report by a person, what a subcontractor delivered, or the agreement of both sides itself. */
export const entryEvidence = ['device', 'person', 'subcontractor', 'agreement'] as const;
export type EntryEvidence = (typeof entryEvidence)[number];
