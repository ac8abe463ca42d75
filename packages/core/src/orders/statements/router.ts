import type { z } from 'zod';
import { type CommandScope, command, query } from '../../commands/index.js';
import { draftStatement, refreshStatement, requestStatement } from './drafting.js';
import { adjustLine, confirmLines, disputeLine, excludeLine, withdrawDispute } from './lines.js';
import { acknowledgePayment, cancelStatement, refusePayment, reportPayment, sendStatement } from './paying.js';
import { proposeAddition, proposeDeduction } from './proposals.js';
import { listStatements, statementAgeing, statementTimeline } from './reading.js';
import * as schema from './schema.js';
import { statementView } from './view.js';

const tags = ['orders'];
const record = { kind: 'statement', id: (input: { statement: string }) => input.statement };

/** A move of a statement: `POST /statements/{statement}/<path>`. */
function move<Input extends z.ZodObject<{ statement: z.ZodUUID }>>(
  permission: string,
  path: string,
  summary: string,
  input: Input,
  run: (scope: CommandScope, input: z.output<Input>) => Promise<schema.StatementView>,
) {
  return command({
    permission,
    rest: { method: 'POST', path: `/statements/{statement}/${path}`, summary, tags },
    input,
    output: schema.statementSchema,
    record,
    run,
  });
}

const viewing = 'orders.statements.view';
const drafting = 'orders.statements.draft';
const agreeing = 'orders.statements.agree';
const paying = 'orders.statements.pay';

export function createStatementRouter() {
  return {
    draft: command({
      permission: drafting,
      rest: { method: 'POST', path: '/statements', summary: 'Supplier: draft a statement of what was accepted and not billed yet', tags },
      input: schema.draftInput,
      output: schema.statementSchema,
      run: (scope, input) => draftStatement(scope, input),
    }),
    request: command({
      permission: drafting,
      rest: { method: 'POST', path: '/statement-requests', summary: 'Buyer: ask for a statement; the supplier finds the draft', tags },
      input: schema.requestInput,
      output: schema.statementSchema,
      run: (scope, input) => requestStatement(scope, input),
    }),
    refresh: move(drafting, 'refresh', 'Collect the evidence again, keeping what was agreed', schema.refreshInput, refreshStatement),
    send: move(drafting, 'send', 'Supplier: send it to be confirmed', schema.sendInput, sendStatement),
    cancel: move(drafting, 'cancel', 'Cancel it while it is not confirmed', schema.reasonInput, cancelStatement),
    confirm: move(
      agreeing,
      'confirm',
      'Confirm lines for your side; all that are open when none is named',
      schema.confirmInput,
      confirmLines,
    ),
    dispute: move(agreeing, 'disputes', 'Dispute a line with a reason', schema.lineReasonInput, disputeLine),
    withdrawDispute: move(agreeing, 'disputes/withdraw', 'Take your dispute of a line back', schema.onLineInput, withdrawDispute),
    adjust: move(agreeing, 'adjustments', 'Give a line new figures; the other side confirms them', schema.adjustInput, adjustLine),
    exclude: move(agreeing, 'exclusions', 'Leave a line of your claim to a later statement', schema.lineReasonInput, excludeLine),
    deduct: move(agreeing, 'deductions', 'Propose a deduction that rests on evidence', schema.deductInput, proposeDeduction),
    add: move(agreeing, 'additions', 'Propose an addition: tooling, freight …', schema.addInput, proposeAddition),
    pay: move(paying, 'payment', 'Buyer: report the payment', schema.payInput, reportPayment),
    refusePayment: move(paying, 'payment/refuse', 'Supplier: the payment reported has not arrived', schema.reasonInput, refusePayment),
    acknowledge: move(paying, 'payment/acknowledge', 'Supplier: the payment has arrived', schema.refreshInput, acknowledgePayment),
    get: query({
      permission: viewing,
      rest: {
        method: 'GET',
        path: '/statements/{statement}',
        summary: 'One statement with its lines, their evidence and your moves',
        tags,
      },
      input: schema.statementIdInput,
      output: schema.statementSchema,
      run: (scope, { statement }) => statementView(scope, statement),
    }),
    list: query({
      permission: viewing,
      rest: { method: 'GET', path: '/statements', summary: 'Statements of either side, the latest moved first', tags },
      input: schema.statementListInput,
      output: schema.statementPageSchema,
      run: (scope, input) => listStatements(scope, input),
    }),
    timeline: query({
      permission: viewing,
      rest: { method: 'GET', path: '/statements/{statement}/timeline', summary: 'What happened to a statement, newest first', tags },
      input: schema.statementTimelineInput,
      output: schema.statementTimelineSchema,
      run: (scope, input) => statementTimeline(scope, input),
    }),
    ageing: query({
      permission: viewing,
      rest: { method: 'GET', path: '/statement-ageing', summary: 'What is confirmed and not paid, by how long it has been due', tags },
      input: schema.ageingInput,
      output: schema.ageingSchema,
      run: (scope, input) => statementAgeing(scope, input),
    }),
  };
}
