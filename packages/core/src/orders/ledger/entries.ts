import type { OrderSide } from '../order/states.js';

/** Kinds of the append-only ledger; a reversal is an entry of the same kind that names the entry it takes back. */
export const entryKinds = ['ordered', 'allocated', 'produced', 'shipped', 'received', 'accepted', 'rejected'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** Which side writes which kind; row-level security holds the same. */
export const entrySides: Readonly<Record<EntryKind, OrderSide>> = {
  ordered: 'buyer',
  allocated: 'supplier',
  produced: 'supplier',
  shipped: 'supplier',
  received: 'buyer',
  accepted: 'buyer',
  rejected: 'buyer',
};

/** What an entry rests on: a count by a device, a report by a person, or the agreement of both sides itself. */
export const entryEvidence = ['device', 'person', 'agreement'] as const;
export type EntryEvidence = (typeof entryEvidence)[number];
