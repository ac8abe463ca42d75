import type { RecordId, Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { canonical } from '../../measure/index.js';
import { productionErrors } from '../errors.js';
import { type JobRow, updateJob } from './job-repository.js';
import { type ListedOperation, lockOperations, moveOperation, operationsOf } from './operation-repository.js';
import { inOrder } from './order-of-operations.js';
import { settle, startFrom, work } from './starting.js';
import { type OperationMove, operationMoveWords, operationObstacle, operationStateWords, type PauseReason, waitsFor } from './states.js';
import { beginStretch, endStretches } from './stretches.js';

/** What a move of an operation says besides which. */
export interface MoveDetails {
  /** In place of the equipment that was planned. */
  readonly equipment?: string | undefined;
  /** Why it is paused. */
  readonly reason?: PauseReason | undefined;
  readonly note?: string | undefined;
}

/**
 * Makes a move of an operation of a locked job order, tells it, and lets those behind it be ready. Throws
 * `production.operation_unknown` and what `operationObstacle` names.
 */
export async function makeMove(
  scope: Scope,
  job: JobRow,
  id: string,
  move: OperationMove,
  { equipment, reason, note }: MoveDetails = {},
): Promise<void> {
  const { operations, operation } = await beginOperationMove(scope, job, id, move);
  if (operation.outside && operation.sub_order_id !== null) throw productionErrors.operation_outside({ position: operation.position });
  await carryOut(scope, job, { operations, operation, move, equipment, reason, note });
}

interface Carried extends MoveDetails {
  readonly operations: readonly ListedOperation[];
  readonly operation: ListedOperation;
  readonly move: OperationMove;
}

/** The move itself, already judged. */
export async function carryOut(
  scope: Scope,
  job: JobRow,
  { operations, operation, move, equipment, reason, note }: Carried,
): Promise<void> {
  const on = { code: job.code, operation: operation.id, position: operation.position };
  const tell = (type: string, body: object) => appendEvent(scope, { type, record: job.id, body: { ...body } });
  const chosen = equipment === undefined ? operation.equipment_id : (equipment as RecordId);
  const units = { good: canonical(operation.good), scrap: canonical(operation.scrap) };
  switch (move) {
    case 'start': {
      const placed = operations.map((each) => (each.id === operation.id ? { ...each, equipment_id: chosen } : each));
      for (const { id, position, equipment_id } of await startFrom(scope, placed, operation.id))
        await tell('production.operation_started', { ...on, operation: id, position, equipment: equipment_id });
      break;
    }
    case 'pause':
      await moveOperation(scope, operation.id, { state: 'paused' });
      await endStretches(scope, [operation.id]);
      await beginStretch(scope, {
        operation: operation.id,
        equipment_id: operation.equipment_id,
        kind: 'paused',
        reason: reason ?? 'other',
        note: note ?? null,
      });
      await tell('production.operation_paused', { ...on, reason: reason ?? 'other', note: note ?? null });
      break;
    case 'resume':
      await work(scope, { id: operation.id, equipment_id: chosen });
      await tell('production.operation_resumed', { ...on, equipment: chosen });
      break;
    case 'finish':
      await moveOperation(scope, operation.id, { state: 'done', ended_at: scope.now });
      await endStretches(scope, [operation.id]);
      await tell('production.operation_finished', { ...on, ...units });
      break;
    case 'cancel':
      await moveOperation(scope, operation.id, { state: 'canceled' });
      await endStretches(scope, [operation.id]);
      await tell('production.operation_canceled', { ...on, note: note ?? null });
      break;
    case 'reopen':
      await moveOperation(scope, operation.id, { state: 'ready', ended_at: null });
      await tell('production.operation_reopened', on);
  }
  await settle(scope, job.id);
  await updateJob(scope, job.id, { version: job.version + 1 });
}

/** The operations of the job order, locked, with the one that may make the move. */
export async function beginOperationMove(scope: Scope, job: JobRow, id: string, move: OperationMove) {
  await lockOperations(
    scope,
    (await operationsOf(scope, [job.id])).map((operation) => operation.id),
  );
  const operations = await operationsOf(scope, [job.id]);
  const operation = operations.find((each) => each.id === id);
  if (!operation) throw productionErrors.operation_unknown({ job: job.code, operation: id });
  const judged = inOrder(operations);
  const obstacle = operationObstacle(judged, id, move);
  if (obstacle === null) return { operations, operation };
  const { en: moveEn, zh: moveZh } = operationMoveWords[move];
  const { en, zh: stateZh } = operationStateWords[operation.state];
  const before = waitsFor(judged, id)[0] ?? operations[operations.indexOf(operation) - 1];
  throw productionErrors[obstacle === 'wrong_state' ? 'operation_wrong_state' : obstacle]({
    moveEn,
    moveZh,
    position: operation.position,
    before: before?.position,
    quantity: canonical(operation.rework_open),
    unit: job.unit,
    stateEn: en.toLowerCase(),
    stateZh,
  });
}
