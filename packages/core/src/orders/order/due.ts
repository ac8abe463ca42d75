import { compare, Decimal, dayOf } from '../../measure/index.js';
import type { LineRow } from '../ledger/repository.js';
import type { ScheduleRow } from './plan-repository.js';
import type { OrderRow } from './repository.js';
import { kept } from './states.js';

type DueLine = Pick<LineRow, 'id' | 'due_on' | 'ordered' | 'accepted' | 'conceded' | 'returned' | 'under_tolerance'>;

/** How much of a line should have been accepted before this day, as its schedule, its own day or the order's says. */
export function dueBefore(order: Pick<OrderRow, 'due_on'>, line: DueLine, schedule: readonly ScheduleRow[], day: string): Decimal {
  const parts = schedule.filter((part) => part.line_id === line.id);
  if (parts.length === 0) return new Decimal((line.due_on ?? order.due_on) < day ? line.ordered : 0);
  const passed = parts.filter((part) => part.due_on < day).reduce((sum, part) => sum.plus(part.quantity), new Decimal(0));
  return Decimal.min(passed, line.ordered);
}

/** The day by which all of a line is due. */
export function wholeDueOn(
  order: Pick<OrderRow, 'due_on'>,
  id: string,
  lines: readonly Pick<LineRow, 'id' | 'due_on'>[],
  schedule: readonly ScheduleRow[],
): string {
  const last = schedule
    .filter(({ line_id }) => line_id === id)
    .map(({ due_on }) => due_on)
    .sort()
    .at(-1);
  return last ?? lines.find((line) => line.id === id)?.due_on ?? order.due_on;
}

/** A promised day is over, and of what was due by then less has been accepted than the tolerance allows. */
export function isOverdue(
  order: Pick<OrderRow, 'due_on'>,
  lines: readonly DueLine[],
  schedule: readonly ScheduleRow[],
  now: Date,
): boolean {
  const today = dayOf(now);
  return lines.some((line) => {
    const owed = dueBefore(order, line, schedule, today);
    const least = owed.times(new Decimal(100).minus(line.under_tolerance)).dividedBy(100);
    return compare(owed.toFixed(), '0') > 0 && kept(line).lt(least);
  });
}
