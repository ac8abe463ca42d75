import { requestErrors } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import { compare, least, subtract } from '../../measure/index.js';
import { productionErrors } from '../errors.js';
import { reworkOpenAt } from '../jobs/count-repository.js';
import { type JobRow, lockJob, updateJob } from '../jobs/job-repository.js';
import { type ListedOperation, moveOperation, operationsOf } from '../jobs/operation-repository.js';
import { beginOperationMove, carryOut } from '../jobs/operations.js';
import type { ProgressSink } from '../jobs/progress.js';
import { reportCount } from '../jobs/reported-counts.js';
import { jobStateWords, operationStateWords } from '../jobs/states.js';
import { tellOutlook } from '../outlook/outlook.js';
import { findJobOfOperation } from './dispatch-repository.js';

/**
 * Says that a subcontractor performs an operation that has not begun: under the order `subOrder`, whose moves then are the only ones
 * that move the operation, or, without one, by word of `supplier`, and people move and count it as any other. Its planned equipment
 * is let go. Throws `request.not_found`, `production.operation_wrong_state`.
 */
export async function markOutside(
  scope: Scope,
  { operation: id, subOrder, supplier }: { readonly operation: string; readonly subOrder: string | null; readonly supplier: string | null },
): Promise<void> {
  const { job, operation } = await lockedOperation(scope, id);
  if (operation.state !== 'todo' && operation.state !== 'ready') {
    const { en, zh } = operationStateWords[operation.state];
    throw productionErrors.operation_wrong_state({
      moveEn: 'Send out',
      moveZh: '外协',
      position: operation.position,
      stateEn: en.toLowerCase(),
      stateZh: zh,
    });
  }
  await moveOperation(scope, id, { outside: true, equipment_id: null, sub_order_id: subOrder, supplier });
  await updateJob(scope, job.id, { version: job.version + 1 });
}

/**
 * Starts an operation that is performed outside, for instance when the material left for the subcontractor. The caller has locked the
 * orders already. Throws `request.not_found`, `production.operation_not_outside`, `production.operation_wrong_state`,
 * `production.operation_waits`.
 */
export async function startOutside(scope: Scope, progress: ProgressSink, operation: string): Promise<void> {
  await moveOutside(scope, progress, operation, 'start');
}

/** Ends an operation that is performed outside: nothing more comes back. Throws as `startOutside`, and `production.rework_open`. */
export async function finishOutside(scope: Scope, progress: ProgressSink, operation: string): Promise<void> {
  await moveOutside(scope, progress, operation, 'finish');
}

/**
 * Ends what a subcontractor performs although not everything came back: units in rework are scrap, and an operation that has not begun
 * is one's own again. Throws `request.not_found`, `production.operation_not_outside`.
 */
export async function endOutsideOf(scope: Scope, progress: ProgressSink, id: string, reason: string): Promise<void> {
  const { job, operation } = await outsideOperation(scope, id);
  if (operation.state === 'todo' || operation.state === 'ready') {
    await moveOperation(scope, id, { outside: false, sub_order_id: null, supplier: null });
    await updateJob(scope, job.id, { version: job.version + 1 });
    return;
  }
  if (operation.state !== 'in_progress' && operation.state !== 'paused') return;
  const lost = await reworkOpenAt(scope, id);
  if (compare(lost, '0') > 0)
    await reportOutside(scope, progress, { operation: id, good: '0', scrap: lost, evidence: 'subcontractor', reason });
  await finishOutside(scope, progress, id);
}

export interface OutsideReport {
  readonly operation: string;
  /** In the unit of the job order. */
  readonly good: string;
  readonly scrap: string;
  /** Comes again; what is good or scrap comes out of this first. */
  readonly rework?: string;
  readonly evidence: 'subcontractor';
  /** What the quantities rest on, in words: the sub-order and its delivery. */
  readonly reason: string;
}

/**
 * Counts what came back from the subcontractor of an operation under way, with evidence `subcontractor`; from the last operation it
 * goes into the lot and, through `progress`, to the customer's order. Locks the customer's order first, then job order and operation:
 * call it before locking anything below them. Throws `request.not_found`, `production.operation_not_outside`,
 * `production.operation_wrong_state`, `production.nothing_counted`, `production.not_whole`.
 */
export async function reportOutside(scope: Scope, progress: ProgressSink, report: OutsideReport): Promise<void> {
  const seen = await findJobOfOperation(scope, report.operation);
  if (!seen) throw requestErrors.not_found({ kind: 'operation' });
  if (seen.order_line !== null) await progress.lock(scope, [seen.order_line]);
  const { job, operation } = await outsideOperation(scope, report.operation);
  if (operation.state !== 'in_progress' && operation.state !== 'paused') {
    const { en, zh } = operationStateWords[operation.state];
    throw productionErrors.operation_wrong_state({
      moveEn: 'Count',
      moveZh: '报工',
      position: operation.position,
      stateEn: en.toLowerCase(),
      stateZh: zh,
    });
  }
  const open = await reworkOpenAt(scope, operation.id);
  const again = least(report.good, open);
  const lost = least(report.scrap, subtract(open, again));
  const first = { good: subtract(report.good, again), scrap: subtract(report.scrap, lost), rework: report.rework ?? '0' };
  const said = { alreadyCounted: '0', evidence: report.evidence, reason: report.reason, by: operation.supplier ?? scope.actor.label };
  const counts = [
    { good: again, scrap: lost, rework: '0', fromRework: true },
    { ...first, fromRework: false },
  ].filter(({ good, scrap, rework }) => [good, scrap, rework].some((value) => compare(value, '0') > 0));
  if (counts.length === 0) throw productionErrors.nothing_counted();
  for (const count of counts) {
    const produced = await reportCount(scope, job, operation, { ...count, ...said });
    if (produced) await progress.produced(scope, [produced]);
  }
  await updateJob(scope, job.id, { version: job.version + 1 });
  await tellOutlook(scope, progress, [job.order_line]);
}

async function moveOutside(scope: Scope, progress: ProgressSink, id: string, move: 'start' | 'finish'): Promise<void> {
  const { job } = await outsideOperation(scope, id);
  const begun = await beginOperationMove(scope, job, id, move);
  await carryOut(scope, job, { ...begun, move });
  await tellOutlook(scope, progress, [job.order_line]);
}

async function outsideOperation(scope: Scope, id: string): Promise<{ job: JobRow; operation: ListedOperation }> {
  const found = await lockedOperation(scope, id);
  if (!found.operation.outside) throw productionErrors.operation_not_outside({ position: found.operation.position });
  return found;
}

/** An operation of a job order in progress, which is locked. Throws `request.not_found`, `production.job_not_in_progress`. */
export async function lockedOperation(scope: Scope, id: string): Promise<{ job: JobRow; operation: ListedOperation }> {
  const seen = await findJobOfOperation(scope, id);
  const job = seen && (await lockJob(scope, seen.id));
  const operation = job && (await operationsOf(scope, [job.id])).find((each) => each.id === id);
  if (!job || !operation) throw requestErrors.not_found({ kind: 'operation' });
  if (job.state !== 'in_progress') throw productionErrors.job_not_in_progress({ job: job.code, state: jobStateWords[job.state].en });
  return { job, operation };
}

/** An operation with the order that its job order works for; undefined unless it is the organization's own. */
export async function operationForOrder(scope: Scope, id: string) {
  const job = await findJobOfOperation(scope, id);
  const operation = job && (await operationsOf(scope, [job.id])).find((each) => each.id === id);
  if (!job || !operation) return undefined;
  return {
    job: job.id as string,
    jobCode: job.code,
    orderLine: job.order_line,
    position: operation.position,
    state: operation.state,
    subOrder: operation.sub_order_id,
  };
}
