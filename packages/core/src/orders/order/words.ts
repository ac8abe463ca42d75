import type { Words } from '../../access/index.js';
import type { EntryKind } from '../ledger/entries.js';
import { termsEventWords } from '../terms/events.js';
import type { Obstacle, OrderMove, OrderSide, OrderState } from './states.js';

export const orderStateWords: Readonly<Record<OrderState, Words>> = {
  proposed: { en: 'Proposed', zh: '待确认' },
  confirmed: { en: 'Confirmed', zh: '已确认' },
  in_production: { en: 'In production', zh: '生产中' },
  in_delivery: { en: 'In delivery', zh: '交付中' },
  closed: { en: 'Closed', zh: '已完成' },
  declined: { en: 'Declined', zh: '已拒绝' },
  withdrawn: { en: 'Withdrawn', zh: '已撤回' },
};

/** What a side is told it may do. */
export const orderMoveWords: Readonly<Record<OrderMove, Words>> = {
  accept: { en: 'Accept', zh: '确认接单' },
  decline: { en: 'Decline', zh: '拒绝' },
  withdraw: { en: 'Withdraw', zh: '撤回' },
  start: { en: 'Start production', zh: '开始生产' },
  ship: { en: 'Ship', zh: '发货' },
  receive: { en: 'Confirm receipt', zh: '确认收货' },
  inspect: { en: 'Inspect', zh: '检验' },
  reverse: { en: 'Reverse an entry', zh: '冲销记录' },
  close: { en: 'Close', zh: '完成订单' },
};

/** What is told about what happened. */
export const orderEventWords: Readonly<Record<string, Words>> = {
  'orders.proposed': { en: 'Order proposed', zh: '提出订单' },
  'orders.accepted': { en: 'Order accepted', zh: '确认接单' },
  'orders.declined': { en: 'Order declined', zh: '拒绝订单' },
  'orders.withdrawn': { en: 'Order withdrawn', zh: '撤回订单' },
  'orders.started': { en: 'Production started', zh: '开始生产' },
  'orders.progressed': { en: 'Units produced', zh: '生产进度' },
  'orders.shipped': { en: 'Shipped', zh: '已发货' },
  'orders.received': { en: 'Received', zh: '已收货' },
  'orders.inspected': { en: 'Inspected', zh: '已检验' },
  'orders.reversed': { en: 'Entry reversed', zh: '冲销记录' },
  'orders.closed': { en: 'Order closed', zh: '订单完成' },
  ...termsEventWords,
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
  not_fully_accepted: { en: 'Not every ordered unit has been accepted yet.', zh: '尚有订购数量未验收合格。' },
};

export const entryKindWords: Readonly<Record<EntryKind, Words>> = {
  ordered: { en: 'Ordered', zh: '订购' },
  allocated: { en: 'Allocated', zh: '分配' },
  produced: { en: 'Produced', zh: '生产合格' },
  shipped: { en: 'Shipped', zh: '发货' },
  received: { en: 'Received', zh: '收货' },
  accepted: { en: 'Accepted', zh: '验收合格' },
  rejected: { en: 'Rejected', zh: '拒收' },
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
  start: { en: 'start production', zh: '开始生产' },
  ship: { en: 'produce and ship', zh: '生产并发货' },
  receive: { en: 'confirm receipt', zh: '确认收货' },
  inspect: { en: 'inspect', zh: '检验' },
  reverse: { en: 'reverse an entry', zh: '冲销记录' },
  close: { en: 'close the order', zh: '完成订单' },
};
