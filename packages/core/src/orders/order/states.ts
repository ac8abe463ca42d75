import { compare, Decimal } from '../../measure/index.js';

/** Where a shared order stands; the same for both sides. */
export const orderStates = ['proposed', 'confirmed', 'in_production', 'in_delivery', 'closed', 'declined', 'withdrawn'] as const;
export type OrderState = (typeof orderStates)[number];

export const orderSides = ['buyer', 'supplier'] as const;
export type OrderSide = (typeof orderSides)[number];

/** What a side may do to an order that exists; `propose` makes one. */
export const orderMoves = ['accept', 'decline', 'withdraw', 'start', 'ship', 'receive', 'inspect', 'reverse', 'close'] as const;
export type OrderMove = (typeof orderMoves)[number];

/** Balances of one line, as the ledger gives them; exact decimals in the unit of the line. */
export interface LineBalance {
  readonly ordered: string;
  readonly allocated: string;
  readonly produced: string;
  readonly shipped: string;
  readonly received: string;
  readonly accepted: string;
  readonly rejected: string;
}

/** What a guard may look at. */
export interface OrderFacts {
  readonly lines: readonly LineBalance[];
  /** Whether units of a released lot wait to be shipped; only the supplier knows. */
  readonly releasedInStock?: boolean;
}

/** Why a move is not possible just now; also the code of the error: `orders.<obstacle>`. */
export const obstacles = [
  'nothing_to_ship',
  'no_released_lot',
  'nothing_to_receive',
  'nothing_to_inspect',
  'nothing_to_reverse',
  'not_inspected',
  'not_fully_accepted',
] as const;
export type Obstacle = (typeof obstacles)[number];

export interface Transition {
  readonly side: OrderSide;
  /** State in which the move may be made → state after it. */
  readonly states: Partial<Record<OrderState, OrderState>>;
  readonly guard?: (facts: OrderFacts) => Obstacle | null;
}

/**
 * The one transition table: the service, the `moves` of every reply and the tests read it. Every state, move and side
 * that cannot be derived from it is forbidden.
 */
export const orderTransitions: Readonly<Record<OrderMove, Transition>> = {
  accept: { side: 'supplier', states: { proposed: 'confirmed' } },
  decline: { side: 'supplier', states: { proposed: 'declined' } },
  withdraw: { side: 'buyer', states: { proposed: 'withdrawn' } },
  start: { side: 'supplier', states: { confirmed: 'in_production', in_production: 'in_production', in_delivery: 'in_delivery' } },
  ship: { side: 'supplier', states: { in_production: 'in_delivery', in_delivery: 'in_delivery' }, guard: toShip },
  receive: { side: 'buyer', states: { in_delivery: 'in_delivery' }, guard: toReceive },
  inspect: { side: 'buyer', states: { in_delivery: 'in_delivery' }, guard: toInspect },
  reverse: { side: 'buyer', states: { in_delivery: 'in_delivery' }, guard: toReverse },
  close: { side: 'buyer', states: { in_delivery: 'closed' }, guard: toClose },
};

export type Judgement =
  | { readonly allowed: true; readonly next: OrderState }
  | { readonly allowed: false; readonly because: 'wrong_side' | 'wrong_state' | Obstacle };

/** The table's answer for one state, move and side; without facts no guard is asked. */
export function judge(state: OrderState, move: OrderMove, side: OrderSide, facts?: OrderFacts): Judgement {
  const { side: mover, states, guard } = orderTransitions[move];
  if (mover !== side) return { allowed: false, because: 'wrong_side' };
  const next = states[state];
  if (next === undefined) return { allowed: false, because: 'wrong_state' };
  const obstacle = facts && guard ? guard(facts) : null;
  return obstacle ? { allowed: false, because: obstacle } : { allowed: true, next };
}

/** The moves that the table names for this side in this state, possible just now or not. */
export function movesOf(state: OrderState, side: OrderSide): OrderMove[] {
  return orderMoves.filter((move) => judge(state, move, side).allowed);
}

/** The move that everybody waits for; null when nothing more has to be done. */
export function awaitedMove(state: OrderState, facts: OrderFacts): OrderMove | null {
  if (state === 'proposed') return 'accept';
  if (state === 'confirmed') return 'start';
  if (state === 'in_production') return 'ship';
  if (state !== 'in_delivery') return null;
  return (['receive', 'inspect', 'close'] as const).find((move) => judge(state, move, 'buyer', facts).allowed) ?? 'ship';
}

const minus = (from: string, ...taken: readonly string[]): Decimal => taken.reduce((left, value) => left.minus(value), new Decimal(from));

/** What the supplier still owes of a line: rejected units are owed again. */
export const owed = ({ ordered, shipped, rejected }: LineBalance): Decimal => minus(ordered, shipped).plus(rejected);
export const inStock = ({ produced, shipped }: LineBalance): Decimal => minus(produced, shipped);
export const underway = ({ shipped, received }: LineBalance): Decimal => minus(shipped, received);
export const uninspected = ({ received, accepted, rejected }: LineBalance): Decimal => minus(received, accepted, rejected);

function toShip({ lines, releasedInStock }: OrderFacts): Obstacle | null {
  if (!lines.some((line) => owed(line).gt(0) && inStock(line).gt(0))) return 'nothing_to_ship';
  return releasedInStock === false ? 'no_released_lot' : null;
}

function toReceive({ lines }: OrderFacts): Obstacle | null {
  return lines.some((line) => underway(line).gt(0)) ? null : 'nothing_to_receive';
}

function toInspect({ lines }: OrderFacts): Obstacle | null {
  return lines.some((line) => uninspected(line).gt(0)) ? null : 'nothing_to_inspect';
}

function toReverse({ lines }: OrderFacts): Obstacle | null {
  return lines.some((line) => new Decimal(line.received).gt(0)) ? null : 'nothing_to_reverse';
}

function toClose({ lines }: OrderFacts): Obstacle | null {
  if (lines.some((line) => underway(line).gt(0) || uninspected(line).gt(0))) return 'not_inspected';
  return lines.every((line) => compare(line.accepted, line.ordered) >= 0) ? null : 'not_fully_accepted';
}
