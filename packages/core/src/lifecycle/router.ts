import { type CommandScope, command, query } from '../commands/index.js';
import { activityIdInput, activityListInput, activityPageSchema, activitySchema, recordActivityInput } from './activities/schema.js';
import { reachInput, reachSchema, traceInput, traceSchema } from './genealogy/schema.js';
import {
  assignIdentifierInput,
  identifiedSchema,
  identifiersSchema,
  identifyInput,
  withdrawIdentifierInput,
} from './identifiers/schema.js';
import { lotContentsSchema } from './lots/contents.js';
import { mergedLotSchema, mergeLotsInput, splitLotInput, splitLotSchema } from './lots/part-schema.js';
import {
  blockInput,
  lotIdInput,
  lotListInput,
  lotPageSchema,
  lotSchema,
  registerLotInput,
  releaseCheckSchema,
  releasedSchema,
  releaseInput,
} from './lots/schema.js';
import type { LifecycleService } from './service.js';
import { madeUnitsSchema, makeUnitsInput, unitIdInput, unitListInput, unitPageSchema } from './units/schema.js';
import { unitPageViewSchema } from './units/unit-page.js';

const tags = ['lifecycle'];
const thing = { kind: 'lot or unit', id: (input: { thing: string }) => input.thing };
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
      register: command({
        permission: 'lifecycle.record',
        rest: { method: 'POST', path: '/lots', summary: 'Register a lot that was bought or made elsewhere', tags },
        input: registerLotInput,
        output: lotSchema,
        run: (scope, input) => service.registerLot(scope, input),
      }),
      split: command({
        permission: 'lifecycle.record',
        rest: { method: 'POST', path: '/lots/{lot}/split', summary: 'Make parts of a lot that you hold lots with codes of your own', tags },
        input: splitLotInput,
        output: splitLotSchema,
        record,
        run: (scope, input) => service.splitLot(scope, input),
      }),
      merge: command({
        permission: 'lifecycle.record',
        rest: { method: 'POST', path: '/lot-merges', summary: 'Make lots of one item that you hold one lot, whoever made them', tags },
        input: mergeLotsInput,
        output: mergedLotSchema,
        run: (scope, input) => service.mergeLots(scope, input),
      }),
      contents: query({
        permission: 'lifecycle.view',
        rest: { method: 'GET', path: '/lots/{lot}/contents', summary: 'The units of a lot and what went into it', tags },
        input: lotIdInput,
        output: lotContentsSchema,
        run: (scope, { lot }) => service.lotContents(scope, lot),
      }),
    },
    units: {
      make: command({
        permission: 'lifecycle.record',
        rest: { method: 'POST', path: '/lots/{lot}/units', summary: 'Give units of a lot their serial numbers', tags },
        input: makeUnitsInput,
        output: madeUnitsSchema,
        record,
        run: (scope, input) => service.makeUnits(scope, input),
      }),
      get: query({
        permission: 'lifecycle.view',
        rest: { method: 'GET', path: '/units/{unit}', summary: 'One unit with all that is known of it', tags },
        input: unitIdInput,
        output: unitPageViewSchema,
        run: (scope, { unit }) => service.getUnit(scope, unit),
      }),
      list: query({
        permission: 'lifecycle.view',
        rest: {
          method: 'GET',
          path: '/units',
          summary: 'Units that your organization holds, or those of a lot; the last changed first',
          tags,
        },
        input: unitListInput,
        output: unitPageSchema,
        run: (scope, input) => service.listUnits(scope, input),
      }),
    },
    identify: query({
      permission: 'lifecycle.view',
      rest: { method: 'GET', path: '/identify', summary: 'Lots and units by a code, a serial number or any identifier', tags },
      input: identifyInput,
      output: identifiedSchema,
      run: (scope, input) => service.identify(scope, input),
    }),
    identifiers: {
      assign: command({
        permission: 'lifecycle.record',
        rest: {
          method: 'POST',
          path: '/things/{thing}/identifiers',
          summary: 'Call a lot or a unit by one more identifier of your own',
          tags,
        },
        input: assignIdentifierInput,
        output: identifiersSchema,
        record: thing,
        run: (scope, input) => service.assignIdentifier(scope, input),
      }),
      withdraw: command({
        permission: 'lifecycle.record',
        rest: {
          method: 'DELETE',
          path: '/things/{thing}/identifiers/{identifier}',
          summary: 'Take back an identifier that your organization gave',
          tags,
        },
        input: withdrawIdentifierInput,
        output: identifiersSchema,
        record: thing,
        run: (scope, input) => service.withdrawIdentifier(scope, input),
      }),
    },
    activities: {
      record: command({
        permission: 'lifecycle.record',
        rest: { method: 'POST', path: '/activities', summary: 'Record what happened to lots and units', tags },
        input: recordActivityInput,
        output: activitySchema,
        run: (scope, input) => service.recordActivity(scope, input),
      }),
      get: query({
        permission: 'lifecycle.view',
        rest: { method: 'GET', path: '/activities/{activity}', summary: 'One activity with its inputs and outputs', tags },
        input: activityIdInput,
        output: activitySchema,
        run: (scope, { activity }) => service.getActivity(scope, activity),
      }),
      list: query({
        permission: 'lifecycle.view',
        rest: { method: 'GET', path: '/activities', summary: 'What happened to a lot or a unit, or what you recorded; newest first', tags },
        input: activityListInput,
        output: activityPageSchema,
        run: (scope, input) => service.listActivities(scope, input),
      }),
    },
    trace: query({
      permission: 'lifecycle.view',
      rest: { method: 'GET', path: '/things/{thing}/trace', summary: 'What a lot or unit went into and came from, as a graph', tags },
      input: traceInput,
      output: traceSchema,
      run: (scope, input) => service.trace(scope, input),
    }),
    reach: query({
      permission: 'lifecycle.view',
      rest: { method: 'GET', path: '/things/{thing}/reach', summary: 'Everything a lot or unit went into, or came from, as a list', tags },
      input: reachInput,
      output: reachSchema,
      run: (scope, input) => service.reach(scope, input),
    }),
  };
}
