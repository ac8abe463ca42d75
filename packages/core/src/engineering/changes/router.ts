import { command, query } from '../../commands/index.js';
import type { EngineeringService } from '../service.js';
import * as schema from './schema.js';

const tags = ['engineering'];
const record = { kind: 'engineering_change', id: (input: { change: string }) => input.change };
const request = { kind: 'engineering_change_request', id: (input: { request: string }) => input.request };

export function changeProcedures(service: EngineeringService) {
  return { ...ownerProcedures(service), ...partnerProcedures(service), ...readingProcedures(service) };
}

function ownerProcedures(service: EngineeringService) {
  const move = {
    input: schema.changeMoveInput,
    output: schema.changeSchema,
    record,
  };
  return {
    draft: command({
      permission: 'engineering.change',
      rest: { method: 'POST', path: '/engineering-changes', summary: 'Draft an engineering change', tags },
      input: schema.draftChangeInput,
      output: schema.changeSchema,
      run: (scope, input) => service.draftChange(scope, input),
    }),
    edit: command({
      permission: 'engineering.change',
      rest: { method: 'PATCH', path: '/engineering-changes/{change}', summary: 'Change a draft: title, reason, affected revisions', tags },
      input: schema.editChangeInput,
      output: schema.changeSchema,
      record,
      run: (scope, input) => service.editChange(scope, input),
    }),
    submit: command({
      permission: 'engineering.change',
      rest: {
        method: 'POST',
        path: '/engineering-changes/{change}/submit',
        summary: 'Owner: ask partners, sharing the affected revisions with each',
        tags,
      },
      input: schema.submitChangeInput,
      output: schema.changeSchema,
      record,
      run: (scope, input) => service.submitChange(scope, input),
    }),
    approve: command({
      permission: 'engineering.release',
      rest: { method: 'POST', path: '/engineering-changes/{change}/approve', summary: 'Owner: approve a submitted change', tags },
      ...move,
      run: (scope, input) => service.approveChange(scope, input),
    }),
    reject: command({
      permission: 'engineering.release',
      rest: { method: 'POST', path: '/engineering-changes/{change}/reject', summary: 'Owner: reject a submitted change', tags },
      ...move,
      run: (scope, input) => service.rejectChange(scope, input),
    }),
    release: command({
      permission: 'engineering.release',
      rest: {
        method: 'POST',
        path: '/engineering-changes/{change}/release',
        summary: 'Owner: release the revisions of an approved change whose required partners have acknowledged',
        tags,
      },
      ...move,
      run: (scope, input) => service.releaseChange(scope, input),
    }),
    cancel: command({
      permission: 'engineering.change',
      rest: { method: 'POST', path: '/engineering-changes/{change}/cancel', summary: 'Owner: give a change up', tags },
      ...move,
      run: (scope, input) => service.cancelChange(scope, input),
    }),
  };
}

function partnerProcedures(service: EngineeringService) {
  return {
    acknowledge: command({
      permission: 'engineering.answer',
      rest: { method: 'POST', path: '/engineering-change-requests/{request}/acknowledge', summary: 'Partner: acknowledge a change', tags },
      input: schema.acknowledgeInput,
      output: schema.changeSchema,
      record: request,
      run: (scope, input) => service.acknowledgeChange(scope, input),
    }),
    decline: command({
      permission: 'engineering.answer',
      rest: {
        method: 'POST',
        path: '/engineering-change-requests/{request}/decline',
        summary: 'Partner: decline a change with a reason',
        tags,
      },
      input: schema.declineChangeInput,
      output: schema.changeSchema,
      record: request,
      run: (scope, input) => service.declineChange(scope, input),
    }),
  };
}

function readingProcedures(service: EngineeringService) {
  return {
    get: query({
      permission: 'engineering.view',
      rest: {
        method: 'GET',
        path: '/engineering-changes/{change}',
        summary: 'One engineering change with the moves of your side',
        tags,
      },
      input: schema.changeIdInput,
      output: schema.changeSchema,
      run: (scope, { change }) => service.getChange(scope, change),
    }),
    list: query({
      permission: 'engineering.view',
      rest: { method: 'GET', path: '/engineering-changes', summary: 'Engineering changes of yours and those you are asked about', tags },
      input: schema.changeListInput,
      output: schema.changePageSchema,
      run: (scope, input) => service.listChanges(scope, input),
    }),
  };
}
