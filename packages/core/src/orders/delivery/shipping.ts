import type { z } from 'zod';
import { newId, type Scope } from '../../database/index.js';
import { atField } from '../../errors/index.js';
import { type LotRow, lockLots, shipFromLot } from '../../lifecycle/index.js';
import { add, canonical, compare, convert, quantity, subtract } from '../../measure/index.js';
import {
  madeCode,
  type NewOperation,
  namedOperations,
  planned,
  type RoutedJob,
  routeJob,
  type Specification,
  singleOperation,
  startJob,
  tellOutlook,
} from '../../production/index.js';
import { orderProgress } from '../ledger/progress.js';
import { allocationsOf, enter, insertShipment, type LineRow, type NewEntry, type NewShipment } from '../ledger/repository.js';
import { ordersErrors } from '../order/errors.js';
import { beginMove, finishMove, type OpenMove } from '../order/moves.js';
import type { shipInput, startInput } from '../order/schema.js';
import type { OrderService } from '../service.js';
import { linesOfLots, requireMakersHidden } from '../subcontract/lots.js';
import { subcontracted } from '../subcontract/repository.js';
import { useInProcess } from '../supplied-material/issuing.js';
import { goneOf } from './differences/repository.js';
import { packShipment } from './packaging/packages.js';
import { inUnitOf, lineOf, requireShippable, requireWhole } from './shippable.js';

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
      dueOn: line.due_on ?? move.order.due_on,
    });
    await tellOutlook(scope, orderProgress, [line.id]);
    const order = await finishMove(scope, move, 'orders.started', { line: line.id, quantity: quantity(asked, line.unit) });
    return { order, ...job };
  },

  async ship(scope, input) {
    const move = await beginMove(scope, input, 'ship');
    const { order } = move;
    const goods = await takeGoods(scope, move, input.lines);
    const shipment: NewShipment = {
      id: newId(),
      order: order.id,
      number: input.number ?? madeCode('S', scope.now),
      note: input.note || null,
      lines: goods.map(({ id, line, lot, quantity: value }) => ({
        ...{ id, line: line.id, lot: lot.id, quantity: value },
        unitPrice: canonical(line.unit_price),
      })),
    };
    await insertShipment(scope, shipment);
    await enter(scope, order.id, await shippedEntries(scope, shipment.lines));
    await useInProcess(scope, order, add('0', ...shipment.lines.map((line) => line.quantity)));
    if (input.packages) {
      const lines = goods.map(({ id, line, lot, quantity: value, unit }) => ({
        ...{ id, position: line.position, unit: line.unit, quantity: value, lot: lot.id },
        converted: (given: string) => convert(given, unit ?? line.unit, line.unit),
      }));
      const packed = { order: order.id, shipment: shipment.id, receiver: order.buyer, lines, numbers: input.packageNumbers };
      const { packages } = input;
      await atField('packages', () => packShipment(scope, packed, packages));
    }
    return finishMove(scope, move, 'orders.shipped', {
      shipment: shipment.id,
      shipmentNumber: shipment.number,
      lines: goods.map(({ line, lot, quantity: value }) => ({ line: line.id, quantity: quantity(value, line.unit), lotCode: lot.code })),
      packages: input.packages?.length ?? 0,
    });
  },
};

interface Goods {
  readonly id: string;
  readonly line: LineRow;
  readonly lot: LotRow;
  /** In the unit of the line. */
  readonly quantity: string;
  /** As it was asked for. */
  readonly unit: string | undefined;
}

/** Takes what ships out of its lots, each quantity in the unit of its line. */
async function takeGoods(scope: Scope, move: OpenMove, asked: z.output<typeof shipInput>['lines']): Promise<Goods[]> {
  const { order } = move;
  const lots = new Map<string, LotRow>(
    (
      await lockLots(
        scope,
        asked.map((line) => line.lot),
      )
    ).map((lot) => [lot.id, lot]),
  );
  const lotLines = await linesOfLots(scope, order.id, [...lots.values()]);
  const left = new Map(move.lines.map((line) => [line.id, line]));
  const goods: Goods[] = [];
  for (const [at, { line: id, lot: lotId, quantity: given, unit, units }] of asked.entries()) {
    const line = left.get(id) ?? atField(`lines.${at}.line`, () => lineOf(move, id));
    const lot = lots.get(lotId);
    if (!lot || !lotLines.get(lot.id)?.has(line.id))
      throw ordersErrors.lot_unknown({ lot: lotId, line: line.position, field: `lines.${at}.lot` });
    await atField(`lines.${at}.units`, () => requireMakersHidden(scope, order, lot, { units }));
    const taken = atField(`lines.${at}.quantity`, () => {
      const converted = inUnitOf(line, given, unit);
      requireShippable(line, converted);
      return converted;
    });
    await atField(`lines.${at}.units`, () => shipFromLot(scope, lot, { taken, receiver: order.buyer, units }));
    for (const again of await lockLots(scope, [lot.id])) lots.set(again.id, again);
    left.set(line.id, { ...line, shipped: add(line.shipped, taken) });
    goods.push({ id: newId(), line, lot, quantity: taken, unit });
  }
  return goods;
}

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
    lot,
    evidence: 'person',
  }));
}

/** What of a line neither a job order nor a subcontractor makes yet; rejected, returned and lost units have to be made again. */
export async function unplanned(scope: Scope, line: LineRow): Promise<string> {
  const needed = add(line.ordered, line.rejected, line.returned, await goneOf(scope, line.order_id, line.id));
  return subtract(needed, add(await planned(scope, line.order_id, line.id), await subcontracted(scope, line.id)));
}
