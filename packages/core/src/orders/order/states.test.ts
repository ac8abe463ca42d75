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
import { awaitedMove, type ChangeKind, type OrderFacts, obstacles, orderTransitions } from './states.js';
import { obstacleWords, orderEventWords, orderMoveWords, orderStateWords } from './words.js';

function both(what: string, next: OrderState): Record<string, OrderState> {
  const [state, move] = what.split(' ');
  return { [`${state} buyer ${move}`]: next, [`${state} supplier ${move}`]: next };
}

/** Written out a second time, on purpose: state, side, move → state after. Everything else is forbidden. */
const allowed: Record<string, OrderState> = {
  'proposed supplier accept': 'confirmed',
  'proposed supplier decline': 'declined',
  'proposed buyer withdraw': 'withdrawn',
  'proposed buyer revise': 'proposed',
  'confirmed buyer declare_default': 'defaulted',
  'in_production buyer declare_default': 'defaulted',
  'in_delivery buyer declare_default': 'defaulted',
  'on_hold buyer declare_default': 'defaulted',
  ...both('confirmed hold', 'on_hold'),
  ...both('in_production hold', 'on_hold'),
  ...both('in_delivery hold', 'on_hold'),
  ...both('in_production dispute', 'disputed'),
  ...both('in_delivery dispute', 'disputed'),
  ...both('closed dispute', 'disputed'),
  ...both('closed settle', 'settled'),
  // Without facts nobody knows what was left for them.
  ...both('on_hold resume', 'on_hold'),
  ...both('disputed resolve', 'disputed'),
  ...Object.assign(
    {},
    ...(['confirmed', 'in_production', 'in_delivery', 'on_hold', 'disputed'] as const).flatMap((state) =>
      ['propose_change', 'accept_change', 'decline_change', 'withdraw_change'].map((move) => both(`${state} ${move}`, state)),
    ),
  ),
  ...both('confirmed accept_cancellation', 'canceled'),
  ...both('in_production accept_cancellation', 'canceled'),
  ...both('on_hold accept_cancellation', 'canceled'),
  ...both('disputed accept_cancellation', 'canceled'),
  ...both('in_production accept_short_close', 'closed'),
  ...both('in_delivery accept_short_close', 'closed'),
  ...both('on_hold accept_short_close', 'closed'),
  ...both('disputed accept_short_close', 'closed'),
  'confirmed supplier reach_milestone': 'confirmed',
  'in_production supplier reach_milestone': 'in_production',
  'in_delivery supplier reach_milestone': 'in_delivery',
  'confirmed buyer confirm_milestone': 'confirmed',
  'in_production buyer confirm_milestone': 'in_production',
  'in_delivery buyer confirm_milestone': 'in_delivery',
  'on_hold buyer confirm_milestone': 'on_hold',
  'disputed buyer confirm_milestone': 'disputed',
  'in_delivery buyer return': 'in_delivery',
  'disputed buyer return': 'disputed',
  'closed buyer return': 'closed',
  'settled buyer return': 'closed',
  ...Object.assign(
    {},
    ...(['on_hold', 'disputed', 'defaulted'] as const).flatMap((state) =>
      ['receive', 'inspect', 'reverse'].map((move) => ({ [`${state} buyer ${move}`]: state })),
    ),
  ),
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
    else
      expect(judged).toEqual({
        allowed: false,
        because: ['either', side].includes(orderTransitions[move].side) ? 'wrong_state' : 'wrong_side',
      });
    expect(movesOf(state, side).includes(move)).toBe(next !== undefined);
  });

  it('ends in declined, withdrawn and canceled, and leaves every other state', () => {
    const left = orderStates.filter((state) => orderSides.some((side) => movesOf(state, side).length > 0));
    expect(orderStates.filter((state) => !left.includes(state))).toEqual(['declined', 'withdrawn', 'canceled']);
  });
});

const line = (balance: Partial<LineBalance>): LineBalance => ({
  ordered: '10',
  allocated: '10',
  produced: '0',
  shipped: '0',
  received: '0',
  accepted: '0',
  conceded: '0',
  rejected: '0',
  returned: '0',
  invoiced: '0',
  over_tolerance: '0',
  under_tolerance: '0',
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
    ['short within the tolerance', 'close', { produced: '9', shipped: '9', received: '9', accepted: '9', under_tolerance: '10' }, null],
    ['conceded counts', 'close', { produced: '10', shipped: '10', received: '10', accepted: '9', conceded: '1' }, null],
    ['returned is owed', 'close', { produced: '10', shipped: '10', received: '10', accepted: '10', returned: '1' }, 'not_fully_accepted'],
    ['within the tolerance above', 'ship', { produced: '11', shipped: '10', over_tolerance: '10' }, null],
    ['above the tolerance', 'ship', { produced: '12', shipped: '11', over_tolerance: '10' }, 'nothing_to_ship'],
    ['returned is owed again', 'ship', { produced: '11', shipped: '10', received: '10', accepted: '10', returned: '1' }, null],
    ['nothing kept', 'return', { produced: '5', shipped: '5', received: '5' }, 'nothing_to_return'],
    ['kept', 'return', { produced: '5', shipped: '5', received: '5', conceded: '1' }, null],
    ['not billed', 'settle', { accepted: '10' }, 'not_invoiced'],
    ['billed', 'settle', { accepted: '10', returned: '1', invoiced: '9' }, null],
    ['accepted whole', 'close', { produced: '10', shipped: '10', received: '10', accepted: '10' }, null],
  ];
  it.each(cases)('%s: %s', (_name, move, balance, obstacle) => {
    const { side } = orderTransitions[move];
    const judged = judge(move === 'settle' ? 'closed' : 'in_delivery', move, side === 'either' ? 'buyer' : side, {
      lines: [line(balance)],
    });
    expect(judged.allowed ? null : judged.because).toBe(obstacle);
  });

  it('ask for a released lot where that is known', () => {
    expect(judge('in_production', 'ship', 'supplier', { lines: [line({ produced: '5' })], releasedInStock: false })).toEqual({
      allowed: false,
      because: 'no_released_lot',
    });
  });

  it('say whose move it is', () => {
    const awaited = (state: OrderState, balance: Partial<LineBalance>, facts: Partial<OrderFacts> = {}) =>
      awaitedMove(state, { lines: [line(balance)], ...facts });
    expect(awaited('in_delivery', { produced: '5', shipped: '5' })).toEqual({ move: 'receive', side: 'buyer' });
    expect(awaited('in_delivery', { produced: '5', shipped: '5', received: '5' })).toEqual({ move: 'inspect', side: 'buyer' });
    expect(awaited('in_delivery', { produced: '5', shipped: '5', received: '5', accepted: '5' })).toEqual({
      move: 'ship',
      side: 'supplier',
    });
    expect(awaited('closed', { accepted: '10' })).toEqual({ move: 'settle', side: 'supplier' });
    expect(awaited('closed', { accepted: '10', invoiced: '10' })).toBeNull();
    expect(awaited('on_hold', {}, { heldBy: 'supplier' })).toEqual({ move: 'resume', side: 'supplier' });
    expect(awaited('in_production', {}, { change: { by: 'buyer', kind: 'short_close' } })).toEqual({
      move: 'accept_short_close',
      side: 'supplier',
    });
  });

  const change = (by: OrderSide, kind: ChangeKind) => ({ lines: [line({})], change: { by, kind } });
  it.each<[string, OrderState, OrderMove, OrderSide, OrderFacts, string | null]>([
    ['held by the other side', 'on_hold', 'resume', 'buyer', { lines: [], heldBy: 'supplier' }, 'held_by_other'],
    ['held by oneself', 'on_hold', 'resume', 'buyer', { lines: [], heldBy: 'buyer', resumesTo: 'confirmed' }, null],
    ['disputed by the other side', 'disputed', 'resolve', 'supplier', { lines: [], disputedBy: 'buyer' }, 'disputed_by_other'],
    ['a change waits', 'confirmed', 'propose_change', 'buyer', change('supplier', 'terms'), 'change_pending'],
    ['no change waits', 'confirmed', 'accept_change', 'buyer', { lines: [], change: null }, 'no_change'],
    ['the own change', 'confirmed', 'accept_change', 'buyer', change('buyer', 'terms'), 'own_change'],
    ['a change of terms is no cancellation', 'confirmed', 'accept_cancellation', 'buyer', change('supplier', 'terms'), 'not_such_change'],
    ['the change of the other side', 'confirmed', 'withdraw_change', 'buyer', change('supplier', 'terms'), 'not_own_change'],
    ['a cancellation', 'confirmed', 'accept_cancellation', 'buyer', change('supplier', 'cancellation'), null],
    [
      'a cancellation after shipment',
      'in_production',
      'accept_cancellation',
      'buyer',
      { ...change('supplier', 'cancellation'), lines: [line({ shipped: '1' })] },
      'goods_shipped',
    ],
    [
      'a short close while goods are underway',
      'in_delivery',
      'accept_short_close',
      'supplier',
      { ...change('buyer', 'short_close'), lines: [line({ shipped: '1' })] },
      'not_inspected',
    ],
    ['nothing overdue', 'confirmed', 'declare_default', 'buyer', { lines: [], overdue: false }, 'not_overdue'],
    ['overdue', 'confirmed', 'declare_default', 'buyer', { lines: [], overdue: true }, null],
    ['terms not accepted', 'confirmed', 'start', 'supplier', { lines: [], termsOpen: true }, 'terms_not_accepted'],
  ])('%s', (_name, state, move, side, facts, obstacle) => {
    const judged = judge(state, move, side, facts);
    expect(judged.allowed ? null : judged.because).toBe(obstacle);
  });

  it('lead back to the state that was left', () => {
    const facts: OrderFacts = { lines: [], heldBy: 'buyer', resumesTo: 'in_delivery' };
    expect(judge('on_hold', 'resume', 'buyer', facts)).toEqual({ allowed: true, next: 'in_delivery' });
  });
});

it('every state, move, obstacle and event has words in both languages', () => {
  for (const words of [orderStateWords, orderMoveWords, obstacleWords, orderEventWords]) {
    for (const { en, zh } of Object.values(words)) expect(en && zh).toBeTruthy();
  }
  expect(Object.keys(orderStateWords)).toEqual([...orderStates]);
  expect(Object.keys(obstacleWords).sort()).toEqual([...obstacles].sort());
  expect(Object.keys(orderEventWords)).toEqual(expect.arrayContaining(Object.keys(orderEvents)));
});
