/** Where the buyer's request stands. `awarded`: closed with something awarded; `closed`: without. */
export const rfqStates = ['draft', 'open', 'awarded', 'closed', 'canceled'] as const;
export type RfqState = (typeof rfqStates)[number];

/** Every move of a request is its buyer's. */
export const rfqMoves = [
  'revise',
  'open',
  'invite',
  'extend',
  'assess',
  'answer',
  'award',
  'conclude',
  'close',
  'reopen',
  'cancel',
] as const;
export type RfqMove = (typeof rfqMoves)[number];

export interface RfqFacts {
  /** Whether something is awarded that no order has given back. */
  readonly awarded: boolean;
  /** Whether some quantity is not awarded. */
  readonly left: boolean;
}

/** Why a move of the request is not possible just now; also the code of the error: `rfq.<obstacle>`. */
export const rfqObstacles = ['something_awarded', 'nothing_awarded', 'nothing_left'] as const;
export type RfqObstacle = (typeof rfqObstacles)[number];

interface Transition<State extends string, Side extends string, Facts, Obstacle extends string> {
  readonly side: Side;
  /** State in which the move may be made → state after it. */
  readonly states: Partial<Record<State, State>>;
  readonly guard?: (facts: Facts) => Obstacle | null;
}

const unawarded = ({ awarded }: RfqFacts) => (awarded ? 'something_awarded' : null);
const someLeft = ({ left }: RfqFacts) => (left ? null : 'nothing_left');

export const rfqTransitions: Readonly<Record<RfqMove, Transition<RfqState, 'buyer', RfqFacts, RfqObstacle>>> = {
  revise: { side: 'buyer', states: { draft: 'draft' } },
  open: { side: 'buyer', states: { draft: 'open' } },
  invite: { side: 'buyer', states: { open: 'open' } },
  extend: { side: 'buyer', states: { open: 'open' } },
  assess: { side: 'buyer', states: { open: 'open' } },
  answer: { side: 'buyer', states: { open: 'open' } },
  award: { side: 'buyer', states: { open: 'open' }, guard: someLeft },
  conclude: { side: 'buyer', states: { open: 'awarded' }, guard: ({ awarded }) => (awarded ? null : 'nothing_awarded') },
  close: { side: 'buyer', states: { open: 'closed' }, guard: unawarded },
  reopen: { side: 'buyer', states: { awarded: 'open', closed: 'open' }, guard: someLeft },
  cancel: { side: 'buyer', states: { draft: 'canceled', open: 'canceled' }, guard: unawarded },
};

/** How far one supplier has answered. */
export const invitationStates = ['invited', 'quoted', 'declined'] as const;
export type InvitationState = (typeof invitationStates)[number];

/** What an invited supplier learns of the request itself: nothing of whether, how much or to whom it was awarded. */
export const standings = ['open', 'closed', 'canceled'] as const;
export type Standing = (typeof standings)[number];

export const invitationMoves = ['accept_confidentiality', 'ask', 'quote', 'revise', 'withdraw', 'decline'] as const;
export type InvitationMove = (typeof invitationMoves)[number];

export interface InvitationFacts {
  readonly standing: Standing;
  readonly confidentiality: 'none' | 'open' | 'accepted';
  /** The response due instant has passed by the server's clock. */
  readonly overdue: boolean;
}

/** Why a move on the invitation is not possible just now; also the code of the error: `rfq.<obstacle>`. */
export const invitationObstacles = [
  'rfq_closed',
  'rfq_canceled',
  'confidentiality_first',
  'no_confidentiality',
  'confidentiality_accepted',
  'response_overdue',
] as const;
export type InvitationObstacle = (typeof invitationObstacles)[number];

const standingOpen = ({ standing }: InvitationFacts): InvitationObstacle | null =>
  standing === 'canceled' ? 'rfq_canceled' : standing === 'closed' ? 'rfq_closed' : null;
const admitted = (facts: InvitationFacts) => standingOpen(facts) ?? (facts.confidentiality === 'open' ? 'confidentiality_first' : null);
const inTime = (facts: InvitationFacts) => admitted(facts) ?? (facts.overdue ? 'response_overdue' : null);
const toAccept = (facts: InvitationFacts): InvitationObstacle | null => {
  const closed = standingOpen(facts);
  if (closed) return closed;
  if (facts.confidentiality === 'none') return 'no_confidentiality';
  return facts.confidentiality === 'accepted' ? 'confidentiality_accepted' : null;
};

export const invitationTransitions: Readonly<
  Record<InvitationMove, Transition<InvitationState, 'supplier', InvitationFacts, InvitationObstacle>>
> = {
  accept_confidentiality: { side: 'supplier', states: { invited: 'invited' }, guard: toAccept },
  ask: { side: 'supplier', states: { invited: 'invited', quoted: 'quoted' }, guard: inTime },
  quote: { side: 'supplier', states: { invited: 'quoted' }, guard: inTime },
  revise: { side: 'supplier', states: { quoted: 'quoted' }, guard: inTime },
  withdraw: { side: 'supplier', states: { quoted: 'quoted' }, guard: standingOpen },
  decline: { side: 'supplier', states: { invited: 'declined' }, guard: standingOpen },
};

/** Where a quote stands. `expired` is never stored: it is a submitted one whose validity the server's clock has passed. */
export const quoteStates = ['submitted', 'withdrawn', 'expired', 'awarded', 'lost'] as const;
export type QuoteState = (typeof quoteStates)[number];
export type StoredQuoteState = Exclude<QuoteState, 'expired'>;

export const quoteMoves = ['revise', 'withdraw', 'award', 'lose', 'reopen', 'release'] as const;
export type QuoteMove = (typeof quoteMoves)[number];
/** `order`: the orders made from the quote gave everything back. */
export const quoteSides = ['supplier', 'buyer', 'order'] as const;
export type QuoteSide = (typeof quoteSides)[number];

export const quoteTransitions: Readonly<
  Record<QuoteMove, { readonly side: QuoteSide; readonly states: Partial<Record<QuoteState, StoredQuoteState>> }>
> = {
  revise: { side: 'supplier', states: { submitted: 'submitted', expired: 'submitted', withdrawn: 'submitted', awarded: 'awarded' } },
  withdraw: { side: 'supplier', states: { submitted: 'withdrawn', expired: 'withdrawn' } },
  award: { side: 'buyer', states: { submitted: 'awarded', awarded: 'awarded' } },
  lose: { side: 'buyer', states: { submitted: 'lost', expired: 'lost' } },
  reopen: { side: 'buyer', states: { lost: 'submitted' } },
  release: { side: 'order', states: { awarded: 'submitted' } },
};

/** Valid up to and including the instant itself, by the server's clock. */
export const hasExpired = (validUntil: Date, now: Date): boolean => now.getTime() > validUntil.getTime();

/** The state by the server's clock. */
export const quoteStateAt = (state: StoredQuoteState, validUntil: Date, now: Date): QuoteState =>
  state === 'submitted' && hasExpired(validUntil, now) ? 'expired' : state;

export type Judgement<State, Obstacle> =
  | { readonly allowed: true; readonly next: State }
  | { readonly allowed: false; readonly because: 'wrong_side' | 'wrong_state' | Obstacle };

/** The table's answer; without facts no guard is asked. */
export function judgeRfq(state: RfqState, move: RfqMove, side: 'buyer' | 'supplier', facts?: RfqFacts): Judgement<RfqState, RfqObstacle> {
  return judged(rfqTransitions[move], state, side, facts);
}

export function judgeInvitation(
  state: InvitationState,
  move: InvitationMove,
  side: 'buyer' | 'supplier',
  facts?: InvitationFacts,
): Judgement<InvitationState, InvitationObstacle> {
  return judged(invitationTransitions[move], state, side, facts);
}

export function judgeQuote(state: QuoteState, move: QuoteMove, side: QuoteSide): Judgement<StoredQuoteState, never> {
  const { side: mover, states } = quoteTransitions[move];
  if (mover !== side) return { allowed: false, because: 'wrong_side' };
  const next = states[state];
  return next === undefined ? { allowed: false, because: 'wrong_state' } : { allowed: true, next };
}

function judged<State extends string, Facts, Obstacle extends string>(
  { side: mover, states, guard }: Transition<State, string, Facts, Obstacle>,
  state: State,
  side: string,
  facts: Facts | undefined,
): Judgement<State, Obstacle> {
  if (mover !== side) return { allowed: false, because: 'wrong_side' };
  const next = states[state];
  if (next === undefined) return { allowed: false, because: 'wrong_state' };
  const obstacle = facts && guard ? guard(facts) : null;
  return obstacle ? { allowed: false, because: obstacle } : { allowed: true, next };
}

export const rfqMovesOf = (state: RfqState): RfqMove[] => rfqMoves.filter((move) => judgeRfq(state, move, 'buyer').allowed);
export const invitationMovesOf = (state: InvitationState): InvitationMove[] =>
  invitationMoves.filter((move) => judgeInvitation(state, move, 'supplier').allowed);
