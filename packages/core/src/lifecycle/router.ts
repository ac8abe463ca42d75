import { type CommandScope, command, query } from '../commands/index.js';
import {
  blockInput,
  lotIdInput,
  lotListInput,
  lotPageSchema,
  lotSchema,
  releaseCheckSchema,
  releasedSchema,
  releaseInput,
} from './schema.js';
import type { LifecycleService } from './service.js';

const tags = ['lifecycle'];
const record = { kind: 'lot', id: (input: { lot: string }) => input.lot };

export function createLifecycleRouter(service: LifecycleService) {
  return {
    lots: {
      get: query({
        permission: 'lifecycle.view',
        rest: { method: 'GET', path: '/lots/{lot}', summary: 'One lot', tags },
        input: lotIdInput,
        output: lotSchema,
        run: (scope: CommandScope, { lot }) => service.get(scope, lot),
      }),
      list: query({
        permission: 'lifecycle.view',
        rest: { method: 'GET', path: '/lots', summary: 'Lots that your organization made, newest first', tags },
        input: lotListInput,
        output: lotPageSchema,
        run: (scope, input) => service.list(scope, input),
      }),
      checkRelease: query({
        permission: 'lifecycle.view',
        rest: { method: 'GET', path: '/lots/{lot}/release', summary: 'What the release gate says of a lot, predicate by predicate', tags },
        input: lotIdInput,
        output: releaseCheckSchema,
        run: (scope, { lot }) => service.checkRelease(scope, lot),
      }),
      release: command({
        permission: 'lifecycle.release',
        rest: { method: 'POST', path: '/lots/{lot}/release', summary: 'Release a closed lot if every predicate of the gate holds', tags },
        input: releaseInput,
        output: releasedSchema,
        record,
        run: (scope, input) => service.release(scope, input),
      }),
      block: command({
        permission: 'lifecycle.release',
        rest: { method: 'POST', path: '/lots/{lot}/block', summary: 'Hold a lot back with a reason', tags },
        input: blockInput,
        output: lotSchema,
        record,
        run: (scope, input) => service.block(scope, input),
      }),
      unblock: command({
        permission: 'lifecycle.release',
        rest: { method: 'POST', path: '/lots/{lot}/unblock', summary: 'Lift the hold of a lot; it needs release again', tags },
        input: blockInput,
        output: lotSchema,
        record,
        run: (scope, input) => service.unblock(scope, input),
      }),
    },
  };
}
