import { requestErrors } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { answerChange } from '../changes/repository.js';
import { relinquish, undelivered } from '../ledger/relinquishing.js';
import { type LineRow, linesOf } from '../ledger/repository.js';
import { anyMaterialOpen } from '../supplied-material/repository.js';
import { ordersErrors } from './errors.js';
import type { OrderEventBody, OrderEventType } from './events.js';
import { scheduleOf } from './plan-repository.js';
import { findOrder, findOwnSide, lockOrder, moveOrder, type OrderChange, type OrderRow } from './repository.js';
import type { OrderView } from './schema.js';
import { settleWhenBilled } from './settling.js';
import { judge, movesOf, type OrderMove, type OrderSide, type OrderState, orderTransitions } from './states.js';
import { factsOf, viewOrder } from './view.js';
import { orderMoveWords, orderSideWords, orderStateWords } from './words.js';

/** A move that the table allows, its order locked until the transaction ends. */
export interface OpenMove {
  readonly order: OrderRow;
  readonly lines: readonly LineRow[];
  readonly side: OrderSide;
  readonly next: OrderState;
}

/**
 * Locks the order and asks the table, in this order: is the order visible, is it this side's move, is the version the one
 * that the caller saw, does the state allow it, does the guard. Each refusal is a `YunfabError`.
 */
export async function beginMove(
  scope: Scope,
  input: { readonly order: string; readonly version: number },
  move: OrderMove,
): Promise<OpenMove> {
  const order = await lockOrder(scope, input.order);
  if (!order) throw (await findOrder(scope, input.order)) ? notYourMove(move, null) : requestErrors.not_found({ kind: 'order' });
  const side = (await findOwnSide(scope, order.id))?.role ?? null;
  if (side === null || !mayMove(move, side)) throw notYourMove(move, side);
  if (order.version !== input.version) throw ordersErrors.version_stale({ current: order.version, sent: input.version });
  const lines = await linesOf(scope, [order.id]);
  const schedule = await scheduleOf(scope, [order.id]);
  const materialOpen = await anyMaterialOpen(scope, order.id);
  const judged = judge(order.state, move, side, { ...factsOf(scope, order, lines, schedule), materialOpen });
  if (judged.allowed) return { order, lines, side, next: judged.next };
  if (judged.because === 'wrong_side') throw notYourMove(move, side);
  if (judged.because === 'wrong_state') throw wrongState(move, order.state, side);
  throw ordersErrors[judged.because]();
}

/** The fields that every move's event begins with. */
type MoveBody = 'number' | 'state' | 'version';

/**
 * Writes the new state and version, tells both sides, and answers with the order as the mover sees it. An order that is
 * closed by this move and already billed whole is settled in the same breath.
 */
export async function finishMove<Type extends Exclude<OrderEventType, 'orders.progressed'>>(
  scope: Scope,
  { order, next }: Pick<OpenMove, 'order' | 'next'>,
  type: Type,
  body: Omit<OrderEventBody<Type>, MoveBody>,
  reason?: string | null,
  change: Omit<OrderChange, 'state'> = {},
): Promise<OrderView> {
  if (order.state === 'defaulted') await giveUpUndelivered(scope, order);
  const moved = await moveOrder(scope, order, {
    ...(await leaving(scope, order, next)),
    ...change,
    state: next,
    ...(reason === undefined ? {} : { reason }),
  });
  const { number, state, version } = moved;
  await appendEvent(scope, { type, record: order.id, body: { number, state, version, ...body } });
  return viewOrder(scope, await settleWhenBilled(scope, moved));
}

/** What an order forgets when it goes on, or ends: who stopped it, and a change order that nobody will answer any more. */
async function leaving(scope: Scope, order: OrderRow, next: OrderState): Promise<Partial<OrderChange>> {
  const goesOn = order.resumes_to !== null && next !== order.state;
  const voids = order.change_id !== null && movesOf(next, 'buyer').every((move) => move !== 'decline_change');
  if (voids && order.change_id !== null) await answerChange(scope, order.change_id, { state: 'void', answer: null });
  return {
    ...(goesOn ? { resumes_to: null, held_by: null, disputed_by: null } : {}),
    ...(voids ? { change_id: null, change_kind: null, change_by: null } : {}),
  };
}

/** Nobody delivers for an order in default: what is rejected or turns out missing is given up, too. */
async function giveUpUndelivered(scope: Scope, order: OrderRow): Promise<void> {
  for (const line of await linesOf(scope, [order.id])) await relinquish(scope, line, undelivered(line), order.reason ?? '–');
}

const mayMove = (move: OrderMove, side: OrderSide): boolean => ['either', side].includes(orderTransitions[move].side);

function notYourMove(move: OrderMove, side: OrderSide | null) {
  const { side: movers } = orderTransitions[move];
  const mover = movers === 'either' ? { en: 'buyer and supplier', zh: '采购方和供应方' } : orderSideWords[movers];
  const own = side === null ? { en: 'reader', zh: '查阅方' } : orderSideWords[side];
  return ordersErrors.not_your_move({
    move,
    moveEn: orderMoveWords[move].en,
    moveZh: orderMoveWords[move].zh,
    moverEn: mover.en,
    moverZh: mover.zh,
    sideEn: own.en,
    sideZh: own.zh,
  });
}

function wrongState(move: OrderMove, state: OrderState, side: OrderSide) {
  const possible = movesOf(state, side);
  return ordersErrors.wrong_state({
    move,
    state,
    possible,
    moveEn: orderMoveWords[move].en,
    moveZh: orderMoveWords[move].zh,
    stateEn: orderStateWords[state].en.toLowerCase(),
    stateZh: orderStateWords[state].zh,
    possibleEn: possible.map((name) => orderMoveWords[name].en).join(', ') || 'none',
    possibleZh: possible.map((name) => orderMoveWords[name].zh).join('、') || '无',
  });
}
