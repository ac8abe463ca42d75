import type { Client } from '../app/client.js';
import { brokenAfter, type Line, withGaps } from '../chart/series.js';
import { type BucketPlan, filled, inBuckets, minute, stretchOf, widerSums } from './history-plan.js';
import { goodQuality } from './signals.js';

type Downsampled = Awaited<ReturnType<Client['equipment']['telemetry']['downsample']>>;
type Aggregated = Awaited<ReturnType<Client['equipment']['telemetry']['aggregate']>>;

interface Wanted {
  readonly equipment: string;
  readonly signals: readonly string[];
  /** Unix ms. */
  readonly from: number;
  readonly to: number;
  /** How many stretches a curve is drawn of, each with its extremes. */
  readonly stretches: number;
}

export interface HistoryAnswer {
  readonly from: number;
  readonly to: number;
  /** What is drawn; buckets reach beyond the ends. */
  readonly window: readonly [from: number, to: number];
  readonly samples: Downsampled['signals'];
  /** Of how long only the extremes are among the samples; null where all are. */
  readonly stretchMs: number | null;
  /** Sums, where samples of the time are no longer kept. */
  readonly averages: { readonly keptFrom: number; readonly bucketMs: number; readonly signals: Aggregated['signals'] } | null;
}

/** First, last, lowest and highest. */
const perStretch = 4;
/** Of a question, all signals together. */
const mostPoints = 50_000;
/** In buckets, what is missing for more than two of them is missing. */
const bucketGap = 2.5;

export async function readHistory(
  client: Client,
  { equipment, signals, from, to, stretches }: Wanted,
  signal: AbortSignal,
): Promise<HistoryAnswer> {
  const drawn = Math.max(1, Math.min(stretches, Math.floor(mostPoints / perStretch / signals.length)));
  const named = { equipment, signals: [...signals] };
  const range = { from: Math.floor(from), to: Math.ceil(to) };
  const { signals: samples, keptFrom } = await client.equipment.telemetry.downsample(
    { ...named, ...range, points: drawn * perStretch },
    { signal },
  );
  const thinned = Object.values(samples).some((each) => each.thinned);
  const answer = { from, to, samples, stretchMs: thinned ? stretchOf(from, to, drawn) : null };
  if (keptFrom === null || keptFrom <= from) return { ...answer, window: [from, to], averages: null };
  const { plan, signals: sums } = await readBuckets(client, { ...named, from, to, most: drawn, least: minute }, { signal });
  return { ...answer, window: [plan.from, plan.to], averages: { keptFrom, bucketMs: plan.bucketMs, signals: sums } };
}

interface BucketsWanted extends Omit<Wanted, 'stretches'> {
  /** Of each signal. */
  readonly most: number;
  /** No narrower than this. */
  readonly least?: number | undefined;
}

/** Sums of a time; of wider buckets where what narrower ones are made of is no longer kept, and theirs is. */
export async function readBuckets(
  client: Client,
  wanted: BucketsWanted,
  options: { readonly signal: AbortSignal },
): Promise<Aggregated & { readonly plan: BucketPlan }> {
  const { equipment, signals, from, to, most, least } = wanted;
  const plan = inBuckets(from, to, most, least);
  const answer = await client.equipment.telemetry.aggregate({ equipment, signals: [...signals], ...plan }, options);
  const { keptFrom } = answer;
  const wider = widerSums(plan.bucketMs);
  if (keptFrom === null || keptFrom <= from || wider === undefined) return { ...answer, plan };
  const further = await readBuckets(client, { ...wanted, least: wider }, options);
  return further.keptFrom === keptFrom ? { ...answer, plan } : further;
}

/** How it is drawn: every sample, the extremes of stretches, or averages. */
export const drawnAs = ({ averages, stretchMs }: HistoryAnswer) => (averages ? 'averages' : stretchMs === null ? 'samples' : 'extremes');

export function historyLine(meaning: Pick<Line, 'name' | 'words' | 'unit'>, answer: HistoryAnswer | undefined): Line {
  const buckets = answer?.averages?.signals[meaning.name];
  if (answer?.averages && buckets)
    return withGaps({ ...meaning, ...filled(buckets, answer.window[0], answer.averages.bucketMs) }, bucketGap, 0);
  const samples = answer?.samples[meaning.name];
  return brokenAfter(
    {
      ...meaning,
      ts: samples?.ts ?? [],
      value: samples?.value.map((each) => (typeof each === 'number' ? each : null)) ?? [],
      doubtful: samples?.quality.map((each) => each < goodQuality) ?? [],
    },
    samples?.gaps.map(({ from }) => from) ?? [],
  );
}
