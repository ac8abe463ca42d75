import { add, compare, dayOf, daysAfter } from '../../measure/index.js';
import type { StatementLineRow, StatementRow } from './repository.js';

type Due = Pick<StatementLineRow, 'payment_days' | 'gross'>;

/** When a line has to be paid: so many days after both sides confirmed the statement; null before. */
export const lineDueOn = (
  { payment_days }: Pick<Due, 'payment_days'>,
  { confirmed_at }: Pick<StatementRow, 'confirmed_at'>,
): string | null => (confirmed_at === null ? null : daysAfter(dayOf(confirmed_at), payment_days));

/** What has to be paid on which day, the earliest first; empty before the statement is confirmed. */
export function duesOf(
  kept: readonly Due[],
  statement: Pick<StatementRow, 'confirmed_at'>,
): { readonly dueOn: string; readonly amount: string }[] {
  const sums = new Map<string, string>();
  for (const line of kept) {
    const day = lineDueOn(line, statement);
    if (day !== null) sums.set(day, add(sums.get(day) ?? '0', line.gross));
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([dueOn, amount]) => ({ dueOn, amount }));
}

/** The first day on which money is due; where nothing is, the first day at all. */
export function firstDueOn(kept: readonly Due[], confirmedAt: Date): string {
  const dues = duesOf(kept, { confirmed_at: confirmedAt });
  return (dues.find(({ amount }) => compare(amount, '0') > 0) ?? dues[0])?.dueOn ?? dayOf(confirmedAt);
}
