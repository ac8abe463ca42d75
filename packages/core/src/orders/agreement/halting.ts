import { beginMove, finishMove } from '../order/moves.js';
import type { OrderService } from '../service.js';

/** How an order stands still: put on hold, or in dispute; whoever stopped it lets it go on. */
export const halting: Pick<OrderService, 'hold' | 'resume' | 'dispute' | 'resolve'> = {
  async hold(scope, input) {
    const move = await beginMove(scope, input, 'hold');
    const body = { side: move.side, reason: input.reason };
    return finishMove(scope, move, 'orders.held', body, input.reason, { held_by: move.side, resumes_to: move.order.state });
  },

  async resume(scope, input) {
    const move = await beginMove(scope, input, 'resume');
    return finishMove(scope, move, 'orders.resumed', { side: move.side, note: input.note ?? null });
  },

  async dispute(scope, input) {
    const move = await beginMove(scope, input, 'dispute');
    const body = { side: move.side, reason: input.reason };
    return finishMove(scope, move, 'orders.disputed', body, input.reason, { disputed_by: move.side, resumes_to: move.order.state });
  },

  async resolve(scope, input) {
    const move = await beginMove(scope, input, 'resolve');
    return finishMove(scope, move, 'orders.resolved', { side: move.side, resolution: input.resolution });
  },
};
