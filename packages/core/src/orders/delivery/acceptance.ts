import { canonical, compare, Decimal, quantity, subtract } from '../../measure/index.js';
import { enter, type LineRow, type ListedShipmentLine, type NewEntry, reversibleEntry } from '../ledger/repository.js';
import { ordersErrors } from '../order/errors.js';
import { beginMove, finishMove } from '../order/moves.js';
import { kept, shippable, uninspected } from '../order/states.js';
import type { OrderService } from '../service.js';
import { takeBackCredit } from '../subcontract/credit.js';
import { endOutside } from '../subcontract/outside.js';
import { deliveredLines, entryOf } from './delivered.js';
import { inspect } from './inspection/inspecting.js';
import { receive } from './receiving.js';
import { returnGoods } from './returning.js';
import { lineOf, requireWhole } from './shippable.js';

/** What the buyer does with what arrives. */
export const acceptance: Pick<OrderService, 'receive' | 'inspect' | 'return' | 'reverse' | 'close' | 'settle'> = {
  receive,
  inspect,
  return: returnGoods,

  async reverse(scope, input) {
    const move = await beginMove(scope, input, 'reverse');
    const entry = await reversibleEntry(scope, move.order.id, input.entry);
    const row = entry?.shipment_line_id ? (await deliveredLines(scope, move.order.id)).get(entry.shipment_line_id) : undefined;
    if (!entry || !row) throw ordersErrors.entry_unknown({ entry: input.entry });
    const line = lineOf(move, entry.line_id);
    requireWhole(input.quantity, line);
    const left = mostReversible(subtract(entry.quantity, entry.reversed), entry.kind, row, line);
    if (compare(input.quantity, left) > 0) throw ordersErrors.reverses_more({ entry: entry.id, asked: canonical(input.quantity), left });
    const negative = canonical(new Decimal(input.quantity).negated());
    await takeBackCredit(scope, move.order, row, { kind: entry.kind, quantity: input.quantity, reason: input.reason });
    await enter(scope, move.order.id, [{ ...entryOf(row, entry.kind, negative, input.reason), reverses: entry.id }]);
    return finishMove(scope, move, 'orders.reversed', {
      entry: entry.id,
      kind: entry.kind,
      line: line.id,
      quantity: quantity(input.quantity, line.unit),
      reason: input.reason,
    });
  },

  async close(scope, input) {
    const move = await beginMove(scope, input, 'close');
    await endOutside(scope, move.order);
    return finishMove(scope, move, 'orders.closed', {});
  },

  async settle(scope, input) {
    return finishMove(scope, await beginMove(scope, input, 'settle'), 'orders.settled', {});
  },
};

/** A receipt can be taken back as far as it is not inspected, a rejection as far as its units were not shipped anew. */
function mostReversible(ofEntry: string, kind: NewEntry['kind'], row: ListedShipmentLine, line: LineRow): string {
  const limits: Decimal[] = [new Decimal(ofEntry)];
  if (kind === 'received') limits.push(uninspected(row));
  if (kind === 'rejected') limits.push(shippable(line));
  if (kind === 'accepted' || kind === 'conceded') limits.push(kept(row).minus(row.invoiced));
  return canonical(Decimal.max(0, Decimal.min(...limits)));
}
