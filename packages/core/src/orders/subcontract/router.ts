import { command, query } from '../../commands/index.js';
import * as schema from './schema.js';
import type { SubcontractService } from './service.js';

const tags = ['orders'];
const record = { kind: 'order', id: (input: { order: string }) => input.order };

export const createSubcontractRouter = (service: SubcontractService) => ({
  create: command({
    permission: 'orders.subcontract',
    rest: {
      method: 'POST',
      path: '/orders/{order}/sub-orders',
      summary: 'Supplier: order part of a line, or some of its operations, from another factory',
      tags,
    },
    input: schema.createSubOrderInput,
    output: schema.subOrderCreatedSchema,
    record,
    run: (scope, input) => service.create(scope, input),
  }),
  allocate: command({
    permission: 'orders.subcontract',
    rest: {
      method: 'POST',
      path: '/orders/{order}/allocations',
      summary: 'Supplier: let an order that you have placed serve a line of one that you supply',
      tags,
    },
    input: schema.allocateInput,
    output: schema.changedSchema,
    record,
    run: (scope, input) => service.allocate(scope, input),
  }),
  release: command({
    permission: 'orders.subcontract',
    rest: {
      method: 'POST',
      path: '/orders/{order}/allocations/{allocation}/release',
      summary: 'Supplier: take what is not delivered away from a subcontractor; the sub-order stays as it is',
      tags,
    },
    input: schema.releaseInput,
    output: schema.subcontractSchema,
    record,
    run: (scope, input) => service.release(scope, input),
  }),
  credit: command({
    permission: 'orders.subcontract',
    rest: {
      method: 'POST',
      path: '/orders/{order}/credits',
      summary: 'Contractor: take accepted goods of a sub-order into a line, naming the units with serial numbers that go along',
      tags,
    },
    input: schema.creditInput,
    output: schema.subcontractSchema,
    record,
    run: (scope, input) => service.credit(scope, input),
  }),
  endOperations: command({
    permission: 'orders.subcontract',
    rest: {
      method: 'POST',
      path: '/orders/{order}/end-operations',
      summary: 'Contractor: end the operations that a sub-order performed which is over; what did not come back is lost',
      tags,
    },
    input: schema.endOperationsInput,
    output: schema.subcontractSchema,
    record,
    run: (scope, input) => service.endOperations(scope, input),
  }),
  of: query({
    permission: 'orders.view',
    rest: {
      method: 'GET',
      path: '/orders/{order}/subcontract',
      summary: 'Who makes what of an order that you supply, and which lines one that you have placed serves',
      tags,
    },
    input: schema.subcontractOfInput,
    output: schema.subcontractSchema,
    run: (scope, { order }) => service.of(scope, order),
  }),
});
