import type { Words } from '../access/index.js';
import type { ConsumerOrderMove, ConsumerOrderState } from './consumers/states.js';
import type { LeadMove, LeadSource, LeadState } from './leads/states.js';
import type { QuotationMove, QuotationSide, QuotationState } from './quotations/states.js';

export const leadStateWords: Readonly<Record<LeadState, Words>> = {
  new: { en: 'New', zh: '新线索' },
  contacted: { en: 'Contacted', zh: '已联系' },
  sampled: { en: 'Sampled', zh: '已寄样' },
  quoted: { en: 'Quoted', zh: '已报价' },
  won: { en: 'Won', zh: '成交' },
  lost: { en: 'Lost', zh: '流失' },
};

export const leadMoveWords: Readonly<Record<LeadMove, Words>> = {
  contact: { en: 'Mark as contacted', zh: '标记已联系' },
  sample: { en: 'Mark sample sent', zh: '标记已寄样' },
  quote: { en: 'Mark as quoted', zh: '标记已报价' },
  win: { en: 'Mark as won', zh: '标记成交' },
  lose: { en: 'Mark as lost', zh: '标记流失' },
  reopen: { en: 'Reopen', zh: '重新跟进' },
};

export const leadSourceWords: Readonly<Record<LeadSource, Words>> = {
  fair: { en: 'Fair', zh: '展会' },
  visit: { en: 'Visit', zh: '拜访' },
  website: { en: 'Website', zh: '网站' },
  marketplace: { en: 'Marketplace', zh: '电商平台' },
  referral: { en: 'Referral', zh: '转介绍' },
  other: { en: 'Other', zh: '其他' },
};

export const quotationStateWords: Readonly<Record<QuotationState, Words>> = {
  draft: { en: 'Draft', zh: '草稿' },
  sent: { en: 'Sent', zh: '已发出' },
  accepted: { en: 'Accepted', zh: '已接受' },
  declined: { en: 'Declined', zh: '已谢绝' },
  expired: { en: 'Expired', zh: '已过期' },
};

export const quotationMoveWords: Readonly<Record<QuotationMove, Words>> = {
  revise: { en: 'Revise', zh: '修订' },
  send: { en: 'Send', zh: '发出' },
  accept: { en: 'Accept and order', zh: '接受并下单' },
  decline: { en: 'Decline', zh: '谢绝' },
  record_acceptance: { en: 'Record acceptance', zh: '登记接受' },
  record_decline: { en: 'Record decline', zh: '登记谢绝' },
};

export const quotationSideWords: Readonly<Record<QuotationSide, Words>> = {
  supplier: { en: 'supplier', zh: '供应方' },
  buyer: { en: 'buyer', zh: '采购方' },
};

export const consumerOrderStateWords: Readonly<Record<ConsumerOrderState, Words>> = {
  placed: { en: 'Placed', zh: '已下单' },
  confirmed: { en: 'Confirmed', zh: '已确认' },
  in_production: { en: 'In production', zh: '生产中' },
  shipped: { en: 'Shipped', zh: '已发货' },
  delivered: { en: 'Delivered', zh: '已送达' },
  canceled: { en: 'Canceled', zh: '已取消' },
};

export const consumerOrderMoveWords: Readonly<Record<ConsumerOrderMove, Words>> = {
  confirm: { en: 'Confirm', zh: '确认' },
  start: { en: 'Start production', zh: '开始生产' },
  ship: { en: 'Ship', zh: '发货' },
  deliver: { en: 'Confirm delivery', zh: '确认送达' },
  cancel: { en: 'Cancel', zh: '取消' },
};

export const commerceEventWords: Readonly<Record<string, Words>> = {
  'commerce.campaign_opened': { en: 'Campaign opened', zh: '活动已建立' },
  'commerce.lead_captured': { en: 'Lead captured', zh: '录入线索' },
  'commerce.lead_moved': { en: 'Lead moved on', zh: '线索状态变更' },
  'commerce.lead_consent_withdrawn': { en: 'Contact data of a lead erased', zh: '线索联系信息已删除' },
  'commerce.quotation_drafted': { en: 'Quotation drafted', zh: '起草报价' },
  'commerce.quotation_revised': { en: 'Quotation revised', zh: '修订报价' },
  'commerce.quotation_sent': { en: 'Quotation sent', zh: '发出报价' },
  'commerce.quotation_accepted': { en: 'Quotation accepted', zh: '接受报价' },
  'commerce.quotation_declined': { en: 'Quotation declined', zh: '谢绝报价' },
  'commerce.consumer_order_placed': { en: 'Consumer order placed', zh: '消费者下单' },
  'commerce.consumer_order_moved': { en: 'Consumer order moved on', zh: '消费者订单状态变更' },
  'commerce.consumer_order_linked': { en: 'Consumer order linked to what makes it', zh: '消费者订单已关联生产' },
  'commerce.consumer_consent_withdrawn': { en: 'Measurements of a consumer erased', zh: '消费者量体数据已删除' },
};
