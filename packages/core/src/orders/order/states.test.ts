import { describe, expect, it } from 'vitest';
import {
  judge,
  type LineBalance,
  movesOf,
  type OrderMove,
  type OrderSide,
  type OrderState,
  orderMoves,
  orderSides,
  orderStates,
} from '../index.js';
import { orderEvents } from './events.js';
import { awaitedMove, obstacles, orderTransitions } from './states.js';
import { obstacleWords, orderEventWords, orderMoveWords, orderStateWords } from './words.js';

/** Written out a second time, on purpose: state, side, move → state after. Everything else is forbidden. */
const allowed: Record<string, OrderState> = {
  'proposed supplier accept': 'confirmed',
  'proposed supplier decline': 'declined',
  'proposed buyer withdraw': 'withdrawn',
  'confirmed supplier start': 'in_production',
  'in_production supplier start': 'in_production',
  'in_production supplier ship': 'in_delivery',
  'in_delivery supplier start': 'in_delivery',
  'in_delivery supplier ship': 'in_delivery',
  'in_delivery buyer receive': 'in_delivery',
  'in_delivery buyer inspect': 'in_delivery',
  'in_delivery buyer reverse': 'in_delivery',
  'in_delivery buyer close': 'closed',
};

const triples = orderStates.flatMap((state) => orderSides.flatMap((side) => orderMoves.map((move) => [state, side, move] as const)));

describe('the transition table', () => {
  it.each(triples)('%s, %s: %s', (state: OrderState, side: OrderSide, move: OrderMove) => {
    const judged = judge(state, move, side);
    const next = allowed[`${state} ${side} ${move}`];
    if (next) expect(judged).toEqual({ allowed: true, next });
    else expect(judged).toEqual({ allowed: false, because: orderTransitions[move].side === side ? 'wrong_state' : 'wrong_side' });
    expect(movesOf(state, side).includes(move)).toBe(next !== undefined);
  });

  it('ends in closed, declined and withdrawn, and leaves every other state', () => {
    const left = orderStates.filter((state) => orderSides.some((side) => movesOf(state, side).length > 0));
    expect(left).toEqual(['proposed', 'confirmed', 'in_production', 'in_delivery']);
  });
});

const line = (balance: Partial<LineBalance>): LineBalance => ({
  ordered: '10',
  allocated: '10',
  produced: '0',
  shipped: '0',
  received: '0',
  accepted: '0',
  rejected: '0',
  ...balance,
});

describe('guards', () => {
  const cases: [string, OrderMove, Partial<LineBalance>, string | null][] = [
    ['nothing produced', 'ship', {}, 'nothing_to_ship'],
    ['all produced is shipped', 'ship', { produced: '5', shipped: '5' }, 'nothing_to_ship'],
    ['nothing owed any more', 'ship', { produced: '12', shipped: '10' }, 'nothing_to_ship'],
    ['produced and owed', 'ship', { produced: '5' }, null],
    ['rejected units are owed again', 'ship', { produced: '12', shipped: '10', received: '10', rejected: '2' }, null],
    ['nothing underway', 'receive', { produced: '5', shipped: '5', received: '5' }, 'nothing_to_receive'],
    ['underway', 'receive', { produced: '5', shipped: '5', received: '4.5' }, null],
    ['all inspected', 'inspect', { produced: '5', shipped: '5', received: '5', accepted: '4', rejected: '1' }, 'nothing_to_inspect'],
    ['received', 'inspect', { produced: '5', shipped: '5', received: '5' }, null],
    ['nothing received', 'reverse', { produced: '5', shipped: '5' }, 'nothing_to_reverse'],
    ['underway', 'close', { produced: '11', shipped: '11', received: '10', accepted: '10' }, 'not_inspected'],
    ['short', 'close', { produced: '9', shipped: '9', received: '9', accepted: '9' }, 'not_fully_accepted'],
    ['accepted whole', 'close', { produced: '10', shipped: '10', received: '10', accepted: '10' }, null],
  ];
  it.each(cases)('%s: %s', (_name, move, balance, obstacle) => {
    const judged = judge('in_delivery', move, orderTransitions[move].side, { lines: [line(balance)] });
    expect(judged.allowed ? null : judged.because).toBe(obstacle);
  });

  it('ask for a released lot where that is known', () => {
    expect(judge('in_production', 'ship', 'supplier', { lines: [line({ produced: '5' })], releasedInStock: false })).toEqual({
      allowed: false,
      because: 'no_released_lot',
    });
  });

  it('say whose move it is', () => {
    expect(awaitedMove('in_delivery', { lines: [line({ produced: '5', shipped: '5' })] })).toBe('receive');
    expect(awaitedMove('in_delivery', { lines: [line({ produced: '5', shipped: '5', received: '5' })] })).toBe('inspect');
    expect(awaitedMove('in_delivery', { lines: [line({ produced: '5', shipped: '5', received: '5', accepted: '5' })] })).toBe('ship');
    expect(awaitedMove('closed', { lines: [] })).toBeNull();
  });
});

it('every state, move, obstacle and event has words in both languages', () => {
  for (const words of [orderStateWords, orderMoveWords, obstacleWords, orderEventWords]) {
    for (const { en, zh } of Object.values(words)) expect(en && zh).toBeTruthy();
  }
  expect(Object.keys(orderStateWords)).toEqual([...orderStates]);
  expect(Object.keys(obstacleWords).sort()).toEqual([...obstacles].sort());
  expect(Object.keys(orderEventWords).sort()).toEqual(Object.keys(orderEvents).sort());
});
