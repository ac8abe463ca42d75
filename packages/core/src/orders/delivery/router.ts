import { z } from 'zod';
import { command, query } from '../../commands/index.js';
import { packagingOf, registerPrefix } from './packaging/numbers.js';
import { packagingSchema, registerPrefixInput } from './packaging/schema.js';

const tags = ['orders'];

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
});
