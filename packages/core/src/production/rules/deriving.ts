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
  lockRule,
  putMarks,
  type RuleRow,
  replaceCheckpoints,
  takeMarks,
} from './rule-repository.js';
import { ended, type RuleDefinition, signalsOf, step, undecidedFrom, underWay, untouched, type WalkedRun, type WalkState } from './walk.js';

const minuteMs = 60_000;
const hourMs = 3_600_000;
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
  readonly checkpoints: readonly Checkpoint[];
}

/**
 * Brings the runs of a rule up to date with what was committed since the last time, in one transaction: from the oldest
 * minute in which something was stored, as far as anything changes by it. Whatever the order in which samples came, and
 * wherever the process died, the runs are those that a walk over all samples gives. Answers whether there was anything to do.
 */
export async function deriveRuns(scope: Scope, id: string, ports: ProjectionPorts, budget = mostAtOnce): Promise<boolean> {
  const rule = await lockRule(scope, id);
  if (!rule) return false;
  const marked = await takeMarks(scope, id, lastMinute(scope.now));
  const [first] = marked;
  if (first === undefined) return false;
  const stretch = await walkFrom(scope, rule, Math.max(first, rule.since.getTime()), budget);
  const { start, end, why, runs } = stretch;
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

async function walkFrom(scope: Scope, rule: RuleRow, from: number, budget: number): Promise<Stretch> {
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
            return { start, end: here, why: 'as_it_was', runs, checkpoints };
          checkpoints.push(here);
        }
        if (walked >= budget) return { start, end: head, why: 'enough', runs, checkpoints: withHead(checkpoints, head) };
      }
      const { state: next, closed } = step(definition, state, instant);
      if (closed) runs.push(closed);
      state = next;
      walked += 1;
    }
  }
  const last = to === until ? ended(definition, state) : underWay(definition, state);
  if (last) runs.push(last);
  return { start, end: { at: to, state }, why: 'all_walked', runs, checkpoints: head === start ? [] : withHead(checkpoints, head) };
}

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
