import type { Words } from '../../access/index.js';

/** A lot from the first unit counted into it to the last one shipped. */
export const lotStates = ['open', 'closed', 'blocked', 'released', 'shipped'] as const;
export type LotState = (typeof lotStates)[number];

export const lotEvents = ['close', 'block', 'unblock', 'release', 'ship_last', 'put_back'] as const;
export type LotEvent = (typeof lotEvents)[number];

/** State × event → next state; a pair that is not here is forbidden. All belong to the maker. */
export const lotTransitions: Readonly<Record<LotState, Partial<Record<LotEvent, LotState>>>> = {
  open: { close: 'closed', block: 'blocked' },
  closed: { block: 'blocked', release: 'released' },
  blocked: { unblock: 'closed', put_back: 'blocked' },
  released: { block: 'blocked', ship_last: 'shipped', put_back: 'released' },
  shipped: { put_back: 'released' },
};

export function nextLotState(state: LotState, event: LotEvent): LotState | null {
  return lotTransitions[state][event] ?? null;
}

export const lotStateWords: Readonly<Record<LotState, Words>> = {
  open: { en: 'Open', zh: '进行中' },
  closed: { en: 'Closed, awaiting release', zh: '已结批，待放行' },
  blocked: { en: 'Blocked', zh: '已冻结' },
  released: { en: 'Released', zh: '已放行' },
  shipped: { en: 'Shipped', zh: '已全部发运' },
};

export const lotEventWords: Readonly<Record<LotEvent, Words>> = {
  close: { en: 'Close lot', zh: '结批' },
  block: { en: 'Block', zh: '冻结' },
  unblock: { en: 'Unblock', zh: '解冻' },
  release: { en: 'Release', zh: '放行' },
  ship_last: { en: 'Ship the last unit', zh: '发运最后一件' },
  put_back: { en: 'Put back what had not left', zh: '退回未实际发出的数量' },
};
