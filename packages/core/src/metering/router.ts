import { query } from '../commands/index.js';
import * as schema from './schema.js';
import { meteringService } from './service.js';

const tags = ['metering'];

export function createMeteringRouter() {
  return {
    months: query({
      permission: 'metering.view',
      rest: { method: 'GET', path: '/metering', summary: 'Months of your organization’s use, newest first', tags },
      input: schema.monthsInput,
      output: schema.usageMonthsSchema,
      run: (scope) => meteringService.months(scope),
    }),
    month: query({
      permission: 'metering.view',
      rest: { method: 'GET', path: '/metering/{month}', summary: 'What your organization used in a month, line by line', tags },
      input: schema.monthInput,
      output: schema.usageMonthSchema,
      run: (scope, { month }) => meteringService.month(scope, month),
    }),
    csv: query({
      permission: 'metering.view',
      rest: { method: 'GET', path: '/metering/{month}/csv', summary: 'The same as a CSV text with its hash', tags },
      input: schema.monthInput,
      output: schema.usageCsvSchema,
      run: (scope, { month }) => meteringService.csv(scope, month),
    }),
  };
}
