/** A complaint from the day it is filed until the complainant is content, it is decided and done, or it is taken back. */
export const complaintStates = ['filed', 'acknowledged', 'answered', 'accepted', 'escalated', 'decided', 'closed', 'withdrawn'] as const;
export type ComplaintState = (typeof complaintStates)[number];

/** The operator of the platform comes in by escalation, as a party of the complaint and never of the order. */
export const complaintSides = ['complainant', 'respondent', 'operator'] as const;
export type ComplaintSide = (typeof complaintSides)[number];

export const complaintMoves = ['acknowledge', 'assign', 'answer', 'accept', 'escalate', 'decide', 'close', 'withdraw', 'remark'] as const;
export type ComplaintMove = (typeof complaintMoves)[number];

export interface ComplaintTransition {
  readonly sides: readonly ComplaintSide[];
  readonly states: Partial<Record<ComplaintState, ComplaintState>>;
  /** States from which the move waits until the respondent has let its deadline pass. */
  readonly onlyOverdueIn?: readonly ComplaintState[];
}

/** The one transition table. What it does not name is forbidden. */
export const complaintTransitions: Readonly<Record<ComplaintMove, ComplaintTransition>> = {
  acknowledge: { sides: ['respondent'], states: { filed: 'acknowledged' } },
  assign: { sides: ['respondent'], states: { acknowledged: 'acknowledged', answered: 'answered', escalated: 'escalated' } },
  answer: { sides: ['respondent'], states: { filed: 'answered', acknowledged: 'answered' } },
  accept: { sides: ['complainant'], states: { answered: 'accepted' } },
  escalate: {
    sides: ['complainant'],
    states: { filed: 'escalated', acknowledged: 'escalated', answered: 'escalated' },
    onlyOverdueIn: ['filed', 'acknowledged'],
  },
  decide: { sides: ['operator'], states: { escalated: 'decided' } },
  close: { sides: ['complainant', 'operator'], states: { accepted: 'closed', decided: 'closed' } },
  withdraw: {
    sides: ['complainant'],
    states: { filed: 'withdrawn', acknowledged: 'withdrawn', answered: 'withdrawn', escalated: 'withdrawn' },
  },
  remark: {
    sides: ['complainant', 'respondent', 'operator'],
    states: {
      filed: 'filed',
      acknowledged: 'acknowledged',
      answered: 'answered',
      accepted: 'accepted',
      escalated: 'escalated',
      decided: 'decided',
    },
  },
};

export type ComplaintJudgement =
  | { readonly allowed: true; readonly next: ComplaintState }
  | { readonly allowed: false; readonly because: 'wrong_side' | 'wrong_state' | 'not_overdue' };

export function judgeComplaint(state: ComplaintState, move: ComplaintMove, side: ComplaintSide, overdue: boolean): ComplaintJudgement {
  const { sides, states, onlyOverdueIn = [] } = complaintTransitions[move];
  if (!sides.includes(side)) return { allowed: false, because: 'wrong_side' };
  const next = states[state];
  if (next === undefined) return { allowed: false, because: 'wrong_state' };
  return onlyOverdueIn.includes(state) && !overdue ? { allowed: false, because: 'not_overdue' } : { allowed: true, next };
}

/** The moves that the table allows this side now. */
export const complaintMovesOf = (state: ComplaintState, side: ComplaintSide, overdue: boolean): ComplaintMove[] =>
  complaintMoves.filter((move) => judgeComplaint(state, move, side, overdue).allowed);

/** Whose move it is; null when all is said. */
export const awaitedSide: Readonly<Record<ComplaintState, ComplaintSide | null>> = {
  filed: 'respondent',
  acknowledged: 'respondent',
  answered: 'complainant',
  accepted: 'complainant',
  escalated: 'operator',
  decided: 'complainant',
  closed: null,
  withdrawn: null,
};

export const complaintCategories = [
  'quality',
  'quantity',
  'delivery',
  'payment',
  'documents',
  'confidentiality',
  'conduct',
  'other',
] as const;
export type ComplaintCategory = (typeof complaintCategories)[number];

/** What of the order it is about. */
export const complaintSubjects = ['order', 'line', 'shipment', 'statement_line'] as const;
export type ComplaintSubject = (typeof complaintSubjects)[number];

export const complaintOutcomes = ['upheld', 'partly_upheld', 'dismissed'] as const;
export type ComplaintOutcome = (typeof complaintOutcomes)[number];
