import type { Scope } from '../../database/index.js';
import { add, canonical, compare, Decimal } from '../../measure/index.js';
import { owed } from '../order/states.js';
import { type LineRow, takeBack, updateLine } from './repository.js';

/**
 * Gives up a quantity of a line for good (cancellation, short close, default): it is neither ordered nor allocated any more,
 * and the line says how much it was. The caller holds the order's lock.
 */
export async function relinquish(scope: Scope, line: LineRow, quantity: string, reason: string): Promise<void> {
  if (compare(quantity, '0') <= 0) return;
  await reduce(scope, line, quantity, reason);
  await updateLine(scope, line.id, { relinquished: add(line.relinquished, quantity) });
}

/** Takes a quantity out of what is ordered and allocated. */
export async function reduce(scope: Scope, line: LineRow, quantity: string, reason: string): Promise<void> {
  const allocated = canonical(Decimal.min(quantity, line.allocated));
  const taken = { line: line.id, evidence: 'agreement', reason } as const;
  if (compare(allocated, '0') > 0) await takeBack(scope, line.order_id, { ...taken, kind: 'allocated', quantity: allocated });
  await takeBack(scope, line.order_id, { ...taken, kind: 'ordered', quantity });
}

/** What of a line will not be delivered any more when the order ends now; goods underway are not among it. */
export const undelivered = (line: LineRow): string => canonical(Decimal.max(0, owed(line)));
