import type { RecordId, Scope } from '../../database/index.js';
import { type Currency, canonical, compare, Decimal, dayOf } from '../../measure/index.js';
import { type Amounts, pricedLine, withTax } from './amounts.js';
import {
  type Account,
  type BillableLine,
  type BilledLine,
  billableLines,
  billedLinesOf,
  type EvidenceEntry,
  evidenceOf,
  lockOrders,
} from './evidence-repository.js';

/** What the evidence says one line of a statement may state. */
export interface CollectedLine extends Amounts {
  readonly kind: 'goods' | 'credit';
  readonly shipment: BillableLine;
  readonly acceptedAs: 'accepted' | 'conceded';
  readonly reduction: string;
  /** Negative for a credit. */
  readonly quantity: string;
  /** Day of the latest entry that it rests on. */
  readonly acceptedOn: string | null;
  readonly basis: readonly string[];
  /** Of a credit: the line that billed the goods. */
  readonly credits: string | null;
}

/** Units of one shipment line at one price. */
interface PriceClass {
  readonly acceptedAs: 'accepted' | 'conceded';
  readonly reduction: string;
  readonly entries: EvidenceEntry[];
}

/** The same place in two collections: a shipment line at a price, or the line that is credited. */
export const placeOf = ({ kind, shipmentLine, reduction, acceptedAs, credits }: Place): string =>
  kind === 'credit' ? `credit ${credits}` : `goods ${shipmentLine} ${acceptedAs} ${canonical(reduction)}`;

export interface Place {
  readonly kind: string;
  readonly shipmentLine: string | null;
  readonly acceptedAs: string | null;
  readonly reduction: string;
  readonly credits: string | null;
}

export const placeOfCollected = ({ kind, shipment, acceptedAs, reduction, credits }: CollectedLine): string =>
  placeOf({ kind, shipmentLine: shipment.shipment_line, acceptedAs, reduction, credits });

export interface Collecting {
  /** The last day that counts. */
  readonly to: string;
  /** The open statement that asks; what others hold is left out. */
  readonly statement: RecordId | null;
  /** Only these orders, all of which are locked; every order with something to bill when left out. */
  readonly orders?: readonly RecordId[];
}

/**
 * Everything accepted or conceded up to the day and not yet billed, and credits for what was billed and then returned;
 * computed under the locks of all orders concerned, so that it stands until the transaction ends.
 */
export async function collect(scope: Scope, account: Account, { to, statement, orders }: Collecting): Promise<CollectedLine[]> {
  const locked = new Set(orders ?? (await billableLines(scope, account, { besides: statement })).map(({ order_id }) => order_id));
  await lockOrders(scope, [...locked]);
  // Read after the locks: an order may have moved before they were ours.
  const lines = (await billableLines(scope, account, { besides: statement })).filter(({ order_id }) => locked.has(order_id));
  const ids = lines.map(({ shipment_line }) => shipment_line);
  const evidence = grouped(await evidenceOf(scope, ids));
  const billed = grouped(await billedLinesOf(scope, ids));
  return lines.flatMap((line) =>
    ofShipmentLine(line, evidence.get(line.shipment_line) ?? [], billed.get(line.shipment_line) ?? [], { to, currency: account.currency }),
  );
}

/**
 * Pure: the lines that one shipment line gives. What was returned is taken from what was accepted first, then from
 * concessions, the latest first; what was billed, from the oldest entries.
 */
export function ofShipmentLine(
  shipment: BillableLine,
  evidence: readonly EvidenceEntry[],
  billed: readonly BilledLine[],
  { to, currency }: { readonly to: string; readonly currency: Currency },
): CollectedLine[] {
  const inPeriod = ({ entered_at }: EvidenceEntry) => dayOf(entered_at) <= to;
  const returns = evidence.filter(({ kind }) => kind === 'returned');
  const classes = classesOf(evidence, billed);
  const returnedNow = attributed(totalOf(returns), classes);
  const returnedByThen = attributed(totalOf(returns.filter(inPeriod)), classes);
  const credits = classes.flatMap((each) => {
    const ofClass = billed.filter((line) => line.accepted_as === each.acceptedAs && compare(line.price_reduction, each.reduction) === 0);
    const kept = totalOf(each.entries).minus(returnedByThen.get(each) ?? 0);
    const owed = sumLeft(ofClass).minus(kept);
    return owed.gt(0) ? creditsOf(owed, { shipment, each, billed: ofClass, returns: returns.filter(inPeriod), currency }) : [];
  });
  const credited = credits.reduce((sum, { quantity }) => sum.minus(quantity), new Decimal(0));
  let room = new Decimal(shipment.kept).minus(shipment.invoiced).plus(credited);
  const goods = classes.flatMap((each) => {
    const ofClass = billed.filter((line) => line.accepted_as === each.acceptedAs && compare(line.price_reduction, each.reduction) === 0);
    const alreadyBilled = sumLeft(ofClass);
    const free = totalOf(each.entries.filter(inPeriod))
      .minus(returnedNow.get(each) ?? 0)
      .minus(alreadyBilled);
    const quantity = Decimal.min(free, room);
    if (quantity.lte(0)) return [];
    room = room.minus(quantity);
    return [goodsOf(quantity, { shipment, each, alreadyBilled, inPeriod, currency })];
  });
  return [...goods, ...credits];
}

/** Accepted units first; then concessions by their reduction, the latest first. */
function classesOf(evidence: readonly EvidenceEntry[], billed: readonly BilledLine[]): PriceClass[] {
  const classes = new Map<string, PriceClass>();
  const of = (acceptedAs: 'accepted' | 'conceded', reduction: string) => {
    const key = `${acceptedAs} ${canonical(reduction)}`;
    const found = classes.get(key) ?? { acceptedAs, reduction: canonical(reduction), entries: [] };
    classes.set(key, found);
    return found;
  };
  for (const entry of evidence) if (entry.kind === 'accepted') of('accepted', '0').entries.push(entry);
  for (const entry of evidence.toReversed()) if (entry.kind === 'conceded') of('conceded', entry.reduction).entries.unshift(entry);
  // What was billed and has no evidence left is credited.
  for (const line of billed) of(line.accepted_as, line.price_reduction);
  return [...classes.values()];
}

function attributed(returned: Decimal, classes: readonly PriceClass[]): Map<PriceClass, Decimal> {
  let left = returned;
  return new Map(
    classes.map((each) => {
      const part = Decimal.min(left, totalOf(each.entries));
      left = left.minus(part);
      return [each, part];
    }),
  );
}

interface ForGoods {
  readonly shipment: BillableLine;
  readonly each: PriceClass;
  readonly alreadyBilled: Decimal;
  readonly inPeriod: (entry: EvidenceEntry) => boolean;
  readonly currency: Currency;
}

function goodsOf(quantity: Decimal, { shipment, each, alreadyBilled, inPeriod, currency }: ForGoods): CollectedLine {
  const entries = restingOn(each.entries.filter(inPeriod), alreadyBilled, quantity);
  const value = canonical(quantity);
  return {
    kind: 'goods',
    shipment,
    acceptedAs: each.acceptedAs,
    reduction: each.reduction,
    quantity: value,
    acceptedOn: lastDay(entries),
    basis: entries.map(({ id }) => id),
    credits: null,
    ...pricedLine({ quantity: value, unitPrice: shipment.unit_price, reduction: each.reduction, taxRate: shipment.tax_rate }, currency),
  };
}

/** The oldest entries after those that were billed, until they cover the quantity. */
function restingOn(entries: readonly EvidenceEntry[], skipped: Decimal, quantity: Decimal): EvidenceEntry[] {
  let skip = skipped;
  let wanted = quantity;
  return entries.filter(({ left }) => {
    const free = Decimal.max(0, new Decimal(left).minus(skip));
    skip = Decimal.max(0, skip.minus(left));
    const rests = free.gt(0) && wanted.gt(0);
    wanted = wanted.minus(free);
    return rests;
  });
}

interface ForCredits {
  readonly shipment: BillableLine;
  readonly each: PriceClass;
  readonly billed: readonly BilledLine[];
  readonly returns: readonly EvidenceEntry[];
  readonly currency: Currency;
}

/** One credit for each line that billed what came back, the latest first, at its price and tax; a line that is credited whole, to the cent. */
function creditsOf(owed: Decimal, { shipment, each, billed, returns, currency }: ForCredits): CollectedLine[] {
  let left = owed;
  const credits: CollectedLine[] = [];
  for (const line of billed.toReversed()) {
    const quantity = Decimal.min(left, line.quantity_left);
    if (quantity.lte(0)) continue;
    left = left.minus(quantity);
    const value = canonical(quantity.negated());
    const priced = pricedLine({ quantity: value, unitPrice: line.unit_price, reduction: each.reduction, taxRate: line.tax_rate }, currency);
    const whole = quantity.eq(line.quantity_left);
    const net = canonical(new Decimal(line.net_left).negated());
    const tax = canonical(new Decimal(line.tax_left).negated());
    credits.push({
      kind: 'credit',
      shipment: { ...shipment, unit_price: line.unit_price },
      acceptedAs: each.acceptedAs,
      reduction: each.reduction,
      quantity: value,
      acceptedOn: lastDay(returns),
      basis: returns.map(({ id }) => id),
      credits: line.id,
      ...(whole ? { ...withTax(net, line.tax_rate, currency), tax, gross: canonical(new Decimal(net).plus(tax)) } : priced),
    });
  }
  return credits;
}

const lastDay = (entries: readonly EvidenceEntry[]): string | null => {
  const last = entries.at(-1);
  return last ? dayOf(last.entered_at) : null;
};

const totalOf = (entries: readonly EvidenceEntry[]): Decimal => entries.reduce((sum, { left }) => sum.plus(left), new Decimal(0));
const sumLeft = (lines: readonly BilledLine[]): Decimal =>
  lines.reduce((sum, { quantity_left }) => sum.plus(quantity_left), new Decimal(0));

function grouped<Row extends { readonly shipment_line: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.shipment_line, [...(groups.get(row.shipment_line) ?? []), row]);
  return groups;
}
