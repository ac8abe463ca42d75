import { command, query } from '../commands/index.js';
import * as schema from './schema.js';
import type { CaseService } from './service.js';

const tags = ['service'];
const record = { kind: 'case', id: (input: { case: string }) => input.case };

export function createServiceRouter(service: CaseService) {
  return {
    cases: {
      open: command({
        permission: 'service.report',
        rest: { method: 'POST', path: '/cases', summary: 'Open a case on a unit or lot with its maker', tags },
        input: schema.openCaseInput,
        output: schema.caseSchema,
        run: (scope, input) => service.openCase(scope, input),
      }),
      accept: command({
        permission: 'service.resolve',
        rest: { method: 'POST', path: '/cases/{case}/accept', summary: 'Resolver: accept a case, name its owner and day', tags },
        input: schema.acceptCaseInput,
        output: schema.caseSchema,
        record,
        run: (scope, input) => service.acceptCase(scope, input),
      }),
      start: command({
        permission: 'service.resolve',
        rest: { method: 'POST', path: '/cases/{case}/start', summary: 'Resolver: start work on an accepted case', tags },
        input: schema.startCaseInput,
        output: schema.caseSchema,
        record,
        run: (scope, input) => service.startCase(scope, input),
      }),
      resolve: command({
        permission: 'service.resolve',
        rest: { method: 'POST', path: '/cases/{case}/resolve', summary: 'Resolver: tell the cause and what was done', tags },
        input: schema.resolveCaseInput,
        output: schema.caseSchema,
        record,
        run: (scope, input) => service.resolveCase(scope, input),
      }),
      reject: command({
        permission: 'service.resolve',
        rest: { method: 'POST', path: '/cases/{case}/reject', summary: 'Resolver: reject a case with a reason', tags },
        input: schema.rejectCaseInput,
        output: schema.caseSchema,
        record,
        run: (scope, input) => service.rejectCase(scope, input),
      }),
      reopen: command({
        permission: 'service.report',
        rest: { method: 'POST', path: '/cases/{case}/reopen', summary: 'Reporter: reopen a resolved or rejected case', tags },
        input: schema.reopenCaseInput,
        output: schema.caseSchema,
        record,
        run: (scope, input) => service.reopenCase(scope, input),
      }),
      close: command({
        permission: 'service.report',
        rest: { method: 'POST', path: '/cases/{case}/close', summary: 'Reporter: close a case', tags },
        input: schema.closeCaseInput,
        output: schema.caseSchema,
        record,
        run: (scope, input) => service.closeCase(scope, input),
      }),
      addEvidence: command({
        permission: 'service.report',
        rest: {
          method: 'POST',
          path: '/cases/{case}/evidence',
          summary: 'Either side: name a unit, lot, activity or run as evidence',
          tags,
        },
        input: schema.addEvidenceInput,
        output: schema.caseSchema,
        record,
        run: (scope, input) => service.addEvidence(scope, input),
      }),
      recordWork: command({
        permission: 'service.report',
        rest: {
          method: 'POST',
          path: '/cases/{case}/work',
          summary: 'Whoever holds the unit: record what was done to it, as an activity of its life and evidence of the case',
          tags,
        },
        input: schema.recordWorkInput,
        output: schema.caseSchema,
        record,
        run: (scope, input) => service.recordWork(scope, input),
      }),
      get: query({
        permission: 'service.view',
        rest: { method: 'GET', path: '/cases/{case}', summary: 'One case with its history and evidence', tags },
        input: schema.caseIdInput,
        output: schema.caseSchema,
        run: (scope, input) => service.getCase(scope, input.case),
      }),
      list: query({
        permission: 'service.view',
        rest: { method: 'GET', path: '/cases', summary: 'Cases of your organization on either side, last changed first', tags },
        input: schema.caseListInput,
        output: schema.casePageSchema,
        run: (scope, input) => service.listCases(scope, input),
      }),
    },
  };
}
