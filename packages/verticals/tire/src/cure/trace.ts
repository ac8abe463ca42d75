import { arrheniusRate, integrateDose } from '@yunfab/core/measure';
import type { SampleSeries } from '@yunfab/core/verticals';
import type { CureRecipe } from './recipe.js';
import { closedPress, createSectionModel, nodes, openAir } from './section.js';

/** Two samples further apart than this leave the state of the tire unknown. */
export const maxGapMs = 15_000;
const tailStepMs = 5_000;
const longestTailMs = 2 * 3_600_000;
/** Below this nothing cures that counts: at 90 kJ/mol a minute at 90 °C is one second at 150 °C. */
const tailEnds = 90;

export interface CureTrace {
  readonly ts: readonly number[];
  /** °C at the point of least cure. */
  readonly temperature: Float64Array;
  /** Equivalent minutes at the point of least cure. */
  readonly equivalent: Float64Array;
  /** Equivalent minutes at the point of least cure, tail included. */
  readonly least: number;
  /** The least of any point when the press opened; null while it is closed. */
  readonly atOpening: number | null;
  /** The most of any point. */
  readonly most: number;
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
}

export interface CureBoundary {
  readonly mould: SampleSeries;
  readonly medium: SampleSeries;
  readonly startedAt: number;
  /** Null while the press is closed. */
  readonly openedAt: number | null;
  readonly until: number;
  /** °C */
  readonly greenTire: number;
  readonly ambient: number;
}

/**
 * The cure of a run from what the press measures: the mould's and the medium's temperatures drive heat conduction through
 * the wall; when the press has opened, both faces cool in air and the inside cures on. The point of least cure is found,
 * not assumed.
 */
export function traceCure(
  recipe: Pick<CureRecipe, 'gauge' | 'diffusivity' | 'activation_energy' | 'reference'>,
  boundary: CureBoundary,
): CureTrace {
  const { mould, medium, startedAt, openedAt, until, greenTire, ambient } = boundary;
  const closedUntil = openedAt ?? until;
  const model = createSectionModel(recipe, greenTire);
  const ts: number[] = [];
  const history: number[] = [];
  const gaps: { from: number; to: number }[] = [];
  const keep = (at: number) => {
    ts.push(at);
    for (let point = 0; point < nodes; point++) history.push(model.temperature[point] as number);
  };
  keep(startedAt);

  const readMould = reader(mould);
  const readMedium = reader(medium);
  let at = startedAt;
  // Before both faces have been measured there is nothing to march from: the tire is as it was put in.
  const driven = mould.ts.length > 0 && medium.ts.length > 0;
  for (const next of driven ? instants(mould.ts, startedAt, closedUntil) : []) {
    if (next - at > maxGapMs) gaps.push({ from: at, to: next });
    const middle = (at + next) / 2;
    model.advance((next - at) / 1000, readMould(middle), readMedium(middle), closedPress);
    at = next;
    keep(at);
  }
  const opened = ts.length;
  if (openedAt !== null) {
    while (isHot(model.temperature) && at < openedAt + longestTailMs) {
      model.advance(tailStepMs / 1000, ambient, ambient, openAir);
      at += tailStepMs;
      keep(at);
    }
  }
  return { ...doses(recipe, ts, history, opened, openedAt !== null), ts, gaps };
}

const isHot = (temperature: Float64Array): boolean => temperature.some((celsius) => celsius > tailEnds);

/** `history` holds the temperatures of all nodes, instant by instant. */
function doses(
  { activation_energy, reference }: Pick<CureRecipe, 'activation_energy' | 'reference'>,
  ts: readonly number[],
  history: readonly number[],
  opened: number,
  isOpen: boolean,
) {
  const rate = arrheniusRate({ activationEnergy: activation_energy * 1000, reference });
  let least: { total: number; cumulative: Float64Array; temperature: Float64Array } | null = null;
  let most = 0;
  let atOpening = Number.POSITIVE_INFINITY;
  for (let point = 0; point < nodes; point++) {
    const temperature = new Float64Array(ts.length);
    for (let i = 0; i < temperature.length; i++) temperature[i] = history[i * nodes + point] as number;
    // The model has a temperature at every step, also over a gap of the samples; gaps are told by the finding.
    const { total, cumulative } = integrateDose({ ts, value: temperature }, { rate, maxGapMs: Number.POSITIVE_INFINITY });
    if (!least || total < least.total) least = { total, cumulative, temperature };
    most = Math.max(most, total);
    atOpening = Math.min(atOpening, cumulative[opened - 1] as number);
  }
  const { total, cumulative, temperature } = least as NonNullable<typeof least>;
  return {
    temperature,
    equivalent: cumulative.map((ms) => ms / 60_000),
    least: total / 60_000,
    most: most / 60_000,
    atOpening: isOpen ? atOpening / 60_000 : null,
  };
}

/** The sampled instants within the window, and its end. */
function* instants(ts: readonly number[], from: number, to: number): Generator<number> {
  let last = from;
  for (const at of ts) {
    if (at > last && at < to) {
      last = at;
      yield at;
    }
  }
  if (to > last) yield to;
}

/** Reads a series at growing instants, linearly between samples and constant beyond them. */
function reader({ ts, value }: SampleSeries): (at: number) => number {
  let i = 0;
  return (at) => {
    while (i < ts.length && (ts[i] as number) <= at) i++;
    const after = value[i];
    const before = value[i - 1];
    if (before === undefined) return after as number;
    if (after === undefined) return before;
    const from = ts[i - 1] as number;
    return before + ((after - before) * (at - from)) / ((ts[i] as number) - from);
  };
}
