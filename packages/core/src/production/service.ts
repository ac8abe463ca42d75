import type { z } from 'zod';
import { decodeCursor, page, requestErrors } from '../commands/index.js';
import type { Scope } from '../database/index.js';
import { appendEvent } from '../events/index.js';
import { findLots, type madeUnitsSchema, viewLots } from '../lifecycle/index.js';
import { canonical, compare, fitsUnit } from '../measure/index.js';
import { productionErrors } from './errors.js';
import { countUnits, endLot, lotAt, type OpenLot, openJobLot } from './jobs/counting.js';
import {
  endOperations,
  itemOf,
  type JobRow,
  lockOperations,
  lotsOfOperations,
  operationsOf,
  pageOfJobs,
  updateJob,
} from './jobs/job-repository.js';
import { jobDetail, jobInProgress, viewJobs, visibleJob } from './jobs/jobs.js';
import { operationMoving } from './jobs/operations.js';
import type { ProgressSink } from './jobs/progress.js';
import { materials } from './materials/materials.js';
import { type EvaluatedRunsInput, type EvaluatedRunsPage, listEvaluatedRuns } from './runs/evaluated-runs.js';
import { evaluateAndKeep } from './runs/evaluation.js';
import type { RunEvaluators } from './runs/evaluators.js';
import { lockRun, pageOfRuns } from './runs/run-repository.js';
import { summarize, viewRun, visibleRun } from './runs/runs.js';
import type * as schema from './schema.js';

export interface ProductionService {
  getJob(scope: Scope, job: string): Promise<schema.JobDetail>;
  listJobs(scope: Scope, input: z.output<typeof schema.jobListInput>): Promise<z.infer<typeof schema.jobPageSchema>>;
  completeJob(scope: Scope, input: z.output<typeof schema.completeJobInput>): Promise<schema.JobDetail>;
  openLot(scope: Scope, input: z.output<typeof schema.openLotInput>): Promise<z.infer<typeof schema.lotChangedSchema>>;
  closeLot(scope: Scope, input: z.output<typeof schema.closeLotInput>): Promise<z.infer<typeof schema.lotChangedSchema>>;
  countByHand(scope: Scope, input: z.output<typeof schema.countByHandInput>): Promise<schema.JobDetail>;
  startOperation(scope: Scope, input: z.output<typeof schema.startOperationInput>): Promise<schema.JobDetail>;
  finishOperation(scope: Scope, input: z.output<typeof schema.finishOperationInput>): Promise<schema.JobDetail>;
  issueMaterial(scope: Scope, input: z.output<typeof schema.issueMaterialInput>): Promise<schema.JobDetail>;
  reverseMaterial(scope: Scope, input: z.output<typeof schema.reverseMaterialInput>): Promise<schema.JobDetail>;
  makeUnits(scope: Scope, input: z.output<typeof schema.makeJobUnitsInput>): Promise<z.infer<typeof madeUnitsSchema>>;
  getRun(scope: Scope, run: string): Promise<schema.RunView>;
  listRuns(scope: Scope, input: z.output<typeof schema.runListInput>): Promise<z.infer<typeof schema.runPageSchema>>;
  listEvaluatedRuns(scope: Scope, input: EvaluatedRunsInput): Promise<EvaluatedRunsPage>;
  reevaluateRun(scope: Scope, run: string): Promise<schema.RunView>;
}

export interface ProductionPorts {
  readonly evaluators: RunEvaluators;
  readonly progress: ProgressSink;
}

export function createProductionService({ evaluators, progress }: ProductionPorts): ProductionService {
  return {
    ...operationMoving,
    ...materials,

    getJob: jobDetail,

    async listJobs(scope, { limit, cursor, state, order }) {
      const rows = await pageOfJobs(scope, { state, order, after: decodeCursor(cursor), limit });
      const views = new Map((await viewJobs(scope, rows)).map((view) => [view.id, view]));
      return page(
        rows,
        limit,
        (row) => ({ key: row.created_at.toISOString(), id: row.id }),
        (row) => views.get(row.id) as schema.JobView,
      );
    },

    async completeJob(scope, input) {
      const job = await jobInProgress(scope, input);
      const ready = (await operationsOf(scope, [job.id])).filter((operation) => operation.state === 'ready');
      if (ready.length > 0 && !input.skipReady)
        throw productionErrors.operations_open({ job: job.code, positions: ready.map(({ position }) => position).join(', ') });
      for (const open of await openLots(scope, job)) await endLot(scope, open);
      await endOperations(scope, job.id);
      await updateJob(scope, job.id, { version: job.version + 1, state: 'completed', completed_at: scope.now });
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

    async countByHand(scope, { job: id, version, operation: named, good, scrap, reason }) {
      if (compare(good, '0') === 0 && compare(scrap, '0') === 0) throw productionErrors.nothing_counted();
      const line = (await visibleJob(scope, id)).order_line;
      if (line !== null) await progress.lock(scope, [line]);
      const job = await jobInProgress(scope, { job: id, version });
      for (const value of [good, scrap]) if (!fitsUnit(value, job.unit)) throw productionErrors.not_whole({ value, unit: job.unit });
      const operation = await operationOf(scope, job, named);
      const next = await lotOf(scope, job);
      await lockOperations(scope, next.operations);
      const lot =
        lotAt(await lotsOfOperations(scope, [operation.id]), operation.id, scope.now)?.lot_id ?? (await openJobLot(scope, next)).id;
      const produced = await countUnits(
        scope,
        { id: job.id, orderLine: job.order_line, final: operation.final },
        {
          operation: operation.id,
          lot,
          good: canonical(good),
          scrap: canonical(scrap),
          evidence: 'person',
          messages: null,
          reason,
          by: scope.actor.label,
        },
      );
      if (produced) await progress.produced(scope, [produced]);
      await updateJob(scope, job.id, { version: job.version + 1 });
      return jobDetail(scope, job.id);
    },

    getRun: (scope, run) => viewRun(scope, run, evaluators),

    async listRuns(scope, { limit, cursor, ...filter }) {
      const rows = await pageOfRuns(scope, { ...filter, after: decodeCursor(cursor), limit });
      return page(rows, limit, (row) => ({ key: row.seen_at.toISOString(), id: row.id }), summarize);
    },

    listEvaluatedRuns,

    async reevaluateRun(scope, id) {
      const run = await visibleRun(scope, id);
      if (run.ended_at === null || run.started_at === null) throw productionErrors.run_not_ended({ run: run.key });
      await lockRun(scope, id);
      const outcome = await evaluateAndKeep(scope, id, evaluators, true);
      if (outcome === 'no_evaluator') throw productionErrors.no_evaluator({ model: run.equipment_model });
      return viewRun(scope, id, evaluators);
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

/** The named operation of the job order, or its only one. */
async function operationOf(scope: Scope, job: JobRow, named: string | undefined) {
  const operations = (await operationsOf(scope, [job.id])).filter((operation) => operation.state === 'in_progress');
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
