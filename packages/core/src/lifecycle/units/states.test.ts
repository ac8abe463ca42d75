import { describe, expect, it } from 'vitest';
import { activityKinds, activityRules } from '../activities/kinds.js';
import {
  nextUnitState,
  stockStates,
  type UnitEvent,
  type UnitState,
  unitEvents,
  unitEventWords,
  unitStates,
  unitStateWords,
} from './states.js';

/** Read across: what each event makes of a unit in this state; `·` is refused. */
const table: Readonly<Record<UnitState, string>> = {
  //          release  block   unblock ship    use    install   remove  consume  scrap
  made: '     released blocked ·       ·       ·      installed ·       consumed scrapped',
  released: ' ·        blocked ·       shipped in_use installed ·       consumed scrapped',
  blocked: '  ·        ·       made    ·       ·      ·         ·       ·        scrapped',
  shipped: '  ·        ·       ·       shipped in_use installed ·       consumed scrapped',
  in_use: '   ·        ·       ·       shipped in_use installed ·       consumed scrapped',
  installed: '·        ·       ·       ·       ·      ·         removed ·        scrapped',
  removed: '  ·        ·       ·       shipped in_use installed ·       consumed scrapped',
  consumed: ' ·        ·       ·       ·       ·      ·         ·       ·        ·',
  scrapped: ' ·        ·       ·       ·       ·      ·         ·       ·        ·',
};
const events: readonly UnitEvent[] = ['release', 'block', 'unblock', 'ship', 'use', 'install', 'remove', 'consume', 'scrap'];

describe('a unit', () => {
  it('has a column for every event and a row for every state', () => {
    expect([...events].sort()).toEqual([...unitEvents].sort());
    expect(Object.keys(table).sort()).toEqual([...unitStates].sort());
  });

  for (const state of unitStates)
    it(`${state}: moves as the table says, and not otherwise`, () => {
      const row = table[state].trim().split(/\s+/);
      expect(events.map((event) => nextUnitState(state, event) ?? '·')).toEqual(row);
    });

  it('is called something in both languages in every state and by every event', () => {
    for (const words of [...unitStates.map((state) => unitStateWords[state]), ...unitEvents.map((event) => unitEventWords[event])])
      expect([words.en, words.zh].every((word) => word !== '')).toBe(true);
  });

  it('that is blocked, installed or gone is no input of anything but an inspection, or of its end', () => {
    for (const kind of activityKinds) {
      const { inputEvent } = activityRules[kind];
      if (inputEvent === null || inputEvent === 'scrap') continue;
      for (const state of ['blocked', 'installed', 'consumed', 'scrapped'] as const)
        expect(nextUnitState(state, inputEvent), kind).toBeNull();
    }
    expect(stockStates.every((state) => nextUnitState(state, 'scrap') === 'scrapped')).toBe(true);
  });
});
