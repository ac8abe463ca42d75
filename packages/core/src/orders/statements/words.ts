import type { Words } from '../../access/index.js';
import type { AdditionType, DeductionType, StatementLineKind, StatementLineState, StatementMove, StatementState } from './states.js';

export const statementStateWords: Readonly<Record<StatementState, Words>> = {
  draft: { en: 'Draft', zh: '草稿' },
  sent: { en: 'Sent for confirmation', zh: '对账中' },
  confirmed: { en: 'Confirmed, to be paid', zh: '已确认待付款' },
  paid: { en: 'Payment reported', zh: '已付款待核销' },
  settled: { en: 'Settled', zh: '已结清' },
  canceled: { en: 'Canceled', zh: '已作废' },
};

export const statementMoveWords: Readonly<Record<StatementMove, Words>> = {
  refresh: { en: 'Collect again', zh: '重新取数' },
  deduct: { en: 'Propose a deduction', zh: '提出扣款' },
  add: { en: 'Propose an addition', zh: '提出加项' },
  adjust: { en: 'Adjust', zh: '调整' },
  exclude: { en: 'Leave for a later statement', zh: '转下期' },
  send: { en: 'Send for confirmation', zh: '发送对账' },
  confirm: { en: 'Confirm', zh: '确认' },
  dispute: { en: 'Dispute', zh: '提出异议' },
  withdraw_dispute: { en: 'Withdraw the dispute', zh: '撤回异议' },
  cancel: { en: 'Cancel the statement', zh: '作废对账单' },
  pay: { en: 'Report the payment', zh: '登记付款' },
  refuse_payment: { en: 'Payment not received', zh: '未收到款' },
  acknowledge: { en: 'Acknowledge the payment', zh: '确认收款' },
};

export const lineStateWords: Readonly<Record<StatementLineState, Words>> = {
  open: { en: 'Open', zh: '待确认' },
  supplier_confirmed: { en: 'Confirmed by the supplier', zh: '供方已确认' },
  buyer_confirmed: { en: 'Confirmed by the buyer', zh: '需方已确认' },
  confirmed: { en: 'Confirmed by both', zh: '双方已确认' },
  disputed: { en: 'Disputed', zh: '有异议' },
  excluded: { en: 'Left for later', zh: '转下期' },
};

export const lineKindWords: Readonly<Record<StatementLineKind, Words>> = {
  goods: { en: 'Goods', zh: '货款' },
  credit: { en: 'Credit for a return', zh: '退货红字' },
  deduction: { en: 'Deduction', zh: '扣款' },
  addition: { en: 'Addition', zh: '加项' },
};

export const lineTypeWords: Readonly<Record<DeductionType | AdditionType, Words>> = {
  nonconformance: { en: 'Nonconformance', zh: '质量不合格' },
  late_delivery: { en: 'Late delivery', zh: '逾期交货' },
  price_difference: { en: 'Price difference', zh: '价格差异' },
  tooling: { en: 'Tooling', zh: '模具工装费' },
  freight: { en: 'Freight', zh: '运费' },
  other: { en: 'Other', zh: '其他' },
};

/** What is told about what happened. */
export const statementEventWords: Readonly<Record<string, Words>> = {
  'orders.statement_drafted': { en: 'Statement drafted', zh: '编制对账单' },
  'orders.statement_refreshed': { en: 'Collected again', zh: '重新取数' },
  'orders.statement_line_proposed': { en: 'Deduction or addition proposed', zh: '提出扣款或加项' },
  'orders.statement_line_adjusted': { en: 'Line adjusted', zh: '调整明细' },
  'orders.statement_line_excluded': { en: 'Line left for a later statement', zh: '明细转下期' },
  'orders.statement_sent': { en: 'Sent for confirmation', zh: '发送对账' },
  'orders.statement_lines_confirmed': { en: 'Lines confirmed', zh: '确认明细' },
  'orders.statement_disputed': { en: 'Line disputed', zh: '提出异议' },
  'orders.statement_dispute_withdrawn': { en: 'Dispute withdrawn', zh: '撤回异议' },
  'orders.statement_confirmed': { en: 'Statement confirmed by both', zh: '双方确认对账单' },
  'orders.statement_canceled': { en: 'Statement canceled', zh: '作废对账单' },
  'orders.statement_paid': { en: 'Payment reported', zh: '登记付款' },
  'orders.statement_payment_refused': { en: 'Payment not received', zh: '未收到款' },
  'orders.statement_settled': { en: 'Payment acknowledged', zh: '确认收款' },
};
