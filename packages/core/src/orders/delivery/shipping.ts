import type { z } from 'zod';
import { newId, type RecordId, type Scope } from '../../database/index.js';
import { type LotRow, lockLots, shipFromLot } from '../../lifecycle/index.js';
import { add, canonical, compare, Decimal, fitsUnit, quantity, subtract } from '../../measure/index.js';
import {
  lotsOfOrder,
  madeCode,
  type NewOperation,
  namedOperations,
  planned,
  type RoutedJob,
  routeJob,
  type Specification,
  singleOperation,
  startJob,
} from '../../production/index.js';
import { allocationsOf, enter, insertShipment, type LineRow, type NewEntry, type NewShipment } from '../ledger/repository.js';
import { ordersErrors } from '../order/errors.js';
import { beginMove, finishMove, type OpenMove } from '../order/moves.js';
import type { startInput } from '../order/schema.js';
import { inStock, shippable } from '../order/states.js';
import type { OrderService } from '../service.js';

type StartInput = z.output<typeof startInput>;

/** What the supplier does to fulfil an order. */
export const delivery: Pick<OrderService, 'start' | 'ship'> = {
  async start(scope, input) {
    const move = await beginMove(scope, input, 'start');
    const line = lineOf(move, input.line);
    const left = await unplanned(scope, line);
    const asked = input.quantity ?? left;
    requireWhole(asked, line);
    if (compare(left, '0') <= 0 || compare(asked, left) > 0) throw ordersErrors.starts_more_than_owed({ line: line.position, left });
    const routing = input.routing === undefined ? null : await routeJob(scope, line.unit, input.routing);
    const job = await startJob(scope, {
      order: move.order.id,
      orderLine: line.id,
      allocation: (await allocationsOf(scope, [line.id])).get(line.id) ?? null,
      description: line.description,
      specification: (line.specification as Specification | null) ?? routing?.specification ?? null,
      unit: line.unit,
      quantity: canonical(asked),
      revision: routing && { id: routing.revision, item: routing.item },
      operations: operationsOf(input, routing),
      code: input.jobCode,
      lotCode: input.lotCode,
      dueOn: move.order.due_on,
    });
    const order = await finishMove(scope, move, 'orders.started', { line: line.id, quantity: quantity(asked, line.unit) });
    return { order, ...job };
  },

  async ship(scope, input) {
    const move = await beginMove(scope, input, 'ship');
    const { order } = move;
    const lots = new Map<string, LotRow>(
      (
        await lockLots(
          scope,
          input.lines.map((line) => line.lot),
        )
      ).map((lot) => [lot.id, lot]),
    );
    const lotLines = new Map((await lotsOfOrder(scope, order.id)).map((lot) => [lot.lot as string, lot.line]));
    const left = new Map(move.lines.map((line) => [line.id, line]));
    const shipped: NewShipment['lines'][number][] = [];
    const told: { line: string; quantity: ReturnType<typeof quantity>; lotCode: string }[] = [];
    for (const asked of input.lines) {
      const line = left.get(asked.line) ?? lineOf(move, asked.line);
      const lot = lots.get(asked.lot);
      if (!lot || lotLines.get(lot.id) !== line.id) throw ordersErrors.lot_unknown({ lot: asked.lot, line: line.position });
      requireShippable(line, asked.quantity);
      await shipFromLot(scope, lot, { taken: asked.quantity, receiver: order.buyer, units: asked.units });
      for (const again of await lockLots(scope, [lot.id])) lots.set(again.id, again);
      left.set(line.id, { ...line, shipped: add(line.shipped, asked.quantity) });
      shipped.push({ id: newId(), line: line.id, lot: lot.id, quantity: canonical(asked.quantity), unitPrice: canonical(line.unit_price) });
      told.push({ line: line.id, quantity: quantity(asked.quantity, line.unit), lotCode: lot.code });
    }
    const shipment: NewShipment = {
      id: newId(),
      order: order.id,
      number: input.number ?? madeCode('S', scope.now),
      note: input.note || null,
      lines: shipped,
    };
    await insertShipment(scope, shipment);
    await enter(scope, order.id, await shippedEntries(scope, shipped));
    return finishMove(scope, move, 'orders.shipped', { shipment: shipment.id, shipmentNumber: shipment.number, lines: told });
  },
};

function operationsOf({ equipment, operations }: StartInput, routing: RoutedJob | null): readonly NewOperation[] {
  if (routing && routing.operations.length > 0) return routing.operations;
  return operations ? namedOperations(operations) : [singleOperation(equipment ?? null)];
}

async function shippedEntries(scope: Scope, lines: NewShipment['lines']): Promise<NewEntry[]> {
  const allocations = await allocationsOf(
    scope,
    lines.map((line) => line.line),
  );
  return lines.map(({ id, line, lot, quantity: value }) => ({
    line,
    kind: 'shipped',
    quantity: value,
    allocation: allocations.get(line) ?? null,
    shipmentLine: id,
    lot: lot as RecordId,
    evidence: 'person',
  }));
}

/** What of a line no job order makes yet; rejected units have to be made again. */
async function unplanned(scope: Scope, line: LineRow): Promise<string> {
  return subtract(add(line.ordered, line.rejected), await planned(scope, line.order_id, line.id));
}

function requireShippable(line: LineRow, asked: string): void {
  requireWhole(asked, line);
  const { position, ordered, shipped, rejected, produced } = line;
  const numbers = { line: position, asked: canonical(asked), shipped: canonical(shipped) };
  const most = shippable(line);
  if (most.lt(asked)) {
    const left = canonical(Decimal.max(most, 0).toDecimalPlaces(6, Decimal.ROUND_DOWN));
    throw ordersErrors.ships_more_than_owed({ ...numbers, left, ordered: canonical(ordered), rejected: canonical(rejected) });
  }
  if (inStock(line).lt(asked)) {
    throw ordersErrors.ships_more_than_produced({ ...numbers, left: canonical(inStock(line)), produced: canonical(produced) });
  }
}

export function lineOf({ lines }: Pick<OpenMove, 'lines'>, id: string): LineRow {
  const line = lines.find((candidate) => candidate.id === id);
  if (!line) throw ordersErrors.line_unknown({ line: id });
  return line;
}

export function requireWhole(value: string, line: Pick<LineRow, 'unit'>): void {
  if (!fitsUnit(value, line.unit)) throw ordersErrors.not_whole({ value, unit: line.unit });
}
