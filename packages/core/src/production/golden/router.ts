import { command, query } from '../../commands/index.js';
import { declareGoldenInput, goldenIdInput, goldenListInput, goldenPageSchema, goldenRunSchema } from './schema.js';
import { declareGolden, getGolden, listGolden, retireGolden } from './service.js';

const tags = ['production'];

/** `production.goldenRuns.*`: the run of an equipment model and program that others are measured by. */
export const goldenRunsRouter = {
  declare: command({
    permission: 'production.goldenRuns',
    rest: {
      method: 'POST',
      path: '/golden-runs',
      summary: 'Declare an ended run the golden one of its equipment model and program, with the bands around it',
      tags,
    },
    input: declareGoldenInput,
    output: goldenRunSchema,
    run: declareGolden,
  }),
  list: query({
    permission: 'production.view',
    rest: { method: 'GET', path: '/golden-runs', summary: 'Golden runs of your organization, newest first', tags },
    input: goldenListInput,
    output: goldenPageSchema,
    run: listGolden,
  }),
  get: query({
    permission: 'production.view',
    rest: { method: 'GET', path: '/golden-runs/{golden}', summary: 'One golden run with its bands', tags },
    input: goldenIdInput,
    output: goldenRunSchema,
    run: (scope, { golden }) => getGolden(scope, golden),
  }),
  retire: command({
    permission: 'production.goldenRuns',
    rest: { method: 'POST', path: '/golden-runs/{golden}/retire', summary: 'Retire a golden run without another in its place', tags },
    input: goldenIdInput,
    output: goldenRunSchema,
    run: (scope, { golden }) => retireGolden(scope, golden),
  }),
};
