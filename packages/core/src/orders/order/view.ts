import { type OrganizationRef, organizationNames, type Words } from '../../access/index.js';
import { requestErrors } from '../../commands/index.js';
import type { OrganizationId, Scope } from '../../database/index.js';
import { add, type Currency, canonical, Decimal, money, priced, quantity } from '../../measure/index.js';
import type { Specification } from '../../production/index.js';
import { entryKinds } from '../ledger/entries.js';
import { type LineRow, type ListedShipmentLine, linesOf, shipmentLinesOf, shipmentsOf } from '../ledger/repository.js';
import type { ListedOrder } from '../listing/repository.js';
import { type OutlookView, outlooksOf } from '../outlook/outlook.js';
import { anyReleasedLot } from '../subcontract/lots.js';
import { anyMaterialOpen } from '../supplied-material/repository.js';
import { isOverdue, wholeDueOn } from './due.js';
import { incotermWords } from './incoterms.js';
import { type MilestoneRow, milestonesOf, type ScheduleRow, scheduleOf } from './plan-repository.js';
import { findOrder, findOwnSide, type OrderRow } from './repository.js';
import type { OrderSummary, OrderView, Progress } from './schema.js';
import { awaitedMove, judge, movesOf, type OrderFacts, type OrderSide } from './states.js';
import { obstacleWords, orderMoveWords, orderStateWords, waitingWords } from './words.js';

type Names = ReadonlyMap<OrganizationId, OrganizationRef>;

/** The order as the asking side sees it; throws `request.not_found` when it is hidden or absent. */
export async function orderView(scope: Scope, id: string): Promise<OrderView> {
  const order = await findOrder(scope, id);
  if (!order) throw requestErrors.not_found({ kind: 'order' });
  return viewOrder(scope, order);
}

export async function viewOrder(scope: Scope, order: OrderRow): Promise<OrderView> {
  const own = await findOwnSide(scope, order.id);
  const lines = await linesOf(scope, [order.id]);
  const names = await organizationNames(scope, [order.buyer, order.supplier]);
  const schedule = await scheduleOf(scope, [order.id]);
  const outlooks = await outlooksOf(scope, order.id, {
    dueOn: (id) => wholeDueOn(order, id, lines, schedule),
    state: order.state === 'on_hold' ? 'held' : awaitsGoods.includes(order.state) ? 'open' : 'over',
  });
  const milestones = await milestonesOf(scope, order.id);
  const facts = {
    ...factsOf(scope, order, lines, schedule),
    ...(await stockOf(scope, order, own?.role)),
    materialOpen: await anyMaterialOpen(scope, order.id),
    milestones: milestones.map(({ reached_at, confirmed_at }) => ({ reached: reached_at !== null, confirmed: confirmed_at !== null })),
  };
  return {
    id: order.id,
    version: order.version,
    state: order.state,
    stateWords: orderStateWords[order.state],
    side: own?.role ?? 'reader',
    number: order.number,
    ownNumber: own?.own_number ?? null,
    privateNote: own?.private_note ?? null,
    buyer: reference(names, order.buyer),
    supplier: reference(names, order.supplier),
    currency: order.currency,
    total: money(order.total, order.currency),
    tax: money(add('0', ...lines.map((line) => taxOf(line, order.currency))), order.currency),
    dueOn: order.due_on,
    incoterms:
      order.incoterms === null
        ? null
        : { rule: order.incoterms, place: order.incoterms_place ?? '', words: incotermWords[order.incoterms] },
    paymentDays: order.payment_days,
    milestones: milestones.map(viewMilestone),
    quote: order.quote_id,
    change: changeOf(order),
    heldBy: order.held_by,
    disputedBy: order.disputed_by,
    note: order.note,
    reason: order.reason,
    proposedAt: order.proposed_at.toISOString(),
    changedAt: order.changed_at.toISOString(),
    lines: lines.map((line) => viewLine(line, order.currency, schedule, outlooks.get(line.id) ?? null)),
    shipments: await viewShipments(scope, order, lines),
    moves: own ? viewMoves(order, own.role, facts) : [],
    waitingFor: waiting(order, facts, own?.role, names),
  };
}

/** What the guards of the transition table look at, as far as both sides know it. */
export function factsOf(scope: Scope, order: OrderRow, lines: readonly LineRow[], schedule: readonly ScheduleRow[]): OrderFacts {
  return {
    lines,
    heldBy: order.held_by,
    disputedBy: order.disputed_by,
    change: order.change_by && order.change_kind ? { by: order.change_by, kind: order.change_kind } : null,
    resumesTo: order.resumes_to,
    termsOpen: order.terms_open,
    overdue: isOverdue(order, lines, schedule, scope.now),
  };
}

/** Only the supplier's own transaction can say whether a released lot waits. */
async function stockOf(scope: Scope, order: OrderRow, side: OrderSide | undefined): Promise<Pick<OrderFacts, 'releasedInStock'>> {
  if (side !== 'supplier' || !judge(order.state, 'ship', 'supplier').allowed) return {};
  return { releasedInStock: await anyReleasedLot(scope, order.id) };
}

function changeOf({ change_id, change_kind, change_by }: OrderRow): OrderView['change'] {
  return change_id && change_kind && change_by ? { id: change_id, kind: change_kind, side: change_by } : null;
}

/** States in which what is made still counts. */
const awaitsGoods: readonly OrderRow['state'][] = ['confirmed', 'in_production', 'in_delivery', 'disputed'];

function viewMilestone(row: MilestoneRow): OrderView['milestones'][number] {
  return {
    id: row.id,
    position: row.position,
    name: row.name,
    dueOn: row.due_on,
    reachedAt: row.reached_at?.toISOString() ?? null,
    reachedNote: row.reached_note,
    confirmedAt: row.confirmed_at?.toISOString() ?? null,
  };
}

const taxOf = ({ amount, tax_rate }: LineRow, currency: Currency): string =>
  priced(amount, canonical(new Decimal(tax_rate).dividedBy(100)), currency).amount;

function viewMoves(order: OrderRow, side: OrderSide, facts: OrderFacts): OrderView['moves'] {
  return movesOf(order.state, side).map((move) => {
    const judged = judge(order.state, move, side, facts);
    const obstacle = judged.allowed || judged.because === 'wrong_side' || judged.because === 'wrong_state' ? null : judged.because;
    const reason = obstacle ? { code: `orders.${obstacle}`, words: obstacleWords[obstacle] } : null;
    return { move, words: orderMoveWords[move], allowed: judged.allowed, reason };
  });
}

function waiting(order: OrderRow, facts: OrderFacts, side: OrderSide | undefined, names: Names): OrderView['waitingFor'] {
  const awaited = awaitedMove(order.state, facts);
  const move = awaited?.move ?? null;
  const mover = awaited?.side ?? null;
  const name: Words = names.get(mover === 'buyer' ? order.buyer : order.supplier)?.name ?? { en: '', zh: '' };
  return { side: mover, move, own: mover !== null && mover === side, words: waitingWords(move, name) };
}

function viewLine(
  line: LineRow,
  currency: string,
  schedule: readonly ScheduleRow[],
  outlook: OutlookView | null,
): OrderView['lines'][number] {
  return {
    id: line.id,
    position: line.position,
    description: line.description,
    specification: line.specification as Specification | null,
    specificationVersion: line.specification_version,
    quantity: quantity(line.quantity, line.unit),
    unitPrice: money(line.unit_price, currency),
    amount: money(line.amount, currency),
    taxRate: canonical(line.tax_rate),
    overTolerance: canonical(line.over_tolerance),
    underTolerance: canonical(line.under_tolerance),
    relinquished: canonical(line.relinquished),
    dueOn: line.due_on,
    schedule: schedule
      .filter((each) => each.line_id === line.id)
      .map((each) => ({ dueOn: each.due_on, quantity: canonical(each.quantity) })),
    progress: progressOf(line),
    outlook,
  };
}

function progressOf(line: LineRow): Progress {
  const sums = Object.fromEntries(entryKinds.map((name) => [name, canonical(line[name])])) as Omit<Progress, 'producedByHand'>;
  return { ...sums, producedByHand: canonical(line.produced_by_hand) };
}

async function viewShipments(scope: Scope, order: OrderRow, lines: readonly LineRow[]): Promise<OrderView['shipments']> {
  const shipments = await shipmentsOf(scope, order.id);
  if (shipments.length === 0) return [];
  const units = new Map(lines.map((line) => [line.id, line.unit]));
  const shipped = await shipmentLinesOf(scope, order.id);
  return shipments.map(({ id, number, note, shipped_at }) => ({
    id,
    number,
    note,
    shippedAt: shipped_at.toISOString(),
    lines: shipped
      .filter((line) => line.shipment_id === id)
      .map((line) => viewShipmentLine(line, units.get(line.line_id) ?? 'H87', order.currency)),
  }));
}

function viewShipmentLine(row: ListedShipmentLine, unit: string, currency: string): OrderView['shipments'][number]['lines'][number] {
  return {
    id: row.id,
    line: row.line_id,
    lot: row.lot_code === null ? null : { id: row.lot_id, code: row.lot_code },
    quantity: quantity(row.quantity, unit),
    unitPrice: money(row.unit_price, currency),
    shipped: canonical(row.shipped),
    received: canonical(row.received),
    accepted: canonical(row.accepted),
    conceded: canonical(row.conceded),
    rejected: canonical(row.rejected),
    returned: canonical(row.returned),
    invoiced: canonical(row.invoiced),
  };
}

/** A page of orders; their lines are read at once. */
export async function summarizeOrders(scope: Scope, orders: readonly ListedOrder[]): Promise<ReadonlyMap<string, OrderSummary>> {
  const lines = await linesOf(
    scope,
    orders.map((order) => order.id),
  );
  const names = await organizationNames(
    scope,
    orders.flatMap((order) => [order.buyer, order.supplier]),
  );
  const byOrder = new Map<string, LineRow[]>();
  for (const line of lines) byOrder.set(line.order_id, [...(byOrder.get(line.order_id) ?? []), line]);
  return new Map(orders.map((order) => [order.id, summarize(scope, order, byOrder.get(order.id) ?? [], names)]));
}

function summarize(scope: Scope, order: ListedOrder, lines: readonly LineRow[], names: Names): OrderSummary {
  return {
    id: order.id,
    version: order.version,
    state: order.state,
    stateWords: orderStateWords[order.state],
    side: order.role,
    number: order.number,
    ownNumber: order.own_number,
    counterparty: reference(names, order.counterparty),
    total: money(order.total, order.currency),
    dueOn: order.due_on,
    changedAt: order.changed_at.toISOString(),
    description: order.description,
    lineCount: order.line_count,
    progress: progressByUnit(lines),
    waitingFor: waiting(order, factsOf(scope, order, lines, []), order.role, names),
  };
}

function progressByUnit(lines: readonly LineRow[]): OrderSummary['progress'] {
  const sums = new Map<string, OrderSummary['progress'][number]>();
  for (const line of lines) {
    const progress = progressOf(line);
    const { unit } = quantity(line.quantity, line.unit);
    const sum = sums.get(unit);
    sums.set(unit, sum ? added(sum, progress) : { unit, ...progress });
  }
  return [...sums.values()];
}

function added(sum: OrderSummary['progress'][number], more: Progress): OrderSummary['progress'][number] {
  const names = Object.keys(more) as (keyof Progress)[];
  return { unit: sum.unit, ...(Object.fromEntries(names.map((name) => [name, add(sum[name], more[name])])) as Progress) };
}

function reference(names: Names, id: OrganizationId): { code: string; name: Words } {
  const organization = names.get(id);
  return { code: organization?.code ?? '', name: organization?.name ?? { en: '', zh: '' } };
}
