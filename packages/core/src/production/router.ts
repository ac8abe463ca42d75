import { z } from 'zod';
import { command, query } from '../commands/index.js';
import { madeUnitsSchema } from '../lifecycle/index.js';
import { createFloorRouter } from './floor/router.js';
import { goldenRunsRouter } from './golden/router.js';
import { compareRunsInput, comparisonSchema } from './golden/schema.js';
import { compareRuns } from './golden/service.js';
import { operationTable, operationTableSchema } from './jobs/transition-table.js';
import { createRunRulesRouter } from './rules/router.js';
import {
  cancelOperationInput,
  closeLotInput,
  completeJobInput,
  countByHandInput,
  finishOperationInput,
  issueMaterialInput,
  jobDetailSchema,
  jobIdInput,
  jobListInput,
  jobPageSchema,
  lotChangedSchema,
  makeJobUnitsInput,
  openLotInput,
  pauseOperationInput,
  reverseMaterialInput,
  runIdInput,
  runListInput,
  runPageSchema,
  runSchema,
  startOperationInput,
} from './schema.js';
import type { ProductionService } from './service.js';

const tags = ['production'];
const record = { kind: 'job order', id: (input: { job: string }) => input.job };

export function createProductionRouter(service: ProductionService) {
  return {
    floor: createFloorRouter(service.floor),
    jobs: {
      get: query({
        permission: 'production.view',
        rest: { method: 'GET', path: '/jobs/{job}', summary: 'One job order with its operations and lots', tags },
        input: jobIdInput,
        output: jobDetailSchema,
        run: (scope, { job }) => service.getJob(scope, job),
      }),
      list: query({
        permission: 'production.view',
        rest: { method: 'GET', path: '/jobs', summary: 'Job orders of your organization, newest first', tags },
        input: jobListInput,
        output: jobPageSchema,
        run: (scope, input) => service.listJobs(scope, input),
      }),
      complete: command({
        permission: 'production.run',
        rest: { method: 'POST', path: '/jobs/{job}/complete', summary: 'Complete a job order and free its equipment', tags },
        input: completeJobInput,
        output: jobDetailSchema,
        record,
        run: (scope, input) => service.completeJob(scope, input),
      }),
    },
    lots: {
      open: command({
        permission: 'production.run',
        rest: { method: 'POST', path: '/jobs/{job}/lots', summary: 'Open the next lot; good units are counted into it', tags },
        input: openLotInput,
        output: lotChangedSchema,
        record,
        run: (scope, input) => service.openLot(scope, input),
      }),
      close: command({
        permission: 'production.run',
        rest: { method: 'POST', path: '/jobs/{job}/lots/{lot}/close', summary: 'Close a lot, so that it can be released', tags },
        input: closeLotInput,
        output: lotChangedSchema,
        record,
        run: (scope, input) => service.closeLot(scope, input),
      }),
    },
    operations: {
      transitions: query({
        permission: null,
        rest: { method: 'GET', path: '/operation-transitions', summary: 'The transition table of operations: state and move', tags },
        input: z.object({}),
        output: operationTableSchema,
        run: () => Promise.resolve(operationTable),
      }),
      start: command({
        permission: 'production.run',
        rest: {
          method: 'POST',
          path: '/jobs/{job}/operations/{operation}/start',
          summary: 'Start an operation, and those that run beside it',
          tags,
        },
        input: startOperationInput,
        output: jobDetailSchema,
        record,
        run: (scope, input) => service.startOperation(scope, input),
      }),
      finish: command({
        permission: 'production.run',
        rest: {
          method: 'POST',
          path: '/jobs/{job}/operations/{operation}/finish',
          summary: 'Finish an operation and free its equipment',
          tags,
        },
        input: finishOperationInput,
        output: jobDetailSchema,
        record,
        run: (scope, input) => service.finishOperation(scope, input),
      }),
      pause: command({
        permission: 'production.run',
        rest: {
          method: 'POST',
          path: '/jobs/{job}/operations/{operation}/pause',
          summary: 'Pause an operation with a reason; its equipment is free for other work',
          tags,
        },
        input: pauseOperationInput,
        output: jobDetailSchema,
        record,
        run: (scope, input) => service.pauseOperation(scope, input),
      }),
      resume: command({
        permission: 'production.run',
        rest: {
          method: 'POST',
          path: '/jobs/{job}/operations/{operation}/resume',
          summary: 'Resume a paused operation, on other equipment if need be',
          tags,
        },
        input: startOperationInput,
        output: jobDetailSchema,
        record,
        run: (scope, input) => service.resumeOperation(scope, input),
      }),
      cancel: command({
        permission: 'production.run',
        rest: {
          method: 'POST',
          path: '/jobs/{job}/operations/{operation}/cancel',
          summary: 'Leave out an operation that has counted nothing',
          tags,
        },
        input: cancelOperationInput,
        output: jobDetailSchema,
        record,
        run: (scope, input) => service.cancelOperation(scope, input),
      }),
    },
    materials: {
      issue: command({
        permission: 'production.issue',
        rest: { method: 'POST', path: '/jobs/{job}/materials', summary: 'Issue a lot or a unit into the lot that is being made', tags },
        input: issueMaterialInput,
        output: jobDetailSchema,
        record,
        run: (scope, input) => service.issueMaterial(scope, input),
      }),
      reverse: command({
        permission: 'production.issue',
        rest: { method: 'POST', path: '/jobs/{job}/materials/{issue}/reverse', summary: 'Take back a material issued by mistake', tags },
        input: reverseMaterialInput,
        output: jobDetailSchema,
        record,
        run: (scope, input) => service.reverseMaterial(scope, input),
      }),
    },
    units: {
      make: command({
        permission: 'production.run',
        rest: {
          method: 'POST',
          path: '/jobs/{job}/lots/{lot}/units',
          summary: 'Give units of a lot of the job order their serial numbers',
          tags,
        },
        input: makeJobUnitsInput,
        output: madeUnitsSchema,
        record,
        run: (scope, input) => service.makeUnits(scope, input),
      }),
    },
    countByHand: command({
      permission: 'production.count',
      rest: { method: 'POST', path: '/jobs/{job}/counts', summary: 'Report good and scrap by hand; it is marked so everywhere', tags },
      input: countByHandInput,
      output: jobDetailSchema,
      record,
      run: (scope, input) => service.countByHand(scope, input),
    }),
    runRules: createRunRulesRouter(service.proposedRunRules),
    goldenRuns: goldenRunsRouter,
    runs: {
      get: query({
        permission: 'production.view',
        rest: {
          method: 'GET',
          path: '/runs/{run}',
          summary: 'One process run with samples and evaluation; provisional while it goes on',
          tags,
        },
        input: runIdInput,
        output: runSchema,
        run: (scope, { run }) => service.getRun(scope, run),
      }),
      list: query({
        permission: 'production.view',
        rest: { method: 'GET', path: '/runs', summary: 'Process runs of your equipment, newest first', tags },
        input: runListInput,
        output: runPageSchema,
        run: (scope, input) => service.listRuns(scope, input),
      }),
      compare: query({
        permission: 'production.view',
        rest: {
          method: 'GET',
          path: '/runs/{run}/comparison',
          summary: 'A run laid on the golden one of its model and program, or on another: distance of each signal, time outside the band',
          tags,
        },
        input: compareRunsInput,
        output: comparisonSchema,
        run: compareRuns,
      }),
      reevaluate: command({
        permission: 'production.evaluate',
        rest: { method: 'POST', path: '/runs/{run}/evaluations', summary: 'Evaluate an ended run again; the earlier result is kept', tags },
        input: runIdInput,
        output: runSchema,
        run: (scope, { run }) => service.reevaluateRun(scope, run),
      }),
    },
  };
}
