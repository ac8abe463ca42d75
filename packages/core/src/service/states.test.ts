import { describe, expect, it } from 'vitest';
import { type CaseMove, type CaseSide, type CaseState, caseMoves, caseMovesOf, caseSides, caseStates, judgeCase } from './states.js';

/** Every pair that is allowed; all others are not. */
const allowed: Readonly<Record<CaseState, Partial<Record<CaseSide, Partial<Record<CaseMove, CaseState>>>>>> = {
  open: { resolver: { accept: 'accepted', reject: 'rejected' }, reporter: { close: 'closed' } },
  accepted: { resolver: { start: 'in_progress', resolve: 'resolved', reject: 'rejected' } },
  in_progress: { resolver: { resolve: 'resolved' } },
  resolved: { reporter: { reopen: 'reopened', close: 'closed' } },
  rejected: { reporter: { reopen: 'reopened', close: 'closed' } },
  reopened: { resolver: { accept: 'accepted', reject: 'rejected' } },
  closed: {},
};

describe('a case', () => {
  const every = caseStates.flatMap((state) => caseSides.flatMap((side) => caseMoves.map((move) => ({ state, side, move }))));
  it.each(every)('$state: $move by the $side', ({ state, side, move }) => {
    const next = allowed[state][side]?.[move];
    const judged = judgeCase(state, move, side);
    expect(judged.allowed ? judged.next : undefined).toBe(next);
    expect(caseMovesOf(state, side).includes(move)).toBe(next !== undefined);
  });
});
