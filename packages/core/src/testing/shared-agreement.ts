import { randomUUID } from 'node:crypto';
import type { Probe } from './visibility-matrix.js';

/** How strangers ask about changing and halting an order that is not theirs. */
export function agreementProbes(
  onOrder: { readonly order: string; readonly version: number },
  aboutOrder: Pick<Probe, 'ids'>,
): Readonly<Record<string, Probe>> {
  const { order } = onOrder;
  const onChange = { ...onOrder, change: randomUUID() };
  const ask = (input: object): Probe => ({ input: { ...onOrder, ...input }, ...aboutOrder });
  return {
    'orders.hold': ask({ reason: 'x' }),
    'orders.resume': ask({}),
    'orders.dispute': ask({ reason: 'x' }),
    'orders.resolve': ask({ resolution: 'x' }),
    'orders.declareDefault': ask({ reason: 'x' }),
    'orders.reachMilestone': ask({ milestone: randomUUID() }),
    'orders.confirmMilestone': ask({ milestone: randomUUID() }),
    'orders.changes.propose': ask({ reason: 'x', terms: { dueOn: '2030-01-01' } }),
    'orders.changes.proposeEnd': ask({ kind: 'cancellation', reason: 'x' }),
    'orders.changes.accept': ask(onChange),
    'orders.changes.decline': ask({ ...onChange, reason: 'x' }),
    'orders.changes.withdraw': ask(onChange),
    'orders.changes.list': { input: { order }, ...aboutOrder, granted: true },
  };
}
