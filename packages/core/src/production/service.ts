import type { z } from 'zod';
import { decodeCursor, page } from '../commands/index.js';
import type { Scope } from '../database/index.js';
import type { madeUnitsSchema } from '../lifecycle/index.js';
import { productionErrors } from './errors.js';
import { createFloorService, type FloorService } from './floor/service.js';
import { jobMoving } from './jobs/job-moves.js';
import { pageOfJobs } from './jobs/job-repository.js';
import { jobDetail, viewJobs } from './jobs/jobs.js';
import type { ProgressSink } from './jobs/progress.js';
import { issuingMaterials } from './materials/materials.js';
import type { proposedRunRulesSchema, RunRuleDeclaration } from './rules/schema.js';
import { proposedRunRules } from './rules/service.js';
import { type EvaluatedRunsInput, type EvaluatedRunsPage, listEvaluatedRuns } from './runs/evaluated-runs.js';
import { evaluateAndKeep } from './runs/evaluation.js';
import type { RunEvaluators } from './runs/evaluators.js';
import { lockRun, pageOfRuns } from './runs/run-repository.js';
import { summarize, viewRun, visibleRun } from './runs/runs.js';
import type * as schema from './schema.js';

export interface ProductionService {
  readonly floor: FloorService;
  getJob(scope: Scope, job: string): Promise<schema.JobDetail>;
  listJobs(scope: Scope, input: z.output<typeof schema.jobListInput>): Promise<z.infer<typeof schema.jobPageSchema>>;
  completeJob(scope: Scope, input: z.output<typeof schema.completeJobInput>): Promise<schema.JobDetail>;
  openLot(scope: Scope, input: z.output<typeof schema.openLotInput>): Promise<z.infer<typeof schema.lotChangedSchema>>;
  closeLot(scope: Scope, input: z.output<typeof schema.closeLotInput>): Promise<z.infer<typeof schema.lotChangedSchema>>;
  countByHand(scope: Scope, input: z.output<typeof schema.countByHandInput>): Promise<schema.JobDetail>;
  startOperation(scope: Scope, input: z.output<typeof schema.startOperationInput>): Promise<schema.JobDetail>;
  pauseOperation(scope: Scope, input: z.output<typeof schema.pauseOperationInput>): Promise<schema.JobDetail>;
  resumeOperation(scope: Scope, input: z.output<typeof schema.startOperationInput>): Promise<schema.JobDetail>;
  finishOperation(scope: Scope, input: z.output<typeof schema.finishOperationInput>): Promise<schema.JobDetail>;
  cancelOperation(scope: Scope, input: z.output<typeof schema.cancelOperationInput>): Promise<schema.JobDetail>;
  issueMaterial(scope: Scope, input: z.output<typeof schema.issueMaterialInput>): Promise<schema.JobDetail>;
  reverseMaterial(scope: Scope, input: z.output<typeof schema.reverseMaterialInput>): Promise<schema.JobDetail>;
  makeUnits(scope: Scope, input: z.output<typeof schema.makeJobUnitsInput>): Promise<z.infer<typeof madeUnitsSchema>>;
  getRun(scope: Scope, run: string): Promise<schema.RunView>;
  listRuns(scope: Scope, input: z.output<typeof schema.runListInput>): Promise<z.infer<typeof schema.runPageSchema>>;
  listEvaluatedRuns(scope: Scope, input: EvaluatedRunsInput): Promise<EvaluatedRunsPage>;
  reevaluateRun(scope: Scope, run: string): Promise<schema.RunView>;
  proposedRunRules(scope: Scope, equipment: string): Promise<z.infer<typeof proposedRunRulesSchema>>;
}

export interface ProductionPorts {
  readonly evaluators: RunEvaluators;
  readonly progress: ProgressSink;
  /** Rules for process runs that a model of equipment declares. */
  readonly declaredRules?: (model: string) => readonly RunRuleDeclaration[];
}

export function createProductionService({ evaluators, progress, declaredRules = () => [] }: ProductionPorts): ProductionService {
  return {
    floor: createFloorService(progress),

    ...issuingMaterials(progress),

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

    ...jobMoving(progress),

    getRun: (scope, run) => viewRun(scope, run, evaluators),

    async listRuns(scope, { limit, cursor, ...filter }) {
      const rows = await pageOfRuns(scope, { ...filter, after: decodeCursor(cursor), limit });
      return page(rows, limit, (row) => ({ key: row.seen_at.toISOString(), id: row.id }), summarize);
    },

    listEvaluatedRuns,

    proposedRunRules: (scope, equipment) => proposedRunRules(scope, equipment, declaredRules),

    async reevaluateRun(scope, id) {
      const run = await visibleRun(scope, id);
      if (run.ended_at === null || run.started_at === null) throw productionErrors.run_not_ended({ run: run.key });
      if (run.withdrawn_at !== null) throw productionErrors.run_withdrawn({ run: run.key });
      await lockRun(scope, id);
      const outcome = await evaluateAndKeep(scope, id, evaluators, true);
      if (outcome === 'no_evaluator') throw productionErrors.no_evaluator({ model: run.equipment_model });
      return viewRun(scope, id, evaluators);
    },
  };
}
