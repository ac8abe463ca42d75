import { command, query } from '../../commands/index.js';
import * as schema from './schema.js';
import type { RfqService } from './service.js';
import * as view from './view-schema.js';

const tags = ['rfq'];
const onRfq = { kind: 'rfq', id: (input: { rfq: string }) => input.rfq };
const onInvitation = { kind: 'invitation', id: (input: { invitation: string }) => input.invitation };
const onQuote = { kind: 'quote', id: (input: { quote: string }) => input.quote };

const ask = 'orders.rfq.ask';
const read = 'orders.rfq.view';
const quote = 'orders.rfq.quote';

export function createRfqRouter(service: RfqService) {
  return {
    create: command({
      permission: ask,
      rest: { method: 'POST', path: '/rfqs', summary: 'Buyer: draft a request for quotes', tags },
      input: schema.createRfqInput,
      output: view.rfqSchema,
      run: (scope, input) => service.create(scope, input),
    }),
    revise: command({
      permission: ask,
      rest: { method: 'PATCH', path: '/rfqs/{rfq}', summary: 'Buyer: replace the content of a draft', tags },
      input: schema.reviseRfqInput,
      output: view.rfqSchema,
      record: onRfq,
      run: (scope, input) => service.revise(scope, input),
    }),
    open: command({
      permission: ask,
      rest: { method: 'POST', path: '/rfqs/{rfq}/open', summary: 'Buyer: open the request and invite suppliers, each on its own', tags },
      input: schema.openRfqInput,
      output: view.invitedSchema,
      record: onRfq,
      run: (scope, input) => service.open(scope, input),
    }),
    invite: command({
      permission: ask,
      rest: { method: 'POST', path: '/rfqs/{rfq}/invitations', summary: 'Buyer: invite more suppliers', tags },
      input: schema.inviteInput,
      output: view.invitedSchema,
      record: onRfq,
      run: (scope, input) => service.invite(scope, input),
    }),
    extend: command({
      permission: ask,
      rest: { method: 'POST', path: '/rfqs/{rfq}/extend', summary: 'Buyer: give every supplier, or some, more time to answer', tags },
      input: schema.extendInput,
      output: view.rfqSchema,
      record: onRfq,
      run: (scope, input) => service.extend(scope, input),
    }),
    assess: command({
      permission: ask,
      rest: {
        method: 'POST',
        path: '/rfqs/{rfq}/assessments',
        summary: 'Buyer: estimate the import duty on what one supplier quotes; it never learns it',
        tags,
      },
      input: schema.assessInput,
      output: view.rfqSchema,
      record: onRfq,
      run: (scope, input) => service.assess(scope, input),
    }),
    answer: command({
      permission: ask,
      rest: {
        method: 'POST',
        path: '/rfq-questions/{question}/answer',
        summary: 'Buyer: answer a question, to the asker or to all without naming it',
        tags,
      },
      input: schema.answerInput,
      output: view.rfqSchema,
      run: (scope, input) => service.answer(scope, input),
    }),
    compare: query({
      permission: read,
      rest: {
        method: 'POST',
        path: '/rfqs/{rfq}/comparison',
        summary: 'Buyer: every quote side by side, landed in the currency of the RFQ',
        tags,
      },
      input: schema.comparisonInput,
      output: view.comparisonSchema,
      run: (scope, input) => service.compare(scope, input),
    }),
    award: command({
      permission: 'orders.rfq.award',
      rest: {
        method: 'POST',
        path: '/rfqs/{rfq}/awards',
        summary: 'Buyer: award whole, by line or by share; one proposed order for each quote, all or none',
        tags,
      },
      input: schema.awardInput,
      output: view.awardedSchema,
      record: onRfq,
      run: (scope, input) => service.award(scope, input),
    }),
    conclude: command({
      permission: 'orders.rfq.award',
      rest: {
        method: 'POST',
        path: '/rfqs/{rfq}/conclude',
        summary: 'Buyer: end the request with what is awarded; losers learn that',
        tags,
      },
      input: schema.onRfqInput,
      output: view.rfqSchema,
      record: onRfq,
      run: (scope, input) => service.conclude(scope, input),
    }),
    close: command({
      permission: ask,
      rest: { method: 'POST', path: '/rfqs/{rfq}/close', summary: 'Buyer: end the request without award', tags },
      input: schema.endRfqInput,
      output: view.rfqSchema,
      record: onRfq,
      run: (scope, input) => service.close(scope, input),
    }),
    reopen: command({
      permission: ask,
      rest: {
        method: 'POST',
        path: '/rfqs/{rfq}/reopen',
        summary: 'Buyer: open an ended request again, to award what was never awarded or was given back',
        tags,
      },
      input: schema.onRfqInput,
      output: view.rfqSchema,
      record: onRfq,
      run: (scope, input) => service.reopen(scope, input),
    }),
    cancel: command({
      permission: ask,
      rest: { method: 'POST', path: '/rfqs/{rfq}/cancel', summary: 'Buyer: cancel a request of which nothing is awarded', tags },
      input: schema.cancelRfqInput,
      output: view.rfqSchema,
      record: onRfq,
      run: (scope, input) => service.cancel(scope, input),
    }),
    get: query({
      permission: read,
      rest: { method: 'GET', path: '/rfqs/{rfq}', summary: 'Buyer: one request with invitations, questions and awards', tags },
      input: schema.rfqIdInput,
      output: view.rfqSchema,
      run: (scope, { rfq }) => service.get(scope, rfq),
    }),
    list: query({
      permission: read,
      rest: { method: 'GET', path: '/rfqs', summary: 'Requests of your organization, last changed first', tags },
      input: schema.rfqListInput,
      output: view.rfqPageSchema,
      run: (scope, input) => service.list(scope, input),
    }),
    timeline: query({
      permission: read,
      rest: { method: 'GET', path: '/rfqs/{rfq}/timeline', summary: 'What happened to a request, newest first', tags },
      input: schema.rfqTimelineInput,
      output: view.rfqTimelinePageSchema,
      run: (scope, input) => service.timeline(scope, input),
    }),
    invitations: {
      get: query({
        permission: read,
        rest: {
          method: 'GET',
          path: '/rfq-invitations/{invitation}',
          summary: 'One invitation: the request as its supplier reads it, questions, answers and its quote',
          tags,
        },
        input: schema.invitationIdInput,
        output: view.invitationSchema,
        run: (scope, { invitation }) => service.getInvitation(scope, invitation),
      }),
      list: query({
        permission: read,
        rest: { method: 'GET', path: '/rfq-invitations', summary: 'Invitations that your organization received, last changed first', tags },
        input: schema.invitationListInput,
        output: view.invitationPageSchema,
        run: (scope, input) => service.listInvitations(scope, input),
      }),
      timeline: query({
        permission: read,
        rest: {
          method: 'GET',
          path: '/rfq-invitations/{invitation}/timeline',
          summary: 'What happened to an invitation, newest first',
          tags,
        },
        input: schema.invitationTimelineInput,
        output: view.rfqTimelinePageSchema,
        run: (scope, input) => service.invitationTimeline(scope, input),
      }),
      acceptConfidentiality: command({
        permission: quote,
        rest: {
          method: 'POST',
          path: '/rfq-invitations/{invitation}/accept-confidentiality',
          summary: 'Supplier: accept the confidentiality terms, which opens lines, specifications and drawings',
          tags,
        },
        input: schema.acceptConfidentialityInput,
        output: view.invitationSchema,
        record: onInvitation,
        run: (scope, input) => service.acceptConfidentiality(scope, input),
      }),
      ask: command({
        permission: quote,
        rest: {
          method: 'POST',
          path: '/rfq-invitations/{invitation}/questions',
          summary: 'Supplier: ask the buyer; no rival reads it',
          tags,
        },
        input: schema.askInput,
        output: view.invitationSchema,
        record: onInvitation,
        run: (scope, input) => service.ask(scope, input),
      }),
      decline: command({
        permission: quote,
        rest: { method: 'POST', path: '/rfq-invitations/{invitation}/decline', summary: 'Supplier: decline to quote, with a reason', tags },
        input: schema.declineInvitationInput,
        output: view.invitationSchema,
        record: onInvitation,
        run: (scope, input) => service.declineInvitation(scope, input),
      }),
    },
    quotes: {
      submit: command({
        permission: quote,
        rest: { method: 'POST', path: '/rfq-invitations/{invitation}/quotes', summary: 'Supplier: quote what was asked', tags },
        input: schema.submitQuoteInput,
        output: view.quoteSchema,
        record: onInvitation,
        run: (scope, input) => service.submitQuote(scope, input),
      }),
      revise: command({
        permission: quote,
        rest: { method: 'POST', path: '/rfq-quotes/{quote}/revisions', summary: 'Supplier: a new revision; the old ones are kept', tags },
        input: schema.reviseQuoteInput,
        output: view.quoteSchema,
        record: onQuote,
        run: (scope, input) => service.reviseQuote(scope, input),
      }),
      withdraw: command({
        permission: quote,
        rest: { method: 'POST', path: '/rfq-quotes/{quote}/withdraw', summary: 'Supplier: withdraw a quote that is not awarded', tags },
        input: schema.withdrawQuoteInput,
        output: view.quoteSchema,
        record: onQuote,
        run: (scope, input) => service.withdrawQuote(scope, input),
      }),
      get: query({
        permission: read,
        rest: { method: 'GET', path: '/rfq-quotes/{quote}', summary: 'One quote, or an earlier revision of it', tags },
        input: schema.quoteIdInput,
        output: view.quoteSchema,
        run: (scope, input) => service.getQuote(scope, input),
      }),
      price: query({
        permission: read,
        rest: {
          method: 'POST',
          path: '/rfq-quotes/{quote}/price',
          summary: 'What quantities cost by a quote; breaks and totals are chosen and reckoned here',
          tags,
        },
        input: schema.priceQuoteInput,
        output: view.pricedQuoteSchema,
        run: (scope, input) => service.priceQuote(scope, input),
      }),
    },
    rates: {
      set: command({
        permission: ask,
        rest: { method: 'POST', path: '/currency-rates', summary: 'Set the rate of two currencies from a day on, with its source', tags },
        input: schema.setRateInput,
        output: view.currencyRateSchema,
        run: (scope, input) => service.setRate(scope, input),
      }),
      list: query({
        permission: read,
        rest: { method: 'GET', path: '/currency-rates', summary: 'Currency rates of your organization, last entered first', tags },
        input: schema.rateListInput,
        output: view.ratePageSchema,
        run: (scope, input) => service.listRates(scope, input),
      }),
    },
  };
}
