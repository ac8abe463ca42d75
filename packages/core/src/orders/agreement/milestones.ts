import type { Scope } from '../../database/index.js';
import { ordersErrors } from '../order/errors.js';
import { beginMove, finishMove, type OpenMove } from '../order/moves.js';
import { type MilestoneRow, milestonesOf, updateMilestone } from '../order/plan-repository.js';
import type { OrderService } from '../service.js';

/** What is reached on the way: the supplier reports it, the buyer confirms. */
export const milestones: Pick<OrderService, 'reachMilestone' | 'confirmMilestone'> = {
  async reachMilestone(scope, input) {
    const move = await beginMove(scope, input, 'reach_milestone');
    const milestone = await milestoneIn(scope, move, input.milestone, (row) => row.reached_at === null);
    await updateMilestone(scope, milestone.id, { reached_at: scope.now, reached_note: input.note ?? null });
    const body = { milestone: milestone.id, name: milestone.name, note: input.note ?? null };
    return finishMove(scope, move, 'orders.milestone_reached', body);
  },

  async confirmMilestone(scope, input) {
    const move = await beginMove(scope, input, 'confirm_milestone');
    const milestone = await milestoneIn(scope, move, input.milestone, (row) => row.reached_at !== null && row.confirmed_at === null);
    await updateMilestone(scope, milestone.id, { confirmed_at: scope.now });
    return finishMove(scope, move, 'orders.milestone_confirmed', { milestone: milestone.id, name: milestone.name });
  },
};

async function milestoneIn(scope: Scope, { order }: OpenMove, id: string, fits: (row: MilestoneRow) => boolean): Promise<MilestoneRow> {
  const milestone = (await milestonesOf(scope, order.id)).find((row) => row.id === id && fits(row));
  if (!milestone) throw ordersErrors.milestone_unknown({ milestone: id });
  return milestone;
}
