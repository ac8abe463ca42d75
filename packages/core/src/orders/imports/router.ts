import { command, query } from '../../commands/index.js';
import { mostBodyBytes } from './limits.js';
import * as schema from './schema.js';
import type { ImportService } from './service.js';

const tags = ['order imports'];

/** `put` stands beside the other commands of orders; the other two are `orders.imports.*`. */
export const createPut = (service: ImportService) =>
  command({
    permission: 'orders.propose',
    rest: {
      method: 'POST',
      path: '/orders/put',
      summary: 'Propose an order, or revise the proposed one of the same own number; the same again changes nothing',
      tags: ['orders'],
    },
    input: schema.putInput,
    output: schema.putSchema,
    run: (scope, input) => service.put(scope, input),
  });

export function createImportsRouter(service: ImportService) {
  return {
    preview: query({
      permission: 'orders.import',
      rest: {
        method: 'POST',
        path: '/order-imports/preview',
        summary: 'What a CSV or XLSX file would do: columns, suggested mapping and what speaks against each row; writes nothing',
        tags,
      },
      bodyBytes: mostBodyBytes,
      input: schema.previewInput,
      output: schema.previewSchema,
      run: (scope, input) => service.preview(scope, input),
    }),
    commit: command({
      permission: 'orders.import',
      rest: {
        method: 'POST',
        path: '/order-imports',
        summary: 'Import a CSV or XLSX file of orders or own numbers, with a report for each row',
        tags,
      },
      bodyBytes: mostBodyBytes,
      input: schema.commitInput,
      output: schema.committedSchema,
      run: (scope, input) => service.commit(scope, input),
    }),
  };
}
