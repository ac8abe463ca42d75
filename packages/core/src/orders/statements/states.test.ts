import { describe, expect, it } from 'vitest';
import { orderSides } from '../order/states.js';
import {
  isAgreed,
  judgeLine,
  judgeStatement,
  type LineMove,
  lineMoves,
  type StatementLineState,
  type StatementMove,
  type StatementState,
  statementLineKinds,
  statementLineStates,
  statementMoves,
  statementStates,
} from './states.js';
import { lineKindWords, lineStateWords, lineTypeWords, statementMoveWords, statementStateWords } from './words.js';

type Next = Partial<Record<StatementState, StatementState>>;
const open: Next = { draft: 'draft', sent: 'sent' };
/** Written down a second time, as the trade says it: who may, from where to where; what agreement makes of it in the last column. */
const rows: readonly (readonly [StatementMove, 'buyer' | 'supplier' | 'either', Next, Next?])[] = [
  ['refresh', 'either', open],
  ['deduct', 'either', open],
  ['add', 'either', open],
  ['adjust', 'either', open],
  ['exclude', 'either', open, { draft: 'draft', sent: 'confirmed' }],
  ['send', 'supplier', { draft: 'sent' }],
  ['confirm', 'either', { sent: 'sent' }, { sent: 'confirmed' }],
  ['dispute', 'either', { sent: 'sent' }],
  ['withdraw_dispute', 'either', { sent: 'sent' }],
  ['cancel', 'either', { draft: 'canceled', sent: 'canceled' }],
  ['pay', 'buyer', { confirmed: 'paid' }],
  ['refuse_payment', 'supplier', { paid: 'confirmed' }],
  ['acknowledge', 'supplier', { paid: 'settled' }],
];

describe('the table of statements', () => {
  const every = statementMoves.flatMap((move) =>
    orderSides.flatMap((side) => statementStates.map((state) => [move, side, state] as const)),
  );
  it.each(every)('%s by the %s when %s', (move, side, state) => {
    const row = rows.find(([name]) => name === move);
    const mayBe = row?.[1] === 'either' || row?.[1] === side;
    for (const agreed of [false, true]) {
      const next = (agreed ? row?.[3] : undefined)?.[state] ?? row?.[2][state];
      const expected = !mayBe
        ? { allowed: false, because: 'wrong_side' }
        : next
          ? { allowed: true, next }
          : { allowed: false, because: 'wrong_state' };
      expect(judgeStatement(state, move, side, agreed)).toEqual(expected);
    }
  });
});

describe('the table of lines', () => {
  const said = { buyer: 'buyer_confirmed', supplier: 'supplier_confirmed' } as const;
  const expected = (state: StatementLineState, move: LineMove, side: 'buyer' | 'supplier'): StatementLineState | null => {
    const other = side === 'buyer' ? 'supplier' : 'buyer';
    const talkedOf = ['open', 'supplier_confirmed', 'buyer_confirmed', 'disputed'].includes(state);
    if (move === 'confirm') return state === 'open' ? said[side] : state === said[other] ? 'confirmed' : null;
    if (move === 'dispute') return ['disputed', 'excluded'].includes(state) ? null : 'disputed';
    if (move === 'withdraw_dispute') return state === 'disputed' ? 'open' : null;
    if (move === 'adjust') return talkedOf ? said[side] : null;
    return talkedOf ? 'excluded' : null;
  };
  const every = lineMoves.flatMap((move) =>
    orderSides.flatMap((side) =>
      statementLineStates.flatMap((state) => statementLineKinds.map((kind) => [move, side, state, kind] as const)),
    ),
  );
  it.each(every)('%s by the %s of a line that is %s: %s', (move, side, state, kind) => {
    const claims = { goods: 'supplier', addition: 'supplier', credit: 'buyer', deduction: 'buyer' } as const;
    for (const disputedBy of orderSides) {
      const next = expected(state, move, side);
      const because = !next
        ? 'line_state'
        : move === 'exclude' && claims[kind] !== side
          ? 'not_your_claim'
          : move === 'withdraw_dispute' && disputedBy !== side
            ? 'not_your_dispute'
            : null;
      expect(judgeLine(state, move, side, { kind, disputedBy })).toEqual(because ? { allowed: false, because } : { allowed: true, next });
    }
  });

  it('agreement is every kept line confirmed by both, and at least one', () => {
    const lines = (...states: StatementLineState[]) => states.map((state) => ({ state }));
    expect(isAgreed(lines('confirmed', 'excluded'))).toBe(true);
    expect(isAgreed(lines('excluded'))).toBe(false);
    expect(isAgreed([])).toBe(false);
    for (const state of ['open', 'supplier_confirmed', 'buyer_confirmed', 'disputed'] as const)
      expect(isAgreed(lines('confirmed', state))).toBe(false);
  });

  it('every state, move, kind and type has words in both languages', () => {
    for (const words of [statementStateWords, statementMoveWords, lineStateWords, lineKindWords, lineTypeWords])
      for (const { en, zh } of Object.values(words)) expect([en.length > 0, /\p{Script=Han}/u.test(zh)]).toEqual([true, true]);
  });
});
