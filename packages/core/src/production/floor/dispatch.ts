import { z } from 'zod';
import { requestErrors } from '../../commands/index.js';
import type { RecordId, Scope } from '../../database/index.js';
import { canonical, compare, Decimal, quantity, subtract } from '../../measure/index.js';
import type { JobRow } from '../jobs/job-repository.js';
import { viewOperation } from '../jobs/jobs.js';
import { type ListedOperation, operationsOf } from '../jobs/operation-repository.js';
import { inOrder } from '../jobs/order-of-operations.js';
import type { ProgressSink } from '../jobs/progress.js';
import { operationStateWords, waitsFor } from '../jobs/states.js';
import { toDoOf } from '../outlook/outlook.js';
import { type DispatchKey, type DispatchRow, dispatchOfJob, jobsById, pageOfDispatch } from './dispatch-repository.js';
import type { DispatchItem, dispatchInput } from './schema.js';

/** What a work center or a machine has to do: under way first, then paused, ready and to do; each by due date, then by priority. */
export async function dispatchList(
  scope: Scope,
  progress: ProgressSink,
  { limit, cursor, workCenter, equipment }: z.output<typeof dispatchInput>,
) {
  const rows = await pageOfDispatch(scope, { center: workCenter, equipment, after: decodeKey(cursor), limit });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: await viewDispatch(scope, progress, shown), next: rows.length > limit && last ? encodeKey(last) : null };
}

/** The open operations of a job order, as on a dispatch list; of one, when it is named. */
export async function dispatchOf(scope: Scope, progress: ProgressSink, job: RecordId, operation?: string): Promise<DispatchItem[]> {
  const rows = await dispatchOfJob(scope, job);
  return viewDispatch(
    scope,
    progress,
    rows.filter(({ id }) => operation === undefined || id === operation),
  );
}

/** One operation in whatever state; throws `request.not_found`. */
export async function dispatchItem(scope: Scope, progress: ProgressSink, job: JobRow, operation: string): Promise<DispatchItem> {
  const [item] = await viewDispatch(scope, progress, [{ id: operation, job_order_id: job.id }]);
  if (!item) throw requestErrors.not_found({ kind: 'operation' });
  return item;
}

async function viewDispatch(
  scope: Scope,
  progress: ProgressSink,
  rows: readonly Pick<DispatchRow, 'id' | 'job_order_id'>[],
): Promise<DispatchItem[]> {
  const jobs = new Map((await jobsById(scope, [...new Set(rows.map((row) => row.job_order_id))])).map((job) => [job.id, job]));
  const operations = await operationsOf(scope, [...jobs.keys()]);
  const numbers = await progress.numbersOf(scope, [
    ...new Set([...jobs.values()].flatMap(({ order_id }) => (order_id === null ? [] : [order_id]))),
  ]);
  return rows.flatMap(({ id, job_order_id }) => {
    const job = jobs.get(job_order_id);
    const all = operations.filter((operation) => operation.job_order_id === job_order_id);
    const operation = all.find((each) => each.id === id);
    if (!job || !operation) return [];
    const named = job.order_id === null ? undefined : numbers.get(job.order_id);
    return viewItem(job, operation, all, job.order_id !== null && named ? { id: job.order_id, ...named } : null);
  });
}

function viewItem(job: JobRow, operation: ListedOperation, all: readonly ListedOperation[], order: DispatchItem['order']): DispatchItem {
  const seen = viewOperation(operation, all, job);
  const toDo = toDoOf(job, operation);
  const left = subtract(subtract(toDo, operation.good), operation.rework_open);
  const remaining = compare(left, '0') > 0 ? left : '0';
  return {
    operation: operation.id,
    job: job.id,
    jobCode: job.code,
    scanCode: seen.scanCode,
    position: operation.position,
    words: seen.words,
    description: job.description,
    order,
    state: seen.state,
    stateWords: seen.stateWords,
    workCenter: operation.center,
    equipment: seen.equipment,
    outside: seen.outside,
    final: operation.final,
    unit: quantity('0', job.unit).unit,
    toDo: canonical(toDo),
    good: seen.good,
    scrap: seen.scrap,
    reworkOpen: seen.rework.open,
    remaining: canonical(remaining),
    plannedSeconds: plannedSeconds(operation, remaining),
    dueOn: operation.due_on,
    priority: operation.priority,
    waitsFor: operation.dispatch_rank === null ? [] : waitsFor(inOrder(all), operation.id).map(viewEarlier),
    reworkTargets: all
      .filter(({ position, state }) => position < operation.position && state !== 'canceled')
      .map(({ id, position, words_en: en, words_zh: zh }) => ({ operation: id, position, words: { en, zh } })),
    pause: seen.pause,
    moves: seen.moves,
    startedAt: seen.startedAt,
  };
}

const viewEarlier = ({ id, position, words_en: en, words_zh: zh, state }: ListedOperation): DispatchItem['waitsFor'][number] => ({
  operation: id,
  position,
  words: { en, zh },
  stateWords: operationStateWords[state],
});

function plannedSeconds({ setup_seconds, run_seconds, started_at }: ListedOperation, remaining: string): number | null {
  if (setup_seconds === null && run_seconds === null) return null;
  const setup = started_at === null ? (setup_seconds ?? '0') : '0';
  return new Decimal(run_seconds ?? '0').times(remaining).plus(setup).toDecimalPlaces(0, Decimal.ROUND_UP).toNumber();
}

const dispatchKey = z.tuple([z.number().int().min(1).max(4), z.iso.date(), z.number().int().min(1).max(99), z.uuid()]);

const encodeKey = ({ dispatch_rank, dispatch_due, priority, id }: DispatchRow): string =>
  Buffer.from(JSON.stringify([dispatch_rank, dispatch_due, priority, id])).toString('base64url');

function decodeKey(cursor: string | undefined): DispatchKey | null {
  if (cursor === undefined) return null;
  try {
    const [rank, due, priority, id] = dispatchKey.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { rank, due, priority, id };
  } catch (error) {
    throw requestErrors.invalid({ field: 'cursor', problem: 'it is not a cursor that this list gave' }, error);
  }
}
