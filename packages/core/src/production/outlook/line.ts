import type { Words } from '../../access/index.js';
import { type JobOutlook, longest, type Span } from './job.js';

export const confidences = ['low', 'medium', 'high'] as const;
export type Confidence = (typeof confidences)[number];

export const confidenceWords: Readonly<Record<Confidence, Words>> = {
  low: { en: 'Low', zh: '低' },
  medium: { en: 'Medium', zh: '中' },
  high: { en: 'High', zh: '高' },
};

/** What becomes of an order line, as far as its job orders say. */
export interface LineOutlook {
  readonly orderLine: string;
  /** What the job orders of the line are to make together, in its unit. */
  readonly planned: number;
  /** Of what is planned, 0 to 1. */
  readonly progress: number;
  /** When it is done, rounded up to the hour; null when nothing is left to do or no rate is known. */
  readonly eta: Date | null;
  /** Eight times of ten it is done between these. */
  readonly earliest: Date | null;
  readonly latest: Date | null;
  readonly confidence: Confidence;
  /** The part of good units, over all operations, that no device counted; 0 to 1. */
  readonly byHand: number;
}

export interface JobOfLine {
  readonly quantity: number;
  readonly outlook: JobOutlook;
  readonly good: number;
  readonly goodByHand: number;
}

/** Job orders of a line run beside each other: it is done when the last one is. */
export function lineOutlook(orderLine: string, jobs: readonly JobOfLine[], now: Date): LineOutlook {
  const planned = jobs.reduce((sum, { quantity }) => sum + quantity, 0);
  const spans = jobs.map(({ outlook }) => outlook.toGo);
  const toGo = spans.includes(null) || spans.length === 0 ? null : (spans as Span[]).reduce(longest);
  const open = toGo !== null && toGo.likely > 0;
  const good = jobs.reduce((sum, job) => sum + job.good, 0);
  return {
    orderLine,
    planned,
    progress: planned > 0 ? jobs.reduce((sum, { quantity, outlook }) => sum + (quantity / planned) * outlook.progress, 0) : 0,
    eta: open ? hourAfter(now, toGo.likely) : null,
    earliest: open ? hourAfter(now, toGo.earliest) : null,
    latest: open ? hourAfter(now, toGo.latest) : null,
    confidence: confidenceOf(
      toGo,
      jobs.some(({ outlook }) => outlook.observed),
    ),
    byHand: good > 0 ? jobs.reduce((sum, job) => sum + job.goodByHand, 0) / good : 0,
  };
}

/** High when the interval is at most 0.4 times as wide as the time that is left, medium when at most as wide; low without any good unit. */
export function confidenceOf(toGo: Span | null, observed: boolean): Confidence {
  if (toGo === null) return 'low';
  if (toGo.likely === 0) return 'high';
  if (!observed) return 'low';
  const width = (toGo.latest - toGo.earliest) / toGo.likely;
  return width <= 0.4 ? 'high' : width <= 1 ? 'medium' : 'low';
}

const hourMs = 3_600_000;
/** PostgreSQL and calendars end before this. */
const farthestHours = 24 * 365 * 100;

function hourAfter(now: Date, hours: number): Date {
  return new Date(Math.ceil((now.getTime() + Math.min(hours, farthestHours) * hourMs) / hourMs) * hourMs);
}
