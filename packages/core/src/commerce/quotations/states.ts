/** Where a quotation stands. `expired` is never stored: it is a sent one whose validity the server's clock has passed. */
export const quotationStates = ['draft', 'sent', 'accepted', 'declined', 'expired'] as const;
export type QuotationState = (typeof quotationStates)[number];
export type StoredQuotationState = Exclude<QuotationState, 'expired'>;

export const quotationSides = ['supplier', 'buyer'] as const;
export type QuotationSide = (typeof quotationSides)[number];

export const quotationMoves = ['revise', 'send', 'accept', 'decline', 'record_acceptance', 'record_decline'] as const;
export type QuotationMove = (typeof quotationMoves)[number];

export interface QuotationTransition {
  readonly side: QuotationSide;
  /** Only when the recipient is no organization of the platform and so cannot answer itself. */
  readonly outsideOnly?: boolean;
  readonly states: Partial<Record<QuotationState, StoredQuotationState>>;
}

/** The one transition table. What was sent is kept: a revision makes a new content and takes the sent one back. */
export const quotationTransitions: Readonly<Record<QuotationMove, QuotationTransition>> = {
  revise: { side: 'supplier', states: { draft: 'draft', sent: 'draft', declined: 'draft', expired: 'draft' } },
  send: { side: 'supplier', states: { draft: 'sent' } },
  accept: { side: 'buyer', states: { sent: 'accepted' } },
  decline: { side: 'buyer', states: { sent: 'declined' } },
  record_acceptance: { side: 'supplier', outsideOnly: true, states: { sent: 'accepted' } },
  record_decline: { side: 'supplier', outsideOnly: true, states: { sent: 'declined', expired: 'declined' } },
};

/** The state by the server's clock. */
export function stateAt(state: StoredQuotationState, validUntil: Date | null, now: Date): QuotationState {
  return state === 'sent' && validUntil !== null && validUntil <= now ? 'expired' : state;
}

export type QuotationJudgement =
  | { readonly allowed: true; readonly next: StoredQuotationState }
  | { readonly allowed: false; readonly because: 'wrong_side' | 'wrong_state' | 'answers_itself' };

export function judgeQuotation(
  state: QuotationState,
  move: QuotationMove,
  side: QuotationSide,
  { outside }: { readonly outside: boolean },
): QuotationJudgement {
  const transition = quotationTransitions[move];
  if (transition.side !== side) return { allowed: false, because: 'wrong_side' };
  if (transition.outsideOnly && !outside) return { allowed: false, because: 'answers_itself' };
  const next = transition.states[state];
  return next === undefined ? { allowed: false, because: 'wrong_state' } : { allowed: true, next };
}

/** The moves that the table names for this side in this state. */
export function quotationMovesOf(state: QuotationState, side: QuotationSide, facts: { readonly outside: boolean }): QuotationMove[] {
  return quotationMoves.filter((move) => judgeQuotation(state, move, side, facts).allowed);
}
