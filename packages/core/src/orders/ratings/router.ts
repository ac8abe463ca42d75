import { command, query } from '../../commands/index.js';
import { opinions } from './opinions.js';
import * as schema from './schema.js';
import { scores } from './scores.js';

const tags = ['orders'];
const record = { kind: 'order', id: (input: { order: string }) => input.order };

export function createRatingRouter() {
  return {
    rate: command({
      permission: 'orders.ratings.give',
      rest: { method: 'POST', path: '/orders/{order}/ratings', summary: 'Rate the other side once something has been accepted', tags },
      input: schema.rateInput,
      output: schema.orderRatingsSchema,
      record,
      run: (scope, input) => opinions.rate(scope, input),
    }),
    revise: command({
      permission: 'orders.ratings.give',
      rest: { method: 'PATCH', path: '/orders/{order}/ratings', summary: 'Revise your rating within 30 days; earlier ones are kept', tags },
      input: schema.reviseRatingInput,
      output: schema.orderRatingsSchema,
      record,
      run: (scope, input) => opinions.revise(scope, input),
    }),
    answer: command({
      permission: 'orders.ratings.give',
      rest: { method: 'POST', path: '/orders/{order}/ratings/answer', summary: 'Answer the rating you were given, once', tags },
      input: schema.answerRatingInput,
      output: schema.orderRatingsSchema,
      record,
      run: (scope, input) => opinions.answer(scope, input),
    }),
    ofOrder: query({
      permission: 'orders.ratings.view',
      rest: { method: 'GET', path: '/orders/{order}/ratings', summary: 'What each side gave the other, with earlier revisions', tags },
      input: schema.orderRatingsInput,
      output: schema.orderRatingsSchema,
      run: (scope, { order }) => opinions.ofOrder(scope, order),
    }),
    score: query({
      permission: 'orders.ratings.view',
      rest: {
        method: 'GET',
        path: '/scores/{supplier}',
        summary: 'Scores of a supplier from the ledger of your own orders with it, with numerator and denominator',
        tags,
      },
      input: schema.scoreInput,
      output: schema.scoreSchema,
      run: (scope, input) => scores.score(scope, input),
    }),
    evidence: query({
      permission: 'orders.ratings.view',
      rest: { method: 'GET', path: '/scores/{supplier}/evidence', summary: 'The items that a score adds up, newest first', tags },
      input: schema.scoreEvidenceInput,
      output: schema.scoreEvidenceSchema,
      run: (scope, input) => scores.evidence(scope, input),
    }),
    published: query({
      permission: 'orders.ratings.view',
      rest: {
        method: 'GET',
        path: '/scores/{supplier}/published',
        summary: 'What the platform publishes of a supplier, when enough buyers stand behind it',
        tags,
      },
      input: schema.publishedScoreInput,
      output: schema.publishedScoreSchema,
      run: (scope, input) => scores.published(scope, input),
    }),
  };
}
