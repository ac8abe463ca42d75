import type { z } from 'zod';
import { command, query } from '../../commands/index.js';
import type { Scope } from '../../database/index.js';
import {
  previewRunRuleInput,
  proposedRunRulesInput,
  proposedRunRulesSchema,
  runRuleIdInput,
  runRuleListInput,
  runRulePageSchema,
  runRulePreviewSchema,
  runRuleSchema,
  setRunRuleInput,
} from './schema.js';
import { getRunRule, listRunRules, previewRunRule, retireRunRule, setRunRule } from './service.js';

const tags = ['production'];

type Proposed = (scope: Scope, equipment: string) => Promise<z.infer<typeof proposedRunRulesSchema>>;

/** `production.runRules.*`: when a process run begins and ends, by signals alone. */
export const createRunRulesRouter = (proposed: Proposed) => ({
  set: command({
    permission: 'production.runRules',
    rest: {
      method: 'POST',
      path: '/run-rules',
      summary: 'Set by which signals runs of your equipment begin and end; the rule in force under the code ends',
      tags,
    },
    input: setRunRuleInput,
    output: runRuleSchema,
    run: setRunRule,
  }),
  list: query({
    permission: 'production.view',
    rest: { method: 'GET', path: '/run-rules', summary: 'Rules for process runs of your equipment, newest first', tags },
    input: runRuleListInput,
    output: runRulePageSchema,
    run: listRunRules,
  }),
  proposed: query({
    permission: 'production.view',
    rest: {
      method: 'GET',
      path: '/equipment/{equipment}/run-rules/proposed',
      summary: 'Rules for process runs that the model of the equipment declares; they hold where you set them',
      tags,
    },
    input: proposedRunRulesInput,
    output: proposedRunRulesSchema,
    run: (scope, { equipment }) => proposed(scope, equipment),
  }),
  get: query({
    permission: 'production.view',
    rest: { method: 'GET', path: '/run-rules/{rule}', summary: 'One rule for process runs', tags },
    input: runRuleIdInput,
    output: runRuleSchema,
    run: (scope, { rule }) => getRunRule(scope, rule),
  }),
  preview: query({
    permission: 'production.view',
    // POST, because conditions do not fit a REST query; it changes nothing.
    rest: { method: 'POST', path: '/run-rules/preview', summary: 'Which runs a rule would make of a past range; nothing is stored', tags },
    input: previewRunRuleInput,
    output: runRulePreviewSchema,
    run: previewRunRule,
  }),
  retire: command({
    permission: 'production.runRules',
    rest: { method: 'POST', path: '/run-rules/{rule}/retire', summary: 'Retire a rule; what it made stays', tags },
    input: runRuleIdInput,
    output: runRuleSchema,
    run: (scope, { rule }) => retireRunRule(scope, rule),
  }),
});
