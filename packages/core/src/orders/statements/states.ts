import type { OrderSide } from '../order/states.js';

/** A statement from its draft until the supplier has the money. */
export const statementStates = ['draft', 'sent', 'confirmed', 'paid', 'settled', 'canceled'] as const;
export type StatementState = (typeof statementStates)[number];

/** In these its lines are still talked about, and hold the shipment lines that they state. */
export const openStates: readonly StatementState[] = ['draft', 'sent'];
/** In these its lines stand in the ledger. */
export const billedStates: readonly StatementState[] = ['confirmed', 'paid', 'settled'];

export const statementMoves = [
  'refresh',
  'deduct',
  'add',
  'adjust',
  'exclude',
  'send',
  'confirm',
  'dispute',
  'withdraw_dispute',
  'cancel',
  'pay',
  'refuse_payment',
  'acknowledge',
] as const;
export type StatementMove = (typeof statementMoves)[number];

/** `agreed`: confirmed once both sides have confirmed every line that is kept, else as it was. */
type Next = StatementState | 'agreed';

export interface StatementTransition {
  readonly side: OrderSide | 'either';
  readonly states: Partial<Record<StatementState, Next>>;
}

const stays: StatementTransition['states'] = { draft: 'draft', sent: 'sent' };

/** The one transition table of statements. What it does not name is forbidden. */
export const statementTransitions: Readonly<Record<StatementMove, StatementTransition>> = {
  refresh: { side: 'either', states: stays },
  deduct: { side: 'either', states: stays },
  add: { side: 'either', states: stays },
  adjust: { side: 'either', states: stays },
  exclude: { side: 'either', states: { draft: 'draft', sent: 'agreed' } },
  send: { side: 'supplier', states: { draft: 'sent' } },
  confirm: { side: 'either', states: { sent: 'agreed' } },
  dispute: { side: 'either', states: { sent: 'sent' } },
  withdraw_dispute: { side: 'either', states: { sent: 'sent' } },
  cancel: { side: 'either', states: { draft: 'canceled', sent: 'canceled' } },
  pay: { side: 'buyer', states: { confirmed: 'paid' } },
  refuse_payment: { side: 'supplier', states: { paid: 'confirmed' } },
  acknowledge: { side: 'supplier', states: { paid: 'settled' } },
};

/** Moves that are made on one line, or on several. */
export const lineMoves = ['confirm', 'dispute', 'withdraw_dispute', 'adjust', 'exclude'] as const;
export type LineMove = (typeof lineMoves)[number];

export type StatementJudgement =
  | { readonly allowed: true; readonly next: StatementState }
  | { readonly allowed: false; readonly because: 'wrong_side' | 'wrong_state' };

/** `agreed` says whether, after the move, both sides have confirmed every line that is kept. */
export function judgeStatement(state: StatementState, move: StatementMove, side: OrderSide, agreed: boolean): StatementJudgement {
  const { side: mover, states } = statementTransitions[move];
  if (mover !== 'either' && mover !== side) return { allowed: false, because: 'wrong_side' };
  const next = states[state];
  if (next === undefined) return { allowed: false, because: 'wrong_state' };
  return { allowed: true, next: next === 'agreed' ? (agreed ? 'confirmed' : state) : next };
}

export const statementMovesOf = (state: StatementState, side: OrderSide): StatementMove[] =>
  statementMoves.filter((move) => judgeStatement(state, move, side, false).allowed);

/** Whose move everybody waits for; null for both, or when all is done. */
export const awaitedSide: Readonly<Record<StatementState, OrderSide | null>> = {
  draft: 'supplier',
  sent: null,
  confirmed: 'buyer',
  paid: 'supplier',
  settled: null,
  canceled: null,
};

/** What both sides have said of one line. */
export const statementLineStates = ['open', 'supplier_confirmed', 'buyer_confirmed', 'confirmed', 'disputed', 'excluded'] as const;
export type StatementLineState = (typeof statementLineStates)[number];

/** Goods accepted, goods returned after they were billed (红字), and what is taken off or put on beside. */
export const statementLineKinds = ['goods', 'credit', 'deduction', 'addition'] as const;
export type StatementLineKind = (typeof statementLineKinds)[number];

export const deductionTypes = ['nonconformance', 'late_delivery', 'price_difference', 'other'] as const;
export type DeductionType = (typeof deductionTypes)[number];
export const additionTypes = ['tooling', 'freight', 'price_difference', 'other'] as const;
export type AdditionType = (typeof additionTypes)[number];

/** The side whose claim a line is: only it lets the line wait for a later statement. */
export const claimantOf: Readonly<Record<StatementLineKind, OrderSide>> = {
  goods: 'supplier',
  addition: 'supplier',
  credit: 'buyer',
  deduction: 'buyer',
};

const confirmedBy = { buyer: 'buyer_confirmed', supplier: 'supplier_confirmed' } as const satisfies Record<OrderSide, StatementLineState>;
export const lineConfirmedBy = (side: OrderSide): StatementLineState => confirmedBy[side];

/** State of a line × move × side that makes it → state after it; `null` where the table forbids it. */
export const lineTransitions: Readonly<
  Record<LineMove, Readonly<Record<OrderSide, Partial<Record<StatementLineState, StatementLineState>>>>>
> = {
  confirm: {
    supplier: { open: 'supplier_confirmed', buyer_confirmed: 'confirmed' },
    buyer: { open: 'buyer_confirmed', supplier_confirmed: 'confirmed' },
  },
  dispute: bySide({ open: 'disputed', supplier_confirmed: 'disputed', buyer_confirmed: 'disputed', confirmed: 'disputed' }),
  withdraw_dispute: bySide({ disputed: 'open' }),
  adjust: {
    supplier: {
      open: confirmedBy.supplier,
      supplier_confirmed: confirmedBy.supplier,
      buyer_confirmed: confirmedBy.supplier,
      disputed: confirmedBy.supplier,
    },
    buyer: {
      open: confirmedBy.buyer,
      supplier_confirmed: confirmedBy.buyer,
      buyer_confirmed: confirmedBy.buyer,
      disputed: confirmedBy.buyer,
    },
  },
  exclude: bySide({ open: 'excluded', supplier_confirmed: 'excluded', buyer_confirmed: 'excluded', disputed: 'excluded' }),
};

function bySide(states: Partial<Record<StatementLineState, StatementLineState>>) {
  return { buyer: states, supplier: states };
}

export interface LineFacts {
  readonly kind: StatementLineKind;
  readonly disputedBy: OrderSide | null;
}

export type LineJudgement =
  | { readonly allowed: true; readonly next: StatementLineState }
  | { readonly allowed: false; readonly because: 'line_state' | 'not_your_claim' | 'not_your_dispute' };

export function judgeLine(state: StatementLineState, move: LineMove, side: OrderSide, { kind, disputedBy }: LineFacts): LineJudgement {
  const next = lineTransitions[move][side][state];
  if (next === undefined) return { allowed: false, because: 'line_state' };
  if (move === 'exclude' && claimantOf[kind] !== side) return { allowed: false, because: 'not_your_claim' };
  if (move === 'withdraw_dispute' && disputedBy !== side) return { allowed: false, because: 'not_your_dispute' };
  return { allowed: true, next };
}

/** The moves that both tables allow this side on the line. */
export function lineMovesOf(statement: StatementState, state: StatementLineState, side: OrderSide, facts: LineFacts): LineMove[] {
  return lineMoves.filter((move) => judgeStatement(statement, move, side, false).allowed && judgeLine(state, move, side, facts).allowed);
}

/** Both sides have confirmed everything that is kept, and something is. */
export function isAgreed(lines: readonly { readonly state: StatementLineState }[]): boolean {
  const kept = lines.filter(({ state }) => state !== 'excluded');
  return kept.length > 0 && kept.every(({ state }) => state === 'confirmed');
}
