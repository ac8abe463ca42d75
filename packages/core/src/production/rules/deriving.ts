import { isDeepStrictEqual } from 'node:util';
import type { Scope } from '../../database/index.js';
import { readKeptFrom } from '../../equipment/index.js';
import type { ProjectionPorts } from '../devices/device-events.js';
import { settleRuns } from './derived-runs.js';
import { instants } from './instants.js';
import {
  type Checkpoint,
  checkpointAt,
  checkpointExactlyAt,
  checkpointFrom,
  dropCheckpoint,
  keepSilence,
  lockRule,
  putMarks,
  type RuleRow,
  replaceCheckpoints,
  takeMarks,
} from './rule-repository.js';
import {
  ended,
  endedBySilence,
  type RuleDefinition,
  signalsOf,
  silentAt,
  step,
  undecidedFrom,
  underWay,
  untouched,
  type WalkedRun,
  type WalkState,
} from './walk.js';

const minuteMs = 60_000;
const hourMs = 3_600_000;
/** Samples are a little late as a rule: so much longer than a rule allows is waited before its signals are silent. */
export const silenceGraceMs = 10_000;
/** About how many instants one transaction takes in. */
const mostAtOnce = 40_000;

const startOf = (unit: number, ts: number) => Math.floor(ts / unit) * unit;

/** The minutes that `now` lets be looked at: a sample ahead of time waits for its minute. */
export const lastMinute = (now: Date): Date => new Date(startOf(minuteMs, now.getTime()));

interface Stretch {
  /** What comes before it is as it was. */
  readonly start: Checkpoint;
  /** Where it ended: at the end of all samples, or before an instant from which on all is as it was, or is left to the next stretch. */
  readonly end: Checkpoint;
  readonly why: 'all_walked' | 'as_it_was' | 'enough';
  readonly runs: readonly WalkedRun[];
  /** Set where all was walked while the rule is in force: what it means for the silence of the signals. */
  readonly silence: Pick<RuleRow, 'silence_due_at' | 'silent_since'> | null;
  readonly checkpoints: readonly Checkpoint[];
}

/**
 * Brings the runs of a rule up to date with what was committed since the last time, in one transaction: from the oldest
 * minute in which something was stored, as far as anything changes by it. Whatever the order in which samples came, and
 * wherever the process died, the runs are those that a walk over all samples gives. The clock says one thing alone: that
 * nothing has come for so long that a run under way has ended. Answers whether there was anything to do.
 */
export async function deriveRuns(scope: Scope, id: string, ports: ProjectionPorts, budget = mostAtOnce): Promise<boolean> {
  const rule = await lockRule(scope, id);
  if (!rule) return false;
  const marked = await takeMarks(scope, id, lastMinute(scope.now));
  const due = rule.silence_due_at !== null && rule.silence_due_at <= scope.now;
  const [first = due ? scope.now.getTime() : undefined] = marked;
  if (first === undefined) return false;
  const nothingCame = due && marked.length === 0;
  const stretch = await walkFrom(scope, rule, { from: Math.max(first, rule.since.getTime()), budget, nothingCame });
  const { start, end, why, runs, silence } = stretch;
  if (silence && !isDeepStrictEqual(silence, silenceOf(rule))) await keepSilence(scope, id, silence);
  await keepCheckpoints(scope, id, stretch);
  const left = why === 'all_walked' ? [] : marked.filter((minute) => minute >= end.at);
  await putMarks(scope, id, why === 'enough' ? [...new Set([startOf(minuteMs, end.at), ...left])] : left);
  await settleRuns(
    scope,
    rule,
    {
      from: undecidedFrom(start.state, start.at),
      to: why === 'all_walked' ? null : undecidedFrom(end.state, end.at),
      runs,
    },
    ports,
  );
  return true;
}

interface Walk {
  readonly from: number;
  readonly budget: number;
  /** Nothing was stored for as long as the rule lets its signals be silent. */
  readonly nothingCame: boolean;
}

async function walkFrom(scope: Scope, rule: RuleRow, { from, budget, nothingCame }: Walk): Promise<Stretch> {
  const definition = rule.definition as RuleDefinition;
  const since = rule.since.getTime();
  const start = await startOfWalk(scope, rule.id, from, since);
  const now = lastMinute(scope.now).getTime() + minuteMs;
  const until = rule.until?.getTime() ?? Number.POSITIVE_INFINITY;
  const to = Math.min(now, until);
  const runs: WalkedRun[] = [];
  const checkpoints: Checkpoint[] = [];
  let state = start.state;
  let head = start;
  let hour = start.at;
  let walked = 0;
  for await (const chunk of instants(scope, { equipment: rule.equipment_id, signals: signalsOf(definition), from: start.at, to })) {
    for (const instant of chunk) {
      const minute = startOf(minuteMs, instant.ts);
      if (minute > head.at) {
        head = { at: minute, state: plain(state) };
        if (startOf(hourMs, instant.ts) > hour) {
          hour = startOf(hourMs, instant.ts);
          const here = { at: hour, state: head.state };
          if (isDeepStrictEqual(await checkpointExactlyAt(scope, rule.id, hour), here.state))
            return { start, end: here, why: 'as_it_was', runs, checkpoints, silence: null };
          checkpoints.push(here);
        }
        if (walked >= budget) return { start, end: head, why: 'enough', runs, checkpoints: withHead(checkpoints, head), silence: null };
      }
      const { state: next, closed } = step(definition, state, instant);
      if (closed) runs.push(closed);
      state = next;
      walked += 1;
    }
  }
  const over = to === until;
  const silence = over ? { silence_due_at: null, silent_since: null } : silenceAfter(rule, state, scope.now, nothingCame);
  const last = over ? ended(definition, state) : silence.silent_since ? endedBySilence(definition, state) : underWay(definition, state);
  if (last) runs.push(last);
  return {
    start,
    end: { at: to, state },
    why: 'all_walked',
    runs,
    silence,
    checkpoints: head === start ? [] : withHead(checkpoints, head),
  };
}

/**
 * How long signals are silent is said by the times of their samples. But a device whose clock is slow, or that sends what it kept,
 * is not silent: so nothing may have come for as long by the platform's clock, either. Once found, silence stays until a later sample,
 * also where no run was under way: one that a late sample begins before it has ended by it.
 */
function silenceAfter(rule: RuleRow, state: WalkState, now: Date, nothingCame: boolean): NonNullable<Stretch['silence']> {
  const { at } = state;
  const definition = rule.definition as RuleDefinition;
  const { silenceMs } = definition;
  if (silenceMs === null || at === null) return { silence_due_at: null, silent_since: null };
  const known = rule.silent_since !== null && at <= rule.silent_since.getTime();
  if (known || (nothingCame && silentAt(definition, state, now.getTime()))) return { silence_due_at: null, silent_since: new Date(at) };
  const due = Math.max(now.getTime(), at) + silenceMs + silenceGraceMs + 1;
  const before = rule.silence_due_at?.getTime() ?? 0;
  // Part of the grace is given up, so that a busy device does not have the hour written anew with every commit.
  const soEnough = due - before < silenceGraceMs / 2;
  return { silence_due_at: new Date(soEnough ? before : due), silent_since: null };
}

const silenceOf = ({ silence_due_at, silent_since }: RuleRow) => ({ silence_due_at, silent_since });

/**
 * Where samples were dropped nothing is derived anew, for it would be from fewer samples than before: the walk begins at the first
 * checkpoint of those that are kept. Where there is none, nothing came since the last one but what is being walked now.
 */
async function startOfWalk(scope: Scope, rule: string, from: number, since: number): Promise<Checkpoint> {
  const { samples: keptFrom } = await readKeptFrom(scope);
  const before = await checkpointAt(scope, rule, from);
  const start = before ?? { at: since, state: untouched };
  if (keptFrom === null || start.at >= keptFrom) return start;
  return (await checkpointFrom(scope, rule, keptFrom)) ?? start;
}

const withHead = (checkpoints: readonly Checkpoint[], head: Checkpoint) =>
  checkpoints.at(-1)?.at === head.at ? checkpoints : [...checkpoints, head];

/** As it is read back. */
const plain = (state: WalkState): WalkState => JSON.parse(JSON.stringify(state)) as WalkState;

/** Those on the hour stay; of the others only the newest, for whatever comes next. */
async function keepCheckpoints(scope: Scope, rule: string, { start, end, why, checkpoints }: Stretch): Promise<void> {
  await replaceCheckpoints(scope, rule, { from: start.at, to: why === 'all_walked' ? null : end.at }, checkpoints);
  if (checkpoints.length > 0 && start.at % hourMs !== 0) await dropCheckpoint(scope, rule, start.at);
}
