import type { RecordId, Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { canonical } from '../../measure/index.js';
import { productionErrors } from '../errors.js';
import type { ProductionService } from '../service.js';
import { type OperationMove, operationMoveWords, operationObstacle, operationStateWords } from '../states.js';
import { type JobRow, lockOperations, moveOperation, operationsOf, updateJob } from './job-repository.js';
import { jobDetail, jobInProgress } from './jobs.js';
import { startFrom } from './starting.js';

/** How the operations of a job order are moved on by people. */
export const operationMoving: Pick<ProductionService, 'startOperation' | 'finishOperation'> = {
  async startOperation(scope, input) {
    const job = await jobInProgress(scope, input);
    const operations = await beginOperationMove(scope, job, input.operation, 'start');
    const chosen = operations.map((operation) =>
      operation.id === input.operation && input.equipment !== undefined
        ? { ...operation, equipment_id: input.equipment as RecordId }
        : operation,
    );
    for (const { id, position, equipment_id } of await startFrom(scope, chosen, input.operation)) {
      const body = { code: job.code, operation: id, position, equipment: equipment_id };
      await appendEvent(scope, { type: 'production.operation_started', record: job.id, body });
    }
    await updateJob(scope, job.id, { version: job.version + 1 });
    return jobDetail(scope, job.id);
  },

  async finishOperation(scope, input) {
    const job = await jobInProgress(scope, input);
    const operations = await beginOperationMove(scope, job, input.operation, 'finish');
    await moveOperation(scope, input.operation, { state: 'done', ended_at: scope.now });
    const [operation] = operations.filter(({ id }) => id === input.operation);
    const body = {
      code: job.code,
      operation: input.operation,
      position: operation?.position,
      good: canonical(operation?.good ?? '0'),
      scrap: canonical(operation?.scrap ?? '0'),
    };
    await appendEvent(scope, { type: 'production.operation_finished', record: job.id, body });
    await updateJob(scope, job.id, { version: job.version + 1 });
    return jobDetail(scope, job.id);
  },
};

/** The operations of the job order, locked, with the one that may make the move. */
async function beginOperationMove(scope: Scope, job: JobRow, id: string, move: OperationMove) {
  await lockOperations(
    scope,
    (await operationsOf(scope, [job.id])).map((operation) => operation.id),
  );
  const operations = await operationsOf(scope, [job.id]);
  const at = operations.findIndex((operation) => operation.id === id);
  const operation = operations[at];
  if (!operation) throw productionErrors.operation_unknown({ job: job.code, operation: id });
  const obstacle = operationObstacle(operations, id, move);
  const { en: moveEn, zh: moveZh } = operationMoveWords[move];
  const { en, zh: stateZh } = operationStateWords[operation.state];
  if (obstacle === 'wrong_state')
    throw productionErrors.operation_wrong_state({ moveEn, moveZh, position: operation.position, stateEn: en.toLowerCase(), stateZh });
  if (obstacle === 'operation_waits')
    throw productionErrors.operation_waits({ moveEn, moveZh, position: operation.position, before: operations[at - 1]?.position });
  return operations;
}
