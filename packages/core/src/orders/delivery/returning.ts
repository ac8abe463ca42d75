import type { z } from 'zod';
import type { Scope } from '../../database/index.js';
import { atField } from '../../errors/index.js';
import { findLots, sendBack } from '../../lifecycle/index.js';
import { add, canonical, Decimal, quantity } from '../../measure/index.js';
import { enter, type LineRow, type ListedShipmentLine, type NewEntry } from '../ledger/repository.js';
import { ordersErrors } from '../order/errors.js';
import { beginMove, finishMove } from '../order/moves.js';
import type { OrderView, returnInput } from '../order/schema.js';
import { kept } from '../order/states.js';
import { takeBackCredit } from '../subcontract/credit.js';
import { deliveredLines, entryOf } from './delivered.js';
import { deliveryErrors } from './errors.js';
import { inUnitOf, lineOf } from './shippable.js';

/**
 * Sends goods back that had been accepted: the ledger says so, the lot and its units go back to the supplier, and both read
 * why. What was billed of them is credited by a statement. Throws `delivery.returns_more`, and lifecycle's errors when the
 * goods are used up or their units are not named.
 */
export async function returnGoods(scope: Scope, input: z.output<typeof returnInput>): Promise<OrderView> {
  const move = await beginMove(scope, input, 'return');
  const rows = await deliveredLines(scope, move.order.id);
  const entries: NewEntry[] = [];
  const told = [];
  for (const [at, given] of input.lines.entries()) {
    const row = rows.get(given.shipmentLine);
    if (!row) throw ordersErrors.shipment_unknown({ shipment: given.shipmentLine, field: `lines.${at}.shipmentLine` });
    const line = lineOf(move, row.line_id);
    const value = atField(`lines.${at}.quantity`, () => {
      const converted = inUnitOf(line, given.quantity, given.unit);
      requireKept(line, row, converted);
      return converted;
    });
    const [lot] = await findLots(scope, [row.lot_id]);
    if (!lot) throw ordersErrors.lot_unknown({ lot: row.lot_id, line: line.position });
    await takeBackCredit(scope, move.order, row, { kind: 'returned', quantity: value, reason: input.reason });
    await atField(`lines.${at}.units`, () =>
      sendBack(scope, lot, { taken: value, receiver: move.order.supplier, units: given.units, reason: input.reason }),
    );
    rows.set(row.id, { ...row, returned: add(row.returned, value) });
    entries.push(entryOf(row, 'returned', value, input.reason));
    told.push({ line: line.id, shipmentLine: row.id, quantity: quantity(value, line.unit) });
  }
  await enter(scope, move.order.id, entries);
  return finishMove(scope, move, 'orders.returned', { reason: input.reason, lines: told });
}

function requireKept(line: LineRow, row: ListedShipmentLine, asked: string): void {
  const left = Decimal.max(0, kept(row));
  if (left.gte(asked)) return;
  const numbers = { accepted: canonical(row.accepted), conceded: canonical(row.conceded), returned: canonical(row.returned) };
  throw deliveryErrors.returns_more({ line: line.position, shipmentLine: row.id, ...numbers, asked, left: canonical(left) });
}
