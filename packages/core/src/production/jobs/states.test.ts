import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type OperationInOrder,
  type OperationMove,
  type OperationState,
  operationMoves,
  operationMoveWords,
  operationObstacle,
  operationStates,
  operationStateWords,
  operationTransitions,
  pauseReasons,
  pauseReasonWords,
  startedTogether,
  unsettled,
  waitsFor,
} from './states.js';

const at = (state: OperationState, parallel = false, more: Partial<OperationInOrder> = {}): Omit<OperationInOrder, 'id'> => ({
  state,
  parallel,
  ...more,
});
const inOrder = (...given: Omit<OperationInOrder, 'id'>[]): OperationInOrder[] =>
  given.map((each, index) => ({ id: String(index), ...each }));

describe('an operation', () => {
  /** Written out a second time, on purpose: state, move and the state after it, for the first of a job order of two. */
  const possible: Readonly<Record<string, OperationState>> = {
    'todo start': 'in_progress',
    'ready start': 'in_progress',
    'in_progress pause': 'paused',
    'paused resume': 'in_progress',
    'in_progress finish': 'done',
    'paused finish': 'done',
    'todo cancel': 'canceled',
    'ready cancel': 'canceled',
    'in_progress cancel': 'canceled',
    'paused cancel': 'canceled',
    'done reopen': 'ready',
  };
  it.each(operationStates.flatMap((state) => operationMoves.map((move) => [state, move] as const)))('that is %s: %s', (state, move) => {
    const after = possible[`${state} ${move}`];
    expect(operationTransitions[move][state]).toBe(after);
    expect(operationObstacle(inOrder(at(state), at('todo')), '0', move)).toBe(after === undefined ? 'wrong_state' : null);
  });

  it.each([
    ['start', [at('in_progress'), at('todo')], 'operation_waits'],
    ['start', [at('in_progress'), at('todo', true)], null],
    ['start', [at('paused'), at('todo', true)], null],
    ['start', [at('ready'), at('todo', true)], 'operation_waits'],
    ['start', [at('done'), at('ready')], null],
    ['start', [at('canceled'), at('ready')], null],
    ['start', [at('in_progress'), at('canceled'), at('todo')], 'operation_waits'],
    ['start', [at('in_progress'), at('canceled'), at('todo', true)], 'operation_waits'],
    ['start', [at('in_progress'), at('canceled', true), at('todo', true)], null],
    ['start', [at('ready'), at('done'), at('todo')], 'operation_waits'],
    ['finish', [at('in_progress'), at('in_progress', true)], 'operation_waits'],
    ['finish', [at('paused'), at('in_progress', true)], 'operation_waits'],
    ['finish', [at('ready'), at('done'), at('in_progress')], 'operation_waits'],
    ['finish', [at('done'), at('in_progress', true)], null],
    ['finish', [at('done'), at('in_progress', false, { reworkOpen: true })], 'rework_open'],
    ['pause', [at('in_progress'), at('in_progress', true)], null],
    ['resume', [at('paused'), at('paused', true)], null],
    ['cancel', [at('done'), at('in_progress', false, { counted: true })], 'operation_counted'],
    ['cancel', [at('done'), at('todo', false, { final: true })], 'operation_final'],
    ['reopen', [at('done'), at('done')], null],
  ] as const)('%s behind others (%#)', (move, operations, obstacle) => {
    expect(operationObstacle(inOrder(...operations), String(operations.length - 1), move)).toBe(obstacle);
  });

  it('waits for those before it that are not over', () => {
    const ids = (operations: OperationInOrder[], id: string) => waitsFor(operations, id).map((each) => each.id);
    const operations = inOrder(at('done'), at('paused'), at('todo', true), at('todo'));
    expect(ids(operations, '1')).toEqual([]);
    expect(ids(operations, '2')).toEqual([]);
    expect(ids(operations, '3')).toEqual(['1', '2']);
    expect(ids(operations, 'none')).toEqual([]);
  });

  it('that has not begun is ready or to do as those before it say', () => {
    const states = (...given: Omit<OperationInOrder, 'id'>[]) =>
      unsettled(inOrder(...given)).map(({ operation, state }) => [operation.id, state]);
    expect(states(at('done'), at('todo'), at('todo'))).toEqual([['1', 'ready']]);
    expect(states(at('ready'), at('ready'), at('done'))).toEqual([['1', 'todo']]);
    expect(states(at('done'), at('ready'), at('in_progress'))).toEqual([]);
  });

  it('starts with those behind it that run beside it', () => {
    const operations = inOrder(at('ready'), at('todo', true), at('ready', true), at('todo'), at('todo', true));
    expect(startedTogether(operations, '0').map(({ id }) => id)).toEqual(['0', '1', '2']);
    expect(startedTogether(operations, '3').map(({ id }) => id)).toEqual(['3', '4']);
    expect(startedTogether(operations, 'none')).toEqual([]);
  });

  it('has words for every state, move and reason to pause', () => {
    expect(Object.keys(operationStateWords)).toEqual([...operationStates]);
    expect(Object.keys(operationMoveWords)).toEqual([...operationMoves]);
    expect(Object.keys(pauseReasonWords)).toEqual([...pauseReasons]);
  });
});

/** A job order as it is kept: every move made, then those that have not begun settled. */
function after(operations: OperationInOrder[], id: string, move: OperationMove): OperationInOrder[] {
  const moved = move === 'start' ? startedTogether(operations, id).map((each) => each.id) : [id];
  const made = operations.map((operation) =>
    moved.includes(operation.id) ? { ...operation, state: operationTransitions[move][operation.state] as OperationState } : operation,
  );
  const states = new Map(unsettled(made).map(({ operation, state }) => [operation.id, state]));
  return made.map((operation) => ({ ...operation, state: states.get(operation.id) ?? operation.state }));
}

it('whoever makes possible moves never finishes one behind another that is not over, and can always get the job order done', () => {
  const jobs = fc.array(fc.boolean(), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(jobs, fc.array(fc.nat(), { maxLength: 40 }), (parallels, choices) => {
      let operations = inOrder(...parallels.map((parallel, index) => at(index === 0 ? 'ready' : 'todo', parallel)));
      const moves = (wanted: readonly OperationMove[]) =>
        operations.flatMap(({ id }) =>
          wanted.filter((move) => operationObstacle(operations, id, move) === null).map((move) => ({ id, move })),
        );
      for (const choice of choices) {
        const found = moves(operationMoves);
        if (found.length === 0) break;
        const { id, move } = found[choice % found.length] as (typeof found)[number];
        operations = after(operations, id, move);
        for (const { id: own, state } of operations)
          if (state === 'ready' || state === 'todo')
            expect([own, state]).toEqual([own, waitsFor(operations, own).length === 0 ? 'ready' : 'todo']);
        if (move === 'finish')
          expect(operations.slice(0, Number(id)).every(({ state }) => state === 'done' || state === 'canceled')).toBe(true);
      }
      for (let step = 0; step < 3 * parallels.length; step += 1) {
        const [next] = moves(['finish', 'start']);
        if (next) operations = after(operations, next.id, next.move);
      }
      expect(operations.every(({ state }) => state === 'done' || state === 'canceled')).toBe(true);
    }),
  );
});
