import { command, query } from '../../commands/index.js';
import { orderSchema } from '../order/schema.js';
import * as schema from './schema.js';
import type { ChangeService } from './service.js';

const tags = ['orders'];
const record = { kind: 'order', id: (input: { order: string }) => input.order };

export function createChangesRouter(service: ChangeService) {
  return {
    propose: command({
      permission: 'orders.change',
      rest: {
        method: 'POST',
        path: '/orders/{order}/changes',
        summary: 'Propose other terms of an agreed order; both sides must agree',
        tags,
      },
      input: schema.proposeChangeInput,
      output: orderSchema,
      record,
      run: (scope, input) => service.propose(scope, input),
    }),
    proposeEnd: command({
      permission: 'orders.change',
      rest: { method: 'POST', path: '/orders/{order}/end', summary: 'Ask the other side to cancel the order, or to close it short', tags },
      input: schema.proposeEndInput,
      output: orderSchema,
      record,
      run: (scope, input) => service.proposeEnd(scope, input),
    }),
    accept: command({
      permission: 'orders.change',
      rest: {
        method: 'POST',
        path: '/orders/{order}/changes/{change}/accept',
        summary: 'Agree to the change order of the other side',
        tags,
      },
      input: schema.acceptChangeInput,
      output: orderSchema,
      record,
      run: (scope, input) => service.accept(scope, input),
    }),
    decline: command({
      permission: 'orders.change',
      rest: {
        method: 'POST',
        path: '/orders/{order}/changes/{change}/decline',
        summary: 'Decline the change order of the other side with a reason',
        tags,
      },
      input: schema.declineChangeInput,
      output: orderSchema,
      record,
      run: (scope, input) => service.decline(scope, input),
    }),
    withdraw: command({
      permission: 'orders.change',
      rest: { method: 'POST', path: '/orders/{order}/changes/{change}/withdraw', summary: 'Withdraw your own change order', tags },
      input: schema.withdrawChangeInput,
      output: orderSchema,
      record,
      run: (scope, input) => service.withdraw(scope, input),
    }),
    list: query({
      permission: 'orders.view',
      rest: {
        method: 'GET',
        path: '/orders/{order}/changes',
        summary: 'Change orders of an order with what each changes, newest first',
        tags,
      },
      input: schema.changeListInput,
      output: schema.changeListSchema,
      run: (scope, { order }) => service.list(scope, order),
    }),
  };
}
