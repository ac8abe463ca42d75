import { requestErrors } from '../../commands/index.js';
import { compare } from '../../measure/index.js';
import { allocateLines, enter } from '../ledger/repository.js';
import { beginMove, finishMove } from '../order/moves.js';
import { annotateOwnSide, findOrder, findOwnSide } from '../order/repository.js';
import { viewOrder } from '../order/view.js';
import type { OrderPorts, OrderService } from '../service.js';
import { acceptTermsOfOrder } from '../terms/agreement.js';
import { proposeOrder } from './proposing.js';

type Agreement = Pick<OrderService, 'propose' | 'accept' | 'decline' | 'withdraw' | 'annotate'>;

/** How an order comes to be agreed: proposed by the buyer, answered by the supplier. */
export const createAgreement = ({ specifications }: OrderPorts): Agreement => ({
  async propose(scope, input) {
    return viewOrder(scope, await proposeOrder(scope, input, { specifications }));
  },

  async accept(scope, input) {
    const move = await beginMove(scope, input, 'accept');
    await acceptTermsOfOrder(scope, move.order);
    // A line that the buyer took out before has nothing ordered of it.
    const lines = move.lines.filter(({ ordered }) => compare(ordered, '0') > 0);
    const allocations = await allocateLines(scope, move.order.id, lines);
    await enter(
      scope,
      move.order.id,
      lines.map(({ id, ordered }) => ({
        line: id,
        kind: 'allocated',
        quantity: ordered,
        allocation: allocations.get(id) ?? null,
        evidence: 'agreement',
      })),
    );
    await annotateOwnSide(scope, move.order.id, {
      ...(input.ownNumber === undefined ? {} : { own_number: input.ownNumber }),
      ...(input.privateNote === undefined ? {} : { private_note: input.privateNote || null }),
    });
    return finishMove(scope, move, 'orders.accepted', {});
  },

  async decline(scope, input) {
    const move = await beginMove(scope, input, 'decline');
    return finishMove(scope, move, 'orders.declined', { reason: input.reason }, input.reason);
  },

  async withdraw(scope, input) {
    const move = await beginMove(scope, input, 'withdraw');
    const reason = input.reason ?? null;
    return finishMove(scope, move, 'orders.withdrawn', { reason }, reason);
  },

  /** Private to a side: no version, no event, the other side learns nothing. */
  async annotate(scope, input) {
    const order = await findOrder(scope, input.order);
    if (!order || !(await findOwnSide(scope, order.id))) throw requestErrors.not_found({ kind: 'order' });
    await annotateOwnSide(scope, order.id, {
      ...(input.ownNumber === undefined ? {} : { own_number: input.ownNumber }),
      ...(input.privateNote === undefined ? {} : { private_note: input.privateNote || null }),
    });
    return viewOrder(scope, order);
  },
});
