import { newId, type RecordId, type Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { findLots, heldLot, putBackPart, takeParts, unnumberedLeft } from '../../lifecycle/index.js';
import { add, canonical, Decimal, quantity, subtract } from '../../measure/index.js';
import { progressed } from '../ledger/progress.js';
import { enter, findLines, type LineRow, type ListedShipmentLine, type NewEntry } from '../ledger/repository.js';
import { lockOrdersOfLines, type OrderRow, ordersInProgress } from '../order/repository.js';
import { inStock, kept } from '../order/states.js';
import { subcontractErrors } from './errors.js';
import type { SubcontractEventBody } from './events.js';
import { countOutside, requireNotCounted } from './outside.js';
import {
  addCredited,
  allocationsServedBy,
  insertCredit,
  lockAllocationsOfSubLines,
  lockCreditsOf,
  type SubAllocation,
  takeBackOfCredit,
} from './repository.js';

/**
 * What the contractor takes of a sub-order becomes part of the lines that the sub-order serves, the oldest allocation first: a lot
 * of the contractor's own is made of the received one, so that whoever it ships to does not learn where it came from. What is not in
 * stock any more, what is more than is allocated, and units with serial numbers are left for `credit`. The caller holds the lock of
 * the sub-order and has entered the entries.
 */
export async function creditKept(scope: Scope, sub: OrderRow, entries: readonly NewEntry[]): Promise<void> {
  await countOutside(scope, sub, entries);
  const keeping = entries.filter(({ kind, reverses }) => (kind === 'accepted' || kind === 'conceded') && reverses === undefined);
  const allocations = await wholeAllocations(
    scope,
    sub,
    keeping.map(({ line }) => line),
  );
  for (const { line, quantity: value, shipmentLine, lot } of keeping) {
    if (shipmentLine === undefined || !lot) continue;
    let left = new Decimal(value);
    for (const each of allocations.filter(({ allocation }) => allocation.sub_line_id === line)) {
      const free = await unnumberedLeft(scope, lot);
      const part = Decimal.min(left, free, openOf(each.allocation));
      if (part.lte(0)) continue;
      const taken = { shipmentLine, lot, quantity: canonical(part) };
      each.allocation = await creditOne(scope, each, taken);
      left = left.minus(part);
    }
  }
}

/** What is still to come back of an allocation. */
export const openOf = ({ quantity: whole, released, credited }: SubAllocation): Decimal =>
  Decimal.max(0, new Decimal(whole).minus(released).minus(credited));

interface Served {
  allocation: SubAllocation;
  readonly order: OrderRow;
}

/** Allocations of whole lines under the sub-order whose orders are in progress, those orders locked after the sub-order. */
export async function wholeAllocations(scope: Scope, sub: OrderRow, subLines: readonly string[]): Promise<Served[]> {
  if (sub.buyer !== scope.organization || subLines.length === 0) return [];
  const seen = await allocationsServedBy(scope, [sub.id]);
  if (seen.length === 0) return [];
  await lockOrdersOfLines(
    scope,
    seen.map(({ line_id }) => line_id),
  );
  const allocations = (await lockAllocationsOfSubLines(scope, subLines)).filter(({ first_operation }) => first_operation === null);
  const orders = await ordersInProgress(scope, [...new Set(allocations.map(({ order_id }) => order_id))]);
  return allocations.flatMap((allocation) => {
    const order = orders.find(({ id }) => id === allocation.order_id);
    return order ? [{ allocation, order }] : [];
  });
}

export interface TakenIn {
  readonly shipmentLine: string;
  /** The received lot. */
  readonly lot: RecordId;
  readonly quantity: string;
  readonly units?: readonly string[] | undefined;
}

/** Takes goods into a line: a lot of one's own, a `produced` entry, and both sides of the order told how far it is. */
export async function creditOne(scope: Scope, { allocation, order }: Served, taken: TakenIn): Promise<SubAllocation> {
  const [received] = await findLots(scope, [taken.lot]);
  const [part] = received ? await takeParts(scope, received, [{ quantity: taken.quantity, units: taken.units }]) : [];
  if (!part) throw new RangeError(`lot ${taken.lot} of delivery ${taken.shipmentLine} is not held`);
  const entry = newId() as string;
  const produced = { line: allocation.line_id, quantity: taken.quantity, lot: part.id, evidence: 'subcontractor' } as const;
  // Without the allocation: the buyer of the line reads the entry, and `allocation_credit` keeps what it is of.
  await enter(scope, order.id, [{ ...produced, id: entry, kind: 'produced' }]);
  await insertCredit(scope, {
    id: newId(),
    line_id: allocation.line_id,
    allocation_id: allocation.id,
    shipment_line_id: taken.shipmentLine,
    entry_id: entry,
    received_lot_id: taken.lot,
    lot_id: part.id,
    quantity: taken.quantity,
  });
  await addCredited(scope, allocation.id, taken.quantity);
  const made = { orderLine: produced.line, lot: part.id, good: taken.quantity, evidence: 'subcontractor', reason: null } as const;
  await progressed(scope, order, [made]);
  const body: SubcontractEventBody<'subcontract.credited'> = {
    line: allocation.line_id,
    allocation: allocation.id,
    quantity: quantity(taken.quantity, part.unit),
    lot: part.id,
    lotCode: part.code,
  };
  await appendEvent(scope, { type: 'subcontract.credited', record: order.id, private: true, body });
  return { ...allocation, credited: add(allocation.credited, taken.quantity) };
}

interface TakenBack {
  readonly kind: NewEntry['kind'];
  readonly quantity: string;
  readonly reason: string;
}

/**
 * Before goods of a sub-order are no longer the contractor's (an acceptance taken back, goods sent back): what of them was taken
 * into other lines leaves those again and is in the received lot. Call it before the entries are written and before the goods move.
 * Throws `subcontract.credit_used` for what was shipped or used.
 */
export async function takeBackCredit(scope: Scope, sub: OrderRow, row: ListedShipmentLine, { kind, quantity: less, reason }: TakenBack) {
  if (sub.buyer !== scope.organization || (kind !== 'accepted' && kind !== 'conceded' && kind !== 'returned')) return;
  const served = await allocationsServedBy(scope, [sub.id]);
  if (served.length === 0) return;
  await requireNotCounted(scope, served, row, less);
  await lockOrdersOfLines(
    scope,
    served.map(({ line_id }) => line_id),
  );
  await lockAllocationsOfSubLines(scope, [row.line_id]);
  const credits = await lockCreditsOf(scope, row.id);
  const credited = add('0', ...credits.map((credit) => subtract(credit.quantity, credit.taken_back)));
  const needed = new Decimal(credited).minus(kept(row)).plus(less);
  let wanted = needed;
  for (const credit of credits) {
    if (wanted.lte(0)) break;
    const [line] = await findLines(scope, [credit.line_id]);
    const allocation = served.find(({ id }) => id === credit.allocation_id);
    if (!line || !allocation) continue;
    const { left } = await heldLot(scope, credit.lot_id);
    const part = Decimal.min(wanted, subtract(credit.quantity, credit.taken_back), left, inStock(line));
    if (part.lte(0)) continue;
    await takeOutAgain(scope, { credit, line, allocation, quantity: canonical(part), reason });
    wanted = wanted.minus(part);
  }
  if (wanted.gt(0)) throw subcontractErrors.credit_used({ left: canonical(Decimal.max(0, new Decimal(less).minus(wanted))) });
}

async function takeOutAgain(
  scope: Scope,
  {
    credit,
    line,
    allocation,
    quantity: taken,
    reason,
  }: {
    readonly credit: { readonly id: string; readonly entry_id: string; readonly lot_id: RecordId; readonly received_lot_id: RecordId };
    readonly line: LineRow;
    readonly allocation: SubAllocation;
    readonly quantity: string;
    readonly reason: string;
  },
): Promise<void> {
  const negative = canonical(new Decimal(taken).negated());
  // The buyer of the line reads the entry; why it was taken back is between contractor and subcontractor.
  await enter(scope, line.order_id, [
    {
      ...{ line: line.id, kind: 'produced', quantity: negative, evidence: 'subcontractor', reason: takenBackReason },
      ...{ reverses: credit.entry_id, lot: credit.lot_id },
    },
  ]);
  await takeBackOfCredit(scope, credit.id, taken);
  await addCredited(scope, allocation.id, negative);
  await putBackPart(scope, { part: credit.lot_id, source: credit.received_lot_id, quantity: taken });
  const body = { line: line.id, allocation: allocation.id, quantity: quantity(taken, line.unit), reason };
  await appendEvent(scope, { type: 'subcontract.taken_back', record: line.order_id, private: true, body });
}

/** What the entry says to both sides of the order. */
const takenBackReason = 'withdrawn by the supplier 供应方撤回';

/** How much of one delivery may still be taken into lines: kept and not taken in yet. */
export async function creditable(scope: Scope, row: ListedShipmentLine): Promise<string> {
  const credits = await lockCreditsOf(scope, row.id);
  const credited = add('0', ...credits.map((credit) => subtract(credit.quantity, credit.taken_back)));
  return canonical(Decimal.max(0, kept(row).minus(credited)));
}
