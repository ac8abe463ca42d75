import type { Scope } from '../../database/index.js';
import { add, canonical, compare, Decimal, subtract } from '../../measure/index.js';
import { bounded, lineAmount, pricedLine, scheduled } from '../agreement/pricing.js';
import { reduce } from '../ledger/relinquishing.js';
import { enter, insertLines, type LineRow, type LineUpdate, linesOf, updateLine } from '../ledger/repository.js';
import { ordersErrors } from '../order/errors.js';
import { clearSchedule, insertMilestones, insertSchedule, milestonesOf, updateMilestone } from '../order/plan-repository.js';
import type { OrderChange, OrderRow } from '../order/repository.js';
import { changesErrors } from './errors.js';
import type { ChangeTerms, LineChange } from './schema.js';

/**
 * Makes the terms those of the order: lines, schedule, milestones and ledger; what the order itself is to get is returned.
 * Run with the order locked. Errors: `changes.below_shipped`, `orders.amount_too_large`, `orders.schedule_differs`.
 */
export async function applyTerms(
  scope: Scope,
  order: OrderRow,
  lines: readonly LineRow[],
  terms: ChangeTerms,
  reason: string,
): Promise<OrderChange> {
  for (const change of terms.lines ?? []) await applyToLine(scope, order, lineIn(lines, change.line), change, reason);
  await addLines(scope, order, lines.length, terms);
  await insertMilestones(scope, order.id, terms.addMilestones ?? [], (await milestonesOf(scope, order.id)).length);
  for (const { milestone, name, dueOn } of terms.milestones ?? [])
    await updateMilestone(scope, milestone, { ...(name === undefined ? {} : { name }), ...(dueOn === undefined ? {} : { due_on: dueOn }) });
  return {
    ...(await agreedTotals(scope, order)),
    ...(terms.dueOn === undefined ? {} : { due_on: terms.dueOn }),
    ...(terms.incoterms === undefined ? {} : { incoterms: terms.incoterms.rule, incoterms_place: terms.incoterms.place }),
    ...(terms.paymentDays === undefined ? {} : { payment_days: terms.paymentDays }),
  };
}

/** Total and description as the lines are now; a line that was given up counts with what is left of it. */
export async function agreedTotals(scope: Scope, order: OrderRow): Promise<Pick<OrderRow, 'total' | 'description' | 'line_count'>> {
  const lines = await linesOf(scope, [order.id]);
  const amounts = [];
  for (const line of lines) {
    const amount = lineAmount(line.ordered, line.unit_price, order.currency, line.position);
    if (compare(amount, line.amount) !== 0) await updateLine(scope, line.id, { amount });
    amounts.push(amount);
  }
  const standing = lines.filter(({ ordered }) => compare(ordered, '0') > 0);
  return {
    total: bounded(add('0', ...amounts), 'the order', '订单'),
    description: (standing[0] ?? lines[0])?.description ?? order.description,
    line_count: lines.length,
  };
}

/** What of a line cannot be taken back: it left and stays where it went. */
export const least = ({ shipped, rejected, returned }: LineRow): string =>
  canonical(Decimal.max(0, new Decimal(shipped).minus(rejected).minus(returned)));

/** What has left stays within the tolerance that the change leaves. Throws `changes.below_tolerance`. */
export function requireTolerance(line: LineRow, change: Pick<LineChange, 'quantity' | 'overTolerance'>): void {
  const ordered = canonical(change.quantity ?? line.ordered);
  const tolerance = canonical(change.overTolerance ?? line.over_tolerance);
  if (new Decimal(ordered).times(new Decimal(tolerance).plus(100)).lt(new Decimal(least(line)).times(100)))
    throw changesErrors.below_tolerance({ line: line.position, ordered, tolerance, shipped: least(line) });
}

async function applyToLine(scope: Scope, order: OrderRow, line: LineRow, change: LineChange, reason: string): Promise<void> {
  const quantity = change.quantity ?? canonical(line.ordered);
  requireTolerance(line, change);
  await applyQuantity(scope, order, line, quantity, reason);
  const update: LineUpdate = {
    ...(change.description === undefined ? {} : { description: change.description }),
    ...(change.specification === undefined
      ? {}
      : { specification: change.specification, specification_version: line.specification_version + 1 }),
    ...(change.unitPrice === undefined ? {} : { unit_price: canonical(change.unitPrice) }),
    ...(change.dueOn === undefined ? {} : { due_on: change.dueOn }),
    ...(change.taxRate === undefined ? {} : { tax_rate: canonical(change.taxRate) }),
    ...(change.overTolerance === undefined ? {} : { over_tolerance: canonical(change.overTolerance) }),
    ...(change.underTolerance === undefined ? {} : { under_tolerance: canonical(change.underTolerance) }),
  };
  await updateLine(scope, line.id, update);
  if (change.schedule === undefined && change.quantity === undefined) return;
  // A schedule speaks of the whole quantity: with another quantity it stands only if it is given anew.
  await clearSchedule(scope, line.id);
  const schedule = scheduled(change.schedule ?? [], { position: line.position, quantity, unit: line.unit });
  await insertSchedule(scope, order.id, [{ id: line.id, schedule }]);
}

async function applyQuantity(scope: Scope, order: OrderRow, line: LineRow, quantity: string, reason: string): Promise<void> {
  const more = subtract(quantity, line.ordered);
  if (compare(more, '0') === 0) return;
  if (compare(quantity, least(line)) < 0)
    throw changesErrors.below_shipped({ line: line.position, asked: canonical(quantity), least: least(line) });
  if (compare(more, '0') > 0) {
    await updateLine(scope, line.id, { quantity: add(line.quantity, more) });
    const entry = { line: line.id, quantity: more, evidence: 'agreement', reason } as const;
    await enter(scope, order.id, [
      { ...entry, kind: 'ordered' },
      { ...entry, kind: 'allocated' },
    ]);
    return;
  }
  const less = canonical(new Decimal(more).negated());
  await reduce(scope, line, less, reason);
  // A line that is taken out keeps its quantity and says that all of it was given up.
  if (compare(quantity, '0') === 0) await updateLine(scope, line.id, { relinquished: add(line.relinquished, less) });
  else await updateLine(scope, line.id, { quantity: subtract(line.quantity, less) });
}

async function addLines(scope: Scope, order: OrderRow, have: number, { addLines: added = [] }: ChangeTerms): Promise<void> {
  if (added.length === 0) return;
  const lines = added.map((line, index) => pricedLine(line, have + index + 1, order.currency));
  await insertLines(
    scope,
    order.id,
    lines.map(({ schedule: _schedule, ...line }) => line),
  );
  await insertSchedule(scope, order.id, lines);
  await enter(
    scope,
    order.id,
    lines.flatMap(({ id, quantity }) =>
      (['ordered', 'allocated'] as const).map((kind) => ({ line: id, kind, quantity, evidence: 'agreement' as const })),
    ),
  );
}

export function lineIn(lines: readonly LineRow[], id: string): LineRow {
  const line = lines.find((candidate) => candidate.id === id);
  if (!line) throw ordersErrors.line_unknown({ line: id });
  return line;
}
