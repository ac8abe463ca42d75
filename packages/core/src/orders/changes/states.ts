import type { Words } from '../../access/index.js';
import type { ChangeKind } from '../order/states.js';

/** Where a change order stands; `void`: the order ended before it was answered. Who may do what is a move of the order. */
export const changeStates = ['proposed', 'accepted', 'declined', 'withdrawn', 'void'] as const;
export type ChangeState = (typeof changeStates)[number];

export const changeStateWords: Readonly<Record<ChangeState, Words>> = {
  proposed: { en: 'Awaiting an answer', zh: '待答复' },
  accepted: { en: 'Accepted', zh: '已同意' },
  declined: { en: 'Declined', zh: '已拒绝' },
  withdrawn: { en: 'Withdrawn', zh: '已撤回' },
  void: { en: 'Void', zh: '已失效' },
};

export const changeKindWords: Readonly<Record<ChangeKind, Words>> = {
  terms: { en: 'Change of terms', zh: '条款变更' },
  cancellation: { en: 'Cancellation', zh: '取消订单' },
  short_close: { en: 'Short close', zh: '短交结单' },
};
