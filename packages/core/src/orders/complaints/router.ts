import type { z } from 'zod';
import { type CommandScope, command, query } from '../../commands/index.js';
import * as schema from './schema.js';
import { complaintService } from './service.js';

const tags = ['orders'];
const onOrder = { kind: 'order', id: (input: { order: string }) => input.order };
const record = { kind: 'complaint', id: (input: { complaint: string }) => input.complaint };

/** A move of a complaint: `POST /complaints/{complaint}/<path>`. */
function move<Input extends z.ZodObject<{ complaint: z.ZodUUID }>>(
  permission: string,
  path: string,
  summary: string,
  input: Input,
  run: (scope: CommandScope, input: z.output<Input>) => Promise<schema.ComplaintView>,
) {
  return command({
    permission,
    rest: { method: 'POST', path: `/complaints/{complaint}/${path}`, summary, tags },
    input,
    output: schema.complaintSchema,
    record,
    run,
  });
}

const filing = 'orders.complaints.file';
const answering = 'orders.complaints.answer';

export function createComplaintRouter() {
  return {
    file: command({
      permission: filing,
      rest: {
        method: 'POST',
        path: '/orders/{order}/complaints',
        summary: 'Complain about an order, or its line, shipment or statement line',
        tags,
      },
      input: schema.fileComplaintInput,
      output: schema.complaintSchema,
      record: onOrder,
      run: (scope, input) => complaintService.file(scope, input),
    }),
    acknowledge: move(
      answering,
      'acknowledge',
      'Respondent: take it up and name who handles it',
      schema.acknowledgeInput,
      complaintService.acknowledge,
    ),
    assign: move(answering, 'assign', 'Respondent: name another who handles it', schema.assignInput, complaintService.assign),
    answer: move(answering, 'answer', 'Respondent: answer it', schema.saidInput, complaintService.answer),
    accept: move(filing, 'accept', 'Complainant: be content with the answer', schema.maybeSaidInput, complaintService.accept),
    escalate: move(
      filing,
      'escalate',
      'Complainant: take an answer, or its absence past the deadline, to the operator of the platform',
      schema.saidInput,
      complaintService.escalate,
    ),
    decide: move(
      'orders.complaints.decide',
      'decide',
      'Operator: decide an escalated complaint',
      schema.decideInput,
      complaintService.decide,
    ),
    close: move(filing, 'close', 'Complainant or operator: close what is settled', schema.maybeSaidInput, complaintService.close),
    withdraw: move(filing, 'withdraw', 'Complainant: take it back', schema.maybeSaidInput, complaintService.withdraw),
    remark: move(filing, 'remarks', 'Any side: add to what was said', schema.saidInput, complaintService.remark),
    get: query({
      permission: 'orders.complaints.view',
      rest: { method: 'GET', path: '/complaints/{complaint}', summary: 'One complaint with its deadlines, history and your moves', tags },
      input: schema.complaintIdInput,
      output: schema.complaintSchema,
      run: (scope, { complaint }) => complaintService.get(scope, complaint),
    }),
    list: query({
      permission: 'orders.complaints.view',
      rest: { method: 'GET', path: '/complaints', summary: 'Complaints of either side, the most overdue first', tags },
      input: schema.complaintListInput,
      output: schema.complaintPageSchema,
      run: (scope, input) => complaintService.list(scope, input),
    }),
  };
}
