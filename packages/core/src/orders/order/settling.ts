import type { Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { compare } from '../../measure/index.js';
import { linesOf } from '../ledger/repository.js';
import { moveOrder, type OrderRow } from './repository.js';
import { judge } from './states.js';

/** Settles a closed order of which something is billed and nothing kept is unbilled; the caller holds its lock. */
export async function settleWhenBilled(scope: Scope, order: OrderRow): Promise<OrderRow> {
  if (order.state !== 'closed') return order;
  const lines = await linesOf(scope, [order.id]);
  const side = order.buyer === scope.organization ? 'buyer' : 'supplier';
  const judged = judge(order.state, 'settle', side, { lines });
  if (!judged.allowed || lines.every(({ invoiced }) => compare(invoiced, '0') === 0)) return order;
  const settled = await moveOrder(scope, order, { state: judged.next });
  const { id, number, state, version } = settled;
  await appendEvent(scope, { type: 'orders.settled', record: id, body: { number, state, version } });
  return settled;
}
