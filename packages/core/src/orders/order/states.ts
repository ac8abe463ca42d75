import { compare, Decimal } from '../../measure/index.js';

/** Where a shared order stands; the same for both sides. */
export const orderStates = [
  'proposed',
  'confirmed',
  'in_production',
  'in_delivery',
  'on_hold',
  'disputed',
  'closed',
  'settled',
  'declined',
  'withdrawn',
  'canceled',
  'defaulted',
] as const;
export type OrderState = (typeof orderStates)[number];

export const orderSides = ['buyer', 'supplier'] as const;
export type OrderSide = (typeof orderSides)[number];

/** What a side may do to an order that exists; `propose` makes one. */
export const orderMoves = [
  'accept',
  'decline',
  'withdraw',
  'revise',
  'start',
  'ship',
  'receive',
  'inspect',
  'reverse',
  'return',
  'close',
  'reach_milestone',
  'confirm_milestone',
  'hold',
  'resume',
  'dispute',
  'resolve',
  'propose_change',
  'accept_change',
  'accept_cancellation',
  'accept_short_close',
  'decline_change',
  'withdraw_change',
  'declare_default',
  'settle',
] as const;
export type OrderMove = (typeof orderMoves)[number];

/** What a change order asks for: other terms, the end of everything, or the end of what is not delivered yet. */
export const changeKinds = ['terms', 'cancellation', 'short_close'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** Balances of one line, as the ledger gives them; exact decimals in the unit of the line. */
export interface LineBalance {
  readonly ordered: string;
  readonly allocated: string;
  readonly produced: string;
  readonly shipped: string;
  readonly received: string;
  readonly accepted: string;
  /** Taken although it deviates (让步接收). */
  readonly conceded: string;
  readonly rejected: string;
  /** Sent back after it had been accepted or conceded. */
  readonly returned: string;
  readonly invoiced: string;
  /** Percent of what is ordered by which more, and less, fulfils the line. */
  readonly over_tolerance: string;
  readonly under_tolerance: string;
}

/** What a guard may look at; what is left out is not asked. */
export interface OrderFacts {
  readonly lines: readonly LineBalance[];
  /** Whether units of a released lot wait to be shipped; only the supplier knows. */
  readonly releasedInStock?: boolean;
  readonly heldBy?: OrderSide | null;
  readonly disputedBy?: OrderSide | null;
  /** The change order that waits for an answer. */
  readonly change?: { readonly by: OrderSide; readonly kind: ChangeKind } | null;
  /** Where `resume` and `resolve` lead back to. */
  readonly resumesTo?: OrderState | null;
  /** A day that was promised has passed and not everything of it is accepted. */
  readonly overdue?: boolean;
  /** What shall be reached on the way, as far as it is. */
  readonly milestones?: readonly { readonly reached: boolean; readonly confirmed: boolean }[];
  /** Contract terms are attached that one side has not accepted. */
  readonly termsOpen?: boolean;
  /** The buyer's own material is with the supplier and not accounted for. */
  readonly materialOpen?: boolean;
}

/** Why a move is not possible just now; also the code of the error: `orders.<obstacle>`. */
export const obstacles = [
  'terms_not_accepted',
  'nothing_to_ship',
  'no_released_lot',
  'nothing_to_receive',
  'nothing_to_inspect',
  'nothing_to_reverse',
  'nothing_to_return',
  'not_inspected',
  'not_fully_accepted',
  'material_open',
  'held_by_other',
  'disputed_by_other',
  'change_pending',
  'no_change',
  'own_change',
  'not_own_change',
  'not_such_change',
  'goods_shipped',
  'not_overdue',
  'not_invoiced',
  'no_milestone_open',
  'no_milestone_reached',
] as const;
export type Obstacle = (typeof obstacles)[number];

export interface Transition {
  readonly side: OrderSide | 'either';
  /** State in which the move may be made → state after it; `resumed` is the state that was left for this one. */
  readonly states: Partial<Record<OrderState, OrderState | 'resumed'>>;
  readonly guard?: (facts: OrderFacts, side: OrderSide) => Obstacle | null;
}

const stays = (...states: readonly OrderState[]): Partial<Record<OrderState, OrderState>> =>
  Object.fromEntries(states.map((state) => [state, state]));
const lead = (to: OrderState | 'resumed', ...from: readonly OrderState[]): Partial<Record<OrderState, OrderState | 'resumed'>> =>
  Object.fromEntries(from.map((state) => [state, to]));

/** Goods that are underway arrive and are inspected whatever becomes of the order. */
const arriving = stays('in_delivery', 'on_hold', 'disputed', 'defaulted');
const changing = stays('confirmed', 'in_production', 'in_delivery', 'on_hold', 'disputed');

/**
 * The one transition table: the service, the `moves` of every reply, the documentation, the console and the tests read it.
 * Every state, move and side that cannot be derived from it is forbidden.
 */
export const orderTransitions: Readonly<Record<OrderMove, Transition>> = {
  accept: { side: 'supplier', states: lead('confirmed', 'proposed') },
  decline: { side: 'supplier', states: lead('declined', 'proposed') },
  withdraw: { side: 'buyer', states: lead('withdrawn', 'proposed') },
  revise: { side: 'buyer', states: stays('proposed') },
  start: {
    side: 'supplier',
    states: { confirmed: 'in_production', ...stays('in_production', 'in_delivery') },
    guard: ({ termsOpen }) => (termsOpen ? 'terms_not_accepted' : null),
  },
  ship: { side: 'supplier', states: lead('in_delivery', 'in_production', 'in_delivery'), guard: toShip },
  receive: { side: 'buyer', states: arriving, guard: toReceive },
  inspect: { side: 'buyer', states: arriving, guard: toInspect },
  reverse: { side: 'buyer', states: arriving, guard: toReverse },
  return: { side: 'buyer', states: { ...stays('in_delivery', 'disputed', 'closed'), settled: 'closed' }, guard: toReturn },
  close: { side: 'buyer', states: lead('closed', 'in_delivery'), guard: toClose },
  reach_milestone: {
    side: 'supplier',
    states: stays('confirmed', 'in_production', 'in_delivery'),
    guard: ({ milestones }) => (milestones && !milestones.some(({ reached }) => !reached) ? 'no_milestone_open' : null),
  },
  confirm_milestone: {
    side: 'buyer',
    states: stays('confirmed', 'in_production', 'in_delivery', 'on_hold', 'disputed'),
    guard: ({ milestones }) =>
      milestones && !milestones.some(({ reached, confirmed }) => reached && !confirmed) ? 'no_milestone_reached' : null,
  },
  hold: { side: 'either', states: lead('on_hold', 'confirmed', 'in_production', 'in_delivery') },
  resume: {
    side: 'either',
    states: lead('resumed', 'on_hold'),
    guard: ({ heldBy }, side) => (heldBy && heldBy !== side ? 'held_by_other' : null),
  },
  dispute: { side: 'either', states: lead('disputed', 'in_production', 'in_delivery', 'closed') },
  resolve: {
    side: 'either',
    states: lead('resumed', 'disputed'),
    guard: ({ disputedBy }, side) => (disputedBy && disputedBy !== side ? 'disputed_by_other' : null),
  },
  propose_change: { side: 'either', states: changing, guard: ({ change }) => (change ? 'change_pending' : null) },
  accept_change: { side: 'either', states: changing, guard: theirs('terms') },
  accept_cancellation: {
    side: 'either',
    states: lead('canceled', 'confirmed', 'in_production', 'on_hold', 'disputed'),
    guard: (facts, side) => theirs('cancellation')(facts, side) ?? nothingShipped(facts),
  },
  accept_short_close: {
    side: 'either',
    states: lead('closed', 'in_production', 'in_delivery', 'on_hold', 'disputed'),
    guard: (facts, side) => theirs('short_close')(facts, side) ?? everythingInspected(facts) ?? materialAccounted(facts),
  },
  decline_change: { side: 'either', states: changing, guard: theirs() },
  withdraw_change: { side: 'either', states: changing, guard: ours },
  declare_default: {
    side: 'buyer',
    states: lead('defaulted', 'confirmed', 'in_production', 'in_delivery', 'on_hold'),
    guard: ({ overdue }) => (overdue === false ? 'not_overdue' : null),
  },
  settle: { side: 'either', states: lead('settled', 'closed'), guard: toSettle },
};

export type Judgement =
  | { readonly allowed: true; readonly next: OrderState }
  | { readonly allowed: false; readonly because: 'wrong_side' | 'wrong_state' | Obstacle };

/** The table's answer for one state, move and side; without facts no guard is asked. */
export function judge(state: OrderState, move: OrderMove, side: OrderSide, facts?: OrderFacts): Judgement {
  const { side: mover, states, guard } = orderTransitions[move];
  if (mover !== 'either' && mover !== side) return { allowed: false, because: 'wrong_side' };
  const to = states[state];
  if (to === undefined) return { allowed: false, because: 'wrong_state' };
  const obstacle = facts && guard ? guard(facts, side) : null;
  if (obstacle) return { allowed: false, because: obstacle };
  return { allowed: true, next: to === 'resumed' ? (facts?.resumesTo ?? state) : to };
}

/** The moves that the table names for this side in this state, possible just now or not. */
export function movesOf(state: OrderState, side: OrderSide): OrderMove[] {
  return orderMoves.filter((move) => judge(state, move, side).allowed);
}

/** The move that everybody waits for with the side that makes it; null when nothing more has to be done. */
export function awaitedMove(state: OrderState, facts: OrderFacts): { readonly move: OrderMove; readonly side: OrderSide } | null {
  if (facts.change && movesOf(state, 'buyer').includes('decline_change'))
    return { move: answerTo[facts.change.kind], side: otherSide(facts.change.by) };
  if (state === 'proposed') return { move: 'accept', side: 'supplier' };
  if (state === 'confirmed') return { move: 'start', side: 'supplier' };
  if (state === 'in_production') return { move: 'ship', side: 'supplier' };
  if (state === 'on_hold') return { move: 'resume', side: facts.heldBy ?? 'buyer' };
  if (state === 'disputed') return { move: 'resolve', side: facts.disputedBy ?? 'buyer' };
  if (state === 'closed') return judge(state, 'settle', 'buyer', facts).allowed ? null : { move: 'settle', side: 'supplier' };
  if (state === 'defaulted')
    return (
      (['receive', 'inspect'] as const)
        .filter((move) => judge(state, move, 'buyer', facts).allowed)
        .map((move) => ({ move, side: 'buyer' }) as const)[0] ?? null
    );
  if (state !== 'in_delivery') return null;
  const buyers = (['receive', 'inspect', 'close'] as const).find((move) => judge(state, move, 'buyer', facts).allowed);
  return buyers ? { move: buyers, side: 'buyer' } : { move: 'ship', side: 'supplier' };
}

/** The move by which the other side agrees to a change order. */
export const answerTo = {
  terms: 'accept_change',
  cancellation: 'accept_cancellation',
  short_close: 'accept_short_close',
} as const satisfies Record<ChangeKind, OrderMove>;

export const otherSide = (side: OrderSide): OrderSide => (side === 'buyer' ? 'supplier' : 'buyer');

type Of<Balance extends keyof LineBalance> = Pick<LineBalance, Balance>;
const minus = (from: string | Decimal, ...taken: readonly string[]): Decimal =>
  taken.reduce((left, value) => left.minus(value), new Decimal(from));
const percentOf = (value: string, percent: string): Decimal => new Decimal(value).times(percent).dividedBy(100);

/** What the supplier still owes of a line: rejected and returned units are owed again. */
export const owed = ({ ordered, shipped, rejected, returned }: Of<'ordered' | 'shipped' | 'rejected' | 'returned'>): Decimal =>
  minus(ordered, shipped).plus(rejected).plus(returned);
/** What may be shipped at most: what is owed and the tolerance above it. */
export const shippable = (line: LineBalance): Decimal => owed(line).plus(percentOf(line.ordered, line.over_tolerance));
export const inStock = ({ produced, shipped }: Of<'produced' | 'shipped'>): Decimal => minus(produced, shipped);
export const underway = ({ shipped, received }: Of<'shipped' | 'received'>): Decimal => minus(shipped, received);
export const uninspected = ({ received, accepted, conceded, rejected }: Of<'received' | 'accepted' | 'conceded' | 'rejected'>): Decimal =>
  minus(received, accepted, conceded, rejected);
/** What the buyer took and kept. */
export const kept = ({ accepted, conceded, returned }: Of<'accepted' | 'conceded' | 'returned'>): Decimal =>
  minus(accepted, returned).plus(conceded);
/** What has to be kept at least for the line to be fulfilled. */
export const due = ({ ordered, under_tolerance }: Of<'ordered' | 'under_tolerance'>): Decimal =>
  minus(ordered).minus(percentOf(ordered, under_tolerance));

function toShip({ lines, releasedInStock }: OrderFacts): Obstacle | null {
  if (!lines.some((line) => shippable(line).gt(0) && inStock(line).gt(0))) return 'nothing_to_ship';
  return releasedInStock === false ? 'no_released_lot' : null;
}

function toReceive({ lines }: OrderFacts): Obstacle | null {
  return lines.some((line) => underway(line).gt(0)) ? null : 'nothing_to_receive';
}

function toInspect({ lines }: OrderFacts): Obstacle | null {
  return lines.some((line) => uninspected(line).gt(0)) ? null : 'nothing_to_inspect';
}

function toReverse({ lines }: OrderFacts): Obstacle | null {
  return lines.some((line) => compare(line.received, '0') > 0) ? null : 'nothing_to_reverse';
}

function toReturn({ lines }: OrderFacts): Obstacle | null {
  return lines.some((line) => kept(line).gt(0)) ? null : 'nothing_to_return';
}

function everythingInspected({ lines }: OrderFacts): Obstacle | null {
  return lines.some((line) => underway(line).gt(0) || uninspected(line).gt(0)) ? 'not_inspected' : null;
}

function toClose(facts: OrderFacts): Obstacle | null {
  return (
    everythingInspected(facts) ??
    (facts.lines.every((line) => kept(line).gte(due(line))) ? null : 'not_fully_accepted') ??
    materialAccounted(facts)
  );
}

function materialAccounted({ materialOpen }: OrderFacts): Obstacle | null {
  return materialOpen ? 'material_open' : null;
}

function nothingShipped({ lines }: OrderFacts): Obstacle | null {
  return lines.some((line) => compare(line.shipped, '0') > 0) ? 'goods_shipped' : null;
}

function toSettle({ lines }: OrderFacts): Obstacle | null {
  return lines.every((line) => kept(line).eq(line.invoiced)) ? null : 'not_invoiced';
}

/** The other side asked for this kind of change (any kind when none is named), and waits. */
function theirs(kind?: ChangeKind): (facts: OrderFacts, side: OrderSide) => Obstacle | null {
  return ({ change }, side) => {
    if (change === undefined) return null;
    if (change === null) return 'no_change';
    if (change.by === side) return 'own_change';
    return kind !== undefined && change.kind !== kind ? 'not_such_change' : null;
  };
}

function ours({ change }: OrderFacts, side: OrderSide): Obstacle | null {
  if (change === undefined) return null;
  if (change === null) return 'no_change';
  return change.by === side ? null : 'not_own_change';
}
