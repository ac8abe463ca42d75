import { z } from 'zod';
import { command, query } from '../commands/index.js';
import { createChangesRouter } from './changes/router.js';
import { createDeliveryRouters } from './delivery/router.js';
import { createDutyRouters } from './duties.js';
import { createImportsRouter, createPut } from './imports/router.js';
import { orderCountsInput, orderCountsSchema, orderListInput } from './listing/schema.js';
import * as schema from './order/schema.js';
import { transitionTable, transitionTableSchema } from './order/transition-table.js';
import { createRfqRouter } from './rfq/index.js';
import type { OrderService } from './service.js';
import { createStatementRouter } from './statements/router.js';
import { createSubcontractRouter } from './subcontract/router.js';
import { createSuppliedRouter } from './supplied-material/router.js';
import { suppliedMaterial } from './supplied-material/service.js';

const tags = ['orders'];
const record = { kind: 'order', id: (input: { order: string }) => input.order };

export function createOrdersRouter(service: OrderService) {
  return {
    propose: command({
      permission: 'orders.propose',
      rest: { method: 'POST', path: '/orders', summary: 'Propose an order to a supplier', tags },
      input: schema.proposeInput,
      output: schema.orderSchema,
      run: (scope, input) => service.propose(scope, input),
    }),
    put: createPut(service.imports),
    imports: createImportsRouter(service.imports),
    accept: command({
      permission: 'orders.answer',
      rest: { method: 'POST', path: '/orders/{order}/accept', summary: 'Supplier: accept a proposed order', tags },
      input: schema.acceptInput,
      output: schema.orderSchema,
      record,
      run: (scope, input) => service.accept(scope, input),
    }),
    decline: command({
      permission: 'orders.answer',
      rest: { method: 'POST', path: '/orders/{order}/decline', summary: 'Supplier: decline a proposed order with a reason', tags },
      input: schema.declineInput,
      output: schema.orderSchema,
      record,
      run: (scope, input) => service.decline(scope, input),
    }),
    withdraw: command({
      permission: 'orders.propose',
      rest: { method: 'POST', path: '/orders/{order}/withdraw', summary: 'Buyer: withdraw an order that is not accepted yet', tags },
      input: schema.withdrawInput,
      output: schema.orderSchema,
      record,
      run: (scope, input) => service.withdraw(scope, input),
    }),
    start: command({
      permission: 'orders.start',
      rest: {
        method: 'POST',
        path: '/orders/{order}/start',
        summary: 'Supplier: start producing a line: job order, equipment and first lot',
        tags,
      },
      input: schema.startInput,
      output: schema.startedSchema,
      record,
      run: (scope, input) => service.start(scope, input),
    }),
    ship: command({
      permission: 'orders.ship',
      rest: { method: 'POST', path: '/orders/{order}/shipments', summary: 'Supplier: ship quantities of released lots', tags },
      input: schema.shipInput,
      output: schema.orderSchema,
      record,
      run: (scope, input) => service.ship(scope, input),
    }),
    receive: command({
      permission: 'orders.receive',
      rest: { method: 'POST', path: '/orders/{order}/receipts', summary: 'Buyer: confirm what arrived of a shipment', tags },
      input: schema.receiveInput,
      output: schema.orderSchema,
      record,
      run: (scope, input) => service.receive(scope, input),
    }),
    inspect: command({
      permission: 'orders.inspect',
      rest: { method: 'POST', path: '/orders/{order}/inspections', summary: 'Buyer: accept or reject received quantities', tags },
      input: schema.inspectInput,
      output: schema.orderSchema,
      record,
      run: (scope, input) => service.inspect(scope, input),
    }),
    return: command({
      permission: 'orders.return',
      rest: { method: 'POST', path: '/orders/{order}/returns', summary: 'Buyer: send accepted goods back with a reason', tags },
      input: schema.returnInput,
      output: schema.orderSchema,
      record,
      run: (scope, input) => service.return(scope, input),
    }),
    reverse: command({
      permission: 'orders.inspect',
      rest: {
        method: 'POST',
        path: '/orders/{order}/reversals',
        summary: 'Buyer: take back a receipt or an inspection result; the first entry stays',
        tags,
      },
      input: schema.reverseInput,
      output: schema.orderSchema,
      record,
      run: (scope, input) => service.reverse(scope, input),
    }),
    close: command({
      permission: 'orders.close',
      rest: { method: 'POST', path: '/orders/{order}/close', summary: 'Buyer: close an order whose every unit is accepted', tags },
      input: schema.closeInput,
      output: schema.orderSchema,
      record,
      run: (scope, input) => service.close(scope, input),
    }),
    hold: command({
      permission: 'orders.halt',
      rest: { method: 'POST', path: '/orders/{order}/hold', summary: 'Put an order on hold with a reason', tags },
      input: schema.holdInput,
      output: schema.orderSchema,
      record,
      run: (scope, input) => service.hold(scope, input),
    }),
    resume: command({
      permission: 'orders.halt',
      rest: { method: 'POST', path: '/orders/{order}/resume', summary: 'Let an order go on that your side put on hold', tags },
      input: schema.resumeInput,
      output: schema.orderSchema,
      record,
      run: (scope, input) => service.resume(scope, input),
    }),
    dispute: command({
      permission: 'orders.halt',
      rest: { method: 'POST', path: '/orders/{order}/dispute', summary: 'Raise a dispute about an order', tags },
      input: schema.disputeInput,
      output: schema.orderSchema,
      record,
      run: (scope, input) => service.dispute(scope, input),
    }),
    resolve: command({
      permission: 'orders.halt',
      rest: { method: 'POST', path: '/orders/{order}/resolve', summary: 'End the dispute that your side raised, saying how', tags },
      input: schema.resolveInput,
      output: schema.orderSchema,
      record,
      run: (scope, input) => service.resolve(scope, input),
    }),
    declareDefault: command({
      permission: 'orders.halt',
      rest: {
        method: 'POST',
        path: '/orders/{order}/default',
        summary: 'Buyer: declare the supplier in default; what is undelivered is given up',
        tags,
      },
      input: schema.declareDefaultInput,
      output: schema.orderSchema,
      record,
      run: (scope, input) => service.declareDefault(scope, input),
    }),
    reachMilestone: command({
      permission: 'orders.milestones',
      rest: {
        method: 'POST',
        path: '/orders/{order}/milestones/{milestone}/reach',
        summary: 'Supplier: report a milestone as reached',
        tags,
      },
      input: schema.reachMilestoneInput,
      output: schema.orderSchema,
      record,
      run: (scope, input) => service.reachMilestone(scope, input),
    }),
    confirmMilestone: command({
      permission: 'orders.milestones',
      rest: { method: 'POST', path: '/orders/{order}/milestones/{milestone}/confirm', summary: 'Buyer: confirm a milestone', tags },
      input: schema.confirmMilestoneInput,
      output: schema.orderSchema,
      record,
      run: (scope, input) => service.confirmMilestone(scope, input),
    }),
    changes: createChangesRouter(service.changes),
    settle: command({
      permission: 'orders.close',
      rest: { method: 'POST', path: '/orders/{order}/settle', summary: 'Settle a closed order of which everything kept is billed', tags },
      input: schema.settleInput,
      output: schema.orderSchema,
      record,
      run: (scope, input) => service.settle(scope, input),
    }),
    annotate: command({
      permission: 'orders.annotate',
      rest: {
        method: 'PATCH',
        path: '/orders/{order}',
        summary: 'Set your own number and private note; the other side never sees them',
        tags,
      },
      input: schema.annotateInput,
      output: schema.orderSchema,
      record,
      run: (scope, input) => service.annotate(scope, input),
    }),
    get: query({
      permission: 'orders.view',
      rest: {
        method: 'GET',
        path: '/orders/{order}',
        summary: 'One order with lines, progress, shipments and the moves of your side',
        tags,
      },
      input: schema.orderIdInput,
      output: schema.orderSchema,
      run: (scope, { order }) => service.get(scope, order),
    }),
    list: query({
      permission: 'orders.view',
      rest: { method: 'GET', path: '/orders', summary: 'Orders of your organization: filtered, searched, sorted', tags },
      input: orderListInput,
      output: schema.orderPageSchema,
      run: (scope, input) => service.list(scope, input),
    }),
    counts: query({
      permission: 'orders.view',
      rest: { method: 'GET', path: '/order-counts', summary: 'How many orders stand in each state; counted to 1000', tags },
      input: orderCountsInput,
      output: orderCountsSchema,
      run: (scope, input) => service.counts(scope, input),
    }),
    transitions: query({
      permission: null,
      rest: { method: 'GET', path: '/order-transitions', summary: 'The transition table of orders: state, move and side', tags },
      input: z.object({}),
      output: transitionTableSchema,
      run: () => Promise.resolve(transitionTable),
    }),
    timeline: query({
      permission: 'orders.view',
      rest: { method: 'GET', path: '/orders/{order}/timeline', summary: 'What happened to an order, newest first', tags },
      input: schema.timelineInput,
      output: schema.timelinePageSchema,
      run: (scope, input) => service.timeline(scope, input),
    }),
    ledger: query({
      permission: 'orders.view',
      rest: { method: 'GET', path: '/orders/{order}/ledger', summary: 'The entries behind every number of an order, newest first', tags },
      input: schema.ledgerInput,
      output: schema.ledgerPageSchema,
      run: (scope, input) => service.ledger(scope, input),
    }),
    ...createDeliveryRouters(),
    rfq: createRfqRouter(service.rfq),
    statements: createStatementRouter(),
    subcontract: createSubcontractRouter(service.subcontract),
    suppliedMaterial: createSuppliedRouter(suppliedMaterial),
    ...createDutyRouters(),
  };
}
