import { mean, sampleDeviation, sampleVariance } from './statistics.js';

/** What the process must keep; one side may be open. */
export interface ToleranceLimits {
  readonly low?: number;
  readonly high?: number;
}

/** Width and position of a process against its limits; null for the side that is open. */
export interface CapabilityIndices {
  /** (high − low) / 6σ; null with one limit only. */
  readonly potential: number | null;
  /** The smaller of (high − mean) / 3σ and (mean − low) / 3σ. */
  readonly actual: number;
}

/** Of a known mean and spread σ. Throws RangeError without a limit or without spread. */
export function capabilityIndices({
  mean: center,
  sd,
  low,
  high,
}: { readonly mean: number; readonly sd: number } & ToleranceLimits): CapabilityIndices {
  if (low === undefined && high === undefined) throw new RangeError('a capability needs a lower or an upper limit');
  if (!(sd > 0)) throw new RangeError(`a capability needs a spread above 0, not ${sd}`);
  return {
    potential: low === undefined || high === undefined ? null : (high - low) / (6 * sd),
    actual: Math.min(high === undefined ? Infinity : (high - center) / (3 * sd), low === undefined ? Infinity : (center - low) / (3 * sd)),
  };
}

/** ISO 22514-2: Cp and Cpk by the spread within subgroups, Pp and Ppk by that of all values. */
export interface ProcessCapability {
  readonly cp: number | null;
  readonly cpk: number;
  readonly pp: number | null;
  readonly ppk: number;
  readonly mean: number;
  readonly withinDeviation: number;
  readonly overallDeviation: number;
}

/** Mean range of two normal values over their standard deviation (control chart constant d₂ for n = 2). */
const d2OfTwo = 1.128;

/**
 * Capability of consecutive values. Subgroups of 1 estimate the spread within by the mean moving range over 1.128, larger
 * ones by their pooled variance; an incomplete last subgroup is left out of it. Throws RangeError below two values, without
 * a limit and without spread.
 */
export function processCapability(
  values: ArrayLike<number>,
  { low, high, subgroup = 1 }: ToleranceLimits & { readonly subgroup?: number },
): ProcessCapability {
  const overall = sampleDeviation(values);
  const within = subgroup > 1 ? pooledDeviation(values, subgroup) : meanMovingRange(values) / d2OfTwo;
  const center = mean(values);
  const limits = { mean: center, ...(low !== undefined && { low }), ...(high !== undefined && { high }) };
  const short = capabilityIndices({ ...limits, sd: within });
  const long = capabilityIndices({ ...limits, sd: overall });
  return {
    cp: short.potential,
    cpk: short.actual,
    pp: long.potential,
    ppk: long.actual,
    mean: center,
    withinDeviation: within,
    overallDeviation: overall,
  };
}

function meanMovingRange(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 1; i < values.length; i++) sum += Math.abs((values[i] as number) - (values[i - 1] as number));
  return sum / (values.length - 1);
}

function pooledDeviation(values: ArrayLike<number>, subgroup: number): number {
  const all = Array.from(values);
  const variances: number[] = [];
  for (let from = 0; from + subgroup <= all.length; from += subgroup) variances.push(sampleVariance(all.slice(from, from + subgroup)));
  return Math.sqrt(mean(variances));
}
