import { z } from 'zod';
import { command, query } from '../../commands/index.js';
import { orderSchema } from '../order/schema.js';
import { differenceAnswers } from './differences/answering.js';
import { answerDifferenceInput, contestDifferenceInput } from './differences/schema.js';
import { packagingOf, registerPrefix } from './packaging/numbers.js';
import { findPackages } from './packaging/packages.js';
import { findPackageInput, foundPackagesSchema, packagingSchema, registerPrefixInput } from './packaging/schema.js';
import { shipmentPaper } from './shipments/paper.js';
import { shipmentDetailSchema, shipmentInput, shipmentPaperSchema } from './shipments/schema.js';
import { shipmentDetail } from './shipments/view.js';

const tags = ['orders'];
const record = { kind: 'order', id: (input: { order: string }) => input.order };

export const createDeliveryRouters = () => ({
  packaging: {
    get: query({
      permission: 'orders.view',
      rest: { method: 'GET', path: '/packaging', summary: 'With which numbers your organization marks packages', tags },
      input: z.object({}),
      output: packagingSchema,
      run: (scope) => packagingOf(scope),
    }),
    registerPrefix: command({
      permission: 'orders.packaging',
      rest: {
        method: 'POST',
        path: '/packaging/gs1-prefix',
        summary: 'Register the GS1 company prefix of your organization: packages get SSCC from now on',
        tags,
      },
      input: registerPrefixInput,
      output: packagingSchema,
      run: (scope, { prefix }) => registerPrefix(scope, prefix),
    }),
  },
  packages: {
    find: query({
      permission: 'orders.view',
      rest: { method: 'GET', path: '/packages', summary: 'What a scanned package is and holds, for the parties of its order', tags },
      input: findPackageInput,
      output: foundPackagesSchema,
      run: (scope, { code }) => findPackages(scope, code),
    }),
  },
  shipments: {
    get: query({
      permission: 'orders.view',
      rest: {
        method: 'GET',
        path: '/orders/{order}/shipments/{shipment}',
        summary: 'One shipment with its packages, receipt differences and inspections',
        tags,
      },
      input: shipmentInput,
      output: shipmentDetailSchema,
      run: (scope, input) => shipmentDetail(scope, input),
    }),
    paper: query({
      permission: 'orders.view',
      rest: {
        method: 'GET',
        path: '/orders/{order}/shipments/{shipment}/paper',
        summary: 'What delivery note and packing list print; as PDF under /api/papers',
        tags,
      },
      input: shipmentInput,
      output: shipmentPaperSchema,
      run: (scope, input) => shipmentPaper(scope, input),
    }),
  },
  differences: {
    acknowledge: command({
      permission: 'orders.ship',
      rest: {
        method: 'POST',
        path: '/orders/{order}/differences/{difference}/acknowledge',
        summary: 'Supplier: acknowledge a receipt difference; what is missing is owed again, what was too much is shipped',
        tags,
      },
      input: answerDifferenceInput,
      output: orderSchema,
      record,
      run: (scope, input) => differenceAnswers.acknowledge(scope, input),
    }),
    contest: command({
      permission: 'orders.ship',
      rest: {
        method: 'POST',
        path: '/orders/{order}/differences/{difference}/contest',
        summary: 'Supplier: contest a receipt difference with a reason',
        tags,
      },
      input: contestDifferenceInput,
      output: orderSchema,
      record,
      run: (scope, input) => differenceAnswers.contest(scope, input),
    }),
    withdraw: command({
      permission: 'orders.receive',
      rest: {
        method: 'POST',
        path: '/orders/{order}/differences/{difference}/withdraw',
        summary: 'Buyer: withdraw a receipt difference, because the goods turned up',
        tags,
      },
      input: answerDifferenceInput,
      output: orderSchema,
      record,
      run: (scope, input) => differenceAnswers.withdraw(scope, input),
    }),
  },
});
