import type { Words } from '../../access/index.js';

/** One serialised unit, from the day it is made to the day it is gone. `installed` and `consumed` went into something else. */
export const unitStates = ['made', 'released', 'blocked', 'shipped', 'in_use', 'installed', 'removed', 'consumed', 'scrapped'] as const;
export type UnitState = (typeof unitStates)[number];

export const unitEvents = ['release', 'block', 'unblock', 'ship', 'use', 'install', 'remove', 'consume', 'scrap'] as const;
export type UnitEvent = (typeof unitEvents)[number];

/** State × event → next state; a pair that is not here is forbidden. All belong to the holder, who is the maker until it ships. */
export const unitTransitions: Readonly<Record<UnitState, Partial<Record<UnitEvent, UnitState>>>> = {
  made: { release: 'released', block: 'blocked', install: 'installed', consume: 'consumed', scrap: 'scrapped' },
  released: { block: 'blocked', ship: 'shipped', use: 'in_use', install: 'installed', consume: 'consumed', scrap: 'scrapped' },
  blocked: { unblock: 'made', scrap: 'scrapped' },
  shipped: { ship: 'shipped', use: 'in_use', install: 'installed', consume: 'consumed', scrap: 'scrapped' },
  in_use: { ship: 'shipped', use: 'in_use', install: 'installed', consume: 'consumed', scrap: 'scrapped' },
  installed: { remove: 'removed', scrap: 'scrapped' },
  removed: { ship: 'shipped', use: 'in_use', install: 'installed', consume: 'consumed', scrap: 'scrapped' },
  consumed: {},
  scrapped: {},
};

/** In stock: it still counts into what its lot can ship or use. */
export const stockStates: readonly UnitState[] = ['made', 'released', 'blocked', 'shipped'];

export function nextUnitState(state: UnitState, event: UnitEvent): UnitState | null {
  return unitTransitions[state][event] ?? null;
}

export const unitStateWords: Readonly<Record<UnitState, Words>> = {
  made: { en: 'Made, awaiting release', zh: '已制成，待放行' },
  released: { en: 'Released', zh: '已放行' },
  blocked: { en: 'Blocked', zh: '已冻结' },
  shipped: { en: 'Shipped', zh: '已发运' },
  in_use: { en: 'In use', zh: '使用中' },
  installed: { en: 'Installed', zh: '已装入' },
  removed: { en: 'Removed', zh: '已拆下' },
  consumed: { en: 'Used up', zh: '已耗用' },
  scrapped: { en: 'Scrapped', zh: '已报废' },
};

export const unitEventWords: Readonly<Record<UnitEvent, Words>> = {
  release: { en: 'Release', zh: '放行' },
  block: { en: 'Block', zh: '冻结' },
  unblock: { en: 'Unblock', zh: '解冻' },
  ship: { en: 'Ship', zh: '发运' },
  use: { en: 'Use', zh: '使用' },
  install: { en: 'Install', zh: '装入' },
  remove: { en: 'Remove', zh: '拆下' },
  consume: { en: 'Use up', zh: '耗用' },
  scrap: { en: 'Scrap', zh: '报废' },
};
