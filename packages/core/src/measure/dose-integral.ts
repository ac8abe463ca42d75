/** Molar gas constant, J/(mol·K) (CODATA 2018, exact). */
export const gasConstant = 8.314462618;
const zeroCelsius = 273.15;

/** How fast a dose grows at a sampled value, relative to the reference: 1 there. */
export type DoseRate = (value: number) => number;

/**
 * Arrhenius: exp[Ea/R · (1/Tref − 1/T)], temperatures in °C, Ea in J/mol.
 * Thermally activated reactions and ageing.
 */
export function arrheniusRate({ activationEnergy, reference }: { activationEnergy: number; reference: number }): DoseRate {
  const slope = activationEnergy / gasConstant;
  const atReference = slope / (reference + zeroCelsius);
  return (celsius) => Math.exp(atReference - slope / (celsius + zeroCelsius));
}

/** Decades: 10^((T − Tref)/z), temperatures in °C. Lethality of moist heat (ISO 17665) is z = 10, Tref = 121.1. */
export function decadeRate({ z, reference }: { z: number; reference: number }): DoseRate {
  const slope = Math.LN10 / z;
  return (celsius) => Math.exp(slope * (celsius - reference));
}

export interface Dose {
  /** Equivalent milliseconds at the reference. */
  readonly total: number;
  /** The dose gathered up to each sample, of the same length as the samples. */
  readonly cumulative: Float64Array;
  /** Stretches without usable samples, which counted as no dose: it is never assumed. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
}

/**
 * ∫ rate(value(t)) dt over a sampled curve by the trapezoidal rule. `ts` is Unix ms, ascending; a value that is not a
 * finite number is skipped; two usable samples further apart than `maxGapMs` add nothing and are reported as a gap.
 */
export function integrateDose(
  { ts, value }: { readonly ts: ArrayLike<number>; readonly value: ArrayLike<number> },
  { rate, maxGapMs }: { readonly rate: DoseRate; readonly maxGapMs: number },
): Dose {
  const count = ts.length;
  const cumulative = new Float64Array(count);
  const gaps: { from: number; to: number }[] = [];
  let total = 0;
  let lastAt = Number.NaN;
  let lastRate = 0;
  for (let i = 0; i < count; i++) {
    const sample = value[i] as number;
    if (Number.isFinite(sample)) {
      const at = ts[i] as number;
      const now = rate(sample);
      const elapsed = at - lastAt;
      if (elapsed > maxGapMs) gaps.push({ from: lastAt, to: at });
      else if (elapsed > 0) total += 0.5 * (lastRate + now) * elapsed;
      lastAt = at;
      lastRate = now;
    }
    cumulative[i] = total;
  }
  return { total, cumulative, gaps };
}

/** A cumulative curve read between its samples, linearly; 0 before the first, the last value after it. */
export function doseAt(ts: ArrayLike<number>, cumulative: ArrayLike<number>, at: number): number {
  let low = 0;
  let high = ts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ts[middle] as number) <= at) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return 0;
  const before = cumulative[low - 1] as number;
  if (low === ts.length) return before;
  const from = ts[low - 1] as number;
  const to = ts[low] as number;
  return before + (((cumulative[low] as number) - before) * (at - from)) / (to - from);
}
