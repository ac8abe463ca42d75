import type { Words } from '../../access/index.js';
import type { EntryKind } from '../ledger/entries.js';
import { ratingEventWords } from '../ratings/events.js';
import { subcontractEventWords } from '../subcontract/events.js';
import { suppliedEventWords } from '../supplied-material/events.js';
import { termsEventWords } from '../terms/events.js';
import type { Obstacle, OrderMove, OrderSide, OrderState } from './states.js';

export const orderStateWords: Readonly<Record<OrderState, Words>> = {
  proposed: { en: 'Proposed', zh: '待确认' },
  confirmed: { en: 'Confirmed', zh: '已确认' },
  in_production: { en: 'In production', zh: '生产中' },
  in_delivery: { en: 'In delivery', zh: '交付中' },
  on_hold: { en: 'On hold', zh: '已暂停' },
  disputed: { en: 'In dispute', zh: '争议中' },
  closed: { en: 'Closed', zh: '已完成' },
  settled: { en: 'Settled', zh: '已结清' },
  declined: { en: 'Declined', zh: '已拒绝' },
  withdrawn: { en: 'Withdrawn', zh: '已撤回' },
  canceled: { en: 'Canceled', zh: '已取消' },
  defaulted: { en: 'In default', zh: '已违约' },
};

/** What a side is told it may do. */
export const orderMoveWords: Readonly<Record<OrderMove, Words>> = {
  accept: { en: 'Accept', zh: '确认接单' },
  decline: { en: 'Decline', zh: '拒绝' },
  withdraw: { en: 'Withdraw', zh: '撤回' },
  revise: { en: 'Revise', zh: '修改' },
  start: { en: 'Start production', zh: '开始生产' },
  ship: { en: 'Ship', zh: '发货' },
  receive: { en: 'Confirm receipt', zh: '确认收货' },
  inspect: { en: 'Inspect', zh: '检验' },
  reverse: { en: 'Reverse an entry', zh: '冲销记录' },
  return: { en: 'Return accepted goods', zh: '退货' },
  close: { en: 'Close', zh: '完成订单' },
  reach_milestone: { en: 'Report a milestone', zh: '报告里程碑' },
  confirm_milestone: { en: 'Confirm a milestone', zh: '确认里程碑' },
  hold: { en: 'Put on hold', zh: '暂停订单' },
  resume: { en: 'Resume', zh: '恢复订单' },
  dispute: { en: 'Raise a dispute', zh: '提出争议' },
  resolve: { en: 'Resolve the dispute', zh: '解决争议' },
  propose_change: { en: 'Propose a change order', zh: '提出变更单' },
  accept_change: { en: 'Accept the change order', zh: '同意变更' },
  accept_cancellation: { en: 'Agree to cancel', zh: '同意取消订单' },
  accept_short_close: { en: 'Agree to close short', zh: '同意短交结单' },
  decline_change: { en: 'Decline the change order', zh: '拒绝变更' },
  withdraw_change: { en: 'Withdraw the change order', zh: '撤回变更单' },
  declare_default: { en: 'Declare default', zh: '认定违约' },
  settle: { en: 'Settle', zh: '结清' },
};

/** What is told about what happened. */
export const orderEventWords: Readonly<Record<string, Words>> = {
  'orders.proposed': { en: 'Order proposed', zh: '提出订单' },
  'orders.accepted': { en: 'Order accepted', zh: '确认接单' },
  'orders.declined': { en: 'Order declined', zh: '拒绝订单' },
  'orders.withdrawn': { en: 'Order withdrawn', zh: '撤回订单' },
  'orders.revised': { en: 'Proposal revised', zh: '修改订单' },
  'orders.started': { en: 'Production started', zh: '开始生产' },
  'orders.progressed': { en: 'Units produced', zh: '生产进度' },
  'orders.shipped': { en: 'Shipped', zh: '已发货' },
  'orders.received': { en: 'Received', zh: '已收货' },
  'orders.inspected': { en: 'Inspected', zh: '已检验' },
  'orders.difference_answered': { en: 'Receipt difference answered', zh: '处理收货差异' },
  'orders.returned': { en: 'Returned', zh: '已退货' },
  'orders.reversed': { en: 'Entry reversed', zh: '冲销记录' },
  'orders.closed': { en: 'Order closed', zh: '订单完成' },
  'orders.held': { en: 'Put on hold', zh: '订单暂停' },
  'orders.resumed': { en: 'Resumed', zh: '订单恢复' },
  'orders.disputed': { en: 'Dispute raised', zh: '提出争议' },
  'orders.resolved': { en: 'Dispute resolved', zh: '争议解决' },
  'orders.change_proposed': { en: 'Change order proposed', zh: '提出变更单' },
  'orders.change_accepted': { en: 'Change order accepted', zh: '同意变更单' },
  'orders.change_declined': { en: 'Change order declined', zh: '拒绝变更单' },
  'orders.change_withdrawn': { en: 'Change order withdrawn', zh: '撤回变更单' },
  'orders.defaulted': { en: 'Default declared', zh: '认定违约' },
  'orders.milestone_reached': { en: 'Milestone reached', zh: '里程碑达成' },
  'orders.milestone_confirmed': { en: 'Milestone confirmed', zh: '里程碑确认' },
  ...ratingEventWords,
  'orders.settled': { en: 'Order settled', zh: '订单结清' },
  ...termsEventWords,
  ...subcontractEventWords,
  ...suppliedEventWords,
};

export const orderSideWords: Readonly<Record<OrderSide, Words>> = {
  buyer: { en: 'buyer', zh: '采购方' },
  supplier: { en: 'supplier', zh: '供应方' },
};

export const obstacleWords: Readonly<Record<Obstacle, Words>> = {
  nothing_to_ship: {
    en: 'Nothing can be shipped now: every unit produced has been shipped, or nothing is owed any more.',
    zh: '暂无可发货数量：已生产的均已发货，或已无欠交数量。',
  },
  no_released_lot: {
    en: 'No released lot has units to ship. Close the lot and have it released first.',
    zh: '没有可发货的已放行批次。请先结批并放行。',
  },
  nothing_to_receive: { en: 'Nothing is on its way: everything shipped has been received.', zh: '没有在途货物：已发货的均已收货。' },
  nothing_to_inspect: { en: 'Nothing awaits inspection: everything received has been inspected.', zh: '没有待检数量：已收货的均已检验。' },
  nothing_to_reverse: { en: 'Nothing has been received yet, so there is nothing to reverse.', zh: '尚无收货记录，无可冲销。' },
  not_inspected: { en: 'Shipped units have not all been received and inspected yet.', zh: '尚有已发货数量未收货或未检验。' },
  material_open: {
    en: 'Material that the buyer provided is not accounted for: it has to be used, returned, or written off by the buyer first.',
    zh: '来料尚未结清：须先耗用、退回，或由采购方核销。',
  },
  terms_not_accepted: {
    en: 'The contract terms of this order are not accepted by both sides yet. Accept them, or have the other side accept them.',
    zh: '本订单的合同条款尚未经双方确认。请确认条款，或请对方确认。',
  },
  nothing_to_return: { en: 'Nothing has been accepted, so nothing can be returned.', zh: '尚无已验收数量，无可退货。' },
  held_by_other: { en: 'The other side put the order on hold; only it can resume it.', zh: '订单由对方暂停，只能由对方恢复。' },
  disputed_by_other: { en: 'The other side raised the dispute; only it can resolve it.', zh: '争议由对方提出，只能由对方结束。' },
  change_pending: {
    en: 'A change order already waits for an answer. Answer or withdraw it first.',
    zh: '已有待答复的变更单。请先答复或撤回。',
  },
  no_change: { en: 'No change order waits for an answer.', zh: '没有待答复的变更单。' },
  own_change: { en: 'Your side proposed this change order; the other side answers it.', zh: '该变更单由贵方提出，须由对方答复。' },
  not_own_change: { en: 'The other side proposed this change order; only it can withdraw it.', zh: '该变更单由对方提出，只能由对方撤回。' },
  not_such_change: {
    en: 'The change order that waits asks for something else. Read it and answer what it asks.',
    zh: '待答复的变更单内容与此操作不符。请查看后按其内容答复。',
  },
  goods_shipped: {
    en: 'Goods have been shipped, so the order cannot be canceled any more. Close it short instead.',
    zh: '已有发货，不能再取消订单。请改为短交结单。',
  },
  not_overdue: {
    en: 'Nothing is overdue: every day promised so far is kept or still to come.',
    zh: '尚无逾期：已承诺的交期均已履行或未到期。',
  },
  not_invoiced: { en: 'Not everything accepted is on a confirmed statement yet.', zh: '尚有验收数量未列入已确认的对账单。' },
  no_milestone_open: { en: 'No milestone is open: all are reported as reached, or there are none.', zh: '没有未达成的里程碑。' },
  no_milestone_reached: { en: 'No milestone awaits your confirmation.', zh: '没有待确认的里程碑。' },
  not_fully_accepted: { en: 'Not every ordered unit has been accepted yet.', zh: '尚有订购数量未验收合格。' },
};

export const entryKindWords: Readonly<Record<EntryKind, Words>> = {
  ordered: { en: 'Ordered', zh: '订购' },
  allocated: { en: 'Allocated', zh: '分配' },
  produced: { en: 'Produced', zh: '生产合格' },
  shipped: { en: 'Shipped', zh: '发货' },
  received: { en: 'Received', zh: '收货' },
  accepted: { en: 'Accepted', zh: '验收合格' },
  conceded: { en: 'Accepted under concession', zh: '让步接收' },
  rejected: { en: 'Rejected', zh: '拒收' },
  returned: { en: 'Returned', zh: '退货' },
  invoiced: { en: 'Invoiced', zh: '已开票' },
};

const nothing: Words = { en: 'Nothing is awaited.', zh: '无需进一步操作。' };

/** "Waiting for 山海 to accept": whose move it is, as a sentence. */
export function waitingWords(move: OrderMove | null, mover: Words): Words {
  if (move === null) return nothing;
  const { en, zh } = awaited[move];
  return { en: `Waiting for ${mover.en} to ${en}`, zh: `等待${mover.zh}${zh}` };
}

const awaited: Readonly<Record<OrderMove, Words>> = {
  accept: { en: 'accept', zh: '确认接单' },
  decline: { en: 'decline', zh: '拒绝' },
  withdraw: { en: 'withdraw', zh: '撤回' },
  revise: { en: 'revise', zh: '修改' },
  start: { en: 'start production', zh: '开始生产' },
  ship: { en: 'produce and ship', zh: '生产并发货' },
  receive: { en: 'confirm receipt', zh: '确认收货' },
  inspect: { en: 'inspect', zh: '检验' },
  reverse: { en: 'reverse an entry', zh: '冲销记录' },
  return: { en: 'return goods', zh: '退货' },
  close: { en: 'close the order', zh: '完成订单' },
  reach_milestone: { en: 'report a milestone', zh: '报告里程碑' },
  confirm_milestone: { en: 'confirm a milestone', zh: '确认里程碑' },
  hold: { en: 'put the order on hold', zh: '暂停订单' },
  resume: { en: 'resume the order', zh: '恢复订单' },
  dispute: { en: 'raise a dispute', zh: '提出争议' },
  resolve: { en: 'resolve the dispute', zh: '解决争议' },
  propose_change: { en: 'propose a change order', zh: '提出变更单' },
  accept_change: { en: 'answer the change order', zh: '答复变更单' },
  accept_cancellation: { en: 'answer the request to cancel', zh: '答复取消申请' },
  accept_short_close: { en: 'answer the request to close short', zh: '答复短交结单申请' },
  decline_change: { en: 'answer the change order', zh: '答复变更单' },
  withdraw_change: { en: 'withdraw the change order', zh: '撤回变更单' },
  declare_default: { en: 'declare default', zh: '认定违约' },
  settle: { en: 'bill and settle', zh: '对账并结清' },
};
