import type { Words } from '../../../access/index.js';
import type { OrderSide, OrderState } from '../../order/states.js';

/** What differs from the delivery note: less came, more came, or it came damaged. */
export const differenceKinds = ['shortage', 'surplus', 'damage'] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

/** Why less came: it was lost on the way, was never packed, or arrived so damaged that it was not taken. */
export const shortageReasons = ['lost', 'miscounted', 'damaged'] as const;
export type ShortageReason = (typeof shortageReasons)[number];

export const differenceStates = ['open', 'contested', 'acknowledged', 'withdrawn'] as const;
export type DifferenceState = (typeof differenceStates)[number];

export const differenceMoves = ['acknowledge', 'contest', 'withdraw'] as const;
export type DifferenceMove = (typeof differenceMoves)[number];

/** State × move → state after it, and whose move it is; a pair that is not here is forbidden. */
export const differenceTransitions: Readonly<
  Record<DifferenceMove, { readonly side: OrderSide; readonly states: Partial<Record<DifferenceState, DifferenceState>> }>
> = {
  acknowledge: { side: 'supplier', states: { open: 'acknowledged', contested: 'acknowledged' } },
  contest: { side: 'supplier', states: { open: 'contested' } },
  withdraw: { side: 'buyer', states: { open: 'withdrawn', contested: 'withdrawn' } },
};

/** The state after the move; null when the table forbids it to this side in this state. */
export function nextDifferenceState(state: DifferenceState, move: DifferenceMove, side: OrderSide): DifferenceState | null {
  const { side: mover, states } = differenceTransitions[move];
  return mover === side ? (states[state] ?? null) : null;
}

/** States of the order in which a difference can be answered: goods arrive, or may. */
export const delivering: readonly OrderState[] = ['in_delivery', 'on_hold', 'disputed', 'defaulted'];

/** Still claimed: what is missing by it is neither received nor taken back. */
export const claimed: readonly DifferenceState[] = ['open', 'contested'];

export const differenceKindWords: Readonly<Record<DifferenceKind, Words>> = {
  shortage: { en: 'Shortage', zh: '短少' },
  surplus: { en: 'Surplus', zh: '多到' },
  damage: { en: 'Damage', zh: '破损' },
};

export const shortageReasonWords: Readonly<Record<ShortageReason, Words>> = {
  lost: { en: 'Lost on the way', zh: '运输途中丢失' },
  miscounted: { en: 'Miscounted, never left', zh: '点数错误，未实际发出' },
  damaged: { en: 'Damaged on the way, not taken', zh: '运输破损，未收下' },
};

export const differenceStateWords: Readonly<Record<DifferenceState, Words>> = {
  open: { en: 'Awaits the supplier', zh: '待供应方确认' },
  contested: { en: 'Contested', zh: '供应方有异议' },
  acknowledged: { en: 'Acknowledged', zh: '供应方已确认' },
  withdrawn: { en: 'Withdrawn', zh: '已撤回' },
};

export const differenceMoveWords: Readonly<Record<DifferenceMove, Words>> = {
  acknowledge: { en: 'Acknowledge', zh: '确认差异' },
  contest: { en: 'Contest', zh: '提出异议' },
  withdraw: { en: 'Withdraw', zh: '撤回差异' },
};
