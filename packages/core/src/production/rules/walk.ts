import { beginning } from '../../database/index.js';

/** A condition on the newest value of one signal. */
export type Condition =
  /** With a deadband it goes on holding until the value has come back past the threshold by so much. */
  | { readonly signal: string; readonly is: 'above' | 'below'; readonly value: number; readonly deadband: number }
  | { readonly signal: string; readonly is: 'equal' | 'not_equal'; readonly value: number | string | boolean };

export interface Conditions {
  readonly match: 'all' | 'any';
  readonly conditions: readonly Condition[];
  /** How long they must hold without a break. */
  readonly forMs: number;
}

/** When a run begins and ends, by signals alone. */
export interface RuleDefinition {
  readonly opens: Conditions;
  /** Without conditions: when those that open no longer hold. */
  readonly closes: Conditions;
  /** A shorter run is none. */
  readonly minimumMs: number;
  /**
   * When all signals of the rule are silent for longer, nothing is known any more, and a run under way ended with the last sample.
   * Null: what was measured last holds for ever, as with devices that only send what changes.
   */
  readonly silenceMs: number | null;
  /** Its value is the program of the run. */
  readonly program: string | null;
}

/** All that was measured in one millisecond; null is "no value", or one of bad quality. */
export interface Instant {
  readonly ts: number;
  readonly values: Readonly<Record<string, number | string | null>>;
}

/** Where a walk stands after the samples before some instant. Plain JSON: two walks that stand alike go on alike. */
export interface WalkState {
  readonly at: number | null;
  readonly known: Readonly<Record<string, number | string | null>>;
  /** Whether each condition holds, those that open first: a deadband depends on it. */
  readonly held: readonly boolean[];
  /** After a run has closed, what opens must first have ceased; that it is not known is no end of it. */
  readonly armed: boolean;
  /** Since when what opens holds, while no run is under way. */
  readonly opening: number | null;
  readonly run: { readonly startedAt: number; readonly program: string | null } | null;
  /** Since when what closes holds, while a run is under way. */
  readonly closing: number | null;
}

export interface WalkedRun {
  /** Unix ms: when what opens began to hold. */
  readonly startedAt: number;
  /** When what closes began to hold; null while it is under way. */
  readonly endedAt: number | null;
  readonly program: string | null;
  /** It ended because nothing more was measured, not because anything said so. */
  readonly endedBySilence: boolean;
}

export const untouched: WalkState = { at: null, known: {}, held: [], armed: true, opening: null, run: null, closing: null };

export const signalsOf = ({ opens, closes, program }: RuleDefinition): string[] => [
  ...new Set([...opens.conditions, ...closes.conditions].map(({ signal }) => signal).concat(program === null ? [] : [program])),
];

/**
 * Takes in one instant, later than all before. What held stays so until the next sample; a run is confirmed by the first
 * sample that shows that it held long enough. Nothing but the samples decides, so the same ones give the same runs.
 */
export function step(rule: RuleDefinition, before: WalkState, instant: Instant): { state: WalkState; closed: WalkedRun | null } {
  const { ts } = instant;
  const told = silentAt(rule, before, ts) ? { state: untouched, closed: endedBySilence(rule, before) } : heldUntil(rule, before, ts);
  const looked = look(rule, told.state, instant);
  const settled = heldUntil(rule, looked, ts);
  const closed = told.closed ?? settled.closed;
  return { state: settled.state, closed };
}

/** Nothing having been measured after the state, whether that is silence at `ts`. */
export const silentAt = ({ silenceMs }: RuleDefinition, { at }: WalkState, ts: number): boolean =>
  silenceMs !== null && at !== null && ts - at > silenceMs;

/** The run under way, its signals being silent. */
export function endedBySilence(rule: RuleDefinition, state: WalkState): WalkedRun | null {
  const run = ended(rule, state);
  return run && { ...run, endedBySilence: true };
}

/** The run under way when nothing more is to come, ended by the last that is known of it. */
export function ended(rule: RuleDefinition, { run, closing, at }: WalkState): WalkedRun | null {
  if (run === null || at === null) return null;
  const endedAt = closing ?? at;
  return endedAt - run.startedAt < Math.max(1, rule.minimumMs) ? null : { ...run, endedAt, endedBySilence: false };
}

/** The run under way, once it is as long as a run must be. */
export function underWay(rule: RuleDefinition, state: WalkState): WalkedRun | null {
  const run = ended(rule, state);
  return run && { ...run, endedAt: null };
}

/** Runs that begin at or after this instant are not decided by what came before the state. */
export const undecidedFrom = ({ run, opening }: WalkState, otherwise: number): number => run?.startedAt ?? opening ?? otherwise;

/** Nothing changed until `ts`: is what was waiting confirmed? */
function heldUntil(rule: RuleDefinition, state: WalkState, ts: number): { state: WalkState; closed: WalkedRun | null } {
  const { run, opening, closing } = state;
  if (run === null) {
    if (opening === null || ts - opening < rule.opens.forMs) return { state, closed: null };
    const opened = { startedAt: opening, program: programOf(rule, state) };
    return { state: { ...state, opening: null, run: opened }, closed: null };
  }
  if (closing === null || ts - closing < rule.closes.forMs) return { state, closed: null };
  const armed = truth(rule.opens, state.known, state.held) === false;
  return { state: { ...state, run: null, closing: null, armed }, closed: ended(rule, state) };
}

function look(rule: RuleDefinition, state: WalkState, { ts, values }: Instant): WalkState {
  const known = { ...state.known, ...values };
  const all = [...rule.opens.conditions, ...rule.closes.conditions];
  const held = all.map((condition, place) => holds(condition, known[condition.signal] ?? null, state.held[place] ?? false) === true);
  const seen = { ...state, at: ts, known, held };
  const opens = truth(rule.opens, known, held);
  if (state.run === null) {
    if (opens !== true) return { ...seen, armed: state.armed || opens === false, opening: null };
    return { ...seen, opening: state.armed ? (state.opening ?? ts) : null };
  }
  const closes = rule.closes.conditions.length === 0 ? not(opens) : truth(rule.closes, known, held.slice(rule.opens.conditions.length));
  const program = state.run.program ?? programOf(rule, seen);
  return { ...seen, run: { ...state.run, program }, closing: closes === true ? (state.closing ?? ts) : null };
}

/** Three-valued (Kleene): null where a value is not known. */
type Truth = boolean | null;

const not = (value: Truth): Truth => (value === null ? null : !value);

function truth({ match, conditions }: Conditions, known: WalkState['known'], held: readonly boolean[]): Truth {
  const each = conditions.map(({ signal }, place) =>
    known[signal] === undefined || known[signal] === null ? null : (held[place] ?? false),
  );
  const decisive = match === 'any';
  if (each.includes(decisive)) return decisive;
  return each.includes(null) ? null : !decisive;
}

function holds(condition: Condition, value: number | string | null, held: boolean): Truth {
  if (value === null) return null;
  if (!('deadband' in condition)) {
    const wanted = typeof condition.value === 'boolean' ? Number(condition.value) : condition.value;
    return (value === wanted) === (condition.is === 'equal');
  }
  if (typeof value === 'string') return null;
  const band = held ? condition.deadband : 0;
  return condition.is === 'above' ? value > condition.value - band : value < condition.value + band;
}

function programOf({ program }: RuleDefinition, { known }: WalkState): string | null {
  const value = program === null ? null : (known[program] ?? null);
  return value === null ? null : beginning(String(value), 200);
}
