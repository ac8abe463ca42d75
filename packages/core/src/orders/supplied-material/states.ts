import { Decimal } from '../../measure/index.js';
import type { OrderSide } from '../order/states.js';

/** Kinds of the append-only ledger of supplied material; a reversal is an entry of the same kind that names what it takes back. */
export const suppliedKinds = ['sent', 'received', 'used', 'scrapped', 'returned', 'written_off'] as const;
export type SuppliedKind = (typeof suppliedKinds)[number];

/** Which side of the order writes which kind: the buyer provides the material and owns it throughout. */
export const suppliedSides: Readonly<Record<SuppliedKind, OrderSide>> = {
  sent: 'buyer',
  received: 'supplier',
  used: 'supplier',
  scrapped: 'supplier',
  returned: 'supplier',
  written_off: 'buyer',
};

export type SuppliedBalance = Readonly<Record<SuppliedKind, string>>;

/** On its way: sent, and neither there nor written off. */
export const onTheWay = ({ sent, received, written_off }: SuppliedBalance): Decimal =>
  Decimal.max(0, new Decimal(sent).minus(received).minus(written_off));

/** With the supplier and still the buyer's. */
export const withSupplier = ({ sent, received, used, scrapped, returned, written_off }: SuppliedBalance): Decimal =>
  Decimal.max(0, Decimal.min(received, new Decimal(sent).minus(written_off)).minus(used).minus(scrapped).minus(returned));

/** Not accounted for yet: neither used, scrapped, returned nor written off by its owner. */
export const unaccounted = ({ sent, used, scrapped, returned, written_off }: SuppliedBalance): Decimal =>
  new Decimal(sent).minus(used).minus(scrapped).minus(returned).minus(written_off);
