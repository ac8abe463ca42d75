import {
  linearRegression,
  medianAbsoluteDeviation,
  quantile as quantileOf,
  sampleVariance as sampleVarianceOf,
  sum,
  variance as varianceOf,
} from 'simple-statistics';

/** What a sample says of its population; `sd` is the sample standard deviation (n − 1), 0 for a single value. */
export interface Summary {
  readonly count: number;
  readonly mean: number;
  readonly sd: number;
}

/** Arithmetic mean, by a compensated sum. Throws RangeError without a value. */
export function mean(values: ArrayLike<number>): number {
  return sum(atLeast(1, values)) / values.length;
}

/** Mean square deviation of a whole population (divided by n). Throws RangeError without a value. */
export function populationVariance(values: ArrayLike<number>): number {
  return varianceOf(atLeast(1, values));
}

/** Variance estimated from a sample (divided by n − 1). Throws RangeError below two values. */
export function sampleVariance(values: ArrayLike<number>): number {
  return sampleVarianceOf(atLeast(2, values));
}

/** Standard deviation of a whole population. Throws RangeError without a value. */
export const populationDeviation = (values: ArrayLike<number>): number => Math.sqrt(populationVariance(values));

/** Standard deviation estimated from a sample. Throws RangeError below two values. */
export const sampleDeviation = (values: ArrayLike<number>): number => Math.sqrt(sampleVariance(values));

/** Count, mean and sample standard deviation. Throws RangeError without a value. */
export function summarize(values: ArrayLike<number>): Summary {
  return { count: values.length, mean: mean(values), sd: values.length > 1 ? sampleDeviation(values) : 0 };
}

/** The value below which the part `p` (0 to 1) lies: type 7 of Hyndman and Fan (1996), the default of R and NumPy. Throws RangeError without a value. */
export function quantile(values: ArrayLike<number>, p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a quantile is of a part between 0 and 1, not ${p}`);
  return quantileOf(atLeast(1, values), p);
}

/** Half of the values lie below it. Throws RangeError without a value. */
export const median = (values: ArrayLike<number>): number => quantile(values, 0.5);

/** Median of the absolute deviations from the median, unscaled; times 1.4826 it estimates a normal standard deviation. Throws RangeError without a value. */
export function medianDeviation(values: ArrayLike<number>): number {
  return medianAbsoluteDeviation(atLeast(1, values));
}

/** y = intercept + slope · x, fitted by least squares. */
export interface Line {
  readonly slope: number;
  readonly intercept: number;
  /** Part of the variance of y that the line explains, 0 to 1; 1 where y does not vary. */
  readonly rSquared: number;
  /** √(residual sum of squares / (n − 2)); 0 for two points. */
  readonly residualDeviation: number;
}

/** Least squares of y on x. Throws RangeError below two points, for lengths that differ and where x does not vary. */
export function fitLine(x: ArrayLike<number>, y: ArrayLike<number>): Line {
  if (x.length !== y.length) throw new RangeError(`a line needs as many x as y, not ${x.length} and ${y.length}`);
  const xs = atLeast(2, x);
  if (xs.every((value) => value === xs[0])) throw new RangeError(`no line goes through points that share x = ${xs[0]}`);
  const points = xs.map((value, i) => [value, y[i] as number]);
  const { m: slope, b: intercept } = linearRegression(points);
  const center = mean(y);
  const residual = sum(points.map(([at, value]) => ((value as number) - intercept - slope * (at as number)) ** 2));
  const total = sum(points.map(([, value]) => ((value as number) - center) ** 2));
  return {
    slope,
    intercept,
    rSquared: total === 0 ? 1 : 1 - residual / total,
    residualDeviation: xs.length > 2 ? Math.sqrt(residual / (xs.length - 2)) : 0,
  };
}

function atLeast(least: number, values: ArrayLike<number>): number[] {
  if (values.length < least) throw new RangeError(`statistics of ${values.length} values were asked for; at least ${least} are needed`);
  return Array.isArray(values) ? values : Array.from(values);
}
