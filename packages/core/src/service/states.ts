/** A case from the day it is opened to the day the reporter is content, or lets it be. */
export const caseStates = ['open', 'accepted', 'in_progress', 'resolved', 'rejected', 'reopened', 'closed'] as const;
export type CaseState = (typeof caseStates)[number];

/** The reporter has, or sees, what the case is about; the resolver made it. */
export const caseSides = ['reporter', 'resolver'] as const;
export type CaseSide = (typeof caseSides)[number];

export const caseMoves = ['accept', 'start', 'resolve', 'reject', 'reopen', 'close'] as const;
export type CaseMove = (typeof caseMoves)[number];

export interface CaseTransition {
  readonly side: CaseSide;
  readonly states: Partial<Record<CaseState, CaseState>>;
}

/** The one transition table. Only the reporter ends a case; a rejected one may be opened again, a closed one not. */
export const caseTransitions: Readonly<Record<CaseMove, CaseTransition>> = {
  accept: { side: 'resolver', states: { open: 'accepted', reopened: 'accepted' } },
  start: { side: 'resolver', states: { accepted: 'in_progress' } },
  resolve: { side: 'resolver', states: { accepted: 'resolved', in_progress: 'resolved' } },
  reject: { side: 'resolver', states: { open: 'rejected', reopened: 'rejected', accepted: 'rejected' } },
  reopen: { side: 'reporter', states: { resolved: 'reopened', rejected: 'reopened' } },
  close: { side: 'reporter', states: { open: 'closed', resolved: 'closed', rejected: 'closed' } },
};

/** While the case is in these, the clock runs against the resolver. */
export const runningStates: readonly CaseState[] = ['open', 'accepted', 'in_progress', 'reopened'];

export type CaseJudgement =
  | { readonly allowed: true; readonly next: CaseState }
  | { readonly allowed: false; readonly because: 'wrong_side' | 'wrong_state' };

export function judgeCase(state: CaseState, move: CaseMove, side: CaseSide): CaseJudgement {
  const transition = caseTransitions[move];
  if (transition.side !== side) return { allowed: false, because: 'wrong_side' };
  const next = transition.states[state];
  return next === undefined ? { allowed: false, because: 'wrong_state' } : { allowed: true, next };
}

/** The moves that the table names for this side in this state. */
export function caseMovesOf(state: CaseState, side: CaseSide): CaseMove[] {
  return caseMoves.filter((move) => judgeCase(state, move, side).allowed);
}
