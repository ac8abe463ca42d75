import type { RecordId, Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { add, canonical, quantity } from '../../measure/index.js';
import type { ProducedUnits, ProgressSink } from '../../production/index.js';
import type { OrderEventBody } from '../order/events.js';
import { lockOrdersOfLines, type OrderRow, orderNumbers, ordersInProgress } from '../order/repository.js';
import { keepOutlooks } from '../outlook/outlook.js';
import { takeBackIssue, useByIssue } from '../supplied-material/issuing.js';
import { allocationsOf, enter, findLines, type LineRow } from './repository.js';

/**
 * How production reaches the ledger: one entry for each line and lot, one `orders.progressed` for each order, however many
 * counts they sum up. An order that is closed hears nothing more; the units stay in the supplier's lots.
 */
export const orderProgress: ProgressSink = {
  lock: lockOrdersOfLines,

  async produced(scope, units) {
    const lineIds = [...new Set(units.map((unit) => unit.orderLine))];
    const lines = new Map((await findLines(scope, lineIds)).map((line) => [line.id, line]));
    const orders = await ordersInProgress(scope, [...new Set([...lines.values()].map((line) => line.order_id))]);
    const allocations = await allocationsOf(scope, lineIds);
    for (const order of orders) {
      const made = units.filter((unit) => lines.get(unit.orderLine)?.order_id === order.id);
      await enter(
        scope,
        order.id,
        made.map(({ orderLine, lot, good, evidence, reason }) => ({
          line: orderLine,
          kind: 'produced',
          quantity: good,
          allocation: allocations.get(orderLine) ?? null,
          lot,
          evidence,
          reason,
        })),
      );
      await progressed(scope, order, made);
    }
  },

  async foresee(scope, outlooks) {
    const lines = await findLines(
      scope,
      outlooks.map(({ orderLine }) => orderLine),
    );
    await keepOutlooks(scope, lines, outlooks);
  },

  issuing: useByIssue,
  takenBack: takeBackIssue,

  numbersOf: orderNumbers,
};

/** Tells both sides how far the lines are after these units. */
export async function progressed(scope: Scope, order: OrderRow, made: readonly ProducedUnits[]): Promise<void> {
  const after = await findLines(scope, [...new Set(made.map((unit) => unit.orderLine))]);
  const body: OrderEventBody<'orders.progressed'> = { number: order.number, lines: after.map((line) => advance(line, made)) };
  await appendEvent(scope, { type: 'orders.progressed', record: order.id as RecordId, body });
}

function advance(line: LineRow, made: readonly ProducedUnits[]) {
  const own = made.filter((unit) => unit.orderLine === line.id);
  const byHand = own.filter((unit) => unit.evidence === 'person');
  return {
    line: line.id,
    quantity: quantity(add(...own.map((unit) => unit.good)), line.unit),
    produced: canonical(line.produced),
    ordered: canonical(line.ordered),
    byHand: add(...byHand.map((unit) => unit.good)),
  };
}
