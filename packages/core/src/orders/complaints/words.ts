import type { Words } from '../../access/index.js';
import type { ComplaintCategory, ComplaintMove, ComplaintOutcome, ComplaintSide, ComplaintState, ComplaintSubject } from './states.js';

export const complaintStateWords: Readonly<Record<ComplaintState, Words>> = {
  filed: { en: 'Filed', zh: '已提出' },
  acknowledged: { en: 'Acknowledged', zh: '已受理' },
  answered: { en: 'Answered', zh: '已答复' },
  accepted: { en: 'Answer accepted', zh: '已认可答复' },
  escalated: { en: 'With the operator', zh: '平台处理中' },
  decided: { en: 'Decided', zh: '已判定' },
  closed: { en: 'Closed', zh: '已结案' },
  withdrawn: { en: 'Withdrawn', zh: '已撤回' },
};

export const complaintMoveWords: Readonly<Record<ComplaintMove | 'file', Words>> = {
  file: { en: 'File', zh: '提出投诉' },
  acknowledge: { en: 'Acknowledge', zh: '受理' },
  assign: { en: 'Name who handles it', zh: '指定经办人' },
  answer: { en: 'Answer', zh: '答复' },
  accept: { en: 'Accept the answer', zh: '认可答复' },
  escalate: { en: 'Escalate to the operator', zh: '提请平台处理' },
  decide: { en: 'Decide', zh: '判定' },
  close: { en: 'Close', zh: '结案' },
  withdraw: { en: 'Withdraw', zh: '撤回' },
  remark: { en: 'Remark', zh: '补充说明' },
};

export const complaintSideWords: Readonly<Record<ComplaintSide, Words>> = {
  complainant: { en: 'complainant', zh: '投诉方' },
  respondent: { en: 'respondent', zh: '被投诉方' },
  operator: { en: 'platform operator', zh: '平台运营方' },
};

export const complaintCategoryWords: Readonly<Record<ComplaintCategory, Words>> = {
  quality: { en: 'Quality', zh: '质量' },
  quantity: { en: 'Quantity', zh: '数量' },
  delivery: { en: 'Delivery', zh: '交期' },
  payment: { en: 'Payment', zh: '货款' },
  documents: { en: 'Documents', zh: '单据' },
  confidentiality: { en: 'Confidentiality', zh: '保密' },
  conduct: { en: 'Conduct', zh: '服务态度' },
  other: { en: 'Other', zh: '其他' },
};

export const complaintSubjectWords: Readonly<Record<ComplaintSubject, Words>> = {
  order: { en: 'Order', zh: '订单' },
  line: { en: 'Line', zh: '订单行' },
  shipment: { en: 'Shipment', zh: '发货单' },
  statement_line: { en: 'Statement line', zh: '对账单行' },
};

export const complaintOutcomeWords: Readonly<Record<ComplaintOutcome, Words>> = {
  upheld: { en: 'Upheld', zh: '投诉成立' },
  partly_upheld: { en: 'Partly upheld', zh: '部分成立' },
  dismissed: { en: 'Dismissed', zh: '投诉不成立' },
};
