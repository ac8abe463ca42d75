import { describe, expect, it } from 'vitest';
import {
  answers,
  answerWords,
  type ChangeMove,
  type ChangeSide,
  type ChangeState,
  changeMoves,
  changeMovesOf,
  changeMoveWords,
  changeObstacles,
  changeObstacleWords,
  changeSides,
  changeStates,
  changeStateWords,
  changeTransitions,
  effects,
  effectWords,
  judgeChange,
} from './states.js';

/** Written out a second time, on purpose: state, side, move → state after. Everything else is forbidden. */
const allowed: Record<string, ChangeState> = {
  'draft owner submit': 'submitted',
  'draft owner cancel': 'canceled',
  'submitted partner acknowledge': 'submitted',
  'submitted partner decline': 'submitted',
  'submitted owner approve': 'approved',
  'submitted owner reject': 'rejected',
  'submitted owner cancel': 'canceled',
  'approved partner acknowledge': 'approved',
  'approved partner decline': 'approved',
  'approved owner release': 'released',
  'approved owner cancel': 'canceled',
};

const triples = changeStates.flatMap((state) => changeSides.flatMap((side) => changeMoves.map((move) => [state, side, move] as const)));

describe('the transition table of engineering changes', () => {
  it.each(triples)('%s, %s: %s', (state: ChangeState, side: ChangeSide, move: ChangeMove) => {
    const judged = judgeChange(state, move, side);
    const next = allowed[`${state} ${side} ${move}`];
    if (next) expect(judged).toEqual({ allowed: true, next });
    else expect(judged).toEqual({ allowed: false, because: changeTransitions[move].side === side ? 'wrong_state' : 'wrong_side' });
    expect(changeMovesOf(state, side).includes(move)).toBe(next !== undefined);
  });

  it('never goes back', () => {
    const order = new Map(changeStates.map((state, index) => [state, index]));
    for (const next of Object.entries(allowed))
      expect(order.get(next[1])).toBeGreaterThanOrEqual(order.get(next[0].split(' ')[0] as ChangeState) ?? 99);
  });
});

describe('guards of engineering changes', () => {
  const asked = (...given: (readonly [boolean, (typeof answers)[number]])[]) => ({
    affected: 1,
    answers: given.map(([required, answer]) => ({ required, answer })),
  });
  it.each([
    ['draft', 'submit', { affected: 0, answers: [] }, 'nothing_affected'],
    ['draft', 'submit', asked(), null],
    ['approved', 'release', asked(), null],
    ['approved', 'release', asked([true, 'acknowledged'], [false, 'pending'], [false, 'declined']), null],
    ['approved', 'release', asked([true, 'acknowledged'], [true, 'pending']), 'answers_missing'],
    ['approved', 'release', asked([true, 'declined'], [true, 'pending']), 'answer_declined'],
    ['submitted', 'acknowledge', asked([true, 'pending']), null],
    ['submitted', 'acknowledge', asked([true, 'declined']), null],
    ['submitted', 'acknowledge', asked([true, 'acknowledged']), 'already_answered'],
    ['approved', 'decline', asked([false, 'acknowledged']), null],
    ['approved', 'decline', asked([true, 'declined']), 'already_answered'],
  ] as const)('%s, %s', (state, move, facts, obstacle) => {
    const judged = judgeChange(state, move, changeTransitions[move].side, facts);
    expect(judged.allowed ? null : judged.because).toBe(obstacle);
  });
});

it('every state, move, side, answer, effect and obstacle has words in both languages', () => {
  const all: [readonly string[], Readonly<Record<string, { en: string; zh: string }>>][] = [
    [changeStates, changeStateWords],
    [changeMoves, changeMoveWords],
    [answers, answerWords],
    [effects, effectWords],
    [changeObstacles, changeObstacleWords],
  ];
  for (const [names, words] of all) {
    expect(Object.keys(words).sort()).toEqual([...names].sort());
    for (const { en, zh } of Object.values(words)) expect(en && zh).toBeTruthy();
  }
});
