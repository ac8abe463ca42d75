import { command, query } from '../commands/index.js';
import * as consumers from './consumers/schema.js';
import * as leads from './leads/schema.js';
import * as quotations from './quotations/schema.js';
import type { CommerceService } from './service.js';

const tags = ['commerce'];
const onQuotation = { kind: 'quotation', id: (input: { quotation: string }) => input.quotation };
const onConsumerOrder = { kind: 'consumer_order', id: (input: { consumerOrder: string }) => input.consumerOrder };

export function createCommerceRouter(service: CommerceService) {
  return {
    campaigns: {
      open: command({
        permission: 'commerce.leads.manage',
        rest: { method: 'POST', path: '/campaigns', summary: 'Open a campaign, such as a fair booth, with the token of its code', tags },
        input: leads.openCampaignInput,
        output: leads.campaignSchema,
        run: (scope, input) => service.openCampaign(scope, input),
      }),
      list: query({
        permission: 'commerce.leads.view',
        rest: { method: 'GET', path: '/campaigns', summary: 'Campaigns of your organization, newest first', tags },
        input: leads.campaignListInput,
        output: leads.campaignPageSchema,
        run: (scope, input) => service.listCampaigns(scope, input),
      }),
    },
    leads: {
      capture: command({
        permission: 'commerce.leads.manage',
        rest: { method: 'POST', path: '/leads', summary: 'Take the leads that a device gathered, each once by its own key', tags },
        input: leads.captureInput,
        output: leads.capturedSchema,
        run: (scope, input) => service.captureLeads(scope, input),
      }),
      get: query({
        permission: 'commerce.leads.view',
        rest: { method: 'GET', path: '/leads/{lead}', summary: 'One lead with its history', tags },
        input: leads.leadIdInput,
        output: leads.leadDetailSchema,
        run: (scope, { lead }) => service.getLead(scope, lead),
      }),
      list: query({
        permission: 'commerce.leads.view',
        rest: { method: 'GET', path: '/leads', summary: 'Leads of your organization, last changed first', tags },
        input: leads.leadListInput,
        output: leads.leadPageSchema,
        run: (scope, input) => service.listLeads(scope, input),
      }),
      move: command({
        permission: 'commerce.leads.manage',
        rest: { method: 'POST', path: '/leads/{lead}/moves', summary: 'Move a lead to its next state', tags },
        input: leads.moveLeadInput,
        output: leads.leadSchema,
        run: (scope, input) => service.moveLead(scope, input),
      }),
      follow: command({
        permission: 'commerce.leads.manage',
        rest: { method: 'PATCH', path: '/leads/{lead}', summary: 'Set who follows a lead, by when, and a note', tags },
        input: leads.followLeadInput,
        output: leads.leadSchema,
        run: (scope, input) => service.followLead(scope, input),
      }),
      withdrawConsent: command({
        permission: 'commerce.leads.manage',
        rest: { method: 'POST', path: '/leads/{lead}/consent-withdrawal', summary: 'Erase the contact of a lead; the lead stays', tags },
        input: leads.withdrawLeadConsentInput,
        output: leads.leadSchema,
        run: (scope, input) => service.withdrawLeadConsent(scope, input),
      }),
      funnel: query({
        permission: 'commerce.leads.view',
        rest: { method: 'GET', path: '/lead-funnel', summary: 'How many leads reached each state, of one campaign or all', tags },
        input: leads.funnelInput,
        output: leads.funnelSchema,
        run: (scope, input) => service.leadFunnel(scope, input),
      }),
    },
    quotations: {
      draft: command({
        permission: 'commerce.quotations.manage',
        rest: { method: 'POST', path: '/quotations', summary: 'Draft a quotation; amounts are reckoned by the platform', tags },
        input: quotations.draftInput,
        output: quotations.quotationSchema,
        run: (scope, input) => service.draftQuotation(scope, input),
      }),
      revise: command({
        permission: 'commerce.quotations.manage',
        rest: {
          method: 'POST',
          path: '/quotations/{quotation}/revisions',
          summary: 'Supplier: write a new revision; earlier ones are kept',
          tags,
        },
        input: quotations.reviseInput,
        output: quotations.quotationSchema,
        record: onQuotation,
        run: (scope, input) => service.reviseQuotation(scope, input),
      }),
      send: command({
        permission: 'commerce.quotations.manage',
        rest: {
          method: 'POST',
          path: '/quotations/{quotation}/send',
          summary: 'Supplier: send the newest revision to its recipient',
          tags,
        },
        input: quotations.sendInput,
        output: quotations.quotationSchema,
        record: onQuotation,
        run: (scope, input) => service.sendQuotation(scope, input),
      }),
      accept: command({
        permission: 'commerce.quotations.answer',
        rest: { method: 'POST', path: '/quotations/{quotation}/accept', summary: 'Buyer: accept a quotation and propose its order', tags },
        input: quotations.acceptQuotationInput,
        output: quotations.quotationSchema,
        record: onQuotation,
        run: (scope, input) => service.acceptQuotation(scope, input),
      }),
      decline: command({
        permission: 'commerce.quotations.answer',
        rest: { method: 'POST', path: '/quotations/{quotation}/decline', summary: 'Buyer: decline a quotation with a reason', tags },
        input: quotations.declineQuotationInput,
        output: quotations.quotationSchema,
        record: onQuotation,
        run: (scope, input) => service.declineQuotation(scope, input),
      }),
      recordAnswer: command({
        permission: 'commerce.quotations.manage',
        rest: {
          method: 'POST',
          path: '/quotations/{quotation}/answer',
          summary: 'Supplier: write down what a recipient outside the platform answered',
          tags,
        },
        input: quotations.recordAnswerInput,
        output: quotations.quotationSchema,
        record: onQuotation,
        run: (scope, input) => service.recordAnswer(scope, input),
      }),
      get: query({
        permission: 'commerce.quotations.view',
        rest: { method: 'GET', path: '/quotations/{quotation}', summary: 'One quotation, its newest or a named revision', tags },
        input: quotations.quotationIdInput,
        output: quotations.quotationSchema,
        run: (scope, input) => service.getQuotation(scope, input),
      }),
      list: query({
        permission: 'commerce.quotations.view',
        rest: { method: 'GET', path: '/quotations', summary: 'Quotations given and received, last changed first', tags },
        input: quotations.quotationListInput,
        output: quotations.quotationPageSchema,
        run: (scope, input) => service.listQuotations(scope, input),
      }),
    },
    consumerOrders: {
      place: command({
        permission: 'commerce.consumers.manage',
        rest: { method: 'POST', path: '/consumer-orders', summary: 'Take the order of a person for one configured unit', tags },
        input: consumers.placeConsumerOrderInput,
        output: consumers.consumerOrderSchema,
        run: (scope, input) => service.placeConsumerOrder(scope, input),
      }),
      move: command({
        permission: 'commerce.consumers.manage',
        rest: { method: 'POST', path: '/consumer-orders/{consumerOrder}/moves', summary: 'Move a consumer order to its next state', tags },
        input: consumers.moveConsumerOrderInput,
        output: consumers.consumerOrderSchema,
        record: onConsumerOrder,
        run: (scope, input) => service.moveConsumerOrder(scope, input),
      }),
      link: command({
        permission: 'commerce.consumers.manage',
        rest: {
          method: 'POST',
          path: '/consumer-orders/{consumerOrder}/links',
          summary: 'Name the order line, job order or unit that makes it',
          tags,
        },
        input: consumers.linkConsumerOrderInput,
        output: consumers.consumerOrderSchema,
        record: onConsumerOrder,
        run: (scope, input) => service.linkConsumerOrder(scope, input),
      }),
      withdrawConsent: command({
        permission: 'commerce.consumers.manage',
        rest: {
          method: 'POST',
          path: '/consumer-orders/{consumerOrder}/consent-withdrawal',
          summary: 'Erase the measurements of the person; the order stays',
          tags,
        },
        input: consumers.withdrawConsumerConsentInput,
        output: consumers.consumerPersonSchema,
        record: onConsumerOrder,
        run: (scope, input) => service.withdrawConsumerConsent(scope, input),
      }),
      get: query({
        permission: 'commerce.consumers.view',
        rest: { method: 'GET', path: '/consumer-orders/{consumerOrder}', summary: 'One consumer order, without who placed it', tags },
        input: consumers.consumerOrderIdInput,
        output: consumers.consumerOrderSchema,
        run: (scope, { consumerOrder }) => service.getConsumerOrder(scope, consumerOrder),
      }),
      person: query({
        permission: 'commerce.consumers.personal',
        rest: {
          method: 'GET',
          path: '/consumer-orders/{consumerOrder}/person',
          summary: 'Who placed it, with measurements while consent lasts',
          tags,
        },
        input: consumers.consumerOrderIdInput,
        output: consumers.consumerPersonSchema,
        run: (scope, { consumerOrder }) => service.consumerPerson(scope, consumerOrder),
      }),
      list: query({
        permission: 'commerce.consumers.view',
        rest: { method: 'GET', path: '/consumer-orders', summary: 'Consumer orders of your organization, last changed first', tags },
        input: consumers.consumerOrderListInput,
        output: consumers.consumerOrderPageSchema,
        run: (scope, input) => service.listConsumerOrders(scope, input),
      }),
    },
  };
}
