import { compare } from '../../measure/index.js';
import type { ListedOperation } from './operation-repository.js';
import type { OperationInOrder } from './states.js';

/** An operation of a job order as the transition table reads it. */
export const inOrder = (operations: readonly ListedOperation[]): (ListedOperation & OperationInOrder)[] =>
  operations.map((operation) => ({
    ...operation,
    counted: [operation.good, operation.scrap, operation.rework].some((value) => compare(value, '0') > 0),
    reworkOpen: compare(operation.rework_open, '0') > 0,
  }));
