import { requestErrors } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import { findLots, viewLots } from '../../lifecycle/index.js';
import { add, canonical, quantity } from '../../measure/index.js';
import { productionErrors } from '../errors.js';
import { viewMaterials } from '../materials/material-view.js';
import type { JobDetail, JobView, OperationView, Specification } from '../schema.js';
import { findJob, type JobRow, lockJob } from './job-repository.js';
import { lotsOfJob } from './lot-repository.js';
import { type ListedOperation, operationsOf } from './operation-repository.js';
import { inOrder } from './order-of-operations.js';
import {
  jobStateWords,
  operationMoves,
  operationMoveWords,
  operationObstacle,
  operationStateWords,
  operationTransitions,
  pauseReasonWords,
} from './states.js';

export async function visibleJob(scope: Scope, id: string): Promise<JobRow> {
  const job = await findJob(scope, id);
  if (!job) throw requestErrors.not_found({ kind: 'job order' });
  return job;
}

/** The job order, locked, in progress and at the version that the caller saw. */
export async function jobInProgress(scope: Scope, input: { readonly job: string; readonly version: number }): Promise<JobRow> {
  const job = await lockJob(scope, input.job);
  if (!job) throw requestErrors.not_found({ kind: 'job order' });
  if (job.version !== input.version) throw productionErrors.version_stale({ current: job.version, sent: input.version });
  if (job.state !== 'in_progress') throw productionErrors.job_not_in_progress({ job: job.code, state: jobStateWords[job.state].en });
  return job;
}

export async function viewJobs(scope: Scope, jobs: readonly JobRow[]): Promise<JobView[]> {
  const operations = await operationsOf(
    scope,
    jobs.map((job) => job.id),
  );
  return jobs.map((job) => {
    const own = operations.filter((operation) => operation.job_order_id === job.id);
    const { value, unit } = quantity(job.quantity, job.unit);
    // What leaves the last operation is what the job order made; scrap falls at any of them.
    const last = own.at(-1);
    return {
      id: job.id,
      code: job.code,
      version: job.version,
      state: job.state,
      stateWords: jobStateWords[job.state],
      order: job.order_id,
      orderLine: job.order_line,
      revision: job.revision_id,
      description: job.description,
      specification: job.specification as Specification | null,
      unit,
      quantity: value,
      good: canonical(last?.good ?? '0'),
      scrap: add(...own.map((operation) => operation.scrap)),
      createdAt: job.created_at.toISOString(),
      completedAt: job.completed_at?.toISOString() ?? null,
      operations: own.map((row) => viewOperation(row, own, job)),
    };
  });
}

/** What is scanned for an operation; the code of a job order may hold slashes of its own, the last one counts. */
export const scanCodeOf = (jobCode: string, position: number): string => `${jobCode}/${position}`;

export function viewOperation(row: ListedOperation, all: readonly ListedOperation[], job: Pick<JobRow, 'state' | 'code'>): OperationView {
  const { equipment_id: id, equipment_code: code, equipment_name: name, equipment_model: model } = row;
  return {
    id: row.id,
    position: row.position,
    words: { en: row.words_en, zh: row.words_zh },
    state: row.state,
    stateWords: operationStateWords[row.state],
    equipment: id !== null && code !== null && name !== null && model !== null ? { id, code, name, model } : null,
    workCenter: row.work_center,
    setupSeconds: row.setup_seconds === null ? null : canonical(row.setup_seconds),
    runSeconds: row.run_seconds === null ? null : canonical(row.run_seconds),
    priority: row.priority,
    dueOn: row.due_on,
    outside: row.outside ? { supplier: row.supplier, subOrder: row.sub_order_id } : null,
    pause: pauseOf(row),
    scanCode: scanCodeOf(job.code, row.position),
    parallel: row.parallel,
    final: row.final,
    moves: job.state === 'in_progress' ? movesOf(row, all) : [],
    good: canonical(row.good),
    scrap: canonical(row.scrap),
    rework: { total: canonical(row.rework), open: canonical(row.rework_open), returned: canonical(row.rework_returned) },
    whilePaused: canonical(row.counted_while_paused),
    byHand: { good: canonical(row.good_by_hand), scrap: canonical(row.scrap_by_hand) },
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    openLot:
      row.lot_id !== null && row.lot_code !== null && row.lot_state !== null
        ? { id: row.lot_id, code: row.lot_code, state: row.lot_state }
        : null,
  };
}

function pauseOf({ state, pause_reason: reason, pause_note: note, stretch_begun_at: since, stretch_begun_by: by }: ListedOperation) {
  if (state !== 'paused' || reason === null || since === null) return null;
  return { reason, words: pauseReasonWords[reason], note, since: since.toISOString(), by: by ?? '' };
}

/** Rework alone reopens an operation; people make the other moves. */
const offered = operationMoves.filter((move) => move !== 'reopen');

function movesOf(row: ListedOperation, all: readonly ListedOperation[]): OperationView['moves'] {
  const judged = inOrder(all);
  return offered
    .filter((move) => operationTransitions[move][row.state] !== undefined)
    .map((move) => {
      const obstacle = row.outside && row.sub_order_id !== null ? 'operation_outside' : operationObstacle(judged, row.id, move);
      return { move, words: operationMoveWords[move], allowed: obstacle === null, reason: obstacle && `production.${obstacle}` };
    });
}

export async function jobDetail(scope: Scope, id: string): Promise<JobDetail> {
  const job = await visibleJob(scope, id);
  const [view] = await viewJobs(scope, [job]);
  const made = await lotsOfJob(scope, job.id);
  const lots = new Map(
    (
      await viewLots(
        scope,
        await findLots(
          scope,
          made.map((lot) => lot.lot_id),
        ),
      )
    ).map((lot) => [lot.id, lot]),
  );
  const detail = made.flatMap(({ lot_id, operation_id, good, scrap }) => {
    const lot = lots.get(lot_id);
    return lot ? [{ lot, operation: operation_id, good: canonical(good), scrap: canonical(scrap) }] : [];
  });
  return { ...(view as JobView), lots: detail, materials: await viewMaterials(scope, job.id) };
}
