import { command, query } from '../../commands/index.js';
import { termsAgreement } from './agreement.js';
import { termsLibrary } from './library.js';
import * as schema from './schema.js';

const tags = ['orders'];
const record = { kind: 'order', id: (input: { order: string }) => input.order };

export function createTermsRouter() {
  return {
    draft: command({
      permission: 'orders.terms.manage',
      rest: { method: 'POST', path: '/terms', summary: 'Draft contract terms: a new code, or the next version of one', tags },
      input: schema.draftTermsInput,
      output: schema.termsSchema,
      run: (scope, input) => termsLibrary.draft(scope, input),
    }),
    edit: command({
      permission: 'orders.terms.manage',
      rest: { method: 'PATCH', path: '/terms/{terms}', summary: 'Rewrite a draft', tags },
      input: schema.editTermsInput,
      output: schema.termsSchema,
      run: (scope, input) => termsLibrary.edit(scope, input),
    }),
    publish: command({
      permission: 'orders.terms.manage',
      rest: { method: 'POST', path: '/terms/{terms}/publish', summary: 'Publish a draft; its text never changes again', tags },
      input: schema.publishTermsInput,
      output: schema.termsSchema,
      run: (scope, input) => termsLibrary.publish(scope, input),
    }),
    retire: command({
      permission: 'orders.terms.manage',
      rest: { method: 'POST', path: '/terms/{terms}/retire', summary: 'Attach a version to no further order', tags },
      input: schema.publishTermsInput,
      output: schema.termsSchema,
      run: (scope, input) => termsLibrary.retire(scope, input),
    }),
    get: query({
      permission: 'orders.terms.view',
      rest: {
        method: 'GET',
        path: '/terms/{terms}',
        summary: 'One version with its text: yours, the platform’s, or attached to an order',
        tags,
      },
      input: schema.termsIdInput,
      output: schema.termsSchema,
      run: (scope, { terms }) => termsLibrary.get(scope, terms),
    }),
    list: query({
      permission: 'orders.terms.view',
      rest: { method: 'GET', path: '/terms', summary: 'Versions of your own terms, or of the platform’s, last changed first', tags },
      input: schema.termsListInput,
      output: schema.termsPageSchema,
      run: (scope, input) => termsLibrary.list(scope, input),
    }),
    attach: command({
      permission: 'orders.terms.agree',
      rest: {
        method: 'POST',
        path: '/orders/{order}/terms',
        summary: 'Either side: put a proposed order under terms, and accept them',
        tags,
      },
      input: schema.attachTermsInput,
      output: schema.orderTermsSchema,
      record,
      run: (scope, input) => termsAgreement.attach(scope, input),
    }),
    detach: command({
      permission: 'orders.terms.agree',
      rest: {
        method: 'POST',
        path: '/orders/{order}/terms/{attachment}/detach',
        summary: 'Take back terms that the other side has not accepted',
        tags,
      },
      input: schema.detachTermsInput,
      output: schema.orderTermsSchema,
      record,
      run: (scope, input) => termsAgreement.detach(scope, input),
    }),
    accept: command({
      permission: 'orders.terms.agree',
      rest: {
        method: 'POST',
        path: '/orders/{order}/terms/{attachment}/accept',
        summary: 'Accept terms attached by the other side, by the hash of the text read',
        tags,
      },
      input: schema.acceptTermsInput,
      output: schema.orderTermsSchema,
      record,
      run: (scope, input) => termsAgreement.accept(scope, input),
    }),
    ofOrder: query({
      permission: 'orders.terms.view',
      rest: { method: 'GET', path: '/orders/{order}/terms', summary: 'Terms of an order, and which side accepted which text when', tags },
      input: schema.orderTermsInput,
      output: schema.orderTermsSchema,
      run: (scope, { order }) => termsAgreement.ofOrder(scope, order),
    }),
  };
}
