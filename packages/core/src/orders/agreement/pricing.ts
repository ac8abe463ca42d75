import { newId } from '../../database/index.js';
import { add, type Currency, canonical, compare, decimalSchema, fitsUnit, priced } from '../../measure/index.js';
import type { NewLine } from '../ledger/repository.js';
import { ordersErrors } from '../order/errors.js';
import type { Scheduled } from '../order/plan-repository.js';
import type { ProposeInput } from '../order/schema.js';

export type LineInput = ProposeInput['lines'][number];
export type PricedLine = NewLine & { readonly schedule: readonly Scheduled[] };

/**
 * A line as it stands in the order: its amount computed here, its schedule adding up to its quantity.
 * Throws `orders.amount_too_large`, `orders.schedule_differs`, `orders.schedule_day_twice`, `orders.not_whole`.
 */
export function pricedLine(line: LineInput, position: number, currency: Currency): PricedLine {
  const { value, unit } = line.quantity;
  return {
    id: newId(),
    position,
    description: line.description,
    specification: line.specification ?? null,
    unit,
    quantity: canonical(value),
    unit_price: canonical(line.unitPrice),
    amount: lineAmount(value, line.unitPrice, currency, position),
    due_on: line.dueOn ?? null,
    tax_rate: canonical(line.taxRate ?? '0'),
    over_tolerance: canonical(line.overTolerance ?? '0'),
    under_tolerance: canonical(line.underTolerance ?? '0'),
    schedule: scheduled(line.schedule ?? [], { position, quantity: value, unit }),
  };
}

export function lineAmount(quantity: string, unitPrice: string, currency: Currency, position: number): string {
  return bounded(priced(quantity, unitPrice, currency).amount, `line ${position}`, `第 ${position} 行`);
}

/** A decimal that the wire can carry, or `orders.amount_too_large`. */
export function bounded(amount: string, whatEn: string, whatZh: string): string {
  if (!decimalSchema.safeParse(amount).success) throw ordersErrors.amount_too_large({ amount, whatEn, whatZh });
  return amount;
}

export function scheduled(
  schedule: readonly Scheduled[],
  { position, quantity, unit }: { readonly position: number; readonly quantity: string; readonly unit: string },
): Scheduled[] {
  if (schedule.length === 0) return [];
  const days = new Set(schedule.map(({ dueOn }) => dueOn));
  if (days.size < schedule.length) throw ordersErrors.schedule_day_twice({ line: position });
  for (const { quantity: part } of schedule) if (!fitsUnit(part, unit)) throw ordersErrors.not_whole({ value: part, unit });
  const sum = add(...schedule.map((each) => each.quantity));
  if (compare(sum, quantity) !== 0) throw ordersErrors.schedule_differs({ line: position, sum, quantity: canonical(quantity) });
  return schedule.map(({ dueOn, quantity: part }) => ({ dueOn, quantity: canonical(part) }));
}
