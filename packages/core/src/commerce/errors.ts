import { defineErrors } from '../errors/index.js';

export const commerceErrors = defineErrors('commerce', {
  version_stale: {
    status: 409,
    en: 'The {whatEn} is at version {current}, but the request was made from version {sent}. Read it again and repeat the move.',
    zh: '{whatZh}当前版本为 {current}，而请求基于版本 {sent}。请重新读取后再操作。',
  },
  wrong_state: {
    status: 409,
    en: '"{moveEn}" is not possible: the {whatEn} is {stateEn}. Possible now: {possibleEn}.',
    zh: '不能执行“{moveZh}”：{whatZh}的状态为“{stateZh}”。当前可执行：{possibleZh}。',
  },
  campaign_code_taken: {
    status: 409,
    en: 'Your organization already has a campaign with the code "{code}". Choose another code.',
    zh: '您的企业已有代码为“{code}”的活动。请换一个代码。',
  },
  campaign_unknown: {
    status: 422,
    en: 'No campaign of your organization has the token "{token}". Scan the code of the booth again.',
    zh: '您的企业没有标识为“{token}”的活动。请重新扫描展位二维码。',
  },
  lead_unknown: {
    status: 422,
    en: 'Your organization has no lead "{lead}". Choose one of your leads, or leave it out.',
    zh: '您的企业没有线索“{lead}”。请选择已有线索，或留空。',
  },
  quotation_number_taken: {
    status: 409,
    en: 'Your organization already has a quotation with the number "{number}". Choose another number.',
    zh: '您的企业已有编号为“{number}”的报价。请换一个编号。',
  },
  recipient_unknown: {
    status: 422,
    en: 'There is no active organization with the code "{recipient}" on this platform. Check the code, or quote to an outside contact.',
    zh: '平台上没有代码为“{recipient}”的有效企业。请检查代码，或改为向平台外联系人报价。',
  },
  recipient_is_self: {
    status: 422,
    en: 'Your organization "{recipient}" cannot quote to itself. Choose another recipient.',
    zh: '您的企业“{recipient}”不能向自己报价。请选择其他对象。',
  },
  validity_past: {
    status: 422,
    en: 'The validity {validUntil} has passed already. Choose a later instant.',
    zh: '有效期 {validUntil} 已过。请选择更晚的时间。',
  },
  quotation_expired: {
    status: 409,
    en: 'Quotation "{number}" was valid until {validUntil}. Ask the supplier to revise it.',
    zh: '报价“{number}”的有效期至 {validUntil}，现已过期。请联系供应方修订。',
  },
  quotation_revised: {
    status: 409,
    en: 'Revision {current} of quotation "{number}" is the one that was sent last; the request names revision {sent}. Read it again.',
    zh: '报价“{number}”最近发出的是第 {current} 版，而请求针对第 {sent} 版。请重新读取。',
  },
  not_your_move: {
    status: 403,
    en: '"{moveEn}" belongs to the {moverEn}; your organization is the {sideEn} of this quotation.',
    zh: '“{moveZh}”由{moverZh}执行；您的企业在此报价中是{sideZh}。',
  },
  answers_itself: {
    status: 409,
    en: 'The recipient of quotation "{number}" is on the platform and answers for itself. Wait for its answer.',
    zh: '报价“{number}”的接收方在平台上，由其自行答复。请等待对方答复。',
  },
  amount_too_large: {
    status: 422,
    en: 'The amount of {whatEn} would be {amount}; the largest is 999999999999.999999. Split it.',
    zh: '{whatZh}的金额为 {amount}，超过上限 999999999999.999999。请拆分。',
  },
  consumer_number_taken: {
    status: 409,
    en: 'Your organization already has a consumer order with the number "{number}". Choose another number.',
    zh: '您的企业已有编号为“{number}”的消费者订单。请换一个编号。',
  },
  consent_missing: {
    status: 422,
    en: 'Measurements of a person need their consent: consumer order "{number}" gives {count} without it. Ask for consent, or leave them out.',
    zh: '个人量体数据须经本人同意：消费者订单“{number}”未经同意提供了 {count} 项。请先征得同意，或不提供。',
  },
  consent_not_given: {
    status: 409,
    en: 'The person of consumer order "{number}" has no consent to withdraw. Nothing was changed.',
    zh: '消费者订单“{number}”没有可撤回的同意。未作任何更改。',
  },
  link_unknown: {
    status: 422,
    en: 'Your organization sees no {kind} "{id}". Link what your organization may see.',
    zh: '您的企业看不到 {kind}“{id}”。请关联可见的对象。',
  },
});
