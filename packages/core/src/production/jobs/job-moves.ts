import { requestErrors } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import { appendEvent } from '../../events/index.js';
import { findLots, viewLots } from '../../lifecycle/index.js';
import { canonical, compare } from '../../measure/index.js';
import { productionErrors } from '../errors.js';
import { tellOutlook } from '../outlook/outlook.js';
import type { ProductionService } from '../service.js';
import { endLot, type OpenLot, openJobLot } from './counting.js';
import { itemOf, type JobRow, updateJob } from './job-repository.js';
import { jobDetail, jobInProgress, visibleJob } from './jobs.js';
import { lotsOfOperations } from './lot-repository.js';
import { endOperations, lockOperations, operationsOf } from './operation-repository.js';
import { type MoveDetails, makeMove } from './operations.js';
import type { ProgressSink } from './progress.js';
import { reportCount } from './reported-counts.js';
import type { OperationMove, OperationState } from './states.js';
import { endStretches } from './stretches.js';

type JobMoving = Pick<
  ProductionService,
  | 'completeJob'
  | 'openLot'
  | 'closeLot'
  | 'countByHand'
  | 'startOperation'
  | 'pauseOperation'
  | 'resumeOperation'
  | 'finishOperation'
  | 'cancelOperation'
>;

/** How people move a job order on: its operations, its lots, and what they report by hand. */
export function jobMoving(progress: ProgressSink): JobMoving {
  const move =
    (made: OperationMove) =>
    async (scope: Scope, input: { readonly job: string; readonly version: number; readonly operation: string } & MoveDetails) => {
      const job = await jobInProgress(scope, input);
      await makeMove(scope, job, input.operation, made, input);
      await tellOutlook(scope, progress, [job.order_line]);
      return jobDetail(scope, job.id);
    };
  return {
    startOperation: move('start'),
    pauseOperation: move('pause'),
    resumeOperation: move('resume'),
    finishOperation: move('finish'),
    cancelOperation: move('cancel'),

    async countByHand(scope, { job: id, version, operation: named, ...count }) {
      const line = (await visibleJob(scope, id)).order_line;
      if (line !== null) await progress.lock(scope, [line]);
      const job = await jobInProgress(scope, { job: id, version });
      const resolves = count.fromRework || compare(count.alreadyCounted, '0') > 0;
      const operation = await operationOf(scope, job, named, resolves);
      if (operation.outside && operation.sub_order_id !== null) throw productionErrors.operation_outside({ position: operation.position });
      const produced = await reportCount(scope, job, operation, { ...count, evidence: 'person', by: scope.actor.label });
      if (produced) await progress.produced(scope, [produced]);
      await tellOutlook(scope, progress, [job.order_line]);
      await updateJob(scope, job.id, { version: job.version + 1 });
      return jobDetail(scope, job.id);
    },

    async completeJob(scope, input) {
      const job = await jobInProgress(scope, input);
      const operations = await operationsOf(scope, [job.id]);
      const waiting = operations.filter(({ state }) => state === 'todo' || state === 'ready');
      if (waiting.length > 0 && !input.skipReady)
        throw productionErrors.operations_open({ job: job.code, positions: waiting.map(({ position }) => position).join(', ') });
      const reworked = operations.find((operation) => compare(operation.rework_open, '0') > 0);
      if (reworked)
        throw productionErrors.rework_open({ position: reworked.position, quantity: canonical(reworked.rework_open), unit: job.unit });
      for (const open of await openLots(scope, job)) await endLot(scope, open);
      await endOperations(scope, job.id);
      await endStretches(
        scope,
        operations.map(({ id }) => id),
      );
      await updateJob(scope, job.id, { version: job.version + 1, state: 'completed', completed_at: scope.now });
      await tellOutlook(scope, progress, [job.order_line]);
      const detail = await jobDetail(scope, job.id);
      const body = { code: job.code, good: detail.good, scrap: detail.scrap };
      await appendEvent(scope, { type: 'production.job_completed', record: job.id, body });
      return detail;
    },

    async openLot(scope, input) {
      const job = await jobInProgress(scope, input);
      const operations = await operationsOf(scope, [job.id]);
      if (input.operation !== undefined && !operations.some(({ id }) => id === input.operation))
        throw productionErrors.operation_unknown({ job: job.code, operation: input.operation });
      const open = (await openLots(scope, job)).find((lot) => lot.state === 'open');
      if (open) throw productionErrors.lot_open({ lot: open.code });
      const lot = await openJobLot(scope, { ...(await lotOf(scope, job)), code: input.code });
      return lotChanged(scope, job, lot.id);
    },

    async closeLot(scope, input) {
      const job = await jobInProgress(scope, input);
      const open = (await openLots(scope, job)).find(({ lot }) => lot === input.lot);
      if (!open) throw productionErrors.lot_unknown({ job: job.code, lot: input.lot });
      await endLot(scope, open);
      if (input.openNext) await openJobLot(scope, await lotOf(scope, job));
      return lotChanged(scope, job, open.lot);
    },
  };
}

/** The open lots of a job order, its operations locked, so that no count goes to a lot that is just being closed. */
async function openLots(scope: Scope, job: JobRow): Promise<OpenLot[]> {
  const { operations } = await lotOf(scope, job);
  await lockOperations(scope, operations);
  const open = (await lotsOfOperations(scope, operations)).filter((lot) => lot.closed_at === null);
  const lots = new Map(open.map(({ lot_id, code, state }) => [lot_id, { operations, lot: lot_id, code, state }]));
  return [...lots.values()];
}

/** What the next lot of the job order begins with. */
async function lotOf(scope: Scope, job: JobRow) {
  const operations = (await operationsOf(scope, [job.id])).map((operation) => operation.id);
  return { operations, unit: job.unit, item: await itemOf(scope, job.id) };
}

/** The named operation of the job order that people may count at, or its only one. */
async function operationOf(scope: Scope, job: JobRow, named: string | undefined, resolves: boolean) {
  const states: readonly OperationState[] = resolves ? ['in_progress', 'paused', 'done'] : ['in_progress', 'paused'];
  const operations = (await operationsOf(scope, [job.id])).filter(({ state }) => states.includes(state));
  const found = named === undefined && operations.length === 1 ? operations[0] : operations.find((operation) => operation.id === named);
  if (!found) throw productionErrors.operation_unknown({ job: job.code, operation: named ?? '' });
  return found;
}

async function lotChanged(scope: Scope, job: JobRow, lot: string) {
  await updateJob(scope, job.id, { version: job.version + 1 });
  const [view] = await viewLots(scope, await findLots(scope, [lot]));
  if (!view) throw requestErrors.not_found({ kind: 'lot' });
  return { job: await jobDetail(scope, job.id), lot: view };
}
