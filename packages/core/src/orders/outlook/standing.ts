import type { Words } from '../../access/index.js';
import { dayOf, daysBetween } from '../../measure/index.js';
import type { Confidence } from '../../production/index.js';

export const lateReasons = ['held', 'not_begun', 'no_rate', 'slow', 'silent'] as const;
export type LateReason = (typeof lateReasons)[number];

export const lateReasonWords: Readonly<Record<LateReason, Words>> = {
  held: { en: 'The order is on hold', zh: '订单已挂起' },
  not_begun: { en: 'Nothing of it is made yet', zh: '尚未开始生产' },
  no_rate: { en: 'A part of it is not planned, or its pace is not known', zh: '部分数量未排产或生产节拍未知' },
  slow: { en: 'At the pace so far it takes longer', zh: '按目前节拍无法按期完成' },
  silent: { en: 'It should be made by now, and nothing more was reported', zh: '按推算应已完成，此后无新的报工' },
};

/** An outlook as it was derived when something was last reported. */
export interface Foreseen {
  /** 0 to 1. */
  readonly progress: number;
  readonly eta: Date | null;
  readonly earliest: Date | null;
  readonly latest: Date | null;
  readonly confidence: Confidence;
}

export interface Late {
  readonly days: number;
  readonly reason: LateReason;
}

/** What of an outlook still stands now. */
export interface Standing extends Pick<Foreseen, 'eta' | 'earliest' | 'latest' | 'confidence'> {
  readonly late: Late | null;
}

export interface Against {
  /** The day by which all of it is due. */
  readonly dueOn: string;
  readonly now: Date;
  /** Whether the order still waits for goods, and whether somebody has stopped it. */
  readonly state: 'open' | 'held' | 'over';
}

/**
 * Never promises what has passed: an expected time that went by without a report gives way to the latest one of its interval, and once
 * that is past, too, there is no date. Days late count from the due day to the expected day, or to today where no day is expected;
 * a line that went silent before it is due counts from the last day that it was expected on.
 */
export function standingOf(foreseen: Foreseen, { dueOn, now, state }: Against): Standing {
  const { progress, eta, latest, confidence } = foreseen;
  const without = { eta: null, earliest: null, latest: null };
  if (state === 'over' || (progress >= 1 && eta === null)) return { ...without, confidence, late: null };
  const today = dayOf(now);
  if (eta === null || latest === null) {
    const reason = progress > 0 ? 'no_rate' : 'not_begun';
    return { ...without, confidence, late: lateBy(dueOn, today, state === 'held' ? 'held' : reason) };
  }
  if (latest <= now) {
    const expected = dayOf(latest);
    const since = expected < dueOn ? expected : dueOn;
    return { ...without, confidence: 'low', late: lateBy(since, today, state === 'held' ? 'held' : 'silent') };
  }
  const passed = eta <= now;
  const stands = passed ? latest : eta;
  return {
    eta: stands,
    earliest: foreseen.earliest !== null && foreseen.earliest > now ? foreseen.earliest : hourFrom(now),
    latest,
    confidence: passed ? 'low' : confidence,
    late: lateBy(dueOn, dayOf(stands), state === 'held' ? 'held' : 'slow'),
  };
}

function lateBy(from: string, to: string, reason: LateReason): Late | null {
  const days = daysBetween(from, to);
  return days > 0 ? { days, reason } : null;
}

const hourMs = 3_600_000;
const hourFrom = (now: Date): Date => new Date(Math.ceil(now.getTime() / hourMs) * hourMs);
