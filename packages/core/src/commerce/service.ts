import { type ConsumerOrderService, createConsumerOrderService } from './consumers/service.js';
import { type LeadService, leadService } from './leads/service.js';
import { createQuotationService, type QuotationPorts, type QuotationService } from './quotations/service.js';

export interface CommerceService extends LeadService, QuotationService, ConsumerOrderService {}

/** `orders` proposes what a buyer accepts; `specifications` is the port that orders have. */
export function createCommerceService(ports: QuotationPorts): CommerceService {
  return { ...leadService, ...createQuotationService(ports), ...createConsumerOrderService(ports) };
}
