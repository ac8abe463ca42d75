import { z } from 'zod';
import { command, query } from '../../commands/index.js';
import * as schema from './schema.js';
import type { FloorService } from './service.js';

const tags = ['production floor'];
const unkept = ['pin'] as const;
const work = 'production.floor.work';
const view = 'production.floor.view';

/** What a tablet at the floor is given: its key holds `production.floor.*`, and people say who they are by badge and PIN. */
export function createFloorRouter(floor: FloorService) {
  return {
    identify: command({
      permission: work,
      rest: {
        method: 'POST',
        path: '/floor/identify',
        summary: 'Identify a person by badge and PIN; ten minutes without a move end it',
        tags,
      },
      input: schema.identifyInput,
      output: schema.identifiedSchema,
      secrets: ['token'],
      unkept,
      run: (scope, input) => floor.identify(scope, input),
    }),
    leave: command({
      permission: work,
      rest: { method: 'POST', path: '/floor/leave', summary: 'End an identification', tags },
      input: schema.leaveInput,
      output: z.object({}),
      run: async (scope, { token }) => {
        await floor.leave(scope, token);
        return {};
      },
    }),
    dispatch: query({
      permission: view,
      rest: { method: 'GET', path: '/floor/dispatch', summary: 'What a work center or a machine has to do, in the order to do it', tags },
      input: schema.dispatchInput,
      output: schema.dispatchPageSchema,
      run: (scope, input) => floor.dispatch(scope, input),
    }),
    centers: query({
      permission: view,
      rest: { method: 'GET', path: '/floor/centers', summary: 'Work centers with operations that are not over', tags },
      input: z.object({}),
      output: schema.centerListSchema,
      run: (scope) => floor.centers(scope),
    }),
    scan: query({
      permission: view,
      rest: { method: 'GET', path: '/floor/scan', summary: 'What a scanned code stands for, and which moves are possible', tags },
      input: schema.scanInput,
      output: schema.scanSchema,
      run: (scope, { code }) => floor.scan(scope, code),
    }),
    start: command({
      permission: work,
      rest: { method: 'POST', path: '/floor/operations/{operation}/start', summary: 'Start an operation at the floor', tags },
      input: schema.floorStartInput,
      output: schema.dispatchItemSchema,
      unkept,
      run: (scope, input) => floor.move(scope, 'start', input),
    }),
    pause: command({
      permission: work,
      rest: { method: 'POST', path: '/floor/operations/{operation}/pause', summary: 'Pause an operation at the floor', tags },
      input: schema.floorPauseInput,
      output: schema.dispatchItemSchema,
      unkept,
      run: (scope, input) => floor.move(scope, 'pause', input),
    }),
    resume: command({
      permission: work,
      rest: { method: 'POST', path: '/floor/operations/{operation}/resume', summary: 'Resume an operation at the floor', tags },
      input: schema.floorStartInput,
      output: schema.dispatchItemSchema,
      unkept,
      run: (scope, input) => floor.move(scope, 'resume', input),
    }),
    finish: command({
      permission: work,
      rest: { method: 'POST', path: '/floor/operations/{operation}/finish', summary: 'Finish an operation at the floor', tags },
      input: schema.floorFinishInput,
      output: schema.dispatchItemSchema,
      unkept,
      run: (scope, input) => floor.move(scope, 'finish', input),
    }),
    count: command({
      permission: work,
      rest: {
        method: 'POST',
        path: '/floor/operations/{operation}/counts',
        summary: 'Report good, scrap and rework by hand, or what became of rework',
        tags,
      },
      input: schema.floorCountInput,
      output: schema.dispatchItemSchema,
      unkept,
      run: (scope, input) => floor.count(scope, input),
    }),
    prioritise: command({
      permission: 'production.plan',
      rest: {
        method: 'POST',
        path: '/floor/operations/{operation}/priority',
        summary: 'Set priority and due date of an operation, or of all that is open of its job order, on the dispatch list',
        tags,
      },
      input: schema.prioritiseInput,
      output: schema.dispatchItemSchema,
      run: (scope, input) => floor.prioritise(scope, input),
    }),
    outlook: query({
      permission: 'production.view',
      rest: {
        method: 'GET',
        path: '/floor/outlook/{orderLine}',
        summary: 'Progress and ETA of an order line with what they rest on',
        tags,
      },
      input: schema.outlookInput,
      output: schema.productionOutlookSchema,
      run: (scope, { orderLine }) => floor.outlook(scope, orderLine),
    }),
    losses: query({
      permission: 'production.view',
      rest: { method: 'GET', path: '/floor/losses', summary: 'Scrap and rework by reason, the biggest first', tags },
      input: schema.lossInput,
      output: schema.lossListSchema,
      run: (scope, input) => floor.losses(scope, input),
    }),
    reasons: {
      list: query({
        permission: view,
        rest: { method: 'GET', path: '/floor/reasons', summary: 'Your reasons for scrap and rework', tags },
        input: z.object({}),
        output: schema.reasonListSchema,
        run: async (scope) => ({ items: await floor.reasons.list(scope) }),
      }),
      add: command({
        permission: 'production.plan',
        rest: { method: 'POST', path: '/floor/reasons', summary: 'Add a reason for scrap and rework', tags },
        input: schema.addReasonInput,
        output: schema.reasonListSchema,
        run: async (scope, input) => ({ items: await floor.reasons.add(scope, input) }),
      }),
      retire: command({
        permission: 'production.plan',
        rest: {
          method: 'POST',
          path: '/floor/reasons/{code}/retire',
          summary: 'Take a reason off the list; what was counted with it stays',
          tags,
        },
        input: schema.retireReasonInput,
        output: schema.reasonListSchema,
        run: async (scope, { code }) => ({ items: await floor.reasons.retire(scope, code) }),
      }),
    },
    badges: {
      list: query({
        permission: 'production.badges',
        rest: { method: 'GET', path: '/floor/badges', summary: 'Badges of people at the floor, newest first', tags },
        input: schema.badgeListInput,
        output: schema.badgePageSchema,
        run: (scope, input) => floor.badges.list(scope, input),
      }),
      create: command({
        permission: 'production.badges',
        rest: { method: 'POST', path: '/floor/badges', summary: 'Create a badge with a code to print and a PIN', tags },
        input: schema.createBadgeInput,
        output: schema.badgeSchema,
        unkept,
        run: (scope, input) => floor.badges.create(scope, input),
      }),
      setPin: command({
        permission: 'production.badges',
        rest: { method: 'POST', path: '/floor/badges/{badge}/pin', summary: 'Set the PIN of a badge anew, and unlock it', tags },
        input: schema.setPinInput,
        output: schema.badgeSchema,
        unkept,
        run: (scope, { badge, pin }) => floor.badges.setPin(scope, badge, pin),
      }),
      revoke: command({
        permission: 'production.badges',
        rest: { method: 'POST', path: '/floor/badges/{badge}/revoke', summary: 'Revoke a badge', tags },
        input: schema.badgeInput,
        output: schema.badgeSchema,
        run: (scope, { badge }) => floor.badges.revoke(scope, badge),
      }),
    },
  };
}
