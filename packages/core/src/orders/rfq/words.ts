import type { Words } from '../../access/index.js';
import type {
  InvitationMove,
  InvitationObstacle,
  InvitationState,
  QuoteMove,
  QuoteState,
  RfqMove,
  RfqObstacle,
  RfqState,
  Standing,
} from './states.js';

export const rfqStateWords: Readonly<Record<RfqState, Words>> = {
  draft: { en: 'Draft', zh: '草稿' },
  open: { en: 'Open for quotes', zh: '询价中' },
  awarded: { en: 'Awarded', zh: '已定标' },
  closed: { en: 'Closed without award', zh: '已关闭（未定标）' },
  canceled: { en: 'Canceled', zh: '已取消' },
};

export const rfqMoveWords: Readonly<Record<RfqMove, Words>> = {
  revise: { en: 'Revise', zh: '修改' },
  open: { en: 'Open and invite', zh: '发出询价' },
  invite: { en: 'Invite more suppliers', zh: '增邀供应商' },
  extend: { en: 'Extend the response time', zh: '延长报价截止时间' },
  assess: { en: 'Estimate import duty', zh: '估算关税' },
  answer: { en: 'Answer a question', zh: '答复提问' },
  award: { en: 'Award', zh: '定标' },
  conclude: { en: 'Conclude the award', zh: '完成定标' },
  close: { en: 'Close without award', zh: '不定标关闭' },
  reopen: { en: 'Reopen', zh: '重新开放' },
  cancel: { en: 'Cancel the RFQ', zh: '取消询价' },
};

export const invitationStateWords: Readonly<Record<InvitationState, Words>> = {
  invited: { en: 'Awaiting a quote', zh: '待报价' },
  quoted: { en: 'Quoted', zh: '已报价' },
  declined: { en: 'No quote', zh: '不报价' },
};

export const standingWords: Readonly<Record<Standing, Words>> = {
  open: { en: 'Open', zh: '询价中' },
  closed: { en: 'Closed', zh: '已结束' },
  canceled: { en: 'Canceled', zh: '已取消' },
};

export const invitationMoveWords: Readonly<Record<InvitationMove, Words>> = {
  accept_confidentiality: { en: 'Accept the confidentiality terms', zh: '接受保密条款' },
  ask: { en: 'Ask a question', zh: '提问' },
  quote: { en: 'Quote', zh: '报价' },
  revise: { en: 'Revise the quote', zh: '修订报价' },
  withdraw: { en: 'Withdraw the quote', zh: '撤回报价' },
  decline: { en: 'Decline to quote', zh: '不报价' },
};

export const quoteStateWords: Readonly<Record<QuoteState, Words>> = {
  submitted: { en: 'Submitted', zh: '已提交' },
  withdrawn: { en: 'Withdrawn', zh: '已撤回' },
  expired: { en: 'Expired', zh: '已过期' },
  awarded: { en: 'Awarded', zh: '已中标' },
  lost: { en: 'Not awarded', zh: '未中标' },
};

export const quoteMoveWords: Readonly<Record<QuoteMove, Words>> = {
  revise: { en: 'Revise', zh: '修订' },
  withdraw: { en: 'Withdraw', zh: '撤回' },
  award: { en: 'Award', zh: '定标' },
  lose: { en: 'Tell that it was not chosen', zh: '通知未中标' },
  reopen: { en: 'Consider again', zh: '重新考虑' },
  release: { en: 'Give back', zh: '释放定标数量' },
};

export const rfqObstacleWords: Readonly<Record<RfqObstacle, Words>> = {
  something_awarded: {
    en: 'Something of this RFQ is awarded. Conclude the award instead, or end its orders first.',
    zh: '此询价单已有定标数量。请改为完成定标，或先终止相应订单。',
  },
  nothing_awarded: {
    en: 'Nothing of this RFQ is awarded. Award first, or close it without award.',
    zh: '此询价单尚未定标。请先定标，或不定标关闭。',
  },
  nothing_left: { en: 'Every quantity of this RFQ is awarded already.', zh: '此询价单的全部数量均已定标。' },
};

export const invitationObstacleWords: Readonly<Record<InvitationObstacle, Words>> = {
  rfq_closed: { en: 'The buyer has closed this RFQ; nothing can be sent to it any more.', zh: '采购方已结束此询价，不能再提交。' },
  rfq_canceled: { en: 'The buyer has canceled this RFQ; nothing can be sent to it any more.', zh: '采购方已取消此询价，不能再提交。' },
  confidentiality_first: {
    en: 'The confidentiality terms of this RFQ are not accepted yet. Accept them first.',
    zh: '尚未接受此询价的保密条款。请先接受。',
  },
  no_confidentiality: { en: 'This RFQ has no confidentiality terms to accept.', zh: '此询价没有需要接受的保密条款。' },
  confidentiality_accepted: { en: 'Your organization has accepted the confidentiality terms already.', zh: '贵企业已接受保密条款。' },
  response_overdue: {
    en: 'The response time of this RFQ has passed. Ask the buyer to extend it.',
    zh: '此询价的报价截止时间已过。请联系采购方延长。',
  },
};

/** What is told about what happened. */
export const rfqEventWords: Readonly<Record<string, Words>> = {
  'rfq.created': { en: 'RFQ drafted', zh: '起草询价单' },
  'rfq.revised': { en: 'RFQ revised', zh: '修改询价单' },
  'rfq.opened': { en: 'RFQ opened', zh: '发出询价' },
  'rfq.extended': { en: 'Response time extended', zh: '延长报价截止时间' },
  'rfq.awarded': { en: 'Quantities awarded', zh: '定标' },
  'rfq.award_released': { en: 'An order gave quantities back', zh: '订单释放定标数量' },
  'rfq.concluded': { en: 'Award concluded', zh: '完成定标' },
  'rfq.closed': { en: 'RFQ closed without award', zh: '不定标关闭' },
  'rfq.reopened': { en: 'RFQ reopened', zh: '重新开放询价' },
  'rfq.canceled': { en: 'RFQ canceled', zh: '取消询价' },
  'rfq.rate_set': { en: 'Currency rate set', zh: '设定汇率' },
  'rfq.invited': { en: 'Invited to quote', zh: '邀请报价' },
  'rfq.invitation_extended': { en: 'Response time extended', zh: '延长报价截止时间' },
  'rfq.invitation_ended': { en: 'RFQ ended', zh: '询价结束' },
  'rfq.invitation_reopened': { en: 'RFQ reopened', zh: '询价重新开放' },
  'rfq.confidentiality_accepted': { en: 'Confidentiality terms accepted', zh: '接受保密条款' },
  'rfq.invitation_declined': { en: 'Declined to quote', zh: '不报价' },
  'rfq.question_asked': { en: 'Question asked', zh: '提问' },
  'rfq.question_answered': { en: 'Question answered', zh: '答复提问' },
  'rfq.answer_published': { en: 'Answer to all', zh: '公开答复' },
  'rfq.quote_submitted': { en: 'Quote submitted', zh: '提交报价' },
  'rfq.quote_revised': { en: 'Quote revised', zh: '修订报价' },
  'rfq.quote_withdrawn': { en: 'Quote withdrawn', zh: '撤回报价' },
  'rfq.quote_awarded': { en: 'Quote awarded', zh: '报价中标' },
  'rfq.quote_lost': { en: 'Quote not awarded', zh: '报价未中标' },
  'rfq.quote_reopened': { en: 'Quote considered again', zh: '报价重新考虑' },
};
