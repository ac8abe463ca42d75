import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type OperationInOrder,
  operationMoves,
  operationMoveWords,
  operationObstacle,
  operationStates,
  operationStateWords,
  startedTogether,
} from './states.js';

const at = (state: OperationInOrder['state'], parallel = false): Omit<OperationInOrder, 'id'> => ({ state, parallel });
const inOrder = (...given: Omit<OperationInOrder, 'id'>[]): OperationInOrder[] =>
  given.map((each, index) => ({ id: String(index), ...each }));

describe('an operation', () => {
  /** Written out a second time, on purpose: state and move → possible for the first of a job order. */
  const possible = ['ready start', 'in_progress finish'];
  it.each(operationStates.flatMap((state) => operationMoves.map((move) => [state, move] as const)))('that is %s: %s', (state, move) => {
    const expected = possible.includes(`${state} ${move}`) ? null : 'wrong_state';
    expect(operationObstacle(inOrder(at(state)), '0', move)).toBe(expected);
  });

  it.each([
    ['start', at('in_progress'), at('ready'), 'operation_waits'],
    ['start', at('in_progress'), at('ready', true), null],
    ['start', at('ready'), at('ready', true), 'operation_waits'],
    ['start', at('done'), at('ready'), null],
    ['start', at('canceled'), at('ready'), null],
    ['finish', at('in_progress'), at('in_progress', true), 'operation_waits'],
    ['finish', at('done'), at('in_progress', true), null],
  ] as const)('%s behind another', (move, before, own, obstacle) => {
    expect(operationObstacle(inOrder(before, own), '1', move)).toBe(obstacle);
  });

  it('starts with those behind it that run beside it', () => {
    const operations = inOrder(at('ready'), at('ready', true), at('ready', true), at('ready'), at('ready', true));
    expect(startedTogether(operations, '0').map(({ id }) => id)).toEqual(['0', '1', '2']);
    expect(startedTogether(operations, '3').map(({ id }) => id)).toEqual(['3', '4']);
    expect(startedTogether(operations, 'none')).toEqual([]);
  });

  it('has words for every state and move', () => {
    expect(Object.keys(operationStateWords)).toEqual([...operationStates]);
    expect(Object.keys(operationMoveWords)).toEqual([...operationMoves]);
  });
});

it('whoever only makes possible moves gets every job order done, and never has one finished behind one that is not', () => {
  const job = fc.array(fc.boolean(), { minLength: 1, maxLength: 7 });
  fc.assert(
    fc.property(job, fc.infiniteStream(fc.nat()), (parallels, choices) => {
      let operations = inOrder(...parallels.map((parallel) => at('ready', parallel)));
      for (let step = 0; step < 2 * parallels.length; step += 1) {
        const moves = operations.flatMap(({ id }) =>
          operationMoves.filter((move) => operationObstacle(operations, id, move) === null).map((move) => ({ id, move })),
        );
        if (moves.length === 0) break;
        const chosen = moves[(choices.next().value as number) % moves.length];
        const moved = chosen?.move === 'start' ? startedTogether(operations, chosen.id).map(({ id }) => id) : [chosen?.id];
        operations = operations.map((operation) =>
          moved.includes(operation.id) ? { ...operation, state: chosen?.move === 'start' ? 'in_progress' : 'done' } : operation,
        );
        const ranks = operations.map(({ state }) => ['done', 'in_progress', 'ready'].indexOf(state));
        expect(ranks).toEqual([...ranks].sort());
      }
      expect(operations.every(({ state }) => state === 'done')).toBe(true);
    }),
  );
});
