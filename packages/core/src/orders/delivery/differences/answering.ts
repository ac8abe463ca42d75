import type { z } from 'zod';
import { requestErrors } from '../../../commands/index.js';
import { newId, type RecordId, type Scope } from '../../../database/index.js';
import { findLots, lockLots, shipFromLot, undoShipment } from '../../../lifecycle/index.js';
import { canonical, quantity } from '../../../measure/index.js';
import {
  allocationsOf,
  enter,
  insertShipmentLines,
  type LineRow,
  type ListedShipmentLine,
  linesOf,
  shipmentLinesOf,
  takeBack,
} from '../../ledger/repository.js';
import { ordersErrors } from '../../order/errors.js';
import { finishMove } from '../../order/moves.js';
import { findOwnSide, lockOrder, type OrderRow } from '../../order/repository.js';
import type { OrderView } from '../../order/schema.js';
import { orderStateWords } from '../../order/words.js';
import { deliveryErrors } from '../errors.js';
import { requireShippable } from '../shippable.js';
import { answerDifference, type DifferenceRow, findDifference } from './repository.js';
import type { answerDifferenceInput, contestDifferenceInput } from './schema.js';
import {
  type DifferenceMove,
  type DifferenceState,
  delivering,
  differenceMoveWords,
  differenceStateWords,
  nextDifferenceState,
} from './states.js';

type Answer = z.output<typeof answerDifferenceInput>;
type Contest = z.output<typeof contestDifferenceInput>;

interface Claim {
  readonly order: OrderRow;
  readonly line: LineRow;
  readonly shipmentLine: ListedShipmentLine;
  readonly difference: DifferenceRow;
  readonly next: DifferenceState;
}

/** What the supplier says of a receipt that differs, and the buyer's taking back of it. */
export const differenceAnswers = {
  /**
   * A shortage: what is missing was not shipped, says the ledger from now on, and is owed again. A surplus: it is shipped by
   * a line of its own, and may be received. Damage is taken note of.
   */
  async acknowledge(scope: Scope, input: Answer): Promise<OrderView> {
    const claim = await openClaim(scope, input, 'acknowledge');
    if (claim.difference.kind === 'shortage') await takeBackMissing(scope, claim);
    if (claim.difference.kind === 'surplus') await shipSurplus(scope, claim);
    return answered(scope, claim, input.note ?? null);
  },

  async contest(scope: Scope, input: Contest): Promise<OrderView> {
    return answered(scope, await openClaim(scope, input, 'contest'), input.reason);
  },

  async withdraw(scope: Scope, input: Answer): Promise<OrderView> {
    return answered(scope, await openClaim(scope, input, 'withdraw'), input.note ?? null);
  },
};

/** The same order of questions as for a move of the order: visible, a party, the version seen, the state. */
async function openClaim(
  scope: Scope,
  input: { readonly order: string; readonly version: number; readonly difference: string },
  move: DifferenceMove,
): Promise<Claim> {
  const order = await lockOrder(scope, input.order);
  if (!order) throw requestErrors.not_found({ kind: 'order' });
  const side = (await findOwnSide(scope, order.id))?.role;
  if (!side) throw requestErrors.not_found({ kind: 'order' });
  if (order.version !== input.version) throw ordersErrors.version_stale({ current: order.version, sent: input.version });
  const difference = await findDifference(scope, order.id, input.difference);
  if (!difference) throw deliveryErrors.difference_unknown({ difference: input.difference });
  if (!delivering.includes(order.state))
    throw deliveryErrors.order_not_delivering({ stateEn: orderStateWords[order.state].en, stateZh: orderStateWords[order.state].zh });
  const next = nextDifferenceState(difference.state, move, side);
  if (!next) throw notNow(difference.state, move);
  const line = (await linesOf(scope, [order.id])).find(({ id }) => id === difference.line_id);
  const shipmentLine = (await shipmentLinesOf(scope, order.id)).find(({ id }) => id === difference.shipment_line_id);
  if (!line || !shipmentLine) throw new Error(`difference ${difference.id} is about no line of order ${order.id}`);
  return { order, line, shipmentLine, difference, next };
}

async function takeBackMissing(scope: Scope, { order, line, shipmentLine, difference }: Claim): Promise<void> {
  const { quantity: missing, reason, note, units } = difference;
  const [lot] = await findLots(scope, [shipmentLine.lot_id]);
  if (!lot) throw new Error(`lot ${shipmentLine.lot_id} of a shipment is not seen by its supplier`);
  await undoShipment(scope, lot, { missing, receiver: order.buyer, units, inStock: reason === 'miscounted' });
  await takeBack(scope, order.id, {
    ...{ line: line.id, kind: 'shipped', quantity: missing, shipmentLine: shipmentLine.id, evidence: 'agreement' },
    reason: note ?? reason ?? 'shortage',
  });
}

async function shipSurplus(scope: Scope, { order, line, shipmentLine, difference }: Claim): Promise<void> {
  const value = canonical(difference.quantity);
  requireShippable(line, value);
  const [lot] = await lockLots(scope, [shipmentLine.lot_id]);
  if (!lot) throw ordersErrors.lot_unknown({ lot: shipmentLine.lot_id, line: line.position });
  await shipFromLot(scope, lot, { taken: value, receiver: order.buyer, units: difference.units.length > 0 ? difference.units : undefined });
  const id = newId() as string;
  const shipped = { id, line: line.id, lot: lot.id, quantity: value, unitPrice: canonical(line.unit_price), corrects: difference.id };
  await insertShipmentLines(scope, order.id, difference.shipment_id, [shipped]);
  const allocation = (await allocationsOf(scope, [line.id])).get(line.id) ?? null;
  await enter(scope, order.id, [
    { line: line.id, kind: 'shipped', quantity: value, allocation, shipmentLine: id, lot: lot.id as RecordId, evidence: 'agreement' },
  ]);
}

async function answered(scope: Scope, { order, line, difference, next }: Claim, answer: string | null): Promise<OrderView> {
  await answerDifference(scope, difference.id, { state: next, answer });
  return finishMove(scope, { order, next: order.state }, 'orders.difference_answered', {
    difference: difference.id,
    kind: difference.kind,
    outcome: next,
    line: line.id,
    quantity: quantity(difference.quantity, line.unit),
    answer,
  });
}

function notNow(state: DifferenceState, move: DifferenceMove) {
  const [stateWords, moveWords] = [differenceStateWords[state], differenceMoveWords[move]];
  return deliveryErrors.difference_state({ stateEn: stateWords.en, stateZh: stateWords.zh, moveEn: moveWords.en, moveZh: moveWords.zh });
}
