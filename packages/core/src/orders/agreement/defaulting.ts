import { agreedTotals } from '../changes/applying.js';
import { relinquish, undelivered } from '../ledger/relinquishing.js';
import { beginMove, finishMove } from '../order/moves.js';
import type { OrderService } from '../service.js';

/** How an order ends that the supplier did not keep: what is not delivered is given up, and may be awarded anew. */
export const defaulting: Pick<OrderService, 'declareDefault'> = {
  async declareDefault(scope, input) {
    const move = await beginMove(scope, input, 'declare_default');
    for (const line of move.lines) await relinquish(scope, line, undelivered(line), input.reason);
    const totals = await agreedTotals(scope, move.order);
    return finishMove(scope, move, 'orders.defaulted', { reason: input.reason }, input.reason, totals);
  },
};
