import { type Rate, type RateEvidence, rateOf } from './rate.js';

/** An operation as its outlook is computed from; quantities in the unit of the job order. */
export interface OperationFacts extends RateEvidence {
  readonly id: string;
  readonly position: number;
  readonly state: 'todo' | 'ready' | 'in_progress' | 'paused' | 'done' | 'canceled';
  readonly parallel: boolean;
  /** The quantity of the job order and what rework brought back. */
  readonly toDo: number;
  /** In rework: neither to be made anew nor made. */
  readonly reworkOpen: number;
  readonly goodByHand: number;
  /** Planned, once for the job order; null where nothing was said. */
  readonly setupSeconds: number | null;
  /** Hours since it first started; null before. */
  readonly elapsedHours: number | null;
}

/** Hours from now. */
export interface Span {
  readonly likely: number;
  readonly earliest: number;
  readonly latest: number;
}

export interface OperationOutlook {
  readonly id: string;
  readonly position: number;
  readonly remaining: number;
  /** 0 to 1. */
  readonly progress: number;
  /** Its share of the job order's progress; all of them together are 1. */
  readonly weight: number;
  readonly rate: Rate | null;
  /** Of work; null where no rate is known. */
  readonly toGo: Span | null;
}

export interface JobOutlook {
  /** 0 to 1. */
  readonly progress: number;
  /** On the clock; null when the rate of an operation that is not over is not known. */
  readonly toGo: Span | null;
  /** Whether any operation that is not over has reported good units. */
  readonly observed: boolean;
  readonly operations: readonly OperationOutlook[];
}

const nothing: Span = { likely: 0, earliest: 0, latest: 0 };

/**
 * How far a job order is, and how long it takes from now. Progress weighs its operations by their planned time (setup and run ×
 * quantity) when all have one, else alike. Time adds up over operations that follow each other, counts the longest of those that run
 * beside each other, and is stretched by the part of the clock on which the operation under way was really worked on, once that is
 * known of a whole day. Bounds are added as if all were slow or fast together, which is on the careful side.
 */
export function jobOutlook(operations: readonly OperationFacts[]): JobOutlook {
  const carried = operations.filter(({ state }) => state !== 'canceled');
  const weights = weigh(carried);
  const outlooks = carried.map((operation, index) => operationOutlook(operation, weights[index] ?? 0));
  const groups: Span[] = [];
  let known = true;
  for (const [index, { toGo }] of outlooks.entries()) {
    if (!toGo) known = false;
    const before = groups.at(-1);
    if (before && carried[index]?.parallel) groups[groups.length - 1] = longest(before, toGo ?? nothing);
    else groups.push(toGo ?? nothing);
  }
  const duty = dutyOf(carried);
  const work = groups.reduce(together, nothing);
  return {
    progress: outlooks.reduce((sum, { progress, weight }) => sum + progress * weight, 0),
    toGo: known ? { likely: work.likely / duty, earliest: work.earliest / duty, latest: work.latest / duty } : null,
    observed: carried.some(({ state, good }) => state !== 'done' && good > 0),
    operations: outlooks,
  };
}

function operationOutlook(operation: OperationFacts, weight: number): OperationOutlook {
  const { id, position, state, toDo, good, reworkOpen, setupSeconds, elapsedHours } = operation;
  const rate = rateOf(operation);
  if (state === 'done') return { id, position, remaining: 0, progress: 1, weight, rate, toGo: nothing };
  const left = Math.max(0, toDo - good);
  const remaining = Math.max(0, left - reworkOpen);
  const setup = elapsedHours === null ? (setupSeconds ?? 0) / 3600 : 0;
  // What is in rework takes its time, too, although it is not made anew.
  const run = (perHour: number) => setup + left / perHour;
  const toGo = left === 0 ? nothing : rate && { likely: run(rate.mean), earliest: run(rate.fast), latest: run(rate.slow) };
  return { id, position, remaining, progress: toDo > 0 ? Math.min(1, good / toDo) : 1, weight, rate, toGo };
}

function weigh(operations: readonly OperationFacts[]): number[] {
  const planned = operations.map(({ setupSeconds, runSeconds, toDo }) =>
    runSeconds === null ? null : (setupSeconds ?? 0) + runSeconds * toDo,
  );
  const all = planned.every((seconds) => seconds !== null && seconds > 0);
  const times = planned.map((seconds) => (all ? (seconds as number) : 1));
  const sum = times.reduce((total, time) => total + time, 0);
  return times.map((time) => time / sum);
}

const dayHours = 24;
const leastDuty = 0.05;

/** The part of the clock on which the operation under way was worked on: 1 until a day of it is known. */
function dutyOf(operations: readonly OperationFacts[]): number {
  const current = operations.findLast(({ state }) => state === 'in_progress' || state === 'paused');
  if (!current || current.elapsedHours === null || current.elapsedHours < dayHours) return 1;
  return Math.min(1, Math.max(leastDuty, current.activeHours / current.elapsedHours));
}

const together = (a: Span, b: Span): Span => ({
  likely: a.likely + b.likely,
  earliest: a.earliest + b.earliest,
  latest: a.latest + b.latest,
});
export const longest = (a: Span, b: Span): Span => ({
  likely: Math.max(a.likely, b.likely),
  earliest: Math.max(a.earliest, b.earliest),
  latest: Math.max(a.latest, b.latest),
});
